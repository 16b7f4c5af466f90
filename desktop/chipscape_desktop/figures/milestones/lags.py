"""The lags: a line between the days on which both sides reached a milestone, labelled in months."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from chipscape_desktop.figures.drawing import Item, Pen, Rect, Segments, Text
from chipscape_desktop.figures.milestones.rows import Wish, place
from chipscape_desktop.figures.milestones.signs import Placed, sign_size
from chipscape_desktop.figures.milestones.spec import MilestonesSpec
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline import axis

ROW = 17.0
LABEL = 10.5
_CAP = 4.0
_PAD = 6.0
Side: TypeAlias = Literal["on", "right", "left"]


@dataclass(frozen=True, slots=True)
class LagRows:
    """The row of each lag (-1: no room), where its label stands (`on` its line, `right`, `left`), and how many rows
    are used and lags left out."""

    row: tuple[int, ...]
    side: tuple[Side, ...]
    rows: int
    dropped: int


def pack_lags(spec: MilestonesSpec, per_day: float, rows: int, measure: Measure) -> LagRows:
    """Give each lag a row in which neither line nor label meets another; the zoom alone decides."""
    wishes: list[Wish] = []
    sides: list[Side] = []
    # Late in the story the room is on the left: a label there stays in the frame that shows everything.
    turn = 0.62 * spec.home.x[1] + 0.38 * spec.home.x[0]
    for lag in spec.lags:
        left, right = (spec.points[i].middle * per_day for i in (lag.first, lag.second))
        wide = measure.width(lag.text, LABEL) + 2 * _PAD
        side: Side = "on" if wide + 2 * _PAD <= right - left else "right" if right / per_day < turn else "left"
        sides.append(side)
        rank = max(spec.points[i].rank for i in (lag.first, lag.second))
        start, end = left - (wide if side == "left" else 2), right + (wide if side == "right" else 2)
        # A line without its words says nothing: both or none.
        wishes.append(Wish(start, end, end, rank))
    placed, _named = place(wishes, rows)
    return LagRows(tuple(placed), tuple(sides), max(placed, default=-1) + 1, sum(row < 0 for row in placed))


def draw_lags(
    spec: MilestonesSpec, lags: LagRows, placed: dict[int, Placed], scale: TimeScale, per_day: float, *, area: Rect,
    palette: Palette, measure: Measure,
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:  # fmt: skip
    """Return the stems from the signs to the lines, and the lines with their labels."""
    shift = scale.start - scale.low * per_day
    lines: list[tuple[float, float, float]] = []
    ends: list[tuple[float, float]] = []
    stems: list[tuple[float, float, float]] = []
    refs, texts = [], []
    for lag, row, side in zip(spec.lags, lags.row, lags.side, strict=True):
        if row < 0:
            continue
        y = area.y + axis.AXIS_HEIGHT + (row + 0.5) * ROW
        left, right = (spec.points[i].middle * per_day + shift for i in (lag.first, lag.second))
        wide = measure.width(lag.text, LABEL)
        if right + wide + 2 * _PAD < area.x or left - wide - 2 * _PAD > area.right:
            continue
        # Ends beyond the area are drawn at its edge: no painter meets a line of a million pixels.
        low, high = max(left, area.x - 10), min(right, area.right + 10)
        ends += [(x, y) for x in (left, right) if area.x - 10 <= x <= area.right + 10]
        for i in (lag.first, lag.second):
            at = placed.get(i)
            if at is not None:
                towards = 1.0 if at.y < y else -1.0
                stems.append((at.x, at.y + towards * sign_size(spec.points[i]) / 2, y))
        start = right + _PAD if side == "right" else left - _PAD - wide
        if side == "on":
            # In the middle of what is seen of the line, which leaves room for it.
            start = (max(left, area.x) + min(right, area.right) - wide) / 2
        shown = start >= area.x and start + wide <= area.right
        shown &= side != "on" or min(right, area.right) - max(left, area.x) >= wide + 2 * _PAD
        if shown:
            texts.append(Text(start, y + 3.5, lag.text, LABEL, palette.ink, 500, halo=palette.ground, ref=lag.ref))
        if shown and side == "on":
            lines += [(low, start - 4, y), (start + wide + 4, high, y)]
            refs += [lag.ref, lag.ref]
        else:
            lines.append((low, high, y))
            refs.append(lag.ref)
    if not lines:
        return (), ()
    left_x, right_x, y_ = (np.array(column) for column in zip(*lines, strict=True))
    ink = Pen(palette.ink_soft, 1.5)
    bars: list[Item] = [Segments(left_x, y_, right_x, y_, ink, refs)]
    if ends:
        x_, at_ = (np.array(column) for column in zip(*ends, strict=True))
        bars.append(Segments(x_, at_ - _CAP, x_, at_ + _CAP, ink))
    made: tuple[Item, ...] = ()
    if stems:
        x, y1, y2 = (np.array(column) for column in zip(*stems, strict=True))
        made = (Segments(x, y1, x, y2, Pen(f"{palette.ink_soft}70", 1.0, (2.0, 2.0))),)
    return made, (*bars, *texts)
