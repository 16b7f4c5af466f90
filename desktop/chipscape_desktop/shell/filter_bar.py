"""The filters that all views share, as a row of chips, and the as-of date with its player."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from chipscape_db.filters import Filters
from chipscape_desktop.i18n import _, language
from chipscape_desktop.icons import icon
from chipscape_desktop.shell.choice_popup import FilterChip
from chipscape_desktop.shell.date_fields import SpanChip
from chipscape_desktop.widgets.day_field import DayField
from chipscape_desktop.words import country_name, kind_word, word
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.history import ChangeSummary
    from chipscape_db.queries.facets import Choice

_FRAME_MS = 700
_MONTHS = 3
_FIRST_DAY = date(2015, 1, 1)


def _kind(choice: "Choice") -> str:
    return kind_word(choice.value, plural=True)


def _country(choice: "Choice") -> str:
    return country_name(choice.value)


def _name(choice: "Choice") -> str:
    return choice.name


def _certainty(choice: "Choice") -> str:
    return word(choice.value)


class FilterBar(QWidget):
    """Chips for kind, country, organization, sector, certainty and dates; a clear-all; the as-of date."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._facets: Mapping[str, tuple[Choice, ...]] = {}
        self._chips = {
            "kinds": FilterChip(_kind, self),
            "countries": FilterChip(_country, self),
            "organizations": FilterChip(_name, self),
            "sectors": FilterChip(_name, self),
            "certainties": FilterChip(_certainty, self),
        }
        self._span = SpanChip(self)
        self.clear = QToolButton(self)
        self.clear.setIcon(icon("x"))
        self.clear.setIconSize(QSize(16, 16))
        self._as_of_label = QLabel(self)
        self._as_of = DayField(latest=True, parent=self)
        self._as_of.setFixedWidth(150)
        self._as_of_label.setBuddy(self._as_of)
        self._play = QToolButton(self)
        self._play.setCheckable(True)
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        for chip in self._chips.values():
            row.addWidget(chip)
        row.addWidget(self._span)
        row.addWidget(self.clear)
        row.addStretch(1)
        row.addWidget(self._as_of_label)
        row.addWidget(self._as_of)
        row.addWidget(self._play)
        self._chips["kinds"].chosen.connect(self._choose_kinds)
        self._chips["countries"].chosen.connect(self._choose_countries)
        self._chips["organizations"].chosen.connect(self._choose_organizations)
        self._chips["sectors"].chosen.connect(self._choose_sectors)
        self._chips["certainties"].chosen.connect(self._choose_certainties)
        self._span.chosen.connect(self._choose_span)
        self._as_of.changed.connect(self._choose_as_of)
        self._play.toggled.connect(self._play_or_pause)
        self._timer.timeout.connect(self._next_frame)
        self.clear.clicked.connect(self.clear_all)
        workspace.filters_changed.connect(self._show)
        workspace.opened.connect(self._read)
        workspace.changed.connect(self._base_changed)
        self.retranslate()

    def clear_all(self) -> None:
        """Show everything again; the as-of date stays."""
        self._workspace.set_filters(Filters(as_of=self._workspace.filters.as_of))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        titles = (_("Kind"), _("Country"), _("Organization"), _("Sector"), _("Certainty"))
        for chip, title in zip(self._chips.values(), titles, strict=True):
            chip.set_title(title)
        self._span.retranslate(_("Dates"))
        self.clear.setToolTip(_("Clear all filters"))
        self.clear.setAccessibleName(_("Clear all filters"))
        self._as_of_label.setText(_("As of"))
        self._as_of.setPlaceholderText(_("today"))
        self._as_of.setAccessibleName(_("As-of date: what had happened and was known by then"))
        self._write_play()
        self._show(self._workspace.filters)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._read()

    def _base_changed(self, summary: "ChangeSummary") -> None:
        """Count again what can be filtered by; claims, other names and marks are not."""
        from chipscape_db.queries.facets import TABLES

        if TABLES & summary.tables:
            self._read()

    def _read(self, _changed: object = None) -> None:
        if self._workspace.base is not None:
            self._workspace.query(partial(_facets, code=language()), self._got, key="facets")

    def _got(self, facets: "Mapping[str, tuple[Choice, ...]]") -> None:
        self._facets = facets
        self._show(self._workspace.filters)

    def _show(self, filters: Filters) -> None:
        for name, chip in self._chips.items():
            chip.set_choices(self._facets.get(name, ()), getattr(filters, name))
        self._span.set_span(filters.start, filters.end)
        self._as_of.set_day(filters.as_of)
        self.clear.setVisible(filters.active > 0)

    def _choose_kinds(self, values: frozenset[str]) -> None:
        self._workspace.change_filters(kinds=values)

    def _choose_countries(self, values: frozenset[str]) -> None:
        self._workspace.change_filters(countries=values)

    def _choose_organizations(self, values: frozenset[str]) -> None:
        self._workspace.change_filters(organizations=values)

    def _choose_sectors(self, values: frozenset[str]) -> None:
        self._workspace.change_filters(sectors=values)

    def _choose_certainties(self, values: frozenset[str]) -> None:
        self._workspace.change_filters(certainties=values)

    def _choose_span(self, start: date | None, end: date | None) -> None:
        self._workspace.change_filters(start=start, end=end)

    def _choose_as_of(self, day: date | None) -> None:
        self._workspace.change_filters(as_of=day)

    # The player

    def _write_play(self) -> None:
        playing = self._play.isChecked()
        text = _("Pause") if playing else _("Play the years up to today")
        self._play.setIcon(icon("pause" if playing else "play"))
        self._play.setToolTip(text)
        self._play.setAccessibleName(text)

    def _play_or_pause(self, playing: bool) -> None:
        if playing:
            if self._workspace.filters.as_of in (None, date.today()):
                self._workspace.change_filters(as_of=self._workspace.filters.start or _FIRST_DAY)
            self._timer.start()
        else:
            self._timer.stop()
        self._write_play()

    def _next_frame(self) -> None:
        day = self._workspace.filters.as_of
        if day is None or day >= date.today():
            self._play.setChecked(False)
            return
        following = (day.replace(day=1) + timedelta(days=31 * _MONTHS)).replace(day=1)
        self._workspace.change_filters(as_of=min(following, date.today()))


def _facets(session: "Session", code: str) -> "Mapping[str, tuple[Choice, ...]]":
    from chipscape_db.queries.facets import facets

    return facets(session, language=code)
