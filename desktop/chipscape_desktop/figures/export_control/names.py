"""The names beside the chips: the most wanted first, beside their marks, or at the end of a short line."""

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Item, Pen, Rect, Segments, Text
from chipscape_desktop.figures.export_control.spec import Bools, ExportSpec
from chipscape_desktop.figures.labels import SIDES, LabelRequests, Side, place
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure

_SIZE, _HEIGHT, _BASELINE = 11.5, 14.0, 11.0
_RADIUS = 5.5
_GAPS = (2.0, 14.0, 28.0)
_FAR_SIDES: tuple[Side, ...] = (
    "above-right", "below-right", "above-left", "below-left", "above", "below", "right", "left",
)  # fmt: skip
_FIRST = 14  # the most wanted: one after the other, each tries every distance before the next takes any room


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
    wanted = np.array([bool(label) for label in chips.labels], dtype=np.bool_)
    order = np.flatnonzero(seen & wanted)
    order = order[np.argsort(-chips.priority[order], kind="stable")]
    marks = np.stack([x, y, x, y], axis=1)[seen] + np.array([-1, -1, 1, 1]) * _RADIUS
    boxes = np.concatenate([obstacles, marks.reshape(-1, 4)])
    texts: list[Item] = []
    lines: list[tuple[float, float, float, float]] = []
    labels = np.zeros((0, 4))
    dropped = 0
    for group in (*np.split(order[:_FIRST], range(1, len(order[:_FIRST]))), order[_FIRST:]):
        waiting = group
        for gap in _GAPS:
            if len(waiting) == 0:
                break
            widths = np.array([measure.width(chips.labels[i], _SIZE, 500) + 2 for i in waiting.tolist()])
            count = len(waiting)
            sides = SIDES if gap == _GAPS[0] else _FAR_SIDES
            requests = LabelRequests(
                x[waiting], y[waiting], np.full(count, _RADIUS), widths, np.full(count, _HEIGHT),
                chips.priority[waiting], sides,
            )  # fmt: skip
            placed = place(requests, plot, obstacles=boxes, gap=gap)
            kept = []
            for k in placed.placed.tolist():
                i, rect = int(waiting[k]), placed.rect(k)
                own = np.array([[rect.x, rect.y, rect.right, rect.bottom]])
                line = _leader(float(x[i]), float(y[i]), rect)
                if gap > _GAPS[0]:
                    along = _along(line)
                    if _touches(along[:-2], labels):
                        continue
                    lines.append(line)
                    boxes = np.concatenate([boxes, along])
                kept.append(k)
                labels, boxes = np.concatenate([labels, own]), np.concatenate([boxes, own])
                at, anchor = placed.anchor(k)
                texts.append(
                    Text(at, rect.y + _BASELINE, chips.labels[i], _SIZE, palette.ink, 500, anchor,
                         halo=palette.ground, ref=chips.refs[i])
                )  # fmt: skip
            waiting = np.delete(waiting, kept)
        dropped += len(waiting)
    if lines:
        x1, y1, x2, y2 = np.array(lines, dtype=np.float64).T
        texts.insert(0, Segments(x1, y1, x2, y2, Pen(palette.ink_soft, 0.75)))
    return tuple(texts), dropped


def _leader(x: float, y: float, rect: Rect) -> tuple[float, float, float, float]:
    """Return the line from the rim of a mark to the nearest point of its label."""
    to_x = min(max(x, rect.x + 2), rect.right - 2)
    to_y = rect.bottom - 1 if rect.bottom < y else rect.y + 2 if rect.y > y else rect.y + rect.height / 2
    length = max(float(np.hypot(to_x - x, to_y - y)), 1.0)
    share = (_RADIUS - 1) / length
    return x + (to_x - x) * share, y + (to_y - y) * share, to_x, to_y


def _along(line: tuple[float, float, float, float]) -> Floats:
    x1, y1, x2, y2 = line
    steps = np.linspace(0.0, 1.0, max(4, int(np.hypot(x2 - x1, y2 - y1) // 3)))
    x, y = x1 + (x2 - x1) * steps, y1 + (y2 - y1) * steps
    return np.stack([x - 1, y - 1, x + 1, y + 1], axis=1)


def _touches(boxes: Floats, others: Floats) -> bool:
    left, top, right, bottom = (boxes[:, None, k] for k in range(4))
    over = (right > others[:, 0]) & (left < others[:, 2]) & (bottom > others[:, 1]) & (top < others[:, 3])
    return bool(over.any())
