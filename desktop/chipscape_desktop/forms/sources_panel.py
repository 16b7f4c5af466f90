"""What a record or a relationship rests on: its citations, one by one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from chipscape_db.commands.citations import NewCitation, add_citation, delete_citation, edit_citation
from chipscape_db.commands.fields import RECORD_FIELDS, RELATIONSHIP_FIELDS, Field
from chipscape_db.queries.forms import CitationRow
from chipscape_desktop import notices
from chipscape_desktop.field_words import field_label
from chipscape_desktop.forms.editor_panel import EditorPanel
from chipscape_desktop.forms.fields import ChoiceField, LongField, PickerField, TextField
from chipscape_desktop.forms.list_panel import ListPanel, PanelRow
from chipscape_desktop.i18n import _, format_date, pgettext
from chipscape_desktop.words import word
from chipscape_desktop.workspace import Command, Selection, Workspace


class CitationEditor(EditorPanel):
    """Cites a source for a record or a relationship, or changes how it is cited."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        owner_id: str,
        kind: str,
        row: CitationRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._owner_id, self._kind, self._row = owner_id, kind, row
        named = RELATIONSHIP_FIELDS if kind == "relationship" else RECORD_FIELDS[kind]
        cited = [field.name for field in named] + ["summary"]
        source = PickerField(Field("source_id", "record", refers_to="source", required=True), workspace)
        boxes = (
            source,
            TextField(Field("locator")),
            LongField(Field("quote", "long")),
            ChoiceField(Field("field", "word"), cited, field_label),
        )
        super().__init__(workspace, boxes, parent)
        self._opened = {} if row is None else {name: getattr(row, name) for name in self.fields}
        if row is not None:
            for name, value in self._opened.items():
                self.fields[name].open_with(value)
            source.open_with_record(row.source_id, row.source_name)
        self.more_button.setVisible(row is None)

    def heading(self) -> str:
        """Return what this is for."""
        return _("Cite a source") if self._row is None else _("Change a citation")

    def command(self) -> Command:
        """Return the command that cites."""
        values = self.values()
        if self._row is not None:
            wanted = {name: value for name, value in values.items() if value != self._opened[name]}
            return partial(edit_citation, citation_id=self._row.id, values=wanted, expected=self._opened)
        citation = NewCitation(values["source_id"], values["locator"], values["field"], values["quote"])
        if self._kind == "relationship":
            return partial(add_citation, citation=citation, relationship_id=self._owner_id)
        return partial(add_citation, citation=citation, record_id=self._owner_id)

    def next(self) -> None:
        """Keep the source for the next citation; empty the rest."""
        for name, box in self.fields.items():
            if name == "source_id":
                box.opened = box.value()
                box.look()
            else:
                box.open_with("")
        self.fields["locator"].setFocus()


class SourcesPanel(ListPanel):
    """Shows, adds and removes citations."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, ("add", "edit", "go", "delete"), parent)
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
                "\n".join(
                    filter(
                        None,
                        (f"“{row.quote}”" if row.quote else "", row.publisher, format_date(row.published_on), row.url),
                    )
                ),
            )
            for row in citations
        ]
        columns = (_("Source"), _("Place in the source"), _("Cited for"), _("Kind"))
        nothing = _("Nothing is cited yet. Cite the source that this was read from.")
        self.show_rows(columns, rows, nothing=nothing, shares=(40, 24, 18, 18))

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.buttons["add"].setText(_("Cite a source…"))
        self.buttons["edit"].setText(_("Edit…"))
        self.buttons["go"].setText(_("Go there"))
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
        row = next(row for row in self._citations if row.id == row_id)
        if button == "edit":
            self.open_editor(
                CitationEditor(self.workspace, owner_id=self._owner_id, kind=self._kind, row=row, parent=self)
            )
            return
        if button == "go":
            self.workspace.select(Selection("record", row.source_id))
            return
        name = row.source_name
        if notices.ask(
            _("Remove the citation of “{source}”?").format(source=name),
            detail=_("The source itself stays. Undo brings the citation back."),
            yes=pgettext("citation", "Remove it"),
            no=_("Keep it"),
            parent=self,
        ):
            self.workspace.run(partial(delete_citation, citation_id=row_id))
