"""The rail: one button for each screen, the present one marked by an accent bar."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from chipscape_desktop.theme import set_role

_WIDE, _NARROW = 92, 56


class Rail(QWidget):
    """A column of buttons for the screens' actions; without the words below a window 1200 px wide."""

    def __init__(self, screens: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons: list[QToolButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for action in screens:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            set_role(button, "rail")
            button.setIconSize(QSize(20, 20))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFixedHeight(52)
            column.addWidget(button)
            self._buttons.append(button)
        column.addStretch(1)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only (with their names as tool tips), or icons over names."""
        self.setFixedWidth(_NARROW if narrow else _WIDE)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        for button in self._buttons:
            button.setToolButtonStyle(style)

    def mark(self, screen: str) -> None:
        """Mark the button of the screen that is shown."""
        for button in self._buttons:
            action = button.defaultAction()
            action.setChecked(action.objectName() == screen)

    def changeEvent(self, event: QEvent) -> None:
        """Take over the names of the actions in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for button in self._buttons:
                button.setAccessibleName(button.defaultAction().text())
