"""A field for one day: what is typed is a partial date, understood in words."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chipscape_db.errors import FactsError
from chipscape_desktop.error_text import error_text
from chipscape_desktop.i18n import format_date, language
from chipscape_desktop.theme import set_state


class DayField(QLineEdit):
    """A line for a day, month or year; `changed` carries the day it means (None when empty).

    A month or year means its first day, or its last one with *latest*.
    """

    changed = Signal(object)

    def __init__(self, *, latest: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latest = latest
        self._day: date | None = None
        self.setClearButtonEnabled(True)
        self.editingFinished.connect(self._read)
        self.textChanged.connect(self._cleared)

    def day(self) -> date | None:
        """Return the day meant, None when empty."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a day."""
        self._day = day
        if not self.hasFocus() or day is None:
            self.blockSignals(True)
            self.setText("" if day is None else format_date(day, "short"))
            self.blockSignals(False)

    def _cleared(self, text: str) -> None:
        if not text and self._day is not None:
            self._take(None)

    def _read(self) -> None:
        from chipscape_db.spoken_date import understand

        text = self.text().strip()
        if not text or (self._day is not None and text == format_date(self._day, "short")):
            return
        try:
            meant = understand(text, language())
            day = meant.latest if self._latest else meant.earliest
        except FactsError as error:
            self._show_fault(error_text(error))
            return
        self._take(day)
        # The day that was understood takes the place of the words, which may not even fit into the field.
        self.blockSignals(True)
        self.setText(format_date(day, "short"))
        self.blockSignals(False)

    def _take(self, day: date | None) -> None:
        self._show_fault("")
        if day != self._day:
            self._day = day
            self.changed.emit(day)

    def _show_fault(self, text: str) -> None:
        self.setToolTip(text)
        set_state(self, "error" if text else "")
