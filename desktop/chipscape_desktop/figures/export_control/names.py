"""The names beside the chips: the most wanted first, beside their marks, or at the end of a short line.

Marks crowd along the lines of a rule, so that a name must not only be free but also be nearer to its own mark than to
any other: each is tried alone, with room around the marks that it does not mean.
"""

from collections.abc import Iterator

import numpy as np

from chipscape_desktop.figures.drawing import Anchor, Floats, Item, Pen, Rect, Segments, Text
from chipscape_desktop.figures.export_control.spec import Bools, ExportSpec
from chipscape_desktop.figures.labels import SIDES, Side
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure

_Line = tuple[float, float, float, float]
_SIZE, _HEIGHT, _BASELINE = 11.5, 14.0, 11.0
_RADIUS = 5.5
_ELBOW = 4.0  # pixels that a name keeps from the marks of others, beyond their radius
_NEAR, _FAR = 2.5, (14.0, 28.0, 44.0)
_DIAGONAL = 0.7071
_FAR_SIDES: tuple[Side, ...] = (
    "above-right", "below-right", "above-left", "below-left", "above", "below", "right", "left",
)  # fmt: skip
_TRIES = [(_NEAR, side) for side in SIDES] + [(gap, side) for gap in _FAR for side in _FAR_SIDES]


def name_items(
    spec: ExportSpec,
    plot: Rect,
    x: Floats,
    y: Floats,
    *,
    seen: Bools,
    obstacles: Floats,
    palette: Palette,
    measure: Measure,
) -> tuple[tuple[Item, ...], int]:
    """Return the names that found room with their lines, and how many found none."""
    chips = spec.chips
    order = np.flatnonzero(seen & np.array([bool(label) for label in chips.labels], dtype=np.bool_))
    order = order[np.argsort(-chips.priority[order], kind="stable")]
    # A row of letters is lower than its box, which may therefore reach a little over the plot.
    room = Rect(plot.x, plot.y - 3, plot.width, plot.height + 3)
    texts: list[Item] = []
    lines: list[_Line] = []
    taken, labels = obstacles, np.zeros((0, 4))
    for i in order.tolist():
        at = (float(x[i]), float(y[i]))
        others = seen & (np.hypot(x - at[0], y - at[1]) > _RADIUS / 2)
        marks = np.stack([x[others], y[others]], axis=1)
        width = measure.width(chips.labels[i], _SIZE, 500) + 2
        for rect, side, line in _free(at, width, room, taken, marks):
            along = np.zeros((0, 4)) if line is None else _along(line)
            if line is not None:
                if bool(_touching(along, np.concatenate([labels, _around(marks, _RADIUS)])).any()):
                    continue
                lines.append(line)
            own = np.array([[rect.x, rect.y, rect.right + 1, rect.bottom + 1]])
            taken, labels = np.concatenate([taken, own, along]), np.concatenate([labels, own])
            where, anchor = _hold(rect, side)
            texts.append(
                Text(where, rect.y + _BASELINE, chips.labels[i], _SIZE, palette.ink, 500, anchor,
                     halo=palette.ground, ref=chips.refs[i])
            )  # fmt: skip
            break
    dropped = len(order) - len(texts)
    if lines:
        x1, y1, x2, y2 = np.array(lines, dtype=np.float64).T
        texts.insert(0, Segments(x1, y1, x2, y2, Pen(palette.ink_soft, 0.75)))
    return tuple(texts), dropped


def _free(
    at: tuple[float, float], width: float, room: Rect, taken: Floats, marks: Floats
) -> Iterator[tuple[Rect, Side, _Line | None]]:
    """Yield the free places of a name, the nearest first, with the line to its mark where it stands apart."""
    boxes = [_beside(*at, width, side, gap=gap) for gap, side in _TRIES]
    edges = np.array([(box.x, box.y, box.right, box.bottom) for box in boxes])
    free = (edges[:, 0] >= room.x) & (edges[:, 1] >= room.y)
    free &= (edges[:, 2] <= room.right) & (edges[:, 3] <= room.bottom)
    free &= ~_touching(edges, np.concatenate([taken, _around(marks, _RADIUS + _ELBOW)]))
    for k in np.flatnonzero(free).tolist():
        gap, side = _TRIES[k]
        yield boxes[k], side, None if gap == _NEAR else _leader(*at, boxes[k])


def _beside(x: float, y: float, width: float, side: Side, *, gap: float) -> Rect:
    across = ("right" in side) - ("left" in side)
    down = ("below" in side) - ("above" in side)
    reach = (_RADIUS + gap) * (_DIAGONAL if across and down else 1.0)
    left = x + across * (reach + width / 2) - width / 2
    return Rect(left, y + down * (reach + _HEIGHT / 2) - _HEIGHT / 2, width, _HEIGHT)


def _hold(rect: Rect, side: Side) -> tuple[float, Anchor]:
    """Return the end of the text that is held fast, the one towards the mark, and its anchor."""
    if "right" in side:
        return rect.x, "start"
    return (rect.right, "end") if "left" in side else (rect.x + rect.width / 2, "middle")


def _leader(x: float, y: float, rect: Rect) -> _Line:
    """Return the line from the rim of a mark to the nearest point of its label."""
    to_x = min(max(x, rect.x + 2), rect.right - 2)
    to_y = rect.bottom - 1 if rect.bottom < y else rect.y + 2 if rect.y > y else rect.y + rect.height / 2
    length = max(float(np.hypot(to_x - x, to_y - y)), 1.0)
    share = (_RADIUS - 1) / length
    return x + (to_x - x) * share, y + (to_y - y) * share, to_x, to_y


def _along(line: _Line) -> Floats:
    """Return small boxes along a line, but for its end at its own label."""
    x1, y1, x2, y2 = line
    steps = np.linspace(0.0, 0.85, max(4, int(np.hypot(x2 - x1, y2 - y1) // 3)))
    return _around(np.stack([x1 + (x2 - x1) * steps, y1 + (y2 - y1) * steps], axis=1), 1.0)


def _around(points: Floats, by: float) -> Floats:
    return np.concatenate([points - by, points + by], axis=1)


def _touching(boxes: Floats, others: Floats) -> Bools:
    """Say of each of *boxes* whether it overlaps any of *others*."""
    left, top, right, bottom = (boxes[:, None, k] for k in range(4))
    over = (right > others[:, 0]) & (left < others[:, 2]) & (bottom > others[:, 1]) & (top < others[:, 3])
    return np.asarray(over.any(axis=1), dtype=np.bool_)
