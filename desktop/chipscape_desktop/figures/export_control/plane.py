"""The plane of two logarithmic axes: where values lie, its ticks, the lines of the rule and its regions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Box, Floats, Item, Layer, Pen, Rect, Segments, Text
from chipscape_desktop.figures.export_control.spec import ExportSpec, Region
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.axes import LABEL_SIZE, STRIP
from chipscape_desktop.figures.performance.words import amount
from chipscape_desktop.figures.scales import LogScale, Tick
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.i18n import _

_TITLE_SIZE = 12.0
_HEAD, _GAP, _TICK_ROW = 40.0, 8.0, 18.0
_PER_TICK_X, _PER_TICK_Y = 80.0, 46.0
_WIDEST = 60.0  # powers of ten


@dataclass(frozen=True, slots=True)
class PlaneAxes:
    """Where the data lie: `plot` for the plane, `foot` and `side` for what has a place on one axis only."""

    plot: Rect
    foot: Rect
    side: Rect
    view: View
    x_scale: LogScale
    y_scale: LogScale
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]

    def x(self, values: Floats) -> Floats:
        """Return the pixels of values on the horizontal axis; zero and infinity lie beyond its ends."""
        return self.plot.x + _share(values, self.view.x) * self.plot.width

    def y(self, values: Floats) -> Floats:
        """Return the pixels of values on the vertical axis; zero and infinity lie beyond its ends."""
        return self.plot.bottom - _share(values, self.view.y) * self.plot.height

    def box(self, x: tuple[float, float], y: tuple[float, float]) -> Rect:
        """Return the visible part of a rectangle of values, of no size where none is."""
        left, right = np.clip(self.x(np.array(x)), self.plot.x, self.plot.right).tolist()
        bottom, top = np.clip(self.y(np.array(y)), self.plot.y, self.plot.bottom).tolist()
        return Rect(left, top, right - left, bottom - top)


def _share(values: Floats, ends: tuple[float, float]) -> Floats:
    with np.errstate(divide="ignore"):
        shares = (np.log10(values) - ends[0]) / (ends[1] - ends[0])
    return np.asarray(np.clip(shares, -50.0, 50.0), dtype=np.float64)


def plane_axes(spec: ExportSpec, room: Rect, view: View, measure: Measure) -> PlaneAxes:
    """Lay out the axes inside *room*."""
    view = View(_proper(view.x), _proper(view.y))
    foot_height = STRIP if len(spec.below.value) else 0.0
    side_width = STRIP if len(spec.beside.value) else 0.0
    top = room.y + _HEAD
    bottom = max(top + 20, room.bottom - 2 * _TICK_ROW - 4 - foot_height)
    y_scale = LogScale(10.0 ** view.y[0], 10.0 ** view.y[1], bottom, top)
    y_ticks = y_scale.ticks(max(3, int((bottom - top) / _PER_TICK_Y)), style=spec.style)
    words = [tick.label for tick in y_ticks] + ([_("missing")] if foot_height else [])
    widest = max((measure.width(text, LABEL_SIZE) for text in words), default=0.0)
    limits = max((measure.width(amount(one), LABEL_SIZE, 500) for one in spec.plane.y_limits), default=0.0)
    left = room.x + max(widest, 24.0) + _GAP + side_width
    plot = Rect(left, top, max(20.0, room.right - limits - _GAP - left), bottom - top)
    x_scale = LogScale(10.0 ** view.x[0], 10.0 ** view.x[1], plot.x, plot.right)
    x_ticks = x_scale.ticks(max(3, int(plot.width / _PER_TICK_X)), style=spec.style)
    return PlaneAxes(
        plot,
        Rect(plot.x, plot.bottom, plot.width, foot_height),
        Rect(plot.x - side_width, plot.y, side_width, plot.height),
        view,
        x_scale,
        y_scale,
        x_ticks,
        y_ticks,
    )


def _proper(ends: tuple[float, float]) -> tuple[float, float]:
    low, high = max(ends[0], -_WIDEST), min(ends[1], _WIDEST)
    return (low, high) if high - low > 1e-6 else (low - 0.5, low + 0.5)


def axis_layers(
    made: PlaneAxes, spec: ExportSpec, room: Rect, palette: Palette, measure: Measure, *, note: str
) -> list[Layer]:
    """Return the hairlines behind the data and the words of the axes; *note* stands at the foot, right."""
    plot, foot, side = made.plot, made.foot, made.side
    x_ticks = [tick for tick in made.x_ticks if tick.label and plot.x - 0.5 <= tick.position <= plot.right + 0.5]
    y_ticks = [tick for tick in made.y_ticks if tick.label and plot.y - 0.5 <= tick.position <= plot.bottom + 0.5]
    lines: list[Item] = [
        _across(side.x, plot.right, [tick.position for tick in y_ticks], Pen(palette.rule)),
        _down([tick.position for tick in x_ticks], plot.y, foot.bottom, Pen(palette.rule)),
        _across(side.x, plot.right, sorted({plot.bottom, foot.bottom}), Pen(palette.ink_soft)),
        _down(sorted({plot.x, side.x}), plot.y, foot.bottom, Pen(palette.ink_soft)),
    ]
    y_title = elide(spec.plane.y_title, room.width, size=_TITLE_SIZE, measure=measure)
    words: list[Item] = [Text(room.x, room.y + 13, y_title, _TITLE_SIZE, palette.ink_soft, 500)]
    words += [
        Text(side.x - _GAP, tick.position + 4, tick.label, LABEL_SIZE, palette.ink_soft, anchor="end", tabular=True)
        for tick in y_ticks
    ]
    below = foot.bottom + 15
    words += _spaced(
        [
            Text(tick.position, below, tick.label, LABEL_SIZE, palette.ink_soft, anchor="middle", tabular=True)
            for tick in x_ticks
        ],
        measure,
    )
    if foot.height:
        words.append(
            Text(side.x - _GAP, foot.y + foot.height / 2 + 4, _("missing"), LABEL_SIZE, palette.ink_soft, anchor="end")
        )
    elif side.width:
        words.append(Text(side.x + side.width / 2, below, _("missing"), LABEL_SIZE, palette.ink_soft, anchor="middle"))
    middle = plot.x + plot.width / 2
    x_title = elide(spec.plane.x_title, plot.width, size=_TITLE_SIZE, measure=measure)
    words.append(Text(middle, below + _TICK_ROW, x_title, _TITLE_SIZE, palette.ink_soft, 500, anchor="middle"))
    wide = measure.width(x_title, _TITLE_SIZE, 500)
    if note and measure.width(note, LABEL_SIZE) < (plot.width - wide) / 2 - 16:
        words.append(Text(plot.right, below + _TICK_ROW, note, LABEL_SIZE, palette.ink_soft, anchor="end"))
    elif note and measure.width(y_title, _TITLE_SIZE, 500) + measure.width(note, LABEL_SIZE) + 24 < room.width:
        words.append(Text(plot.right, room.y + 13, note, LABEL_SIZE, palette.ink_soft, anchor="end"))
    words += _limits(made, spec, palette, measure)
    return [Layer("grid", tuple(lines)), Layer("axes", tuple(words))]


def _limits(made: PlaneAxes, spec: ExportSpec, palette: Palette, measure: Measure) -> list[Text]:
    """Return the numbers of the rule's lines: above the plot, and to its right."""
    plot = made.plot
    xs = [(value, float(made.x(np.array([value]))[0])) for value in spec.plane.x_limits]
    ys = [(value, float(made.y(np.array([value]))[0])) for value in spec.plane.y_limits]
    above = [
        Text(x, plot.y - 6, amount(value), LABEL_SIZE, palette.amber, 500, anchor="middle", tabular=True)
        for value, x in xs
        if plot.x <= x <= plot.right
    ]
    beside = [
        Text(plot.right + _GAP / 2, y + 4, amount(value), LABEL_SIZE, palette.amber, 500, tabular=True)
        for value, y in ys
        if plot.y + 4 <= y <= plot.bottom - 4
    ]
    kept: list[Text] = []
    for text in sorted(beside, key=lambda one: one.y):
        if not kept or text.y - kept[-1].y >= LABEL_SIZE + 2:
            kept.append(text)
    return [*_spaced(above, measure), *kept]


def _spaced(texts: Sequence[Text], measure: Measure) -> list[Text]:
    """Return the texts of a row that leave room between each other, the later ones giving way."""
    kept: list[Text] = []
    edge = -math.inf
    for text in sorted(texts, key=lambda one: one.x):
        half = measure.width(text.text, text.size, text.weight) / 2
        if text.x - half >= edge:
            kept.append(text)
            edge = text.x + half + 6
    return kept


def region_layers(
    made: PlaneAxes, spec: ExportSpec, palette: Palette, measure: Measure, marks: Floats
) -> tuple[list[Layer], list[Rect]]:
    """Return the regions with their edges and names, and the boxes of the names.

    A name stands in the corner of its region where it hides the fewest *marks* (left, top, right, bottom, one a row).
    """
    fills: list[Item] = []
    rooms: dict[tuple[str, ...], list[tuple[Rect, Region]]] = {}
    for region in spec.plane.regions:
        rect = made.box(region.x, region.y)
        if rect.width < 1 or rect.height < 1:
            continue
        soft = palette.amber_soft if region.strict else palette.amber_soft + "80"
        fills.append(Box(rect, soft, hatch=palette.amber + ("66" if region.strict else "2e"), ref=region.ref))
        rooms.setdefault(region.lines, []).append((rect, region))
    edges = np.array(spec.plane.edges, dtype=np.float64).reshape(-1, 4)
    if len(edges):
        plot = made.plot
        x = np.clip(np.stack([made.x(edges[:, 0]), made.x(edges[:, 2])]), plot.x - 2, plot.right + 2)
        y = np.clip(np.stack([made.y(edges[:, 1]), made.y(edges[:, 3])]), plot.y - 2, plot.bottom + 2)
        fills.append(Segments(x[0], y[0], x[1], y[1], Pen(palette.amber, 1.5)))
    texts: list[Item] = []
    boxes: list[Rect] = []
    for lines, found in rooms.items():
        spot = _corner(lines, found, measure, marks, boxes)
        if spot is None:
            continue
        rect, shown, region = spot
        boxes.append(rect)
        texts += [
            Text(rect.x + 2, rect.y + 11 + 14 * row, line, LABEL_SIZE, palette.amber if row == 0 else palette.ink_soft,
                 600 if row == 0 else 400, halo=palette.ground, ref=region.ref)
            for row, line in enumerate(shown)
        ]  # fmt: skip
    return [Layer("regions", tuple(fills), made.plot), Layer("region-names", tuple(texts))], boxes


def _corner(
    lines: tuple[str, ...], rooms: list[tuple[Rect, Region]], measure: Measure, marks: Floats, taken: list[Rect]
) -> tuple[Rect, tuple[str, ...], Region] | None:
    best: tuple[int, int, Rect, tuple[str, ...], Region] | None = None
    for rect, region in rooms:
        for shown in (lines, lines[:1]):
            width = max(measure.width(line, LABEL_SIZE, 600) for line in shown) + 4
            height = 14.0 * len(shown) + 2
            if width + 12 > rect.width or height + 8 > rect.height:
                continue
            for right in (False, True):
                for low in (True, False):
                    spot = Rect(
                        rect.right - width - 6 if right else rect.x + 6,
                        rect.bottom - height - 4 if low else rect.y + 4,
                        width,
                        height,
                    )
                    hidden = _hidden(spot, marks) + 100 * any(_touch(spot, one) for one in taken)
                    cost = (hidden, -len(shown))
                    if best is None or cost < best[:2]:
                        best = (*cost, spot, shown, region)
    if best is None or best[0] >= 100:
        return None
    return best[2], best[3], best[4]


def _hidden(spot: Rect, marks: Floats) -> int:
    over = (marks[:, 0] < spot.right) & (marks[:, 2] > spot.x) & (marks[:, 1] < spot.bottom) & (marks[:, 3] > spot.y)
    return int(np.count_nonzero(over))


def _touch(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _across(left: float, right: float, ys: list[float], pen: Pen) -> Segments:
    y = np.array([round(value) + 0.5 for value in ys], dtype=np.float64)
    return Segments(np.full(len(y), left), y, np.full(len(y), right), y, pen)


def _down(xs: list[float], top: float, bottom: float, pen: Pen) -> Segments:
    x = np.array([round(value) + 0.5 for value in xs], dtype=np.float64)
    return Segments(x, np.full(len(x), top), x, np.full(len(x), bottom), pen)
