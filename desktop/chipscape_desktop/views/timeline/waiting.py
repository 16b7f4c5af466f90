"""What the timeline says while it reads a fact base for the first time, where that takes more than a blink."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role

_BLINK_MS = 250
_BAR = (240, 4)


class WaitingPage(QWidget):
    """A page of the stack given: says which fact base is being read, under a bar that moves."""

    def __init__(self, stack: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._file = ""
        self._heading, self._text = QLabel(self), QLabel(self)
        set_role(self._heading, "heading")
        set_role(self._text, "soft")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(*_BAR)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self._heading, self._bar, self._text):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BLINK_MS)
        self._timer.timeout.connect(self._come)
        stack.addWidget(self)
        self.retranslate()

    def begin(self, file: str) -> None:
        """Show this page unless `end` is called in a blink."""
        self._file = file
        self.retranslate()
        if not self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def end(self, _because: object = None) -> None:
        """Nothing is waited for any more; what was shown before is shown again."""
        self._timer.stop()
        if self._stack.currentWidget() is self:
            self._stack.setCurrentIndex(0)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        self._heading.setText(_("Reading the timeline"))
        self._text.setText(_("The events of {file} are being read.").format(file=self._file))
        self._bar.setAccessibleName(self._text.text())

    def _come(self) -> None:
        self._stack.setCurrentWidget(self)
