"""What is wrong with one cell, whatever stands beside it."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from chipscape_db.errors import N_
from chipscape_db.partial_date import NotADate, PartialDate
from chipscape_db.transfer.csv_contract import Column
from chipscape_db.transfer.iso_codes import COUNTRIES, LANGUAGES


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule; `grave` is False for those that a row may break by exception (see `csv_contract`)."""

    template: str
    params: dict[str, object] = field(default_factory=dict)
    grave: bool = True


_PLAIN_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LOOSE_SLUG = re.compile(r"[a-z0-9-]+")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_COUNT = re.compile(r"[1-9][0-9]{0,8}")
_CANONICAL = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?(?:e\+[0-9]+)?")
_STRAY = re.compile("  |[\u2018\u2019\u00a0\u202f\x01-\x09\x0b-\x1f\x7f]")


def is_plain_date(text: str) -> bool:
    """Say whether *text* is a year, a month or a day that exists."""
    if not _PLAIN_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def lies_after(first: str, second: str) -> bool:
    """Say whether the first plain date lies wholly after the second."""
    shared = min(len(first), len(second))
    return first[:shared] > second[:shared]


def is_partial_date(text: str) -> bool:
    """Say whether *text* is any partial date that the fact base can hold."""
    try:
        PartialDate.parse(text)
    except NotADate:
        return False
    return True


def is_period(text: str) -> bool:
    """Say whether *text* is a plain date, or an interval of two of which one may be open."""
    ends = [end for end in text.split("/") if end != ".."]
    if text.count("/") > 1 or not ends or not all(map(is_plain_date, ends)):
        return False
    return len(ends) == 1 or not lies_after(ends[0], ends[1])


def number_fault(value: str) -> Fault | None:
    """Return what is wrong with the value of a metric that is a number."""
    if not _CANONICAL.fullmatch(value):
        return Fault(N_("'{value}' is not a plain number; write it as 1000, 0.5 or 4.51e+23."), {"value": value})
    if not math.isfinite(float(value)):
        return Fault(N_("'{value}' is too large a number."), {"value": value})
    return None


def cell_faults(column: Column, value: str) -> Iterator[Fault]:
    """Yield what is wrong with the value of a cell of *column*; references are looked up elsewhere."""
    if not value:
        if not column.optional:
            template = (
                N_("the cell is empty; write one of {words}.") if column.words else N_("the cell is empty; fill it in.")
            )
            yield Fault(template, {"words": ", ".join(column.words)}, grave=not column.may_wait)
        return
    if not column.verbatim and (value != value.strip() or _STRAY.search(value)):
        template = N_(
            "'{value}' holds stray or typographic blanks or apostrophes; use single ordinary spaces and ' only."
        )
        yield Fault(template, {"value": value}, grave=False)
    if column.longest is not None and len(value) > column.longest:
        template = N_("the text has {count} characters; shorten it to {longest}.")
        yield Fault(template, {"count": len(value), "longest": column.longest}, grave=False)
    rule = _RULES.get(column.form)
    fault = rule(column, value) if rule else None
    if fault is not None:
        yield fault


def _word(column: Column, value: str) -> Fault | None:
    if value in column.words:
        return None
    template = N_("'{value}' is not known here; write one of {words}, or leave the cell empty.")
    if not column.optional:
        template = N_("'{value}' is not known here; write one of {words}.")
    return Fault(template, {"value": value, "words": ", ".join(column.words)})


def _new_id(_column: Column, value: str) -> Fault | None:
    if _SLUG.fullmatch(value):
        return None
    template = N_("'{value}' is badly formed; an id has lower-case letters, digits and single hyphens.")
    return Fault(template, {"value": value}, grave=not _LOOSE_SLUG.fullmatch(value))


def _date(_column: Column, value: str) -> Fault | None:
    if is_plain_date(value):
        return None
    template = N_("'{value}' is not a date; write 2025, 2025-06 or 2025-06-30.")
    return Fault(template, {"value": value}, grave=not is_partial_date(value))


def _period(_column: Column, value: str) -> Fault | None:
    if is_period(value):
        return None
    template = N_("'{value}' is not a period; write a date or an interval such as 2025-01/2025-06 or ../2025.")
    return Fault(template, {"value": value}, grave=not is_partial_date(value))


def _url(_column: Column, value: str) -> Fault | None:
    if _ADDRESS.fullmatch(value):
        return None
    return Fault(N_("'{value}' is not an address; it starts with https:// or http://."), {"value": value}, grave=False)


def _language(_column: Column, value: str) -> Fault | None:
    if value in LANGUAGES:
        return None
    return Fault(
        N_("'{value}' is not a language; write its two letters, such as en, fr or zh."), {"value": value}, grave=False
    )


def _country(_column: Column, value: str) -> Fault | None:
    if value in COUNTRIES:
        return None
    template = N_("'{value}' is not a country; write its two letters, such as CN, US or FR.")
    return Fault(template, {"value": value}, grave=not re.fullmatch("[A-Z]{2}", value))


def _count(_column: Column, value: str) -> Fault | None:
    if _COUNT.fullmatch(value):
        return None
    return Fault(N_("'{value}' is not a whole number; write 1, 8 or 384."), {"value": value})


def _size(_column: Column, value: str) -> Fault | None:
    if value.isascii() and value.isdecimal() and len(value) < 12:
        return None
    return Fault(N_("'{value}' is not a number of bytes; write 0 or 48213."), {"value": value})


_RULES: Mapping[str, Callable[[Column, str], Fault | None]] = {
    "word": _word,
    "new id": _new_id,
    "date": _date,
    "period": _period,
    "url": _url,
    "language": _language,
    "country": _country,
    "count": _count,
    "number": _count,
    "size": _size,
}
