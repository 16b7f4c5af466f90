"""From the spec of a roofline to a drawing."""

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Item, Layer, Marks, Pen, Polyline, Rect, Text
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.layout.number_plane import NumberPlane, number_plane, number_plane_layers
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.roofline.spec import Roof, RooflineSpec, attainable, ridge_of
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.i18n import _

_SIZE, _STEP = 11.5, 15.0
_MARK = 10.0


def draw(
    spec: RooflineSpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of *spec* in *frame* for the part of the data in *view*."""
    room = frame.plot
    made = number_plane(room, view, spec.x_axis, y_axis=spec.axis, measure=measure)
    plot = made.plot
    marks_clip = Rect(plot.x - 6, plot.y - 6, plot.width + 12, plot.height + 12)
    layers = [
        *number_plane_layers(made, room, palette, measure),
        Layer("ranges", tuple(_bands(spec, made, palette)), plot),
        Layer("roofs", tuple(_roofs(spec, made, palette)), plot),
        Layer("measured", tuple(_measured(spec, made, palette)), marks_clip),
        Layer("ridges", tuple(_ridges(spec, made, palette)), marks_clip),
        Layer("labels", tuple(_labels(spec, made, palette, measure))),
    ]
    if not spec.roofs:
        text = _("No record has a figure to compare under this convention.")
        middle = plot.x + plot.width / 2, plot.y + plot.height / 2
        layers.append(Layer("empty", (Text(*middle, text, 13.0, palette.ink_soft, anchor="middle"),)))
    return Drawing(
        size[0], size[1], palette.ground, plot,
        tuple(layer for layer in (*frame.layers, *layers) if layer.items), spec.caption.title, spec.summary,
    )  # fmt: skip


def _corners(made: NumberPlane, ridge: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the intensities at which a roof has corners: the ends of the view, and its ridge."""
    ends = 10.0 ** np.array(made.view.x)
    return np.array([ends[0], min(max(ridge, ends[0]), ends[1]), ends[1]], dtype=np.float64)


def _bands(spec: RooflineSpec, made: NumberPlane, palette: Palette) -> list[Item]:
    """Return the range of each roof: between the lowest peak with the lowest bandwidth and the highest of both."""
    items: list[Item] = []
    for roof in spec.roofs:
        if not (spec.band and roof.contested):
            continue
        sides = []
        for end in (0, 1):
            compute, bandwidth = roof.compute_range[end], roof.bandwidth_range[end]
            x = _corners(made, ridge_of(compute, bandwidth))
            sides.append((made.x(x), made.y(attainable(x, compute, bandwidth))))
        (low_x, low_y), (high_x, high_y) = sides
        ink = palette.colour(roof.colour)
        x, y = np.concatenate([low_x, high_x[::-1]]), np.concatenate([low_y, high_y[::-1]])
        items.append(Polyline(x, y, None, ink[:7] + "26", ref=roof.ref))
    return items


def _roofs(spec: RooflineSpec, made: NumberPlane, palette: Palette) -> list[Item]:
    items: list[Item] = []
    for roof in spec.roofs:
        x = _corners(made, roof.ridge)
        dash = (7.0, 4.0) if roof.hollow else ()
        pen = Pen(palette.colour(roof.colour), 2.0, dash)
        items.append(Polyline(made.x(x), made.y(attainable(x, roof.compute, roof.bandwidth)), pen, ref=roof.ref))
    return items


def _ridges(spec: RooflineSpec, made: NumberPlane, palette: Palette) -> list[Item]:
    items: list[Item] = []
    for roof in spec.roofs:
        ink = palette.colour(roof.colour)
        at = made.x(np.array([roof.ridge])), made.y(np.array([roof.compute]))
        fill, pen = (palette.ground, Pen(ink, 2.0)) if roof.hollow else (ink, Pen(palette.ground, 1.0))
        items.append(Marks(roof.shape, *at, _MARK, fill, pen, refs=(roof.ref,)))
    return items


def _measured(spec: RooflineSpec, made: NumberPlane, palette: Palette) -> list[Item]:
    items: list[Item] = []
    for roof in spec.roofs:
        if roof.measured:
            x = made.x(np.array([one.intensity for one in roof.measured]))
            y = made.y(np.array([one.value for one in roof.measured]))
            pen = Pen(palette.colour(roof.colour), 1.75)
            items.append(Marks("cross", x, y, 8.0, None, pen, refs=tuple(one.ref for one in roof.measured)))
    return items


def _labels(spec: RooflineSpec, made: NumberPlane, palette: Palette, measure: Measure) -> list[Item]:
    """Return the names at the right over the flat parts, or below them where another roof is close above."""
    plot = made.plot
    found: list[tuple[float, Roof]] = []
    for roof in spec.roofs:
        y = float(made.y(np.array([roof.compute]))[0])
        if plot.y - 2 <= y <= plot.bottom and made.x(np.array([roof.ridge]))[0] < plot.right - 20:
            found.append((y, roof))
    found.sort(key=lambda one: one[0])
    items: list[Item] = []
    taken: list[tuple[float, float, float]] = []  # left, top and bottom of the names so far
    lines = [y for y, _roof in found]
    for place, (y, roof) in enumerate(found):
        wide = measure.width(roof.label, _SIZE, 500)
        clear_above = y - (lines[place - 1] if place else plot.y - _STEP)
        clear_below = (lines[place + 1] if place + 1 < len(lines) else plot.bottom + _STEP) - y
        base = y - 5 if clear_above >= _STEP or clear_above >= clear_below else y + 13
        right = plot.right - 4
        for left, top, bottom in taken:
            if base - 11 < bottom and base + 3 > top:
                right = min(right, left - 12)
        if right - wide < plot.x:
            continue
        taken.append((right - wide, base - 11, base + 3))
        items.append(Text(right, base, roof.label, _SIZE, palette.colour(roof.colour), 500, "end",
                          halo=palette.ground, ref=roof.ref))  # fmt: skip
    return items
