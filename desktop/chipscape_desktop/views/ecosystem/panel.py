"""The control row over the map: relationships, layout, how it is drawn, center and depth, zoom."""

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from chipscape_desktop.figures.ecosystem.links import GROUPS
from chipscape_desktop.figures.ecosystem.options import CHOICES, DEEPEST, SIZES, Options, parse
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.icons import icon
from chipscape_desktop.views.ecosystem.display_menu import DisplayMenu
from chipscape_desktop.words import link_word

_LAYOUTS = CHOICES["layout"]
_DEFAULTS = {name: words[0] for name, words in CHOICES.items()} | {"size": SIZES[0]}


class EcosystemPanel(QWidget):
    """The row; `changed` (the options as a dict of words), `center_wanted`, `arrange_wanted`, `fitted`, `zoomed`.

    Only what differs from the defaults is among the options.
    """

    changed = Signal(object)
    center_wanted = Signal()
    arrange_wanted = Signal()
    asking_wanted = Signal()
    fitted = Signal()
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: dict[str, str] = {}
        self.kinds_button = QPushButton(self)
        self._menu = QMenu(self.kinds_button)
        self._groups: dict[str, QAction] = {}
        for group in GROUPS:
            action = self._groups[group.name] = self._menu.addAction(group.name)
            action.setCheckable(True)
        self._menu.addSeparator()
        self._all = self._menu.addAction("")
        self.kinds_button.setMenu(self._menu)
        self.layouts = QComboBox(self)
        for name in _LAYOUTS:
            self.layouts.addItem("", name)
        self.display_button = QPushButton(self)
        self.display = DisplayMenu(self.display_button)
        self.display_button.setMenu(self.display)
        self.time_button = QPushButton(self)
        self.time_button.setCheckable(True)
        self.center = QPushButton(self)
        self.center.setIcon(icon("crosshair"))
        self.steps = QComboBox(self)
        for depth in range(1, DEEPEST + 1):
            self.steps.addItem("", depth)
        self.whole = QPushButton(self)
        names = ("rotate-ccw", "zoom-out", "zoom-in", "maximize")
        self.arrange, self.zoom_out, self.zoom_in, self.fit = (self._button(name) for name in names)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        left = (
            self.kinds_button, self.layouts, self.display_button, self.time_button,
            self.center, self.steps, self.whole,
        )  # fmt: skip
        for widget in left:
            row.addWidget(widget)
        self.questions = QPushButton(self)
        self.questions.setIcon(icon("circle-question-mark"))
        row.addWidget(self.questions)
        row.addStretch(1)
        for button in (self.arrange, self.zoom_out, self.zoom_in, self.fit):
            row.addWidget(button)
        self._show()
        self.retranslate()
        self._menu.triggered.connect(self._group_toggled)
        self.layouts.activated.connect(self._layout_chosen)
        self.display.chosen.connect(self._word_chosen)
        self.steps.activated.connect(self._depth_chosen)
        self.questions.clicked.connect(self.asking_wanted)
        self.center.clicked.connect(self.center_wanted)
        self.whole.clicked.connect(self.show_whole)
        self.arrange.clicked.connect(self.arrange_wanted)
        self.zoom_out.clicked.connect(self._farther)
        self.zoom_in.clicked.connect(self._closer)
        self.fit.clicked.connect(self.fitted)

    def options(self) -> dict[str, str]:
        """Return the options that differ from the defaults."""
        return dict(self._options)

    def read(self) -> Options:
        """Return the options as they are understood."""
        return parse(self._options)

    def choose(self, **words: str) -> None:
        """Set options as if by hand; the default word, or none, takes one back."""
        options = dict(self._options)
        for name, word in words.items():
            options.pop(name, None)
            if word and word != _DEFAULTS.get(name):
                options[name] = word
        parse(options)
        if options != self._options:
            self._options = options
            self._show()
            self.changed.emit(dict(options))

    def show_whole(self, _checked: bool = False) -> None:
        """Leave the neighbourhood for the whole map."""
        self.choose(center="", depth="", open="")

    def can_center(self, possible: bool) -> None:
        """Say whether there is a selected record to centre on."""
        self.center.setEnabled(possible)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        for group in GROUPS:
            self._groups[group.name].setText(", ".join(link_word(kind) for kind in group.kinds))
        self._all.setText(_("All relationships"))
        self.kinds_button.setToolTip(_("Choose which relationships are on the map"))
        self.layouts.setAccessibleName(_("Layout"))
        for place, text in enumerate((_("Forces"), _("Stack"), _("Rings"), _("Countries"), _("By hand"))):
            self.layouts.setItemText(place, text)
        self.layouts.setToolTip(_("How the records are arranged (L for the next)"))
        self.time_button.setText(_("Time"))
        self.time_button.setToolTip(_("Move through time, compare two days (D)"))
        self.display_button.setText(_("Display"))
        self.display_button.setToolTip(_("Choose what colours, sizes and lines mean"))
        self.display.retranslate()
        self.center.setText(_("Centre"))
        self.center.setToolTip(_("Show the neighbourhood of the selected record only (F)"))
        for place in range(DEEPEST):
            text = ngettext("{count} step", "{count} steps", place + 1).format(count=place + 1)
            self.steps.setItemText(place, text)
        self.steps.setToolTip(_("How many relationships away from the centre"))
        self.steps.setAccessibleName(_("How many relationships away from the centre"))
        self.questions.setText(_("Questions"))
        self.questions.setToolTip(_("Ask what depends on what, what is hit, where the map is narrow (Q)"))
        self.whole.setText(_("Whole map"))
        self.whole.setToolTip(_("Leave the neighbourhood (Esc)"))
        for button, text in (
            (self.arrange, _("Arrange anew, letting go of pinned records (R)")),
            (self.zoom_out, _("Zoom out (−)")),
            (self.zoom_in, _("Zoom in (+)")),
            (self.fit, _("Show everything (Home)")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._count_groups()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setAutoRaise(True)
        return button

    def _show(self) -> None:
        """Show the options in the row."""
        options = self.read()
        for group in GROUPS:
            self._groups[group.name].setChecked(not options.kinds or bool(options.kinds.intersection(group.kinds)))
        self.layouts.setCurrentIndex(_LAYOUTS.index(options.layout))
        self.display.show_options(self._options)
        self.steps.setCurrentIndex(options.depth - 1)
        # In a neighbourhood a double click or F leads to another; the row has no room for everything.
        if options.center:
            self.center.hide()
        self.steps.setVisible(bool(options.center))
        self.whole.setVisible(bool(options.center))
        if not options.center:
            self.center.show()
        self._count_groups()

    def _count_groups(self) -> None:
        shown = sum(action.isChecked() for action in self._groups.values())
        if shown == len(GROUPS):
            self.kinds_button.setText(_("Relationships"))
        else:
            self.kinds_button.setText(_("Relationships ({shown} of {all})").format(shown=shown, all=len(GROUPS)))

    def _group_toggled(self, action: Any) -> None:
        if action is self._all:
            self.choose(kinds="")
            return
        shown = [name for name, one in self._groups.items() if one.isChecked()]
        # A map wants some relationship: the last group stays.
        if shown:
            self.choose(kinds="" if len(shown) == len(GROUPS) else ",".join(shown))
        self._show()

    def toggle(self, slug: str, *, opened: bool) -> None:
        """Show the neighbours of a record (or the members of a group) too, or no more."""
        marked = [word for word in self._options.get("open", "").split(",") if word and word.lstrip("-") != slug]
        told = {word.lstrip("-"): word for word in self._options.get("open", "").split(",")}.get(slug, "")
        wanted = slug if opened else f"-{slug}"
        if told != wanted:
            marked.append(wanted)
        self.choose(open=",".join(marked))

    def next_layout(self, _id: str = "") -> None:
        """Arrange the map in the next of the ways there are."""
        self.choose(layout=_LAYOUTS[(_LAYOUTS.index(self.read().layout) + 1) % len(_LAYOUTS)])

    def _layout_chosen(self, place: int) -> None:
        self.choose(layout=_LAYOUTS[place])

    def _word_chosen(self, option: str, word: str) -> None:
        self.choose(**{option: word})

    def _depth_chosen(self, place: int) -> None:
        self.choose(depth=str(place + 1))

    def _farther(self) -> None:
        self.zoomed.emit(1.5)

    def _closer(self) -> None:
        self.zoomed.emit(1 / 1.5)
