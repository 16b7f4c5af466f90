"""Deleting a record from the facts screen: say what goes with it, ask, do it."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chipscape_db.commands.deletion import delete_record
from chipscape_db.queries.forms import Touched
from chipscape_desktop import notices
from chipscape_desktop.forms.reading import read_touched
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.workspace import Workspace


class Deleting(QObject):
    """Asks before a record goes."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._window = parent

    def ask_to_delete(self, record_id: str) -> None:
        """Find out what a record's end would touch, then ask."""
        self._workspace.query(partial(read_touched, record_id=record_id), self._ask, key="facts-delete")

    def _ask(self, found: tuple[str, str, Touched] | None) -> None:
        if found is None:
            return
        record_id, name, touched = found
        others = touched_words(touched)
        if others:
            detail = _("With it go or are emptied: {others}. Undo brings everything back.").format(
                others=", ".join(others)
            )
            yes = _("Delete it and these")
        else:
            detail, yes = _("Nothing else refers to it. Undo brings it back."), _("Delete it")
        if notices.ask(
            _("Delete “{name}”?").format(name=name), detail=detail, yes=yes, no=_("Keep it"), parent=self._window
        ):
            self._workspace.run(partial(delete_record, record_id=record_id, take_along=bool(others)))


def touched_words(touched: Touched) -> list[str]:
    """Return what else refers to a record, counted in words."""
    claims = touched.claims + touched.claims_resting
    listed = (
        (claims, ngettext("{count} claim", "{count} claims", claims)),
        (touched.relationships, ngettext("{count} relationship", "{count} relationships", touched.relationships)),
        (touched.citing, ngettext("{count} citation", "{count} citations", touched.citing)),
        (
            touched.participations,
            ngettext("{count} part in an event", "{count} parts in events", touched.participations),
        ),
        (
            touched.references,
            ngettext("{count} field of another record", "{count} fields of other records", touched.references),
        ),
        (touched.statements, ngettext("{count} statement", "{count} statements", touched.statements)),
    )
    return [text.format(count=count) for count, text in listed if count]
