"""Remarks on a figure, drawn as a part of it: texts, arrows, reference lines, growth and difference between values.

A remark keeps clear of the labels: its words stand where they were put, or at the nearest free place, with a line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from chipscape_db.figure_content import Annotation
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import (
    Anchor,
    Drawing,
    Floats,
    Item,
    Layer,
    Marks,
    Pen,
    Rect,
    Ref,
    Segments,
    Text,
)
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.i18n import _

BetweenWords: TypeAlias = Callable[[tuple[float, float], tuple[float, float]], str]
_SIZE, _HEAD = 12.0, 9.0
_ASCENT, _DESCENT = 10.0, 4.0
_RINGS = (15.0, 30.0, 46.0, 66.0, 92.0)
_AROUND = ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))
_ASIDE = 1.8  # words are wider than high
_LINE_FROM = 20.0  # pixels away from its place, from where on a line leads from the words to it
_MOST_MARKS = 1500  # of a batch; a crowd leaves no free place anyway
_Place: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Between:
    """What a figure says of two points of its view: how one value grew to the other, and how far apart they are.

    `axis` is the one along which the values lie, `x` or `y`.
    """

    growth: BetweenWords | None = None
    difference: BetweenWords | None = None
    axis: str = "y"


def entitled(spec: Any, title: str) -> Any:
    """Return a spec with a title of its own; with its usual one where *title* is empty."""
    return replace(spec, caption=replace(spec.caption, title=title)) if title else spec


def annotate(
    drawing: Drawing, annotations: Sequence[Annotation], view: View, *, palette: Palette, measure: Measure,
    between: Between | None = None,
) -> Drawing:  # fmt: skip
    """Return the drawing with the annotations over its data; those out of view are left out.

    *view* is what the drawing's plot shows, and each of its small figures where there are several: then each has the
    remarks. Each remark's ref has the kind `annotation`, and its number as its id.
    """
    said = between or Between()
    layers = []
    for plot in drawing.panels or (drawing.plot,):
        pen = _Writer(drawing, plot, palette, measure)
        items: list[Item] = []
        for number, one in enumerate(annotations):
            places = [_place(point, view, plot) for point in one.points]
            words = {"growth": said.growth, "difference": said.difference}.get(one.kind)
            text = one.text
            if words is not None:
                text = " ".join(filter(None, (text, words(one.points[0], one.points[1]))))
            items += pen.drawn(
                one.kind, places, text, Ref("annotation", (str(number),), text or _("Remark")), said.axis
            )
        if items:
            layers.append(Layer("annotations", tuple(items), plot))
    return replace(drawing, layers=(*drawing.layers, *layers)) if layers else drawing


def _place(point: tuple[float, float], view: View, plot: Rect) -> _Place:
    (x0, x1), (y0, y1) = view.x, view.y
    return (
        plot.x + (point[0] - x0) / (x1 - x0) * plot.width,
        plot.bottom - (point[1] - y0) / (y1 - y0) * plot.height,
    )


class _Writer:
    """Draws remarks on one plot, each clear of the labels, the marks and the remarks before it."""

    def __init__(self, drawing: Drawing, plot: Rect, palette: Palette, measure: Measure) -> None:
        self._plot, self._palette, self._measure = plot, palette, measure
        self._texts, self._marks = _taken(drawing, plot, measure)

    def drawn(self, kind: str, places: Sequence[_Place], text: str, ref: Ref, axis: str) -> list[Item]:
        """Return the items of one remark."""
        (x, y), plot = places[0], self._plot
        pen = Pen(self._palette.ink, 1.25)
        if kind == "text":
            return self._words(x, y + 4, text, "middle", ref)
        if kind == "line-across":
            line = _line((plot.x, y), (plot.right, y), Pen(self._palette.ink, 1.25, (6.0, 4.0)), ref)
            return [line, *self._words(plot.right - 6, y - 5, text, "end", ref, along=True)]
        if kind == "line-down":
            near_edge = x + self._measure.width(text, _SIZE, 600) + 12 > plot.right
            line = _line((x, plot.y), (x, plot.bottom), Pen(self._palette.ink, 1.25, (6.0, 4.0)), ref)
            side: Anchor = "end" if near_edge else "start"
            return [line, *self._words(x - 6 if near_edge else x + 6, plot.y + 14, text, side, ref, along=True)]
        to = places[1]
        if kind == "difference":
            corner = (to[0], y) if axis == "y" else (x, to[1])
            leader = _line((x, y), corner, Pen(self._palette.ink, 1.0, (2.0, 3.0)), ref)
            middle = (corner[0] + to[0]) / 2, (corner[1] + to[1]) / 2
            words = (
                self._words(middle[0] + 8, middle[1] + 4, text, "start", ref)
                if axis == "y"
                else self._words(middle[0], middle[1] - 8, text, "middle", ref)
            )
            return [leader, *_arrow(corner, to, pen, self._palette, ref), *words]
        items: list[Item] = [*_arrow((x, y), to, pen, self._palette, ref)]
        if kind == "growth":
            return [*items, *self._words((x + to[0]) / 2, (y + to[1]) / 2 - 8, text, "middle", ref)]
        return [*items, *self._words(x, y + (14 if to[1] < y else -5), text, "middle", ref)]

    def _words(self, x: float, y: float, text: str, anchor: Anchor, ref: Ref, *, along: bool = False) -> list[Item]:
        """Return the words at the free place nearest to the one wanted; those *along* a line need no line to it."""
        if not text:
            return []
        wide = self._measure.width(text, _SIZE, 600)
        start = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        dx, dy = self._shift(Rect(start, y - _ASCENT, wide, _ASCENT + _DESCENT))
        box = Rect(start + dx, y + dy - _ASCENT, wide, _ASCENT + _DESCENT)
        self._texts = np.concatenate([self._texts, [[box.x, box.y, box.right, box.bottom]]])
        words = Text(x + dx, y + dy, text, _SIZE, self._palette.ink, 600, anchor, halo=self._palette.ground, ref=ref)
        if along or float(np.hypot(dx, dy)) < _LINE_FROM:
            return [words]
        near = min(max(x, box.x), box.right), (box.bottom if box.bottom < y else box.y)
        return [_line((x, y - 4), near, Pen(self._palette.ink, 0.75), ref), words]

    def _shift(self, box: Rect) -> _Place:
        """Return by how much a box must move to lie over no label, and, where that can be, over no mark."""
        tries = [(0.0, 0.0)]
        tries += [(_ASIDE * ring * across, ring * down) for ring in _RINGS for across, down in _AROUND]
        clear_of_texts: list[_Place] = []
        for dx, dy in tries:
            moved = Rect(box.x + dx, box.y + dy, box.width, box.height)
            if (dx or dy) and not (
                self._plot.contains(moved.x, moved.y) and self._plot.contains(moved.right, moved.bottom)
            ):
                continue
            if _free(moved, self._texts):
                if _free(moved, self._marks):
                    return dx, dy
                clear_of_texts.append((dx, dy))
        return clear_of_texts[0] if clear_of_texts else (0.0, 0.0)


def _taken(drawing: Drawing, plot: Rect, measure: Measure) -> tuple[Floats, Floats]:
    """Return the boxes of the texts and of the marks inside a plot, as (left, top, right, bottom), one a row."""
    texts, marks = [np.zeros((0, 4))], [np.zeros((0, 4))]
    for layer in drawing.layers:
        for item in layer.items:
            if isinstance(item, Text) and plot.contains(item.x, item.y):
                wide = measure.width(item.text, item.size, item.weight)
                left = item.x - {"start": 0.0, "middle": wide / 2, "end": wide}[item.anchor]
                texts.append(np.array([[left, item.y - 0.8 * item.size, left + wide, item.y + 0.25 * item.size]]))
            elif isinstance(item, Marks) and item.refs and len(item.x) <= _MOST_MARKS:
                half = np.broadcast_to(np.asarray(item.size, dtype=np.float64) / 2, item.x.shape)
                marks.append(np.stack([item.x - half, item.y - half, item.x + half, item.y + half], axis=1))
    return np.concatenate(texts), np.concatenate(marks)


def _free(box: Rect, taken: Floats) -> bool:
    over = (taken[:, 0] < box.right) & (taken[:, 2] > box.x) & (taken[:, 1] < box.bottom) & (taken[:, 3] > box.y)
    return not bool(over.any())


def _arrow(start: _Place, end: _Place, pen: Pen, palette: Palette, ref: Ref) -> list[Item]:
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    if length < 1:
        return []
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    neck = (end[0] - along[0] * _HEAD / 2, end[1] - along[1] * _HEAD / 2)
    angle = np.degrees(np.arctan2([along[1]], [along[0]]))
    head = Marks("arrow", np.array([neck[0]]), np.array([neck[1]]), _HEAD, palette.ink, None, angle=angle, refs=(ref,))
    return [_line(start, neck, pen, ref), head]


def _line(start: _Place, end: _Place, pen: Pen, ref: Ref) -> Segments:
    return Segments(
        np.array([start[0]]), np.array([start[1]]), np.array([end[0]]), np.array([end[1]]), pen, refs=(ref,)
    )
