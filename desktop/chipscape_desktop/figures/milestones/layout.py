"""From the spec of the milestones figure to a drawing: lanes above and below the axis, lags beside it."""

from dataclasses import dataclass, replace

import numpy as np

from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Box, Drawing, Item, Layer, Pen, Rect, Ref, Segments, Text
from chipscape_desktop.figures.layout.frame import Frame, compose
from chipscape_desktop.figures.milestones.lags import ROW, LagRows, draw_lags, pack_lags
from chipscape_desktop.figures.milestones.rows import GAP, Wish, place
from chipscape_desktop.figures.milestones.signs import LABEL, Placed, draw_points, sign_size
from chipscape_desktop.figures.milestones.spec import MilestonesSpec
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline import axis, bands
from chipscape_desktop.i18n import _, ngettext, number

_PITCH = 19.0
_HEADER = 13.0
_WIDEST_HEADER = 0.16  # of the plot
_WIDEST_LABEL = 0.42
_LAG_SHARE = 0.34  # of the plot's height, for the lags at most
_SOURCE_SHARE = 0.07


@dataclass(frozen=True, slots=True)
class _Rooms:
    """Where the parts stand: names of the sides, of the rules, all lanes, and the strip of axis and lags in it."""

    headers: Rect
    strip: Rect
    lanes: Rect
    middle: Rect

    def lane(self, *, above: bool, place: int, count: int) -> Rect:
        """Return the lane of a side, of *count* on that side of the axis."""
        if above:
            high = (self.middle.y - self.lanes.y) / count
            return Rect(self.lanes.x, self.middle.y - (place + 1) * high, self.lanes.width, high)
        high = (self.lanes.bottom - self.middle.bottom) / count
        return Rect(self.lanes.x, self.middle.bottom + place * high, self.lanes.width, high)


def lay_out(
    spec: MilestonesSpec, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of the comparison for a size and a stretch of days."""
    frame = _frame(spec, size, palette, measure)
    plot = frame.plot
    wide = min(
        max(measure.width(side.title, _HEADER, 600) for side in spec.sides) + 20, max(plot.width * _WIDEST_HEADER, 60)
    )
    inner = Rect(plot.x + wide, plot.y, max(plot.width - wide, 40.0), plot.height)
    scale = TimeScale(view.x[0], max(view.x[1], view.x[0] + 1e-3), inner.x, inner.right)
    per_day = float(f"{(scale.end - scale.start) / (scale.high - scale.low):.9g}")
    lags = _lags(spec, per_day, int(inner.height * _LAG_SHARE // ROW), measure)
    room = _rooms(plot, wide, lags.rows, has_rules=bool(spec.timeline.rules))
    placed, hidden = _placed(spec, room, scale, per_day, measure=measure)
    drawn = bands.draw_bands(spec.timeline, scale, room.lanes, strip=room.strip, palette=palette, measure=measure)
    days = axis.calendar(scale, measure)
    grid, _ticks = axis.draw_axis(days, room.lanes, palette=palette, measure=measure)
    upper = Rect(room.lanes.x, room.lanes.y, room.lanes.width, room.middle.y - room.lanes.y)
    now = axis.draw_now(spec.timeline, scale, upper, rows=days, palette=palette, measure=measure)
    tag = next((item.rect for item in now.items if isinstance(item, Box)), None)
    _grid, ticks = axis.draw_axis(days, upper, palette=palette, measure=measure, tag=tag)
    stems, bars = draw_lags(spec, lags, placed, scale, per_day, area=room.middle, palette=palette, measure=measure)
    vague, signs, labels = draw_points(spec, placed, room.lanes, palette=palette, measure=measure)
    words = _counted(spec.caption, hidden=hidden, lags=lags.dropped)
    if words is not spec.caption:
        frame = compose(words, size, palette, measure, source_rows=_source_rows(size))
    ground = Box(Rect(room.lanes.x, room.middle.y, room.lanes.width, room.middle.height), palette.ground)
    edges = _edges(room, palette)
    layers = (
        Layer("bands", drawn.back, Rect(room.lanes.x, plot.y, room.lanes.width, room.lanes.bottom - plot.y)),
        grid,
        Layer("middle", (ground,), room.lanes),
        _now(spec, scale, room, now),
        Layer("edges", edges),
        Layer("stems", stems, room.lanes),
        ticks,
        Layer("vague", vague, room.lanes),
        Layer("lags", bars, room.middle),
        Layer("signs", signs, room.lanes),
        Layer("labels", labels, room.lanes),
        Layer("rules", drawn.names, room.strip),
        Layer("headers", _headers(spec, room, palette=palette, measure=measure)),
        *frame.layers,
    )
    return Drawing(
        size[0], size[1], palette.ground, room.lanes, tuple(layer for layer in layers if layer.items), words.title,
        _summary(spec), hidden, words,
    )  # fmt: skip


def _frame(spec: MilestonesSpec, size: tuple[float, float], palette: Palette, measure: Measure) -> Frame:
    """Return the words around the plot for the fullest notes that a view can have, so that panning moves nothing."""
    key = ("frame", size, palette.name, id(measure), i18n.language())
    found: Frame | None = spec.memo.get(key)
    if found is None:
        fullest = _counted(spec.caption, hidden=len(spec.points), lags=len(spec.lags))
        found = spec.memo[key] = compose(fullest, size, palette, measure, source_rows=_source_rows(size))
    return found


def _source_rows(size: tuple[float, float]) -> int:
    return max(2, int(size[1] * _SOURCE_SHARE / 14))


def _rooms(plot: Rect, wide: float, lag_rows: int, *, has_rules: bool) -> _Rooms:
    strip = (2 * bands.LABEL_STEP if plot.height > 300 else bands.LABEL_STEP) + 2 if has_rules else 0.0
    lanes = Rect(plot.x + wide, plot.y + strip, max(plot.width - wide, 40.0), max(plot.height - strip, 60.0))
    thick = axis.AXIS_HEIGHT + lag_rows * ROW + 6
    middle = Rect(lanes.x, lanes.y + (lanes.height - thick) / 2, lanes.width, thick)
    return _Rooms(Rect(plot.x, lanes.y, wide, lanes.height), Rect(lanes.x, plot.y, lanes.width, strip), lanes, middle)


def _lags(spec: MilestonesSpec, per_day: float, rows: int, measure: Measure) -> LagRows:
    key = ("lags", per_day, rows, id(measure), i18n.language())
    found: LagRows | None = spec.memo.get(key)
    if found is None:
        found = spec.memo[key] = pack_lags(spec, per_day, max(rows, 1), measure)
    return found


def _placed(
    spec: MilestonesSpec, room: _Rooms, scale: TimeScale, per_day: float, *, measure: Measure
) -> tuple[dict[int, Placed], int]:
    """Return where each point in view stands, and how many signs or labels of those in view found no room."""
    shift = scale.start - scale.low * per_day
    out: dict[int, Placed] = {}
    hidden = 0
    for number_, side in enumerate(spec.sides):
        count = sum(each.above == side.above for each in spec.sides)
        lane = room.lane(above=side.above, place=side.place, count=count)
        members = [i for i, point in enumerate(spec.points) if point.side == number_]
        rows, named, widths = _packed(spec, number_, members, int((lane.height - 6) // _PITCH), per_day,
                                      widest=lane.width * _WIDEST_LABEL, measure=measure)  # fmt: skip
        for i, row, has_label, wide in zip(members, rows, named, widths, strict=True):
            point = spec.points[i]
            left, right = point.low * per_day + shift, point.high * per_day + shift
            middle = point.middle * per_day + shift
            if max(right, middle + 8) < lane.x or min(left, middle - 8) > lane.right:
                continue
            if row < 0:
                hidden += 1
                continue
            step = 3 + (row + 0.5) * _PITCH
            y = lane.bottom - step if side.above else lane.y + step
            start = max(right, middle + sign_size(point) / 2) + GAP
            space = min(wide, lane.right - 4 - start)
            shown = has_label and start >= lane.x and (space >= wide or space >= 60)
            hidden += not shown
            out[i] = Placed(left, right, middle, y, space if shown else 0.0, start)
    return out, hidden


def _packed(
    spec: MilestonesSpec, side: int, members: list[int], rows: int, per_day: float, *, widest: float, measure: Measure
) -> tuple[list[int], list[bool], list[float]]:
    """Return the row of each point of a side, whether its label has room, and its width; the zoom alone decides."""
    key = ("packed", side, rows, per_day, widest, id(measure), i18n.language())
    found: tuple[list[int], list[bool], list[float]] | None = spec.memo.get(key)
    if found is None:
        wishes, widths = [], []
        for i in members:
            point = spec.points[i]
            half = sign_size(point) / 2
            left = min(point.low * per_day, point.middle * per_day - half)
            right = max(point.high * per_day, point.middle * per_day + half)
            wide = min(measure.width(point.label, LABEL, 600 if point.bold else 400), widest)
            widths.append(wide)
            wishes.append(Wish(left, right, right + GAP + wide, point.rank))
        found = spec.memo[key] = (*place(wishes, rows), widths)
    return found


def _now(spec: MilestonesSpec, scale: TimeScale, room: _Rooms, upper: Layer) -> Layer:
    """Return the line of the as-of date or of today, which *upper* draws down to the axis, through all lanes."""
    x = float(scale.to_px(spec.timeline.now))
    lines = [item for item in upper.items if isinstance(item, Segments)]
    if not lines:
        return upper
    ends = np.array([room.middle.bottom]), np.array([room.lanes.bottom])
    return Layer("now", (*upper.items, Segments(np.array([x]), ends[0], np.array([x]), ends[1], lines[0].pen)))


def _edges(room: _Rooms, palette: Palette) -> tuple[Item, ...]:
    """Return the lines along both sides of the axis and its lags."""
    y = np.array([room.middle.y, room.middle.bottom])
    x1, x2 = np.full(2, room.headers.x), np.full(2, room.lanes.right)
    return (Segments(x1, y, x2, y, Pen(palette.rule)),)


def _headers(spec: MilestonesSpec, room: _Rooms, *, palette: Palette, measure: Measure) -> tuple[Item, ...]:
    items: list[Item] = []
    for side in spec.sides:
        count = sum(each.above == side.above for each in spec.sides)
        lane = room.lane(above=side.above, place=side.place, count=count)
        y = lane.y + lane.height / 2
        ref = Ref("record", (side.id,), side.title)
        items.append(Box(Rect(room.headers.x, y - 8, 3, 16), palette.colour(side.colour), radius=1.5, ref=ref))
        text = elide(side.title, room.headers.width - 20, size=_HEADER, weight=600, measure=measure)
        items.append(Text(room.headers.x + 10, y + 4.5, text, _HEADER, palette.ink, 600, ref=ref))
    y = room.middle.y + axis.AXIS_HEIGHT + 13
    if room.middle.height > axis.AXIS_HEIGHT + ROW:
        text = elide(_("Lag"), room.headers.width - 20, size=LABEL, measure=measure)
        items.append(Text(room.headers.x + 10, y, text, LABEL, palette.ink_soft))
    return tuple(items)


def _counted(caption: Caption, *, hidden: int, lags: int) -> Caption:
    """Return the caption with what found no room."""
    notes = []
    if hidden:
        notes.append(
            ngettext(
                "{count} label is hidden for lack of room.", "{count} labels are hidden for lack of room.", hidden
            ).format(count=number(hidden))
        )
    if lags:
        notes.append(
            ngettext("{count} lag found no room.", "{count} lags found no room.", lags).format(count=number(lags))
        )
    return replace(caption, notes=(*caption.notes, *notes)) if notes else caption


def _summary(spec: MilestonesSpec) -> str:
    """Say in words what is shown: every lag."""
    return " ".join((f"{spec.caption.title}.", *(f"{lag.text}." for lag in spec.lags)))
