"""Arrows from causes to effects: which links are drawn in a view, and the arrows as items of the drawing."""

from dataclasses import dataclass, replace

import numpy as np

from chipscape_db.queries.event_links import EventLink
from chipscape_desktop.figures.drawing import Floats, Item, Layer, Marks, Pen, Polyline, Rect, Ref, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline.routes import LABEL, SIGN, End, Obstacles, rounded, route, segments_of
from chipscape_desktop.figures.timeline.spec import Link, TimelineSpec
from chipscape_desktop.i18n import _

LAYER = "leads-to"
MOST = 40
"""How many arrows one view has; beyond, those between the most important events."""

_HEAD, _HALF = 7.0, 3.4
_CORNER = 6.0
_RIM = 3.5


@dataclass(frozen=True, slots=True)
class Arrows:
    """The arrows of a view, how many there are, and how many more links would join what is in view."""

    layers: tuple[Layer, ...] = ()
    drawn: int = 0
    left: int = 0


def with_links(spec: TimelineSpec, links: tuple[EventLink, ...], *, wanted: bool) -> TimelineSpec:
    """Return the spec with the links between events that stand on it, if they are *wanted*."""
    if not wanted or not links:
        return spec
    made: list[Link] = []
    linked: dict[str, int] = {}
    causes, effects = (spec.places_of(ids) for ids in ([link.cause for link in links], [link.effect for link in links]))
    for link, cause, effect in zip(links, causes, effects, strict=True):
        if cause >= 0 and effect >= 0:
            title = _("{cause} leads to: {effect}").format(cause=spec.titles[cause], effect=spec.titles[effect])
            made.append(Link(cause, effect, Ref("relationship", (link.id,), title)))
            linked |= {link.cause: cause, link.effect: effect}
    if not made:
        return spec
    spec.memo["linked"] = linked
    return replace(spec, links=tuple(made))


def draw_arrows(
    spec: TimelineSpec, signs: tuple[Layer, ...], scale: TimeScale, area: Rect, *, palette: Palette, measure: Measure
) -> Arrows:
    """Draw the links of the events whose *signs* are in view, over *area*; nothing where the spec has none.

    A link to an event before or after the view ends at the edge; one between events that both stand in circles is not
    drawn: nobody could tell of which.
    """
    if not spec.links:
        return Arrows()
    ends, alone, rects = _signs_in(spec, signs, area, measure)
    found = [link for link in spec.links if link.cause in alone or link.effect in alone]
    weights = _weights(spec)
    found.sort(key=lambda link: (-weights.get(link.cause, 0) - weights.get(link.effect, 0), link.cause, link.effect))
    items: list[Item] = []
    taken: list[tuple[Link, list[tuple[Rect, float]]]] = []
    drawn = 0
    for link in found[:MOST]:
        pair = _ends_of(spec, link, ends, scale, area)
        if pair is None:
            continue
        start, end, through = pair
        others = [part for other, parts in taken if not _share(other, link) for part in parts]
        free = [(rect, cost) for place, rect, cost in rects if place not in (link.cause, link.effect)]
        x, y = through if through is not None else route(start, end, Obstacles.of([*free, *others]), area=area)
        taken.append((link, segments_of(x, y)))
        items += _arrow(x, y, link.ref, palette)
        drawn += 1
    return Arrows((Layer(LAYER, tuple(items), area),) if items else (), drawn, max(len(found) - MOST, 0))


def _share(one: Link, other: Link) -> bool:
    """Say whether two links may run over each other, because they begin or end at the same event."""
    return one.cause == other.cause or one.effect == other.effect


def _weights(spec: TimelineSpec) -> dict[int, int]:
    """Return the importance of the items that have links; it does not depend on the view."""
    found: dict[int, int] | None = spec.memo.get("link weights")
    if found is None:
        linked = np.unique(np.array([(link.cause, link.effect) for link in spec.links], dtype=np.int64))
        places = np.flatnonzero(np.isin(spec.columns.item, linked))
        items, weights = spec.columns.item[places].tolist(), spec.columns.importance[places].tolist()
        found = spec.memo["link weights"] = {}
        for item, weight in zip(items, weights, strict=True):
            found[item] = max(found.get(item, 0), weight)
    return found


def _signs_in(
    spec: TimelineSpec, signs: tuple[Layer, ...], area: Rect, measure: Measure
) -> tuple[dict[int, End], set[int], list[tuple[int, Rect, float]]]:
    """Return where linked items stand, those in clusters at the disc, which stand alone, and what arrows should not
    cross.

    Obstacles come with the item that they belong to (-1: a cluster, or an item without links).
    """
    wanted: dict[str, int] | None = spec.memo.get("linked")
    if wanted is None:
        wanted = {spec.id_of(item): item for link in spec.links for item in (link.cause, link.effect)}
        spec.memo["linked"] = wanted
    ends: dict[int, End] = {}
    alone: set[int] = set()
    rects: list[tuple[int, Rect, float]] = []
    for layer in signs:
        for item in layer.items:
            if isinstance(item, Marks) and item.refs:
                rival = item.pen is not None and bool(item.pen.dash)
                for place, (x, y) in enumerate(zip(item.x.tolist(), item.y.tolist(), strict=True)):
                    if not area.x <= x <= area.right or not area.y <= y <= area.bottom:
                        continue
                    ref = item.refs[place if item.index is None else int(item.index[place])]
                    size = float(item.size if isinstance(item.size, (int, float)) else item.size[place])
                    own = [wanted[id_] for id_ in ref.ids if id_ in wanted] if not rival else []
                    for each in own:
                        ends.setdefault(each, End(x, y, size / 2 + 1.5))
                    if ref.kind == "record":
                        alone.update(own)
                    rect = Rect(x - size / 2 - 1, y - size / 2 - 1, size + 2, size + 2)
                    rects.append((own[0] if len(own) == 1 else -1, rect, SIGN))
            elif isinstance(item, Text) and item.ref is not None:
                left = item.x if item.anchor == "start" else item.x - 4
                width = measure.width(item.text, item.size, item.weight)
                rects.append((-1, Rect(left - 2, item.y - 9, width + 4, 11), LABEL))
    return ends, alone, rects


def _ends_of(
    spec: TimelineSpec, link: Link, ends: dict[int, End], scale: TimeScale, area: Rect
) -> tuple[End, End, tuple[Floats, Floats] | None] | None:
    """Return where an arrow starts and ends, and its corners where one event is before or after the view.

    None where there is nothing to draw: both in one cluster, or the other one in a lane out of view.
    """
    start, end = ends.get(link.cause), ends.get(link.effect)
    if start is not None and end is not None:
        return None if abs(start.x - end.x) < 2 and abs(start.y - end.y) < 2 else (start, end, None)
    here, other = (start, link.effect) if start is not None else (end, link.cause)
    day = _day(spec, other)
    if here is None or day is None or scale.low <= day <= scale.high:
        return None
    edge = End(area.x + 1 if day < scale.low else area.right - 1, here.y - here.reach - 3, 0.0)
    x, y = np.array([here.x, here.x, edge.x]), np.array([here.y - here.reach, edge.y, edge.y])
    return (here, edge, (x, y)) if start is not None else (edge, here, (x[::-1].copy(), y[::-1].copy()))


def _day(spec: TimelineSpec, item: int) -> float | None:
    """Return when an item begins, None for one in no lane."""
    day = float(spec.lows()[item])
    return None if np.isnan(day) else day


def _arrow(x: Floats, y: Floats, ref: Ref, palette: Palette) -> list[Item]:
    """Return a line with round corners on a rim of the ground, and a small head."""
    dx, dy = float(x[-1] - x[-2]), float(y[-1] - y[-2])
    length = max(float(np.hypot(dx, dy)), 1e-6)
    ux, uy = dx / length, dy / length
    head = min(_HEAD, max(length, 3.0))
    tip_x, tip_y = float(x[-1]), float(y[-1])
    foot_x, foot_y = tip_x - ux * head, tip_y - uy * head
    line_x, line_y = rounded(np.append(x[:-1], foot_x), np.append(y[:-1], foot_y), _CORNER)
    wings_x = np.array([tip_x, foot_x - uy * _HALF, foot_x + uy * _HALF, tip_x])
    wings_y = np.array([tip_y, foot_y + ux * _HALF, foot_y - ux * _HALF, tip_y])
    return [
        Polyline(line_x, line_y, Pen(palette.ground, _RIM)),
        Polyline(line_x, line_y, Pen(palette.ink_soft, 1.4), ref=ref),
        Polyline(wings_x, wings_y, None, palette.ink_soft, ref=ref),
    ]
