"""The top bar: search, the shared filters and as-of date, undo and redo, export."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.shell.filter_bar import FilterBar
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace


class SearchField(QLineEdit):
    """Looks like a search field and opens the palette: `wanted` carries what was typed."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(150)
        self.setMaximumWidth(260)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Open the palette."""
        self.wanted.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the palette with the letter typed, or empty on Enter."""
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
        elif event.text().isprintable() and event.text():
            self.wanted.emit(event.text().strip())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.wanted.emit("")


class TopBar(QFrame):
    """One bar, 44 px high, over the whole window."""

    def __init__(self, workspace: Workspace, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setFixedHeight(44)
        self.search = SearchField(self)
        self.filters = FilterBar(workspace, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(self.search, 1)
        row.addWidget(self.filters, 4)
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setIconSize(QSize(20, 20))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        set_role(self, "bar")
        self.retranslate()

    def retranslate(self) -> None:
        """Write the search field's hint in the language in force."""
        self.search.setPlaceholderText(_("Search (Ctrl+K)"))
        self.search.setAccessibleName(_("Search"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
