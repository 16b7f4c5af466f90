"""The share of links that lead to domestic chips, on every day on which one began or ended."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dated:
    """A link that counts: from the day `start`, to the day `ended` where it has an end."""

    id: str
    kind: str
    domestic: bool
    start: float
    ended: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many links held on a day, and how many of them are domestic; `low` and `high` bound the share.

    The bounds take in `undated` links: any of them may hold by then or not, so the least share counts all foreign ones
    and the most all domestic ones.
    """

    day: float
    domestic: int
    links: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Return the share of domestic links, 0 to 1."""
        return self.domestic / self.links


def counts(links: Sequence[Dated], *, until: float, undated: tuple[int, int] = (0, 0)) -> list[Count]:
    """Return the count on every day up to *until* on which something changes, and on *until* itself.

    *undated* are how many domestic and how many foreign links have no date at all.
    """
    changes: dict[float, list[int]] = {}
    for one in links:
        if one.start <= until:
            changes.setdefault(one.start, [0, 0])[0 if one.domestic else 1] += 1
            if one.ended is not None and one.start < one.ended <= until:
                changes.setdefault(one.ended, [0, 0])[0 if one.domestic else 1] -= 1
    own = other = 0
    found: list[Count] = []
    for day in sorted(changes):
        own, other = own + changes[day][0], other + changes[day][1]
        if own + other:
            found.append(_count(day, own, other, undated))
    if found and found[-1].day < until and own + other:
        found.append(_count(until, own, other, undated))
    return found


def _count(day: float, own: int, other: int, undated: tuple[int, int]) -> Count:
    low = own / (own + other + undated[1])
    high = (own + undated[0]) / (own + undated[0] + other)
    return Count(day, own, own + other, low, high)
