"""From the spec of a ranking to a drawing."""

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Box, Drawing, Item, Layer, Marks, Pen, Rect, Text
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.layout.row_plane import (
    GAP,
    LABEL_SIZE,
    READABLE,
    RowPlane,
    names_width,
    row_axis_layers,
    row_plane,
)
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.ranking.spec import Bar, RankingSpec
from chipscape_desktop.figures.readings.row_marks import Range, claims, whiskers
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.i18n import _, ngettext, number

_NAME_SIZE = 11.5
_HEAD = 20.0
_MOST_NAMES, _MOST_ASIDE = 190.0, 190.0
_THICK = 16.0
_NARROW = 520.0
_LEAST_ROWS = 1


def draw(
    spec: RankingSpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of *spec* in *frame* for the rows and values in *view*."""
    room = frame.plot
    count = len(spec.bars)
    view = View(view.x, _rows_in_view(view.y, count))
    narrow = room.width < _NARROW
    rows_seen = range(max(0, int(-view.y[1])), min(count, int(-view.y[0]) + 1))
    names = names_width([spec.bars[i].name for i in rows_seen], measure, size=_NAME_SIZE,
                        most=min(_MOST_NAMES, room.width * 0.3))  # fmt: skip
    texts = [spec.bars[i].text for i in rows_seen if spec.bars[i].value is not None]
    value_width = min(names_width(texts, measure, size=LABEL_SIZE, most=_MOST_ASIDE), room.width * 0.34)
    value_width = max(value_width, measure.width(_("value (range)"), 10.0) + 8)
    aside = value_width + (0.0 if narrow else 34.0)
    made = row_plane(room, view, spec.axis, names=names, aside=aside, head=_HEAD)
    rows = made.rows(count)
    readable = made.pitch >= READABLE
    step = 1 if readable else int(np.ceil(READABLE / made.pitch))
    dropped = 0 if readable else len(rows) - len(range(rows.start, rows.stop, step))
    note = ""
    if dropped:
        note = ngettext("{count} label found no room", "{count} labels found no room", dropped).format(count=dropped)
    elif len(rows) < count:
        note = _("rows {first} to {last} of {count}").format(
            first=number(rows.start + 1), last=number(rows.stop), count=number(count)
        )
    clip = Rect(made.plot.x - 6, made.plot.y, made.plot.width + 12, made.plot.height)
    words = _words(spec, made, rows, step=step, names=names, value_width=value_width, narrow=narrow, palette=palette,
                   measure=measure)  # fmt: skip
    layers = [
        *row_axis_layers(made, palette, measure, note=note),
        Layer("bars", tuple(_bars(spec, made, rows, palette)), clip),
        Layer("whiskers", tuple(_whiskers(spec, made, rows, palette)), clip),
        Layer(
            "claims", tuple(claims([(row, tick) for row in rows for tick in spec.bars[row].ticks], made, palette)), clip
        ),
        Layer("missing", tuple(_missing(spec, made, rows, palette)), clip),
        Layer("labels", words, Rect(room.x, made.plot.y - _HEAD, room.width, made.plot.height + _HEAD)),
    ]
    if not count:
        empty = _("No record has a figure to compare under this convention.")
        middle = made.plot.x + made.plot.width / 2, made.plot.y + made.plot.height / 2
        layers.append(Layer("empty", (Text(*middle, empty, 13.0, palette.ink_soft, anchor="middle"),)))
    return Drawing(
        size[0], size[1], palette.ground, made.plot,
        tuple(layer for layer in (*frame.layers, *layers) if layer.items), spec.caption.title, spec.summary, dropped,
    )  # fmt: skip


def _rows_in_view(y: tuple[float, float], count: int) -> tuple[float, float]:
    low, high = y
    return (low, high) if high - low >= _LEAST_ROWS else (high - _LEAST_ROWS, high)


def _box(made: RowPlane, row: int, bar: Bar) -> Rect:
    assert bar.value is not None
    thick = min(_THICK, made.pitch * 0.62)
    start, end = made.plot.x, float(made.x(np.array([bar.value]))[0])
    return Rect(start, made.middle(row) - thick / 2, max(end - start, 1.0), thick)


def _bars(spec: RankingSpec, made: RowPlane, rows: range, palette: Palette) -> list[Item]:
    items: list[Item] = []
    for row in rows:
        bar = spec.bars[row]
        if bar.value is None:
            continue
        ink = palette.colour(bar.colour)
        rect = _box(made, row, bar)
        if bar.hatched:
            items.append(Box(rect, ink[:7] + "40", Pen(ink, 1.25), hatch=ink, ref=bar.ref))
        elif bar.hollow:
            items.append(Box(rect, ink[:7] + "2e", Pen(ink, 1.5), ref=bar.ref))
        else:
            items.append(Box(rect, ink, ref=bar.ref))
        if rect.right > made.plot.right + 1:
            at = np.array([made.plot.right - 7]), np.array([made.middle(row)])
            items.append(Marks("arrow", *at, 9.0, palette.ground, None, angle=np.zeros(1), refs=(bar.ref,)))
    return items


def _whiskers(spec: RankingSpec, made: RowPlane, rows: range, palette: Palette) -> list[Item]:
    ranges = [
        Range(row, bar.low, bar.high, bar.ref)
        for row in rows
        if (bar := spec.bars[row]).contested and bar.value is not None
    ]
    return whiskers(ranges, made, palette)


def _missing(spec: RankingSpec, made: RowPlane, rows: range, palette: Palette) -> list[Item]:
    items: list[Item] = []
    for row in rows:
        bar = spec.bars[row]
        if bar.value is None:
            pen = Pen(palette.colour(bar.colour), 1.25, (2.5, 2.0))
            x, y = np.array([made.plot.x + 8]), np.array([made.middle(row)])
            items.append(Marks("disc", x, y, min(9.0, made.pitch * 0.7), None, pen, refs=(bar.ref,)))
    return items


def _words(
    spec: RankingSpec, made: RowPlane, rows: range, *, step: int, names: float, value_width: float, narrow: bool,
    palette: Palette, measure: Measure,
) -> tuple[Item, ...]:  # fmt: skip
    items: list[Item] = []
    plot, aside = made.plot, made.aside
    for row in range(rows.start, rows.stop, step):
        bar, y = spec.bars[row], made.middle(row) + 4
        if not plot.y + 3 <= y <= plot.bottom + 3:
            continue
        name = elide(bar.name, names, size=_NAME_SIZE, weight=500, measure=measure)
        ink = palette.ink_soft if bar.value is None else palette.ink
        items.append(Text(plot.x - GAP, y, name, _NAME_SIZE, ink, 500, "end", ref=bar.ref))
        if bar.value is None:
            text = elide(bar.text, plot.width - 28, size=LABEL_SIZE, measure=measure)
            items.append(Text(plot.x + 20, y, text, LABEL_SIZE, palette.ink_soft, ref=bar.ref))
            continue
        text = elide(bar.text, value_width, size=LABEL_SIZE, measure=measure)
        items.append(Text(aside.x, y, text, LABEL_SIZE, palette.ink, tabular=True, ref=bar.ref))
        if not narrow:
            items.append(
                Text(aside.right, y, number(bar.sources), LABEL_SIZE, palette.ink_soft, anchor="end", tabular=True,
                     ref=bar.ref)
            )  # fmt: skip
    if spec.bars:
        head = plot.y - 6
        items.append(Text(aside.x, head, _("value (range)"), 10.0, palette.ink_soft))
        if not narrow:
            items.append(Text(aside.right, head, _("sources"), 10.0, palette.ink_soft, anchor="end"))
    return tuple(items)
