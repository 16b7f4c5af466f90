"""Fields for days: what is typed is a partial date, understood in words, and a span of them for the date filter."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QWidget

from chipscape_db.errors import FactsError
from chipscape_desktop.error_text import error_text
from chipscape_desktop.i18n import _, format_date, language
from chipscape_desktop.shell.choice_popup import Chip
from chipscape_desktop.theme import set_role, set_state


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
        self._show_fault("")
        self._take(day)

    def _take(self, day: date | None) -> None:
        self._show_fault("")
        if day != self._day:
            self._day = day
            self.changed.emit(day)

    def _show_fault(self, text: str) -> None:
        self.setToolTip(text)
        set_state(self, "error" if text else "")


class SpanChip(Chip):
    """The date filter's chip: from a day to a day; `chosen` carries both, None where open."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._popup = QFrame(self, Qt.WindowType.Popup)
        set_role(self._popup, "panel")
        self._start = DayField(latest=False, parent=self._popup)
        self._end = DayField(latest=True, parent=self._popup)
        form = QFormLayout(self._popup)
        form.setContentsMargins(12, 12, 12, 12)
        form.addRow("", self._start)
        form.addRow("", self._end)
        self._form = form
        self._start.changed.connect(self._tell)
        self._end.changed.connect(self._tell)
        self.clicked.connect(self._open)

    def retranslate(self, title: str) -> None:
        """Name the filter and its fields in the language in force."""
        self._title = title
        for field, text in ((self._start, _("From")), (self._end, _("To"))):
            label = self._form.labelForField(field)
            if label is not None:
                label.setProperty("text", text)
            field.setAccessibleName(text)
            field.setPlaceholderText(_("2024, June 2025 …"))
        self.set_span(self._start.day(), self._end.day())

    def set_span(self, start: date | None, end: date | None) -> None:
        """Show what is chosen."""
        self._start.set_day(start)
        self._end.set_day(end)
        text = self._title
        if start or end:
            span = f"{format_date(start, 'short') if start else '…'} – {format_date(end, 'short') if end else '…'}"
            text = _("{filter}: {value}").format(filter=self._title, value=span)
        self.say(text, active=bool(start or end))

    def _open(self) -> None:
        self._popup.adjustSize()
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        self._start.setFocus()

    def _tell(self, _day: object) -> None:
        self.chosen.emit(self._start.day(), self._end.day())
