"""How the map is drawn: the choices behind one button, each a group of which one holds, or a switch."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from chipscape_db.errors import N_
from chipscape_desktop.figures.ecosystem.options import CHOICES
from chipscape_desktop.i18n import _

_GROUPS: Final = {
    "colour": (N_("Colour"), (N_("By country"), N_("By maker"))),
}
"""The title of each option of which one word is chosen, and what its words are called, in their order."""

_SWITCHES: Final = {
    "parallel": (N_("Relationships of a pair as one line"), "bundled", "apart"),
    "hide": (N_("Records without relationships too"), "nothing", "isolated"),
}
"""What a switch is called, and the words for on and off."""


class DisplayMenu(QMenu):
    """The menu; `chosen` carries (option, word)."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[str, QAction] = {}
        self.words: dict[tuple[str, str], QAction] = {}
        self.switches: dict[str, QAction] = {}
        for option, (_title, texts) in _GROUPS.items():
            self._titles[option] = self.addSection("")
            group = QActionGroup(self)
            for word, _text in zip(CHOICES[option], texts, strict=True):
                action = self.words[option, word] = self.addAction("")
                action.setCheckable(True)
                group.addAction(action)
        self.addSeparator()
        for option in _SWITCHES:
            self.switches[option] = self.addAction("")
            self.switches[option].setCheckable(True)
        self.retranslate()
        self.triggered.connect(self._take)

    def show_options(self, options: dict[str, str]) -> None:
        """Check what holds."""
        for (option, word), action in self.words.items():
            action.setChecked(options.get(option, CHOICES[option][0]) == word)
        for option, (_text, on, _off) in _SWITCHES.items():
            self.switches[option].setChecked(options.get(option, CHOICES[option][0]) == on)

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        for option, (title, texts) in _GROUPS.items():
            self._titles[option].setText(_(title))
            for word, text in zip(CHOICES[option], texts, strict=True):
                self.words[option, word].setText(_(text))
        for option, (text, _on, _off) in _SWITCHES.items():
            self.switches[option].setText(_(text))

    def _take(self, action: QAction) -> None:
        for (option, word), one in self.words.items():
            if one is action:
                self.chosen.emit(option, word)
        for option, (_text, on, off) in _SWITCHES.items():
            if self.switches[option] is action:
                self.chosen.emit(option, on if action.isChecked() else off)
