"""The row of controls over a figure, made from the options that the figure declares."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from string import ascii_lowercase

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QFormLayout, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from chipscape_db.errors import N_
from chipscape_desktop.actions import MENUS
from chipscape_desktop.figures.catalog import Figure, checked_options, idle_options, options_of
from chipscape_desktop.i18n import _
from chipscape_desktop.views.performance.choosers import Chooser, chooser
from chipscape_desktop.views.performance.record_offers import RecordOffers
from chipscape_desktop.workspace import Workspace

_MARGIN, _SPACING, _BETWEEN = 12, 6, 4  # pixels: at the ends of the row, between its parts, and more between options
_HEADER = N_("Fi&gure")  # the line above has this mnemonic


class ControlRow(QWidget):
    """Chooses the options of one figure; `options_changed` carries them as a dict of words.

    Only what differs from the defaults is among the options. What the figure calls `more` is behind a button, and so
    are the last options where the row is too narrow for all: it never asks for more room than its first option takes.
    """

    options_changed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._offers = RecordOffers(workspace, self)
        self._options: dict[str, str] = {}
        self._defaults: dict[str, str] = {}
        self._behind: frozenset[str] | None = None
        self.boxes: dict[str, Chooser] = {}
        self.labels: dict[str, QLabel] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        self._row.setSpacing(_SPACING)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # what has no room moves out
        self.more = QToolButton(self)
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self._popup.setFrameShape(QFrame.Shape.StyledPanel)
        self._form = QFormLayout(self._popup)
        self._form.setContentsMargins(12, 12, 12, 12)
        self.more.clicked.connect(self._open_more)

    def options(self) -> dict[str, str]:
        """Return the options that differ from the defaults."""
        return dict(self._options)

    def show_figure(self, figure: Figure, options: Mapping[str, str]) -> None:
        """Offer the options of a figure, set to these; raises `Invalid` for words that are none."""
        self._options = checked_options(figure, options)
        self._figure = figure
        self._defaults = {option.name: option.default for option in options_of(figure)}
        self._build()

    def choose(self, name: str, word: str) -> None:
        """Set one option as if it had been chosen by hand; raises `Invalid` for a word that is none."""
        assert self._figure is not None
        changed = checked_options(self._figure, {**self._options, name: word})
        if changed != self._options:
            self._options = changed
            self._show()
            self.options_changed.emit(dict(changed))

    def reset(self) -> None:
        """Set every option as it is at first."""
        if self._options:
            self._options = {}
            self._show()
            self.options_changed.emit({})

    @property
    def behind(self) -> frozenset[str]:
        """The options that are behind the button now."""
        return self._behind or frozenset()

    def minimumSizeHint(self) -> QSize:
        """Return the room for the first option and the button: the others go behind it where there is no more."""
        first = next((_width(self.labels[name], box) for name, box in self.boxes.items()), 0)
        width = 2 * _MARGIN + first + self.more.sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many options into the row as have room."""
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the options anew once the popup was closed under which nothing was to move."""
        if event.type() == QEvent.Type.Hide:
            watched.removeEventFilter(self)
            self._place()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        if self._figure is not None:
            self._build()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        """Make the fields anew."""
        assert self._figure is not None
        self._popup.hide()
        _empty(self._row, self._form)
        for widget in (*self.boxes.values(), *self.labels.values()):
            widget.hide()
            widget.deleteLater()
        self.boxes, self.labels, self._behind = {}, {}, None
        for option in options_of(self._figure):
            box = chooser(option, self)
            box.setAccessibleName(_(option.label))
            box.picked.connect(partial(self.choose, option.name))
            label = QLabel(self)
            label.setBuddy(box)
            self.boxes[option.name], self.labels[option.name] = box, label
        self.more.setToolTip(_("More options of this figure"))
        self._show()
        self._offers.fill(
            [
                (box, option.record_kind)
                for option, box in zip(options_of(self._figure), self.boxes.values(), strict=True)
            ]
        )

    def _show(self) -> None:
        for name, box in self.boxes.items():
            box.show_word(self._options.get(name, self._defaults[name]))
        self._place()

    def _place(self) -> None:
        """Share the options out between the row and what is behind the button, and show those that are in use."""
        if self._figure is None or not self.boxes:
            return
        declared = options_of(self._figure)
        idle = idle_options(self._figure, self._options)
        popup = QApplication.activePopupWidget()
        if popup is not None and popup.isVisible():
            popup.installEventFilter(self)  # nothing moves under an open list
        else:
            rest = frozenset(option.name for option in declared if option.more)
            self._name(rest)
            row = [option.name for option in declared if not option.more]
            widths = [0 if name in idle else _width(self.labels[name], self.boxes[name]) for name in row]
            more = self.more.sizeHint().width()
            kept = fitting(widths, self.width() - 2 * _MARGIN, more=more, needed=bool(rest - idle))
            self._share(rest.union(row[kept:]))
            self._name(self.behind)
        for name, box in self.boxes.items():
            if name in self.behind:
                self._form.setRowVisible(box, name not in idle)
            else:
                box.setVisible(name not in idle)
                self.labels[name].setVisible(name not in idle)
        self.more.setVisible(bool(self.behind - idle))

    def _share(self, behind: frozenset[str]) -> None:
        """Put these options behind the button, and the others into the row, each in the order declared."""
        if behind == self._behind:
            return
        self._behind = behind
        _empty(self._row, self._form)
        before: QWidget = self.more
        for name, box in self.boxes.items():
            if name in behind:
                self._form.addRow(self.labels[name], box)
                continue
            self._row.addWidget(self.labels[name])
            self._row.addWidget(box)
            self._row.addSpacing(_BETWEEN)
            self.setTabOrder(before, box)
            before = box
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        if before is not self.more:
            self.setTabOrder(before, self.more)

    def _name(self, behind: Collection[str]) -> None:
        """Write the labels with letters of their own: the popup is a window for itself, with its own letters."""
        assert self._figure is not None
        taken = {letter for title in (*MENUS.values(), _HEADER) if (letter := _mnemonic(_(title)))}
        self.more.setText(_with_mnemonic(_("More"), taken))
        inside: set[str] = set()
        for option in options_of(self._figure):
            text = _with_mnemonic(_(option.label), inside if option.name in behind else taken)
            if text != self.labels[option.name].text():
                self.labels[option.name].setText(text)

    def _open_more(self) -> None:
        self._popup.adjustSize()
        # Under its button, but never over the edge of the window.
        place = self.more.mapToGlobal(QPoint(0, self.more.height() + 2))
        edge = self.window().mapToGlobal(QPoint(self.window().width(), 0)).x()
        self._popup.move(QPoint(min(place.x(), edge - self._popup.width() - 4), place.y()))
        self._popup.show()
        first = next((box for box in self.boxes.values() if box.parent() is self._popup and box.isVisible()), None)
        if first is not None:
            first.setFocus()


def fitting(widths: Sequence[int], room: int, *, more: int, needed: bool) -> int:
    """Return how many options, from the first on, have room in a row; the first always has.

    All widths are in pixels. The button, *more* wide, is *needed* anyway, or takes room only once something is behind.
    """
    if sum(widths) + (more if needed else 0) <= room:
        return len(widths)
    kept, taken = 0, more
    for width in widths:
        taken += width
        if kept and taken > room:
            break
        kept += 1
    return kept


def _width(label: QLabel, box: QWidget) -> int:
    """Return how many pixels an option takes of the row at least."""
    least = box.minimumWidth() or box.minimumSizeHint().width()
    return label.sizeHint().width() + _SPACING + least + _SPACING + _BETWEEN


def _empty(row: QHBoxLayout, form: QFormLayout) -> None:
    """Take everything out of the layouts; the widgets live on."""
    while row.takeAt(0) is not None:
        pass
    while form.rowCount():
        form.takeRow(0)


def _mnemonic(text: str) -> str:
    return QKeySequence.mnemonic(text).toString().removeprefix("Alt+").casefold()


def _with_mnemonic(text: str, taken: set[str]) -> str:
    """Mark the first letter of *text* that is no mnemonic yet, and take it; else add one that is free."""
    for place, letter in enumerate(text):
        if letter.isascii() and letter.isalpha() and letter.casefold() not in taken:
            taken.add(letter.casefold())
            return f"{text[:place]}&{text[place:]}"
    free = next((letter for letter in ascii_lowercase if letter not in taken), "")
    taken.add(free)
    return f"{text} (&{free.upper()})" if free else text
