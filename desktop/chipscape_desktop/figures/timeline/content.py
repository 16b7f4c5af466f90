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
_MARGIN = 260.0  # pixels beside the view whose signs are packed too: their labels may reach into it
_WIDEST_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class LaneContent:
    """The items of a lane that may be seen, as positions in the columns, and their packing in the same order.

    `complete` says that no item in view is left out (else the lane is drawn as density too); `pitch` is the height
    of a row in pixels; `refs` keeps what each cluster stands for, once somebody asked.
    """

    items: Ints
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    inside: tuple[bool, ...]
    packing: Packing
    complete: bool
    pitch: float
    rows: int
    refs: dict[int, Ref] = field(default_factory=dict)


def content(
    spec: TimelineSpec, lane: int, scale: TimeScale, *, height: float, lanes_in_view: int, measure: Measure
) -> LaneContent:
    """Return what stands in a lane that is *height* pixels high.

    For a spec of ordinary size this depends on the zoom alone and is remembered, so that panning moves nothing. A very
    large one is packed around the view only, the most important items of it; the rest of a crowded lane is density.
    """
    per_day = (scale.end - scale.start) / (scale.high - scale.low)
    rows, tight = max(1, int((height - 2) // ROW)), max(1, int((height - 2) // TIGHT))
    if len(spec.columns) > _WHOLE:
        left = np.floor((scale.low * per_day - _MARGIN) / _MARGIN) * _MARGIN / per_day
        right = np.ceil((scale.high * per_day + _MARGIN) / _MARGIN) * _MARGIN / per_day
        limit = max(6, min(_CANDIDATES // max(lanes_in_view, 1), rows * 60))
        found, complete = spec.index.most_important(lane, left, right, limit=limit)
        return _packed(spec, found, per_day, rows=tight, height=height, scale=scale, measure=measure, complete=complete)
    key = (lane, round(per_day, 12), height, id(measure), round(scale.end - scale.start))
    kept: dict[object, LaneContent] = spec.memo.setdefault("content", {})
    made = kept.get(key)
    if made is None:
        if len(kept) > 400:
            kept.clear()
        found, _ = spec.index.most_important(lane, -OPEN, OPEN, limit=len(spec.columns) + 1)
        for count in dict.fromkeys((rows, tight)):
            made = _packed(spec, found, per_day, rows=count, height=height, scale=scale, measure=measure, complete=True)
            if not made.packing.clusters:
                break
        assert made is not None
        kept[key] = made
    return made


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
    width = _label_widths(titles, importance.tolist(), measure, widest=(scale.end - scale.start) * _WIDEST_SHARE)
    # A vague date is labelled beside its stretch, until that fills half the view: a sign at its start would say when.
    roomy = drawn_as_bar & (right - left > np.where(columns.lasting[found], 150, (scale.end - scale.start) / 2))
    inside = [bool(roomy[i]) and right[i] - left[i] > width(i) + 40 for i in range(len(titles))]
    blocks = [
        Block(*parts)
        for parts in zip(left.tolist(), right.tolist(), importance.tolist(), inside, strict=True)
    ]  # fmt: skip
    packing = pack(blocks, rows, width, cluster=complete)
    return LaneContent(
        found, tuple(left.tolist()), tuple(right.tolist()), tuple(inside), packing, complete,
        min((height - 2) / rows, _TALLEST), rows,
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
