"""Enter on a button presses it, as people expect; Qt does so only in dialogs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_enter(event: QKeyEvent) -> bool:
    """Say whether Enter was pressed, on whichever part of the keyboard."""
    return event.key() in _ENTER


def pressed_button(panel: QWidget) -> bool:
    """Press the button inside *panel* that has the keyboard; say whether there was one."""
    focused = QApplication.focusWidget()
    if (
        isinstance(focused, QAbstractButton)
        and not isinstance(focused, QCheckBox)
        and focused.isEnabled()
        and panel.isAncestorOf(focused)
    ):
        focused.click()
        return True
    return False
