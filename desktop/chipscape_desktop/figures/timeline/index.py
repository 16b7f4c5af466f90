"""Finding what is in view among a million items: columns sorted by lane, importance and time.

Per lane, starts and ends are sorted, so that the number of items alive in a stretch of time is the number of starts
before its end less the number of ends before its start: two binary searches, whatever the number of items.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.timeline.day_grid import DayGrid, day_grid

LEVELS = 5
_LARGE = 5_000  # items from which on a grid of days is worth its room
_LONG = 500.0  # days; what lasts longer is kept apart, so that a search back in time need not go far


@dataclass(frozen=True, slots=True)
class LaneIndex:
    """The sorted columns; made by `build_index`.

    Segment `(lane * LEVELS + level) * 2 + long` of `order` (positions in the columns) is sorted by start; `low` and
    `high` follow the same order. `starts` and `ends` are sorted within each lane, cut at `lane_cuts`. A large index has
    a `grid` that answers for all lanes at once; its `starts` are in no order and its `ends` are left out.
    """

    lanes: int
    order: Ints
    low: Floats
    high: Floats
    cuts: Ints
    starts: Floats
    ends: Floats
    lane_cuts: Ints
    grid: DayGrid | None = None

    def count(self, lane: int) -> int:
        """Return the number of items in a lane."""
        return int(self.lane_cuts[lane + 1] - self.lane_cuts[lane])

    def alive(self, lane: int, left: float, right: float) -> int:
        """Return how many items of a lane touch the days *left* to *right*."""
        if self.grid is not None:
            return int(self.grid.alive(left, right)[lane])
        a, b = self.lane_cuts[lane], self.lane_cuts[lane + 1]
        begun = np.searchsorted(self.starts[a:b], right, side="left")
        return int(begun - np.searchsorted(self.ends[a:b], left, side="right"))

    def alive_in(self, lanes: Sequence[int], left: float, right: float) -> int:
        """Return how many items of several lanes touch the days *left* to *right*."""
        if self.grid is not None:
            return int(self.grid.alive(left, right)[list(lanes)].sum())
        return sum(self.alive(lane, left, right) for lane in lanes)

    def begun(self, edges: Floats) -> Ints:
        """Return how many items begin between each two of the *edges* (days); the outer two take what lies beyond."""
        if self.grid is not None:
            before = self.grid.begun[:, self.grid.columns(edges)].sum(axis=0)
        else:
            before = np.searchsorted(np.sort(self.starts), edges, side="left")
        before[0], before[-1] = 0, len(self.starts)
        counts: Ints = np.diff(before)
        return counts

    def histograms(self, edges: Floats) -> Ints:
        """Return, lane by lane, how many items are alive between each two of the *edges* (days, ascending)."""
        if self.grid is not None:
            return self.grid.histogram(edges)
        return np.array([self.histogram(lane, edges) for lane in range(self.lanes)], dtype=np.int64)

    def histogram(self, lane: int, edges: Floats) -> Ints:
        """Return how many items of a lane are alive between each two of the *edges* (days, ascending)."""
        counts: Ints
        if self.grid is not None:
            counts = self.grid.histogram(edges)[lane]
            return counts
        a, b = self.lane_cuts[lane], self.lane_cuts[lane + 1]
        begun = np.searchsorted(self.starts[a:b], edges[1:], side="left")
        counts = begun - np.searchsorted(self.ends[a:b], edges[:-1], side="right")
        return counts

    def at_level(self, lane: int, level: int, left: float, right: float) -> Ints:
        """Return the positions of the items of one lane and importance that touch the days *left* to *right*."""
        found = []
        for long in (0, 1):
            segment = (lane * LEVELS + level) * 2 + long
            a, b = int(self.cuts[segment]), int(self.cuts[segment + 1])
            if a == b:
                continue
            stop = a + int(np.searchsorted(self.low[a:b], right, side="left"))
            start = a if long else a + int(np.searchsorted(self.low[a:b], left - _LONG, side="left"))
            inside = np.flatnonzero(self.high[start:stop] > left)
            found.append(self.order[start:stop][inside])
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def bound_at_level(self, lane: int, level: int, left: float, right: float) -> int:
        """Return a number that is at least as large as the number of items that `at_level` finds, in no time."""
        segment = (lane * LEVELS + level) * 2
        a, b, c = (int(cut) for cut in self.cuts[segment : segment + 3])
        short = np.searchsorted(self.low[a:b], right, side="left") - np.searchsorted(
            self.low[a:b], left - _LONG, side="left"
        )
        return int(short) + (c - b)

    def most_important_of(
        self, lanes: Sequence[int], left: float, right: float, *, limit: int
    ) -> list[tuple[Ints, bool]]:
        """Return `most_important` of several lanes."""
        grid = self.grid
        if grid is None:
            return [self.most_important(lane, left, right, limit=limit) for lane in lanes]
        firsts = self.cuts[:-1].copy()
        firsts[0::2] = grid.reached(left - _LONG)[0::2]
        lasts = grid.reached(right)
        start, stop = firsts.tolist(), lasts.tolist()
        out = []
        for lane in lanes:
            found: list[Ints] = []
            room, complete = limit, True
            for level in range(LEVELS - 1, -1, -1):
                segment = (lane * LEVELS + level) * 2
                ranges = [(start[at], stop[at]) for at in (segment, segment + 1) if start[at] < stop[at]]
                if sum(b - a for a, b in ranges) > 40 * limit + 2000:
                    complete = False
                    break
                here = [self.order[a:b][self.high[a:b] > left] for a, b in ranges]
                count = sum(map(len, here))
                if count > room:
                    complete = False
                    break
                found += here
                room -= count
            out.append((_joined(found), complete))
        return out

    def most_important(self, lane: int, left: float, right: float, *, limit: int) -> tuple[Ints, bool]:
        """Return the items of the highest importances that fit in *limit*, and whether they are all there are."""
        found: list[Ints] = []
        room = limit
        for level in range(LEVELS - 1, -1, -1):
            # The bound spares a search through what cannot fit; the slack covers what only reaches back in time.
            if self.bound_at_level(lane, level, left, right) > 40 * limit + 2000:
                return _joined(found), False
            here = self.at_level(lane, level, left, right)
            if len(here) > room:
                return _joined(found), False
            found.append(here)
            room -= len(here)
        return _joined(found), True


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def build_index(
    lanes: int, lane: Ints, importance: NDArray[np.integer[Any]], *, low: Floats, high: Floats, large: int = _LARGE
) -> LaneIndex:
    """Sort columns of items; *importance* is 1 to 5. From *large* items on the index has a grid of days."""
    # In place: of a million items every array more is as dear as the sum itself.
    segment = lane * (2 * LEVELS)
    segment += (np.clip(importance, 1, LEVELS) - 1) * 2
    segment += high - low > _LONG
    counted = None
    if len(low) >= large:
        counted = day_grid(lanes, lanes * LEVELS * 2, lane=lane, segment=segment, low=low, high=high)
    lane_cuts = np.concatenate(([0], np.cumsum(np.bincount(lane, minlength=lanes)))) if lanes else np.zeros(1)
    segments = np.arange(lanes * LEVELS * 2 + 1)
    if counted is None:
        grid, order = None, np.lexsort((low, segment))
        starts = low[np.lexsort((low, lane))]
        ends = high[np.lexsort((high, lane))]
        cuts = np.searchsorted(segment[order], segments)
    else:
        grid, order = counted
        starts, ends = low, np.zeros(0)
        cuts = np.append(np.searchsorted(grid.keys, grid.bases), len(low))
    return LaneIndex(
        lanes, order, low[order], high[order], cuts.astype(np.int64), starts, ends, lane_cuts.astype(np.int64), grid,
    )  # fmt: skip
