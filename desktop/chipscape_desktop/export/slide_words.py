"""The words of a figure on a slide: the title that outlines and screen readers find, flowing text, linked sources."""

from collections.abc import Callable, Sequence
from typing import Final

from chipscape_desktop.export.provenance import numbered_sources
from chipscape_desktop.export.slide_shapes import NAMESPACES, ShapeWriter, run
from chipscape_desktop.export.source_pages import LIST_SIZE, sources_set
from chipscape_desktop.export.xml_text import escaped
from chipscape_desktop.figures.drawing import Drawing, Layer, Rect, Text
from chipscape_desktop.figures.layout.frame import line_height, source_pieces
from chipscape_desktop.figures.spec import Caption, SourceNote

WORDS: Final = ("title", "subtitle", "notes", "sources")
"""The layers of a drawing whose lines become flowing text."""
_COLUMN_GAP: Final = 24.0

Address = Callable[[str], str]
"""Gives the id of the relationship that leads to an address, empty where there is no address."""


def title_body(text: str, size: float, colour: str, *, language: str) -> str:
    """Return the text of a title's placeholder."""
    return (
        f'<p:txBody {NAMESPACES}><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/>'
        f'</a:bodyPr><a:lstStyle/><a:p><a:pPr algn="l">{_spacing(size)}</a:pPr>'
        f"{run(text, size, colour, bold=True, language=language)}</a:p></p:txBody>"
    )


def title_place(drawing: Drawing) -> tuple[Text | None, Rect]:
    """Return the first line of the drawing's title, and the room of the whole; above the edge where it has none."""
    lines = texts_of(drawing, "title")
    if not lines:
        return None, Rect(0.0, -40.0, drawing.width, 32.0)
    return lines[0], _room(lines, drawing)


def texts_of(drawing: Drawing, name: str) -> list[Text]:
    """Return the lines of the layers of that name."""
    return [item for layer in drawing.layers if layer.name == name for item in layer.items if isinstance(item, Text)]


def flowing(drawing: Drawing, caption: Caption, writer: ShapeWriter, *, address: Address, language: str) -> str:
    """Return the boxes of subtitle, notes and sources."""
    made = []
    for name, words in (("subtitle", caption.subtitle), ("notes", " ".join(caption.notes))):
        lines = texts_of(drawing, name)
        if lines:
            whole = " ".join(words.split())
            if _squeezed(lines) != "".join(whole.split()):  # cut short on the drawing
                whole = " ".join(line.text for line in lines)
            one = lines[0]
            paragraph = (
                f"<a:p><a:pPr>{_spacing(one.size)}</a:pPr>{run(whole, one.size, one.colour, language=language)}</a:p>"
            )
            made.append(writer.text_box(name, _room(lines, drawing), paragraph))
    lines = texts_of(drawing, "sources")
    if lines:
        one = lines[0]
        runs = "".join(
            run(text, one.size, one.colour, target=address(url), language=language)
            for text, url in source_pieces(caption.sources, sources_set(drawing, caption))
        )
        columns = len({line.x for line in lines})
        made.append(
            writer.text_box(
                "sources", _room(lines, drawing), f"<a:p><a:pPr>{_spacing(one.size)}</a:pPr>{runs}</a:p>",
                columns=columns, gap=_COLUMN_GAP,
            )
        )  # fmt: skip
    return "".join(made)


def notes_paragraphs(caption: Caption, *, address: Address, language: str) -> list[str]:
    """Return the paragraphs of a slide's notes: the words of the figure, and every source with its address."""
    plain = [caption.title, caption.subtitle, *caption.notes]
    out = [f"<a:p {NAMESPACES}>{_plain_run(text, language)}</a:p>" for text in plain if text]
    for line, source in zip(numbered_sources(caption.sources), caption.sources, strict=True):
        out.append(f"<a:p {NAMESPACES}>{_plain_run(line, language, address(source.url))}</a:p>")
    return out


def source_list(
    room: Rect, sources: Sequence[SourceNote], colour: str, writer: ShapeWriter, *, address: Address, language: str
) -> str:
    """Return a box that lists sources, each a paragraph that leads to its address."""
    paragraphs = "".join(
        f"<a:p><a:pPr>{_spacing(LIST_SIZE)}</a:pPr>"
        f"{run(line, LIST_SIZE, colour, target=address(source.url), language=language)}</a:p>"
        for line, source in zip(numbered_sources(tuple(sources)), sources, strict=True)
    )
    return writer.text_box("sources", room, paragraphs)


def _plain_run(text: str, language: str, target: str = "") -> str:
    leads = (
        f'<a:rPr lang="{language}"><a:hlinkClick r:id="{target}"/></a:rPr>' if target else f'<a:rPr lang="{language}"/>'
    )
    return f"<a:r>{leads}<a:t>{escaped(text)}</a:t></a:r>"


def _spacing(size: float) -> str:
    """Return the distance of lines as the drawing has it, in hundredths of a point."""
    return f'<a:lnSpc><a:spcPts val="{line_height(size) * 75}"/></a:lnSpc>'


def _room(lines: Sequence[Text], drawing: Drawing) -> Rect:
    """Return where lines stand: from the first to the last, and from their left to the same distance from the right."""
    step = line_height(lines[0].size)
    left = min(line.x for line in lines)
    top = min(line.y for line in lines) - step * 0.78
    rows = len({line.y for line in lines})
    return Rect(left, top, drawing.width - 2 * left, rows * step)


def _squeezed(lines: Sequence[Text]) -> str:
    return "".join("".join(line.text.split()) for line in lines)


def layers_of_marks(drawing: Drawing) -> tuple[Layer, ...]:
    """Return the layers that stay shapes: the plot, its legend and rules."""
    return tuple(layer for layer in drawing.layers if layer.name not in WORDS)
