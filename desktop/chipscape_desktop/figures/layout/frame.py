"""The words around a figure: title, subtitle and legend above the plot, notes and numbered sources below it.

The result depends on the caption, the size, the palette and the language in force only: keep it while panning.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from chipscape_desktop.figures.drawing import Floats, Item, Layer, Pen, Rect, Segments, Text
from chipscape_desktop.figures.layout import swatches
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.figures.text import Measure, elide, wrap
from chipscape_desktop.i18n import _, language, ngettext

COMPACT_WIDTH = 700
COMPACT_HEIGHT = 420
ROOMY_WIDTH = 1280
ROOMY_HEIGHT = 900
ASCENT, DESCENT = 0.97, 0.24
_LEADING = 1.3
_FEW_SOURCES, _ROOM_FOR_SOURCES = 6, 680
_COLUMN_SHAPE = 1.2  # height over width from which a narrow figure has room for all its words
_LEGENDS_KEPT = 32
_READABLE = 640  # lines of small print longer than this become columns
_legends: dict[object, tuple[tuple[Item, ...], int, int]] = {}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the plot.

    `plot` is the room left for the plot with its axes; `layers` holds the words; `sources_shown` of the caption's
    sources (the first ones) and `legend_shown` of its legend entries found room.
    """

    plot: Rect
    layers: tuple[Layer, ...]
    sources_shown: int
    legend_shown: int


@dataclass(frozen=True, slots=True)
class _Measures:
    """Sizes in pixels; the shares are of the figure's height."""

    margin: float
    title: float
    title_small: float
    subtitle: float
    legend: float
    notes: float
    sources: float
    subtitle_lines: int
    legend_rows: int
    notes_lines: int
    head_share: float
    foot_share: float
    sources_share: float


_ROOMY = _Measures(24, 20, 16, 13, 12, 11, 10, 2, 3, 4, 0.36, 0.36, 0.25)
_TIGHT = _Measures(12, 20, 16, 13, 11, 11, 10, 2, 3, 3, 0.36, 0.30, 0.16)
_COMPACT = _Measures(12, 16, 14, 12, 11, 11, 10, 2, 2, 2, 0.36, 0.28, 0.16)
_COLUMN = _Measures(12, 16, 14, 12, 11, 11, 10, 3, 6, 7, 0.36, 0.30, 0.12)


def compose(
    caption: Caption,
    size: tuple[float, float],
    palette: Palette,
    measure: Measure,
    *,
    compact: bool | None = None,
    margin: float | None = None,
    source_rows: int | None = None,
) -> Frame:
    """Set the words of *caption* around a figure of *size* (width, height in pixels).

    Titles too long for two lines are set smaller, then elided; sources take at most a quarter of the height, and a
    closing sentence says how many more there are. *compact* sets everything tighter (None: when the figure is small);
    *margin* replaces the distance to the edge; *source_rows* is the most lines of sources, where less than a quarter.
    """
    width, height = size
    sizes = _measures(width, height, compact)
    edge = sizes.margin if margin is None else margin
    inner = Rect(edge, edge * 0.75, max(0.0, width - 2 * edge), max(0.0, height - 1.5 * edge))
    head, top, legend_shown = _head(caption, inner, sizes, palette, measure)
    foot, bottom, sources_shown = _foot(caption, inner, sizes, palette, measure, source_rows)
    plot = Rect(inner.x, top, inner.width, max(0.0, bottom - top))
    return Frame(plot, tuple(layer for layer in (*head, *foot) if layer.items), sources_shown, legend_shown)


def _measures(width: float, height: float, compact: bool | None) -> _Measures:
    own = _sizes(width, height)
    return own if compact is None or own is _COLUMN else _COMPACT if compact else _ROOMY


def few_sources(height: float) -> int:
    """Return how many lines of sources a figure of many small parts can spare at a height in pixels."""
    return _FEW_SOURCES if height >= _ROOM_FOR_SOURCES else _FEW_SOURCES // 2


def _sizes(width: float, height: float) -> _Measures:
    """Return the sizes for a figure: the plot needs the room where there is little."""
    if width < COMPACT_WIDTH and height > _COLUMN_SHAPE * width:
        return _COLUMN
    if width < COMPACT_WIDTH or height < COMPACT_HEIGHT:
        return _COMPACT
    return _TIGHT if width < ROOMY_WIDTH or height < ROOMY_HEIGHT else _ROOMY


def text_lines(
    lines: list[str], x: float, top: float, size: float, *, colour: str, weight: int = 400
) -> tuple[tuple[Text, ...], float]:
    """Return the lines set below each other from *top*, and the y below the last."""
    step = line_height(size)
    lead = (step - (ASCENT + DESCENT) * size) / 2 + ASCENT * size
    texts = tuple(Text(x, top + row * step + lead, line, size, colour, weight) for row, line in enumerate(lines))
    return texts, top + len(lines) * step


def line_height(size: float) -> float:
    """Return the distance of two baselines, in whole pixels."""
    return math.ceil(size * _LEADING)


def source_texts(sources: tuple[SourceNote, ...]) -> list[str]:
    """Return the sources as they are set: number, no-break space, short reference on one line."""
    return [f"{source.number}\u00a0{' '.join(source.text.split())}" for source in sources]


def source_pieces(sources: tuple[SourceNote, ...], shown: int) -> list[tuple[str, str]]:
    """Return the paragraph of sources in pieces, each with the address that it leads to: empty between sources."""
    texts = source_texts(sources)[:shown]
    if not texts:
        return [(_paragraph(source_texts(sources), 0), "")] if sources else []
    before, _mark, after = _paragraph(["\0", *texts[1:], *source_texts(sources)[shown:]], shown).partition("\0")
    pieces = [(before, "")]
    for place, text in enumerate(texts):
        if place:
            pieces.append(("\u00a0· ", ""))
        pieces.append((text, sources[place].url))
    rest = after.removeprefix("".join(f"\u00a0· {text}" for text in texts[1:]))
    return [*pieces, (rest, "")] if rest else pieces


def _head(
    caption: Caption, inner: Rect, sizes: _Measures, palette: Palette, measure: Measure
) -> tuple[list[Layer], float, int]:
    """Return the layers above the plot, the y where the plot may start, and the number of legend entries shown."""
    limit = inner.y + inner.height * sizes.head_share
    layers = []
    y = inner.y
    title_size, lines = _title(caption.title, inner.width, sizes, measure)
    if lines and y + len(lines) * line_height(title_size) <= limit:
        texts, y = text_lines(lines, inner.x, y, title_size, colour=palette.ink, weight=600)
        layers.append(Layer("title", texts))
    room = int((limit - y - 2) // line_height(sizes.subtitle))
    lines = _wrapped(caption.subtitle, inner.width, sizes.subtitle, min(sizes.subtitle_lines, room), measure)
    if lines:
        texts, y = text_lines(lines, inner.x, y + 2, sizes.subtitle, colour=palette.ink_soft)
        layers.append(Layer("subtitle", texts))
    step = line_height(sizes.legend) + 2
    rows = min(sizes.legend_rows, int((limit - y - 6) // step))
    items, used, shown = _legend(
        caption.legend, Rect(inner.x, y + 6, inner.width, rows * step), sizes, palette, measure
    )
    if items:
        layers.append(Layer("legend", items))
        y += 6 + used * step
    return layers, y + (12 if layers else 0), shown


def _title(title: str, width: float, sizes: _Measures, measure: Measure) -> tuple[float, list[str]]:
    for size in (sizes.title, sizes.title_small):
        lines = _wrapped(title, width, size, 3, measure, 600)
        if len(lines) <= 2:
            return size, lines
    return sizes.title_small, _wrapped(title, width, sizes.title_small, 2, measure, 600)


def _wrapped(text: str, width: float, size: float, rows: int, measure: Measure, weight: int = 400) -> list[str]:
    flat = " ".join(text.split())
    if not flat or rows < 1:
        return []
    return wrap(flat, width, size=size, weight=weight, max_lines=rows, measure=measure)


def _legend(
    entries: tuple[LegendEntry, ...], room: Rect, sizes: _Measures, palette: Palette, measure: Measure
) -> tuple[tuple[Item, ...], int, int]:
    """Return the legend in wrapped rows, the rows used, and the number of entries that found room; the same objects
    again for the same legend, which most views of a figure have."""
    key = (entries, room, sizes.legend, palette.name, measure, language())
    found = _legends.get(key)
    if found is None:
        if len(_legends) >= _LEGENDS_KEPT:
            _legends.clear()
        found = _legends[key] = _new_legend(tuple(dict.fromkeys(entries)), room, sizes, palette, measure)
    return found


def _new_legend(
    entries: tuple[LegendEntry, ...], room: Rect, sizes: _Measures, palette: Palette, measure: Measure
) -> tuple[tuple[Item, ...], int, int]:
    step = line_height(sizes.legend) + 2
    rows = int(room.height // step) if room.height > 0 else 0
    for shown in range(len(entries) if rows else 0, 0, -1):
        left = len(entries) - shown
        more = ngettext("and {count} more", "and {count} more", left).format(count=left) if left else ""
        items, used = _legend_rows(entries[:shown], more, room, sizes, palette, measure)
        if used <= rows:
            return tuple(items), used, shown
    return (), 0, 0


def _legend_rows(
    entries: tuple[LegendEntry, ...], more: str, room: Rect, sizes: _Measures, palette: Palette, measure: Measure
) -> tuple[list[Item], int]:
    step = line_height(sizes.legend) + 2
    lead = (step - (ASCENT + DESCENT) * sizes.legend) / 2 + ASCENT * sizes.legend
    items: list[Item] = []
    x, row = room.x, 0
    for entry in (*entries, None) if more else entries:
        indent = 0.0 if entry is None else swatches.width(entry.swatch) + 6
        label = " ".join((more if entry is None else entry.label).split())
        label = elide(label, room.width - indent, size=sizes.legend, measure=measure)
        wide = indent + measure.width(label, sizes.legend)
        if x > room.x and x + wide > room.right:
            x, row = room.x, row + 1
        top = room.y + row * step
        if entry is not None:
            items += swatches.swatch(entry, x, top + step / 2, palette)
        items.append(Text(x + indent, top + lead, label, sizes.legend, palette.ink if entry else palette.ink_soft))
        x += wide + 16
    return items, row + 1


def _foot(
    caption: Caption, inner: Rect, sizes: _Measures, palette: Palette, measure: Measure, source_rows: int | None
) -> tuple[list[Layer], float, int]:
    """Return the layers below the plot, the y where the plot must end, and the number of sources shown."""
    room = inner.height * sizes.foot_share - 16
    step = line_height(sizes.sources)
    columns = max(1, int(inner.width // _READABLE))
    column = (inner.width - 24 * (columns - 1)) / columns
    rows = int(min(inner.height * sizes.sources_share, room) // step)
    rows = rows if source_rows is None else min(rows, -(-source_rows // columns))
    paragraph, shown = _sources(caption.sources, column, rows * columns, sizes, measure)
    deep = -(-len(paragraph) // columns)
    notes_room = int((room - deep * step) // line_height(sizes.notes))
    notes = _notes(caption.notes, inner.width, sizes, min(sizes.notes_lines, notes_room), measure)
    gap = 4 if notes and paragraph else 0
    height = len(notes) * line_height(sizes.notes) + gap + deep * step
    if not height:
        return [], inner.bottom, 0
    top = inner.bottom - height
    rule: list[Item] = [_rule(inner.x, inner.right, math.floor(top - 8) + 0.5, palette)]
    note_texts, y = text_lines(notes, inner.x, top, sizes.notes, colour=palette.ink_soft)
    source_items: list[Item] = []
    for x, lines in _in_columns(paragraph, deep, inner.x, column + 24):
        source_items += text_lines(lines, x, y + gap, sizes.sources, colour=palette.ink_soft)[0]
    layers = [Layer("rule", tuple(rule)), Layer("notes", note_texts), Layer("sources", tuple(source_items))]
    return layers, math.floor(top - 8) - 8, shown


def _notes(notes: tuple[str, ...], width: float, sizes: _Measures, rows: int, measure: Measure) -> list[str]:
    """Return the notes in lines that read well; over the whole width where they would be cut short else."""
    text = " ".join(notes)
    lines = _wrapped(text, min(width, 1.5 * _READABLE), sizes.notes, rows, measure)
    if lines and sum(len("".join(line.split())) for line in lines) < len("".join(text.split())):
        lines = _wrapped(text, width, sizes.notes, rows, measure)
    return lines


def _in_columns(lines: list[str], deep: int, x: float, step: float) -> Iterator[tuple[float, list[str]]]:
    for column in range(-(-len(lines) // deep) if deep else 0):
        yield x + column * step, lines[column * deep : (column + 1) * deep]


def _rule(left: float, right: float, y: float, palette: Palette) -> Segments:
    return Segments(_one(left), _one(y), _one(right), _one(y), Pen(palette.rule))


def _one(value: float) -> Floats:
    return swatches.column(value)


def _sources(
    sources: tuple[SourceNote, ...], width: float, rows: int, sizes: _Measures, measure: Measure
) -> tuple[list[str], int]:
    """Return the sources as one flowing paragraph of at most *rows* lines, and how many of them it holds."""
    if not sources or rows < 1:
        return [], 0
    texts = source_texts(sources)
    room, used, likely = rows * width, 0.0, 0
    while likely < len(texts) and used <= room:
        used += measure.width(texts[likely] + "\u00a0· ", sizes.sources)
        likely += 1
    for shown in range(likely, -1, -1):
        lines = wrap(_paragraph(texts, shown), width, size=sizes.sources, measure=measure)
        if len(lines) <= rows:
            return lines, shown
    return [], 0


def _paragraph(texts: list[str], shown: int) -> str:
    left = len(texts) - shown
    if not shown:
        return ngettext(
            "{count} source, listed in every exported file", "{count} sources, listed in every exported file", left
        ).format(count=left)
    listed = "\u00a0· ".join(texts[:shown])
    if not left:
        return _("Sources: {list}").format(list=listed)
    return ngettext(
        "Sources: {list}, and {count} more, listed in full in every exported file",
        "Sources: {list}, and {count} more, listed in full in every exported file",
        left,
    ).format(list=listed, count=left)
