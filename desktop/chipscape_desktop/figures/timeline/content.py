"""What stands in one lane at one zoom: which items, in which rows, with how much room for labels."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from chipscape_desktop.figures.drawing import Ints, Ref
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline.packing import Block, Packing, pack
from chipscape_desktop.figures.timeline.spans import OPEN
from chipscape_desktop.figures.timeline.spec import TimelineSpec

ROW, TIGHT = 18.0, 14.8
"""The height that a row of signs with labels likes to have, and the least it takes where not all find room."""
LABEL = 11.0
HEAVY = 5  # the importance whose labels are set heavier
SIZES = (0.0, 7.0, 8.0, 10.0, 12.0, 14.0)
BAR = 10.0
_WHOLE = 1500  # up to so many placements every lane is packed as a whole
_CANDIDATES = 420  # beyond, so many signs at most are packed for one frame
_TALLEST = 26.0
_KEPT = 400
_MARGIN = 260.0  # pixels beside the view whose signs are packed too: their labels may reach into it
_WIDEST_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class LaneContent:
    """The items of a lane that may be seen, as positions in the columns, and their packing in the same order.

    `complete` says that no item in view is left out (else the lane is drawn as density too); `pitch` is the height
    of a row in pixels, `per_day` the zoom; `named` says that signs have labels; `refs` keeps what each cluster stands
    for, once somebody asked.
    """

    items: Ints
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    inside: tuple[bool, ...]
    packing: Packing
    complete: bool
    pitch: float
    rows: int
    per_day: float
    named: bool = True
    refs: dict[int, Ref] = field(default_factory=dict)


def content(
    spec: TimelineSpec, lane: int, scale: TimeScale, *, height: float, limit: int, measure: Measure
) -> LaneContent:
    """Return what stands in a lane that is *height* pixels high, at most *limit* items (see `limit_of`).

    For a spec of ordinary size this depends on the zoom alone and is remembered, so that panning moves nothing. A very
    large one is packed around the view only, the most important items of it; the rest of a crowded lane is density.
    """
    per_day = pixels_per_day(scale)
    kept: dict[object, LaneContent] = spec.memo.setdefault("content", {})
    if len(kept) > _KEPT:
        kept.clear()
    key: tuple[object, ...] = (lane, per_day, height, id(measure), round(scale.end - scale.start))
    if len(spec.columns) > _WHOLE:
        window = window_of(scale)
        key = (*key, window, limit)
    made = kept.get(key)
    if made is not None:
        return made
    if len(spec.columns) > _WHOLE:
        left, right = window[0] / per_day, window[1] / per_day
        found, complete = spec.index.most_important(lane, left, right, limit=limit)
        room = height if complete else height - ribbon(height)
        rows = 1 if spec.lanes[lane].collapsed else max(1, int((room - 2) // TIGHT))
        made = _packed(
            spec, found, per_day, rows=rows, height=room, scale=scale, measure=measure, complete=complete,
            named=not spec.lanes[lane].collapsed,
        )  # fmt: skip
    else:
        found, _ = spec.index.most_important(lane, -OPEN, OPEN, limit=len(spec.columns) + 1)
        for row in (ROW, TIGHT):
            rows = 1 if spec.lanes[lane].collapsed else max(1, int((height - 2) // row))
            if made is None or (made.packing.clusters and rows > made.rows):
                made = _packed(
                    spec, found, per_day, rows=rows, height=height, scale=scale, measure=measure, complete=True,
                    named=not spec.lanes[lane].collapsed,
                )  # fmt: skip
        assert made is not None
    kept[key] = made
    return made


def limit_of(spec: TimelineSpec, lanes: list[int], scale: TimeScale) -> int:
    """Return how many items of one lane are shown as signs: all, or in a crowd so many that a frame stays quick."""
    if len(spec.columns) > _WHOLE:
        left, right = (edge / pixels_per_day(scale) for edge in window_of(scale))
        if sum(spec.index.alive(lane, left, right) for lane in lanes) > 2 * _CANDIDATES:
            return max(6, _CANDIDATES // len(lanes))
    return len(spec.columns)


def pixels_per_day(scale: TimeScale) -> float:
    """Return the zoom, rounded so that panning, which makes it differ in its last digits, leaves it the same."""
    return float(f"{(scale.end - scale.start) / (scale.high - scale.low):.9g}")


def window_of(scale: TimeScale) -> tuple[float, float]:
    """Return the stretch around the view, in absolute pixels, that is looked at as one; it changes in steps."""
    per_day = pixels_per_day(scale)
    left = np.floor((scale.low * per_day - _MARGIN) / _MARGIN) * _MARGIN
    right = np.ceil((scale.high * per_day + _MARGIN) / _MARGIN) * _MARGIN
    return float(left), float(right)


def ribbon(height: float) -> float:
    """Return the height of the density ribbon at the foot of a crowded lane."""
    return min(max(height * 0.35, 5.0), 12.0)


def _packed(
    spec: TimelineSpec,
    found: Ints,
    per_day: float,
    *,
    rows: int,
    height: float,
    scale: TimeScale,
    measure: Measure,
    complete: bool,
    named: bool,
) -> LaneContent:
    columns = spec.columns
    low, high = columns.low[found], columns.high[found]
    importance = columns.importance[found]
    size = np.array(SIZES)[importance]
    # What goes on is drawn up to the as-of date and fades out behind it: nobody knows the days to come.
    end = np.where(high >= OPEN, np.maximum(spec.now + 1, low + 1) + 40 / per_day, high)
    start = np.where(low <= -OPEN, spec.extent[0], low)
    wide = (end - start) * per_day
    drawn_as_bar = wide > size + 4
    # A day is a point: it is drawn at its noon until it is wide enough to be seen as a day.
    middle = (start + np.minimum(end, start + np.where(columns.lasting[found], 1.0, end - start))) / 2 * per_day
    left = np.where(drawn_as_bar, start * per_day, middle - size / 2)
    right = np.where(drawn_as_bar, end * per_day, middle + size / 2)
    titles = [spec.titles[item] for item in columns.item[found].tolist()]
    # A rival date has no label of its own: the record's name stands beside the date that was chosen.
    titles = [
        title if named and not rival else "" for title, rival in zip(titles, columns.rival[found].tolist(), strict=True)
    ]
    width = _label_widths(titles, importance.tolist(), measure, widest=(scale.end - scale.start) * _WIDEST_SHARE)
    # A vague date is labelled beside its stretch, until that fills half the view: a sign at its start would say when.
    roomy = drawn_as_bar & (right - left > np.where(columns.lasting[found], 150, (scale.end - scale.start) / 2))
    inside = [bool(roomy[i] and titles[i]) and right[i] - left[i] > width(i) + 40 for i in range(len(titles))]
    blocks = [
        Block(*parts)
        for parts in zip(left.tolist(), right.tolist(), importance.tolist(), inside, strict=True)
    ]  # fmt: skip
    packing = pack(blocks, rows, width, cluster=complete)
    return LaneContent(
        found, tuple(left.tolist()), tuple(right.tolist()), tuple(inside), packing, complete,
        min((height - 2) / rows, _TALLEST), rows, per_day, named,
    )  # fmt: skip


def _label_widths(
    titles: list[str], importance: list[int], measure: Measure, *, widest: float
) -> Callable[[int], float]:
    def width(i: int) -> float:
        return min(measure.width(titles[i], LABEL, label_weight(importance[i])), widest)

    return width


def label_weight(importance: int) -> int:
    """Return the font weight of a label by the importance of its item."""
    return 600 if importance >= HEAVY else 400
