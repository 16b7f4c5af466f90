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
    """Counts before each day, by lane: `begun` and `ended`; and by segment of the index (see `LaneIndex`).

    Column `d` counts the values before the day `first + d`; values are whole days. `keys` holds for each item, in the
    order of the index, its segment and the first column that counts it as one number, ascending; `bases` those of
    column 0 of each segment.
    """

    first: int
    begun: Counts
    ended: Counts
    keys: Ints
    bases: Ints

    def column(self, day: float) -> int:
        """Return the column that counts the values before *day*."""
        return int(min(max(np.ceil(day) - self.first, 0), self.begun.shape[1] - 1))

    def columns(self, days: Floats) -> Ints:
        """Return the columns that count the values before each of *days*."""
        found: Ints = np.clip(np.ceil(days) - self.first, 0, self.begun.shape[1] - 1).astype(np.int64)
        return found

    def reached(self, day: float) -> Ints:
        """Return for each segment the place in the order of the index behind its items that began before *day*."""
        found: Ints = np.searchsorted(self.keys, self.bases + self.bases.dtype.type(self.column(day)), side="right")
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


def day_grid(
    lanes: int, segments: int, *, lane: Ints, segment: Ints, low: Floats, high: Floats
) -> tuple[DayGrid, Ints] | None:
    """Count the columns, and sort the items by segment and day; None where that is too much, or days are not whole."""
    if not len(low):
        return None
    starts, ends = low.astype(np.int32), high.astype(np.int32)
    # Whole numbers are compared, and sorted, several times as quickly.
    if not np.array_equal(starts, low) or not np.array_equal(ends, high):
        return None
    known = [_within(days) for days in (starts, ends)]
    if known == [None, None]:
        return None
    first = min(each[0] for each in known if each is not None)
    width = max(each[1] for each in known if each is not None) - first + 2
    if 2 * lanes * width > _MOST_CELLS:
        return None

    def columns_of(days: Counts) -> Counts:
        """Return the first column that counts each day."""
        days = days - np.int32(first - 1)
        return np.clip(days, 0, width, out=days)

    def counted(column: Counts) -> Counts:
        flat = np.bincount(rows + column, minlength=lanes * (width + 1))
        table = flat.reshape(lanes, width + 1)[:, :width]
        return np.cumsum(table, axis=1, dtype=np.int32)

    rows = lane * (width + 1)
    began = columns_of(starts)
    # By one number for each: as `np.lexsort` by segment, then day, but several times as quick.
    bits = max(len(low) - 1, 1).bit_length()
    packed = segment * (width + 1)
    packed += began
    packed <<= bits
    packed |= np.arange(len(low))
    packed.sort()
    order: Ints = packed & ((1 << bits) - 1)
    packed >>= bits
    grid = DayGrid(first, counted(began), counted(columns_of(ends)), packed, np.arange(segments + 1)[:-1] * (width + 1))
    return grid, order


def _within(days: Counts) -> tuple[int, int] | None:
    """Return the first and the last of the days that are no open ends."""
    if days.min() <= -_FAR or days.max() >= _FAR:
        days = days[np.abs(days) < _FAR]
    return (int(days.min()), int(days.max())) if len(days) else None
