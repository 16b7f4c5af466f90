"""A table of facts as Qt asks for it: only the cells on the screen are ever made into text."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from chipscape_db.queries.tables import FactTable
from chipscape_desktop.cell_text import cell_text, quantity_text
from chipscape_desktop.field_words import field_label

if TYPE_CHECKING:
    from collections.abc import Sequence

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole
_Flag = Qt.ItemFlag
_PLAIN = _Flag.ItemIsSelectable | _Flag.ItemIsEnabled | _Flag.ItemNeverHasChildren
_EDITABLE = _PLAIN | _Flag.ItemIsEditable
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class FactModel(QAbstractTableModel):
    """The rows of a `FactTable` in some order; `edited` carries (row id, column name, new text)."""

    edited = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: FactTable | None = None
        self.order: Sequence[int] = ()
        self.sorting: Sequence[tuple[int, bool]] = ()
        self.read_only = False
        self._rows: dict[str, int] | None = None
        self._editable: frozenset[int] = frozenset()

    def show_rows(self, table: FactTable, order: "Sequence[int]") -> None:
        """Show these rows of a table."""
        self.beginResetModel()
        self.table, self.order, self._rows = table, order, None
        self._editable = frozenset(place for place, column in enumerate(table.columns) if column.editable)
        self.endResetModel()

    def row_id(self, row: int) -> str:
        """Return the id of what a row shows."""
        return "" if self.table is None or not 0 <= row < len(self.order) else self.table.ids[self.order[row]]

    def row_of(self, row_id: str) -> int:
        """Return the row that shows an id, -1 where none does."""
        if self.table is None:
            return -1
        if self._rows is None:
            ids = self.table.ids
            self._rows = {ids[place]: row for row, place in enumerate(self.order)}
        return self._rows.get(row_id, -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many columns the table has, hidden ones included."""
        return 0 if parent.isValid() or self.table is None else len(self.table.columns)

    def stored(self, row: int, column: int) -> str:
        """Return the stored text of a cell."""
        assert self.table is not None
        return self.table.cells[column][self.order[row]]

    def referred(self, row: int, column: int) -> str:
        """Return the id of the record that a cell names, empty for none."""
        assert self.table is not None
        ids = self.table.refers.get(self.table.columns[column].name)
        return "" if ids is None else ids[self.order[row]]

    def shown(self, row: int, column: int) -> str:
        """Return the text of a cell as people read it."""
        assert self.table is not None
        return cell_text(self.table.columns[column].form, self.stored(row, column))

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Return what Qt asks for of a cell."""
        if not index.isValid() or self.table is None:
            return None
        column = self.table.columns[index.column()]
        if role == _Role.EditRole:
            return self.stored(index.row(), index.column())
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            text = self.shown(index.row(), index.column())
            if role == _Role.DisplayRole and column.name == "unit":
                return quantity_text("", text)
            return text or None
        if role == _Role.TextAlignmentRole and column.form == "number":
            return _RIGHT
        return None

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Pass an edit on; the cell changes when the command has done it."""
        if role != _Role.EditRole or self.table is None:
            return False
        refers = self.table.columns[index.column()].name in self.table.refers
        if value == (self.referred if refers else self.stored)(index.row(), index.column()):
            return False
        self.edited.emit(self.row_id(index.row()), self.table.columns[index.column()].name, str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or self.table is None or section >= len(self.table.columns):
            return None
        column = self.table.columns[section]
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return field_label(column.name) + self._sign(section)
        if role == _Role.TextAlignmentRole:
            return (
                _RIGHT if column.form == "number" else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            )
        return None

    def _sign(self, section: int) -> str:
        """Return the place of a column among several to sort by; the first alone has the header's own arrow."""
        if len(self.sorting) < 2:
            return ""
        for place, (column, down) in enumerate(self.sorting, start=1):
            if column == section:
                return f"  {place}{'↓' if down else '↑'}"
        return ""

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Say that simple cells can be edited in place."""
        if not self.read_only and index.column() in self._editable:
            return _EDITABLE
        return _PLAIN
