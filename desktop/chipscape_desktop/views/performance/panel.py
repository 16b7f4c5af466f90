"""The row of controls over a figure, made from the options that the figure declares."""

from collections.abc import Collection, Mapping
from functools import partial
from string import ascii_lowercase
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from chipscape_db.errors import N_
from chipscape_desktop.actions import MENUS
from chipscape_desktop.figures.catalog import Figure, checked_options, idle_options, options_of
from chipscape_desktop.i18n import _, language
from chipscape_desktop.views.performance.choosers import Chooser, Named, RecordBox, RecordsButton, chooser
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from chipscape_db.history import ChangeSummary
    from chipscape_db.queries import Reader

_HEADER = N_("Fi&gure")  # the line above has this mnemonic


class ControlRow(QWidget):
    """Chooses the options of one figure; `options_changed` carries them as a dict of words.

    Only what differs from the defaults is among the options. What the figure calls `more` is behind a button.
    """

    options_changed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._figure: Figure | None = None
        self._options: dict[str, str] = {}
        self._defaults: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self.boxes: dict[str, Chooser] = {}
        self.labels: dict[str, QLabel] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.setSpacing(6)
        self.more = QToolButton(self)
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self._popup.setFrameShape(QFrame.Shape.StyledPanel)
        self._form = QFormLayout(self._popup)
        self._form.setContentsMargins(12, 12, 12, 12)
        self.more.clicked.connect(self._open_more)
        workspace.changed.connect(self._changed)

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
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.more:
                widget.deleteLater()
        while self._form.rowCount():
            self._form.removeRow(0)
        self.boxes, self.labels = {}, {}
        taken = {letter for title in (*MENUS.values(), _HEADER) if (letter := _mnemonic(_(title)))}
        more = _with_mnemonic(_("More"), taken)
        behind: set[str] = set()  # a popup is a window of its own, with letters of its own
        for option in options_of(self._figure):
            box = chooser(option, self._popup if option.more else self)
            text = _(option.label)
            box.setAccessibleName(text)
            box.picked.connect(partial(self.choose, option.name))
            label = QLabel(_with_mnemonic(text, behind if option.more else taken), self._popup if option.more else self)
            label.setBuddy(box)
            self.boxes[option.name], self.labels[option.name] = box, label
            self._kinds[option.name] = option.record_kind
            if option.more:
                self._form.addRow(label, box)
            else:
                self._row.addWidget(label)
                self._row.addWidget(box)
                self._row.addSpacing(4)
        self.more.setText(more)
        self.more.setToolTip(_("More options of this figure"))
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self._show()
        self._ask_records()

    def _show(self) -> None:
        assert self._figure is not None
        idle = idle_options(self._figure, self._options)
        declared = {option.name: option for option in options_of(self._figure)}
        for name, box in self.boxes.items():
            box.show_word(self._options.get(name, self._defaults[name]))
            if declared[name].more:
                self._form.setRowVisible(box, name not in idle)
            else:
                box.setVisible(name not in idle)
                self.labels[name].setVisible(name not in idle)
        self.more.setVisible(any(one.more and one.name not in idle for one in declared.values()))

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

    def _changed(self, summary: "ChangeSummary") -> None:
        if {"record", "record_text", "relationship"} & summary.tables:
            self._ask_records()

    def _ask_records(self) -> None:
        """Ask for the names of the records that are offered, when any are."""
        fields = (RecordBox, RecordsButton)
        kinds = frozenset(self._kinds[name] for name, box in self.boxes.items() if isinstance(box, fields)) - {""}
        if kinds and self._workspace.base is not None:
            read = partial(_records, kinds=kinds, language=language())
            self._workspace.query(read, self._offer, key="figure-records")

    def _offer(self, records: Mapping[str, list[Named]]) -> None:
        for name, box in self.boxes.items():
            if isinstance(box, RecordBox | RecordsButton) and self._kinds[name]:
                box.set_records(records.get(self._kinds[name], []))


def _records(session: "Reader", *, kinds: Collection[str], language: str) -> dict[str, list[Named]]:
    from chipscape_db.queries.briefs import all_briefs

    found: dict[str, list[Named]] = {kind: [] for kind in kinds}
    for brief in all_briefs(session, language=language).values():
        if brief.kind in found:
            found[brief.kind].append((brief.slug, brief.name))
    return {kind: sorted(records, key=_by_name) for kind, records in found.items()}


def _by_name(record: Named) -> str:
    return record[1].casefold()


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
