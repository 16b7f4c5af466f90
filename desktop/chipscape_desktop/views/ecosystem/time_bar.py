"""The row about time: the day of the map, the day to compare it with, and what a day means."""

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from chipscape_desktop.figures.ecosystem.options import CHOICES
from chipscape_desktop.i18n import _, format_date
from chipscape_desktop.widgets.day_field import DayField

_FIRST_YEAR: Final = 2012
_SETTLED_MS: Final = 60


class TimeBar(QWidget):
    """The row; `day_chosen` (date or None: today), `changed` (dict of options), `frames_wanted`."""

    day_chosen = Signal(object)
    changed = Signal(object)
    frames_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        today = date.today()
        self._day_label, self._then_label, self._clock_label = QLabel(self), QLabel(self), QLabel(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, (today.year - _FIRST_YEAR) * 12 + today.month)
        self.slider.setPageStep(12)
        self.slider.setValue(self.slider.maximum())
        self.slider.setMinimumWidth(140)
        self.shown = QLabel(self)
        self.shown.setMinimumWidth(90)
        self.then = DayField(latest=False, parent=self)
        self.then.setFixedWidth(120)
        self._then_label.setBuddy(self.then)
        self.clock = QComboBox(self)
        for word in CHOICES["clock"]:
            self.clock.addItem("", word)
        self._clock_label.setBuddy(self.clock)
        self.frames = QPushButton(self)
        # Dragging sends a value for every pixel; the map follows the last.
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 6)
        row.setSpacing(8)
        widgets = (
            self._day_label, self.slider, self.shown, self._then_label, self.then, self._clock_label, self.clock,
            self.frames,
        )  # fmt: skip
        for widget in widgets:
            row.addWidget(widget)
        row.setStretchFactor(self.slider, 1)
        self.retranslate()
        self._settling.timeout.connect(self._choose_day)
        self.slider.valueChanged.connect(self._slid)
        self.then.changed.connect(self._choose_then)
        self.clock.activated.connect(self._choose_clock)
        self.frames.clicked.connect(self.frames_wanted)

    def show_state(self, day: date | None, *, since: date | None, clock: str) -> None:
        """Show what holds."""
        self.slider.blockSignals(True)
        self.slider.setValue(self.slider.maximum() if day is None else (day.year - _FIRST_YEAR) * 12 + day.month - 1)
        self.slider.blockSignals(False)
        self.shown.setText(_("today") if day is None else format_date(day, "short"))
        self.then.set_day(since)
        self.clock.setCurrentIndex(CHOICES["clock"].index(clock))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        self._day_label.setText(_("Day"))
        self.slider.setAccessibleName(_("Day of the map"))
        self.slider.setToolTip(_("Day of the map: arrow keys by a month, Page Up and Page Down by a year"))
        self._then_label.setText(_("Compare with"))
        self.then.setPlaceholderText(_("an earlier day"))
        self.then.setToolTip(_("Mark what is new and what is gone since that day"))
        self._clock_label.setText(_("Show"))
        for place, text in enumerate((_("What was so"), _("What was known"), _("Both compared"))):
            self.clock.setItemText(place, text)
        self.clock.setToolTip(_("Whether the day says when something was so, or when a source had said it"))
        self.frames.setText(_("Frames…"))
        self.frames.setToolTip(_("Write the map of many days as pictures or slides"))

    def _slid(self, _value: int) -> None:
        day = self._day()
        self.shown.setText(_("today") if day is None else format_date(day, "short"))
        self._settling.start()

    def _day(self) -> date | None:
        months = self.slider.value()
        return None if months >= self.slider.maximum() else date(_FIRST_YEAR + months // 12, months % 12 + 1, 1)

    def _choose_day(self) -> None:
        self.day_chosen.emit(self._day())

    def _choose_then(self, day: date | None) -> None:
        self.changed.emit({"since": "" if day is None else day.isoformat()})

    def _choose_clock(self, place: int) -> None:
        self.changed.emit({"clock": CHOICES["clock"][place]})
