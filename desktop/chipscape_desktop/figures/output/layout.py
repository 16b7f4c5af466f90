"""From the output spec to a drawing."""

from collections.abc import Iterator
from typing import cast

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Item, Layer, Marks, Pen, Rect, Segments, Shape, Text
from chipscape_desktop.figures.labels import RowRequests, place_rows
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.output.build import SHAPES
from chipscape_desktop.figures.output.spec import OutputSpec, Row
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.scales import LinearScale, LogScale, Tick
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.i18n import _, ngettext

_SIZE, _SMALL = 12.0, 10.5
_LEAST, _TALLEST, _TWO_LINES = 16.0, 40.0, 27.0
_HEAD, _FOOT, _TALLY, _GAP = 14.0, 40.0, 44.0, 10.0
_WIDEST, _WIDE = 0.34, 0.44  # of the width, for the names, and of a narrow figure's
_LONGEST = 150.0


def draw(
    spec: OutputSpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of *spec* in *frame* for the rows in *view*."""
    room = frame.plot
    names = [measure.width(row.name, _SIZE, 500) for row in spec.rows]
    first = min(max(names, default=40.0) + _GAP, room.width * (_WIDEST if room.width > 420 else _WIDE))
    height = max(room.height - _HEAD - _FOOT, _LEAST)
    top_row = -view.y[1]
    wanted = max(view.y[1] - view.y[0], 0.5)
    step = min(max(height / wanted, _LEAST), _TALLEST)
    plot = Rect(room.x + first, room.y + _HEAD, max(room.width - first - _TALLY, 40.0), min(height, step * wanted))
    scale = (LogScale if spec.log else LinearScale)(spec.low, spec.high, plot.x, plot.right)
    ticks = scale.ticks(max(2, int(plot.width / 80)), style=spec.style)
    shown = [
        (row, plot.y + (place - top_row + 0.5) * step)
        for place, row in enumerate(spec.rows)
        if plot.y - 0.5 <= plot.y + (place - top_row + 0.5) * step - step / 2 and
        plot.y + (place - top_row + 1) * step <= plot.bottom + 0.5
    ]  # fmt: skip
    below = len(spec.rows) - len(shown)
    note = ""
    if below:
        note = ngettext("{count} row out of view", "{count} rows out of view", below).format(count=below)
    marks = [item for row, y in shown for item in _marks(row, y, scale, palette)]
    labels, dropped = _labels(shown, scale, plot, palette, measure)
    layers = [
        Layer("grid", tuple(_grid(ticks, shown, plot, step, palette))),
        Layer("axes", tuple(_axis(spec, ticks, (room, plot), palette, measure, note))),
        Layer("names", tuple(_names(shown, room, first, step, palette, measure))),
        Layer("whiskers", tuple(item for row, y in shown for item in _range(row, y, scale, palette))),
        Layer("values", tuple(marks)),
        Layer("labels", tuple(labels)),
    ]
    if not spec.rows:
        text = _("Nobody in the base gives such a figure.")
        middle = Text(plot.x + plot.width / 2, plot.y + height / 2, text, 13.0, palette.ink_soft, anchor="middle")
        layers.append(Layer("empty", (middle,)))
    return Drawing(
        size[0], size[1], palette.ground, plot, tuple(layer for layer in (*frame.layers, *layers) if layer.items),
        spec.caption.title, spec.summary, dropped,
    )  # fmt: skip


def _grid(
    ticks: tuple[Tick, ...], shown: list[tuple[Row, float]], plot: Rect, step: float, palette: Palette
) -> Iterator[Segments]:
    x = np.array([round(tick.position) + 0.5 for tick in ticks if tick.label], dtype=np.float64)
    yield Segments(x, np.full(len(x), plot.y), x, np.full(len(x), plot.bottom), Pen(palette.rule))
    y = np.array([round(middle) + 0.5 for _row, middle in shown], dtype=np.float64)
    yield Segments(np.full(len(y), plot.x), y, np.full(len(y), plot.right), y, Pen(palette.rule, 1.0, (1.0, 3.0)))
    foot = np.array([round(plot.bottom) + 0.5])
    yield Segments(np.array([plot.x]), foot, np.array([plot.right]), foot, Pen(palette.ink_soft))


def _axis(
    spec: OutputSpec, ticks: tuple[Tick, ...], areas: tuple[Rect, Rect], palette: Palette, measure: Measure, note: str
) -> Iterator[Text]:
    room, plot = areas
    for tick in ticks:
        if tick.label:
            yield Text(
                tick.position, plot.bottom + 15, tick.label, 11.0, palette.ink_soft, anchor="middle", tabular=True
            )
    y = plot.bottom + 33
    text = elide(spec.axis_title, room.width, size=_SIZE, weight=500, measure=measure)
    title = measure.width(text, _SIZE, 500)
    middle = max(min(plot.x + plot.width / 2, room.right - title / 2), room.x + title / 2)
    yield Text(middle, y, text, _SIZE, palette.ink_soft, 500, "middle")
    if note and measure.width(note, 11.0) < plot.width / 2 - title / 2 + _TALLY - 8:
        yield Text(plot.right + _TALLY, y, note, 11.0, palette.ink_soft, anchor="end")


def _names(
    shown: list[tuple[Row, float]], room: Rect, first: float, step: float, palette: Palette, measure: Measure
) -> Iterator[Text]:
    two = step >= _TWO_LINES
    if shown:
        head = _("claims / independent sources")
        yield Text(room.right, room.y + 9, head, _SMALL, palette.ink_soft, anchor="end")
    for row, y in shown:
        below = two and bool(row.note)
        text = _named(row, first - _GAP, measure)
        yield Text(room.x, y - 1 if below else y + 4, text, _SIZE, palette.ink, 500, ref=row.ref)
        if below:
            text = elide(row.note, first - _GAP, size=_SMALL, measure=measure)
            yield Text(room.x, y + 11, text, _SMALL, palette.ink_soft, ref=row.ref)
        yield Text(room.right, y + 4, row.tally, 11.0, palette.ink_soft, anchor="end", tabular=True, ref=row.ref)


def _named(row: Row, width: float, measure: Measure) -> str:
    """Return the name of a row, shortened before its period: rows of one maker differ in that."""
    if measure.width(row.name, _SIZE, 500) <= width or not row.name.endswith(row.period):
        return elide(row.name, width, size=_SIZE, weight=500, measure=measure)
    head = row.name.removesuffix(row.period)
    free = width - measure.width(row.period, _SIZE, 500) - 2
    return elide(head, max(free, 0.0), size=_SIZE, weight=500, measure=measure) + row.period


def _range(row: Row, y: float, scale: LogScale | LinearScale, palette: Palette) -> Iterator[Segments]:
    if row.high > row.low and (row.low > 0 or isinstance(scale, LinearScale)):
        low, high = (np.array([scale.to_px(value)]) for value in (row.low, row.high))
        at = np.array([y])
        yield Segments(low, at, high, at, Pen(palette.colour(row.colour), 2.0), refs=(row.ref,))


def _marks(row: Row, y: float, scale: LogScale | LinearScale, palette: Palette) -> Iterator[Item]:
    ink = palette.colour(row.colour)
    for mark in reversed(row.marks):  # the chosen one lies in front
        if mark.value <= 0 and isinstance(scale, LogScale):
            continue
        x = float(scale.to_px(mark.value))
        shape = cast(Shape, SHAPES[mark.look])
        size = 12.0 if mark.chosen else 8.5
        fill, pen = (palette.ground, Pen(ink, 1.5)) if mark.hollow else (ink, Pen(palette.ground, 1.0))
        if shape == "cross":
            fill, pen = None, Pen(ink, 2.0)  # type: ignore[assignment]
        at = (np.array([x]), np.array([y]))
        yield Marks(shape, *at, size, fill, pen, refs=(mark.ref,))
        if mark.side:
            angle = np.array([180.0 if mark.side < 0 else 0.0])
            yield Marks("arrow", np.array([x + mark.side * 9.0]), at[1], 7.0, ink, None, angle, refs=(mark.ref,))


def _labels(
    shown: list[tuple[Row, float]], scale: LogScale | LinearScale, plot: Rect, palette: Palette, measure: Measure
) -> tuple[list[Text], int]:
    """Return whose words the marks are, where there is room beside them, and how many found none."""
    every = [
        (number, y, mark, float(scale.to_px(mark.value)))
        for number, (row, y) in enumerate(shown)
        for mark in row.marks
        if mark.value > 0 or isinstance(scale, LinearScale)
    ]
    if not every:
        return [], 0
    texts = [elide(mark.label, _LONGEST, size=_SMALL, measure=measure) for _n, _y, mark, _x in every]
    x = np.array([place for *_rest, place in every])
    side = np.array([mark.side for _n, _y, mark, _x in every])
    left, right = x - 6 - 10 * (side < 0), x + 6 + 10 * (side > 0)
    requests = RowRequests(
        left, right, np.array([measure.width(text, _SMALL) for text in texts]),
        np.array([number for number, *_rest in every], dtype=np.int64),
        np.array([2.0 * mark.chosen + (not mark.hollow) for _n, _y, mark, _x in every]),
    )  # fmt: skip
    placed = place_rows(requests, plot.x, right=plot.right + _TALLY - 30)
    return [
        Text(float(placed.x[i]), every[i][1] + 4, texts[i], _SMALL, palette.ink_soft, halo=palette.ground,
             ref=every[i][2].ref)
        for i in placed.placed.tolist()
    ], placed.dropped  # fmt: skip
