"""Fields for days: what is typed is a partial date, understood in words, and a span of them for the date filter."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QWidget

from chipscape_desktop.i18n import _, format_date, pgettext
from chipscape_desktop.shell.choice_popup import Chip
from chipscape_desktop.theme import set_role
from chipscape_desktop.widgets.day_field import DayField


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
        self._from, self._to = QLabel(self._popup), QLabel(self._popup)
        for label, field in ((self._from, self._start), (self._to, self._end)):
            label.setBuddy(field)
            form.addRow(label, field)
        self._start.changed.connect(self._tell)
        self._end.changed.connect(self._tell)
        self.clicked.connect(self._open)

    def retranslate(self, title: str) -> None:
        """Name the filter and its fields in the language in force."""
        self._title = title
        for field, label, text in (
            (self._start, self._from, pgettext("date", "From")),
            (self._end, self._to, pgettext("date", "To")),
        ):
            label.setText(text)
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
