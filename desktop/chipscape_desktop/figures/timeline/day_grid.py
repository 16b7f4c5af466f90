"""How many items began or ended before each day, counted once, so that a question about any stretch is a look-up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Floats, Ints

_MOST_CELLS = 16_000_000
_FAR = 5e6  # days; what lies farther off is an open end
Counts = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class DayGrid:
    """Counts before each day: `begun` and `ended` by lane, `before` by segment of the index (see `LaneIndex`).

    Column `d` counts the values before the day `first + d`; values are whole days.
    """

    first: int
    begun: Counts
    ended: Counts
    before: Counts

    def column(self, day: float) -> int:
        """Return the column that counts the values before *day*."""
        return int(min(max(np.ceil(day) - self.first, 0), self.begun.shape[1] - 1))

    def columns(self, days: Floats) -> Ints:
        """Return the columns that count the values before each of *days*."""
        found: Ints = np.clip(np.ceil(days) - self.first, 0, self.begun.shape[1] - 1).astype(np.int64)
        return found

    def alive(self, left: float, right: float) -> Ints:
        """Return for each lane how many of its items touch the days *left* to *right*."""
        # What ends on the day `left` itself does not touch it: its end is not included.
        counts: Ints = self.begun[:, self.column(right)] - self.ended[:, self.column(np.floor(left) + 1)]
        return counts

    def histogram(self, edges: Floats) -> Ints:
        """Return, lane by lane, how many items are alive between each two of the *edges* (days, ascending)."""
        begun = self.begun[:, self.columns(edges[1:])]
        counts: Ints = begun - self.ended[:, self.columns(np.floor(edges[:-1]) + 1)]
        return counts


def day_grid(lanes: int, segments: int, *, lane: Ints, segment: Ints, low: Floats, high: Floats) -> DayGrid | None:
    """Count the columns; None where the days are too many, or some are no whole days."""
    finite = np.concatenate((low[low > -_FAR], high[high < _FAR]))
    if not len(finite) or not np.array_equal(np.floor(low), low) or not np.array_equal(np.floor(high), high):
        return None
    first, last = int(finite.min()), int(finite.max())
    width = last - first + 2
    if (segments + 2 * lanes) * width > _MOST_CELLS:
        return None

    def counted(rows: int, row: Ints, values: Floats) -> Counts:
        place = np.clip(values - first + 1, 0, width).astype(np.int64)
        flat = np.bincount(row * (width + 1) + place, minlength=rows * (width + 1))
        table = flat.reshape(rows, width + 1)[:, :width]
        return np.cumsum(table, axis=1, dtype=np.int32)

    return DayGrid(first, counted(lanes, lane, low), counted(lanes, lane, high), counted(segments, segment, low))
