"""From the spec of performance over time to a drawing."""

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import (
    Box,
    Drawing,
    Floats,
    Item,
    Layer,
    Marks,
    Pen,
    Polyline,
    Rect,
    Segments,
    Shape,
    Text,
)
from chipscape_desktop.figures.layout.facets import facet_heads, facet_rooms
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.axes import Axes, axes, axis_layers
from chipscape_desktop.figures.performance.density import density
from chipscape_desktop.figures.performance.point_labels import (
    ARROW_AWAY,
    MARK,
    TREND_SIZE,
    TREND_SWATCH,
    VAGUE_PX,
    label_items,
    trend_key,
)
from chipscape_desktop.figures.performance.seen import Cells, Seen
from chipscape_desktop.figures.performance.spec import FRONT, PerformanceSpec
from chipscape_desktop.figures.readings.claim_marks import claim_marks
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.i18n import _, ngettext

_MOST_SPANS = 600
_LATER_PX = 26.0
_CROWD, _SMALL = 3000, 5.0
_MULTITUDE = 20_000
_BLEED = 6.0  # how far marks may reach over the edge of the plot


def draw(
    spec: PerformanceSpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of *spec* in *frame* for the part of the data in *view*."""
    if not spec.facets:
        layers, plot, dropped = _panel(spec, frame.plot, view, palette=palette, measure=measure)
        panels: tuple[Rect, ...] = ()
    else:
        rooms = facet_rooms(len(spec.facets), frame.plot)
        layers = [facet_heads([title for title, _spec in spec.facets], rooms, palette, measure)]
        dropped, plots = 0, []
        for (_title, part), room in zip(spec.facets, rooms, strict=True):
            found, plot, lost = _panel(part, room, view, palette=palette, measure=measure)
            layers += found
            plots.append(plot)
            dropped += lost
        plot, panels = plots[0], tuple(plots)
    return Drawing(
        size[0], size[1], palette.ground, plot,
        tuple(layer for layer in (*frame.layers, *layers) if layer.items), spec.caption.title, spec.summary, dropped,
        panels=panels,
    )  # fmt: skip


def _panel(
    spec: PerformanceSpec, room: Rect, view: View, *, palette: Palette, measure: Measure
) -> tuple[list[Layer], Rect, int]:
    """Return the layers of one figure in *room*, the area of its data, and how many labels found no room."""
    made = axes(room, view, spec.axis, measure, with_strip=len(spec.absent.x) > 0)
    plot = made.plot
    seen = _placed(spec, made)
    labels, dropped = label_items(spec, made, seen, palette, measure)
    note = ""
    if dropped:
        note = ngettext("{count} label found no room", "{count} labels found no room", dropped).format(count=dropped)
    data = Rect(plot.x - _BLEED, plot.y - _BLEED, plot.width + 2 * _BLEED, plot.height + _BLEED)
    layers = [
        *axis_layers(made, room, spec.axis, palette, measure, note=note),
        Layer("frontier", tuple(_frontiers(spec, made, palette)), data),
        Layer("trends", tuple(_trends(spec, made, palette, measure)), data),
        Layer("reference", tuple(_reference(spec, made, palette)), data),
        Layer("dates", tuple(_spans(spec, made, seen, palette)), data),
        Layer("whiskers", tuple(_whiskers(spec, made, seen, palette)), data),
        Layer("claims", tuple(_ticks(spec, made, palette)), data),
        Layer("values", tuple(_values(spec, seen, plot, palette)), data),
        Layer("missing", tuple(_absent(spec, made, palette)), _widened(made.strip)),
        Layer("labels", labels),
    ]
    if not len(spec.points.x):
        layers.append(Layer("empty", (_empty(plot, palette),)))
    return layers, plot, dropped


def _widened(strip: Rect) -> Rect:
    return Rect(strip.x - _BLEED, strip.y, strip.width + 2 * _BLEED, strip.height)


def _placed(spec: PerformanceSpec, made: Axes) -> Seen:
    points, (x0, x1), (y0, y1) = spec.points, made.view.x, made.view.y
    days, per_px = points.x, (x1 - x0) / made.plot.width
    values = points.level
    reach, reach_y = _BLEED * per_px, _BLEED * (y1 - y0) / made.plot.height
    inside = (days >= x0 - reach) & (days <= x1 + reach)
    inside &= values >= y0 - reach_y
    inside &= values <= y1 + reach_y
    index = np.flatnonzero(inside)
    if len(index) < len(days):
        days, values = days[index], values[index]
    y = values * (-made.plot.height / (y1 - y0))
    y += made.plot.bottom + y0 * made.plot.height / (y1 - y0)
    return Seen(index, made.x(days), y, Cells())


def _values(spec: PerformanceSpec, seen: Seen, plot: Rect, palette: Palette) -> list[Item]:
    """Return the marks of the values; contested ones and those that led lie over the rest.

    Marks of a crowd are small, of one colour and without rims, which lets the painter put them down together; of a
    multitude all but those in front are a grid of cells.
    """
    points = spec.points
    crowded = len(seen.index) > _CROWD
    size: Floats | float
    batches = points.batch[seen.index]
    items: list[Item] = []
    single = np.arange(len(batches))
    if len(seen.index) > _MULTITUDE:
        items.append(density(spec, seen, batches, plot, palette=palette))
        single = np.flatnonzero(batches >= FRONT)
        batches = batches[single]
    for batch in np.flatnonzero(np.bincount(batches)).tolist():
        own = single[batches == batch]
        index = seen.index[own]
        first = int(index[0])
        ink = palette.colour(spec.colours[int(points.colour[first])])
        converted = points.converted is not None and bool(points.converted[first])
        shape: Shape = "square" if converted else "diamond" if points.special[first] else "disc"
        fill: str | None
        pen: Pen | None
        if points.hollow[first]:
            size, fill, pen = MARK - 0.5, palette.ground, Pen(ink, 1.75)
        else:
            size, fill, pen = MARK, ink, Pen(palette.ground, 1.0)
        if crowded:
            size, fill, pen = _SMALL, None if points.hollow[first] else fill, pen if points.hollow[first] else None
        elif points.size is not None:
            size = points.size[index]
        items.append(Marks(shape, seen.x[own], seen.y[own], size, fill, pen, refs=points.refs, index=index))
    return [*items, *_limits(spec, seen, palette)]


def _limits(spec: PerformanceSpec, seen: Seen, palette: Palette) -> list[Item]:
    """Return arrows away from values that are limits only."""
    if not spec.points.limit.any():
        return []
    limit = spec.points.limit[seen.index]
    items: list[Item] = []
    for side in (-1, 1):
        for number, name in enumerate(spec.colours):
            picked = np.flatnonzero((limit == side) & (spec.points.colour[seen.index] == number))
            if len(picked):
                items.append(
                    Marks(
                        "arrow", seen.x[picked], seen.y[picked] - side * ARROW_AWAY, 8.0, palette.colour(name), None,
                        angle=np.full(len(picked), -90.0 * side), refs=spec.points.refs, index=seen.index[picked],
                    )
                )  # fmt: skip
    return items


def _whiskers(spec: PerformanceSpec, made: Axes, seen: Seen, palette: Palette) -> list[Item]:
    points = spec.points
    rows = np.flatnonzero(points.contested & (points.x >= made.view.x[0]) & (points.x <= made.view.x[1]))
    items: list[Item] = []
    for number, name in enumerate(spec.colours):
        picked = rows[points.colour[rows] == number]
        if len(picked) == 0:
            continue
        x = made.x(points.x[picked])
        low = made.y(points.low[picked], log=spec.axis.log)
        high = made.y(points.high[picked], log=spec.axis.log)
        if len(seen.index) > _MULTITUDE:  # nobody can tell the caps of whiskers apart
            items.append(Segments(x, low, x, high, Pen(palette.colour(name), 1.5), refs=points.refs, index=picked))
            continue
        index = np.concatenate([picked] * 3)
        x1, x2 = np.concatenate([x, x - 4, x - 4]), np.concatenate([x, x + 4, x + 4])
        y1, y2 = np.concatenate([low, low, high]), np.concatenate([high, low, high])
        items.append(Segments(x1, y1, x2, y2, Pen(palette.colour(name), 1.5), refs=points.refs, index=index))
    return items


def _ticks(spec: PerformanceSpec, made: Axes, palette: Palette) -> list[Item]:
    ticks, points = spec.ticks, spec.points
    if len(ticks.point) == 0:
        return []
    x = made.x(points.x[ticks.point])
    y = made.y(ticks.value, log=spec.axis.log)
    colour = points.colour[ticks.point]
    items: list[Item] = []
    for number, name in enumerate(spec.colours):
        own = np.flatnonzero(colour == number)
        if len(own):
            items += claim_marks(
                x[own], y[own], ticks.style[own], ink=palette.colour(name), palette=palette, refs=ticks.refs, index=own
            )
    return items


def _spans(spec: PerformanceSpec, made: Axes, seen: Seen, palette: Palette) -> list[Item]:
    """Return bars over the days that a vague date may mean, and to the right of a mere announcement."""
    points = spec.points
    if len(seen.index) > _MULTITUDE:
        return []
    left, right = made.x(points.first[seen.index]), made.x(points.last[seen.index])
    later = points.later[seen.index]
    wanted = np.flatnonzero((right - left > VAGUE_PX) | later)
    if len(wanted) > _MOST_SPANS:
        return []
    items: list[Item] = []
    for i in wanted.tolist():
        start, end = float(left[i]), float(right[i])
        if later[i]:
            start, end = float(seen.x[i]), max(end, float(seen.x[i])) + _LATER_PX
            fade = (0.0, end - start)
        else:
            fade = ((end - start) / 2, (end - start) / 2)
        ink = palette.colour(spec.colours[int(points.colour[seen.index[i]])])
        items.append(Box(Rect(start, float(seen.y[i]) - 1.5, end - start, 3.0), ink + "99", fade=fade))
    return items


def _frontiers(spec: PerformanceSpec, made: Axes, palette: Palette) -> list[Item]:
    return [
        Polyline(
            made.x(line.x), made.y(line.value, log=spec.axis.log), Pen(palette.colour(spec.colours[line.colour]) + "8c")
        )
        for line in spec.frontiers
    ]


def _trends(spec: PerformanceSpec, made: Axes, palette: Palette, measure: Measure) -> list[Item]:
    """Return the lines of fitted growth and their key, in the corner where growing data leave room."""
    items: list[Item] = []
    for line, place in zip(spec.trends, trend_key(spec, made, measure), strict=True):
        pen = Pen(palette.colour(spec.colours[line.colour]), 1.5, (2.0, 3.0))
        items.append(Polyline(made.x(line.x), made.y(line.value, log=spec.axis.log), pen))
        y, left = place.y + place.height / 2, place.x + 4
        ends = (np.array([left]), np.array([y]), np.array([left + TREND_SWATCH]), np.array([y]))
        text = Text(left + TREND_SWATCH + 6, y + 4, line.label, TREND_SIZE, palette.ink, 500, halo=palette.ground)
        items += [Segments(*ends, pen), text]
    return items


def _reference(spec: PerformanceSpec, made: Axes, palette: Palette) -> list[Item]:
    if spec.reference is None or (spec.axis.log and spec.reference.value <= 0):
        return []
    y = float(made.y(np.array([spec.reference.value]), log=spec.axis.log)[0])
    plot = made.plot
    if not plot.y <= y <= plot.bottom:
        return []
    ends = (np.array([plot.x]), np.array([y]), np.array([plot.right]), np.array([y]))
    return [
        Segments(*ends, Pen(palette.ink_soft, 1.0, (6.0, 4.0))),
        Text(plot.x + 6, y - 5, spec.reference.label, 11.0, palette.ink_soft, 500, halo=palette.ground),
    ]


def _absent(spec: PerformanceSpec, made: Axes, palette: Palette) -> list[Item]:
    absent, strip = spec.absent, made.strip
    if not strip.height:
        return []
    x = made.x(absent.x)
    seen = (x >= strip.x - _BLEED) & (x <= strip.right + _BLEED)
    items: list[Item] = []
    for other, size, pen in ((False, 7.0, (1.0, (2.0, 1.7))), (True, 9.5, (1.75, (3.0, 2.0)))):
        for number, name in enumerate(spec.colours):
            picked = np.flatnonzero(seen & (absent.other == other) & (absent.colour == number))
            if len(picked):
                y = np.full(len(picked), strip.y + strip.height / 2)
                items.append(
                    Marks(
                        "disc",
                        x[picked],
                        y,
                        size,
                        None,
                        Pen(palette.colour(name), *pen),
                        refs=absent.refs,
                        index=picked,
                    )
                )
    return items


def _empty(plot: Rect, palette: Palette) -> Text:
    text = _("No record has a figure to compare under this convention.")
    return Text(plot.x + plot.width / 2, plot.y + plot.height / 2, text, 13.0, palette.ink_soft, anchor="middle")
