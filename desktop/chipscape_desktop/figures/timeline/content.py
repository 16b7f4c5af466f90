"""What stands in one lane at one zoom: which items, in which rows, with how much room for labels."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from chipscape_desktop.figures.drawing import Ints, Ref
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline.packing import Block, Cluster, pack
from chipscape_desktop.figures.timeline.spans import OPEN
from chipscape_desktop.figures.timeline.spec import TimelineSpec

ROW, TIGHT = 18.0, 14.8
"""The height that a row of signs with labels likes to have, and the least it takes where not all find room."""
LABEL = 11.0
HEAVY = 5  # the importance whose labels are set heavier
SIZES = (0.0, 7.0, 8.0, 10.0, 12.0, 14.0)
BAR = 10.0
_WHOLE = 1500  # up to so many placements every lane is packed as a whole
_CANDIDATES = 320  # beyond, so many signs at most are packed for one frame
_MOST_WHOLE = 450  # signs in view that are drawn without leaving any out
_TALLEST = 26.0
_KEPT = 400
_MARGIN = 260.0  # pixels beside the view whose signs are packed too: their labels may reach into it
_WIDEST_SHARE = 0.4
_TAIL = 40.0  # pixels over which what goes on fades out behind the as-of date


class Sign(NamedTuple):
    """An item as it stands in its lane at one zoom; pixels are absolute (days times pixels a day).

    `position` is its place in the columns, `row` -1 in a cluster, `room` the pixels that its label has, `bar` whether
    it is drawn as long as it lasts, `inside` whether the label stands in the bar; `fades` are the pixels over which its
    ends fade; colour and glyph count as in the columns.
    """

    position: int
    item: int
    left: float
    right: float
    row: int
    room: float
    bar: bool
    inside: bool
    importance: int
    colour: int
    glyph: int
    lasting: bool
    soft: bool
    rival: bool
    fades: tuple[float, float]


@dataclass(frozen=True, slots=True)
class LaneContent:
    """The items of a lane that may be seen: as positions in the columns, and as signs in the same order.

    `complete` says that no item in view is left out (else the lane is drawn as density too); `pitch` is the height
    of a row in pixels, `per_day` the zoom; `named` says that signs have labels; `refs` keeps what each cluster stands
    for, once somebody asked.
    """

    items: Ints
    signs: tuple[Sign, ...]
    clusters: tuple[Cluster, ...]
    complete: bool
    pitch: float
    rows: int
    per_day: float
    named: bool = True
    refs: dict[int, Ref] = field(default_factory=dict)


def contents(
    spec: TimelineSpec, lanes: Sequence[tuple[int, float]], scale: TimeScale, *, limit: int, measure: Measure
) -> list[LaneContent]:
    """Return what stands in each of the *lanes* (number, height in pixels), at most *limit* items (see `limit_of`).

    For a spec of ordinary size this depends on the zoom alone and is remembered, so that panning moves nothing. A very
    large one is packed around the view only, the most important items of it; the rest of a crowded lane is density.
    """
    kept: dict[object, LaneContent] = spec.memo.setdefault("content", {})
    per_day = pixels_per_day(scale)
    large = len(spec.columns) > _WHOLE
    same = (per_day, id(measure), round(scale.end - scale.start), *((window_of(scale), limit) if large else ()))
    last: tuple[object, list[LaneContent]] | None = spec.memo.get("last content")
    if last is not None and last[0] == (lanes, same):
        return last[1]
    if len(kept) > _KEPT:
        kept.clear()
    wanted = [lane for lane in lanes if (*lane, same) not in kept]
    made = (_crowds if large else _whole)(spec, wanted, scale, limit=limit, measure=measure)
    for lane, content in zip(wanted, made, strict=True):
        kept[(*lane, same)] = content
    found = [kept[(*lane, same)] for lane in lanes]
    spec.memo["last content"] = ((lanes, same), found)
    return found


def _crowds(
    spec: TimelineSpec, lanes: Sequence[tuple[int, float]], scale: TimeScale, *, limit: int, measure: Measure
) -> list[LaneContent]:
    per_day, window = pixels_per_day(scale), window_of(scale)
    left, right = window[0] / per_day, window[1] / per_day
    found = spec.index.most_important_of([lane for lane, _height in lanes], left, right, limit=limit)
    signs = _signs(spec, [_by_id(spec, items) for items, _complete in found], scale, measure)
    out = []
    for (lane, height), own, (_items, complete) in zip(lanes, signs, found, strict=True):
        room = height if complete else height - ribbon(height)
        rows = 1 if spec.lanes[lane].collapsed else max(1, int((room - 1) // TIGHT))
        out.append(_packed(own, rows, named=not spec.lanes[lane].collapsed, height=room, complete=complete))
    return out


def _whole(
    spec: TimelineSpec, lanes: Sequence[tuple[int, float]], scale: TimeScale, *, limit: int, measure: Measure
) -> list[LaneContent]:
    out = []
    for lane, height in lanes:
        found, _ = spec.index.most_important(lane, -OPEN, OPEN, limit=max(limit, len(spec.columns) + 1))
        named = not spec.lanes[lane].collapsed
        signs = _signs(spec, [_by_id(spec, found)], scale, measure)[0]
        made: LaneContent | None = None
        for row in (ROW, TIGHT):
            rows = max(1, int((height - 1) // row)) if named else 1
            if made is None or (made.clusters and rows > made.rows):
                made = _packed(signs, rows, named=named, height=height, complete=True)
        assert made is not None
        out.append(made)
    return out


def _by_id(spec: TimelineSpec, found: Ints) -> Ints:
    """Return positions by the ids of their items: of equal signs the first chooses first, however they are held."""
    ordered: Ints = found[np.lexsort((found, *spec.by_id(spec.columns.item[found])))]
    return ordered


def limit_of(spec: TimelineSpec, lanes: list[int], scale: TimeScale) -> int:
    """Return how many items of one lane are shown as signs: all, or in a crowd so many that a frame stays quick."""
    if len(spec.columns) > _WHOLE:
        left, right = (edge / pixels_per_day(scale) for edge in window_of(scale))
        if spec.index.alive_in(lanes, left, right) > _MOST_WHOLE:
            return max(6, _CANDIDATES // len(lanes))
    return len(spec.columns)


def pixels_per_day(scale: TimeScale) -> float:
    """Return the zoom, rounded so that panning, which makes it differ in its last digits, leaves it the same."""
    return float(f"{(scale.end - scale.start) / (scale.high - scale.low):.9g}")


def window_of(scale: TimeScale) -> tuple[float, float]:
    """Return the stretch around the view, in absolute pixels, that is looked at as one; it changes in steps."""
    left = math.floor((scale.low * pixels_per_day(scale) - _MARGIN) / _MARGIN) * _MARGIN
    # Of one width for all views of a zoom, so that both its ends step at once, and half as many frames find it new.
    return left, left + (math.ceil((scale.end - scale.start) / _MARGIN) + 3) * _MARGIN


def ribbon(height: float) -> float:
    """Return the height of the density ribbon at the foot of a crowded lane."""
    return min(max(height * 0.35, 5.0), 12.0)


@dataclass(frozen=True, slots=True)
class _Signs:
    """The signs of one lane before they are packed, as columns (see `Sign`): `roomy` where the label may go inside,
    titles (empty for rival dates), and how wide their labels are."""

    items: Ints
    left: list[float]
    right: list[float]
    roomy: list[bool]
    importance: list[int]
    looks: list[tuple[bool, int, int, int, bool, bool, bool, tuple[float, float]]]
    titles: list[str]
    width: Callable[[int], float]
    per_day: float


def _signs(spec: TimelineSpec, lanes: Sequence[Ints], scale: TimeScale, measure: Measure) -> list[_Signs]:
    """Return the signs of several lanes, given by the positions of their items; worked out for all of them at once."""
    found: Ints = np.concatenate(lanes) if lanes else np.zeros(0, dtype=np.int64)
    columns, per_day = spec.columns, pixels_per_day(scale)
    low, high = columns.low[found], columns.high[found]
    importance = columns.importance[found]
    size = np.array(SIZES)[importance]
    # What goes on is drawn up to the as-of date and fades out behind it: nobody knows the days to come.
    end = np.where(high >= OPEN, np.maximum(spec.now + 1, low + 1) + _TAIL / per_day, high)
    start = np.where(low <= -OPEN, spec.extent[0], low)
    drawn_as_bar = (end - start) * per_day > size + 4
    # A day is a point: it is drawn at its noon until it is wide enough to be seen as a day.
    lasting = columns.lasting[found]
    middle = (start + np.minimum(end, start + np.where(lasting, 1.0, end - start))) / 2 * per_day
    left = np.where(drawn_as_bar, start * per_day, middle - size / 2)
    right = np.where(drawn_as_bar, end * per_day, middle + size / 2)
    # A vague date is labelled beside its stretch, until that fills half the view: a sign at its start would say when.
    roomy = drawn_as_bar & (right - left > np.where(lasting, 150, (scale.end - scale.start) / 2))
    fade_left = np.where(low > -OPEN, columns.fade_low[found] * per_day, _TAIL)
    fade_right = np.where(high >= OPEN, _TAIL, columns.fade_high[found] * per_day)
    items, rivals = columns.item[found].tolist(), columns.rival[found].tolist()
    # A rival date has no label of its own: the record's name stands beside the date that was chosen.
    titles = ["" if rival else spec.titles[item] for item, rival in zip(items, rivals, strict=True)]
    lefts, rights, rooms, weights = left.tolist(), right.tolist(), roomy.tolist(), importance.tolist()
    looks = list(
        zip(
            drawn_as_bar.tolist(), items, columns.colour[found].tolist(), columns.glyph[found].tolist(),
            lasting.tolist(), columns.soft[found].tolist(), rivals,
            zip(fade_left.tolist(), fade_right.tolist(), strict=True), strict=True,
        )
    )  # fmt: skip
    widest = (scale.end - scale.start) * _WIDEST_SHARE
    out, at = [], 0
    for positions in lanes:
        own = slice(at, at + len(positions))
        at = own.stop
        width = _label_widths(titles[own], weights[own], measure, widest=widest)
        out.append(
            _Signs(
                positions, lefts[own], rights[own], rooms[own], weights[own], looks[own], titles[own], width, per_day
            )
        )
    return out


def _packed(signs: _Signs, rows: int, *, named: bool, height: float, complete: bool) -> LaneContent:
    left, right = signs.left, signs.right
    width = signs.width if named else _nameless
    inside = [
        roomy and named and bool(signs.titles[i]) and right[i] - left[i] > width(i) + 40
        for i, roomy in enumerate(signs.roomy)
    ]
    packing = pack(list(map(Block, left, right, signs.importance, inside, signs.titles)), rows, width, cluster=complete)
    placed = zip(
        signs.items.tolist(), left, right, packing.rows, packing.room, inside, signs.importance, signs.looks,
        strict=True,
    )  # fmt: skip
    made = tuple(
        Sign(position, item, begin, end, row, room, bar, within, weight, colour, glyph, lasting, soft, rival, fades)
        for position, begin, end, row, room, within, weight, (bar, item, colour, glyph, lasting, soft, rival, fades)
        in placed
    )  # fmt: skip
    return LaneContent(
        signs.items, made, packing.clusters, complete, min((height - 2) / rows, _TALLEST), rows, signs.per_day, named
    )


def _nameless(_sign: int) -> float:
    """Return the width of the label of a sign in a collapsed lane: it has none."""
    return 0.0


def _label_widths(
    titles: list[str], importance: list[int], measure: Measure, *, widest: float
) -> Callable[[int], float]:
    def width(i: int) -> float:
        return min(measure.width(titles[i], LABEL, label_weight(importance[i])), widest)

    return width


def label_weight(importance: int) -> int:
    """Return the font weight of a label by the importance of its item."""
    return 600 if importance >= HEAVY else 400
