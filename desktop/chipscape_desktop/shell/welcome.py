"""What the window shows before a fact base is open: a word of patience, or what to do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role

if TYPE_CHECKING:
    from chipscape_desktop.shell.main_window import MainWindow


class Welcome(QWidget):
    """The loading page; it offers to open or create a base when none could be opened."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._offering = False
        self._title = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setMaximumWidth(520)
        self._new = QPushButton(self)
        self._open = QPushButton(self)
        set_role(self._title, "display")
        set_role(self._text, "soft")
        set_role(self._new, "primary")
        self._new.clicked.connect(window.files.new)
        self._open.clicked.connect(window.files.open)
        buttons = QHBoxLayout()
        buttons.addWidget(self._new)
        buttons.addWidget(self._open)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addLayout(buttons)
        column.addStretch(3)
        column.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def offer(self) -> None:
        """Say what to do, because no fact base is open."""
        self._offering = True
        self.retranslate()
        self._new.setFocus()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._title.setText("Chipscape")
        self._text.setText(
            _("No fact base is open. Start with the facts that ship with Chipscape, or open a file of yours.")
            if self._offering
            else _("Reading the facts…")
        )
        self._new.setText(_("New with the starter facts"))
        self._open.setText(_("Open a file"))
        self._new.setVisible(self._offering)
        self._open.setVisible(self._offering)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
