"""Moving dates by hand: to whole days, months, quarters or years, and never more precise than they were."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from chipscape_db.partial_date import NotADate, PartialDate, day_number
from chipscape_desktop.figures.time_scale import day_of

Unit: TypeAlias = Literal["day", "month", "quarter", "year", "decade"]
Part: TypeAlias = Literal["all", "start", "end"]
UNITS: tuple[Unit, ...] = ("day", "month", "quarter", "year", "decade")
_LEAST = 9.0  # pixels of a unit that a hand can aim at
_DAYS: dict[Unit, float] = {"day": 1.0, "month": 30.4, "quarter": 91.3, "year": 365.25, "decade": 3652.5}
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_OF_PRECISION: dict[str, Unit] = {
    "day": "day", "month": "month", "quarter": "quarter", "season": "quarter", "third": "year", "half": "year",
    "year": "year", "decade": "decade", "century": "decade",
}  # fmt: skip
_OPEN = ("", "..")


@dataclass(frozen=True, slots=True)
class Dates:
    """When something was, as written: a start, and an end where it has one of its own (see `TimelineItem`)."""

    starts_on: str
    ends_on: str = ""

    @property
    def ends(self) -> tuple[str, str]:
        """Return start and end, those of an interval in one field too; the end is empty where there is none."""
        start, slash, end = self.starts_on.partition("/")
        return start, self.ends_on or (end if slash else "")

    @property
    def in_one_field(self) -> bool:
        """Say whether both stand in the field of the start."""
        return "/" in self.starts_on and not self.ends_on

    def having(self, start: str, end: str) -> "Dates":
        """Return these dates with another start and end, in the fields in which they stand."""
        return Dates(f"{start}/{end}") if self.in_one_field else Dates(start, end)


def unit_at(per_day: float) -> Unit:
    """Return the unit to which dates snap where a day is so many pixels wide."""
    return next((unit for unit in UNITS if _DAYS[unit] * per_day >= _LEAST), "decade")


def finer(unit: Unit) -> Unit:
    """Return the next finer unit; a day is the finest."""
    return UNITS[max(UNITS.index(unit) - 1, 0)]


def moved(
    dates: Dates, days: float, unit: Unit, *, part: Part = "all", written: Unit | None = None
) -> Dates | None:  # fmt: skip
    """Return the dates moved by so many days, snapped to whole units; None where the end would come before the start.

    Each date keeps its own precision where that is coarser than *unit*: a year that is dragged stays a year, unless a
    person chose the unit *written*: then none stays coarser than that. Where nothing moves by a whole unit, the dates
    stay as written. An end that is open or not known stays so, unless it is the end that is moved: then it becomes a
    date, and a moment becomes a stretch.
    """
    start, end = dates.ends
    gone = days
    if part in ("all", "start") and start not in _OPEN:
        new = _moved(start, days, unit, written)
        gone = _middle(new) - _middle(start) if new != start else 0.0
        start = new
    if part == "all" and end not in _OPEN:
        end = _moved(end, gone, unit, written)
    elif part == "end":
        own = _coarser(start, unit, written)
        end = _moved(end, days, unit, written) if end not in _OPEN else _snapped(_last(start) + days, own)
        if dates.ends[1] in _OPEN and end == dates.ends[0]:
            end = dates.ends[1]
    return _in_order(dates.having(start, end))


def stepped(
    dates: Dates, steps: int, unit: Unit, *, part: Part = "all", written: Unit | None = None
) -> Dates | None:  # fmt: skip
    """Return the dates moved by a number of units; one that is coarser than *unit* moves by its own, see `moved`."""
    start, end = dates.ends
    if part in ("all", "start") and start not in _OPEN:
        start = _stepped(start, steps, unit, written)
    if part in ("all", "end") and end not in _OPEN:
        end = _stepped(end, steps, unit, written)
    elif part == "end":
        end = _stepped(_plain(start), steps, unit, written)
    return _in_order(dates.having(start, end))


def at_day(day: float, unit: Unit) -> str:
    """Return the unit in which a day falls, as a partial date."""
    return _snapped(day, unit)


def _in_order(dates: Dates) -> Dates | None:
    try:
        first, last = (None if text in _OPEN else PartialDate.parse(text) for text in dates.ends)
        if dates.in_one_field:
            PartialDate.parse(dates.starts_on)
    except NotADate:
        return None
    return None if first is not None and last is not None and first.is_after(last) else dates


def _coarser(text: str, unit: Unit, written: Unit | None) -> Unit:
    own = _OF_PRECISION[PartialDate.parse(text).precision]
    if written is not None:
        own = min(own, written, key=UNITS.index)
    return max(own, unit, key=UNITS.index)


def _moved(text: str, days: float, unit: Unit, written: Unit | None) -> str:
    own = _coarser(text, unit, written)
    before, after = _index(_middle(text), own), _index(_middle(text) + days, own)
    return text if before == after else _text(after, own) + _mark(text)


def _stepped(text: str, steps: int, unit: Unit, written: Unit | None) -> str:
    own = _coarser(text, unit, written)
    return _text(_index(_middle(text), own) + steps, own) + _mark(text)


def _snapped(day: float, unit: Unit) -> str:
    return _text(_index(day, unit), unit)


def _middle(text: str) -> float:
    """Return the middle of what a date may mean, as a day that a day begins at its start."""
    return PartialDate.parse(text).midpoint_day() + 0.5


def _last(text: str) -> float:
    latest = PartialDate.parse(text).latest
    return _middle(text) if latest is None else float(day_number(latest)) + 0.5


def _plain(text: str) -> str:
    return text.rstrip("~?%")


def _mark(text: str) -> str:
    """Return the sign of doubt that a date carries: it stays when the date moves."""
    return text[len(_plain(text)) :]


def _index(day: float, unit: Unit) -> int:
    """Return the number of the unit in which a day falls."""
    here = day_of(day)
    if unit == "day":
        return here.toordinal()
    return (here.year * 12 + here.month - 1) // _MONTHS[unit]


def _text(index: int, unit: Unit) -> str:
    if unit == "day":
        return date.fromordinal(min(max(index, 1), date.max.toordinal())).isoformat()
    year, month = divmod(index * _MONTHS[unit], 12)
    year = min(max(year, 1), 9999)
    if unit == "month":
        return f"{year:04}-{month + 1:02}"
    if unit == "quarter":
        return f"{year:04}-{33 + month // 3}"
    return f"{year:04}" if unit == "year" else f"{year // 10:03}X"
