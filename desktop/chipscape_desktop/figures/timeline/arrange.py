"""The layout of the timeline: words around, headers at the left, bands behind, lanes, axis and minimap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Box, Drawing, Ints, Layer, Rect
from chipscape_desktop.figures.layout.frame import Frame, compose
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline import axis, bands, caption, density, headers
from chipscape_desktop.figures.timeline.arrows import MOST, draw_arrows
from chipscape_desktop.figures.timeline.caption import Shown
from chipscape_desktop.figures.timeline.content import contents, limit_of, ribbon
from chipscape_desktop.figures.timeline.signs import Signs
from chipscape_desktop.figures.timeline.spec import Lane, TimelineSpec
from chipscape_desktop.i18n import _, ngettext

_MANY = 5_000  # items beyond which their sources are found for all of them at once


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where the parts stand, in pixels: lane headers, names of bands, the lanes themselves, the minimap."""

    headers: Rect
    strip: Rect
    lanes: Rect
    minimap: Rect


def home(spec: TimelineSpec) -> View:
    """Return the view that shows every lane and all of time, with room for the labels of the last items."""
    low, high = spec.extent
    span = max(high - low, 30.0)
    return View((low - 0.02 * span, high + 0.1 * span), (0.0, spec.height))


def rooms(spec: TimelineSpec, size: tuple[float, float], palette: Palette, measure: Measure) -> Rooms:
    """Return where the parts stand at a size: the same for every view, so that panning moves nothing."""
    key = ("rooms", size, palette.name, id(measure), i18n.language())
    found: Rooms | None = spec.memo.get(key)
    if found is None:
        found = spec.memo[key] = _rooms(spec, size, palette, measure)
    return found


def _rooms(spec: TimelineSpec, size: tuple[float, float], palette: Palette, measure: Measure) -> Rooms:
    # The fullest words that any view can have; every view's own words take no more room.
    count = len(spec.columns)
    rules = len(spec.rules)
    fullest = caption.in_view(
        spec, (spec.extent[0], spec.extent[1]), sources=np.zeros(0, dtype=np.int64),
        shown=Shown(count, count, rules, 0, rules + 1 if rules else 0, count > 1500, len(spec.lanes) - 1,
                    len(spec.links), len(spec.links) if len(spec.links) > MOST else 0),
    )  # fmt: skip
    fullest = replace(fullest, sources=spec.sources.samples())
    plot = compose(fullest, size, palette, measure, source_rows=_source_rows(size)).plot
    wide = headers.header_width(spec, plot.width, measure)
    rows = 1 if plot.height < 260 else 2 if plot.height < 520 else 3
    strip = rows * bands.LABEL_STEP + 2 if spec.rules else 4.0
    foot = axis.AXIS_HEIGHT + (axis.MINIMAP_HEIGHT + 6 if plot.height > 200 else 0)
    lanes = Rect(plot.x + wide, plot.y + strip, max(40.0, plot.width - wide), max(20.0, plot.height - strip - foot))
    minimap = Rect(
        lanes.x, lanes.bottom + axis.AXIS_HEIGHT + 2, lanes.width, axis.MINIMAP_HEIGHT if plot.height > 200 else 0.0
    )
    return Rooms(Rect(plot.x, lanes.y, wide, lanes.height), Rect(lanes.x, plot.y, lanes.width, strip), lanes, minimap)


def _source_rows(size: tuple[float, float]) -> int:
    """Return how many lines of sources a figure of that size shows; the rest is in the files."""
    return max(2, int(size[1] * 0.07 / 14))


def lay_out(
    spec: TimelineSpec,
    *,
    size: tuple[float, float],
    palette: Palette,
    measure: Measure,
    view: View | None = None,
) -> Drawing:
    """Return the drawing of the timeline for a size and a view (everything when None)."""
    view = view or home(spec)
    place = rooms(spec, size, palette, measure)
    scale = TimeScale(view.x[0], max(view.x[1], view.x[0] + 1e-3), place.lanes.x, place.lanes.right)
    view = View(view.x, _legible(spec, view.y, place.lanes.height))
    tops = _tops(spec, view, place.lanes)
    below = sum(lane.top >= view.y[1] for lane in spec.lanes)
    ground, names = headers.draw_headers(
        spec, tops, area=place.headers, lanes=place.lanes, palette=palette, measure=measure
    )
    drawn = bands.draw_bands(spec, scale, place.lanes, strip=place.strip, palette=palette, measure=measure)
    days = axis.calendar(scale, measure)
    now = axis.draw_now(spec, scale, place.lanes, rows=days, palette=palette, measure=measure)
    tag = next((item.rect for item in now.items if isinstance(item, Box)), None)
    grid, ticks = axis.draw_axis(days, place.lanes, palette=palette, measure=measure, tag=tag)
    signs = Signs(spec, scale, place.lanes, palette, measure)
    crowded = []
    limit = limit_of(spec, [lane for lane, _top, _bottom in tops], scale)
    rows = [(lane, bottom - top) for lane, top, bottom in tops]
    for (lane, top, bottom), made in zip(
        tops, contents(spec, rows, scale, limit=limit, measure=measure), strict=True
    ):  # fmt: skip
        if not made.complete:
            foot, bottom = bottom, bottom - ribbon(bottom - top)
            crowded.append((lane, bottom, foot - 1))
        signs.add(made, top, bottom)
    shades = density.density_rows(spec, crowded, scale, palette=palette)
    bars, glyphs, labels = signs.layers()
    arrows = draw_arrows(spec, (glyphs, labels), scale, place.lanes, palette=palette, measure=measure)
    shown = Shown(
        signs.hidden, signs.clustered, drawn.drawn, drawn.named, drawn.known, bool(shades), below, arrows.drawn,
        arrows.left,
    )  # fmt: skip
    words, frame = _words(spec, view, size, palette=palette, measure=measure, shown=shown, seen=signs.seen)
    behind = Rect(place.lanes.x, place.strip.y, place.lanes.width, place.lanes.bottom - place.strip.y)
    strip: tuple[Layer, ...] = ()
    if place.minimap.height > 0:
        strip = axis.draw_minimap(spec, scale, place.minimap, palette=palette)
    layers: tuple[Layer, ...] = (
        ground,
        names,
        *strip[:1],
        Layer("bands", drawn.back, behind),
        grid,
        Layer(density.LAYER, tuple(shades), place.lanes),
        now,
        bars,
        *arrows.layers,
        glyphs,
        labels,
        Layer("rules", drawn.names, place.strip),
        ticks,
        *strip[1:],
    )
    return Drawing(
        size[0], size[1], palette.ground, place.lanes, (*layers, *frame.layers), words.title,
        _summary(spec, words, len(set(spec.columns.item[signs.seen].tolist()))), signs.hidden, words,
    )  # fmt: skip


def _legible(spec: TimelineSpec, y: tuple[float, float], height: float) -> tuple[float, float]:
    """Return as much of the lanes *y* as can be named; from the top of a lane on, whole lanes only."""
    low, high = y
    fit = low + units_that_fit(spec, height)
    if fit >= high:
        return y
    whole = [lane.bottom for lane in spec.lanes if low < lane.bottom <= fit]
    return low, whole[-1] if whole and any(lane.top == low for lane in spec.lanes) else fit


def units_that_fit(spec: TimelineSpec, height: float) -> float:
    """Return how many lane units fit in *height* pixels so that every lane has room for its name."""
    lowest = min((lane.height for lane in spec.lanes), default=1.0)
    return max(height / headers.LEAST * lowest, 1.0)


def lane_at(spec: TimelineSpec, view: View, lanes: Rect, y: float) -> Lane | None:
    """Return the lane at a height in pixels, where *lanes* is their room on the drawing of *view*."""
    return next((lane for lane, top, bottom in lanes_in(spec, view, lanes) if top <= y < bottom), None)


def lanes_in(spec: TimelineSpec, view: View, lanes: Rect) -> list[tuple[Lane, float, float]]:
    """Return the lanes in view with their tops and bottoms in pixels, where *lanes* is their room on the drawing."""
    seen = View(view.x, _legible(spec, view.y, lanes.height))
    return [(spec.lanes[lane], top, bottom) for lane, top, bottom in _tops(spec, seen, lanes)]


def _tops(spec: TimelineSpec, view: View, lanes: Rect) -> list[tuple[int, float, float]]:
    """Return (lane, top, bottom) in pixels of the lanes in view."""
    low, high = view.y
    unit = lanes.height / max(high - low, 1e-6)
    out = []
    for number, lane in enumerate(spec.lanes):
        top, bottom = lanes.y + (lane.top - low) * unit, lanes.y + (lane.bottom - low) * unit
        if bottom > lanes.y and top < lanes.bottom:
            out.append((number, top, bottom))
    return out


def _words(
    spec: TimelineSpec, view: View, size: tuple[float, float], *, palette: Palette, measure: Measure, shown: Shown,
    seen: list[int],
) -> tuple[Caption, Frame]:  # fmt: skip
    """Return the words of the part in view, and their frame; remembered while they stay the same."""
    sources = _sources_of(spec, seen)
    words = caption.in_view(spec, view.x, sources=sources, shown=shown)
    key = (words.title, shown, sources.tobytes(), size, palette.name, id(measure), i18n.language())
    kept = spec.memo.get("frame")
    if kept is None or kept[0] != key:
        frame = compose(words, size, palette, measure, source_rows=_source_rows(size))
        layers = tuple(_fixed(spec, layer) if layer.name == "legend" else layer for layer in frame.layers)
        kept = spec.memo["frame"] = (key, replace(frame, layers=layers))
    return words, kept[1]


def _fixed(spec: TimelineSpec, layer: Layer) -> Layer:
    """Return the same object for the same items: most views have one legend."""
    kept: Layer | None = spec.memo.get("legend")
    if kept is None or kept.items is not layer.items:
        kept = spec.memo["legend"] = replace(layer, fixed=True)
    return kept


def caption_for(spec: TimelineSpec, view: View | None = None, *, many: int = _MANY) -> Caption:
    """Return the caption of a view without its layout: dates and sources of all the items in it, for exports.

    The sources of *many* items and more are found for all of them at once.
    """
    view = view or home(spec)
    seen = np.flatnonzero(spec.seen_in(view.x, view.y))
    return caption.in_view(spec, view.x, sources=_sources_of(spec, seen, many=many), shown=Shown())


def _sources_of(spec: TimelineSpec, seen: Sequence[int] | Ints, *, many: int = _MANY) -> Ints:
    """Return the sources behind the placements seen, those of the most important first."""
    placed = np.unique(np.asarray(seen, dtype=np.int64))
    key = (spec.sources.version, many, placed.tobytes())
    kept = spec.memo.get("sources")
    if kept is None or kept[0] != key:
        columns = spec.columns
        items = columns.item[placed]
        order = np.lexsort((*spec.by_id(items), spec.lows()[items], -columns.importance[placed].astype(np.int64)))
        found = (spec.sources.of_many if len(placed) > many else spec.sources.of)(items[order])
        # What is asked for on the way makes more known; the answer is that of the version before.
        kept = spec.memo["sources"] = (key, found)
    sources: Ints = kept[1]
    return sources


def _summary(spec: TimelineSpec, words: Caption, seen: int) -> str:
    """Say in words what is shown, for readers of the screen and of files."""
    events = ngettext("{count} event in view", "{count} events in view", seen).format(count=i18n.number(seen))
    lanes = ngettext("{count} lane", "{count} lanes", len(spec.lanes)).format(count=len(spec.lanes))
    return _("{title}. {events}, {lanes}. {notes}").format(
        title=words.title, events=events, lanes=lanes, notes=" ".join(words.notes)
    )
