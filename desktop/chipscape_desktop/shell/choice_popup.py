"""A filter chip: a button that says what it filters by, with a list to choose from."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from chipscape_desktop.i18n import _, number
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role

if TYPE_CHECKING:
    from chipscape_db.queries.facets import Choice

_VALUE = Qt.ItemDataRole.UserRole
_SEARCH_FROM = 9


class ChoiceList(QFrame):
    """The list of a filter chip: what is ticked comes first; search as you type, Enter ticks, Escape closes."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "panel")
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self.search.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._changed)
        self.list.itemClicked.connect(self._toggle)
        self.search.installEventFilter(self)
        self._setting = False

    def set_choices(self, choices: "Sequence[Choice]", chosen: frozenset[str], name: "Callable[[Choice], str]") -> None:
        """Offer *choices*, those in *chosen* ticked and on top."""
        self._setting = True
        self.list.clear()
        for choice in sorted(choices, key=lambda choice: choice.value not in chosen):
            item = QListWidgetItem(f"{name(choice)}  ({number(choice.count)})", self.list)
            item.setData(_VALUE, choice.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if choice.value in chosen else Qt.CheckState.Unchecked)
        self.search.setVisible(len(choices) >= _SEARCH_FROM)
        self.search.setPlaceholderText(_("Search; Enter ticks the first"))
        self.search.clear()
        self.list.setCurrentRow(0)
        rows = min(max(len(choices), 2), 14)
        self.list.setMinimumWidth(max(220, self.list.sizeHintForColumn(0) + 40))
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 20) + 8)
        self.adjustSize()
        self._setting = False

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Let the arrow keys walk the list while one types into the search field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.setFocus()
                self.list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._tick_first()
                return True
        return False

    def _tick_first(self) -> None:
        shown = [self.list.item(row) for row in range(self.list.count()) if not self.list.item(row).isHidden()]
        if shown:
            self._toggle(shown[0])
            self.search.selectAll()  # the next word is looked for without deleting this one

    def _toggle(self, item: QListWidgetItem) -> None:
        ticked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _narrow(self, text: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(text.casefold() not in item.text().casefold())

    def _changed(self, _item: QListWidgetItem) -> None:
        if not self._setting:
            items = (self.list.item(row) for row in range(self.list.count()))
            self.chosen.emit(
                frozenset(item.data(_VALUE) for item in items if item.checkState() == Qt.CheckState.Checked)
            )


class Chip(QPushButton):
    """A button in the row of filters, shown as pressed while its filter is in use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "chip")
        self.setCheckable(True)
        self.setIcon(icon("chevron-down"))

    def nextCheckState(self) -> None:
        """Leave the state alone: what is chosen decides it, not the click that opens the list."""

    def say(self, text: str, *, active: bool) -> None:
        """Show what the filter is set to."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setChecked(active)


class FilterChip(Chip):
    """A chip that names its filter and what is chosen; `chosen` carries the set of values."""

    chosen = Signal(object)

    def __init__(self, name: "Callable[[Choice], str]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._title = ""
        self._choices: Sequence[Choice] = ()
        self._chosen: frozenset[str] = frozenset()
        self._list: ChoiceList | None = None
        self.clicked.connect(self.open_list)

    def set_title(self, title: str) -> None:
        """Name the filter."""
        self._title = title
        self._write()

    def set_choices(self, choices: "Sequence[Choice]", chosen: frozenset[str]) -> None:
        """Offer *choices* with *chosen* set."""
        self._choices, self._chosen = choices, chosen
        self._write()

    def open_list(self) -> None:
        """Open the list under the button."""
        if self._list is None:
            self._list = ChoiceList(self)
            self._list.chosen.connect(self.chosen)
        self._list.set_choices(self._choices, self._chosen, self._name)
        self._list.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._list.show()
        (self._list.search if self._list.search.isVisible() else self._list.list).setFocus()

    def _write(self) -> None:
        chosen = [self._name(choice) for choice in self._choices if choice.value in self._chosen]
        text = self._title
        if len(chosen) == 1:
            text = _("{filter}: {value}").format(filter=self._title, value=chosen[0])
        elif chosen:
            text = _("{filter}: {count}").format(filter=self._title, count=len(chosen))
        self.say(text, active=bool(chosen))
        self.setToolTip(", ".join(chosen))
