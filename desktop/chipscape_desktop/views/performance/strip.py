"""The strip over a figure that asks for a line of text, or says what to do next; it opens in place of a dialog."""

from collections.abc import Callable
from weakref import WeakMethod

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role

Then = Callable[[str], None]


class EntryStrip(QFrame):
    """Asks one thing at a time; `left` tells that the person changed their mind (Esc, or Cancel)."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "notice")
        self._then: WeakMethod[Then] | None = None
        self._remove: WeakMethod[Callable[[], None]] | None = None
        self.label = QLabel(self)
        self.line = QLineEdit(self)
        self.ok = QPushButton(self)
        set_role(self.ok, "primary")
        self.remove = QPushButton(self)
        self.cancel = QPushButton(self)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.line, 1)
        for button in (self.ok, self.remove, self.cancel):
            row.addWidget(button)
        self.line.returnPressed.connect(self._entered)
        self.ok.clicked.connect(self._entered)
        self.remove.clicked.connect(self._removed)
        self.cancel.clicked.connect(self.leave)
        self.hide()

    def ask(self, prompt: str, text: str, then: Then, *, remove: Callable[[], None] | None = None) -> None:
        """Ask for a line; *then* and *remove*, bound methods, receive it or are told that the thing is to go."""
        self._then = WeakMethod(then)
        self._remove = None if remove is None else WeakMethod(remove)
        self.label.setText(prompt)
        self.line.setAccessibleName(prompt)
        self.line.setText(text)
        self.line.selectAll()
        self._show(asks=True)
        self.line.setFocus()

    def tell(self, text: str) -> None:
        """Say what to do next."""
        self._then = self._remove = None
        self.label.setText(text)
        self._show(asks=False)

    def leave(self) -> None:
        """Ask no more."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change one's mind by keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language: what was asked in the other one is asked no more."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.leave()

    def _show(self, *, asks: bool) -> None:
        self.ok.setText(_("OK"))
        self.remove.setText(_("Remove"))
        self.cancel.setText(_("Cancel"))
        self.line.setVisible(asks)
        self.ok.setVisible(asks)
        self.remove.setVisible(self._remove is not None)
        self._row.setStretchFactor(self.label, 0 if asks else 1)
        self.show()

    def _entered(self) -> None:
        then = None if self._then is None else self._then()
        text = self.line.text().strip()
        self.hide()
        if then is not None:
            then(text)

    def _removed(self) -> None:
        remove = None if self._remove is None else self._remove()
        self.hide()
        if remove is not None:
            remove()
