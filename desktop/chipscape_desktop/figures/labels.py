"""Where labels go: beside their marks, never over each other, over a mark or outside the frame."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Anchor, Floats, Ints, Rect

Side: TypeAlias = Literal["right", "left", "above", "below", "above-right", "above-left", "below-right", "below-left"]
SIDES: tuple[Side, ...] = (
    "right", "left", "above", "below", "above-right", "above-left", "below-right", "below-left",
)  # fmt: skip
_HORIZONTAL = np.array([1.0, -1.0, 0.0, 0.0, 1.0, -1.0, 1.0, -1.0])  # of the label's centre against the mark, by side
_VERTICAL = np.array([0.0, 0.0, -1.0, 1.0, -1.0, -1.0, 1.0, 1.0])
_DIAGONAL = 0.7071  # a label on a diagonal keeps its gap from the disc, not from the square around it
_ROW = 2  # pixels in a row of the occupancy grid


@dataclass(frozen=True, slots=True)
class LabelRequests:
    """Labels that want a place, as columns of one length.

    (`x`, `y`) and `radius` are the mark, in pixels; `width` and `height` the text's box; the higher `priority` chooses
    first, ties go to the earlier. `sides` is the order of preference, one for all or one for each label. `previous`
    holds the side each label had before, as an index into `SIDES`, or -1; it is tried first, so that labels stay where
    they were while the view moves.
    """

    x: Floats
    y: Floats
    radius: Floats
    width: Floats
    height: Floats
    priority: Floats
    sides: tuple[Side, ...] | Sequence[tuple[Side, ...]] = SIDES
    previous: Ints | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where each label went: its top left corner and its side (an index into `SIDES`), -1 and NaN where dropped."""

    x: Floats
    y: Floats
    width: Floats
    height: Floats
    side: Ints

    @property
    def placed(self) -> Ints:
        """The indices of the labels that found a place."""
        return np.flatnonzero(self.side >= 0)

    @property
    def dropped(self) -> int:
        """The number of labels that found none."""
        return int(np.count_nonzero(self.side < 0))

    def rect(self, index: int) -> Rect:
        """Return the box of a placed label."""
        return Rect(float(self.x[index]), float(self.y[index]), float(self.width[index]), float(self.height[index]))

    def anchor(self, index: int) -> tuple[float, Anchor]:
        """Return the x of a placed label's text and which part of the text stands there.

        The side towards the mark is the one held fast, so that a text a little wider than measured grows away from it.
        """
        along = _HORIZONTAL[self.side[index]]
        left, width = float(self.x[index]), float(self.width[index])
        return (left, "start") if along > 0 else (left + width, "end") if along < 0 else (left + width / 2, "middle")


def place(
    requests: LabelRequests,
    frame: Rect,
    *,
    obstacles: Floats | None = None,
    gap: float = 3.0,
    spacing: float = 1.0,
    avoid_marks: bool = True,
) -> Placement:
    """Give each label the first of its sides that is free, the most important label first.

    *obstacles* are boxes (left, top, right, bottom), one a row, that no label may touch; with *avoid_marks* the labels'
    own marks are obstacles too. A label keeps *gap* pixels from its mark (at least *spacing* + 2) and
    *spacing* from other labels.
    """
    count = len(requests.x)
    if count == 0:
        empty = np.zeros(0)
        return Placement(empty, empty, empty, empty, np.zeros(0, dtype=np.int64))
    # A smaller gap would let the mark itself, rounded outwards to the grid, stand in the way of its own label.
    lefts, tops = _corners(requests, max(gap, spacing + _ROW))
    width, height = np.asarray(requests.width, dtype=np.float64), np.asarray(requests.height, dtype=np.float64)
    inside = (lefts >= frame.x) & (lefts + width[:, None] <= frame.right)
    inside &= (tops >= frame.y) & (tops + height[:, None] <= frame.bottom)
    taken = {high: _Taken(frame, high + spacing) for high in np.unique(height).tolist()}
    blocks = [np.zeros((0, 4))] if obstacles is None else [np.asarray(obstacles, dtype=np.float64).reshape(-1, 4)]
    if avoid_marks:
        r = requests.radius
        blocks.append(np.stack([requests.x - r, requests.y - r, requests.x + r, requests.y + r], axis=1))
    for grid in taken.values():
        grid.block_all(np.concatenate(blocks))
    chosen = _choose(requests, lefts, tops=tops, inside=inside, taken=taken, spacing=spacing)
    rows = np.arange(count)
    gone = chosen < 0
    return Placement(
        np.where(gone, np.nan, lefts[rows, chosen]), np.where(gone, np.nan, tops[rows, chosen]), width, height, chosen
    )


def _choose(
    requests: LabelRequests,
    lefts: Floats,
    *,
    tops: Floats,
    inside: NDArray[np.bool_],
    taken: "dict[float, _Taken]",
    spacing: float,
) -> Ints:
    """Return the side each label gets, by priority, or -1."""
    some = next(iter(taken.values()))
    first = np.floor(lefts - some.x)
    spans = (np.ceil(lefts + requests.width[:, None] + spacing - some.x) - first).astype(np.int64)
    masks = {span: (1 << span) - 1 for span in np.unique(spans).tolist()}
    columns, rows = np.maximum(first, 0).astype(np.int64).tolist(), np.floor((tops - some.y) / _ROW)
    row_lists, span_lists, inside_lists = rows.astype(np.int64).tolist(), spans.tolist(), inside.tolist()
    top_lists, heights = tops.tolist(), np.asarray(requests.height, dtype=np.float64).tolist()
    orders = _orders(requests)
    side = [-1] * len(orders)
    for i in np.argsort(-np.asarray(requests.priority, dtype=np.float64), kind="stable").tolist():
        free, column, row, span = taken[heights[i]].rows, columns[i], row_lists[i], span_lists[i]
        within = inside_lists[i]
        for k in orders[i]:
            if within[k]:
                mask = masks[span[k]] << column[k]
                if not free[row[k]] & mask:
                    top = top_lists[i][k]
                    for grid in taken.values():
                        grid.block(mask, top, top + heights[i] + spacing)
                    side[i] = k
                    break
    return np.array(side, dtype=np.int64)


def _corners(requests: LabelRequests, gap: float) -> tuple[Floats, Floats]:
    """Return the left and top of every label on every side, two arrays (labels, sides)."""
    radius = np.asarray(requests.radius, dtype=np.float64)[:, None]
    slanting = np.maximum(radius * _DIAGONAL + gap, radius + _ROW)
    reach = np.where((_HORIZONTAL != 0) & (_VERTICAL != 0), slanting, radius + gap)
    width = np.asarray(requests.width, dtype=np.float64)[:, None]
    height = np.asarray(requests.height, dtype=np.float64)[:, None]
    lefts = np.asarray(requests.x)[:, None] + _HORIZONTAL * (reach + width / 2) - width / 2
    tops = np.asarray(requests.y)[:, None] + _VERTICAL * (reach + height / 2) - height / 2
    return lefts, tops


def _orders(requests: LabelRequests) -> list[tuple[int, ...]]:
    count = len(requests.x)
    sides = requests.sides
    if not sides or isinstance(sides[0], str):
        orders = [tuple(SIDES.index(name) for name in sides)] * count
    else:
        known = {own: tuple(SIDES.index(name) for name in own) for own in set(sides)}
        orders = [known[own] for own in sides]
    if requests.previous is None:
        return orders
    kept = requests.previous.tolist()
    return [(old, *order) if old in order else order for old, order in zip(kept, orders, strict=True)]


class _Taken:
    """Where a label of one height may not begin.

    Row by row (of two pixels) an integer whose bit *x* says that a label with its top in this row may not cover column
    *x*. What is taken is widened upwards by the label's height when it is entered, so that a question looks at one row
    only. Pixels are rounded outwards: a label may miss a gap that it fits by a hair, it never overlaps.
    """

    def __init__(self, frame: Rect, height: float) -> None:
        self.x, self.y, self.height = frame.x, frame.y, height
        self.columns = math.ceil(frame.width) + 1
        self.rows = [0] * (math.ceil(frame.height / _ROW) + 1)

    def block_all(self, boxes: Floats) -> None:
        """Enter boxes (left, top, right, bottom); what lies outside the frame does not matter."""
        left = np.clip(np.floor(boxes[:, 0] - self.x), 0, self.columns).astype(np.int64)
        right = np.clip(np.ceil(boxes[:, 2] - self.x), 0, self.columns).astype(np.int64)
        seen = right > left
        columns = (left[seen], (right - left)[seen], boxes[seen, 1], boxes[seen, 3])
        for a, span, top, bottom in zip(*(column.tolist() for column in columns), strict=True):
            self.block(((1 << span) - 1) << a, top, bottom)

    def block(self, mask: int, top: float, bottom: float) -> None:
        """Enter what covers the columns of *mask* from *top* to *bottom*."""
        rows = self.rows
        first = max(int((top - self.height - self.y) // _ROW), 0)
        for row in range(first, min(math.ceil((bottom - self.y) / _ROW), len(rows))):
            rows[row] |= mask


@dataclass(frozen=True, slots=True)
class RowRequests:
    """Labels to the right of marks that stand in rows (the lanes of a timeline), as columns of one length.

    `left` and `right` are the ends of the mark in pixels, `width` of the text, `row` any number of the row (two marks
    of one row share their label space). A mark that wants no label has a width of 0.
    """

    left: Floats
    right: Floats
    width: Floats
    row: Ints
    priority: Floats


@dataclass(frozen=True, slots=True)
class RowPlacement:
    """The left end of each label, NaN where it found no room; `dropped` counts those (labels of width 0 do not)."""

    x: Floats
    dropped: int

    @property
    def placed(self) -> Ints:
        """The indices of the labels that found a place."""
        return np.flatnonzero(~np.isnan(self.x))


def place_rows(requests: RowRequests, left: float, *, right: float, gap: float = 4.0) -> RowPlacement:
    """Put labels to the right of their marks, between the pixels *left* and *right*, the most important first.

    No label overlaps a mark or another label of its row; *gap* pixels stay free on both sides.
    """
    width = np.asarray(requests.width, dtype=np.float64)
    start = np.asarray(requests.right, dtype=np.float64) + gap
    stop = start + width
    wanted = width > 0
    fits = wanted & (start >= left) & (stop <= right)
    fits &= ~_crosses_marks(requests, start, stop + gap)
    taken: dict[int, tuple[list[float], list[float]]] = {}
    x = np.full(len(width), np.nan)
    order = np.flatnonzero(fits)
    order = order[np.argsort(-np.asarray(requests.priority, dtype=np.float64)[order], kind="stable")]
    columns = (order, requests.row[order], start[order], stop[order])
    for i, row, a, b in zip(*(column.tolist() for column in columns), strict=True):
        starts, stops = taken.setdefault(row, ([], []))
        k = bisect_right(starts, a)
        if (k == 0 or stops[k - 1] + gap <= a) and (k == len(starts) or b + gap <= starts[k]):
            starts.insert(k, a)
            stops.insert(k, b)
            x[i] = a
    return RowPlacement(x, int(np.count_nonzero(wanted & np.isnan(x))))


def _crosses_marks(requests: RowRequests, start: Floats, stop: Floats) -> NDArray[np.bool_]:
    """Say of each interval whether a mark of its row overlaps it.

    Marks that begin before the interval's end, less those that end by its start, are those that overlap it; rows are
    laid end to end on one line so that two searches answer for all.
    """
    if len(start) == 0:
        return np.zeros(0, dtype=np.bool_)
    _rows, number = np.unique(requests.row, return_inverse=True)
    low, high = float(start.min()) - 1.0, float(stop.max()) + 1.0
    span = high - low + 2.0
    base = number * span - low
    mark_left = base + np.clip(requests.left, low, high)
    mark_right = base + np.clip(requests.right, low, high)
    begun = np.searchsorted(np.sort(mark_left), base + stop, side="left")
    # The mark's own right end is the start less the gap; half a thousandth of a pixel keeps rounding out of it.
    ended = np.searchsorted(np.sort(mark_right), base + start + 5e-4, side="right")
    crossing: NDArray[np.bool_] = begun > ended
    return crossing
