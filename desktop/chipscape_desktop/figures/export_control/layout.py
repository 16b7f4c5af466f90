"""From the spec of the export-control figure to a drawing."""

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Curves, Drawing, Floats, Item, Layer, Marks, Pen, Rect, Segments, Text
from chipscape_desktop.figures.export_control.names import name_items
from chipscape_desktop.figures.export_control.plane import PlaneAxes, axis_layers, plane_axes, region_layers
from chipscape_desktop.figures.export_control.spec import Bools, ExportSpec, Margin
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.i18n import _, ngettext

MARK = 9.0
_BLEED = 6.0
_CAP = 3.5
_BEND = 0.14
_SHORTEST = 26.0  # pixels between two marks below which an arrow would be nothing but its head


def draw(
    spec: ExportSpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of *spec* in *frame* for the part of the plane in *view*."""
    made = plane_axes(spec, frame.plot, view, measure)
    plot = made.plot
    x, y = made.x(spec.chips.x), made.y(spec.chips.y)
    seen = (x >= plot.x) & (x <= plot.right) & (y >= plot.y) & (y <= plot.bottom)
    whiskers, bars = _whiskers(spec, made, x, y, palette=palette)
    arrows, paths = _trail(spec, x, y, seen, top=plot.y, palette=palette)
    marks = np.stack([x, y, x, y], axis=1)[seen] + np.array([-1, -1, 1, 1]) * (MARK / 2 + 1)
    marks = marks.reshape(-1, 4)
    regions, boxes = region_layers(made, spec, palette, measure, np.concatenate([marks, bars]))
    taken = np.array([(one.x, one.y, one.right, one.bottom) for one in boxes], dtype=np.float64).reshape(-1, 4)
    names, dropped = name_items(
        spec, plot, x, y, seen=seen, obstacles=np.concatenate([bars, paths, taken]), palette=palette, measure=measure
    )
    note = ""
    if dropped:
        note = ngettext("{count} label found no room", "{count} labels found no room", dropped).format(count=dropped)
    data = Rect(plot.x - _BLEED, plot.y - _BLEED, plot.width + 2 * _BLEED, plot.height + 2 * _BLEED)
    grid, axes = axis_layers(made, spec, frame.plot, palette, measure, note=note)
    layers = [
        regions[0],
        grid,
        axes,
        Layer("trail", tuple(arrows), data),
        Layer("whiskers", tuple(whiskers), plot),
        regions[1],
        Layer("values", tuple(_values(spec, x, y, seen, palette=palette)), data),
        Layer("missing", tuple(_margins(spec, made, palette))),
        Layer("labels", names),
    ]
    if not spec.plane.regions or not (len(spec.chips.x) or len(spec.below.value) or len(spec.beside.value)):
        layers.append(Layer("empty", (_empty(spec, plot, palette),)))
    return Drawing(
        size[0], size[1], palette.ground, plot,
        tuple(layer for layer in (*frame.layers, *layers) if layer.items),
        spec.caption.title, spec.summary, dropped,
    )  # fmt: skip


def _values(spec: ExportSpec, x: Floats, y: Floats, seen: Bools, *, palette: Palette) -> list[Item]:
    chips, items = spec.chips, []
    for named in (False, True):
        for hollow in (True, False):
            for number, name in enumerate(spec.colours):
                picked = np.flatnonzero(
                    seen & (chips.named == named) & (chips.hollow == hollow) & (chips.colour == number)
                )
                if len(picked) == 0:
                    continue
                ink = palette.colour(name)
                fill, pen = (palette.ground, Pen(ink, 1.75)) if hollow else (ink, Pen(palette.ground, 1.0))
                items.append(
                    Marks("square" if named else "disc", x[picked], y[picked], MARK, fill, pen,
                          refs=chips.refs, index=picked)
                )  # fmt: skip
    return list(items)


def _whiskers(
    spec: ExportSpec, made: PlaneAxes, x: Floats, y: Floats, *, palette: Palette
) -> tuple[list[Item], Floats]:
    """Return the ranges on both axes, cut off at the plot, and their boxes as obstacles."""
    chips, plot = spec.chips, made.plot
    left, right = (np.clip(made.x(one), plot.x, plot.right) for one in (chips.x_low, chips.x_high))
    bottom, top = (np.clip(made.y(one), plot.y, plot.bottom) for one in (chips.y_low, chips.y_high))
    inside_y, inside_x = (y >= plot.y) & (y <= plot.bottom), (x >= plot.x) & (x <= plot.right)
    wide, high = inside_y & (right - left > 2), inside_x & (bottom - top > 2)
    items: list[Item] = []
    for number, name in enumerate(spec.colours):
        for rows, flat in ((wide, True), (high, False)):
            i = np.flatnonzero(rows & (chips.colour == number))
            if len(i) == 0:
                continue
            a, b, at = (left[i], right[i], y[i]) if flat else (bottom[i], top[i], x[i])
            along1, along2 = np.concatenate([a, a, b]), np.concatenate([b, a, b])
            across1, across2 = np.concatenate([at, at - _CAP, at - _CAP]), np.concatenate([at, at + _CAP, at + _CAP])
            ends = (along1, across1, along2, across2) if flat else (across1, along1, across2, along2)
            index = np.concatenate([i] * 3)
            # A range that goes on beyond the plot ends in no cap.
            inner = np.concatenate(
                [np.ones(len(i), dtype=np.bool_), *(_within(one, made, flat=flat) for one in (a, b))]
            )
            ends, index = tuple(one[inner] for one in ends), index[inner]
            items.append(
                Segments(
                    ends[0], ends[1], ends[2], ends[3], Pen(palette.colour(name), 1.5), refs=chips.refs, index=index
                )
            )
    across = np.stack([left, y - _CAP, right, y + _CAP], axis=1)[wide]
    down = np.stack([x - _CAP, top, x + _CAP, bottom], axis=1)[high]
    return items, np.concatenate([across, down])


def _within(at: Floats, made: PlaneAxes, *, flat: bool) -> Bools:
    plot = made.plot
    low, high = (plot.x, plot.right) if flat else (plot.y, plot.bottom)
    return np.asarray((at > low) & (at < high), dtype=np.bool_)


def _trail(
    spec: ExportSpec, x: Floats, y: Floats, seen: Bools, *, top: float, palette: Palette
) -> tuple[list[Item], Floats]:
    """Return the arrows, one where several would lie on each other, and small boxes along them as obstacles."""
    start, end = spec.trail.start, spec.trail.end
    dx, dy = x[end] - x[start], y[end] - y[start]
    length = np.hypot(dx, dy)
    places = np.stack([x[start], y[start], x[end], y[end]], axis=1).round().astype(np.int64)
    first = np.zeros(len(start), dtype=np.bool_)
    if len(start):
        first[np.unique(places, axis=0, return_index=True)[1]] = True
    kept = np.flatnonzero(first & (length > _SHORTEST) & seen[start] & seen[end])
    if len(kept) == 0:
        return [], np.zeros((0, 4))
    # Bent a little, so that an arrow does not run through the chips on the straight way.
    a, b = start[kept], end[kept]
    middle = (y[a] + y[b]) / 2
    bend = np.where(middle + dx[kept] * _BEND < top, -_BEND, _BEND)  # downwards where it would leave the plot
    cx, cy = (x[a] + x[b]) / 2 - dy[kept] * bend, middle + dx[kept] * bend
    x1, y1 = _off(x[a], y[a], cx, cy, by=MARK / 2 + 2)
    x2, y2 = _off(x[b], y[b], cx, cy, by=MARK / 2 + 6)
    refs, ink = spec.trail.refs, palette.ink_soft
    angle = np.degrees(np.arctan2(y2 - cy, x2 - cx))
    items: list[Item] = [
        Curves(x1, y1, cx, cy, x2, y2, Pen(ink, 1.25), refs=refs, index=kept),
        Marks("arrow", x2, y2, 9.0, ink, None, angle=angle, refs=refs, index=kept),
    ]
    boxes = [np.zeros((0, 4))]
    for i in range(len(kept)):
        steps = np.linspace(0.0, 1.0, max(2, int(length[kept[i]] // 5)))
        px = (1 - steps) ** 2 * x1[i] + 2 * steps * (1 - steps) * cx[i] + steps**2 * x2[i]
        py = (1 - steps) ** 2 * y1[i] + 2 * steps * (1 - steps) * cy[i] + steps**2 * y2[i]
        boxes.append(np.stack([px - 3, py - 3, px + 3, py + 3], axis=1))
    return items, np.concatenate(boxes)


def _off(x: Floats, y: Floats, to_x: Floats, to_y: Floats, *, by: float) -> tuple[Floats, Floats]:
    """Return the points *by* pixels from (x, y) towards another."""
    length = np.maximum(np.hypot(to_x - x, to_y - y), 1.0)
    return x + (to_x - x) / length * by, y + (to_y - y) / length * by


def _margins(spec: ExportSpec, made: PlaneAxes, palette: Palette) -> list[Item]:
    """Return open, dashed marks for chips that have a place on one axis only."""
    foot, side = made.foot, made.side
    x, y = made.x(spec.below.value), made.y(spec.beside.value)
    rows = [
        (spec.below, x, np.full(len(x), foot.y + foot.height / 2), (x >= foot.x) & (x <= foot.right)),
        (spec.beside, np.full(len(y), side.x + side.width / 2), y, (y >= side.y) & (y <= side.bottom)),
    ]
    items: list[Item] = []
    for margin, at_x, at_y, seen in rows:
        items += _dashed(margin, at_x, at_y, seen, spec=spec, palette=palette)
    return items


def _dashed(margin: Margin, x: Floats, y: Floats, seen: Bools, *, spec: ExportSpec, palette: Palette) -> list[Item]:
    found: list[Item] = []
    for number, name in enumerate(spec.colours):
        picked = np.flatnonzero(seen & (margin.colour == number))
        if len(picked):
            pen = Pen(palette.colour(name), 1.5, (2.5, 2.0))
            found.append(Marks("disc", x[picked], y[picked], 8.5, None, pen, refs=margin.refs, index=picked))
    return found


def _empty(spec: ExportSpec, plot: Rect, palette: Palette) -> Text:
    text = (
        _("No chip passes the filters.")
        if spec.plane.regions
        else _("On that day no rule of the base classed chips by numbers.")
    )
    return Text(plot.x + plot.width / 2, plot.y - 8, text, 13.0, palette.ink_soft, anchor="middle", halo=palette.ground)
