"""Partial dates: EDTF (ISO 8601-2) level 1 as far as facts need it, with the earliest and latest day they may mean.

| written | means |
| --- | --- |
| `2025`, `2025-06`, `2025-06-30` | a year, a month, a day |
| `202X`, `20XX`, `2025-XX`, `2025-06-XX` | unspecified digits |
| `2025-21` to `-24` | northern spring (March to May), summer, autumn, winter (December to next February) |
| `2025-33` to `-36` | the four quarters (level 2, as the next two) |
| `2025-37`, `-38`, `-39` | the first, second and last four months: "early", "mid", "late" |
| `2025-40`, `-41` | the two halves |
| `2025~`, `2025?`, `2025%` | approximate, uncertain, both |
| `2025-01/2025-06` | from the one to the other, ends included |
| `2025/..`, `../2025` | open: still so, or always so before |
| `2025/`, `/2025` | the other end is not known |
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering
from typing import Final, Literal, TypeAlias

from chipscape_db.errors import N_, Invalid

Precision: TypeAlias = Literal[
    "day", "month", "quarter", "season", "third", "half", "year", "decade", "century", "interval"
]

_EPOCH: Final = date(1970, 1, 1).toordinal()
_BEFORE_ALL: Final = date.min.toordinal() - 1
_AFTER_ALL: Final = date.max.toordinal() + 1
_FORM = re.compile(
    r"(?P<year>[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[~?%]?)"
)
_PARTS: Final[dict[int, tuple[Precision, int, int]]] = {  # code: precision, first month, months
    21: ("season", 3, 3), 22: ("season", 6, 3), 23: ("season", 9, 3), 24: ("season", 12, 3),
    33: ("quarter", 1, 3), 34: ("quarter", 4, 3), 35: ("quarter", 7, 3), 36: ("quarter", 10, 3),
    37: ("third", 1, 4), 38: ("third", 5, 4), 39: ("third", 9, 4),
    40: ("half", 1, 6), 41: ("half", 7, 6),
}  # fmt: skip


class NotADate(Invalid, ValueError):
    """A text cannot be read as a partial date."""


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to *day*, negative before."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Return the day that lies *number* days after 1970-01-01."""
    return date.fromordinal(number + _EPOCH)


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as it is known, kept as written.

    `earliest` and `latest` are the first and last day that the written precision allows, None where open or not known.
    "Approximate" and "uncertain" are flags and do not widen the bounds: nobody said by how much.
    Dates sort by earliest, then latest day, then text; an open start comes first and an open end last.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    @staticmethod
    def parse(text: str) -> "PartialDate":
        """Read an EDTF text; raise `NotADate` for anything else, surrounding blanks included."""
        return _parse(text)

    @staticmethod
    def of(day: date) -> "PartialDate":
        """Return the partial date that is exactly *day*."""
        return _parse(day.isoformat())

    def __str__(self) -> str:
        """Return the date exactly as written."""
        return self.text

    def __lt__(self, other: "PartialDate") -> bool:
        """Sort by earliest, then latest day, then text."""
        return self._key < other._key

    @property
    def _key(self) -> tuple[int, int, str]:
        return (
            _BEFORE_ALL if self.earliest is None else self.earliest.toordinal(),
            _AFTER_ALL if self.latest is None else self.latest.toordinal(),
            self.text,
        )

    @property
    def is_interval(self) -> bool:
        """Say whether this was written with two ends."""
        return self.precision == "interval"

    @property
    def is_ongoing(self) -> bool:
        """Say whether it was written as open at its end (`2025/..`), not merely as unknown."""
        return self.text.endswith("/..")

    def is_after(self, other: "PartialDate") -> bool:
        """Say whether this lies wholly after *other*: every day of it after every day of the other."""
        return self._key[0] > other._key[1]

    def overlaps(self, other: "PartialDate") -> bool:
        """Say whether some day may belong to both."""
        return not self.is_after(other) and not other.is_after(self)

    def contains(self, other: "PartialDate | date") -> bool:
        """Say whether every day that *other* may mean may be meant by this too."""
        if isinstance(other, date):
            first = last = other.toordinal()
        else:
            first, last, _ = other._key
        low, high, _ = self._key
        return low <= first and last <= high

    def midpoint_day(self) -> float:
        """Return the middle between earliest and latest day in days since 1970-01-01; where one is open, the other."""
        days = [day_number(day) for day in (self.earliest, self.latest) if day is not None]
        return sum(days) / len(days)


@lru_cache(maxsize=8192)
def _parse(text: str) -> PartialDate:
    start_text, slash, end_text = text.partition("/")
    if not slash:
        return _one(text, text)
    start = None if start_text in ("", "..") else _one(start_text, text)
    end = None if end_text in ("", "..") else _one(end_text, text)
    if start is None and end is None:
        raise NotADate(N_("'{text}' says neither when it starts nor when it ends; write at least one date."), text=text)
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if earliest is not None and latest is not None and earliest > latest:
        raise NotADate(N_("'{text}' ends before it starts; write the earlier date first."), text=text)
    ends = [one for one in (start, end) if one is not None]
    return PartialDate(
        text,
        earliest,
        latest,
        "interval",
        approximate=any(one.approximate for one in ends),
        uncertain=any(one.uncertain for one in ends),
    )


def _one(text: str, whole: str) -> PartialDate:
    """Read a date without ends; *whole* is what the message quotes."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise NotADate(
            N_("'{text}' is not a date; write a year, a month or a day, such as 2025, 2025-06 or 2025-06-30."),
            text=whole,
        )
    year, month, day, mark = match["year"], match["month"], match["day"], match["mark"]
    try:
        precision, earliest, latest = _bounds(year, month, day)
    except ValueError:
        raise NotADate(N_("'{text}' is not in the calendar; check year, month and day."), text=whole) from None
    return PartialDate(text, earliest, latest, precision, mark in ("~", "%"), mark in ("?", "%"))


def _bounds(year: str, month: str | None, day: str | None) -> tuple[Precision, date, date]:
    """Return precision, first and last day; ValueError where the calendar has no such date."""
    if "X" in year:
        if month is not None:
            raise ValueError("an unspecified year has no months")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return ("decade" if year.count("X") == 1 else "century"), date(max(low, 1), 1, 1), date(high, 12, 31)
    number = int(year)
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError("a day needs its month")
        return "year", date(number, 1, 1), date(number, 12, 31)
    code = int(month)
    if code in _PARTS:
        if day is not None:
            raise ValueError("a part of a year has no days")
        precision, first, months = _PARTS[code]
        return precision, date(number, first, 1), _month_end(number, first + months - 1)
    if day is None or day == "XX":
        return "month", date(number, code, 1), _month_end(number, code)
    exact = date(number, code, int(day))
    return "day", exact, exact


def _month_end(year: int, month: int) -> date:
    """Return the last day of a month; months past December fall in the next year, as far as there is one."""
    if month > 12:
        if year == date.max.year:
            return date.max
        year, month = year + 1, month - 12
    return date(year, month, monthrange(year, month)[1])
