"""The calendar axis under the lanes, the line of the as-of date, and the minimap strip."""

import math
from collections.abc import Hashable
from functools import lru_cache
from typing import cast

import numpy as np

from chipscape_desktop import i18n
from chipscape_desktop.figures.drawing import Box, Floats, Item, Layer, Pen, Rect, Segments, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.time_scale import TimeRows, TimeScale, Units, day_of
from chipscape_desktop.figures.timeline.content import pixels_per_day
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.i18n import _

AXIS_HEIGHT = 36.0
MINIMAP_HEIGHT = 26.0
FINE, COARSE = 11.0, 11.0
_BIN = 3.0  # pixels of the minimap that share a count


def calendar(scale: TimeScale, measure: Measure) -> TimeRows:
    """Return the two rows of ticks of a view."""
    return scale.rows(lambda text: measure.width(text, FINE, 600), units=_units_around(scale, measure))


def draw_axis(
    rows: TimeRows, lanes: Rect, *, palette: Palette, measure: Measure, tag: Rect | None = None
) -> tuple[Layer, Layer]:
    """Return the grid behind the lanes and the two rows of ticks below them; no label of these touches *tag*."""
    grid: list[Item] = []
    items: list[Item] = []
    base = lanes.bottom
    fine = np.array([tick.left for tick in rows.fine if lanes.x <= tick.left <= lanes.right])
    coarse = np.array([tick.left for tick in rows.coarse if lanes.x <= tick.left <= lanes.right])
    if len(fine):
        grid.append(_verticals(fine, lanes.y, lanes.bottom, Pen(f"{palette.rule}90")))
        items.append(_verticals(fine, base, base + 5, Pen(palette.ink_soft)))
    if len(coarse):
        grid.append(_verticals(coarse, lanes.y, lanes.bottom, Pen(palette.rule)))
        items.append(_verticals(coarse, base, base + 30, Pen(palette.ink_soft)))
    items.append(_horizontal(lanes.x, lanes.right, base, Pen(palette.ink_soft)))
    for tick in rows.fine:
        if tick.label and tick.label_x >= lanes.x:
            items.append(Text(tick.label_x, base + 14, tick.label, FINE, palette.ink_soft, tabular=True))
    for tick in rows.coarse:
        right = tick.label_x + measure.width(tick.label, COARSE, 600)
        if tick.label and (tag is None or right + 4 < tag.x or tick.label_x > tag.right + 4):
            items.append(Text(tick.label_x, base + 29, tick.label, COARSE, palette.ink, 600, tabular=True))
    return Layer("grid", tuple(grid), lanes), Layer("axis", tuple(items))


def _units_around(scale: TimeScale, measure: Measure) -> Units:
    """Return the calendar units of the view and up to half of it before and behind; the same ones for half a pan."""
    per_day, length = pixels_per_day(scale), scale.end - scale.start
    number = math.floor(2 * scale.low * per_day / length)
    return _units(per_day, number, length, cast(Hashable, measure), i18n.language())


@lru_cache(maxsize=8)
def _units(per_day: float, number: int, length: float, measure: Hashable, _language: str) -> Units:
    """Return the units from *number* half stretches of *length* pixels after day 0 on, over three of those halves."""
    half = length / per_day / 2
    around = TimeScale(number * half, (number + 3) * half, 0.0, 1.5 * length)
    return around.units(lambda text: cast(Measure, measure).width(text, FINE, 600))


def draw_now(
    spec: TimelineSpec, scale: TimeScale, lanes: Rect, *, rows: TimeRows, palette: Palette, measure: Measure
) -> Layer:
    """Return the line of the as-of date, or of today, with its name at its foot: in the middle or at one side of it,
    so that it covers no label of the lower row of ticks, if it can."""
    if not scale.low <= spec.now <= scale.high:
        return Layer("now", ())
    x = float(scale.to_px(spec.now))
    text = _("as of {date}").format(date=i18n.format_date(day_of(spec.now), "short")) if spec.is_as_of else _("today")
    wide = measure.width(text, 10, 600) + 8
    taken = [(tick.label_x - 4, tick.label_x + measure.width(tick.label, COARSE, 600) + 4) for tick in rows.coarse]
    places = [min(max(x - share * wide, lanes.x), lanes.right - wide) for share in (0.5, 0.0, 1.0)]
    free = (place for place in places if all(place >= high or place + wide <= low for low, high in taken))
    left = next(free, places[0])
    line = _verticals(np.array([x]), lanes.y, lanes.bottom + 4, Pen(palette.accent, 1.5, (5.0, 3.0)))
    top = lanes.bottom + 19
    tag = Box(Rect(left, top, wide, 14), palette.accent, radius=3)
    word = Text(left + 4, top + 10.5, text, 10, palette.accent_ink, 600)
    return Layer("now", (line, tag, word))


def draw_minimap(spec: TimelineSpec, scale: TimeScale, room: Rect, *, palette: Palette) -> tuple[Layer, Layer]:
    """Return the strip with the density of all items over all time, which stays, and, framed, the part in view.

    The strip runs over `minimap_range`; the clip of both layers is its rectangle, which is how a view finds it.
    """
    low, high = minimap_range(spec)
    key = ("minimap", room.x, room.width, room.y, palette.name)
    strip: Layer | None = spec.memo.get(key)
    if strip is None:
        outline = _density(spec, room, (low, high), palette)
        ground = Box(room, palette.surface, Pen(palette.rule), radius=3)
        strip = spec.memo[key] = Layer("minimap-density", (ground, outline), room, fixed=True)
    per_day = room.width / (high - low)
    x0 = room.x + (max(scale.low, low) - low) * per_day
    x1 = room.x + (min(scale.high, high) - low) * per_day
    x0, x1 = min(x0, room.right - 4), max(min(x1, room.right), x0 + 4)
    window = Box(Rect(x0, room.y + 1, min(x1, room.right) - x0, room.height - 2), f"{palette.accent}1c",
                 Pen(palette.accent, 1.5), radius=3)  # fmt: skip
    return strip, Layer("minimap", (window,), room)


def minimap_range(spec: TimelineSpec) -> tuple[float, float]:
    """Return the days that the minimap runs over: all items and a little more."""
    low, high = spec.extent
    margin = max((high - low) * 0.01, 1.0)
    return low - margin, high + margin


def _density(spec: TimelineSpec, room: Rect, days: tuple[float, float], palette: Palette) -> Segments:
    bins = max(8, int(room.width / _BIN))
    counts = spec.index.begun(np.linspace(*days, bins + 1))
    heights = np.ceil(np.sqrt(counts / max(1, counts.max())) * (room.height - 8))
    used = np.flatnonzero(counts)
    x: Floats = np.asarray(room.x + (used + 0.5) * (room.width / bins), dtype=np.float64)
    foot = np.full(len(used), room.bottom - 3)
    return Segments(x, foot, x, foot - heights[used], Pen(palette.ink_soft, _BIN - 1))


def _verticals(x: Floats, top: float, bottom: float, pen: Pen) -> Segments:
    return Segments(x, np.full(len(x), top), x, np.full(len(x), bottom), pen)


def _horizontal(left: float, right: float, y: float, pen: Pen) -> Segments:
    return Segments(np.array([left]), np.array([y]), np.array([right]), np.array([y]), pen)
