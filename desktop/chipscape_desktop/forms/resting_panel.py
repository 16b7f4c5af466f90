"""What rests on a source: claims, citations of records and of relationships; and a way to deprecate all its claims."""

from PySide6.QtWidgets import QWidget

from chipscape_db.queries.forms import RecordSheet
from chipscape_db.queries.sources import Resting
from chipscape_desktop.cell_text import claimed_text, metric_label
from chipscape_desktop.field_words import field_label
from chipscape_desktop.forms.claim_editor import RestingEditor
from chipscape_desktop.forms.list_panel import ListPanel, PanelRow
from chipscape_desktop.i18n import _
from chipscape_desktop.words import link_word, word
from chipscape_desktop.workspace import Selection, Workspace


class RestingPanel(ListPanel):
    """Shows everything that rests on a source."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, ("deprecate", "go"), parent)
        self._sheet: RecordSheet | None = None
        self._rows: dict[str, Resting] = {}
        self.retranslate()

    def show_sheet(self, sheet: RecordSheet | None) -> None:
        """Show what rests on a source."""
        self._sheet = sheet
        resting = sheet.resting if sheet else ()
        self._rows = {f"{place}": row for place, row in enumerate(resting)}
        groups = {
            "claim": _("Claims"), "record": _("Cited for records"), "relationship": _("Cited for relationships")
        }  # fmt: skip
        rows = [
            PanelRow(key, (row.name, _what(row), row.locator, _rank(row)), group=groups[row.kind])
            for key, row in self._rows.items()
        ]
        columns = (_("Record"), _("What"), _("Place in the source"), _("Rank"))
        self.show_rows(columns, rows, nothing=_("Nothing rests on this source yet."), shares=(34, 30, 20, 16))

    @property
    def live(self) -> int:
        """Return how many claims that rest on the source are not deprecated."""
        return sum(row.kind == "claim" and row.rank != "deprecated" for row in self._rows.values())

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.buttons["deprecate"].setText(_("Deprecate all claims…"))
        self.buttons["deprecate"].setToolTip(_("Deprecate every claim of this source, as one step"))
        self.buttons["go"].setText(_("Go there"))
        self.show_sheet(self._sheet)

    def may(self, button: str, row_id: str) -> bool:
        """Say whether a button can be pressed."""
        return self.live > 0 if button == "deprecate" else bool(row_id)

    def do(self, button: str, row_id: str) -> None:
        """Deprecate all, or go."""
        sheet = self._sheet
        if sheet is None:
            return
        if button == "deprecate":
            state = sheet.state
            self.open_editor(
                RestingEditor(
                    self.workspace, source_id=state.id, name=state.fields["name"], count=self.live, parent=self
                )
            )
            return
        row = self._rows[row_id]
        selection = Selection(row.kind, row.id) if row.kind != "record" else Selection("record", row.owner_id)
        self.workspace.select(selection)


def _what(row: Resting) -> str:
    if row.kind == "claim":
        return f"{metric_label(row.metric)}: {claimed_text(row.metric, row.value)}"
    if row.kind == "relationship":
        return link_word(row.field)
    return field_label(row.field) if row.field else _("the whole")


def _rank(row: Resting) -> str:
    return word(row.rank) if row.rank not in ("", "normal") else ""
