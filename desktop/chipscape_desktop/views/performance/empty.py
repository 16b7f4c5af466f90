"""What is shown where the filters leave nothing to show."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role


class NothingToCompare(QWidget):
    """Says why there is nothing, and offers to clear the filters (`clear_wanted`)."""

    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._text = QLabel(self)
        self.clear = QPushButton(self)
        set_role(self._title, "heading")
        set_role(self._text, "soft")
        self.clear.clicked.connect(self.clear_wanted)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for widget in (self._title, self._text, self.clear):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        column.setSpacing(12)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._title.setText(_("No chips to compare"))
        self._text.setText(
            _("Nothing passes the filters, or the fact base holds no chips yet. Clear the filters or add facts.")
        )
        self.clear.setText(_("Clear all filters"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
