"""A combo box for forms: calm under the wheel, and searched by whole names, blanks included, as one types."""

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget


class CalmCombo(QComboBox):
    """A combo box that a wheel turned over it leaves alone, so that scrolling a form changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typing = QElapsedTimer()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(20)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a blank as part of the name that is being typed; Qt alone would open the list."""
        if event.text().isprintable() and event.text().strip():
            self._typing.start()
        elif event.key() == Qt.Key.Key_Space and self._is_typing():
            self._typing.start()
            view = self.view()
            view.setCurrentIndex(self.model().index(self.currentIndex(), 0))
            view.keyboardSearch(" ")
            if view.currentIndex().isValid():
                self.setCurrentIndex(view.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _is_typing(self) -> bool:
        return self._typing.isValid() and self._typing.elapsed() < QApplication.keyboardInputInterval()
