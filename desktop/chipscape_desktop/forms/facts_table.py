"""The table on the facts screen: sorted by a click, edited in place, copied to a spreadsheet."""

import math

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from chipscape_db.queries.tables import FactTable
from chipscape_desktop.field_words import field_label
from chipscape_desktop.forms.table_model import FactModel

_ROW = 28
_NARROWEST, _WIDEST, _WIDEST_FIRST = 72, 260, 340
_SAMPLE = 60
_NAME, _COMFORTABLE, _GIVEN = 150, {"text": 90, "record": 90, "date": 100}, 0.9


class FactsTable(QTableView):
    """Shows a `FactModel`; `picked` carries the id of the current row, `sorted_by` (column, descending).

    `delete_wanted` and `form_wanted` tell that someone pressed Del, or Enter on a cell that is not edited in place.
    """

    picked = Signal(object)
    sorted_by = Signal(object, object)
    delete_wanted = Signal()
    form_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = FactModel(self)
        self.setModel(self.facts)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerWidget(QWidget(self))
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        rows.hide()
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(_SAMPLE)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        header.sectionClicked.connect(self._sort)
        self._sorted: dict[str, tuple[int, bool]] = {}
        self._hidden: dict[str, set[str]] = {}
        self._widths: dict[str, dict[str, int]] = {}
        self._setting = False
        self._key = ""
        header.sectionResized.connect(self._resized)
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    # What is shown

    def sorting(self, key: str) -> tuple[int, bool]:
        """Return the column that a table is sorted by and whether from the end."""
        return self._sorted.get(key, (0, False))

    def show_rows(self, table: FactTable, order: list[int]) -> None:
        """Show the rows of a table; what was selected stays so where it is still there."""
        same = table.key == self._key
        kept = [self.facts.row_id(index.row()) for index in self.selectionModel().selectedRows()] if same else []
        current = self.facts.row_id(self.currentIndex().row()) if same else ""
        column, place = self.currentIndex().column(), self.verticalScrollBar().value()
        self._setting = True
        self.facts.show_rows(table, order)
        if not same:
            self._key = table.key
            self._lay_columns(table)
        column_sorted, descending = self.sorting(table.key)
        direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column_sorted, direction)
        if same and len(kept) > 1:
            for row_id in kept[:1000]:
                self._select(row_id, max(column, 0), scroll=False, add=True)
        elif current:
            self._select(current, max(column, 0), scroll=False)
        if same:
            self.verticalScrollBar().setValue(place)
        self._setting = False

    def select_id(self, row_id: str) -> bool:
        """Select the row of an id and bring it into view; say whether it is there."""
        if row_id and self.current_id() == row_id:
            return True
        self._setting = True
        there = self._select(row_id, max(self.currentIndex().column(), 0), scroll=True)
        if not there:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        self._setting = False
        return there

    def current_id(self) -> str:
        """Return the id of the current row, empty where there is none."""
        return self.facts.row_id(self.currentIndex().row())

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected rows, from the top."""
        return [self.facts.row_id(row) for row in sorted({i.row() for i in self.selectionModel().selectedRows()})]

    def _select(self, row_id: str, column: int, *, scroll: bool, add: bool = False) -> bool:
        row = self.facts.row_of(row_id)
        if row < 0:
            return False
        index = self.facts.index(row, column)
        flags = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.Select
        if not add:
            flags |= QItemSelectionModel.SelectionFlag.Clear
        self.selectionModel().setCurrentIndex(index, flags)
        if scroll:
            self.scrollTo(index)
        return True

    # Columns

    def column_menu(self, parent: QWidget) -> QMenu:
        """Return a menu that shows and hides columns."""
        menu = QMenu(parent)
        table = self.facts.table
        for place, column in enumerate(table.columns if table else ()):
            action = menu.addAction(field_label(column.name))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.setEnabled(place > 0)
            action.setData(place)
        menu.triggered.connect(self._toggle_column)
        return menu

    def _toggle_column(self, action: object) -> None:
        place = action.data()  # type: ignore[attr-defined]  # a QAction of the menu above
        table = self.facts.table
        assert table is not None
        hidden = self._hidden[table.key]
        hidden ^= {table.columns[place].name}
        self.setColumnHidden(place, table.columns[place].name in hidden)
        self._widen(place)

    def _header_menu(self, at: QPoint) -> None:
        menu = self.column_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _lay_columns(self, table: FactTable) -> None:
        hidden = self._hidden.setdefault(table.key, {column.name for column in table.columns if not column.shown})
        for place, column in enumerate(table.columns):
            self.setColumnHidden(place, column.name in hidden)
            self._widen(place)
        self._fit(table)

    def _fit(self, table: FactTable) -> None:
        """Take from the wide columns what is missing to show all of them, where that is little."""
        chosen = self._widths.get(table.key, {})
        widths = {
            place: self.columnWidth(place)
            for place, column in enumerate(table.columns)
            if not self.isColumnHidden(place) and column.name not in chosen
        }
        missing = self.horizontalHeader().length() - self.viewport().width()
        spare = {
            place: max(width - (_NAME if place == 0 else _COMFORTABLE.get(table.columns[place].form, width)), 0)
            for place, width in widths.items()
        }
        if chosen or not 0 < missing <= sum(spare.values()) * _GIVEN:
            return
        before, self._setting = self._setting, True
        for place, width in widths.items():
            self.setColumnWidth(place, width - math.ceil(missing * spare[place] / sum(spare.values())))
        self._setting = before

    def _widen(self, place: int) -> None:
        """Give a column the width that was chosen for it, else what its first rows need, within limits."""
        table = self.facts.table
        if table is None or self.isColumnHidden(place):
            return
        chosen = self._widths.get(table.key, {}).get(table.columns[place].name)
        if chosen is None:
            needed = max(self.sizeHintForColumn(place) + 12, self.horizontalHeader().sectionSizeHint(place) + 8)
            chosen = min(max(needed, _NARROWEST), _WIDEST_FIRST if place == 0 else _WIDEST)
        before, self._setting = self._setting, True
        self.setColumnWidth(place, chosen)
        self._setting = before

    def _resized(self, place: int, _old: int, new: int) -> None:
        table = self.facts.table
        if table is not None and not self._setting and new > 0:
            self._widths.setdefault(table.key, {})[table.columns[place].name] = new

    def _sort(self, column: int) -> None:
        earlier, descending = self.sorting(self._key)
        self.sort_by(column, descending=not descending if column == earlier else False)

    def sort_by(self, column: int, *, descending: bool) -> None:
        """Ask for another order."""
        self._sorted[self._key] = (column, descending)
        self.sorted_by.emit(column, descending)

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep F2 for editing in place, which the window would otherwise take for its own action."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_F2
            and self._can_edit()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit on Enter, delete on Del, copy on Ctrl+C, sort by the current column on F3."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            if self._can_edit() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.edit(self.currentIndex())
            else:
                self.form_wanted.emit()
        elif event.key() == Qt.Key.Key_F3 and self.currentIndex().isValid():
            self._sort(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard as a spreadsheet takes them, with the columns that are shown."""
        table = self.facts.table
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        if table is None or not rows:
            return
        header = self.horizontalHeader()
        places = sorted(
            (place for place in range(len(table.columns)) if not self.isColumnHidden(place)), key=header.visualIndex
        )
        lines = [[field_label(table.columns[place].name) for place in places]]
        lines += [[_cell(self.facts.stored(row, place), self.facts.shown(row, place), table.columns[place].form)
                   for place in places] for row in rows]  # fmt: skip
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def _can_edit(self) -> bool:
        index = self.currentIndex()
        return index.isValid() and bool(self.facts.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._setting:
            self.picked.emit(self.facts.row_id(current.row()))


def _cell(stored: str, shown: str, form: str) -> str:
    """Return a cell for a spreadsheet: dates and numbers as stored, so that it can count with them."""
    text = stored if form in ("date", "number") else shown
    return " ".join(text.split())
