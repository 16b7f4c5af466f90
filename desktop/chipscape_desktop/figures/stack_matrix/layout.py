"""From the stack matrix to a drawing."""

from collections.abc import Iterator

import numpy as np

from chipscape_desktop.figures.drawing import Anchor, Box, Drawing, Item, Layer, Pen, Rect, Segments, Text
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.palette import Palette, contrast
from chipscape_desktop.figures.stack_matrix import words
from chipscape_desktop.figures.stack_matrix.grid import GAP, SIZE, SMALL, Grid, grid
from chipscape_desktop.figures.stack_matrix.spec import Cell, Row, StackSpec
from chipscape_desktop.figures.text import Measure, elide, wrap
from chipscape_desktop.i18n import _, ngettext

_LINE = 13.0
_PAD = 4.0
_BAR = 5.0


def draw(spec: StackSpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure) -> Drawing:
    """Return the drawing of *spec* in *frame*."""
    made = grid(spec, frame.plot, measure)
    rows = spec.rows[: made.shown]
    cells: list[Item] = []
    texts: list[Item] = []
    ties: list[Item] = []
    for place, row in enumerate(rows):
        for layer, cell in enumerate(row.cells):
            rect = made.cell(place, layer)
            box, ink = _cell_box(cell, rect, row, palette)
            cells.append(box)
            texts += _cell_texts(cell, rect, made, ink=ink, measure=measure)
        ties += _ties(row, place, made, palette)
    lost = len(spec.rows) - made.shown
    heads: list[Item] = [*_layer_heads(spec, made, palette, measure), *_names(rows, made, palette, measure)]
    heads += _scores(rows, made, palette, measure)
    if lost:
        text = ngettext("{count} organization found no room", "{count} organizations found no room", lost).format(
            count=lost
        )
        heads.append(Text(frame.plot.x, frame.plot.bottom - 4, text, SMALL, palette.ink_soft))
    layers = [
        Layer("ties", tuple(ties)), Layer("cells", tuple(cells)), Layer("parts", tuple(texts)),
        Layer("heads", tuple(heads)),
    ]  # fmt: skip
    bottom = made.area.bottom + (made.score if made.turned else 0.0)
    plot = Rect(frame.plot.x, frame.plot.y, frame.plot.width, bottom - frame.plot.y)
    return Drawing(
        size[0], size[1], palette.ground, plot, tuple(layer for layer in (*frame.layers, *layers) if layer.items),
        spec.caption.title, spec.summary, lost,
    )  # fmt: skip


def _cell_box(cell: Cell, rect: Rect, row: Row, palette: Palette) -> tuple[Box, str]:
    """Return the box of a cell, told apart by how dark it is, and the colour of what is written in it."""
    colour = palette.colour(row.colour)
    if cell.standing == "own":
        ink = max((palette.ground, palette.ink), key=lambda one: contrast(one, colour))
        return Box(rect, colour, radius=3, ref=cell.ref), ink
    if cell.standing == "partner":
        return Box(rect, colour + "2e", radius=3, ref=cell.ref), palette.ink
    if cell.standing == "rival":
        return Box(rect, palette.ground, Pen(colour, 1.5), radius=3, ref=cell.ref), palette.ink
    return Box(rect, palette.ground, Pen(palette.ink_soft, 1.0, (2.5, 2.5)), radius=3, ref=cell.ref), palette.ink_soft


def _cell_texts(cell: Cell, rect: Rect, made: Grid, *, ink: str, measure: Measure) -> Iterator[Text]:
    middle = rect.x + rect.width / 2
    if not made.named or rect.height < _LINE:
        if cell.standing in ("unknown", "rival") and rect.height >= _LINE:
            sign = "?" if cell.standing == "unknown" else "×"
            yield Text(middle, rect.y + rect.height / 2 + 4, sign, SMALL, ink, 600, "middle", ref=cell.ref)
        return
    rows = max(1, int((rect.height - 2) // _LINE))
    lines = _lines(cell, rect.width - 2 * _PAD, rows, measure)
    top = rect.y + (rect.height - len(lines) * _LINE) / 2
    for number, line in enumerate(lines):
        yield Text(middle, top + number * _LINE + 10, line, SMALL, ink, 500, "middle", ref=cell.ref)


def _lines(cell: Cell, width: float, rows: int, measure: Measure) -> list[str]:
    """Return as many names as fit into so many lines, and how many more there are."""
    if not cell.names:
        return ["?"]
    for shown, space in ((shown, space) for shown in range(len(cell.names), 0, -1) for space in ("\u00a0", " ")):
        left = len(cell.names) + cell.others - shown
        text = ", ".join(cell.names[:shown]) + (f"{space}+{left}" if left else "")
        lines = wrap(text, width, size=SMALL, measure=measure, weight=500)
        # A name too long for a line would be broken inside, and read as two.
        whole = all(measure.width(word, SMALL, 500) <= width for word in text.replace("-", "- ").split(" "))
        if len(lines) <= rows and whole:
            return lines
    left = len(cell.names) + cell.others - 1
    more = f" +{left}" if left else ""
    for text in (cell.names[0], *(name + more for name in cell.names[1:])):  # a whole name says more than a count
        if measure.width(text, SMALL, 500) <= width:
            return [text]
    return [elide(cell.names[0], max(width - measure.width(more, SMALL, 500), 8.0), size=SMALL, measure=measure) + more]


def _ties(row: Row, place: int, made: Grid, palette: Palette) -> Iterator[Item]:
    """Return short thick lines across the gap between two joined layers."""
    for tie in row.ties:
        one, other = made.cell(place, tie.place), made.cell(place, tie.place + 1)
        if made.turned:
            x = one.x + one.width / 2
            ends = (x, one.bottom - 1, x, other.y + 1)
        else:
            y = one.y + one.height / 2
            ends = (one.right - 1, y, other.x + 1, y)
        column = [np.array([value], dtype=np.float64) for value in ends]
        yield Segments(column[0], column[1], column[2], column[3], Pen(palette.ink, 4.0), refs=(tie.ref,))


def _layer_heads(spec: StackSpec, made: Grid, palette: Palette, measure: Measure) -> Iterator[Text]:
    for place, name in enumerate(spec.layers):
        rect = made.cell(0, place)
        if made.turned:
            rows = 2 if rect.height >= 2 * _LINE else 1
            lines = wrap(name, made.first - 6, size=SMALL, measure=measure, weight=500, max_lines=rows)
            top = rect.y + rect.height / 2 + 4 - (len(lines) - 1) * _LINE / 2
            for number, line in enumerate(lines):
                y = top + number * _LINE
                yield Text(made.area.x - made.first, y, line, SMALL, palette.ink_soft, 500)
        elif made.upright:
            x = rect.x + rect.width / 2 + 4
            yield Text(x, made.area.y - 6, name, SMALL, palette.ink_soft, 500, angle=-90.0)
        else:
            lines = wrap(name, rect.width + GAP, size=SMALL, measure=measure, weight=500)[:2]
            for number, line in enumerate(lines):
                y = made.area.y - 7 - (len(lines) - 1 - number) * _LINE
                yield Text(rect.x + rect.width / 2, y, line, SMALL, palette.ink_soft, 500, "middle")


def _names(rows: tuple[Row, ...], made: Grid, palette: Palette, measure: Measure) -> Iterator[Text]:
    for place, row in enumerate(rows):
        rect = made.cell(place, 0)
        if made.turned:
            text = elide(row.name, rect.width, size=SIZE, measure=measure)
            at = rect.x + rect.width / 2
            yield Text(at, made.area.y - 6, text, SIZE, palette.ink, 600, "middle", ref=row.ref)
        else:
            text = elide(row.name, made.first - 10, size=SIZE, measure=measure)
            left = made.area.x - made.first
            yield Text(left, rect.y + rect.height / 2 + 4, text, SIZE, palette.ink, 600, ref=row.ref)


def _scores(rows: tuple[Row, ...], made: Grid, palette: Palette, measure: Measure) -> Iterator[Item]:
    """Return the score of each organization in figures, over a bar: solid for its points, open to what it may be."""
    head = _("Integration")
    if made.turned:
        left = made.area.x - made.first
        text = elide(head, made.first - 8, size=SMALL, measure=measure)
        yield Text(left, made.area.bottom + 15, text, SMALL, palette.ink_soft, 600)
    elif made.upright:
        yield Text(
            made.area.right + made.score / 2 + 8, made.area.y - 6, head, SMALL, palette.ink_soft, 600, angle=-90.0
        )
    else:
        yield Text(made.area.right + 8, made.area.y - 7, head, SMALL, palette.ink_soft, 600)
    for place, row in enumerate(rows):
        box = made.score_box(place)
        text = words.points(row.score)
        y = box.y + 12 if made.turned else box.y + box.height / 2 + (1 if box.height > 26 else 4)
        anchor: Anchor = "middle" if made.turned else "start"
        at = box.x + box.width / 2 if made.turned else box.x
        yield Text(at, y, text, SIZE, palette.ink, 600, anchor, tabular=True, ref=row.ref)
        if made.turned or box.height > 26:
            width = box.width - 2
            full = Rect(box.x, y + 5, width, _BAR)
            yield Box(full, palette.rule, ref=row.ref)
            may = Rect(box.x, y + 5, width * row.score.best / row.score.layers, _BAR)
            yield Box(may, palette.colour(row.colour) + "55", ref=row.ref)
            sure = Rect(box.x, y + 5, width * row.score.points / row.score.layers, _BAR)
            yield Box(sure, palette.colour(row.colour), ref=row.ref)
