"""The axes of charts over time: where each panel lies, its scale, and the calendar below the last one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Item, Layer, Pen, Rect, Segments, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.scales import LinearScale, LogScale, Tick
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.figures.time_scale import TimeRows, TimeScale
from chipscape_desktop.figures.timechart.spec import Panel
from chipscape_desktop.i18n import _, language

LABEL_SIZE = 11.0
ROW = 15.0
STRIP = 18.0
"""The height of the strip for what is missing, below the values of a panel."""
END_SIZE, END_GAP = 11.5, 10.0
"""The size of what lines say at their ends, and how far from them."""
_TITLE_SIZE = 12.0
_HEAD, _FOOT, _BETWEEN, _GAP, _RIGHT = 20.0, 40.0, 12.0, 8.0, 8.0
_PER_TICK, _LEAST = 27.0, 24.0
_WIDEST_END = 0.3  # of the width, for what lines say at their ends


@dataclass(frozen=True, slots=True)
class PanelAxes:
    """Where one panel lies, its scale and its ticks; `strip` below the values is for what is missing, else flat."""

    plot: Rect
    strip: Rect
    panel: Panel
    scale: LogScale | LinearScale
    ticks: tuple[Tick, ...]

    def y(self, values: Floats) -> Floats:
        """Return the pixels of values; those that a log scale has no place for go below the plot."""
        if isinstance(self.scale, LogScale):
            return self.scale.to_px(np.where(values > 0, values, self.scale.low * 1e-6))
        return self.scale.to_px(values)


@dataclass(frozen=True, slots=True)
class TimeAxes:
    """All panels over one calendar; `plot` spans them, `head` is the strip above them for the names of rules."""

    plot: Rect
    head: Rect
    panels: tuple[PanelAxes, ...]
    time: TimeScale
    rows: TimeRows

    def x(self, days: Floats) -> Floats:
        """Return the pixels of days."""
        return self.time.to_px(days)


def percent_sign() -> str:
    """Return what follows a number of percent in the language in force."""
    return "\u202f%" if language() == "fr" else "%"


def gutter(panels: Sequence[Panel], room: Rect, measure: Measure) -> float:
    """Return the room at the right that what the lines say at their ends takes, short where it is little."""
    every = [line for one in panels for line in one.lines if line.label]
    limit = room.width * _WIDEST_END
    long, short = (
        max((measure.width(text, END_SIZE, 600) for text in texts), default=0.0)
        for texts in ([line.label for line in every], [line.short or line.label for line in every])
    )
    return 0.0 if not every else long + END_GAP if long + END_GAP <= limit else min(short + END_GAP, limit)


def time_axes(
    panels: Sequence[Panel], room: Rect, days: tuple[float, float], measure: Measure, *, head_rows: int
) -> TimeAxes:
    """Lay the panels out in *room* for the *days* in view, with so many rows of names above them."""
    head = head_rows * ROW + (4 if head_rows else 0)
    strips = [STRIP if one.absent else 0.0 for one in panels]
    free = room.height - head - _FOOT - len(panels) * _HEAD - (len(panels) - 1) * _BETWEEN - sum(strips)
    unit = max(free, _LEAST * len(panels)) / sum(one.share for one in panels)
    days = days if days[0] < days[1] else (days[0] - 1, days[1] + 1)
    tops: list[tuple[float, float]] = []
    y = room.y + head
    for one, strip in zip(panels, strips, strict=True):
        tops.append((y + _HEAD, unit * one.share))
        y += _HEAD + unit * one.share + strip + _BETWEEN
    scales = [_scale(one, top, height) for one, (top, height) in zip(panels, tops, strict=True)]
    ticks = [_ticks(one, scale, height) for one, scale, (_top, height) in zip(panels, scales, tops, strict=True)]
    widest = max((measure.width(tick.label, LABEL_SIZE) for row in ticks for tick in row), default=0.0)
    if any(strips):
        widest = max(widest, measure.width(_("missing"), LABEL_SIZE))
    left = room.x + max(widest, 24.0) + _GAP
    width = max(20.0, room.right - max(_RIGHT, gutter(panels, room, measure)) - left)
    made = tuple(
        PanelAxes(Rect(left, top, width, height), Rect(left, top + height, width, strip), one, scale, row)
        for one, (top, height), strip, scale, row in zip(panels, tops, strips, scales, ticks, strict=True)
    )
    plot = Rect(left, tops[0][0], width, made[-1].strip.bottom - tops[0][0])
    time = TimeScale(*days, plot.x, plot.right)
    rows = time.rows(lambda text: measure.width(text, LABEL_SIZE), gap=8.0)
    return TimeAxes(plot, Rect(left, room.y, room.right - left, head), made, time, rows)


def _scale(panel: Panel, top: float, height: float) -> LogScale | LinearScale:
    if panel.log:
        return LogScale(panel.low, panel.high, top + height, top)
    return LinearScale(panel.low, panel.high, top + height, top)


def _ticks(panel: Panel, scale: LogScale | LinearScale, height: float) -> tuple[Tick, ...]:
    found = scale.ticks(max(2, int(height / _PER_TICK)), style=panel.style)
    if panel.whole:
        found = tuple(tick for tick in found if float(tick.value).is_integer())
    if not panel.suffix:
        return found
    return tuple(
        Tick(one.value, one.position, one.label + panel.suffix if one.label else "", one.minor) for one in found
    )


def axis_layers(
    made: TimeAxes, room: Rect, palette: Palette, measure: Measure, *, title: str, note: str
) -> list[Layer]:
    """Return the hairlines behind the data and the words of all axes; *note* stands at the foot, right."""
    lines: list[Item] = []
    words: list[Item] = []
    years = [tick.left for tick in made.rows.fine if made.plot.x <= tick.left <= made.plot.right]
    for one in made.panels:
        plot = one.plot
        labelled = [tick for tick in one.ticks if tick.label and plot.y - 0.5 <= tick.position <= plot.bottom + 0.5]
        lines.append(_across(plot, [tick.position for tick in labelled], Pen(palette.rule)))
        lines.append(_down(years, plot.y, one.strip.bottom, Pen(palette.rule)))
        lines.append(_across(plot, sorted({plot.bottom, one.strip.bottom}), Pen(palette.ink_soft)))
        text = elide(one.panel.title, room.right - room.x, size=_TITLE_SIZE, measure=measure)
        words.append(Text(room.x, plot.y - 7, text, _TITLE_SIZE, palette.ink_soft, 500, halo=palette.ground))
        words += [
            Text(plot.x - _GAP, tick.position + 4, tick.label, LABEL_SIZE, palette.ink_soft, anchor="end", tabular=True)
            for tick in labelled
        ]
        if one.strip.height:
            y = one.strip.y + one.strip.height / 2 + 4
            words.append(Text(plot.x - _GAP, y, _("missing"), LABEL_SIZE, palette.ink_soft, anchor="end"))
    return [Layer("grid", tuple(lines)), Layer("axes", (*words, *_calendar(made, palette, measure, title, note)))]


def _calendar(made: TimeAxes, palette: Palette, measure: Measure, title: str, note: str) -> list[Item]:
    plot = made.plot
    below = plot.bottom + 15
    items: list[Item] = [
        Text((max(tick.left, plot.x) + min(tick.right, plot.right)) / 2, below, tick.label, LABEL_SIZE,
             palette.ink_soft, anchor="middle", tabular=True)
        for tick in made.rows.fine
        if tick.label and tick.left >= plot.x - 0.5 and tick.right <= plot.right + 0.5
    ]  # fmt: skip
    foot = below + 18
    coarse = made.rows.unit not in ("year", "2 years", "5 years")
    if coarse:
        items += [
            Text(tick.label_x, foot, tick.label, LABEL_SIZE, palette.ink, 500, tabular=True)
            for tick in made.rows.coarse
            if tick.label
        ]
        if note:
            head = made.panels[0].plot
            items.append(Text(head.right, head.y - 7, note, LABEL_SIZE, palette.ink_soft, anchor="end"))
        return items
    items.append(Text(plot.x + plot.width / 2, foot, title, _TITLE_SIZE, palette.ink_soft, 500, anchor="middle"))
    if note and measure.width(note, LABEL_SIZE) < (plot.width - measure.width(title, _TITLE_SIZE, 500)) / 2 - 16:
        items.append(Text(plot.right, foot, note, LABEL_SIZE, palette.ink_soft, anchor="end"))
    return items


def _across(plot: Rect, ys: list[float], pen: Pen) -> Segments:
    y = np.array([round(value) + 0.5 for value in ys], dtype=np.float64)
    return Segments(np.full(len(y), plot.x), y, np.full(len(y), plot.right), y, pen)


def _down(xs: list[float], top: float, bottom: float, pen: Pen) -> Segments:
    x = np.array([round(value) + 0.5 for value in xs], dtype=np.float64)
    return Segments(x, np.full(len(x), top), x, np.full(len(x), bottom), pen)
