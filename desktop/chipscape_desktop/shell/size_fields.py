"""The fields that ask how large a figure is to be: a known size or one's own, in a unit, and how large text is set."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chipscape_db.errors import N_
from chipscape_desktop.export.sizes import LEAST_PX, MOST_PX, PIXELS, PRESETS, TEXT_SIZES, UNITS, Size
from chipscape_desktop.figures.catalog import Figure
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import inset_spin_box, set_role

_SCREEN, _OWN = "screen", "own"
_TEXTS: Final = (N_("Small, for print"), N_("As usual"), N_("Large"), N_("Very large, for a hall"))
_STEPS: Final = {"mm": 5.0, "in": 0.25, "px": 50.0}
_DECIMALS: Final = {"mm": 1, "in": 2, "px": 0}


class SizeFields(QWidget):
    """A known size, or width and height in a unit; `changed` tells of every change."""

    changed = Signal()

    def __init__(self, figure: Figure, screen: tuple[float, float], parent: QWidget) -> None:
        super().__init__(parent)
        self._figure, self._screen = figure, Size(*screen)
        self._chosen = False
        self.known, self.unit, self.text = QComboBox(self), QComboBox(self), QComboBox(self)
        self.width_, self.height_ = QDoubleSpinBox(self), QDoubleSpinBox(self)
        inset_spin_box(self.width_)
        inset_spin_box(self.height_)
        self.known.addItem(_("As on the screen"), _SCREEN)
        for each in PRESETS:
            self.known.addItem(_(each.label), each.name)
        self.known.addItem(_("Your own size"), _OWN)
        for unit in UNITS:
            self.unit.addItem(unit, unit)
        for label, word in zip(_TEXTS, TEXT_SIZES, strict=True):
            self.text.addItem(_(label), word)
        self.known.setAccessibleName(_("Size"))
        self.unit.setAccessibleName(_("Unit"))
        self.text.setAccessibleName(_("Text size"))
        self.width_.setAccessibleName(_("Width"))
        self.height_.setAccessibleName(_("Height"))
        cross = QLabel("×", self)
        set_role(cross, "soft")
        row = QHBoxLayout()
        for widget in (self.width_, cross, self.height_, self.unit):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.known)
        column.addLayout(row)
        self._show(self._screen)
        self.known.currentIndexChanged.connect(self._follow_known)
        self.unit.currentIndexChanged.connect(self._follow_unit)
        self.text.currentIndexChanged.connect(self._tell)
        self.width_.valueChanged.connect(self._own)
        self.height_.valueChanged.connect(self._own)

    def size_(self) -> Size:
        """Return the size that is asked for."""
        return Size(self.width_.value(), self.height_.value(), self.unit.currentData(), self.text.currentData())

    def remembered(self) -> str:
        """Return what was chosen as one word, for the next time."""
        known = self.known.currentData()
        return self.size_().to_word() if known == _OWN else f"{known} {self.text.currentData()}"

    def recall(self, word: str) -> None:
        """Choose what `remembered` returned; what there is no more stays as it is."""
        self._chosen = bool(word)
        own = Size.from_word(word)
        if own is not None:
            self._choose(_OWN)
            self._show(own)
            return
        known, _space, text = word.partition(" ")
        at = self.known.findData(known)
        if at >= 0 and text in TEXT_SIZES:
            self.known.setCurrentIndex(at)
            self.text.setCurrentIndex(self.text.findData(text))

    def suggest(self, known: str) -> None:
        """Choose a known size, unless somebody chose one before."""
        if not self._chosen:
            self._choose(known)
            self._put_known()

    def _choose(self, known: str) -> None:
        with QSignalBlocker(self.known):
            self.known.setCurrentIndex(self.known.findData(known))

    def _follow_known(self) -> None:
        self._chosen = True
        self._put_known()

    def _put_known(self) -> None:
        known = self.known.currentData()
        size = next((each.size(self._figure) for each in PRESETS if each.name == known), None)
        if known == _SCREEN:
            size = self._screen
        if size is not None:
            self._show(size)
        self.changed.emit()

    def _follow_unit(self) -> None:
        sides = self.width_.value(), self.height_.value()
        self._show(Size(*sides, self._unit, self.text.currentData()).in_unit(self.unit.currentData()))
        self.changed.emit()

    def _own(self) -> None:
        self._chosen = True
        self._choose(_OWN)
        self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()

    def _show(self, size: Size) -> None:
        """Write a size into the fields."""
        self._unit = size.unit
        fields = (self.width_, self.height_)
        blocked = [QSignalBlocker(widget) for widget in (*fields, self.unit, self.text)]
        self.unit.setCurrentIndex(self.unit.findData(size.unit))
        self.text.setCurrentIndex(self.text.findData(size.text))
        for field, side, least in zip(fields, (size.width, size.height), LEAST_PX, strict=True):
            field.setDecimals(_DECIMALS[size.unit])
            field.setSingleStep(_STEPS[size.unit])
            field.setRange(least / PIXELS[size.unit], MOST_PX / PIXELS[size.unit])
            field.setValue(side)
        del blocked
