"""Pages with every source of a figure, for files that have pages."""

from chipscape_desktop.export.provenance import numbered_sources
from chipscape_desktop.figures.drawing import Drawing, Layer, Rect, Text
from chipscape_desktop.figures.layout.frame import line_height, source_texts, text_lines
from chipscape_desktop.figures.palette import DARK, PALETTES, PRINT, Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure, wrap
from chipscape_desktop.i18n import _

_SIZE = 10
_MARGIN = 24.0
_COLUMN = 420.0  # about the longest line that small print reads well in
_GAP = 24.0


def lacks_sources(drawing: Drawing, caption: Caption) -> bool:
    """Say whether some source of the caption is not set in full on the drawing."""
    words = [
        item.text
        for layer in drawing.layers
        if layer.name == "sources"
        for item in layer.items
        if isinstance(item, Text)
    ]
    there = _squeezed("".join(words))
    return not all(_squeezed(text) in there for text in source_texts(caption.sources))


def source_pages(drawing: Drawing, caption: Caption, measure: Measure) -> list[Drawing]:
    """Return pages of the drawing's size and ground that list all sources, with their addresses."""
    palette = _palette_of(drawing.ground)
    inner = Rect(_MARGIN, _MARGIN, drawing.width - 2 * _MARGIN, drawing.height - 2 * _MARGIN)
    heading = wrap(
        _("Sources of “{title}”").format(title=caption.title), inner.width,
        size=15, weight=600, max_lines=2, measure=measure,
    )  # fmt: skip
    title, top = text_lines(heading, inner.x, inner.y, 15, colour=palette.ink, weight=600)
    columns = max(1, int((inner.width + _GAP) // (_COLUMN + _GAP)))
    width = (inner.width - _GAP * (columns - 1)) / columns
    deep = max(1, int((inner.bottom - top - 8) // line_height(_SIZE)))
    blocks = [wrap(line, width, size=_SIZE, measure=measure) for line in numbered_sources(caption.sources)]
    pages: list[Drawing] = []
    filled = _filled_columns(blocks, deep)
    for first in range(0, len(filled), columns):
        texts: list[Text] = list(title)
        for place, lines in enumerate(filled[first : first + columns]):
            left = inner.x + place * (width + _GAP)
            texts += text_lines(lines, left, top + 8, _SIZE, colour=palette.ink_soft)[0]
        layer = Layer("sources", tuple(texts))
        pages.append(Drawing(drawing.width, drawing.height, drawing.ground, inner, (layer,), caption.title))
    return pages


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


def _palette_of(ground: str) -> Palette:
    """Return the palette with this ground, else the light or dark one that reads on it."""
    for palette in PALETTES.values():
        if palette.ground == ground[:7]:
            return palette
    red, green, blue = bytes.fromhex(ground[1:7])
    return PRINT if 0.3 * red + 0.59 * green + 0.11 * blue > 127 else DARK


def _squeezed(text: str) -> str:
    return "".join(text.split())
