"""Rows for signs with labels, nearest the axis first: nothing overlaps, and panning changes nothing."""

from bisect import bisect_left
from dataclasses import dataclass, field

GAP = 6.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What wants a place: the ends of its sign and of its label, in absolute pixels; the highest rank chooses first."""

    left: float
    right: float
    label_right: float
    rank: int


@dataclass(slots=True)
class _Row:
    taken: list[tuple[float, float]] = field(default_factory=list)

    def free(self, left: float, right: float) -> bool:
        at = bisect_left(self.taken, (left - GAP, -1e18))
        before = self.taken[at - 1][1] if at else -1e18
        after = self.taken[at][0] if at < len(self.taken) else 1e18
        return before + GAP <= left and right + GAP <= after

    def take(self, left: float, right: float) -> None:
        self.taken.insert(bisect_left(self.taken, (left, right)), (left, right))


def place(wishes: list[Wish], rows: int) -> tuple[list[int], list[bool]]:
    """Return the row of each wish (-1: no room at all) and whether its label found room beside its sign."""
    lanes = [_Row() for _ in range(max(rows, 0))]
    placed, labelled = [-1] * len(wishes), [False] * len(wishes)
    for i in sorted(range(len(wishes)), key=lambda i: (-wishes[i].rank, wishes[i].left, i)):
        wish = wishes[i]
        for right, named in ((wish.label_right, True), (wish.right, False)):
            row = next((row for row, lane in enumerate(lanes) if lane.free(wish.left, right)), -1)
            if row >= 0:
                lanes[row].take(wish.left, right)
                placed[i], labelled[i] = row, named
                break
    return placed, labelled
