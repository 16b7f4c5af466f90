"""The lists that open from the control row: the lanes in their order, and the rules that may be bands."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chipscape_desktop.figures.timeline.lanes import Wishes
from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role

_KEY = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1
_WIDTH, _ROWS = 300, 12


class _TickList(QFrame):
    """A list of names with ticks in a popup; Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "panel")
        self.list = QListWidget(self)
        self.list.setUniformItemSizes(True)
        self.list.setFixedWidth(_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.setSpacing(8)
        self._setting = False
        self.list.itemChanged.connect(self._item_changed)

    def open_under(self, button: QWidget) -> None:
        """Open under a button, inside the screen."""
        self.list.setFixedHeight(min(max(self.list.count(), 2), _ROWS) * max(self.list.sizeHintForRow(0), 20) + 8)
        self.adjustSize()
        place = button.mapToGlobal(QPoint(0, button.height() + 2))
        area = button.screen().availableGeometry()
        place.setX(min(place.x(), area.right() - self.width()))
        place.setY(min(place.y(), area.bottom() - self.height()))
        self.move(place)
        self.show()
        self.list.setFocus()

    def put(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        """List (key, name, ticked)."""
        here = self.list.currentItem().data(_KEY) if self.list.currentItem() else ""
        self._setting = True
        self.list.clear()
        for key, name, ticked in rows:
            item = QListWidgetItem(name, self.list)
            item.setData(_KEY, key)
            item.setData(_NAME, name)
            item.setToolTip(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            if key == here:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._setting = False

    def items(self) -> list[QListWidgetItem]:
        """Return the rows from top to bottom."""
        return [self.list.item(row) for row in range(self.list.count())]

    def keys(self, *, ticked: bool | None = None) -> tuple[str, ...]:
        """Return the keys of all rows, or of those that are ticked, or not."""
        wanted = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}
        return tuple(
            str(item.data(_KEY)) for item in self.items() if ticked is None or item.checkState() == wanted[ticked]
        )

    def _item_changed(self, _item: QListWidgetItem) -> None:
        if not self._setting:
            self.told()

    def told(self) -> None:
        """Say what is ticked now."""


class LaneList(_TickList):
    """The lanes: tick those to show, drag or Alt with ↑ ↓ to move one, ← and → to collapse and expand it.

    `changed` carries the `Wishes`.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._collapsed: set[str] = set()
        self._ordered = False
        self._absent = Wishes()  # what is wanted of lanes that the filters leave out at present
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.model().rowsMoved.connect(self._dropped)
        self.list.installEventFilter(self)
        self._hint = QLabel(self)
        set_role(self._hint, "note")
        self._hint.setWordWrap(True)
        self.up, self.down, self.fold = QToolButton(self), QToolButton(self), QPushButton(self)
        self.fold_all, self.reset = QPushButton(self), QPushButton(self)
        self.up.setIcon(icon("arrow-up"))
        self.down.setIcon(icon("arrow-down"))
        row, second = QHBoxLayout(), QHBoxLayout()
        for widget in (self.up, self.down, self.fold):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.fold_all, self.reset):
            second.addWidget(widget)
        second.addStretch(1)
        self.column.addWidget(self.list)
        self.column.addLayout(row)
        self.column.addLayout(second)
        self.column.addWidget(self._hint)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.fold.clicked.connect(self._fold)
        self.fold_all.clicked.connect(self._fold_all)
        self.reset.clicked.connect(self._reset)
        self.list.currentRowChanged.connect(self._say)

    def show_lanes(self, known: Sequence[tuple[str, str]], wishes: Wishes) -> None:
        """List the lanes (key, title) as a person has them."""
        self._collapsed = set(wishes.collapsed)
        self._ordered = bool(wishes.order)
        present = {key for key, _title in known}
        self._absent = Wishes(tuple(key for key in wishes.order if key not in present), wishes.hidden - present)
        self.put([(key, title, key not in wishes.hidden) for key, title in known])
        self._say()

    def wishes(self) -> Wishes:
        """Return how the lanes are wanted."""
        order = (*self.keys(), *self._absent.order) if self._ordered else ()
        return Wishes(order, frozenset(self.keys(ticked=False)) | self._absent.hidden, frozenset(self._collapsed))

    def move_lane(self, by: int) -> None:
        """Move the current lane up (-1) or down (1)."""
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            self._setting = True
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentRow(row + by)
            self._setting = False
            self._ordered = True
            self.told()

    def collapse(self, collapsed: bool) -> None:
        """Collapse or expand the current lane."""
        item = self.list.currentItem()
        if item is not None:
            (self._collapsed.add if collapsed else self._collapsed.discard)(str(item.data(_KEY)))
            self.told()

    def told(self) -> None:
        """Say how the lanes are wanted now."""
        self._say()
        self.changed.emit(self.wishes())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Move and collapse by keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_lane(-1 if key == Qt.Key.Key_Up else 1)
                return True
            if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self.collapse(key == Qt.Key.Key_Left)
                return True
        return False

    def _say(self, _row: int = 0) -> None:
        """Write every text in the language in force."""
        before, self._setting = self._setting, True
        for item in self.items():
            folded = item.data(_KEY) in self._collapsed
            item.setText(f"{'▸' if folded else '▾'} {item.data(_NAME)}")
        self._setting = before
        current = self.list.currentItem()
        folded = current is not None and current.data(_KEY) in self._collapsed
        self.fold.setText(_("Expand") if folded else _("Collapse"))
        self.fold_all.setText(_("Expand all") if self._collapsed else _("Collapse all"))
        self.reset.setText(_("As at first"))
        for button, text in ((self.up, _("Move the lane up (Alt+↑)")), (self.down, _("Move the lane down (Alt+↓)"))):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.list.setAccessibleName(_("Lanes: tick those to show"))
        self._hint.setText(_("Space shows or hides a lane, ← and → collapse and expand it, Alt with ↑ ↓ moves it."))

    def _up(self) -> None:
        self.move_lane(-1)

    def _down(self) -> None:
        self.move_lane(1)

    def _fold(self) -> None:
        current = self.list.currentItem()
        self.collapse(current is not None and current.data(_KEY) not in self._collapsed)

    def _fold_all(self) -> None:
        self._collapsed = set() if self._collapsed else set(self.keys())
        self.told()

    def _reset(self) -> None:
        self._ordered, self._collapsed, self._absent = False, set(), Wishes()
        self._setting = True
        for item in self.items():
            item.setCheckState(Qt.CheckState.Checked)
        self._setting = False
        self.told()

    def _dropped(self, *_: object) -> None:
        if not self._setting:
            self._ordered = True
            self.told()


class RuleList(_TickList):
    """The rules that may be bands: none ticked means the most important; `chosen` carries the ids ticked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.clear = QPushButton(self)
        self._hint = QLabel(self)
        set_role(self._hint, "note")
        self._hint.setWordWrap(True)
        for widget in (self.search, self.list, self.clear, self._hint):
            self.column.addWidget(widget)
        self.search.textChanged.connect(self._narrow)
        self.clear.clicked.connect(self._clear)
        self.search.installEventFilter(self)

    def show_rules(self, known: Sequence[tuple[str, str]], chosen: frozenset[str]) -> None:
        """List the rules (id, title), those chosen first and ticked."""
        self.search.clear()
        rows = [(id_, title, id_ in chosen) for id_, title in known]
        self.put(sorted(rows, key=lambda row: not row[2]))
        self.search.setPlaceholderText(_("Search rules"))
        self.search.setAccessibleName(_("Search rules"))
        self.list.setAccessibleName(_("Rules: tick those to draw as bands"))
        self.clear.setText(_("Untick all"))
        self._hint.setText(_("Ticked rules alone are drawn as bands. While none is ticked, the most important are."))

    def told(self) -> None:
        """Say which rules are ticked now."""
        self.chosen.emit(self.keys(ticked=True))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys leave the search field for the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.list.setFocus()
            return True
        return False

    def _narrow(self, text: str) -> None:
        for item in self.items():
            item.setHidden(text.casefold() not in item.text().casefold())

    def _clear(self) -> None:
        self._setting = True
        for item in self.items():
            item.setCheckState(Qt.CheckState.Unchecked)
        self._setting = False
        self.told()
