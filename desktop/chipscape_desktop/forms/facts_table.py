"""The table on the facts screen: sorted by a click, edited in place, copied to a spreadsheet."""

import math
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from chipscape_db.queries.tables import FactTable
from chipscape_desktop.field_words import field_label
from chipscape_desktop.forms.cell_editors import CellEditors
from chipscape_desktop.forms.filter_header import FilterHeader
from chipscape_desktop.forms.table_copy import as_text
from chipscape_desktop.forms.table_index import SortKeys
from chipscape_desktop.forms.table_model import FactModel
from chipscape_desktop.forms.table_setup import TableSetup
from chipscape_desktop.workspace import Workspace

_ROW = 28
_NARROWEST, _WIDEST, _WIDEST_FIRST = 72, 260, 340
_SAMPLE = 60
_KEPT = 5000
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_NAME, _COMFORTABLE, _GIVEN = 150, {"text": 90, "record": 90, "date": 100}, 0.9


class FactsTable(QTableView):
    """Shows a `FactModel`; `picked` carries the id of the current row, `arranged` that it wants another order.

    `delete_wanted`, `change_wanted` and `form_wanted` tell that someone pressed Del, Alt+Enter, or Enter on a cell that
    is not edited in place; `pasted` carries the text of the clipboard.
    """

    picked = Signal(object)
    arranged = Signal()
    delete_wanted = Signal()
    change_wanted = Signal()
    form_wanted = Signal()
    pasted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.facts = FactModel(self)
        self.head = FilterHeader(self)
        self.setHorizontalHeader(self.head)
        self.setModel(self.facts)
        # A selection of its own, always empty: to paint itself the header would ask for the flags of every row.
        self.head.setSelectionModel(QItemSelectionModel(self.facts, self.head))
        self.setItemDelegate(CellEditors(workspace, self))
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
        self.head.setSortIndicatorShown(True)
        self.head.setResizeContentsPrecision(_SAMPLE)
        self.head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.head.customContextMenuRequested.connect(self._header_menu)
        self.head.section_clicked.connect(self._sort)
        self.head.filter_changed.connect(self.arranged)
        self.head.left_downwards.connect(self.take_focus)
        self._setups: dict[str, TableSetup] = {}
        self._setting = False
        self._key = ""
        self.head.sectionResized.connect(self._resized)
        self.horizontalScrollBar().valueChanged.connect(self.head.follow_scroll)
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    # What is shown

    def setup(self, key: str) -> TableSetup:
        """Return how a table is set up."""
        return self._setups.get(key, TableSetup())

    def set_setup(self, key: str, setup: TableSetup) -> None:
        """Set a table up otherwise and ask for its order."""
        self._setups[key] = setup
        if key == self._key and self.facts.table is not None:
            self._lay_columns(self.facts.table)
            self._mark_sorting(self.facts.table)
            self.arranged.emit()

    def sorting(self, table: FactTable) -> SortKeys:
        """Return the columns that a table is sorted by and whether from the end, the first one first."""
        places = {column.name: place for place, column in enumerate(table.columns)}
        named = self.setup(table.key).sorting
        return tuple((places[name], down) for name, down in named if name in places) or ((0, False),)

    def column_filters(self, table: FactTable) -> dict[int, str]:
        """Return what is typed over columns."""
        if table.key == self._key:
            return self.head.filters()
        places = {column.name: place for place, column in enumerate(table.columns)}
        return {places[name]: text for name, text in self.setup(table.key).filters.items() if name in places}

    def current_setup(self, words: str = "") -> TableSetup:
        """Return how the table shown is set up, with what is typed over it."""
        table = self.facts.table
        if table is None:
            return TableSetup()
        header = self.horizontalHeader()
        places = [place for place in range(len(table.columns)) if not self.isColumnHidden(place)]
        filters = {table.columns[place].name: text for place, text in self.head.filters().items()}
        return replace(
            self.setup(self._key),
            columns=tuple(table.columns[place].name for place in sorted(places, key=header.visualIndex)),
            filters=filters,
            words=words,
        )

    def show_rows(self, table: FactTable, order: list[int]) -> None:
        """Show the rows of a table; what was selected stays so where it is still there."""
        same = table.key == self._key
        kept = self.selected_ids() if same and self._selected_count() <= _KEPT else []
        current = self.facts.row_id(self.currentIndex().row()) if same else ""
        column, place = self.currentIndex().column(), self.verticalScrollBar().value()
        self._setting = True
        if self._key and not same:
            self._setups[self._key] = self.current_setup()
        self.facts.show_rows(table, order)
        if not same:
            self._key = table.key
            self._lay_columns(table)
        self._mark_sorting(table)
        if len(kept) > 1:
            self._select_rows(kept, current, max(column, 0))
        elif current:
            self._select(current, max(column, 0), scroll=False)
        if same:
            self.verticalScrollBar().setValue(place)
        self._setting = False

    def _mark_sorting(self, table: FactTable) -> None:
        keys = self.sorting(table)
        self.facts.sorting = keys
        place, down = keys[0]
        self.head.setSortIndicator(place, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self.head.viewport().update()

    def take_focus(self) -> None:
        """Put the keyboard into the rows."""
        self.setFocus()
        if not self.currentIndex().isValid() and self.facts.rowCount():
            self.setCurrentIndex(self.facts.index(0, 0))

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
        return [self.facts.row_id(row) for row in self._selected_rows()]

    def _selected_count(self) -> int:
        return sum(one.bottom() - one.top() + 1 for one in self.selectionModel().selection().toList())

    def _selected_rows(self) -> list[int]:
        """Return the selected rows, by ranges: an index for each of 100,000 rows would hold up the window."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def _select(self, row_id: str, column: int, *, scroll: bool) -> bool:
        row = self.facts.row_of(row_id)
        if row < 0:
            return False
        index = self.facts.index(row, column)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.Rows | flags.Select | flags.Clear)
        if scroll:
            self.scrollTo(index)
        return True

    def _select_rows(self, ids: list[str], current: str, column: int) -> None:
        """Select rows again, neighbours together."""
        last = max(self.facts.columnCount() - 1, 0)
        selection = QItemSelection()
        rows = sorted(row for row in map(self.facts.row_of, ids) if row >= 0)
        start = 0
        for place in range(1, len(rows) + 1):
            if place == len(rows) or rows[place] != rows[place - 1] + 1:
                selection.select(self.facts.index(rows[start], 0), self.facts.index(rows[place - 1], last))
                start = place
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        row = self.facts.row_of(current)
        if row >= 0:
            self.selectionModel().setCurrentIndex(self.facts.index(row, column), flags.NoUpdate)

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
        self.setColumnHidden(place, not self.isColumnHidden(place))
        self._widen(place)
        self._setups[self._key] = self.current_setup()
        self.head.follow_scroll()

    def move_column(self, steps: int) -> None:
        """Move the current column to the left (negative) or right, past hidden ones."""
        here = self.head.visualIndex(self.currentIndex().column())
        there = here + steps
        while 0 < there < self.head.count() and self.isColumnHidden(self.head.logicalIndex(there)):
            there += steps
        # The first column names the row and stays.
        if here > 0 and 0 < there < self.head.count():
            self.head.moveSection(here, there)
            self.scrollTo(self.currentIndex())

    def edit_filter(self) -> None:
        """Put the keyboard into the filter of the current column."""
        self.head.edit_filter(max(self.currentIndex().column(), 0))

    def _header_menu(self, at: QPoint) -> None:
        menu = self.column_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _lay_columns(self, table: FactTable) -> None:
        setup = self.setup(table.key)
        places = {column.name: place for place, column in enumerate(table.columns)}
        shown = setup.shown(table)
        order = [*(places[name] for name in shown), *(place for name, place in places.items() if name not in shown)]
        before, self._setting = self._setting, True
        for visual, place in enumerate(order):
            self.head.moveSection(self.head.visualIndex(place), visual)
        for place, column in enumerate(table.columns):
            self.setColumnHidden(place, column.name not in shown)
            self._widen(place)
        self._fit(table)
        self._setting = before
        self.head.set_filters({places[name]: text for name, text in setup.filters.items() if name in places})
        if setup.filters:
            self.head.set_open(True)

    def _fit(self, table: FactTable) -> None:
        """Take from the wide columns what is missing to show all of them, where that is little."""
        chosen = self.setup(table.key).widths
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
        chosen = self.setup(table.key).widths.get(table.columns[place].name)
        if chosen is None:
            needed = max(self.sizeHintForColumn(place) + 12, self.horizontalHeader().sectionSizeHint(place) + 8)
            chosen = min(max(needed, _NARROWEST), _WIDEST_FIRST if place == 0 else _WIDEST)
        before, self._setting = self._setting, True
        self.setColumnWidth(place, chosen)
        self._setting = before

    def _resized(self, place: int, _old: int, new: int) -> None:
        table = self.facts.table
        if table is not None and not self._setting and new > 0:
            setup = self.setup(table.key)
            self._setups[table.key] = replace(setup, widths=dict(setup.widths) | {table.columns[place].name: new})

    def _sort(self, column: int, add: bool = False) -> None:
        """Sort by a column, or the other way round; with *add* after the columns that it is sorted by already."""
        table = self.facts.table
        if table is None:
            return
        keys = dict(self.sorting(table))
        if add and self.setup(table.key).sorting:
            keys[column] = not keys[column] if column in keys else False
        else:
            keys = {column: not keys[column] if next(iter(keys)) == column else False}
        self.sort_by(tuple(keys.items()))

    def sort_by(self, keys: SortKeys) -> None:
        """Ask for another order."""
        table = self.facts.table
        assert table is not None
        named = tuple((table.columns[place].name, down) for place, down in keys)
        self._setups[self._key] = replace(self.setup(self._key), sorting=named)
        self.arranged.emit()

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
        """Edit on Enter, delete on Del, copy and paste, sort by the current column on F3."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif enter and held == Qt.KeyboardModifier.AltModifier:
            self.change_wanted.emit()
        elif enter:
            if self._can_edit() and held == Qt.KeyboardModifier.NoModifier:
                self.edit(self.currentIndex())
            else:
                self.form_wanted.emit()
        elif event.key() == Qt.Key.Key_F3 and self.currentIndex().isValid():
            self._sort(self.currentIndex().column(), held == Qt.KeyboardModifier.ShiftModifier)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and held == _CTRL_SHIFT:
            self.move_column(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard as a spreadsheet takes them, with the columns that are shown."""
        table = self.facts.table
        if table is None or not self._selected_count():
            return
        header = self.horizontalHeader()
        places = sorted(
            (place for place in range(len(table.columns)) if not self.isColumnHidden(place)), key=header.visualIndex
        )
        ranges = tuple((one.top(), one.bottom() + 1) for one in self.selectionModel().selection().toList())
        work = partial(as_text, table=table, order=self.facts.order, ranges=ranges, places=places)
        self._workspace.compute(work, self._copied, key="facts-copy")

    def _copied(self, text: bytes) -> None:
        data = QMimeData()
        data.setData("text/plain", text)
        QGuiApplication.clipboard().setMimeData(data)

    def _can_edit(self) -> bool:
        index = self.currentIndex()
        return index.isValid() and bool(self.facts.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._setting:
            self.picked.emit(self.facts.row_id(current.row()))
