"""Deleting a record from the facts screen: say what goes with it, ask, do it."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chipscape_db.commands.deletion import delete_facts, delete_records
from chipscape_db.queries.forms import Touched
from chipscape_desktop.forms.reading import Going, read_touched
from chipscape_desktop.i18n import _, language, ngettext, number
from chipscape_desktop.widgets.reason_dialog import ask_why
from chipscape_desktop.workspace import Workspace

_NAMED, _OTHERS = 12, 8


class Deleting(QObject):
    """Asks before rows go."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._window = parent

    def ask_to_delete(self, record_ids: list[str]) -> None:
        """Find out what the end of some records would touch, then ask."""
        self._workspace.query(
            partial(read_touched, record_ids=record_ids, language=language()), self._ask, key="facts-delete"
        )

    def _ask(self, found: Going | None) -> None:
        if found is None:
            return
        ids, names = found.ids, found.names
        others = touched_words(found.touched)
        if others:
            detail = _("With it go or are emptied: {others}. Undo brings everything back.").format(
                others=", ".join(others)
            )
            if found.others:
                listed = ", ".join(found.others[:_OTHERS]) + (" …" if len(found.others) > _OTHERS else "")
                detail += "\n\n" + _("Among those that refer to it: {names}.").format(names=listed)
            yes = _("Delete it and these")
        else:
            detail, yes = _("Nothing else refers to it. Undo brings it back."), _("Delete it")
        question = _("Delete “{name}”?").format(name=names[0])
        if len(ids) > 1:
            question = _("Delete {count} records?").format(count=number(len(ids)))
            listed = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
            yes = _("Delete them and these") if others else _("Delete them")
            detail = f"{listed}\n\n{detail}"
        reason = ask_why(question, detail=detail, yes=yes, no=_("Keep it"), parent=self._window)
        if reason is not None:
            self._workspace.run(partial(delete_records, record_ids=ids, take_along=bool(others), reason=reason))

    def ask_to_delete_facts(self, table: str, ids: list[str]) -> None:
        """Ask before claims or relationships go."""
        count = len(ids)
        if table == "claim":
            question = ngettext("Delete {count} claim?", "Delete {count} claims?", count)
            detail = _("Claims that repeat it stand for themselves from then on. Undo brings it back.")
        else:
            question = ngettext("Delete {count} relationship?", "Delete {count} relationships?", count)
            detail = _("Its summaries and citations go with it. Undo brings it back.")
        reason = ask_why(
            question.format(count=number(count)), detail=detail, yes=_("Delete"), no=_("Keep it"), parent=self._window
        )
        if reason is not None:
            self._workspace.run(partial(delete_facts, table=table, ids=ids, reason=reason))


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
