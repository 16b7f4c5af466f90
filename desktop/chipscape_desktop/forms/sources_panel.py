"""What a record or a relationship rests on: its citations, one by one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from chipscape_db.commands.citations import NewCitation, add_citation, delete_citation
from chipscape_db.commands.fields import RECORD_FIELDS, RELATIONSHIP_FIELDS, Field
from chipscape_db.queries.forms import CitationRow
from chipscape_desktop import notices
from chipscape_desktop.field_words import field_label
from chipscape_desktop.forms.editor_panel import EditorPanel
from chipscape_desktop.forms.fields import ChoiceField, PickerField, TextField
from chipscape_desktop.forms.list_panel import ListPanel, PanelRow
from chipscape_desktop.i18n import _, format_date
from chipscape_desktop.words import word
from chipscape_desktop.workspace import Command, Workspace


class CitationEditor(EditorPanel):
    """Cites a source for a record or a relationship."""

    def __init__(self, workspace: Workspace, *, owner_id: str, kind: str, parent: QWidget | None = None) -> None:
        self._owner_id, self._kind = owner_id, kind
        named = RELATIONSHIP_FIELDS if kind == "relationship" else RECORD_FIELDS[kind]
        cited = [field.name for field in named] + ["summary"]
        boxes = (
            PickerField(Field("source_id", "record", refers_to="source", required=True), workspace),
            TextField(Field("locator")),
            ChoiceField(Field("field", "word"), cited, field_label),
        )
        super().__init__(workspace, boxes, parent)

    def heading(self) -> str:
        """Return what this is for."""
        return _("Cite a source")

    def command(self) -> Command:
        """Return the command that cites."""
        values = self.values()
        citation = NewCitation(values["source_id"], values["locator"], values["field"])
        if self._kind == "relationship":
            return partial(add_citation, citation=citation, relationship_id=self._owner_id)
        return partial(add_citation, citation=citation, record_id=self._owner_id)


class SourcesPanel(ListPanel):
    """Shows, adds and removes citations."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, ("add", "delete"), parent)
        self._owner_id, self._kind = "", ""
        self._citations: Sequence[CitationRow] = ()
        self.retranslate()

    def show_citations(self, owner_id: str, kind: str, citations: Sequence[CitationRow]) -> None:
        """Show what is cited for a record, or for a relationship (kind `relationship`)."""
        self._owner_id, self._kind, self._citations = owner_id, kind, citations
        rows = [
            PanelRow(
                row.id,
                (
                    row.source_name,
                    row.locator,
                    field_label(row.field) if row.field else _("the whole"),
                    word(row.source_kind),
                ),
                "\n".join(filter(None, (row.publisher, format_date(row.published_on), row.url))),
            )
            for row in citations
        ]
        columns = (_("Source"), _("Place in the source"), _("Cited for"), _("Kind"))
        nothing = _("Nothing is cited yet. Cite the source that this was read from.")
        self.show_rows(columns, rows, nothing=nothing, shares=(40, 24, 18, 18))

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.buttons["add"].setText(_("Cite a source…"))
        self.buttons["delete"].setText(_("Remove"))
        self.show_citations(self._owner_id, self._kind, self._citations)

    def may(self, button: str, row_id: str) -> bool:
        """Say whether a button can be pressed."""
        return bool(self._owner_id) and super().may(button, row_id)

    def do(self, button: str, row_id: str) -> None:
        """Cite or remove."""
        if button == "add":
            self.open_editor(CitationEditor(self.workspace, owner_id=self._owner_id, kind=self._kind, parent=self))
            return
        name = next(row.source_name for row in self._citations if row.id == row_id)
        if notices.ask(
            _("Remove the citation of “{source}”?").format(source=name),
            detail=_("The source itself stays. Undo brings the citation back."),
            yes=_("Remove it"),
            no=_("Keep it"),
            parent=self,
        ):
            self.workspace.run(partial(delete_citation, citation_id=row_id))
