"""The table twin of the timeline: a row for each record in view, however many, and how many there are."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.figures.timeline.table import DATE, PEOPLE, SOURCES, TITLE, table_of_view
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.theme import set_role
from chipscape_desktop.widgets.table_twin import TableTwin
from chipscape_desktop.workspace import Job, Selection, Workspace

_MANY = 5_000
_WIDE = 240


class TablePage(QWidget):
    """The table of what is in view, made in the background where that takes long; `opened` carries what was opened."""

    opened = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.table = TableTwin(self)
        self.table.set_background(self._in_background)
        self.count = QLabel(self)
        set_role(self.count, "note")
        self.count.setContentsMargins(12, 4, 12, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.count)
        self.setFocusProxy(self.table)
        self.table.rows_chosen.connect(self._rows_chosen)
        self.table.opened.connect(self.opened)
        self.table.shown_count.connect(self._say_count)

    def show_view(self, spec: TimelineSpec, whole: TimelineSpec, view: View) -> None:
        """Show the records of a view; *whole* answers what *spec* does not know yet."""
        if len(spec.columns) <= _MANY:
            self._set(table_of_view(spec, view, whole=whole))
        else:
            self.count.setText(_("Gathering the rows…"))
            work = partial(_table, spec, whole, view)
            self._workspace.compute(work, self._made, key="timeline-table", text=_("Gathering the rows"))

    def follow(self, selection: Selection | None) -> None:
        """Mark the record that was selected elsewhere."""
        if not self.table.hasFocus():
            chosen = selection is not None and selection.kind == "record"
            self.table.mark(frozenset({selection.id}) if chosen and selection else frozenset())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_count(self.table.count())

    def _made(self, table: Table) -> None:
        self._set(table)

    def _set(self, table: Table) -> None:
        """Show a table, its columns wide enough for any date, and for what of its cells is looked up later."""
        longest = f"{i18n.format_date('2026-09-30')} - {i18n.format_date('2026-09-30')}"
        wanted = {DATE: self.fontMetrics().horizontalAdvance(longest) // 2 + 24}
        if table.complete is not None:
            wanted |= dict.fromkeys((TITLE, PEOPLE, SOURCES), _WIDE)
        self.table.set_table(table, wanted=wanted)

    def _say_count(self, count: int) -> None:
        said = ngettext("{count} row in the time in view.", "{count} rows in the time in view.", count)
        self.count.setText(said.format(count=i18n.number(count)))

    def _in_background(self, work: Any, then: Any, text: str) -> None:
        self._workspace.compute(work, then, key=f"timeline-table-{text}", text=text)

    def _rows_chosen(self, refs: Any) -> None:
        if refs and refs[0].ids:
            self._workspace.select(Selection("record", refs[0].ids[0]))


def _table(spec: TimelineSpec, whole: TimelineSpec, view: View, _job: Job) -> Table:
    return table_of_view(spec, view, whole=whole)
