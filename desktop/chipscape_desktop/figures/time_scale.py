"""The calendar scale: days since 1970 to pixels and back, with two rows of ticks from centuries to days."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from chipscape_desktop.figures.drawing import Floats
from chipscape_desktop.i18n import _, month_name

Form: TypeAlias = Literal["century", "decade", "year", "quarter", "month", "month-short", "month-year", "day"]
Words: TypeAlias = Callable[[Form, date], str]
"""Says a calendar unit, given by its form and its first day, in the language of the display."""

_Numbers = TypeVar("_Numbers", float, Floats)
_Unit: TypeAlias = Literal["year", "month", "week", "day"]
_Coarse: TypeAlias = tuple[_Unit, int, Form]
_EPOCH = date(1970, 1, 1).toordinal()
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 1)
_LONGEST_DAY = date(2028, 9, 30)  # two digits; September is the longest short month in both languages


def day_number(day: date) -> float:
    """Return the days from 1 January 1970 to the start of *day*."""
    return float(day.toordinal() - _EPOCH)


def day_of(number: float) -> date:
    """Return the day in which *number* days since 1970 falls, kept within the years 1 to 9999."""
    if not math.isfinite(number):
        raise ValueError(f"a day number must be finite, not {number}")
    return date.fromordinal(min(max(math.floor(number) + _EPOCH, 1), _LAST.toordinal()))


def calendar_words(form: Form, day: date) -> str:
    """Say a calendar unit in the language in force."""
    if form in ("month", "month-short"):
        return month_name(day.month, "long" if form == "month" else "short")
    if form == "month-year":
        return _("{month} {year}").format(month=month_name(day.month), year=day.year)
    if form == "quarter":
        return _("Q{number}").format(number=(day.month + 2) // 3)
    if form in ("century", "decade"):
        return _("{year}s").format(year=day.year)
    return str(day.day if form == "day" else day.year)


class TimeTick(NamedTuple):
    """The start of a calendar unit.

    `value` is in days since 1970; the unit runs over the pixels `left`..`right`; its label, empty where it found no
    room, starts at `label_x`. A unit that began before the frame has its label at the frame's edge, in the coarse row.
    """

    value: float
    left: float
    right: float
    label: str
    label_x: float


@dataclass(frozen=True, slots=True)
class TimeRows:
    """Two rows of ticks: `fine` ones (`unit` says which) and, above or below them, `coarse` ones with sticky labels."""

    fine: tuple[TimeTick, ...]
    coarse: tuple[TimeTick, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Units:
    """The calendar units of a stretch at one zoom, by their first days and those after their last ones, with their
    labels: `fine` ones, called `name`, and `coarse` ones."""

    fine: tuple[tuple[float, float, str], ...]
    coarse: tuple[tuple[float, float, str], ...]
    name: str


@dataclass(frozen=True, slots=True)
class _Level:
    """A fine unit taken `step` at a time, and the coarse unit that goes with it.

    `days` is its shortest length, `least` the pixels below which its ticks crowd, `forms` its labels by preference.
    """

    unit: _Unit
    step: int
    days: float
    least: float
    forms: tuple[Form, ...]
    coarse: _Coarse | None


_MONTH: _Coarse = ("month", 1, "month-year")
_YEAR: _Coarse = ("year", 1, "year")
_DECADE: _Coarse = ("year", 10, "decade")
_CENTURY: _Coarse = ("year", 100, "century")
_LEVELS: tuple[_Level, ...] = (
    _Level("day", 1, 1, 24, ("day",), _MONTH),
    _Level("week", 1, 7, 36, ("day",), _MONTH),
    _Level("month", 1, 28, 30, ("month", "month-short"), _YEAR),
    _Level("month", 3, 90, 30, ("quarter",), _YEAR),
    _Level("year", 1, 365, 30, ("year",), _DECADE),
    _Level("year", 2, 730, 30, ("year",), _DECADE),
    _Level("year", 5, 1826, 30, ("year",), _DECADE),
    _Level("year", 10, 3652, 30, ("decade", "year"), _CENTURY),
    _Level("year", 50, 18262, 30, ("year",), _CENTURY),
    _Level("year", 100, 36524, 30, ("century", "year"), None),
    _Level("year", 500, 182621, 30, ("year",), None),
)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Maps `low`..`high`, in days since 1970, evenly to the pixels `start`..`end`."""

    low: float
    high: float
    start: float
    end: float

    def __post_init__(self) -> None:
        """Refuse a range that is empty, reversed or not finite, and pixels that do not run to the right."""
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise ValueError(f"a scale needs low < high, both finite, not {self.low} and {self.high}")
        if not self.start < self.end:
            raise ValueError(f"a time scale runs to the right, not from {self.start} to {self.end}")

    def to_px(self, days: _Numbers) -> _Numbers:
        """Return the pixel of a day number, or of an array of them."""
        return self.start + (days - self.low) * ((self.end - self.start) / (self.high - self.low))

    def to_days(self, px: _Numbers) -> _Numbers:
        """Return the day number at a pixel, or at an array of pixels."""
        return self.low + (px - self.start) * ((self.high - self.low) / (self.end - self.start))

    def rows(
        self, width: Callable[[str], float], *, words: Words = calendar_words, gap: float = 4.0,
        units: Units | None = None,
    ) -> TimeRows:  # fmt: skip
        """Return the two rows of ticks, in the finest unit whose labels fit at this zoom.

        *width* measures a label in pixels; *gap* is left free on both of its sides. The unit
        depends on the zoom alone, so that panning never changes it. *units*, of a longer stretch at this zoom, spare
        looking for them.
        """
        units = units or self.units(width, words=words, gap=gap)
        fine = tuple(
            self._tick(unit, width=width, gap=gap, sticky=False)
            for unit in units.fine
            if self.low <= unit[0] <= self.high
        )
        coarse = tuple(
            self._tick(unit, width=width, gap=gap, sticky=True)
            for unit in units.coarse
            if unit[0] <= self.high and unit[1] > self.low
        )
        return TimeRows(fine, coarse, units.name)

    def units(self, width: Callable[[str], float], *, words: Words = calendar_words, gap: float = 4.0) -> Units:
        """Return the units that touch the range and that `rows` labels."""
        per_day = (self.end - self.start) / (self.high - self.low)
        level, form = self._level(per_day, width=width, words=words, gap=gap)
        fine = tuple(
            (day_number(first), day_number(after), words(form, first))
            for first, after in self._units(level.unit, level.step)
        )
        coarse: tuple[tuple[float, float, str], ...] = ()
        if level.coarse:
            unit, step, coarse_form = level.coarse
            coarse = tuple(
                (day_number(first), day_number(after), words(coarse_form, first))
                for first, after in self._units(unit, step)
            )
        return Units(fine, coarse, level.unit if level.step == 1 else f"{level.step} {level.unit}s")

    @staticmethod
    def _level(per_day: float, *, width: Callable[[str], float], words: Words, gap: float) -> tuple[_Level, Form]:
        for level in _LEVELS:
            for form in level.forms:
                months = range(1, 13) if form in ("month", "month-short", "quarter") else (9,)
                longest = max(width(words(form, _LONGEST_DAY.replace(month=m, day=28))) for m in months)
                # Long words only where they stand well apart; the shortest where they just do.
                spare = 2 * gap if form == level.forms[-1] else 3 * gap
                if max(longest + spare, level.least) <= level.days * per_day:
                    return level, form
        return _LEVELS[-1], _LEVELS[-1].forms[-1]

    def _tick(
        self, unit: tuple[float, float, str], *, width: Callable[[str], float], gap: float, sticky: bool
    ) -> TimeTick:
        value, after, label = unit
        left, right = self.to_px(value), self.to_px(after)
        label_x = (max(left, self.start) if sticky else left) + gap
        room = min(right, self.end) - gap - label_x
        return TimeTick(value, left, right, label if width(label) <= room else "", label_x)

    def _units(self, unit: _Unit, step: int) -> Iterator[tuple[date, date]]:
        """Yield (first day, first day after) of the units that touch the range."""
        return pairwise(_starts(unit, step, first=day_of(self.low), last=day_of(self.high)))


def _starts(unit: _Unit, step: int, *, first: date, last: date) -> Iterator[date]:
    """Yield starts of units, from the last one not after *first* to the first one after *last*."""
    if unit in ("day", "week"):
        length = step * (7 if unit == "week" else 1)
        here = first - timedelta(days=min(first.weekday() if unit == "week" else 0, (first - _FIRST).days))
        while here <= last:
            yield here
            here += timedelta(days=length)
        yield here
        return
    months = step * (12 if unit == "year" else 1)
    # Counted from year 0 so that decades begin in years ending in 0; the year 0 itself is no date and starts at 1.
    here_month = (first.year * 12 + first.month - 1) // months * months
    while True:
        year, month = divmod(here_month, 12)
        here = _FIRST if year < 1 else min(date(min(year, 9999), month + 1 if year <= 9999 else 12, 1), _LAST)
        yield here
        if here > last or year > 9999:
            return
        here_month += months
