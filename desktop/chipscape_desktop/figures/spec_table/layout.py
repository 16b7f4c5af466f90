"""From the spec of a table of specifications to a drawing."""

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Box, Drawing, Item, Layer, Marks, Pen, Rect, Segments, Text
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec_table.spec import Cell, SpecTableSpec
from chipscape_desktop.figures.text import Measure, elide, wrap
from chipscape_desktop.i18n import _, ngettext, number

_SIZE, _SMALL = 12.0, 10.0
_HEAD = 44.0
_TALLEST = 30.0
_LEAST = 13.0  # a row lower than this cannot be read
_NAMES = 0.3
_WIDE_FIGURES = str.maketrans(
    "1234567⁰¹²³⁴⁵⁶⁷⁸⁹", "8888888⁸⁸⁸⁸⁸⁸⁸⁸⁸⁸"
)  # figures of equal width are as wide as the widest


def draw(
    spec: SpecTableSpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of *spec* in *frame* for the rows in *view*."""
    room = frame.plot
    low, high = view.y if view.y[1] - view.y[0] >= 1 else (view.y[1] - 1, view.y[1])
    span = high - low
    height = min(max(room.height - _HEAD, 20.0), span * _TALLEST)
    plot = Rect(room.x, room.y + _HEAD, room.width, height)
    pitch = plot.height / span
    first = max(0, int(np.floor(-high + 1e-9)))
    last = min(len(spec.rows), int(np.ceil(-low - 1e-9)))
    columns = len(spec.chips)
    wide = [measure.width(f"{name} ({unit})", _SIZE) for name, unit in spec.rows]
    names = min(max(wide, default=0.0) + 12, room.width * _NAMES)
    column = (room.width - names) / max(columns, 1)

    def top(row: int) -> float:
        return plot.y + (high + row) * pitch

    items: list[Item] = []
    grounds: list[Item] = []
    for row in range(first, last):
        if row % 2:
            grounds.append(Box(Rect(plot.x, top(row), plot.width, pitch), palette.rule[:7] + "55"))
    step = 1 if pitch >= _LEAST else int(np.ceil(_LEAST / pitch))
    for row in range(first, last, step):
        middle = top(row) + pitch / 2
        items += _name(spec.rows[row], plot.x + 4, middle, names - 10, palette, measure)
        for place in range(columns):
            box = Rect(plot.x + names + place * column, top(row), column, pitch)
            items += _cell(spec.cells[row][place], box, palette, measure)
    dropped = (last - first) - len(range(first, last, step))
    note = ""
    if dropped:
        note = ngettext("{count} row found no room", "{count} rows found no room", dropped).format(count=dropped)
    elif last - first < len(spec.rows):
        note = _("rows {first} to {last} of {count}").format(
            first=number(first + 1), last=number(last), count=number(len(spec.rows))
        )
    layers = [
        Layer("grounds", tuple(grounds), plot),
        Layer("heads", tuple(_heads(spec, plot, names, column, palette, measure, note=note))),
        Layer("cells", tuple(items), Rect(plot.x, plot.y, plot.width, plot.height)),
    ]
    if not columns or not spec.rows:
        text = _("Choose chips and metrics.")
        middle_x = plot.x + plot.width / 2
        layers.append(Layer("empty", (Text(middle_x, plot.y + 30, text, 13.0, palette.ink_soft, anchor="middle"),)))
    return Drawing(
        size[0], size[1], palette.ground, plot,
        tuple(layer for layer in (*frame.layers, *layers) if layer.items), spec.caption.title, spec.summary, dropped,
    )  # fmt: skip


def _name(
    row: tuple[str, str], x: float, middle: float, width: float, palette: Palette, measure: Measure
) -> list[Item]:
    name, unit = row
    text = elide(name, width, size=_SIZE, measure=measure)
    items: list[Item] = [Text(x, middle + 4, text, _SIZE, palette.ink)]
    used = measure.width(text, _SIZE)
    if unit and used + measure.width(unit, _SMALL) + 6 < width:
        items.append(Text(x + used + 5, middle + 4, unit, _SMALL, palette.ink_soft))
    return items


def _cell(cell: Cell, box: Rect, palette: Palette, measure: Measure) -> list[Item]:
    """Return a cell: the value at the right, its range below or beside it, a sign where it is missing or soft."""
    right, middle = box.right - 10, box.y + box.height / 2
    items: list[Item] = [Box(box, None, ref=cell.ref)]
    two_lines = bool(cell.range) and box.height >= 25
    base = middle + (-1 if two_lines else 4)
    weight = 400 if cell.missing else 600
    size = _SIZE if measure.width(cell.text, _SIZE, weight) < box.width - 34 else _SMALL
    text = elide(cell.text, box.width - 26, size=size, weight=weight, measure=measure)
    if cell.missing:
        items.append(Text(right, base, text, _SMALL, palette.ink_soft, anchor="end", ref=cell.ref))
        pen = Pen(palette.ink_soft, 1.25, (2.5, 2.0))
        at = right - measure.width(text, _SMALL) - 9
        items.append(Marks("disc", np.array([at]), np.array([base - 3.5]), 8.0, None, pen, refs=(cell.ref,)))
        return items
    items.append(
        Text(right, base, text, size, palette.ink, 600, anchor="end", tabular=True, ref=cell.ref)
    )  # fmt: skip
    left = right - measure.width(text.translate(_WIDE_FIGURES), size, 600) - 2
    if cell.soft:
        pen = Pen(palette.ink_soft, 1.5)
        items.append(Marks("disc", np.array([left - 9]), np.array([base - 4]), 7.0, None, pen, refs=(cell.ref,)))
        left -= 16
    if two_lines:
        small = elide(cell.range, box.width - 12, size=_SMALL, measure=measure)
        items.append(Text(right, base + 11, small, _SMALL, palette.ink_soft, anchor="end", tabular=True, ref=cell.ref))
    elif cell.range and measure.width(cell.range, _SMALL) + 14 < left - box.x:
        items.append(
            Text(left - 6, base, cell.range, _SMALL, palette.ink_soft, anchor="end", tabular=True, ref=cell.ref)
        )
    elif cell.contested:
        x, y = left - 6, base - 4
        lines = np.array([[x, y - 5, x, y + 5], [x - 3, y - 5, x + 3, y - 5], [x - 3, y + 5, x + 3, y + 5]]).T
        items.append(Segments(lines[0], lines[1], lines[2], lines[3], Pen(palette.ink_soft, 1.5), refs=(cell.ref,) * 3))
    return items


def _heads(
    spec: SpecTableSpec, plot: Rect, names: float, column: float, palette: Palette, measure: Measure, *, note: str
) -> list[Item]:
    items: list[Item] = []
    for place, (name, maker) in enumerate(spec.chips):
        right = plot.x + names + (place + 1) * column - 10
        lines = wrap(name, column - 14, size=_SIZE, weight=600, max_lines=2, measure=measure)
        base = plot.y - 8
        short = elide(maker, column - 14, size=_SMALL, measure=measure)
        if len(lines) == 1 and short and short not in name:
            items.append(Text(right, base, short, _SMALL, palette.ink_soft, anchor="end"))
            base -= 14
        for k, line in enumerate(reversed(lines)):
            items.append(Text(right, base - 15 * k, line, _SIZE, palette.ink, 600, "end"))
    y = np.array([plot.y, plot.bottom])
    items.append(Segments(np.full(2, plot.x), y, np.full(2, plot.right), y, Pen(palette.ink_soft)))
    if note:
        items.append(Text(plot.x, plot.y - 8, note, _SMALL, palette.ink_soft))
    return items
