"""Drawings as slides of native shapes: signs, lines and texts that can be selected, moved and recoloured in PPTX."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from chipscape_desktop.export.provenance import Capsule, numbered_sources
from chipscape_desktop.export.shapes import OUTLINES, STROKES, stroke_pen, turned
from chipscape_desktop.export.xml_text import escaped
from chipscape_desktop.figures.drawing import Box, Curves, Drawing, Item, Marks, Pen, Polyline, Raster, Segments, Text
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.font_names import INTER_FAMILY

if TYPE_CHECKING:
    from pptx.slide import Slide

_EMU: Final = 9525  # of a device-independent pixel, 96 to the inch
_NS: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_PRESETS: Final = {"disc": "ellipse", "square": "rect", "diamond": "diamond"}
_BLANK: Final = 6  # the layout without placeholders
_ASCENT, _LINE = 0.95, 1.25  # of a text box over its baseline, and its height, as parts of the size
_ANCHORS: Final = {"start": "l", "middle": "ctr", "end": "r"}


def render_slides(
    pages: Sequence[tuple[Drawing, Caption]],
    capsule: Capsule,
    *,
    should_stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> bytes:
    """Return a PPTX with a slide for each drawing, of the size of the first; its sources are in the slide's notes.

    Asked to stop, it returns the slides so far.
    """
    from pptx import Presentation
    from pptx.util import Emu

    deck = Presentation()
    first = pages[0][0]
    deck.slide_width, deck.slide_height = Emu(_emu(first.width)), Emu(_emu(first.height))
    deck.core_properties.title = pages[0][1].title
    deck.core_properties.author = capsule.application
    deck.core_properties.comments = capsule.to_json()
    for number, (drawing, caption) in enumerate(pages):
        if should_stop():
            break
        slide = deck.slides.add_slide(deck.slide_layouts[_BLANK])
        _draw(slide, drawing)
        slide.notes_slide.notes_text_frame.text = "\n".join(
            [caption.title, caption.subtitle, *caption.notes, *numbered_sources(caption.sources)]
        )
        progress((number + 1) / len(pages))
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _draw(slide: "Slide", drawing: Drawing) -> None:
    from pptx.dml.color import RGBColor
    from pptx.oxml import parse_xml

    slide.background.fill.solid()
    ground: Callable[..., RGBColor] = RGBColor  # its constructor says nothing of its types
    slide.background.fill.fore_color.rgb = ground(*bytes.fromhex(drawing.ground[1:7]))
    tree = slide.shapes._spTree
    number = 2
    for layer in drawing.layers:
        for item in layer.items:
            for xml in _shapes(item):
                number += 1
                tree.append(parse_xml(xml.replace("{id}", str(number))))


def _shapes(item: Item) -> Iterator[str]:
    """Yield the shapes of an item as XML; `{id}` stands for the number of each."""
    match item:
        case Marks():
            yield from _marks(item)
        case Segments():
            paths = [f"{_move(x1, y1)}{_line(x2, y2)}" for x1, y1, x2, y2 in _rows(item.x1, item.y1, item.x2, item.y2)]
            yield from _free(paths, (item.x1, item.x2), (item.y1, item.y2), None, item.pen, "lines")
        case Curves():
            rows = _rows(item.x1, item.y1, item.cx, item.cy, item.x2, item.y2)
            paths = [f"{_move(x1, y1)}{_curve(cx, cy, x2, y2)}" for x1, y1, cx, cy, x2, y2 in rows]
            yield from _free(
                paths, (item.x1, item.x2, item.cx), (item.y1, item.y2, item.cy), None, item.pen, "lines"
            )  # fmt: skip
        case Polyline():
            points = _rows(item.x, item.y)
            if len(points) > 1:
                path = _move(*points[0]) + "".join(_line(*point) for point in points[1:])
                closed = path + ("<a:close/>" if item.fill else "")
                title = item.ref.title if item.ref else "line"
                yield from _free([closed], (item.x,), (item.y,), item.fill, item.pen, title)
        case Box():
            area = item.rect
            shape = "roundRect" if item.radius else "rect"
            share = min(50_000, round(100_000 * item.radius / max(min(area.width, area.height), 1e-6)))
            adjust = f'<a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst>' if item.radius else "<a:avLst/>"
            name = item.ref.title if item.ref else "box"
            yield _shape(
                name, (area.x, area.y, area.width, area.height), f'<a:prstGeom prst="{shape}">{adjust}</a:prstGeom>',
                item.fill or item.hatch, item.pen,
            )  # fmt: skip
        case Text():
            yield _text(item)
        case Raster():
            yield from _raster(item)


def _marks(marks: Marks) -> Iterator[str]:
    size = np.broadcast_to(np.asarray(marks.size, dtype=np.float64), marks.x.shape)
    angle = np.zeros(len(marks.x)) if marks.angle is None else marks.angle
    if marks.refs:
        for place, (x, y, wide) in enumerate(_rows(marks.x, marks.y, size)):
            number = place if marks.index is None else int(marks.index[place])
            title = marks.refs[number].title
            if marks.shape in _PRESETS and not angle[place]:
                part = {"disc": 1.0, "square": 0.9, "diamond": 1.2}[marks.shape] * wide
                geometry = f'<a:prstGeom prst="{_PRESETS[marks.shape]}"><a:avLst/></a:prstGeom>'
                yield _shape(title, (x - part / 2, y - part / 2, part, part), geometry, marks.fill, marks.pen)
            else:
                yield from _batch(marks, [(x, y, wide, float(angle[place]))], title)
    else:
        yield from _batch(marks, _rows(marks.x, marks.y, size, angle), marks.shape)


def _batch(marks: Marks, rows: Sequence[tuple[float, ...]], name: str) -> Iterator[str]:
    """Yield marks of one style as one shape of several paths."""
    paths, xs, ys = [], [], []
    for x, y, size, angle in rows:
        if marks.shape == "disc":
            radius = size / 2
            paths.append(
                f'{_move(x + radius, y)}<a:arcTo wR="{_emu(radius)}" hR="{_emu(radius)}" stAng="0" swAng="21600000"/>'
                "<a:close/>"
            )
            xs += [x - radius, x + radius]
            ys += [y - radius, y + radius]
            continue
        outlines = STROKES.get(marks.shape) or (OUTLINES[marks.shape],)
        for outline in outlines:
            points = [(x + dx, y + dy) for dx, dy in turned(outline, size, angle)]
            closing = "" if marks.shape in STROKES else "<a:close/>"
            paths.append(_move(*points[0]) + "".join(_line(*point) for point in points[1:]) + closing)
            xs += [point[0] for point in points]
            ys += [point[1] for point in points]
    stroked = marks.shape in STROKES
    fill, pen = (None, stroke_pen(marks)) if stroked else (marks.fill, marks.pen)
    yield from _free(paths, (np.array(xs),), (np.array(ys),), fill, pen, name)


def _free(
    paths: Sequence[str],
    xs: Sequence["np.ndarray[tuple[int, ...], np.dtype[np.float64]]"],
    ys: Sequence["np.ndarray[tuple[int, ...], np.dtype[np.float64]]"],
    fill: str | None,
    pen: Pen | None,
    name: str,
) -> Iterator[str]:
    """Yield one shape of free paths, whose points are in pixels of the slide: the shape's frame is moved to them."""
    if not paths or not len(xs[0]):
        return
    left, right = min(float(x.min()) for x in xs), max(float(x.max()) for x in xs)
    top, bottom = min(float(y.min()) for y in ys), max(float(y.max()) for y in ys)
    wide, high = max(right - left, 0.1), max(bottom - top, 0.1)
    whole = "".join(paths)
    moved = _moved(whole, left, top)
    filled = "" if fill else ' fill="none"'
    geometry = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l='0' t='0' r='r' b='b'/><a:pathLst>"
        f'<a:path w="{_emu(wide)}" h="{_emu(high)}"{filled}>{moved}</a:path></a:pathLst></a:custGeom>'
    )
    yield _shape(name, (left, top, wide, high), geometry, fill, pen)


def _move(x: float, y: float) -> str:
    return f"<a:moveTo>{_point(x, y)}</a:moveTo>"


def _line(x: float, y: float) -> str:
    return f"<a:lnTo>{_point(x, y)}</a:lnTo>"


def _curve(cx: float, cy: float, x: float, y: float) -> str:
    return f"<a:quadBezTo>{_point(cx, cy)}{_point(x, y)}</a:quadBezTo>"


def _point(x: float, y: float) -> str:
    return f'<a:pt x="@{x:.3f}" y="@{y:.3f}"/>'


def _moved(paths: str, left: float, top: float) -> str:
    """Return the paths with their points, so far in pixels of the slide, in EMU from the corner of the shape."""
    out: list[str] = []
    for part in paths.split('x="@'):
        if not out:
            out.append(part)
            continue
        x, _, rest = part.partition('"')
        before, _, after = rest.partition('y="@')
        y, _, end = after.partition('"')
        out.append(f'x="{_emu(float(x) - left)}"{before}y="{_emu(float(y) - top)}"{end}')
    return "".join(out)


def _shape(
    name: str, area: tuple[float, float, float, float], geometry: str, fill: str | None, pen: Pen | None,
    body: str = "",
) -> str:  # fmt: skip
    x, y, wide, high = (_emu(part) for part in area)
    inside = _fill(fill) if fill else "<a:noFill/>"
    box = ' txBox="1"' if body else ""
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{{id}}" name="{escaped(name)}"/><p:cNvSpPr{box}/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>{geometry}'
        f"{inside}{_outline(pen)}</p:spPr>{body}</p:sp>"
    )


def _fill(colour: str) -> str:
    alpha = round(int(colour[7:9], 16) / 255 * 100_000) if len(colour) == 9 else 100_000
    inner = f'<a:alpha val="{alpha}"/>' if alpha < 100_000 else ""
    return f'<a:solidFill><a:srgbClr val="{colour[1:7].upper()}">{inner}</a:srgbClr></a:solidFill>'


def _outline(pen: Pen | None) -> str:
    if pen is None or pen.width <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    dash = '<a:prstDash val="sysDash"/>' if pen.dash else ""
    return f'<a:ln w="{_emu(pen.width)}">{_fill(pen.colour)}{dash}</a:ln>'


def _text(text: Text) -> str:
    wide, high = 0.62 * text.size * max(len(text.text), 1) + 12, _LINE * text.size
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    bold = ' b="1"' if text.weight >= 600 else ""
    size = max(100, round(text.size * 75))  # hundredths of a point
    body = (
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
        f'<a:p><a:pPr algn="{_ANCHORS[text.anchor]}"/><a:r><a:rPr lang="en" sz="{size}"{bold}>{_fill(text.colour)}'
        f'<a:latin typeface="{INTER_FAMILY}"/></a:rPr><a:t>{escaped(text.text)}</a:t></a:r></a:p></p:txBody>'
    )
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    made = _shape(text.text[:80], (left, text.y - _ASCENT * text.size, wide, high), geometry, None, None, body)
    return made.replace("<a:xfrm>", f'<a:xfrm rot="{round(text.angle * 60_000)}">') if text.angle else made


def _raster(raster: Raster) -> Iterator[str]:
    """Yield a rectangle for every run of cells of one colour in a row; the first colour is the ground, left out."""
    rows, columns = raster.cells.shape
    wide, high = raster.rect.width / columns, raster.rect.height / rows
    for row in range(rows):
        cells = raster.cells[row]
        bounds = [0, *(np.flatnonzero(np.diff(cells)) + 1).tolist(), columns]
        for start, end in pairwise(bounds):
            if cells[start]:
                area = (raster.rect.x + start * wide, raster.rect.y + row * high, (end - start) * wide, high)
                geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
                yield _shape("cells", area, geometry, raster.colours[int(cells[start])], None)


def _rows(*columns: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> list[tuple[float, ...]]:
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _emu(pixels: float) -> int:
    return round(pixels * _EMU)
