"""The forms of the map: opened beside it when it wants something edited, closed when they are done."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chipscape_db.commands.relationships import delete_relationship
from chipscape_db.queries.forms import RelationshipState, record_state, relationship_state
from chipscape_desktop import notices
from chipscape_desktop.figures.ecosystem.spec import NOWHERE
from chipscape_desktop.forms.deleting import Deleting
from chipscape_desktop.forms.editor_panel import EditorPanel
from chipscape_desktop.forms.link_editor import LinkEditor
from chipscape_desktop.forms.placed_record import PlacedRecord
from chipscape_desktop.i18n import _, language
from chipscape_desktop.views.ecosystem.view import EcosystemView
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class MapForms(QObject):
    """Opens forms in the drawer of one map."""

    def __init__(self, workspace: Workspace, view: EcosystemView) -> None:
        super().__init__(view)
        self._workspace, self._view = workspace, view
        self._deleting = Deleting(workspace, view)
        workspace.changed.connect(self._changed)
        view.editing.tie_wanted.connect(self.tie)
        view.editing.link_wanted.connect(self.edit)
        view.editing.delete_wanted.connect(self.delete)
        view.editing.record_wanted.connect(self.add)

    def tie(self, start: str, end: str) -> None:
        """Ask what one record is to another."""
        spec = self._view.arranging.spec
        if spec is None:
            return
        first, second = (spec.number_of(id_) for id_ in (start, end))
        if NOWHERE in (first, second):
            return
        subject, other = spec.nodes[first], spec.nodes[second]
        editor = LinkEditor(self._workspace, record_id=start, kind=subject.kind, parent=self._view.drawer)
        editor.aim_at(end, other.name, kind=other.kind)
        self._open(editor)

    def edit(self, link_id: str) -> None:
        """Read a relationship and ask what it shall be."""
        read = partial(_read_link, link_id=link_id, language=language())
        self._workspace.query(read, self._edit, key="map-link")

    def add(self, x: float, y: float) -> None:
        """Ask for a record to add at a place."""
        spec = self._view.arranging.spec
        if spec is not None:
            self._open(PlacedRecord(self._workspace, (spec.arrangement, x, y), self._view.drawer))

    def delete(self, kind: str, id_: str) -> None:
        """Ask before a record or a relationship goes."""
        if kind == "record":
            self._deleting.ask_to_delete([id_])
        elif notices.ask(
            _("Delete this relationship?"), detail=_("Its sources are cited for it no longer. Undo brings it back."),
            yes=_("Delete it"), no=_("Keep it"), parent=self._view,
        ):  # fmt: skip
            self._workspace.run(partial(delete_relationship, relationship_id=id_))

    def _open(self, editor: EditorPanel) -> None:
        editor.closed.connect(self._close)
        self._view.drawer.show_form(editor)

    def _edit(self, found: tuple[RelationshipState, str]) -> None:
        link, kind = found
        editor = LinkEditor(
            self._workspace, record_id=link.fields["subject_id"], kind=kind, link=link, parent=self._view.drawer
        )
        self._open(editor)

    def _close(self) -> None:
        self._view.drawer.empty()

    def _changed(self, summary: object) -> None:
        """Show the record that a form here just added, though nothing is joined to it yet, and select it."""
        form = self._view.drawer.form
        if isinstance(form, PlacedRecord) and form.record_id in getattr(summary, "owners", ()):
            self._view.panel.choose(hide="nothing")
            self._workspace.select(Selection("record", form.record_id))


def _read_link(session: "Session", link_id: str, language: str) -> tuple[RelationshipState, str]:
    state = relationship_state(session, link_id, language=language)
    return state, record_state(session, state.fields["subject_id"]).kind
