"""The cells of a table, in an order of their own; of very many rows they are made when they are looked at."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ints, Ref
from chipscape_desktop.i18n import _

_Index = QModelIndex | QPersistentModelIndex


class Background(Protocol):
    """Runs work that takes long elsewhere and hands its answer, here, to *then*; *text* names it for the user."""

    def __call__(self, work: Any, then: Any, text: str) -> None:
        """Run *work*, a function of a job."""
        ...


class TableModel(QAbstractTableModel):
    """The cells of a table; `sorted_anew` follows when a sort that took its time is done."""

    sorted_anew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = Table((), (), (), ())
        self.background: Background | None = None
        self._order: Ints = np.zeros(0, dtype=np.int64)
        self._numeric: list[bool] = []
        self._wanted = (-1, Qt.SortOrder.AscendingOrder)
        self._ranks: dict[int, Ints] = {}

    def show(self, table: Table) -> None:
        """Show a table as it comes."""
        self.beginResetModel()
        self.table = table
        self._ranks = {}
        self._order = np.arange(len(table.rows))
        # A table that ranks its rows itself has its numbers in every row.
        numbers = table.numbers[:1] if table.ranks is not None else table.numbers
        self._numeric = [any(row[column] is not None for row in numbers) for column in range(len(table.columns))]
        self.endResetModel()

    def in_order(self) -> Table:
        """Return the table with its rows in the order shown."""
        table, order = self.table, self._order.tolist()
        return Table(
            table.columns,
            tuple(table.rows[row] for row in order),
            tuple(table.numbers[row] for row in order),
            tuple(table.refs[row] for row in order) if table.refs else (),
            table.sort_only,
        )

    def lines(self, rows: range | list[int]) -> list[tuple[str, ...]]:
        """Return the cells of some rows in full, which may take a while."""
        cells = self.table.rows if self.table.complete is None else self.table.complete
        return [cells[int(self._order[row])] for row in rows]

    def ref(self, row: int) -> Ref | None:
        """Return what a row stands for."""
        return self.table.refs[int(self._order[row])] if self.table.refs else None

    def rows_of(self, ids: frozenset[str]) -> list[int]:
        """Return the rows that stand for records, from top to bottom."""
        table = self.table
        if not ids:
            return []
        if table.find is not None:
            found = table.find(ids)
        else:
            found = [row for row, ref in enumerate(table.refs) if ref.ids and ref.ids[0] in ids]
        rows: list[int] = np.flatnonzero(np.isin(self._order, found)).tolist()
        return rows

    def renew(self) -> None:
        """Say that cells may have changed: more is known of what they tell."""
        if len(self._order):
            last = self.index(len(self._order) - 1, len(self.table.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell, which is its own tooltip, or how it is aligned."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.table.rows[int(self._order[index.row()])][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the head of a column."""
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
        """Sort by a column, as numbers where there are any, what is empty last; by no column: as the figure has it.

        Very many rows are ranked in the background first.
        """
        self._wanted = (column, order)
        ranks = self.table.ranks
        if not 0 <= column < len(self.table.columns):
            self._put(np.arange(len(self.table.rows)))
        else:
            find = self._own_ranks if ranks is None else ranks
            work = partial(_sorted, self.table, self._ranks, find, column, order)
            if ranks is None or self.background is None:
                self._sort_found(work(None))
            else:
                self.background(work, self._sort_found, _("Sorting the rows"))

    def _sort_found(self, answer: tuple[Table, tuple[int, Qt.SortOrder], Ints]) -> None:
        table, wanted, order = answer
        if table is self.table and wanted == self._wanted:
            self._put(order)
            self.sorted_anew.emit()

    def _own_ranks(self, column: int) -> Ints:
        """Return the rank of each row of an ordinary table by a column."""
        rows, numbers = self.table.rows, self.table.numbers
        keys: list[Any] = [row[column].casefold() for row in rows]
        if self._numeric[column]:
            keys = [float("inf") if row[column] is None else row[column] for row in numbers]
        place = {key: rank for rank, key in enumerate(sorted(set(keys)))}
        there = [bool(rows[row][column]) or numbers[row][column] is not None for row in range(len(rows))]
        return np.array([place[key] if is_ else -1 for key, is_ in zip(keys, there, strict=True)], dtype=np.int64)

    def _put(self, order: Ints) -> None:
        """Show the rows in another order; what is selected stays selected."""
        self.layoutAboutToBeChanged.emit()
        now = np.zeros(len(order), dtype=np.int64)
        now[order] = np.arange(len(order))
        now = now[self._order]
        self._order = order
        old = self.persistentIndexList()
        self.changePersistentIndexList(old, [self.index(int(now[one.row()]), one.column()) for one in old])
        self.layoutChanged.emit()


def _sorted(
    table: Table, known: dict[int, Ints], find: Callable[[int], Ints], column: int, order: Qt.SortOrder, _job: object
) -> tuple[Table, tuple[int, Qt.SortOrder], Ints]:
    """Return the order of the rows by a column; *known* keeps the ranks for the next time."""
    ranks = known.get(column)
    if ranks is None:
        ranks = known[column] = find(column)
    filled, empty = np.flatnonzero(ranks >= 0), np.flatnonzero(ranks < 0)
    own = -ranks[filled] if order == Qt.SortOrder.DescendingOrder else ranks[filled]
    return table, (column, order), np.concatenate((filled[np.argsort(own, kind="stable")], empty))
