"""Figures as slides of a PPTX: native shapes and charts, a title that outlines find, and live links to the sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chipscape_desktop.export.native_slides import ChartObject, put_chart
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.slide_shapes import NAMESPACES, ShapeWriter, emu
from chipscape_desktop.export.slide_theme import dress
from chipscape_desktop.export.slide_words import (
    flowing,
    layers_of_marks,
    notes_paragraphs,
    source_list,
    title_body,
    title_place,
)
from chipscape_desktop.export.source_pages import lacks_sources, palette_of, source_sheets
from chipscape_desktop.export.svg import CAPSULE_NAMESPACE
from chipscape_desktop.export.xml_text import escaped
from chipscape_desktop.figures.drawing import Drawing, Rect, Ref
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.i18n import language

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_TITLE_ONLY: Final = 5  # the layout with a title and nothing else
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # of every file inside: the same figure gives the same bytes
_TITLE_SIZE: Final = 15.0
CAPSULE_PART: Final = "/customXml/item1.xml"


@dataclass(frozen=True, slots=True)
class Page:
    """One slide: a drawing with its words, and native charts in their rooms.

    `links` leads from ids of records, claims and relationships to addresses.
    """

    drawing: Drawing
    caption: Caption
    links: Mapping[str, str] = field(default_factory=dict)
    charts: tuple[ChartObject, ...] = ()


def render_slides(
    pages: Sequence[Page],
    capsule: Capsule,
    *,
    should_stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
    behind: Caption,
) -> bytes:
    """Return a PPTX with a slide for each page, of the size of the first; all sources are in the slide's notes.

    Where they don't all fit on a page, slides behind them all list the sources of *behind* in full. Asked to stop, it
    returns the slides so far.
    """
    from pptx import Presentation
    from pptx.util import Emu

    deck = Presentation()
    first = pages[0].drawing
    deck.slide_width, deck.slide_height = Emu(emu(first.width)), Emu(emu(first.height))
    deck.core_properties.title = pages[0].caption.title
    deck.core_properties.author = capsule.application
    dress(deck, palette_of(first.ground))
    _carry(deck, capsule)
    for number, page in enumerate(pages):
        if should_stop():
            break
        _add_page(deck, page)
        progress((number + 1) / len(pages))
    if any(lacks_sources(page.drawing, page.caption) for page in pages):
        _add_sources(deck, first, behind)
    stream = BytesIO()
    deck.save(stream)
    return _without_time(stream)


def _carry(deck: "Presentation", capsule: Capsule) -> None:
    """Put the capsule into the package as XML data of its own, which PowerPoint keeps when it saves the deck."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    text = f'<capsule xmlns="{CAPSULE_NAMESPACE}">{escaped(capsule.to_json())}</capsule>'
    part = Part(PackURI(CAPSULE_PART), "application/xml", deck.part.package, text.encode())
    deck.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _add_page(deck: "Presentation", page: Page) -> None:
    drawing, caption = page.drawing, page.caption
    slide = _new_slide(deck, drawing)
    first, room = title_place(drawing)
    size, ink = (first.size, first.colour) if first is not None else (_TITLE_SIZE, "#000000")
    _put_title(slide, caption.title or drawing.title, room, size=size, colour=ink)

    def address(url: str) -> str:
        return _relation(slide, url)

    def link(ref: Ref) -> str:
        return _relation(
            slide, next((page.links[id_] for id_ in (*ref.ids[1:], *ref.ids[:1]) if id_ in page.links), "")
        )

    writer = ShapeWriter(link, language=language())
    figure = writer.group(caption.title or drawing.title or "figure", drawing.summary or caption.subtitle,
                          layers_of_marks(drawing))  # fmt: skip
    frames = "".join(put_chart(slide, chart, 1_000_000 + place) for place, chart in enumerate(page.charts))
    _append(slide, figure + frames + flowing(drawing, caption, writer, address=address, language=language()))
    _put_notes(slide, caption)


def _add_sources(deck: "Presentation", drawing: Drawing, caption: Caption) -> None:
    """Add slides that list every source, each a link to its address."""
    for sheet in source_sheets(drawing, caption, default_measure()):
        slide = _new_slide(deck, drawing)
        _put_title(slide, sheet.title, sheet.title_room, size=_TITLE_SIZE, colour=sheet.ink)

        def address(url: str, slide: "Slide" = slide) -> str:
            return _relation(slide, url)

        writer = ShapeWriter(_leads_nowhere, language=language())
        _append(slide, "".join(source_list(room, sources, sheet.ink_soft, writer, address=address, language=language())
                               for room, sources in sheet.columns))  # fmt: skip


def _leads_nowhere(_ref: Ref) -> str:
    return ""


def _new_slide(deck: "Presentation", drawing: Drawing) -> "Slide":
    from pptx.dml.color import RGBColor

    slide: Slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    slide.background.fill.solid()
    ground: Callable[..., RGBColor] = RGBColor  # its constructor says nothing of its types
    slide.background.fill.fore_color.rgb = ground(*bytes.fromhex(drawing.ground[1:7]))
    return slide


def _put_title(slide: "Slide", text: str, room: Rect, *, size: float, colour: str) -> None:
    from pptx.oxml import parse_xml
    from pptx.util import Emu

    title = slide.shapes.title
    assert title is not None
    for shape in (title, slide.slide_layout.placeholders[0]):
        shape.left, shape.top = Emu(emu(room.x)), Emu(emu(room.y))
        shape.width, shape.height = Emu(emu(room.width)), Emu(emu(room.height))
    body = parse_xml(title_body(text, size, colour, language=language()))
    title._element.replace(title._element.txBody, body)


def _append(slide: "Slide", shapes: str) -> None:
    from pptx.oxml import parse_xml

    tree = slide.shapes._spTree
    for shape in parse_xml(f"<p:spTree {NAMESPACES}>{shapes}</p:spTree>"):
        tree.append(shape)


def _put_notes(slide: "Slide", caption: Caption) -> None:
    from pptx.oxml import parse_xml

    notes = slide.notes_slide
    frame = notes.notes_text_frame
    assert frame is not None
    body = frame._txBody
    for paragraph in list(body.p_lst):
        body.remove(paragraph)

    def address(url: str) -> str:
        return _relation(notes, url)

    for text in notes_paragraphs(caption, address=address, language=language()):
        body.append(parse_xml(text))


def _relation(owner: object, url: str) -> str:
    """Return the id of the relationship to an address of the web, made where there is none yet."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    if not url.startswith(("http://", "https://")):
        return ""
    made: str = owner.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)  # type: ignore[attr-defined]
    return made


def _without_time(stream: BytesIO) -> bytes:
    """Return the package with one moment for all its files."""
    out = BytesIO()
    with ZipFile(stream) as package, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for name in package.namelist():
            entry = ZipInfo(name, _MOMENT)
            entry.compress_type = ZIP_DEFLATED
            again.writestr(entry, package.read(name))
    return out.getvalue()
