"""A question that is answered together with why."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role


class ReasonDialog(QDialog):
    """Asks a question together with why; Escape and Enter in it mean no, unless the yes button has the keyboard."""

    def __init__(
        self, question: str, *, detail: str, yes: str, no: str, required: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(yes)
        self._required = required
        title, text, label = QLabel(question, self), QLabel(detail, self), QLabel(self)
        for each in (title, text):
            each.setWordWrap(True)
            each.setTextFormat(Qt.TextFormat.PlainText)
        set_role(title, "heading")
        set_role(label, "soft")
        label.setText(_("Why (for the history)") if not required else _("Why, so that others can follow"))
        self.line = QLineEdit(self)
        label.setBuddy(self.line)
        self.yes_button, self.no_button = QPushButton(yes, self), QPushButton(no, self)
        set_role(self.yes_button, "primary")
        self.yes_button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no_button)
        buttons.addWidget(self.yes_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (title, text, label, self.line):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(440)
        self.yes_button.clicked.connect(self.accept)
        self.no_button.clicked.connect(self.reject)
        self.line.textChanged.connect(self._look)
        self._look()

    def reason(self) -> str:
        """Return why."""
        return self.line.text().strip()

    def _look(self, *_ignored: object) -> None:
        self.yes_button.setEnabled(bool(self.reason()) or not self._required)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the line goes on to the button, so that nothing is done in passing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.hasFocus():
            self.yes_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.yes_button.hasFocus():
            self.accept()
        else:
            super().keyPressEvent(event)


def ask_why(
    question: str, *, detail: str, yes: str, no: str, required: bool = False, parent: QWidget | None = None
) -> str | None:
    """Ask; return the reason given (perhaps empty), None for no."""
    dialog = ReasonDialog(question, detail=detail, yes=yes, no=no, required=required, parent=parent)
    said = dialog.exec() == QDialog.DialogCode.Accepted
    reason = dialog.reason()
    dialog.deleteLater()
    return reason if said else None
