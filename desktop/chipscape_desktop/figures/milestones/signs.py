"""The signs of milestones and events, their vague dates, and their labels, as items of a drawing."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.drawing import Box, Item, Marks, Pen, Rect, Shape, Text
from chipscape_desktop.figures.milestones.spec import MilestonesSpec, Point
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure, elide

LABEL = 11.0
_MILESTONE, _EVENT = 11.0, 8.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a point stands, in pixels: its stretch, its middle, its row, and the room and start of its label."""

    left: float
    right: float
    x: float
    y: float
    room: float
    label_x: float


def sign_size(point: Point) -> float:
    """Return the diameter of a point's sign."""
    return _MILESTONE if point.bold else _EVENT


def draw_points(
    spec: MilestonesSpec, placed: dict[int, Placed], area: Rect, *, palette: Palette, measure: Measure
) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    """Return vague stretches, signs and labels."""
    vague: list[Item] = []
    labels: list[Item] = []
    batches: dict[tuple[Shape, float, str, bool, bool], list[int]] = defaultdict(list)
    for i, at in placed.items():
        point = spec.points[i]
        colour = palette.colour(spec.sides[point.side].colour)
        if at.right - at.left > sign_size(point) + 2:
            left, right = max(at.left, area.x - 400), min(at.right, area.right + 400)
            fade = 0.3 * (at.right - at.left)
            ends = (max(0.0, fade - (left - at.left)), max(0.0, fade - (at.right - right)))
            shrink = min(1.0, 0.98 * (right - left) / max(sum(ends), 1e-9))
            box = Rect(left, at.y - 4, right - left, 8)
            vague.append(Box(box, f"{colour}60", radius=3, fade=(ends[0] * shrink, ends[1] * shrink), ref=point.ref))
        hollow = point.hollow or point.glyph.hollow
        batches[(point.glyph.shape, sign_size(point), colour, hollow, point.bold)].append(i)
        if at.room > 0:
            weight = 600 if point.bold else 400
            text = elide(point.label, at.room, size=LABEL, weight=weight, measure=measure)
            ink = palette.ink if point.bold else palette.ink_soft
            labels.append(Text(at.label_x, at.y + 4, text, LABEL, ink, weight, halo=palette.ground, ref=point.ref))
    signs: list[Item] = []
    for (shape, size, colour, hollow, _bold), members in sorted(batches.items()):
        x = np.array([placed[i].x for i in members])
        y = np.array([placed[i].y for i in members])
        refs = [spec.points[i].ref for i in members]
        open_shape = hollow or shape == "cross"
        pen = Pen(colour, 1.75) if open_shape else Pen(palette.ground, 1.0)
        signs.append(Marks(shape, x, y, size, palette.ground if open_shape else colour, pen, None, refs))
    return tuple(vague), tuple(signs), tuple(labels)
