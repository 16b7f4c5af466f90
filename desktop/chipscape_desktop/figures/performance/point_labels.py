"""The labels of the points: the most important first, beside their marks, or at the end of a short line."""

from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Ints, Item, Pen, Rect, Segments, Text
from chipscape_desktop.figures.labels import SIDES, LabelRequests, Placement, Side, place
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.axes import Axes
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.figures.text import Measure

MARK = 9.0
VAGUE_PX = 10.0
REFERENCE_SIZE = 11.0
_SIZE, _HEIGHT, _BASELINE = 11.5, 14.0, 11.0
_MOST = 200
_CROWD = 1200  # more points than this in view: labels only beside their marks, and obstacles by cells
_CELL = 16.0
_ROUNDS = ((0, 1), (1, 3), (3, 8), (8, 16))  # these labels may stand away from their mark
_GAP = 2.0
_FAR = (14.0, 28.0, 46.0)
_CLEAR_SIDES: tuple[Side, ...] = (
    "above-right", "above-left", "above", "below-right", "below-left", "below", "right", "left",
)  # fmt: skip
"""For marks with a line to their left or right: a staircase, or the days of a vague date."""
_FAR_SIDES: tuple[Side, ...] = ("above", "below", "above-left", "above-right", "below-right", "below-left")


@dataclass(frozen=True, slots=True)
class Seen:
    """The points in view, in pixels; `index` is their place in the spec."""

    index: Ints
    x: Floats
    y: Floats


def label_items(
    spec: PerformanceSpec, made: Axes, seen: Seen, palette: Palette, measure: Measure
) -> tuple[tuple[Item, ...], int]:
    """Return the labels that found room with their lines, and how many found none.

    Of a crowd only the most important are tried.
    """
    points, plot = spec.points, made.plot
    inside = np.flatnonzero((seen.x >= plot.x) & (seen.x <= plot.right) & (seen.y >= plot.y) & (seen.y <= plot.bottom))
    if len(inside) == 0 or not any(points.labels[:1]):
        return (), 0
    priority = points.priority[seen.index[inside]]
    if len(inside) > _MOST:
        most = np.argpartition(-priority, _MOST)[:_MOST]
        inside, left_out, priority = inside[most], len(inside) - _MOST, priority[most]
    else:
        left_out = 0
    order = inside[np.argsort(-priority, kind="stable")]
    texts = [points.labels[i] for i in seen.index[order].tolist()]
    widths = np.array([measure.width(text, _SIZE, 500) for text in texts]) + 2
    boxes = _obstacles(spec, made, seen, measure)
    taken = np.zeros((0, 4))
    items: list[Item] = []
    lines: list[tuple[float, float, float, float]] = []
    for first, last, gaps in _rounds(len(order), crowded=len(seen.x) > _CROWD):
        waiting = np.arange(first, last)
        for gap in gaps:
            which = order[waiting]
            index = seen.index[which]
            sides = [_FAR_SIDES] * len(waiting) if gap != _GAP else _sides(spec, made, index)
            requests = LabelRequests(
                seen.x[which], seen.y[which], np.full(len(waiting), MARK / 2 + 1), widths[waiting],
                np.full(len(waiting), _HEIGHT), points.priority[index], sides,
            )  # fmt: skip
            placed = place(requests, plot, obstacles=boxes, gap=gap)
            kept = []
            for k in placed.placed.tolist():
                if gap != _GAP:
                    line = _line(float(seen.x[which[k]]), float(seen.y[which[k]]), placed.rect(k))
                    if _crosses(line, taken):
                        continue
                    lines.append(line)
                    boxes = np.concatenate([boxes, _along(line)])
                kept.append(k)
                x, anchor = placed.anchor(k)
                y = float(placed.y[k]) + _BASELINE
                text, ref = texts[int(waiting[k])], points.refs[int(index[k])]
                items.append(Text(x, y, text, _SIZE, palette.ink, 500, anchor, halo=palette.ground, ref=ref))
            taken = np.concatenate([taken, _boxes(placed, kept)])
            boxes = np.concatenate([boxes, _boxes(placed, kept)])
            waiting = np.delete(waiting, kept)
            if len(waiting) == 0:
                break
    if lines:
        x1, y1, x2, y2 = np.array(lines, dtype=np.float64).T
        items.insert(0, Segments(x1, y1, x2, y2, Pen(palette.ink_soft, 0.75)))
    return tuple(items), left_out + len(order) - sum(isinstance(item, Text) for item in items)


def _rounds(count: int, *, crowded: bool) -> list[tuple[int, int, tuple[float, ...]]]:
    """Return in which groups labels are placed, and at which distances each group is tried.

    The first few try every distance before the next ones take any room.
    """
    if crowded:
        return [(0, count, (_GAP,))]
    rounds: list[tuple[int, int, tuple[float, ...]]] = [
        (first, min(last, count), (_GAP, *_FAR)) for first, last in _ROUNDS if first < count
    ]
    return [*rounds, (_ROUNDS[-1][1], count, (_GAP,))] if count > _ROUNDS[-1][1] else rounds


def _line(x: float, y: float, box: Rect) -> tuple[float, float, float, float]:
    """Return a line from the rim of the mark at (x, y) to the nearest point of its label."""
    to_x = min(max(x, box.x + 2), box.right - 2)
    to_y = box.bottom - 1 if box.bottom < y else box.y + 2
    length = max(float(np.hypot(to_x - x, to_y - y)), 1.0)
    start = MARK / 2 / length
    return x + (to_x - x) * start, y + (to_y - y) * start, to_x, to_y


def _boxes(placed: Placement, kept: list[int]) -> Floats:
    left, top = placed.x[kept], placed.y[kept]
    return np.stack([left, top, left + placed.width[kept] + 1, top + placed.height[kept] + 1], axis=1)


def _along(line: tuple[float, float, float, float]) -> Floats:
    """Return small boxes along a line, its last part, which touches the label, left out."""
    x1, y1, x2, y2 = line
    part = np.linspace(0.0, 0.9, 8)
    x, y = x1 + (x2 - x1) * part, y1 + (y2 - y1) * part
    return np.stack([x - 2, y - 2, x + 2, y + 2], axis=1)


def _crosses(line: tuple[float, float, float, float], taken: Floats) -> bool:
    """Say whether a line runs through a label."""
    near = _along(line)[:, None, :]
    apart = (near[..., 0] > taken[:, 2]) | (near[..., 2] < taken[:, 0])
    apart |= (near[..., 1] > taken[:, 3]) | (near[..., 3] < taken[:, 1])
    return not bool(apart.all())


def _occupied(x: Floats, y: Floats, plot: Rect) -> tuple[Floats, Floats]:
    """Return the centres of the cells of the plot that hold any of the points."""
    columns, rows = int(plot.width / _CELL) + 2, int(plot.height / _CELL) + 2
    column = np.clip((x - plot.x) / _CELL, 0, columns - 1).astype(np.int64)
    row = np.clip((y - plot.y) / _CELL, 0, rows - 1).astype(np.int64)
    held = np.flatnonzero(np.bincount(row * columns + column, minlength=rows * columns))
    across = np.asarray(plot.x + (held % columns + 0.5) * _CELL, dtype=np.float64)
    down = np.asarray(plot.y + (held // columns + 0.5) * _CELL, dtype=np.float64)
    return across, down


def _sides(spec: PerformanceSpec, made: Axes, index: Ints) -> list[tuple[Side, ...]]:
    points = spec.points
    width = made.x(points.last[index]) - made.x(points.first[index])
    lined = (width > VAGUE_PX) | points.later[index] | (points.leads[index] & bool(spec.frontiers))
    return [_CLEAR_SIDES if each else SIDES for each in lined.tolist()]


def _obstacles(spec: PerformanceSpec, made: Axes, seen: Seen, measure: Measure) -> Floats:
    """Return the boxes that labels keep clear of: marks, whiskers with their ticks, the words of the reference line.

    Of a crowd the cells that hold any mark stand for the marks.
    """
    x, y = seen.x, seen.y
    half = MARK / 2
    if len(x) > _CROWD:
        x, y = _occupied(x, y, made.plot)
        half = _CELL / 2
    boxes = [np.stack([x - half, y - half, x + half, y + half], axis=1)]
    points, ticks = spec.points, spec.ticks
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
    return np.concatenate(boxes)
