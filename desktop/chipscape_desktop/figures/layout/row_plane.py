"""Named rows over one axis of numbers: the ground of bars, dumbbells and lists."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Floats, Item, Layer, Pen, Rect, Segments, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.scales import LinearScale, LogScale, Tick
from chipscape_desktop.figures.text import Measure, elide

LABEL_SIZE, TITLE_SIZE = 11.0, 12.0
GAP = 8.0
_TICK_ROW = 18.0
_PER_TICK = 70.0
_LOWEST, _HIGHEST = -120.0, 120.0
READABLE = 13.0
"""The least height of a row, in pixels, whose name can be read."""


@dataclass(frozen=True, slots=True)
class RowPlane:
    """Rows below each other, the first at the top: row i takes the heights -i to -i-1 of the view.

    `plot` holds the marks, `aside` (of no width where there is none) what stands to the right of each row.
    """

    plot: Rect
    aside: Rect
    view: View
    axis: Axis
    ticks: tuple[Tick, ...]

    @property
    def pitch(self) -> float:
        """The height of a row in pixels."""
        return self.plot.height / (self.view.y[1] - self.view.y[0])

    def x(self, values: Floats) -> Floats:
        """Return the pixels of values; those with no place on a log axis lie at its start."""
        low, high = self.view.x
        with np.errstate(divide="ignore", invalid="ignore"):
            places = np.log10(values) if self.axis.log else np.asarray(values, dtype=np.float64)
        share = np.nan_to_num((places - low) / (high - low), nan=0.0, neginf=-5.0, posinf=5.0)
        return np.asarray(self.plot.x + np.clip(share, -5.0, 6.0) * self.plot.width, dtype=np.float64)

    def middle(self, row: float) -> float:
        """Return the y of the middle of a row."""
        return self.plot.y + (self.view.y[1] + row + 0.5) * self.pitch

    def rows(self, count: int) -> range:
        """Return the rows of *count* that are in view, at least in part."""
        first = int(np.floor(-self.view.y[1] + 1e-9))
        last = int(np.ceil(-self.view.y[0] - 1e-9))
        return range(max(0, first), min(count, max(last, 0)))


def row_plane(room: Rect, view: View, axis: Axis, *, names: float, aside: float, head: float = 4.0) -> RowPlane:
    """Lay out the axes inside *room*: *names* pixels for the names at the left, *aside* for what is at the right."""
    low, high = view.x if view.x[0] < view.x[1] else (view.x[0] - 0.5, view.x[0] + 0.5)
    if axis.log:
        low, high = max(low, _LOWEST), min(high, _HIGHEST)
    bottom_row, top_row = view.y if view.y[0] < view.y[1] else (view.y[1] - 1, view.y[1])
    view = View((low, high), (bottom_row, top_row))
    left = room.x + names + GAP
    width = max(20.0, room.right - aside - (GAP if aside else 12.0) - left)
    top, bottom = room.y + head, max(room.y + head + 20, room.bottom - 2 * _TICK_ROW - 4)
    plot = Rect(left, top, width, bottom - top)
    scale = LogScale(10.0**low, 10.0**high, left, plot.right) if axis.log else LinearScale(low, high, left, plot.right)
    ticks = scale.ticks(max(2, int(width / _PER_TICK)), style=axis.style)
    beside = Rect(plot.right + GAP, top, aside, bottom - top)
    return RowPlane(plot, beside, view, axis, ticks)


def row_axis_layers(made: RowPlane, palette: Palette, measure: Measure, *, note: str = "") -> list[Layer]:
    """Return the hairlines behind the rows and the words of the axis; *note* stands at the foot, right."""
    plot = made.plot
    inside = [tick for tick in made.ticks if tick.label and plot.x - 0.5 <= tick.position <= plot.right + 0.5]
    x = np.array([round(tick.position) + 0.5 for tick in inside], dtype=np.float64)
    ends = np.array([round(plot.x) + 0.5]), np.array([plot.y]), np.array([round(plot.x) + 0.5]), np.array([plot.bottom])
    lines: list[Item] = [
        Segments(x, np.full(len(x), plot.y), x, np.full(len(x), plot.bottom), Pen(palette.rule)),
        Segments(*ends, Pen(palette.ink_soft)),
    ]
    words: list[Item] = []
    last = -1e9
    for tick in inside:
        half = measure.width(tick.label, LABEL_SIZE) / 2
        if tick.position - half < last + 6:
            continue
        last = tick.position + half
        words.append(
            Text(tick.position, plot.bottom + 15, tick.label, LABEL_SIZE, palette.ink_soft, anchor="middle",
                 tabular=True)
        )  # fmt: skip
    foot = plot.bottom + 15 + _TICK_ROW
    title = elide(made.axis.title, plot.width + made.aside.width, size=TITLE_SIZE, measure=measure)
    wide = measure.width(title, TITLE_SIZE, 500)
    middle = max(plot.x + plot.width / 2, plot.x + wide / 2)
    words.append(Text(middle, foot, title, TITLE_SIZE, palette.ink_soft, 500, anchor="middle"))
    right = max(plot.right, made.aside.right)
    if note and middle + wide / 2 + 16 + measure.width(note, LABEL_SIZE) < right:
        words.append(Text(right, foot, note, LABEL_SIZE, palette.ink_soft, anchor="end"))
    return [Layer("grid", tuple(lines)), Layer("axes", tuple(words))]


def names_width(names: Sequence[str], measure: Measure, *, size: float, most: float) -> float:
    """Return the pixels that the longest of the names takes, at most *most*."""
    return min(max((measure.width(name, size, 500) for name in names), default=0.0) + 4, most)


def zebra(made: RowPlane, rows: range, left: float, palette: Palette) -> Segments:
    """Return hairlines between the rows, from *left* to the end of what stands aside."""
    y = np.array([round(made.middle(row) + made.pitch / 2) + 0.5 for row in rows], dtype=np.float64)
    y = y[(y > made.plot.y) & (y < made.plot.bottom)]
    right = max(made.plot.right, made.aside.right)
    return Segments(np.full(len(y), left), y, np.full(len(y), right), y, Pen(palette.rule))
