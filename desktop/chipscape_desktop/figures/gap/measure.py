"""The gap between two sides: the best of one over the best of the other, and by how many months it trails.

**Best** on a day is the running best of what had been released by then. **Ratio** is how good the best of the first
side is over that of the second (inverted where less is better, so that above 1 always means ahead). **Lag** is the
number of months since the second side first had what the best of the first side has on that day; where the first side
is ahead it is negative: minus the months since it first had what the second has now. The band takes the claims that are
least and most favourable to the first side: every true value within its range of claims leaves the gap within it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

DAYS_PER_MONTH = 365.2425 / 12
_SAME = 1e-9
End: TypeAlias = Literal["value", "weak", "strong"]
"""The chosen values, or the end of every range of claims that is less, or more, favourable."""
Levels: TypeAlias = list[tuple[float, float]]
_VALUE: Final[End] = "value"
_WEAK: Final[End] = "weak"
_STRONG: Final[End] = "strong"


@dataclass(frozen=True, slots=True)
class Entry:
    """A chip that counts: the day of its release, its chosen value and the range of its claims, all above zero."""

    id: str
    day: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Lag:
    """How many months the first side trails; `open`: at least that, for the records of one side begin there."""

    months: float
    open: bool


@dataclass(frozen=True, slots=True)
class Best:
    """The best of one side on a day, by its chosen value, and the least and the most that the claims allow."""

    leader: Entry
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Moment:
    """The gap on a day: both bests, the ratio and the lag, each with what the rival claims leave open."""

    day: float
    first: Best
    second: Best
    ratio: float
    ratio_low: float
    ratio_high: float
    lag: Lag
    lag_low: Lag
    lag_high: Lag


class Side:
    """One side: its entries by day, and the running best of their goodness; 1 over the value where less is better."""

    def __init__(self, entries: Iterable[Entry], *, lower_is_better: bool) -> None:
        self.lower = lower_is_better
        self.entries = sorted(entries, key=lambda one: (one.day, one.id))
        self.days = sorted({one.day for one in self.entries})
        low, high = ("high", "low") if lower_is_better else ("low", "high")
        self.levels: dict[End, Levels] = {
            "value": self._running("value"), "weak": self._running(low), "strong": self._running(high)
        }  # fmt: skip
        self._leaders = self._leading()

    def best(self, day: float) -> Best | None:
        """Return the best of what had been released by *day*."""
        place = bisect_right(self._leaders, day, key=_first) - 1
        if place < 0:
            return None
        leader = self._leaders[place][1]
        weak, strong = (self._value(level_on(self.levels[end], day)) for end in (_WEAK, _STRONG))
        return Best(leader, leader.value, min(weak, strong), max(weak, strong))

    def _value(self, good: float) -> float:
        return 1.0 / good if self.lower else good

    def _running(self, name: str) -> Levels:
        """Return (day, best goodness so far), one pair for each day on which it grew."""
        found: Levels = []
        best = 0.0
        for one in self.entries:
            value: float = getattr(one, name)
            good = 1.0 / value if self.lower else value
            if good > best:
                best = good
                if found and found[-1][0] == one.day:
                    found.pop()
                found.append((one.day, best))
        return found

    def _leading(self) -> list[tuple[float, Entry]]:
        found: list[tuple[float, Entry]] = []
        for one in self.entries:
            if not found or (one.value < found[-1][1].value if self.lower else one.value > found[-1][1].value):
                if found and found[-1][0] == one.day:
                    found.pop()
                found.append((one.day, one))
        return found


def _first(pair: tuple[float, object]) -> float:
    return pair[0]


def moments(first: Side, second: Side, *, until: float, days: Sequence[float] = ()) -> list[Moment]:
    """Return the gap on every day on which either side had something new, on *days* and on *until*, in order.

    Days before both sides had anything, and after *until*, are left out.
    """
    asked = {*days, until}
    found: list[Moment] = []
    for day in sorted({*first.days, *second.days, *asked}):
        one = _moment(first, second, day) if day <= until else None
        if one is not None and (day in asked or not found or _news(one) != _news(found[-1])):
            found.append(one)
    return found


def _news(one: Moment) -> tuple[Best, Best]:
    return one.first, one.second


def _moment(first: Side, second: Side, day: float) -> Moment | None:
    one, other = first.best(day), second.best(day)
    if one is None or other is None:
        return None
    pairs = [
        (first.levels[end], second.levels[against])
        for end, against in ((_VALUE, _VALUE), (_WEAK, _STRONG), (_STRONG, _WEAK))
    ]
    ratios = [level_on(own, day) / level_on(others, day) for own, others in pairs]
    lags = [lag(day, own, others) for own, others in pairs]
    return Moment(day, one, other, ratios[0], ratios[1], ratios[2], lags[0], lags[2], lags[1])


def lag(day: float, own: Levels, other: Levels) -> Lag:
    """Return by how many months *own* trails *other* on a day, from their (day, best so far)."""
    mine, theirs = level_on(own, day), level_on(other, day)
    if abs(mine - theirs) <= _SAME * theirs:
        return Lag(0.0, open=False)
    behind = mine < theirs
    level, levels = (mine, other) if behind else (theirs, own)
    place = bisect_left(levels, level * (1 - _SAME), key=_second)
    months = (day - levels[place][0]) / DAYS_PER_MONTH
    return Lag(months if behind else -months, open=place == 0)


def level_on(levels: Levels, day: float) -> float:
    """Return the best so far on a day, 0 before the first."""
    place = bisect_right(levels, day, key=_first) - 1
    return levels[place][1] if place >= 0 else 0.0


def _second(pair: tuple[float, float]) -> float:
    return pair[1]
