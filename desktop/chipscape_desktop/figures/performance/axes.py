"""The axes of the performance figures: scales, hairlines, tick labels and titles."""

from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Floats, Item, Layer, Pen, Rect, Segments, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.scales import LinearScale, LogScale, Tick
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.figures.time_scale import TimeRows, TimeScale
from chipscape_desktop.i18n import _

LABEL_SIZE = 11.0
STRIP = 24.0
_TITLE_SIZE = 12.0
_HEAD, _GAP, _TICK_ROW, _RIGHT = 22.0, 8.0, 18.0, 8.0
_PER_TICK = 46.0
_LOWEST, _HIGHEST = -120.0, 120.0  # powers of ten; their ratio must be a float too


@dataclass(frozen=True, slots=True)
class Axes:
    """Where the data lie: `plot` for the values, `strip` below it for what is missing (no height: nothing is).

    `x` and `y` are pixel positions from data: days, and values or their logarithms as the view has them.
    """

    plot: Rect
    strip: Rect
    view: View
    time: TimeScale
    values: LogScale | LinearScale
    rows: TimeRows
    ticks: tuple[Tick, ...]

    def x(self, days: Floats) -> Floats:
        """Return the pixels of days."""
        return self.time.to_px(days)

    def y(self, values: Floats, *, log: bool) -> Floats:
        """Return the pixels of values."""
        low, high = self.view.y
        numbers = np.log10(values) if log else values
        return self.plot.bottom - (numbers - low) * (self.plot.height / (high - low))


def axes(room: Rect, view: View, axis: Axis, measure: Measure, *, with_strip: bool) -> Axes:
    """Lay out the axes inside *room*."""
    low, high = view.y
    if not low < high:
        low, high = low - 0.5, low + 0.5
    if axis.log:
        low, high = max(low, _LOWEST), min(high, _HIGHEST)
    view = View(view.x if view.x[0] < view.x[1] else (view.x[0] - 1, view.x[0] + 1), (low, high))
    foot = 2 * _TICK_ROW + 4
    strip_height = STRIP if with_strip else 0.0
    top, bottom = room.y + _HEAD, max(room.y + _HEAD + 20, room.bottom - foot - strip_height)
    values = LogScale(10.0**low, 10.0**high, bottom, top) if axis.log else LinearScale(low, high, bottom, top)
    ticks = values.ticks(max(3, int((bottom - top) / _PER_TICK)), style=axis.style)
    widest = max((measure.width(tick.label, LABEL_SIZE) for tick in ticks), default=0.0)
    if with_strip:
        widest = max(widest, measure.width(_("missing"), LABEL_SIZE))
    left = room.x + max(widest, 24.0) + _GAP
    plot = Rect(left, top, max(20.0, room.right - _RIGHT - left), bottom - top)
    time = TimeScale(*view.x, plot.x, plot.right)
    rows = time.rows(lambda text: measure.width(text, LABEL_SIZE), gap=11.0)
    return Axes(plot, Rect(plot.x, plot.bottom, plot.width, strip_height), view, time, values, rows, ticks)


def axis_layers(made: Axes, room: Rect, axis: Axis, palette: Palette, measure: Measure, *, note: str) -> list[Layer]:
    """Return the hairlines behind the data, and the words of the axes; *note* stands at the foot, right."""
    plot, strip = made.plot, made.strip
    inside = [tick for tick in made.ticks if plot.y - 0.5 <= tick.position <= plot.bottom + 0.5]
    labelled = [tick for tick in inside if tick.label]
    lines: list[Item] = [_across(plot, [tick.position for tick in labelled], Pen(palette.rule))]
    years = [tick.left for tick in made.rows.fine if plot.x <= tick.left <= plot.right]
    lines.append(_down(years, plot.y, strip.bottom, Pen(palette.rule)))
    lines.append(_across(plot, sorted({plot.bottom, strip.bottom}), Pen(palette.ink_soft, 1.0)))
    minor = np.array([tick.position for tick in inside if not tick.label], dtype=np.float64)
    lines.append(
        Segments(np.full(len(minor), plot.x - 3), minor, np.full(len(minor), plot.x), minor, Pen(palette.rule))
    )
    words: list[Item] = [
        Text(room.x, room.y + 13, elide(axis.title, room.width, size=_TITLE_SIZE, measure=measure), _TITLE_SIZE,
             palette.ink_soft, 500)
    ]  # fmt: skip
    words += [
        Text(plot.x - _GAP, tick.position + 4, tick.label, LABEL_SIZE, palette.ink_soft, anchor="end", tabular=True)
        for tick in labelled
    ]
    if strip.height:
        middle = strip.y + strip.height / 2 + 4
        words.append(Text(plot.x - _GAP, middle, _("missing"), LABEL_SIZE, palette.ink_soft, anchor="end"))
    below = strip.bottom + 15
    words += [
        Text((max(tick.left, plot.x) + min(tick.right, plot.right)) / 2, below, tick.label, LABEL_SIZE,
             palette.ink_soft, anchor="middle", tabular=True)
        for tick in made.rows.fine
        if tick.label and tick.left >= plot.x - 0.5 and tick.right <= plot.right + 0.5
    ]  # fmt: skip
    foot = below + _TICK_ROW
    title = _("Release date")
    width = measure.width(title, _TITLE_SIZE, 500)
    middle_x = plot.x + plot.width / 2
    coarse = made.rows.unit not in ("year", "2 years", "5 years")
    if coarse:
        words += [
            Text(tick.label_x, foot, tick.label, LABEL_SIZE, palette.ink, 500, tabular=True)
            for tick in made.rows.coarse
            if tick.label
        ]
    else:
        words.append(Text(middle_x, foot, title, _TITLE_SIZE, palette.ink_soft, 500, anchor="middle"))
    if note and not coarse and measure.width(note, LABEL_SIZE) < (plot.width - width) / 2 - 16:
        words.append(Text(plot.right, foot, note, LABEL_SIZE, palette.ink_soft, anchor="end"))
    elif note and measure.width(axis.title, _TITLE_SIZE, 500) + measure.width(note, LABEL_SIZE) + 24 < room.width:
        words.append(Text(plot.right, room.y + 13, note, LABEL_SIZE, palette.ink_soft, anchor="end"))
    return [Layer("grid", tuple(lines)), Layer("axes", tuple(words))]


def _across(plot: Rect, ys: list[float], pen: Pen) -> Segments:
    y = np.array([round(value) + 0.5 for value in ys], dtype=np.float64)
    return Segments(np.full(len(y), plot.x), y, np.full(len(y), plot.right), y, pen)


def _down(xs: list[float], top: float, bottom: float, pen: Pen) -> Segments:
    x = np.array([round(value) + 0.5 for value in xs], dtype=np.float64)
    return Segments(x, np.full(len(x), top), x, np.full(len(x), bottom), pen)
