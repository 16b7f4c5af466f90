"""The labels of the points: the most important first, beside their marks, or at the end of a short line."""

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Anchor, Floats, Ints, Item, Pen, Rect, Segments, Text
from chipscape_desktop.figures.labels import SIDES, LabelRequests, Side, place
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.axes import Axes
from chipscape_desktop.figures.performance.seen import CELL, Seen, cells_of
from chipscape_desktop.figures.performance.spec import Bools, PerformanceSpec
from chipscape_desktop.figures.text import Measure

MARK = 9.0
VAGUE_PX = 10.0
REFERENCE_SIZE = 11.0
TREND_SIZE, TREND_SWATCH = 11.0, 22.0
ARROW_AWAY = 10.0  # from a mark to the arrow that says it is a limit only
_SIZE, _HEIGHT, _BASELINE = 11.5, 14.0, 11.0
_MOST_OF_CROWD = 60
_CROWD = 1200  # more points than this in view: labels only beside their marks
_CELL = 2 * CELL
_CHUNK = 512
_FIRST = 16  # so many labels, the most important, may stand away from their mark
_DIAGONAL = 0.7071
_GAP = 2.0
_FAR = (14.0, 28.0, 46.0)
_CLEAR_SIDES: tuple[Side, ...] = (
    "above-right", "above-left", "above", "below-right", "below-left", "below", "right", "left",
)  # fmt: skip
"""For marks with a line to their left or right: a staircase, or the days of a vague date."""
_Line: TypeAlias = tuple[float, float, float, float]
_FAR_SIDES: tuple[Side, ...] = ("above", "below", "above-left", "above-right", "below-right", "below-left")


def label_items(
    spec: PerformanceSpec, made: Axes, seen: Seen, palette: Palette, measure: Measure
) -> tuple[tuple[Item, ...], int]:
    """Return the labels that found room with their lines, and how many found none.

    Of a crowd only the most important are tried.
    """
    points, plot = spec.points, made.plot
    if len(seen.x) == 0 or not any(points.labels[:1]):
        return (), 0
    crowded = len(seen.x) > _CROWD
    order = _most_wanted(spec, seen, plot, limit=_MOST_OF_CROWD if crowded else _CROWD)
    if len(order) == 0:
        return (), 0
    left_out = len(seen.x) - len(order) if crowded else 0
    texts = [points.labels[i] for i in seen.index[order].tolist()]
    widths = np.array([measure.width(text, _SIZE, 500) for text in texts]) + 2
    boxes = _obstacles(spec, made, seen, measure)
    items: list[Item] = []
    lines: list[_Line] = []
    first = 0 if crowded else min(_FIRST, len(order))
    dropped = left_out

    def put(number: int, x: float, y: float, anchor: Anchor) -> None:
        ref = points.refs[int(seen.index[order[number]])]
        items.append(
            Text(x, y + _BASELINE, texts[number], _SIZE, palette.ink, 500, anchor, halo=palette.ground, ref=ref)
        )

    taken = _Taken(boxes)
    for number, sides in enumerate(_sides(spec, made, seen.index[order[:first]])):
        at = (float(seen.x[order[number]]), float(seen.y[order[number]]))
        spot = taken.find(at, float(widths[number]), sides, plot)
        if spot is None:
            dropped += 1
            continue
        put(number, *spot.text())
        if spot.line is not None:
            lines.append(spot.line)
    rest = order[first:]
    if len(rest):
        index = seen.index[rest]
        wanted = _sides(spec, made, index)
        if crowded:
            wanted = _free_sides(wanted, seen, rest, widths[first:], plot, taken.boxes)
        requests = LabelRequests(
            seen.x[rest], seen.y[rest], np.full(len(rest), MARK / 2 + 1), widths[first:],
            np.full(len(rest), _HEIGHT), points.priority[index], wanted,
        )  # fmt: skip
        obstacles = None if crowded else taken.boxes
        placed = place(requests, plot, obstacles=obstacles, gap=_GAP, avoid_marks=not crowded)
        for k in placed.placed.tolist():
            x, anchor = placed.anchor(k)
            put(first + k, x, float(placed.y[k]), anchor)
        dropped += placed.dropped
    if lines:
        x1, y1, x2, y2 = np.array(lines, dtype=np.float64).T
        items.insert(0, Segments(x1, y1, x2, y2, Pen(palette.ink_soft, 0.75)))
    return tuple(items), dropped


def _most_wanted(spec: PerformanceSpec, seen: Seen, plot: Rect, *, limit: int) -> Ints:
    """Return the points inside the plot whose labels are wanted most, at most *limit* of them, in that order.

    Of a crowd the few that can be labelled are found without a look at all the rest.
    """
    points = spec.points
    if len(seen.x) <= limit:
        inside = (seen.x >= plot.x) & (seen.x <= plot.right) & (seen.y >= plot.y) & (seen.y <= plot.bottom)
        found = np.flatnonzero(inside)
        return found[np.argsort(-points.priority[seen.index[found]], kind="stable")]
    picked: list[int] = []
    for start in range(0, len(points.ranking), _CHUNK):
        chunk = points.ranking[start : start + _CHUNK]
        place = np.searchsorted(seen.index, chunk)
        np.minimum(place, len(seen.index) - 1, out=place)
        place = place[seen.index[place] == chunk]
        x, y = seen.x[place], seen.y[place]
        place = place[(x >= plot.x) & (x <= plot.right) & (y >= plot.y) & (y <= plot.bottom)]
        picked += place.tolist()
        if len(picked) >= limit:
            break
    return np.array(picked[:limit], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place for an important label: its box, on which side of the mark, and the line to it where it stands apart."""

    box: Rect
    side: Side
    line: _Line | None

    def text(self) -> tuple[float, float, Anchor]:
        """Return the x of the text, the top of its box and its anchor: the end towards the mark is held fast."""
        if "right" in self.side:
            return self.box.x, self.box.y, "start"
        if "left" in self.side:
            return self.box.right, self.box.y, "end"
        return self.box.x + self.box.width / 2, self.box.y, "middle"


class _Taken:
    """Boxes that are taken, and the search for the nearest free place of one label after the other."""

    def __init__(self, boxes: Floats) -> None:
        self.boxes = boxes
        self._labels = np.zeros((0, 4))

    def find(self, at: tuple[float, float], width: float, sides: tuple[Side, ...], frame: Rect) -> _Spot | None:
        """Return the first free place, beside the mark or farther away, and take it; None if there is none."""
        x, y = at
        tries = [(_GAP, side) for side in sides] + [(gap, side) for gap in _FAR for side in _FAR_SIDES]
        boxes = [_box_beside(x, y, width, side, gap) for gap, side in tries]
        edges = np.array([(box.x, box.y, box.right, box.bottom) for box in boxes])
        free = (edges[:, 0] >= frame.x) & (edges[:, 1] >= frame.y)
        free &= (edges[:, 2] <= frame.right) & (edges[:, 3] <= frame.bottom)
        edges[:, 2:] += 1.0
        free &= ~_touching(edges, self.boxes)
        for k in np.flatnonzero(free).tolist():
            gap, side = tries[k]
            line = None if gap == _GAP else _line(x, y, boxes[k])
            along = np.zeros((0, 4)) if line is None else _along(line)
            if bool(_touching(along, self._labels).any()):
                continue
            self.boxes = np.concatenate([self.boxes, edges[k : k + 1], along])
            self._labels = np.concatenate([self._labels, edges[k : k + 1]])
            return _Spot(boxes[k], side, line)
        return None


def _touching(boxes: Floats, taken: Floats) -> Bools:
    """Say of each of *boxes* whether it overlaps any of *taken*."""
    left, top, right, bottom = (boxes[:, None, k] for k in range(4))
    over = (right > taken[:, 0]) & (left < taken[:, 2]) & (bottom > taken[:, 1]) & (top < taken[:, 3])
    return np.asarray(over.any(axis=1), dtype=np.bool_)


def _box_beside(x: float, y: float, width: float, side: Side, gap: float) -> Rect:
    across = ("right" in side) - ("left" in side)
    down = ("below" in side) - ("above" in side)
    reach = (MARK / 2 + 1 + gap) * (_DIAGONAL if across and down else 1.0)
    return Rect(
        x + across * (reach + width / 2) - width / 2, y + down * (reach + _HEIGHT / 2) - _HEIGHT / 2, width, _HEIGHT
    )


def _line(x: float, y: float, box: Rect) -> _Line:
    """Return a line from the rim of the mark at (x, y) to the nearest point of its label."""
    to_x = min(max(x, box.x + 2), box.right - 2)
    to_y = box.bottom - 1 if box.bottom < y else box.y + 2
    length = max(math.hypot(to_x - x, to_y - y), 1.0)
    start = MARK / 2 / length
    return x + (to_x - x) * start, y + (to_y - y) * start, to_x, to_y


def _along(line: _Line) -> Floats:
    """Return small boxes along a line, its last part, which touches its own label, left out."""
    x1, y1, x2, y2 = line
    part = np.linspace(0.0, 0.9, 8)
    x, y = x1 + (x2 - x1) * part, y1 + (y2 - y1) * part
    return np.stack([x - 2, y - 2, x + 2, y + 2], axis=1)


def _free_sides(
    wanted: list[tuple[Side, ...]], seen: Seen, which: Ints, widths: Floats, plot: Rect, boxes: Floats
) -> list[tuple[Side, ...]]:
    """Return of the sides of each label those where neither *boxes* nor another mark of a crowd, by cells, stand."""
    fine_rows, fine_columns, place = seen.cells.of(seen.x, seen.y, plot)
    columns, rows = -(-fine_columns // 2), -(-fine_rows // 2)

    def cell(at: Floats, origin: float, count: int) -> NDArray[np.int32]:
        return cells_of(at, origin, _CELL, count=count)

    fine = np.zeros((2 * rows, 2 * columns), dtype=np.int64)
    counted = np.bincount(place, minlength=fine_rows * fine_columns)
    fine[:fine_rows, :fine_columns] = counted.reshape(fine_rows, fine_columns)
    total = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    held = fine[0::2, 0::2] + fine[1::2, 0::2] + fine[0::2, 1::2] + fine[1::2, 1::2]
    total[1:, 1:] = held.cumsum(axis=0).cumsum(axis=1)
    x, y, wide = seen.x[which, None], seen.y[which, None], widths[:, None]
    across = np.array([("right" in side) - ("left" in side) for side in SIDES], dtype=np.float64)
    down = np.array([("below" in side) - ("above" in side) for side in SIDES], dtype=np.float64)
    reach = (MARK / 2 + 1 + _GAP) * np.where(across * down != 0, _DIAGONAL, 1.0)
    grown, tall = wide / 2 + MARK / 2, _HEIGHT / 2 + MARK / 2
    middle_x, middle_y = x + across * (reach + wide / 2), y + down * (reach + _HEIGHT / 2)
    left, right = cell(middle_x - grown, plot.x, columns), cell(middle_x + grown, plot.x, columns)
    top, bottom = cell(middle_y - tall, plot.y, rows), cell(middle_y + tall, plot.y, rows)
    inside = total[bottom + 1, right + 1] - total[top, right + 1] - total[bottom + 1, left] + total[top, left]
    column, row = cell(x, plot.x, columns), cell(y, plot.y, rows)
    own = (left <= column) & (column <= right) & (top <= row) & (row <= bottom)
    clear = inside <= own
    label = np.stack(
        [middle_x - wide / 2, middle_y - _HEIGHT / 2, middle_x + wide / 2, middle_y + _HEIGHT / 2], axis=2
    ).reshape(-1, 4)
    maybe = np.flatnonzero(clear.ravel())
    clear.ravel()[maybe] &= ~_touching(label[maybe], boxes)
    return [
        tuple(side for side in sides if one[SIDES.index(side)])
        for sides, one in zip(wanted, clear.tolist(), strict=True)
    ]


def _sides(spec: PerformanceSpec, made: Axes, index: Ints) -> list[tuple[Side, ...]]:
    points = spec.points
    width = made.x(points.last[index]) - made.x(points.first[index])
    lined = (width > VAGUE_PX) | points.later[index] | (points.leads[index] & bool(spec.frontiers))
    return [_CLEAR_SIDES if each else SIDES for each in lined.tolist()]


def _obstacles(spec: PerformanceSpec, made: Axes, seen: Seen, measure: Measure) -> Floats:
    """Return the boxes that labels keep clear of: marks, whiskers with their ticks, the words of the reference line.

    The marks of a crowd are left to `_free_sides`.
    """
    x, y = seen.x, seen.y
    size = spec.points.size
    half: Floats | float = MARK / 2 if size is None else np.maximum(size[seen.index], MARK) / 2
    boxes = [np.zeros((0, 4))]
    if len(x) <= _CROWD:
        boxes.append(np.stack([x - half, y - half, x + half, y + half], axis=1))
    points, ticks = spec.points, spec.ticks
    if len(x) <= _CROWD:
        left, right = made.x(points.first[seen.index]), made.x(points.last[seen.index])
        vague = right - left > VAGUE_PX
        boxes.append(np.stack([left, y - 1.5, right, y + 1.5], axis=1)[vague])
    limited = np.flatnonzero(points.limit[seen.index]) if points.limit.any() else np.zeros(0, dtype=np.int64)
    if len(limited):
        ax, ay = seen.x[limited], seen.y[limited] - points.limit[seen.index[limited]] * ARROW_AWAY
        reach = MARK / 2
        boxes.append(np.stack([ax - reach, ay - reach, ax + reach, ay + reach], axis=1))
    for stairs in spec.frontiers:
        fx, fy = made.x(stairs.x), made.y(stairs.value, log=spec.axis.log)
        boxes.append(
            np.stack([fx[:-1], np.minimum(fy[:-1], fy[1:]), fx[1:] + 0.5, np.maximum(fy[:-1], fy[1:]) + 0.5], axis=1)
        )
    rows = np.flatnonzero(points.contested)
    if len(rows):
        wx = made.x(points.x[rows])
        low, high = (made.y(column[rows], log=spec.axis.log) for column in (points.low, points.high))
        boxes.append(np.stack([wx - 4.5, high - 1, wx + 4.5, low + 1], axis=1))
    if len(ticks.point):
        tx, ty = made.x(points.x[ticks.point]), made.y(ticks.value, log=spec.axis.log)
        boxes.append(np.stack([tx - 5, ty - 4, tx + 5, ty + 4], axis=1))
    if spec.reference is not None and (spec.reference.value > 0 or not spec.axis.log):
        line = float(made.y(np.array([spec.reference.value]), log=spec.axis.log)[0])
        width = measure.width(spec.reference.label, REFERENCE_SIZE, 500)
        boxes.append(np.array([[made.plot.x, line - 17, made.plot.x + 10 + width, line + 1]]))
    boxes += [np.array([[box.x, box.y, box.right, box.bottom]]) for box in trend_key(spec, made, measure)]
    return np.concatenate(boxes)


def trend_key(spec: PerformanceSpec, made: Axes, measure: Measure) -> list[Rect]:
    """Return where the key of each line of fitted growth stands: one below the other in the top left corner."""
    plot = made.plot
    widths = [measure.width(line.label, TREND_SIZE, 500) + TREND_SWATCH + 14 for line in spec.trends]
    return [Rect(plot.x + 4, plot.y + 2 + 16 * row, width, 16.0) for row, width in enumerate(widths)]
