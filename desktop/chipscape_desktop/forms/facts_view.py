"""The facts screen: a table per kind of fact, and the form of what is selected."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from chipscape_db.queries.tables import FactTable
from chipscape_desktop.forms import reading
from chipscape_desktop.forms.facts_bar import FactsBar, KindList, empty_text
from chipscape_desktop.forms.facts_edits import NOT_RECORDS, FactsEdits
from chipscape_desktop.forms.facts_table import FactsTable
from chipscape_desktop.forms.record_form import RecordForm
from chipscape_desktop.forms.reviewing import Reviewing
from chipscape_desktop.forms.room import Room, show_front
from chipscape_desktop.forms.table_choosing import TableChoosing
from chipscape_desktop.forms.table_index import TableIndex
from chipscape_desktop.i18n import _, language
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from chipscape_db.base_file import FactBase
    from chipscape_db.filters import Filters
    from chipscape_db.history import ChangeSummary

_WIDE = 1200
_FORM_WIDTH = 512


class FactsView(QWidget):
    """Tables left, the form right; in a narrow window the form stands below."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.key = "organization"
        self._index: TableIndex | None = None
        self._stale = True
        self._focus_form = False
        self._follow = False
        self._asked = ("", "")
        self._build()
        self._connect()
        self.retranslate()
        self.table.facts.read_only = workspace.base is not None and workspace.base.read_only
        if workspace.base is not None:
            self._reload()

    # Building

    def _build(self) -> None:
        self.kinds = KindList(self)
        self.bar = FactsBar(self)
        self.table = FactsTable(self.workspace, self)
        self.form = RecordForm(self.workspace, self)
        self.edits = FactsEdits(self)
        self.choosing = TableChoosing(self)
        self.reviewing = Reviewing(self)
        self.empty = QLabel(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setMargin(24)
        set_role(self.empty, "soft")
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.pages, 1)
        self.form.setMinimumWidth(340)
        self.form.setMinimumHeight(240)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.kinds)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.form)
        self.room = Room(self.splitter, self.form)
        for place, stretch in enumerate((0, 1, 0)):
            self.splitter.setStretchFactor(place, stretch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.opened.connect(self._opened)
        workspace.changed.connect(self._changed)
        workspace.filters_changed.connect(self._filtered)
        workspace.selection_changed.connect(self._selected)
        self.kinds.chosen.connect(self.show_table)
        self.bar.kind_chosen.connect(self.show_table)
        self.bar.filter_changed.connect(self._order)
        self.bar.left_downwards.connect(self.table.take_focus)
        edits = self.edits
        self.bar.new_wanted.connect(edits.add)
        self.bar.delete_wanted.connect(edits.delete)
        choosing = self.choosing
        self.bar.columns_wanted.connect(choosing.choose_columns)
        self.bar.views_wanted.connect(choosing.choose_view)
        self.bar.filters_wanted.connect(choosing.toggle_filters)
        self.bar.change_wanted.connect(edits.change_rows)
        self.bar.paste_wanted.connect(edits.paste_clipboard)
        self.bar.review_wanted.connect(self.reviewing.toggle)
        self.kinds.chosen.connect(self.reviewing.leave)
        self.bar.merge_wanted.connect(self.reviewing.merge_selected)
        self.table.picked.connect(self._picked)
        self.table.arranged.connect(self._order)
        self.table.delete_wanted.connect(edits.delete)
        self.table.change_wanted.connect(edits.change_rows)
        self.table.pasted.connect(edits.paste)
        self.table.form_wanted.connect(self._into_form)
        self.table.facts.edited.connect(edits.edited)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._left_new)
        for keys, slot in (
            ("Ctrl+F", self.bar.focus_filter), ("Ctrl+I", edits.add),
            ("Ctrl+Shift+F", choosing.edit_filter), ("Ctrl+Shift+V", choosing.choose_view),
            ("Ctrl+M", self.reviewing.merge_selected),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # What the window calls

    def edit(self, record_id: str) -> None:
        """Open the form of a record and put the keyboard into it."""
        self._focus_form = True
        selection = Selection("record", record_id)
        if self.workspace.selection == selection:
            self._selected(selection)
        else:
            self.workspace.select(selection)

    def parts(self) -> list[QWidget]:
        """Return the parts that F6 walks through."""
        return [self.kinds, self.bar, self.pages, self.form]

    def may_leave(self) -> bool:
        """Ask about what is typed and not saved; False when the person wants to stay with it."""
        return self.form.may_leave()

    # Tables

    def show_table(self, key: str) -> None:
        """Show another table."""
        if key == self.key:
            return
        self.key, self._follow = key, False
        self.bar.clear_filter()
        self._mark_kind()
        self._reload()

    def _reload(self, *_ignored: object) -> None:
        """Read the table again, and how many rows each table has."""
        if self.workspace.base is None:
            return
        self._stale = False
        self._asked = (self.bar.filter_text(), self.form.record_id)
        read = partial(
            reading.read_table, key=self.key, filters=self.workspace.filters, language=language(),
            words=self._asked[0], also=self._asked[1],
        )  # fmt: skip
        self.workspace.query(read, self._loaded, key="facts-table")
        self.workspace.query(reading.read_counts, self._counted, key="facts-counts")

    def _loaded(self, table: FactTable) -> None:
        if table.key == self.key:
            self._index = TableIndex(table)
            self._order()

    def _order(self, *_ignored: object) -> None:
        """Sort and narrow the rows, away from the window's thread."""
        if self._index is None or self._index.table.key != self.key:
            return
        table = self._index.table
        if table.partial and self.bar.filter_text() != self._asked[0]:
            self._reload()  # only the base knows all rows
            return
        work = partial(
            reading.ordered, index=self._index, keys=self.table.sorting(table), words=self.bar.filter_text(),
            filters=self.table.column_filters(table),
        )  # fmt: skip
        self.workspace.compute(work, self._ordered, key="facts-order")

    def _ordered(self, answer: "tuple[TableIndex, list[int]]") -> None:
        index, order = answer
        if index is not self._index:
            return
        self.table.show_rows(index.table, order)
        self.bar.show_count(len(order), index.table.total, partial=index.table.partial)
        front = self.table if order or self.table.head.filters() else self.empty
        show_front(self, self.pages, self.reviewing.front(front), otherwise=self.bar.new_button)
        self.empty.setText(empty_text(index.table, self.bar.filter_text()))
        self._show_selected()

    def _counted(self, counts: dict[str, int]) -> None:
        self.kinds.show_counts(counts)
        self.bar.show_counts(counts)
        self._mark_kind()

    def _mark_kind(self) -> None:
        self.kinds.mark(self.key)
        self.bar.mark(self.key)
        self.follow_state()

    def follow_state(self) -> None:
        """Enable what can be done."""
        base = self.workspace.base
        writable = base is not None and not base.read_only
        self.bar.set_enabled(
            new=writable and (self.key not in NOT_RECORDS or bool(self.form.record_id)),
            delete=writable and bool(self.table.current_id()),
            paste=writable,
        )

    # Selection

    def _picked(self, row_id: str) -> None:
        """Follow the row that the person went to."""
        if not row_id:
            return
        selection = Selection(self.key if self.key in NOT_RECORDS else "record", row_id)
        if selection == self.workspace.selection and not self.form.is_new:
            return
        if not self.form.may_leave():
            self._show_selected()
            return
        self.form.clear()
        if selection == self.workspace.selection:
            self._selected(selection)
        else:
            self.workspace.select(selection)

    def _selected(self, selection: Selection | None) -> None:
        if not self.isVisible():
            self._stale = True
            return
        if selection is None:
            if self.form.may_leave():
                self.form.clear()
            self.follow_state()
            return
        if not self.form.may_leave():
            return
        self._follow = True
        self._read_form(selection)

    def _read_form(self, selection: Selection) -> None:
        if self.workspace.base is not None:
            read = partial(reading.read_form, selection=selection, language=language())
            self.workspace.query(read, self._form_read, key="facts-form")

    def _form_read(self, found: reading.Found | None) -> None:
        selection = self.workspace.selection
        if found is None or selection is None:
            if not self.form.is_dirty:
                self.form.clear()
            self.follow_state()
            return
        if found.selection != selection or self.form.is_new:
            return
        if self.form.record_id == found.sheet.state.id:
            self.form.refresh(found.sheet)
        elif not self.form.is_dirty:
            self.form.show_sheet(found.sheet)
        else:
            return
        if found.tab:
            self.form.show_tab(found.tab, selection.id)
        wanted = found.sheet.state.kind if selection.kind == "record" else selection.kind
        if self._follow and wanted != self.key:
            self.show_table(wanted)
        self._follow = False
        self._show_selected()
        if self._focus_form:
            self._focus_form = False
            self.form.show_tab("fields")
            self.form.fields.focus_first()
        self.reviewing.arrive()

    def _show_selected(self) -> None:
        """Mark the row of what is selected, where the table shows it."""
        selection = self.workspace.selection
        kind = self.key if self.key in NOT_RECORDS else "record"
        if selection is not None and selection.kind == kind:
            self.table.select_id(selection.id)
        elif not self.form.is_new and self.form.record_id:
            self.table.select_id(self.form.record_id)
        shown = self._index is not None and self._index.table.key == self.key and self._index.table.partial
        if shown and not self.table.current_id() and self.form.record_id not in ("", self._asked[1]):
            self._reload()  # with the row of what is selected among the others
        self.follow_state()

    def add_record(self, kind: str) -> None:
        """Start a new record of a kind, whatever table is shown."""
        if self.form.may_leave():
            self.form.clear()
            self.show_table(kind)
            self.edits.add()

    def _saved(self, record_id: str) -> None:
        """Show what was saved, and take the row that the form belongs to."""
        selection = self.workspace.selection
        if selection != Selection("record", record_id) and (selection is None or selection.kind == "record"):
            self.workspace.select(Selection("record", record_id))
        elif selection is not None:
            self._read_form(selection)

    def _left_new(self) -> None:
        if self.workspace.selection is not None:
            self._read_form(self.workspace.selection)
        self.table.setFocus()

    # Following the workspace

    def _opened(self, base: "FactBase") -> None:
        self.table.facts.read_only = base.read_only
        self.form.clear()
        self._reload()

    def _changed(self, summary: "ChangeSummary") -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._reload()
        if self.workspace.selection is not None and not self.form.is_new:
            self._read_form(self.workspace.selection)

    def _filtered(self, _filters: "Filters") -> None:
        if self.isVisible():
            self._reload()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while another screen was shown."""
        super().showEvent(event)
        if self._stale:
            self._reload()
        if self.workspace.selection is not None and not self.form.is_dirty:
            self._follow = True
            self._read_form(self.workspace.selection)

    # Keys and looks

    def _into_form(self) -> None:
        if self.form.sheet is not None:
            self.form.show_tab("fields")
            self.form.fields.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the form beside the table or below it."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        self.kinds.setVisible(wide)
        self.bar.show_kinds(not wide)
        if self.splitter.orientation() != wanted or not event.oldSize().isValid():
            self.splitter.setOrientation(wanted)
            if wide:
                side = self.kinds.sizeHint().width()
                self.splitter.setSizes([side, event.size().width() - side - _FORM_WIDTH, _FORM_WIDTH])
            else:
                self.room.share()

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.setAccessibleName(_("Facts"))
        self.table.setAccessibleName(_("Table of facts"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language; names in the tables are read again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._reload()
            if self.workspace.selection is not None and not self.form.is_new:
                self._read_form(self.workspace.selection)
