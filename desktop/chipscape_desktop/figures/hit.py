"""What lies under the pointer, inside a brushed rectangle, and next to a mark for the arrow keys."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from chipscape_desktop.figures.drawing import (
    Box,
    Curves,
    Drawing,
    Floats,
    Ints,
    Item,
    Marks,
    Polyline,
    Raster,
    Rect,
    Ref,
    Segments,
    Text,
)
from chipscape_desktop.figures.text import Measure

Direction: TypeAlias = Literal["left", "right", "up", "down"]
_ACROSS = 2.0  # a step to the side counts double when the arrow keys look for a neighbour
_ADVANCE = 0.56  # mean advance of the interface face over its size, where nobody measures
_CURVE_STEPS = 16


@dataclass(frozen=True, slots=True)
class Position:
    """Something on a drawing that the keyboard can stand on, and where it is."""

    ref: Ref
    x: float
    y: float


def hit(drawing: Drawing, x: float, y: float, *, radius: float = 6.0, measure: Measure | None = None) -> Ref | None:
    """Return what the pointer at (x, y) means, or None.

    Marks and texts come before lines, boxes and everything else; among them the topmost that holds the point, then
    the nearest within *radius* pixels. Parts of a layer that its clip cuts off are never hit. Without *measure* the
    width of a text is estimated.
    """
    items = list(_visible(drawing, x, y))
    best, nearest = None, radius
    for item in items:
        if isinstance(item, Text):
            if item.ref is not None and _in_text(item, x, y, measure):
                return item.ref
        elif isinstance(item, Marks) and item.refs:
            found = _nearest_mark(item, x, y, nearest)
            if found is not None:
                ref, distance = found
                if distance <= 0:
                    return ref
                best, nearest = ref, distance
    if best is not None:
        return best
    for item in items:
        other = _hit_other(item, x, y, radius)
        if other is not None:
            return other
    return None


def refs_in(drawing: Drawing, rect: Rect) -> list[Ref]:
    """Return what a brushed rectangle takes in, each once, in drawing order.

    Marks count by their centre, lines when both ends are inside, boxes when they touch; bands behind the data never.
    """
    found: dict[tuple[str, tuple[str, ...]], Ref] = {}
    for layer in drawing.layers:
        area = rect if layer.clip is None else _intersection(rect, layer.clip)
        if area is None:
            continue
        for item in layer.items:
            for ref in _inside(item, area):
                found.setdefault((ref.kind, ref.ids), ref)
    return list(found.values())


class Walk:
    """The marks and boxes of one drawing as the keyboard walks over them; build it once per drawing, then ask."""

    def __init__(self, drawing: Drawing) -> None:
        """Find what *drawing* offers to stand on."""
        self._refs, self._x, self._y = _standing(drawing)
        self._at = {(ref.kind, ref.ids): i for i, ref in enumerate(self._refs)}

    def order(self, *, rows: bool = False) -> list[Position]:
        """Return all positions from left to right; with *rows* line by line from the top."""
        keys = (self._x, self._y) if rows else (self._y, self._x)
        return [self._position(i) for i in np.lexsort(keys).tolist()]

    def position(self, ref: Ref) -> Position | None:
        """Return where *ref* stands, or None when it is not on the drawing."""
        i = self._at.get((ref.kind, ref.ids))
        return None if i is None else self._position(i)

    def neighbour(self, ref: Ref, direction: Direction) -> Position | None:
        """Return the nearest mark in a direction, distances to the side counting double; None where there is none.

        For a *ref* that is not on the drawing it is the first in reading order.
        """
        here = self._at.get((ref.kind, ref.ids))
        if here is None:
            return next(iter(self.order()), None)
        dx, dy = self._x - self._x[here], self._y - self._y[here]
        along, across = {"right": (dx, dy), "left": (-dx, dy), "down": (dy, dx), "up": (-dy, dx)}[direction]
        score = np.where(along > 1e-6, along + _ACROSS * np.abs(across), np.inf)
        best = int(np.argmin(score))
        return None if math.isinf(score[best]) else self._position(best)

    def _position(self, i: int) -> Position:
        return Position(self._refs[i], float(self._x[i]), float(self._y[i]))


def reading_order(drawing: Drawing, *, rows: bool = False) -> list[Position]:
    """Return everything the keyboard can stand on, from left to right; with *rows* line by line from the top."""
    return Walk(drawing).order(rows=rows)


def neighbour(drawing: Drawing, ref: Ref, direction: Direction) -> Position | None:
    """Return what an arrow key leads to from *ref* (see `Walk.neighbour`)."""
    return Walk(drawing).neighbour(ref, direction)


def _visible(drawing: Drawing, x: float, y: float) -> Iterator[Item]:
    for layer in reversed(drawing.layers):
        if layer.clip is None or layer.clip.contains(x, y):
            yield from reversed(layer.items)


def _ref_at(refs: Sequence[Ref], index: Ints | None, i: int) -> Ref | None:
    k = i if index is None else int(index[i])
    return refs[k] if 0 <= k < len(refs) else None


def _nearest_mark(item: Marks, x: float, y: float, radius: float) -> tuple[Ref, float] | None:
    """Return the topmost mark that holds the point (distance 0), else the nearest whose rim is within *radius*."""
    sizes = np.asarray(item.size, dtype=np.float64)
    reach = radius + (float(sizes.max()) / 2 if sizes.size else 0.0)
    close = np.flatnonzero(np.abs(item.x - x) <= reach)
    close = close[np.abs(item.y[close] - y) <= reach]
    if len(close) == 0:
        return None
    half = sizes[close] / 2 if sizes.ndim else sizes / 2
    dx, dy = np.abs(item.x[close] - x), np.abs(item.y[close] - y)
    # A square is hit up to its corners; the other shapes are taken for the disc they are drawn in.
    distance = np.maximum((np.maximum(dx, dy) if item.shape == "square" else np.hypot(dx, dy)) - half, 0.0)
    if item.index is not None:
        distance = np.where((item.index[close] >= 0) & (item.index[close] < len(item.refs)), distance, np.inf)
    # Equal distances go to the mark drawn last, which is the one seen.
    best = len(close) - 1 - int(np.argmin(distance[::-1]))
    ref = _ref_at(item.refs, item.index, int(close[best]))
    return None if ref is None or distance[best] > radius else (ref, float(distance[best]))


def _in_text(item: Text, x: float, y: float, measure: Measure | None) -> bool:
    width = measure.width(item.text, item.size, item.weight) if measure else len(item.text) * item.size * _ADVANCE
    turn = math.radians(item.angle)
    dx, dy = x - item.x, y - item.y
    along = dx * math.cos(turn) + dy * math.sin(turn)
    above = dx * math.sin(turn) - dy * math.cos(turn)
    first = {"start": 0.0, "middle": -width / 2, "end": -width}[item.anchor]
    return first <= along <= first + width and -0.25 * item.size <= above <= 0.85 * item.size


def _hit_other(item: Item, x: float, y: float, radius: float) -> Ref | None:
    if isinstance(item, Box):
        return item.ref if item.ref is not None and _in_box(item, x, y) else None
    if isinstance(item, Segments | Curves) and item.refs:
        return _nearest_line(item, x, y, radius)
    if isinstance(item, Polyline) and item.ref is not None and len(item.x) > 1:
        if item.fill is not None and _in_polygon(item.x, item.y, x, y):
            return item.ref
        near = _segment_distance(item.x[:-1], item.y[:-1], x2=item.x[1:], y2=item.y[1:], x=x, y=y)
        return item.ref if float(near.min()) <= radius else None
    if isinstance(item, Raster) and item.refs and item.rect.contains(x, y):
        rows, columns = item.cells.shape
        row = min(int((y - item.rect.y) / item.rect.height * rows), rows - 1)
        column = min(int((x - item.rect.x) / item.rect.width * columns), columns - 1)
        return _ref_at(item.refs, None, row * columns + column)
    return None


def _in_box(item: Box, x: float, y: float) -> bool:
    # A bar of one day may be a hair wide; two pixels of grace make it a target.
    grace = max(0.0, 2.0 - min(item.rect.width, item.rect.height) / 2)
    return item.rect.inset(-grace).contains(x, y)


def _nearest_line(item: Segments | Curves, x: float, y: float, radius: float) -> Ref | None:
    reach = max(radius, item.pen.width / 2)
    xs, ys = [item.x1, item.x2], [item.y1, item.y2]
    if isinstance(item, Curves):
        xs.append(item.cx)
        ys.append(item.cy)
    close = np.flatnonzero(
        (np.minimum.reduce(xs) <= x + reach)
        & (np.maximum.reduce(xs) >= x - reach)
        & (np.minimum.reduce(ys) <= y + reach)
        & (np.maximum.reduce(ys) >= y - reach)
    )
    if len(close) == 0:
        return None
    if isinstance(item, Curves):
        t = np.linspace(0.0, 1.0, _CURVE_STEPS + 1)[:, None]
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        px = a * item.x1[close] + b * item.cx[close] + c * item.x2[close]
        py = a * item.y1[close] + b * item.cy[close] + c * item.y2[close]
        distance = _segment_distance(px[:-1], py[:-1], x2=px[1:], y2=py[1:], x=x, y=y).min(axis=0)
    else:
        distance = _segment_distance(item.x1[close], item.y1[close], x2=item.x2[close], y2=item.y2[close], x=x, y=y)
    best = len(close) - 1 - int(np.argmin(distance[::-1]))
    return _ref_at(item.refs, item.index, int(close[best])) if distance[best] <= reach else None


def _segment_distance(x1: Floats, y1: Floats, *, x2: Floats, y2: Floats, x: float, y: float) -> Floats:
    dx, dy = x2 - x1, y2 - y1
    length = np.maximum(dx * dx + dy * dy, 1e-12)
    t = np.clip(((x - x1) * dx + (y - y1) * dy) / length, 0.0, 1.0)
    distance: Floats = np.hypot(x1 + t * dx - x, y1 + t * dy - y)
    return distance


def _in_polygon(px: Floats, py: Floats, x: float, y: float) -> bool:
    qx, qy = np.roll(px, -1), np.roll(py, -1)
    crosses = (py > y) != (qy > y)
    at = px[crosses] + (y - py[crosses]) / (qy[crosses] - py[crosses]) * (qx[crosses] - px[crosses])
    return bool(np.count_nonzero(at > x) % 2)


def _intersection(a: Rect, b: Rect) -> Rect | None:
    left, top, right, bottom = max(a.x, b.x), max(a.y, b.y), min(a.right, b.right), min(a.bottom, b.bottom)
    return Rect(left, top, right - left, bottom - top) if left <= right and top <= bottom else None


def _inside(item: Item, area: Rect) -> Iterator[Ref]:
    if isinstance(item, Box):
        if item.ref is not None and item.ref.kind != "band" and _intersection(item.rect, area) is not None:
            yield item.ref
    elif isinstance(item, Marks | Segments | Curves) and item.refs:
        if isinstance(item, Marks):
            within = _within(item.x, item.y, area)
        else:
            within = _within(item.x1, item.y1, area) & _within(item.x2, item.y2, area)
        for i in np.flatnonzero(within).tolist():
            ref = _ref_at(item.refs, item.index, i)
            if ref is not None:
                yield ref


def _within(x: Floats, y: Floats, area: Rect) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return (x >= area.x) & (x <= area.right) & (y >= area.y) & (y <= area.bottom)


def _standing(drawing: Drawing) -> tuple[list[Ref], Floats, Floats]:
    """Return refs and positions of the marks and boxes inside their clips, each ref once, bands left out."""
    refs: dict[tuple[str, tuple[str, ...]], Ref] = {}
    points: list[tuple[float, float]] = []
    for layer in drawing.layers:
        area = layer.clip or Rect(0.0, 0.0, drawing.width, drawing.height)
        for item in layer.items:
            for ref, x, y in _stands(item, area):
                if refs.setdefault((ref.kind, ref.ids), ref) is ref and len(refs) > len(points):
                    points.append((x, y))
    positions = np.array(points, dtype=np.float64).reshape(-1, 2)
    return list(refs.values()), positions[:, 0], positions[:, 1]


def _stands(item: Item, area: Rect) -> Iterator[tuple[Ref, float, float]]:
    if isinstance(item, Box) and item.ref is not None and item.ref.kind != "band":
        seen = _intersection(item.rect, area)
        if seen is not None:
            yield item.ref, seen.x + seen.width / 2, seen.y + seen.height / 2
    elif isinstance(item, Marks) and item.refs:
        for i in np.flatnonzero(_within(item.x, item.y, area)).tolist():
            ref = _ref_at(item.refs, item.index, i)
            if ref is not None:
                yield ref, float(item.x[i]), float(item.y[i])
