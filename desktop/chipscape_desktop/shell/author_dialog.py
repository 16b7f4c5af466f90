"""Who I am: the name and the initials that go with every change."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role

_LONGEST = 80


class AuthorDialog(QDialog):
    """Asks for name and initials; the initials follow the name until somebody writes others."""

    def __init__(self, name: str, initials: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Your name"))
        self.name, self.initials = QLineEdit(name, self), QLineEdit(initials, self)
        self._own = bool(initials) and initials != initials_of(name)
        for line in (self.name, self.initials):
            line.setMaxLength(_LONGEST)
        self.initials.setMaxLength(6)
        why = QLabel(_("They go with every change you make, so that others know whom to ask. Nothing is sent."), self)
        why.setWordWrap(True)
        set_role(why, "note")
        fields = QFormLayout()
        fields.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        fields.addRow(_("Your name"), self.name)
        fields.addRow(_("Your initials"), self.initials)
        self.buttons = QDialogButtonBox(self)
        keep = self.buttons.addButton(_("Sign my changes so"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        set_role(keep, "primary")
        keep.setDefault(True)
        self._keep = keep
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(fields)
        column.addWidget(why)
        column.addWidget(self.buttons)
        self.setMinimumWidth(360)
        self.name.textEdited.connect(self._named)
        self.initials.textEdited.connect(self._initialled)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._follow()
        self.name.selectAll()

    def said(self) -> tuple[str, str]:
        """Return the name and the initials."""
        return " ".join(self.name.text().split()), "".join(self.initials.text().split())

    def _named(self, text: str) -> None:
        if not self._own:
            self.initials.setText(initials_of(text))
        self._follow()

    def _initialled(self, text: str) -> None:
        self._own = bool(text.strip())
        self._follow()

    def _follow(self) -> None:
        self._keep.setEnabled(bool(self.said()[0]))


def initials_of(name: str) -> str:
    """Return the first letters of the words of a name: "Ada Lovelace" gives AL, "Jean-Luc Martin" JLM."""
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in words if word[0].isalpha()).upper()[:6]
