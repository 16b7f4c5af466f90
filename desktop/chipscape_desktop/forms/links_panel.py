"""The relationships of a record, and who took part in an event."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from chipscape_db.commands.relationships import delete_participant, delete_relationship
from chipscape_db.queries.forms import RecordSheet, RelationshipState, relationship_state
from chipscape_desktop import notices
from chipscape_desktop.forms.link_editor import LinkEditor, ParticipantEditor, link_choices
from chipscape_desktop.forms.list_panel import ListPanel, PanelRow
from chipscape_desktop.forms.sources_panel import CitationEditor
from chipscape_desktop.i18n import _, format_date, language, number
from chipscape_desktop.words import kind_word, link_word, word
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class LinksPanel(ListPanel):
    """Shows, adds, edits and deletes the relationships of one record."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, ("add", "edit", "cite", "go", "delete"), parent)
        self._sheet: RecordSheet | None = None
        self.retranslate()

    def show_sheet(self, sheet: RecordSheet | None) -> None:
        """Show the relationships of a record."""
        self._sheet = sheet
        rows = [
            PanelRow(
                link.id,
                (
                    link.other_name,
                    kind_word(link.other_kind),
                    _span(link.starts_on, link.ends_on),
                    number(link.citations),
                ),
                group=link_word(link.kind, inverse=link.inverse),
            )
            for link in (sheet.links if sheet else ())
        ]
        nothing = _("This record has no relationships yet. Tie it to another.")
        if sheet is not None and not link_choices(sheet.state.kind):
            nothing = _("Records of this kind have no relationships.")
        self.show_rows(
            (_("Record"), _("Kind"), _("Dates"), _("Sources")), rows, nothing=nothing, shares=(42, 20, 24, 14)
        )

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        texts = {
            "add": _("Add relationship…"), "edit": _("Edit…"), "cite": _("Cite a source…"), "go": _("Go there"),
            "delete": _("Delete"),
        }  # fmt: skip
        for name, text in texts.items():
            self.buttons[name].setText(text)
        self.show_sheet(self._sheet)

    def may(self, button: str, row_id: str) -> bool:
        """Say whether a button can be pressed."""
        if button == "add":
            return self._sheet is not None and bool(link_choices(self._sheet.state.kind))
        return super().may(button, row_id)

    def do(self, button: str, row_id: str) -> None:
        """Add, edit, cite, go or delete."""
        sheet = self._sheet
        if sheet is None:
            return
        link = next((one for one in sheet.links if one.id == row_id), None)
        if button == "add":
            state = sheet.state
            self.open_editor(LinkEditor(self.workspace, record_id=state.id, kind=state.kind, parent=self))
        elif link is None:
            return
        elif button == "edit":
            read = partial(_read_link, relationship_id=row_id, language=language())
            self.workspace.query(read, self._edit, key=f"link-{id(self)}")
        elif button == "cite":
            self.open_editor(CitationEditor(self.workspace, owner_id=row_id, kind="relationship", parent=self))
        elif button == "go":
            self.workspace.select(Selection("record", link.other_id))
        elif notices.ask(
            _("Delete “{link} {other}”?").format(
                link=link_word(link.kind, inverse=link.inverse), other=link.other_name
            ),
            detail=_("Its citations go with it. Undo brings it back."),
            yes=_("Delete the relationship"),
            no=_("Keep it"),
            parent=self,
        ):
            self.workspace.run(partial(delete_relationship, relationship_id=row_id))

    def _edit(self, link: RelationshipState) -> None:
        sheet = self._sheet
        if sheet is not None and sheet.state.id in (link.fields["subject_id"], link.fields["object_id"]):
            state = sheet.state
            self.open_editor(LinkEditor(self.workspace, record_id=state.id, kind=state.kind, link=link, parent=self))


class ParticipantsPanel(ListPanel):
    """Shows who took part in an event, or the events that a record took part in."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, ("add", "go", "delete"), parent)
        self._sheet: RecordSheet | None = None
        self.retranslate()

    def show_sheet(self, sheet: RecordSheet | None) -> None:
        """Show the participants of an event, or the events of another record."""
        self._sheet = sheet
        parts = sheet.participants if sheet else ()
        rows = [PanelRow(f"{one.id} {one.role}", (one.name, kind_word(one.kind), word(one.role))) for one in parts]
        nothing = _("Nobody is said to have taken part yet.") if self._is_event else _("No event names this record.")
        self.show_rows(
            (_("Record") if self._is_event else _("Event"), _("Kind"), _("Role")),
            rows,
            nothing=nothing,
            shares=(50, 25, 25),
        )

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        for name, text in (("add", _("Add participant…")), ("go", _("Go there")), ("delete", _("Remove"))):
            self.buttons[name].setText(text)
        self.show_sheet(self._sheet)

    @property
    def _is_event(self) -> bool:
        return self._sheet is not None and self._sheet.state.kind == "event"

    def may(self, button: str, row_id: str) -> bool:
        """Say whether a button can be pressed; participants are added from their event."""
        return self._is_event if button == "add" else bool(row_id)

    def do(self, button: str, row_id: str) -> None:
        """Add, go or remove."""
        sheet = self._sheet
        if sheet is None:
            return
        if button == "add":
            self.open_editor(ParticipantEditor(self.workspace, event_id=sheet.state.id, parent=self))
            return
        other, _space, role = row_id.partition(" ")
        if button == "go":
            self.workspace.select(Selection("record", other))
            return
        event, record = (sheet.state.id, other) if self._is_event else (other, sheet.state.id)
        self.workspace.run(partial(delete_participant, event_id=event, record_id=record, role=role))


def _span(start: str, end: str) -> str:
    first, last = format_date(start, "short"), format_date(end, "short")
    return f"{first} – {last}" if last else first


def _read_link(session: "Session", relationship_id: str, language: str) -> RelationshipState:
    return relationship_state(session, relationship_id, language=language)
