"""A figure as a table: what the marks show, to read, sort, select and copy."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.i18n import _

_WIDEST = 320
_MEASURED = 60  # rows
_Index = QModelIndex | QPersistentModelIndex


class TableTwin(QTableView):
    """Shows a `Table`; `rows_chosen` carries the refs of the rows selected, `opened` that of one row.

    Click a head to sort by it; Ctrl+C copies the rows selected, or all of them, with the heads, for a spreadsheet.
    """

    rows_chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _TableModel(self)
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
        self.activated.connect(self._activated)
        self.setAccessibleName(_("The figure as a table"))

    def set_table(self, table: Table) -> None:
        """Show a table, sorted as the one before when it has the same columns."""
        same = table.columns == self._model.table.columns
        chosen = frozenset(id_ for ref in self.chosen() for id_ in ref.ids[:1])
        self._model.show(table)
        head = self.horizontalHeader()
        if not same:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.resizeColumnsToContents()
            for column in range(len(table.columns)):
                self.setColumnWidth(column, min(self.columnWidth(column) + 12, _WIDEST))
        else:
            self._model.sort(head.sortIndicatorSection(), head.sortIndicatorOrder())
        self.mark(chosen)

    def table(self) -> Table:
        """Return what is shown, in the order in which it is shown."""
        return self._model.in_order()

    def chosen(self) -> list[Ref]:
        """Return what the rows selected stand for."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [ref for ref in map(self._model.ref, rows) if ref is not None]

    def mark(self, ids: frozenset[str]) -> None:
        """Select the rows that stand for these records, and bring the first into sight; says nothing of it."""
        selection = QItemSelection()
        rows = [row for row in range(self._model.rowCount()) if self._model.stands_for(row, ids)]
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
        rows = sorted(index.row() for index in self.selectionModel().selectedRows()) if selected else []
        table = self._model.in_order()
        lines = [table.columns, *(table.rows[row] for row in (rows or range(len(table.rows))))]
        return "\n".join("\t".join(line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy as a spreadsheet takes it."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
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


class _TableModel(QAbstractTableModel):
    """The cells of a table, in an order of their own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = Table((), (), (), ())
        self._order: list[int] = []
        self._numeric: list[bool] = []

    def show(self, table: Table) -> None:
        self.beginResetModel()
        self.table = table
        self._order = list(range(len(table.rows)))
        self._numeric = [any(row[column] is not None for row in table.numbers) for column in range(len(table.columns))]
        self.endResetModel()

    def in_order(self) -> Table:
        table = self.table
        return Table(
            table.columns,
            tuple(table.rows[row] for row in self._order),
            tuple(table.numbers[row] for row in self._order),
            tuple(table.refs[row] for row in self._order) if table.refs else (),
            table.sort_only,
        )

    def ref(self, row: int) -> Ref | None:
        return self.table.refs[self._order[row]] if self.table.refs else None

    def stands_for(self, row: int, ids: frozenset[str]) -> bool:
        ref = self.ref(row)
        return ref is not None and bool(ref.ids) and ref.ids[0] in ids

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text = self.table.rows[self._order[index.row()]][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.table.columns[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        right = self._numeric[column] and column not in self.table.sort_only
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, as numbers where there are any, what is empty last; by no column: as the figure has it."""
        self.layoutAboutToBeChanged.emit()
        before = {place: row for row, place in enumerate(self._order)}
        self._order = list(range(len(self.table.rows)))
        if 0 <= column < len(self.table.columns):
            down = order == Qt.SortOrder.DescendingOrder
            rows, numbers = self.table.rows, self.table.numbers
            filled = [row for row in self._order if rows[row][column] or numbers[row][column] is not None]
            empty = [row for row in self._order if not (rows[row][column] or numbers[row][column] is not None)]
            if self._numeric[column]:
                filled.sort(key=lambda row: _number(numbers[row][column]), reverse=down)
            else:
                filled.sort(key=lambda row: rows[row][column].casefold(), reverse=down)
            self._order = [*filled, *empty]
        now = {before[place]: row for row, place in enumerate(self._order)}
        old = self.persistentIndexList()
        self.changePersistentIndexList(old, [self.index(now[one.row()], one.column()) for one in old])
        self.layoutChanged.emit()


def _number(value: float | None) -> float:
    return float("inf") if value is None else value
