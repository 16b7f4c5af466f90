"""From the spec of a comparison to a drawing."""

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.comparison.spec import ComparisonSpec, Line
from chipscape_desktop.figures.drawing import Box, Drawing, Item, Layer, Marks, Pen, Rect, Segments, Text
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.layout.row_plane import (
    GAP,
    LABEL_SIZE,
    RowPlane,
    names_width,
    row_axis_layers,
    row_plane,
)
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.readings.row_marks import Range, claims, whiskers
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.i18n import _, number

_SIZE = 11.5
_HEAD = 22.0
_MARK = 11.0
_THICK = 13.0
_NARROW = 560.0
_LEAST_PITCH = 8.5


def draw(
    spec: ComparisonSpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of *spec* in *frame* for the lines and shares in *view*."""
    room = frame.plot
    height = view.y[1] - view.y[0]
    view = View(view.x, view.y if height >= 1 else (view.y[1] - 1, view.y[1]))
    narrow = room.width < _NARROW
    values = [line for line in spec.lines if not line.head]
    names = names_width([line.name for line in values], measure, size=_SIZE, most=min(190.0, room.width * 0.28))
    told = names_width([line.text for line in values if line.sources], measure, size=LABEL_SIZE,
                       most=min(230.0, room.width * 0.34))  # fmt: skip
    told = max(told, measure.width(_("value (range)"), 10.0) + 8)
    percent = names_width([line.percent for line in values], measure, size=LABEL_SIZE, most=60.0)
    aside = percent + 8 + told + (0.0 if narrow else 30.0)
    made = row_plane(room, view, spec.axis, names=names, aside=aside, head=_HEAD)
    rows = made.rows(len(spec.lines))
    note = ""
    if len(rows) < len(spec.lines):
        note = _("rows {first} to {last} of {count}").format(
            first=number(rows.start + 1), last=number(rows.stop), count=number(len(spec.lines))
        )
    clip = Rect(made.plot.x - 8, made.plot.y, made.plot.width + 16, made.plot.height)
    ranges = [
        Range(row, line.low, line.high, line.ref)
        for row in rows
        if (line := spec.lines[row]).contested and line.share is not None and line.ref is not None
    ]
    ticks = [(row, tick) for row in rows for tick in spec.lines[row].ticks]
    words = _words(spec, made, rows, names=names, percent=percent, told=told, narrow=narrow, palette=palette,
                   measure=measure, left=room.x)  # fmt: skip
    layers = [
        *row_axis_layers(made, palette, measure, note=note),
        Layer("baseline", tuple(_baseline(spec, made, palette)), clip),
        Layer("values", tuple(_values(spec, made, rows, palette)), clip),
        Layer("whiskers", tuple(whiskers(ranges, made, palette)), clip),
        Layer("claims", tuple(claims(ticks, made, palette)), clip),
        Layer("marks", tuple(_marks(spec, made, rows, palette)), clip),
        Layer("labels", words, Rect(room.x, made.plot.y - _HEAD, room.width, made.plot.height + _HEAD)),
    ]
    if spec.empty:
        middle = made.plot.x + made.plot.width / 2, made.plot.y + made.plot.height / 2
        layers.append(Layer("empty", (Text(*middle, spec.empty, 13.0, palette.ink_soft, anchor="middle"),)))
    dropped = 0 if made.pitch >= _LEAST_PITCH else len(rows)
    return Drawing(
        size[0], size[1], palette.ground, made.plot,
        tuple(layer for layer in (*frame.layers, *layers) if layer.items), spec.caption.title, spec.summary, dropped,
    )  # fmt: skip


def _baseline(spec: ComparisonSpec, made: RowPlane, palette: Palette) -> list[Item]:
    if not spec.lines:
        return []
    x = float(made.x(np.array([100.0]))[0])
    ends = np.array([x]), np.array([made.plot.y]), np.array([x]), np.array([made.plot.bottom])
    return [Segments(*ends, Pen(palette.ink_soft, 1.0, (5.0, 4.0)))]


def _values(spec: ComparisonSpec, made: RowPlane, rows: range, palette: Palette) -> list[Item]:
    """Return the bars from zero, or the lines from the baseline to each value."""
    items: list[Item] = []
    base = float(made.x(np.array([100.0]))[0])
    for row in rows:
        line = spec.lines[row]
        if line.share is None:
            continue
        ink, y = palette.colour(line.colour), made.middle(row)
        x = float(made.x(np.array([line.share]))[0])
        if spec.bars:
            thick = min(_THICK, made.pitch * 0.7)
            rect = Rect(made.plot.x, y - thick / 2, max(x - made.plot.x, 1.0), thick)
            fill, pen = (ink[:7] + "2e", Pen(ink, 1.5)) if line.hollow else (ink, None)
            items.append(Box(rect, fill, pen, ref=line.ref))
        elif not line.baseline:
            ends = np.array([base]), np.array([y]), np.array([x]), np.array([y])
            items.append(Segments(*ends, Pen(ink[:7] + "66", 4.0)))
    return items


def _marks(spec: ComparisonSpec, made: RowPlane, rows: range, palette: Palette) -> list[Item]:
    """Return the marks of the chosen values over the claims, and open dashed ones where a value is missing."""
    items: list[Item] = []
    for row in rows:
        line = spec.lines[row]
        if line.head or line.ref is None:
            continue
        y = np.array([made.middle(row)])
        ink = palette.colour(line.colour)
        size = min(_MARK, made.pitch * 0.75)
        if line.share is None:
            pen = Pen(ink, 1.25, (2.5, 2.0))
            items.append(Marks("disc", np.array([made.plot.x + 8]), y, size - 2, None, pen, refs=(line.ref,)))
        elif not spec.bars:
            fill, pen = (palette.ground, Pen(ink, 2.0)) if line.hollow else (ink, Pen(palette.ground, 1.0))
            items.append(Marks(line.shape, made.x(np.array([line.share])), y, size, fill, pen, refs=(line.ref,)))
    return items


def _words(
    spec: ComparisonSpec, made: RowPlane, rows: range, *, names: float, percent: float, told: float, narrow: bool,
    palette: Palette, measure: Measure, left: float,
) -> tuple[Item, ...]:  # fmt: skip
    items: list[Item] = []
    plot, aside = made.plot, made.aside
    if made.pitch < _LEAST_PITCH:
        return ()
    small = min(LABEL_SIZE, made.pitch * 0.9)
    for row in rows:
        line, y = spec.lines[row], made.middle(row) + 0.36 * small
        if not plot.y + 3 <= y <= plot.bottom + 4:
            continue
        if line.head:
            room = aside.x - left - 8
            text = elide(line.name, room, size=small, weight=600, measure=measure)
            items.append(Text(left, y + 1, text, small, palette.ink, 600, halo=palette.ground))
            continue
        name = elide(line.name, names, size=small, measure=measure)
        items.append(Text(plot.x - GAP, y, name, small, palette.ink, 400, "end", ref=line.ref))
        if line.share is None:
            items += _untold(
                line, plot, y, aside, told=told, percent=percent, palette=palette, measure=measure, size=small
            )
            continue
        text = elide(line.text, told, size=small, measure=measure)
        items.append(
            Text(aside.x + percent, y, line.percent, small, palette.ink, 600, "end", tabular=True, ref=line.ref)
        )
        items.append(Text(aside.x + percent + 8, y, text, small, palette.ink, tabular=True, ref=line.ref))
        if not narrow:
            items.append(Text(aside.right, y, number(line.sources), small, palette.ink_soft, anchor="end",
                              tabular=True, ref=line.ref))  # fmt: skip
    if spec.lines:
        head = plot.y - 7
        items.append(Text(aside.x + percent + 8, head, _("value (range)"), 10.0, palette.ink_soft))
        items.append(
            Text(float(made.x(np.array([100.0]))[0]), head, "100\u202f%", 10.0, palette.ink_soft, 500, "middle")
        )
        if not narrow:
            items.append(Text(aside.right, head, _("sources"), 10.0, palette.ink_soft, anchor="end"))
    return tuple(items)


def _untold(
    line: Line,
    plot: Rect,
    y: float,
    aside: Rect,
    *,
    told: float,
    percent: float,
    palette: Palette,
    measure: Measure,
    size: float,
) -> list[Item]:
    """Return the words of a line without a share: why it is missing, or a value whose baseline is missing."""
    if line.sources:
        text = elide(line.text, told, size=size, measure=measure)
        alone = elide(_("nothing to compare it with"), plot.width - 28, size=size, measure=measure)
        return [
            Text(plot.x + 20, y, alone, size, palette.ink_soft, halo=palette.ground, ref=line.ref),
            Text(aside.x + percent + 8, y, text, size, palette.ink, tabular=True, ref=line.ref),
        ]
    text = elide(line.text, plot.width - 28, size=size, measure=measure)
    return [Text(plot.x + 20, y, text, size, palette.ink_soft, halo=palette.ground, ref=line.ref)]
