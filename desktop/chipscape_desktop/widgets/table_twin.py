"""A figure as a table: what the marks show, to read, sort, select and copy."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.i18n import _
from chipscape_desktop.widgets.column_widths import fitted
from chipscape_desktop.widgets.table_model import Background, TableModel

_MEASURED = 30  # rows
_MOST_CHOSEN = 1_000  # rows whose records are told of


class TableTwin(QTableView):
    """Shows a `Table`; `rows_chosen` carries the refs of the rows selected, `opened` that of one row, `shown_count` how
    many rows there are.

    Click a head to sort by it; Ctrl+C copies the rows selected, or all of them, with the heads, for a spreadsheet.
    """

    rows_chosen = Signal(object)
    opened = Signal(object)
    shown_count = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TableModel(self)
        self._natural: list[int] = []
        self._own_widths = self._fitting = False
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setHighlightSections(False)
        # Columns are as wide as the first rows want: to measure thousands would hold up the window.
        head.setResizeContentsPrecision(_MEASURED)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSortingEnabled(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.sectionResized.connect(self._resized)
        self.activated.connect(self._activated)
        self.setAccessibleName(_("The figure as a table"))

    def set_background(self, background: Background) -> None:
        """Sort and copy very many rows with its help."""
        self._model.background = background

    def set_table(self, table: Table, *, wanted: Mapping[int, int] | None = None) -> None:
        """Show a table, sorted as the one before when it has the same columns.

        *wanted* are pixels that columns need whatever the first rows hold.
        """
        same = table.columns == self._model.table.columns
        chosen = frozenset(id_ for ref in self.chosen() for id_ in ref.ids[:1])
        self._model.show(table)
        head = self.horizontalHeader()
        if not same:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.resizeColumnsToContents()
            self._natural = [self.columnWidth(column) + 12 for column in range(len(table.columns))]
            for column, width in (wanted or {}).items():
                self._natural[column] = max(self._natural[column], width)
            self._own_widths = False
            self._fit_columns()
        else:
            self._model.sort(head.sortIndicatorSection(), head.sortIndicatorOrder())
        self.mark(chosen)
        self.shown_count.emit(self.count())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width, unless somebody has chosen their widths."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        if self._own_widths:
            return
        self._fitting = True
        for column, width in enumerate(fitted(self._natural, self.viewport().width())):
            self.setColumnWidth(column, width)
        self._fitting = False

    def _resized(self, *_sizes: int) -> None:
        if not self._fitting and self.isVisible() and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._own_widths = True

    def count(self) -> int:
        """Return the number of rows."""
        return self._model.rowCount()

    def renew(self) -> None:
        """Show the cells anew: more is known of what they tell."""
        self._model.renew()

    def table(self) -> Table:
        """Return what is shown, in the order in which it is shown."""
        return self._model.in_order()

    def chosen(self) -> list[Ref]:
        """Return what the rows selected stand for, of very many the first ones."""
        return [ref for ref in map(self._model.ref, self._chosen_rows()[:_MOST_CHOSEN]) if ref is not None]

    def mark(self, ids: frozenset[str]) -> None:
        """Select the rows that stand for these records, and bring the first into sight; says nothing of it."""
        selection = QItemSelection()
        rows = self._model.rows_of(ids)
        last = len(self._model.table.columns) - 1
        for row in rows:
            selection.select(self._model.index(row, 0), self._model.index(row, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._model.index(rows[0], 0), flag)
            self.scrollTo(self._model.index(rows[0], 0))

    def text(self, *, selected: bool = True) -> str:
        """Return rows as tab-separated text with the heads: those selected, or all where none is or all are wanted."""
        rows = self._chosen_rows() if selected else []
        return _text(self._model, rows, None)

    def copy(self) -> None:
        """Copy what `text` returns; a table that does not know all of it looks it up in the background."""
        rows, background = self._chosen_rows(), self._model.background
        if self._model.table.complete is not None and background is not None:
            background(partial(_text, self._model, rows), self._copied, _("Copying the rows"))
        else:
            self._copied(self.text())

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def _chosen_rows(self) -> list[int]:
        ranges: Any = self.selectionModel().selection()
        found = {row for each in ranges for row in range(each.top(), each.bottom() + 1)}
        return sorted(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy as a spreadsheet takes it."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which rows were chosen, when it was done here."""
        super().selectionChanged(selected, deselected)
        if self.hasFocus():
            self.rows_chosen.emit(self.chosen())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("The figure as a table"))

    def _activated(self, index: QModelIndex) -> None:
        ref = self._model.ref(index.row())
        if ref is not None:
            self.opened.emit(ref)


def _text(model: TableModel, rows: list[int], _job: object) -> str:
    lines = [model.table.columns, *model.lines(rows or range(model.rowCount()))]
    return "\n".join("\t".join(line) for line in lines)
