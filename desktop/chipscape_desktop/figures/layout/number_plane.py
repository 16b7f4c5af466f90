"""The plane of two axes of numbers, each linear or logarithmic: the ground of scatter plots and of the roofline."""

from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Floats, Item, Layer, Pen, Rect, Segments, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.scales import LinearScale, LogScale, Tick
from chipscape_desktop.figures.text import Measure, elide

LABEL_SIZE, TITLE_SIZE = 11.0, 12.0
_HEAD, _GAP, _TICK_ROW, _RIGHT = 22.0, 8.0, 18.0, 12.0
_PER_TICK_X, _PER_TICK_Y = 80.0, 46.0
_WIDEST = 60.0  # powers of ten


@dataclass(frozen=True, slots=True)
class NumberPlane:
    """Where the data lie; the view has the logarithm to the base of ten along a logarithmic axis."""

    plot: Rect
    view: View
    x_axis: Axis
    y_axis: Axis
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]

    def x(self, values: Floats) -> Floats:
        """Return the pixels of values along the horizontal axis."""
        return self.plot.x + _share(values, self.view.x, log=self.x_axis.log) * self.plot.width

    def y(self, values: Floats) -> Floats:
        """Return the pixels of values along the vertical axis."""
        return self.plot.bottom - _share(values, self.view.y, log=self.y_axis.log) * self.plot.height


def _share(values: Floats, ends: tuple[float, float], *, log: bool) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        places = np.log10(values) if log else np.asarray(values, dtype=np.float64)
        share = (places - ends[0]) / (ends[1] - ends[0])
    return np.asarray(np.clip(np.nan_to_num(share, nan=-20.0, neginf=-20.0, posinf=20.0), -20, 20), dtype=np.float64)


def proper(ends: tuple[float, float], *, log: bool) -> tuple[float, float]:
    """Return a range that a scale can be made of."""
    low, high = (max(ends[0], -_WIDEST), min(ends[1], _WIDEST)) if log else ends
    return (low, high) if high - low > 1e-9 * max(abs(low), abs(high), 1e-9) else (low - 0.5, low + 0.5)


def number_plane(room: Rect, view: View, x_axis: Axis, *, y_axis: Axis, measure: Measure) -> NumberPlane:
    """Lay out the axes inside *room*."""
    view = View(proper(view.x, log=x_axis.log), proper(view.y, log=y_axis.log))
    top, bottom = room.y + _HEAD, max(room.y + _HEAD + 20, room.bottom - 2 * _TICK_ROW - 4)
    y_scale = _scale(view.y, bottom, top, log=y_axis.log)
    y_ticks = y_scale.ticks(max(3, int((bottom - top) / _PER_TICK_Y)), style=y_axis.style)
    widest = max((measure.width(tick.label, LABEL_SIZE) for tick in y_ticks), default=0.0)
    left = room.x + max(widest, 24.0) + _GAP
    plot = Rect(left, top, max(20.0, room.right - _RIGHT - left), bottom - top)
    x_scale = _scale(view.x, plot.x, plot.right, log=x_axis.log)
    x_ticks = x_scale.ticks(max(3, int(plot.width / _PER_TICK_X)), style=x_axis.style)
    return NumberPlane(plot, view, x_axis, y_axis, x_ticks, y_ticks)


def _scale(ends: tuple[float, float], start: float, end: float, *, log: bool) -> LogScale | LinearScale:
    return LogScale(10.0 ** ends[0], 10.0 ** ends[1], start, end) if log else LinearScale(*ends, start, end)


def number_plane_layers(
    made: NumberPlane, room: Rect, palette: Palette, measure: Measure, *, note: str = ""
) -> list[Layer]:
    """Return the hairlines behind the data and the words of the axes; *note* stands at the foot, right."""
    plot = made.plot
    xs = [tick for tick in made.x_ticks if tick.label and plot.x - 0.5 <= tick.position <= plot.right + 0.5]
    ys = [tick for tick in made.y_ticks if tick.label and plot.y - 0.5 <= tick.position <= plot.bottom + 0.5]
    lines: list[Item] = [
        _across(plot, [tick.position for tick in ys], Pen(palette.rule)),
        _down(plot, [tick.position for tick in xs], Pen(palette.rule)),
        _across(plot, [plot.bottom], Pen(palette.ink_soft)),
        _down(plot, [plot.x], Pen(palette.ink_soft)),
    ]
    y_title = elide(made.y_axis.title, room.width, size=TITLE_SIZE, measure=measure)
    words: list[Item] = [Text(room.x, room.y + 13, y_title, TITLE_SIZE, palette.ink_soft, 500)]
    words += [
        Text(plot.x - _GAP, tick.position + 4, tick.label, LABEL_SIZE, palette.ink_soft, anchor="end", tabular=True)
        for tick in ys
    ]
    below, last = plot.bottom + 15, -1e9
    for tick in xs:
        half = measure.width(tick.label, LABEL_SIZE) / 2
        if tick.position - half >= last + 6:
            last = tick.position + half
            words.append(
                Text(tick.position, below, tick.label, LABEL_SIZE, palette.ink_soft, anchor="middle", tabular=True)
            )
    x_title = elide(made.x_axis.title, plot.width, size=TITLE_SIZE, measure=measure)
    words.append(
        Text(plot.x + plot.width / 2, below + _TICK_ROW, x_title, TITLE_SIZE, palette.ink_soft, 500, anchor="middle")
    )
    wide = measure.width(x_title, TITLE_SIZE, 500)
    if note and measure.width(note, LABEL_SIZE) < (plot.width - wide) / 2 - 16:
        words.append(Text(plot.right, below + _TICK_ROW, note, LABEL_SIZE, palette.ink_soft, anchor="end"))
    elif note and measure.width(y_title, TITLE_SIZE, 500) + measure.width(note, LABEL_SIZE) + 24 < room.width:
        words.append(Text(plot.right, room.y + 13, note, LABEL_SIZE, palette.ink_soft, anchor="end"))
    return [Layer("grid", tuple(lines)), Layer("axes", tuple(words))]


def _across(plot: Rect, ys: list[float], pen: Pen) -> Segments:
    y = np.array([round(value) + 0.5 for value in ys], dtype=np.float64)
    return Segments(np.full(len(y), plot.x), y, np.full(len(y), plot.right), y, pen)


def _down(plot: Rect, xs: list[float], pen: Pen) -> Segments:
    x = np.array([round(value) + 0.5 for value in xs], dtype=np.float64)
    return Segments(x, np.full(len(x), plot.y), x, np.full(len(x), plot.bottom), pen)
