"""Lane headers at the left: they stay while the time pans, and move with the lanes."""

from chipscape_desktop import i18n
from chipscape_desktop.figures.drawing import Box, Item, Layer, Rect, Ref, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure, elide, wrap
from chipscape_desktop.figures.timeline.spec import Lane, TimelineSpec
from chipscape_desktop.i18n import ngettext

NAME = 12.0
COUNT = 10.5
_STEP = 15.0
LEAST = 11.0  # pixels of a lane under which its name would touch its neighbours'


def header_width(spec: TimelineSpec, width: float, measure: Measure) -> float:
    """Return the width of the headers: as wide as the longest name wants, between 72 pixels and a fifth of *width*; the
    number of events has room too."""
    longest = max((measure.width(lane.title, NAME, 500) for lane in spec.lanes), default=0.0)
    longest = max(longest, max((measure.width(_counted(lane), COUNT, 400) for lane in spec.lanes), default=0.0))
    return float(round(min(max(72.0, longest + 20), max(72.0, min(190.0, width * 0.2)))))


def draw_headers(
    spec: TimelineSpec,
    tops: list[tuple[int, float, float]],
    *,
    area: Rect,
    lanes: Rect,
    palette: Palette,
    measure: Measure,
) -> tuple[Layer, Layer]:
    """Return the lanes' grounds and the names in *area*; *tops* holds (lane, top, bottom) in pixels of those in view.

    Lanes too low for a name show none. Panning leaves all of it as it is, so that it is remembered.
    """
    key = (tuple(tops), area, lanes, palette.name, id(measure), i18n.language())
    kept: tuple[object, tuple[Layer, Layer]] | None = spec.memo.get("headers")
    if kept is None or kept[0] != key:
        kept = (key, _headers(spec, tops, area=area, lanes=lanes, palette=palette, measure=measure))
        spec.memo["headers"] = kept
    return kept[1]


def _headers(
    spec: TimelineSpec,
    tops: list[tuple[int, float, float]],
    *,
    area: Rect,
    lanes: Rect,
    palette: Palette,
    measure: Measure,
) -> tuple[Layer, Layer]:
    grounds: list[Item] = []
    items: list[Item] = []
    for number, top, bottom in tops:
        lane = spec.lanes[number]
        if number % 2 == 0:
            grounds.append(Box(Rect(lanes.x, top, lanes.width, bottom - top), f"{palette.ink}07"))
            items.append(Box(Rect(area.x, top, area.width, bottom - top), f"{palette.ink}07"))
        if lane.colour:
            tick = max(2.0, bottom - top - 4)
            items.append(Box(Rect(area.x, top + 2, 3, tick), palette.colour(lane.colour), radius=1.5))
        items += _name(lane, Rect(area.x + 9, max(top, area.y), area.width - 13, bottom - max(top, area.y)),
                       palette=palette, measure=measure, bottom=min(bottom, area.bottom))  # fmt: skip
    return Layer("lanes", tuple(grounds), lanes, fixed=True), Layer("headers", tuple(items), area, fixed=True)


def _name(lane: Lane, room: Rect, *, palette: Palette, measure: Measure, bottom: float) -> list[Item]:
    """Set the name, on two lines where it is long and the lane high enough, with the number of events below."""
    high = min(room.height, bottom - room.y)
    if high < LEAST - 0.01:
        return []
    size = NAME if high >= 14 else 10.0
    step = _STEP if high >= 14 else high
    fits = max(1, int(high // _STEP))
    title = f"▸ {lane.title}" if lane.collapsed else lane.title
    lines = wrap(title, room.width, size=size, weight=500, max_lines=min(fits, 2), measure=measure)
    lines = [elide(line, room.width, size=size, weight=500, measure=measure) for line in lines]
    ref = Ref("record", (lane.id,), lane.title) if lane.id else None
    top = room.y + 1 if high >= 2 * _STEP else room.y + max(0.0, (high - step * len(lines)) / 2)
    out: list[Item] = [
        Text(room.x, top + row * step + size, line, size, palette.ink, 500, ref=ref) for row, line in enumerate(lines)
    ]
    if high >= _STEP * (len(lines) + 1) + 2:
        said = elide(_counted(lane), room.width, size=COUNT, measure=measure)
        out.append(Text(room.x, top + len(lines) * step + COUNT, said, COUNT, palette.ink_soft))
    return out


def _counted(lane: Lane) -> str:
    return ngettext("{count} event", "{count} events", lane.count).format(count=i18n.number(lane.count))
