"""Quarters, halves and years as bins on the axis of days."""

from datetime import date
from typing import Final

from chipscape_db.partial_date import day_number, day_of
from chipscape_desktop.i18n import _

MONTHS: Final = {"quarter": 3, "half": 6, "year": 12}


def bin_of(day: float, period: str) -> tuple[float, float]:
    """Return the first day of the period in which a day falls, and that of the next one."""
    found = day_of(int(day // 1))
    months = MONTHS[period]
    first = (found.month - 1) // months * months
    year, month = divmod(found.year * 12 + first + months, 12)
    return float(day_number(date(found.year, first + 1, 1))), float(day_number(date(year, month + 1, 1)))


def bin_name(start: float, period: str) -> str:
    """Return the name of the period that begins on a day: "Q3 2024", "first half of 2024", "2024"."""
    found = day_of(int(start))
    if period == "quarter":
        return _("Q{number} {year}").format(number=(found.month + 2) // 3, year=found.year)
    if period == "half":
        text = _("first half of {year}") if found.month < 7 else _("second half of {year}")
        return text.format(year=found.year)
    return str(found.year)
