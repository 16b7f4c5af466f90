"""Remarks on a figure, drawn as a part of it: texts, arrows, reference lines, growth from one value to another."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np

from chipscape_db.figure_content import Annotation
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Anchor, Drawing, Item, Layer, Marks, Pen, Rect, Ref, Segments, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.i18n import _

GrowthWords: TypeAlias = Callable[[tuple[float, float], tuple[float, float]], str]
_SIZE, _HEAD = 12.0, 9.0
_Place: TypeAlias = tuple[float, float]


def entitled(spec: Any, title: str) -> Any:
    """Return a spec with a title of its own; with its usual one where *title* is empty."""
    return replace(spec, caption=replace(spec.caption, title=title)) if title else spec


def annotate(
    drawing: Drawing, annotations: Sequence[Annotation], view: View, *, palette: Palette, measure: Measure,
    growth: GrowthWords | None = None,
) -> Drawing:  # fmt: skip
    """Return the drawing with the annotations over its data; those out of view are left out.

    *view* is what the drawing's plot shows; *growth* says what lies between two points of it. Each remark's ref has the
    kind `annotation`, and its number as its id.
    """
    plot = drawing.plot
    items: list[Item] = []
    for number, one in enumerate(annotations):
        places = [_place(point, view, plot) for point in one.points]
        text = one.text
        if one.kind == "growth" and growth is not None:
            text = " ".join(filter(None, (text, growth(one.points[0], one.points[1]))))
        ref = Ref("annotation", (str(number),), text or _("Remark"))
        items += _drawn(one.kind, places, text, plot, palette=palette, measure=measure, ref=ref)
    layer = Layer("annotations", tuple(items), Rect(plot.x, plot.y, plot.width, plot.height))
    return replace(drawing, layers=(*drawing.layers, layer)) if items else drawing


def _place(point: tuple[float, float], view: View, plot: Rect) -> _Place:
    (x0, x1), (y0, y1) = view.x, view.y
    return (
        plot.x + (point[0] - x0) / (x1 - x0) * plot.width,
        plot.bottom - (point[1] - y0) / (y1 - y0) * plot.height,
    )


def _drawn(
    kind: str, places: Sequence[_Place], text: str, plot: Rect, *, palette: Palette, measure: Measure, ref: Ref
) -> list[Item]:
    x, y = places[0]
    pen = Pen(palette.ink, 1.25)
    width = measure.width(text, _SIZE, 600)
    if kind == "text":
        return [_text(x, y + 4, text, "middle", palette, ref)]
    if kind == "line-across":
        ends = (np.array([plot.x]), np.array([y]), np.array([plot.right]), np.array([y]))
        words = _text(plot.right - 6, y - 5, text, "end", palette, ref)
        return [_line(ends, Pen(palette.ink, 1.25, (6.0, 4.0)), ref), words]
    if kind == "line-down":
        ends = (np.array([x]), np.array([plot.y]), np.array([x]), np.array([plot.bottom]))
        near_edge = x + width + 12 > plot.right
        at: _Place = (x - 6 if near_edge else x + 6, plot.y + 14)
        side: Anchor = "end" if near_edge else "start"
        return [_line(ends, Pen(palette.ink, 1.25, (6.0, 4.0)), ref), _text(*at, text, side, palette, ref)]
    to_x, to_y = places[1]
    items: list[Item] = [*_arrow((x, y), (to_x, to_y), pen, palette, ref)]
    if kind == "growth":
        items.append(_text((x + to_x) / 2, (y + to_y) / 2 - 8, text, "middle", palette, ref))
    else:
        items.append(_text(x, y + (14 if to_y < y else -5), text, "middle", palette, ref))
    return items


def _arrow(start: _Place, end: _Place, pen: Pen, palette: Palette, ref: Ref) -> list[Item]:
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    if length < 1:
        return []
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    neck = (end[0] - along[0] * _HEAD / 2, end[1] - along[1] * _HEAD / 2)
    ends = (np.array([start[0]]), np.array([start[1]]), np.array([neck[0]]), np.array([neck[1]]))
    angle = np.degrees(np.arctan2([along[1]], [along[0]]))
    head = Marks("arrow", np.array([neck[0]]), np.array([neck[1]]), _HEAD, palette.ink, None, angle=angle, refs=(ref,))
    return [_line(ends, pen, ref), head]


def _line(ends: tuple[Any, Any, Any, Any], pen: Pen, ref: Ref) -> Segments:
    return Segments(*ends, pen, refs=(ref,))


def _text(x: float, y: float, text: str, anchor: Anchor, palette: Palette, ref: Ref) -> Text:
    return Text(x, y, text, _SIZE, palette.ink, 600, anchor, halo=palette.ground, ref=ref)
