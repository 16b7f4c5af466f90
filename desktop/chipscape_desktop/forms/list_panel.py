"""A list inside a form with what can be done to its rows, and the place where a row is edited."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from chipscape_desktop.forms.editor_panel import EditorPanel
from chipscape_desktop.forms.enter_key import is_enter, pressed_button
from chipscape_desktop.forms.flow import Flow
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace

_ID = Qt.ItemDataRole.UserRole
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row: its id, the texts of its columns, and what its tooltip says beyond them; `group` is its heading."""

    id: str
    texts: tuple[str, ...]
    tip: str = ""
    group: str = ""


class ListPanel(QWidget):
    """A list with buttons under it; an `EditorPanel` takes its place while it is open.

    Subclasses name columns and buttons, fill the rows and do what the buttons say; Del and Enter do the buttons named
    `delete` and `edit`.
    """

    editing_changed = Signal()

    def __init__(self, workspace: Workspace, buttons: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.editor: EditorPanel | None = None
        self._shares: tuple[int, ...] = ()
        self.tree = QTreeWidget(self)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setMinimumHeight(90)
        self.tree.setIndentation(12)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.empty, "soft")
        self.detail = QLabel(self)
        self.detail.setWordWrap(True)
        self.detail.hide()
        set_role(self.detail, "note")
        self.buttons = {name: QPushButton(self) for name in buttons}
        row = Flow()
        for button in self.buttons.values():
            row.addWidget(button)
        listing = QWidget(self)
        column = self._column = QVBoxLayout(listing)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.detail)
        column.addLayout(row)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(listing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.tree.currentItemChanged.connect(self._current_changed)
        self.tree.itemDoubleClicked.connect(self._double_clicked)
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.clicked.connect(self._pressed)

    # What a subclass says

    def do(self, button: str, row_id: str) -> None:
        """Do what a button says to a row."""
        raise NotImplementedError

    def may(self, button: str, row_id: str) -> bool:
        """Say whether a button can be pressed for the current row (empty: none)."""
        return bool(row_id) or button == "add"

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        raise NotImplementedError

    # Rows

    def show_rows(
        self, columns: tuple[str, ...], rows: list[PanelRow], *, nothing: str, shares: tuple[int, ...]
    ) -> None:
        """Show rows under the names of their columns; where there are none, say *nothing*.

        The columns get their *shares* of the width, in percent.
        """
        kept = self.current_id()
        self.tree.blockSignals(True)
        self.tree.clear()
        self.tree.setColumnCount(len(columns))
        self.tree.setHeaderLabels(list(columns))
        groups: dict[str, QTreeWidgetItem] = {}
        chosen: QTreeWidgetItem | None = None
        for row in rows:
            above: QTreeWidget | QTreeWidgetItem = self.tree
            if row.group:
                if row.group not in groups:
                    heading = QTreeWidgetItem(self.tree, [row.group])
                    heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
                    heading.setFirstColumnSpanned(True)
                    font = heading.font(0)
                    font.setWeight(font.Weight.DemiBold)
                    heading.setFont(0, font)
                    groups[row.group] = heading
                above = groups[row.group]
            item = QTreeWidgetItem(above, [_short(text) for text in row.texts])
            item.setData(0, _ID, row.id)
            for place, text in enumerate(row.texts):
                item.setToolTip(place, "\n".join(filter(None, (text, row.tip))))
            if row.id == kept:
                chosen = item
        self.tree.expandAll()
        if shares != self._shares:
            self._shares = shares
            self._share_width()
        if chosen is not None:
            self.tree.setCurrentItem(chosen)
        self.tree.blockSignals(False)
        self.empty.setText(nothing)
        self.empty.setVisible(not rows)
        self.tree.setVisible(bool(rows))
        self._current_changed()

    def current_id(self) -> str:
        """Return the id of the current row, empty for none."""
        item = self.tree.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def go_to(self, row_id: str) -> None:
        """Make the row of an id the current one."""
        walker = QTreeWidgetItemIterator(self.tree)
        while (item := walker.value()) is not None:
            if item.data(0, _ID) == row_id:
                self.tree.setCurrentItem(item)
                self.tree.scrollToItem(item)
                return
            walker += 1

    def add_above_detail(self, widget: QWidget) -> None:
        """Put something more under the rows."""
        self._column.insertWidget(self._column.indexOf(self.detail), widget)

    def take_focus(self) -> None:
        """Put the keyboard on the editor, else on the rows, else on the first button."""
        if self.editor is not None:
            self.editor.setFocus()
        elif not self.tree.isHidden():
            self.tree.setFocus()
            if not self.current_id() and (first := self._first_row()) is not None:
                self.tree.setCurrentItem(first)
        else:
            next(iter(self.buttons.values())).setFocus()

    def _first_row(self) -> QTreeWidgetItem | None:
        walker = QTreeWidgetItemIterator(self.tree)
        while (item := walker.value()) is not None:
            if item.data(0, _ID):
                return item
            walker += 1
        return None

    # The editor

    def open_editor(self, editor: EditorPanel) -> None:
        """Put an editor in the place of the list."""
        self.close_editor()
        self.editor = editor
        self.stack.addWidget(editor)
        self.stack.setCurrentWidget(editor)
        editor.closed.connect(self._editor_closed)
        self.editing_changed.emit()

    def close_editor(self) -> None:
        """Go back to the list."""
        if self.editor is not None:
            editor, self.editor = self.editor, None
            self.stack.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
            self.editing_changed.emit()

    def _editor_closed(self) -> None:
        self.close_editor()
        (self.tree if self.tree.isVisible() else self.buttons["add"]).setFocus()

    # Buttons and keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the width that the list was given while it was hidden."""
        super().showEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        room = self.tree.viewport().width()
        for place, share in enumerate(self._shares[:-1]):
            self.tree.setColumnWidth(place, room * share // 100)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del deletes and Enter edits the current row, Ins adds one."""
        named = {
            Qt.Key.Key_Delete: "delete", Qt.Key.Key_Return: "edit", Qt.Key.Key_Enter: "edit", Qt.Key.Key_Insert: "add",
        }  # fmt: skip
        name = named.get(Qt.Key(event.key()), "") if self.editor is None else ""
        if is_enter(event) and pressed_button(self):
            return
        if name in self.buttons and self.buttons[name].isEnabled():
            self.do(name, self.current_id())
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.do(sender.objectName(), self.current_id())

    def _double_clicked(self, _item: QTreeWidgetItem, _column: int) -> None:
        if "edit" in self.buttons and self.buttons["edit"].isEnabled():
            self.do("edit", self.current_id())

    def _current_changed(self, *_items: object) -> None:
        row_id = self.current_id()
        for name, button in self.buttons.items():
            button.setEnabled(self.may(name, row_id))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
