"""Small figures side by side: where each stands, and its head."""

import math
from collections.abc import Sequence

from chipscape_desktop.figures.drawing import Layer, Rect, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure, elide

_HEAD, _GAP = 18.0, 16.0
_HEAD_SIZE = 12.0
_SHAPE = 1.35  # width over height that a small figure is best at


def facet_rooms(count: int, room: Rect) -> list[Rect]:
    """Return the rooms of *count* small figures, row by row, each below the line of its head."""
    if count < 1:
        return []
    best = min(range(1, count + 1), key=lambda columns: _misfit(columns, count, room))
    rows = math.ceil(count / best)
    width = (room.width - _GAP * (best - 1)) / best
    height = (room.height - _GAP / 2 * (rows - 1)) / rows
    return [
        Rect(
            room.x + (place % best) * (width + _GAP), room.y + (place // best) * (height + _GAP / 2) + _HEAD, width,
            max(height - _HEAD, 1.0),
        )
        for place in range(count)
    ]  # fmt: skip


def facet_heads(titles: Sequence[str], rooms: Sequence[Rect], palette: Palette, measure: Measure) -> Layer:
    """Return the heads over the rooms."""
    return Layer(
        "facets",
        tuple(
            Text(room.x, room.y - 5, elide(title, room.width, size=_HEAD_SIZE, weight=600, measure=measure), _HEAD_SIZE,
                 palette.ink, 600)
            for title, room in zip(titles, rooms, strict=True)
        ),
    )  # fmt: skip


def _misfit(columns: int, count: int, room: Rect) -> float:
    rows = math.ceil(count / columns)
    width, height = room.width / columns, room.height / rows - _HEAD
    if width < 120 or height < 60:
        return 1e6 + columns
    empty = columns * rows - count
    return abs(math.log(width / height / _SHAPE)) + 0.15 * empty
