"""From partial dates to stretches of time: how long something is, how vague its ends are, and which ends are open."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from chipscape_db.partial_date import PartialDate, day_number
from chipscape_desktop.figures.drawing import Floats

OPEN = 1e8
"""The day number that stands for "no end": far beyond every calendar."""
UNKNOWN_TAIL = 90.0
"""How many days the fade of an end that nobody knows is drawn long; it says "at least until here"."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in days since 1970: `low` to `high`, the end not included.

    `fade_low` and `fade_high` are the days over which the ends are vague. `exact` says that all of it is one day known
    as such; `lasting` that it has a start and an end of its own (else it is one moment, known to that precision). An
    open end is at plus or minus `OPEN`. `soft` marks dates written as approximate or uncertain.
    """

    low: float
    high: float
    fade_low: float = 0.0
    fade_high: float = 0.0
    exact: bool = False
    lasting: bool = False
    soft: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether it goes on, as far as is known."""
        return self.high >= OPEN


@lru_cache(maxsize=8192)
def span_of(starts_on: str, ends_on: str = "") -> Span:
    """Return the stretch that a start and an end (partial dates as written, `..` for open) mean."""
    start_text, slash, own_end = starts_on.partition("/")
    if slash:
        # An interval in one field: its second half is the end, unless there is one of its own.
        return _lasting(start_text, ends_on or own_end or "?")
    if ends_on:
        return _lasting(start_text, ends_on)
    date = PartialDate.parse(starts_on)
    low, high = _bounds(date)
    vague = high - low > 1
    soft = date.approximate or date.uncertain
    fade = (high - low) * (0.5 if soft else 0.3) if vague else 0.0
    return Span(low, high, fade, fade, exact=not vague, soft=soft)


def _lasting(start_text: str, end_text: str) -> Span:
    soft = False
    low, fade_low = -OPEN, 0.0
    if start_text not in ("", ".."):
        start = PartialDate.parse(start_text)
        soft |= start.approximate or start.uncertain
        low, first_high = _bounds(start)
        fade_low = first_high - low if first_high - low > 1 else 0.0
    if end_text == "..":
        high, fade_high = OPEN, 0.0
    elif end_text in ("", "?"):
        high = low + max(fade_low, 1.0) + UNKNOWN_TAIL
        fade_high = UNKNOWN_TAIL
    else:
        end = PartialDate.parse(end_text)
        soft |= end.approximate or end.uncertain
        last_low, high = _bounds(end)
        fade_high = high - last_low if high - last_low > 1 else 0.0
    if low <= -OPEN and fade_high == UNKNOWN_TAIL:
        low = high - 1
    high = max(high, low + 1)
    if soft:
        fade_low, fade_high = max(fade_low * 1.5, 15.0), max(fade_high * 1.5, 15.0 if high < OPEN else 0.0)
    return Span(low, high, fade_low, fade_high, lasting=True, soft=soft)


def _bounds(date: PartialDate) -> tuple[float, float]:
    """Return the first day and the day after the last, in days since 1970; open sides at plus or minus OPEN."""
    low = -OPEN if date.earliest is None else float(day_number(date.earliest))
    high = OPEN if date.latest is None else float(day_number(date.latest)) + 1
    return low, high


def reach(days: Floats) -> tuple[float, float] | None:
    """Return the least and the greatest of the days that are no open ends; None where there is none."""
    if not len(days):
        return None
    low, high = float(days.min()), float(days.max())
    if low > -OPEN / 2 and high < OPEN / 2:  # nearly always: then no other look at very many is needed
        return low, high
    known = days[np.abs(days) < OPEN / 2]
    return (float(known.min()), float(known.max())) if len(known) else None
