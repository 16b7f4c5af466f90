"""How the map is drawn: the choices behind one button, each a group of which one holds, or a switch."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from chipscape_db.errors import N_
from chipscape_desktop.cell_text import metric_label
from chipscape_desktop.figures.ecosystem.options import CHOICES, SIZE_METRICS, SIZES
from chipscape_desktop.i18n import _

_GROUPS: Final = {
    "colour": (N_("Colour"), (N_("By country"), N_("By maker"), N_("By community"))),
    "group": (
        N_("Draw together"),
        (N_("Nothing"), N_("What belongs to an organization"), N_("Countries"), N_("Kinds of record")),
    ),
}
"""The title of each option of which one word is chosen, and what its words are called, in their order."""

_SWITCHES: Final = {
    "parallel": (N_("Relationships of a pair as one line"), "bundled", "apart"),
    "hide": (N_("Records without relationships too"), "nothing", "isolated"),
}
"""What a switch is called, and the words for on and off."""


_SIZE_TEXTS: Final = (N_("Number of relationships"), N_("Shortest paths through it"), N_("All the same"))


class DisplayMenu(QMenu):
    """The menu; `chosen` carries (option, word)."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[str, QMenu] = {}
        self.words: dict[tuple[str, str], QAction] = {}
        self.switches: dict[str, QAction] = {}
        for option, (_title, texts) in _GROUPS.items():
            part = self._parts[option] = self.addMenu("")
            group = QActionGroup(self)
            for word, _text in zip(CHOICES[option], texts, strict=True):
                action = self.words[option, word] = part.addAction("")
                action.setCheckable(True)
                group.addAction(action)
        self.sizes = self.addMenu("")
        size_group = QActionGroup(self)
        for word in (*SIZES, *SIZE_METRICS):
            if word == SIZE_METRICS[0]:
                self.sizes.addSeparator()
            action = self.words["size", word] = self.sizes.addAction("")
            action.setCheckable(True)
            size_group.addAction(action)
        self.addSeparator()
        for option in _SWITCHES:
            self.switches[option] = self.addAction("")
            self.switches[option].setCheckable(True)
        self.retranslate()
        self.triggered.connect(self._take)

    def show_options(self, options: dict[str, str]) -> None:
        """Check what holds."""
        for (option, word), action in self.words.items():
            action.setChecked(options.get(option, CHOICES.get(option, SIZES)[0]) == word)
        for option, (_text, on, _off) in _SWITCHES.items():
            self.switches[option].setChecked(options.get(option, CHOICES[option][0]) == on)

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        for option, (title, texts) in _GROUPS.items():
            self._parts[option].setTitle(_(title))
            for word, text in zip(CHOICES[option], texts, strict=True):
                self.words[option, word].setText(_(text))
        self.sizes.setTitle(_("Size of signs"))
        for word, text in zip(SIZES, _SIZE_TEXTS, strict=True):
            self.words["size", word].setText(_(text))
        for word in SIZE_METRICS:
            self.words["size", word].setText(metric_label(word))
        for option, (text, _on, _off) in _SWITCHES.items():
            self.switches[option].setText(_(text))

    def _take(self, action: QAction) -> None:
        for (option, word), one in self.words.items():
            if one is action:
                self.chosen.emit(option, word)
        for option, (_text, on, off) in _SWITCHES.items():
            if self.switches[option] is action:
                self.chosen.emit(option, on if action.isChecked() else off)
