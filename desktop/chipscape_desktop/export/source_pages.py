"""Pages with every source of a figure, for files that have pages."""

from dataclasses import dataclass

from chipscape_desktop.export.provenance import numbered_sources
from chipscape_desktop.figures.drawing import Drawing, Layer, Rect, Text
from chipscape_desktop.figures.layout.frame import line_height, source_texts, text_lines
from chipscape_desktop.figures.palette import DARK, PALETTES, PRINT, Palette
from chipscape_desktop.figures.spec import Caption, SourceNote
from chipscape_desktop.figures.text import Measure, wrap
from chipscape_desktop.i18n import _

LIST_SIZE = 10
"""Pixels of the letters of a list of sources."""
_MARGIN = 24.0
_COLUMN = 420.0  # about the longest line that small print reads well in
_GAP = 24.0


def sources_set(drawing: Drawing, caption: Caption) -> int:
    """Return how many of the caption's sources, the first ones, are set in full on the drawing."""
    words = [
        item.text
        for layer in drawing.layers
        if layer.name == "sources"
        for item in layer.items
        if isinstance(item, Text)
    ]
    there = _squeezed("".join(words))
    texts = source_texts(caption.sources)
    return next((place for place, text in enumerate(texts) if _squeezed(text) not in there), len(texts))


def lacks_sources(drawing: Drawing, caption: Caption) -> bool:
    """Say whether some source of the caption is not set in full on the drawing."""
    return sources_set(drawing, caption) < len(caption.sources)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of sources: its heading and where that stands, and the sources of each column with its room."""

    title: str
    title_room: Rect
    columns: tuple[tuple[Rect, tuple[SourceNote, ...]], ...]
    ink: str
    ink_soft: str


def source_pages(drawing: Drawing, caption: Caption, measure: Measure) -> list[Drawing]:
    """Return pages of the drawing's size and ground that list all sources, with their addresses."""
    palette = palette_of(drawing.ground)
    room = _rooms(drawing, caption, measure)
    title, _top = text_lines(room.heading, room.inner.x, room.inner.y, 15, colour=palette.ink, weight=600)
    blocks = [wrap(line, room.width, size=LIST_SIZE, measure=measure) for line in numbered_sources(caption.sources)]
    pages: list[Drawing] = []
    filled = _filled_columns(blocks, room.deep)
    for first in range(0, len(filled), room.columns):
        texts: list[Text] = list(title)
        for place, lines in enumerate(filled[first : first + room.columns]):
            left = room.left(place)
            texts += text_lines(lines, left, room.top, LIST_SIZE, colour=palette.ink_soft)[0]
        layer = Layer("sources", tuple(texts))
        pages.append(Drawing(drawing.width, drawing.height, drawing.ground, room.inner, (layer,), caption.title))
    return pages


def source_sheets(drawing: Drawing, caption: Caption, measure: Measure) -> list[Sheet]:
    """Return the same pages by source, for formats whose text flows by itself."""
    palette, room = palette_of(drawing.ground), _rooms(drawing, caption, measure)
    columns: list[list[SourceNote]] = [[]]
    used = 0
    for source, line in zip(caption.sources, numbered_sources(caption.sources), strict=True):
        rows = len(wrap(line, room.width, size=LIST_SIZE, measure=measure))
        if columns[-1] and used + rows > room.deep:
            columns.append([])
            used = 0
        columns[-1].append(source)
        used += rows
    title = _("Sources of “{title}”").format(title=caption.title)
    over = Rect(room.inner.x, room.inner.y, room.inner.width, room.top - 8 - room.inner.y)
    height = room.inner.bottom - room.top
    return [
        Sheet(
            title, over,
            tuple(
                (Rect(room.left(place), room.top, room.width, height), tuple(sources))
                for place, sources in enumerate(columns[first : first + room.columns])
            ),
            palette.ink, palette.ink_soft,
        )
        for first in range(0, len(columns), room.columns)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rooms:
    """How a page of sources is divided: columns of `width`, from `top`, of at most `deep` lines."""

    inner: Rect
    heading: list[str]
    columns: int
    width: float
    top: float
    deep: int

    def left(self, column: int) -> float:
        return self.inner.x + column * (self.width + _GAP)


def _rooms(drawing: Drawing, caption: Caption, measure: Measure) -> _Rooms:
    inner = Rect(_MARGIN, _MARGIN, drawing.width - 2 * _MARGIN, drawing.height - 2 * _MARGIN)
    heading = wrap(
        _("Sources of “{title}”").format(title=caption.title), inner.width,
        size=15, weight=600, max_lines=2, measure=measure,
    )  # fmt: skip
    top = inner.y + len(heading) * line_height(15)
    columns = max(1, int((inner.width + _GAP) // (_COLUMN + _GAP)))
    width = (inner.width - _GAP * (columns - 1)) / columns
    deep = max(1, int((inner.bottom - top - 8) // line_height(LIST_SIZE)))
    return _Rooms(inner, heading, columns, width, top + 8, deep)


def _filled_columns(blocks: list[list[str]], deep: int) -> list[list[str]]:
    """Return columns of at most *deep* lines; a source is broken only when it is longer than a column."""
    columns: list[list[str]] = [[]]
    for block in blocks:
        if columns[-1] and len(columns[-1]) + len(block) > deep:
            columns.append([])
        for line in block:
            if len(columns[-1]) == deep:
                columns.append([])
            columns[-1].append(line)
    return columns


def palette_of(ground: str) -> Palette:
    """Return the palette with this ground, else the light or dark one that reads on it."""
    for palette in PALETTES.values():
        if palette.ground == ground[:7]:
            return palette
    red, green, blue = bytes.fromhex(ground[1:7])
    return PRINT if 0.3 * red + 0.59 * green + 0.11 * blue > 127 else DARK


def _squeezed(text: str) -> str:
    return "".join(text.split())
