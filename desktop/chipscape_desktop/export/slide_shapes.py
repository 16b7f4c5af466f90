"""Items of a drawing as native shapes of a slide (DrawingML): signs, lines, boxes, texts that can be moved and edited.

ECMA-376, part 1, chapters 19 (PresentationML) and 20 (DrawingML) name the elements and their order.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from chipscape_desktop.export.batches import ref_at, shown_lines, shown_marks
from chipscape_desktop.export.clipping import Point, clipped_area, clipped_line, clipped_path, clipped_rect
from chipscape_desktop.export.shapes import OUTLINES, STROKES, stroke_pen, turned
from chipscape_desktop.export.xml_text import escaped
from chipscape_desktop.figures.drawing import (
    Box,
    Curves,
    Item,
    Layer,
    Marks,
    Pen,
    Polyline,
    Raster,
    Rect,
    Ref,
    Segments,
    Text,
)
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.font_names import INTER_FAMILY

_EMU: Final = 9525  # of a device-independent pixel, 96 to the inch
NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PRESETS: Final = {"disc": ("ellipse", 1.0), "square": ("rect", 0.9), "diamond": ("diamond", 1.2)}
_ASCENT, _LINE = 0.95, 1.25  # of a text box over its baseline, and its height, as parts of the size
_ANCHORS: Final = {"start": "l", "middle": "ctr", "end": "r"}
RECTANGLE: Final = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
_LONGEST_NAME: Final = 250
_FIRST_ID: Final = 10

Link = Callable[[Ref], str]
Area = tuple[float, float, float, float]
_Path = list[tuple[str, tuple[Point, ...]]]


class ShapeWriter:
    """Writes items of one slide; *link* gives the id of the relationship that a mark leads to, empty for none."""

    def __init__(self, link: Link, *, language: str = "en") -> None:
        self._link, self._language, self._next = link, language, _FIRST_ID
        self._extent: list[Area] = []

    def group(self, name: str, summary: str, layers: Sequence[Layer]) -> str:
        """Return one group with a group for each layer in it; *summary* is its alternative text."""
        parts = []
        everything: list[Area] = []
        for layer in layers:
            number = self._number()
            self._extent = []
            inside = "".join(shape for item in layer.items for shape in self._item(item, layer.clip))
            if inside:
                parts.append(_group(number, layer.name, "", _around(self._extent), inside))
                everything += self._extent
        return _group(self._number(), name, summary, _around(everything), "".join(parts)) if parts else ""

    def text_box(self, name: str, area: Rect, paragraphs: str, *, columns: int = 1, gap: float = 0.0) -> str:
        """Return a box of flowing text; *paragraphs* are its `a:p` elements."""
        several = f' numCol="{columns}" spcCol="{emu(gap)}"' if columns > 1 else ""
        body = (
            f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"{several} anchor="t">'
            f"<a:normAutofit/></a:bodyPr>{paragraphs}</p:txBody>"
        )
        return self._shape(name, (area.x, area.y, area.width, area.height), RECTANGLE, _NOTHING, None, body=body)

    def _number(self) -> int:
        self._next += 1
        return self._next

    def _item(self, item: Item, clip: Rect | None) -> Iterator[str]:
        match item:
            case Marks():
                yield from self._marks(item, clip)
            case Segments() | Curves():
                yield from self._lines(item, clip)
            case Polyline():
                yield from self._polyline(item, clip)
            case Box():
                yield from self._box(item, clip)
            case Text():
                yield from self._text(item, clip)
            case Raster():
                yield from self._raster(item)

    def _marks(self, marks: Marks, clip: Rect | None) -> Iterator[str]:
        shown = shown_marks(marks, clip)
        rows = list(
            zip(*(column.tolist() for column in (shown.x, shown.y, shown.size, shown.angle, shown.places)), strict=True)
        )
        stroked = marks.shape in STROKES
        fill, pen = (None, stroke_pen(marks)) if stroked else (marks.fill, marks.pen)
        if not marks.refs:
            path = [step for x, y, wide, angle, _place in rows for step in _sign(marks.shape, x, y, wide, angle)]
            yield from self._free(path, _filling(fill), pen, marks.shape)
            return
        for x, y, wide, angle, place in rows:
            ref = ref_at(marks.refs, marks.index, int(place))
            if marks.shape in _PRESETS and not angle:
                preset, part = _PRESETS[marks.shape]
                side = part * wide
                geometry = f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>'
                area = (x - side / 2, y - side / 2, side, side)
                yield self._shape(_name(ref), area, geometry, _filling(marks.fill), marks.pen, ref=ref)
            else:
                path = _sign(marks.shape, x, y, wide, angle)
                yield from self._free(path, _filling(fill), pen, _name(ref), ref=ref)

    def _lines(self, lines: Segments | Curves, clip: Rect | None) -> Iterator[str]:
        curved = isinstance(lines, Curves)
        columns = (lines.x1, lines.y1, lines.x2, lines.y2, *((lines.cx, lines.cy) if isinstance(lines, Curves) else ()))
        together: _Path = []
        for place in shown_lines(lines, clip).tolist():
            row = [float(column[place]) for column in columns]
            start, end = (row[0], row[1]), (row[2], row[3])
            if curved:
                path: _Path = [("moveTo", (start,)), ("quadBezTo", ((row[4], row[5]), end))]
            else:
                inside = (start, end) if clip is None else clipped_line(start, end, clip)
                if inside is None:
                    continue
                path = [("moveTo", inside[:1]), ("lnTo", inside[1:])]
            ref = ref_at(lines.refs, lines.index, place)
            if ref is None:
                together += path
            else:
                yield from self._free(path, _NOTHING, lines.pen, _name(ref), ref=ref)
        yield from self._free(together, _NOTHING, lines.pen, "lines")

    def _polyline(self, line: Polyline, clip: Rect | None) -> Iterator[str]:
        finite = np.isfinite(line.x) & np.isfinite(line.y)
        points = list(zip(line.x[finite].tolist(), line.y[finite].tolist(), strict=True))
        if len(points) < 2:
            return
        if line.fill:
            corners = clipped_area(points, clip) if clip else points
            if len(corners) > 2:
                path = _through(corners, closed=True)
                yield from self._free(path, _filling(line.fill), line.pen, _name(line.ref), ref=line.ref)
            return
        parts = clipped_path(points, clip) if clip else [points]
        path = [step for part in parts for step in _through(part)]
        yield from self._free(path, _NOTHING, line.pen, _name(line.ref) or "line", ref=line.ref)

    def _box(self, box: Box, clip: Rect | None) -> Iterator[str]:
        area = box.rect if clip is None else clipped_rect(box.rect, clip)
        if area is None or area.width <= 0 or area.height <= 0:
            return
        geometry = RECTANGLE
        if box.radius:
            share = min(50_000, round(100_000 * box.radius / max(min(area.width, area.height), 1e-6)))
            geometry = (
                f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {share}"/></a:avLst></a:prstGeom>'
            )
        if box.hatch:
            fill = _hatched(box.hatch, box.fill)
        elif box.fill and any(box.fade):
            lost = area.x - box.rect.x, box.rect.right - area.right
            fill = _fading(box.fill, area.width, (box.fade[0] - lost[0], box.fade[1] - lost[1]))
        else:
            fill = _filling(box.fill)
        place = (area.x, area.y, area.width, area.height)
        yield self._shape(_name(box.ref) or "box", place, geometry, fill, box.pen, ref=box.ref)

    def _text(self, text: Text, clip: Rect | None) -> Iterator[str]:
        if not text.text.strip() or (clip is not None and not clip.inset(-text.size).contains(text.x, text.y)):
            return
        wide = default_measure().width(text.text, text.size, text.weight) + text.size / 2
        high = _LINE * text.size
        left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
        body = (
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
            f'<a:p><a:pPr algn="{_ANCHORS[text.anchor]}"/>'
            + run(text.text, text.size, text.colour, bold=text.weight >= 600, language=self._language)
            + "</a:p></p:txBody>"
        )
        top = text.y - _ASCENT * text.size
        turn = ""
        if text.angle:
            # A shape turns around its middle, the text around the point on its baseline.
            around = np.radians(text.angle)
            dx, dy = left + wide / 2 - text.x, top + high / 2 - text.y
            left += dx * np.cos(around) - dy * np.sin(around) - dx
            top += dx * np.sin(around) + dy * np.cos(around) - dy
            turn = f' rot="{round(text.angle * 60_000) % 21_600_000}"'
        place = (float(left), float(top), wide, high)
        yield self._shape(text.text, place, RECTANGLE, _NOTHING, None, body=body, ref=text.ref, turn=turn)

    def _raster(self, raster: Raster) -> Iterator[str]:
        """Yield a rectangle for every run of cells of one colour in a row; the first colour is the ground, left out."""
        rows, columns = raster.cells.shape
        wide, high = raster.rect.width / columns, raster.rect.height / rows
        for row in range(rows):
            cells = raster.cells[row]
            bounds = [0, *(np.flatnonzero(np.diff(cells)) + 1).tolist(), columns]
            for start, end in pairwise(bounds):
                if cells[start]:
                    area = (raster.rect.x + start * wide, raster.rect.y + row * high, (end - start) * wide, high)
                    yield self._shape("cells", area, RECTANGLE, _filling(raster.colours[int(cells[start])]), None)

    def _free(self, path: _Path, fill: str, pen: Pen | None, name: str, *, ref: Ref | None = None) -> Iterator[str]:
        """Yield one shape of free paths, given in pixels of the slide: its frame is moved to them."""
        if not path:
            return
        points = [point for _kind, found in path for point in found]
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        left, top = min(xs), min(ys)
        wide, high = max(max(xs) - left, 0.1), max(max(ys) - top, 0.1)
        steps = "".join(_step(kind, [(x - left, y - top) for x, y in found]) for kind, found in path)
        filled = ' fill="none"' if fill == _NOTHING else ""
        geometry = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f'<a:path w="{emu(wide)}" h="{emu(high)}"{filled}>{steps}</a:path></a:pathLst></a:custGeom>'
        )
        yield self._shape(name, (left, top, wide, high), geometry, fill, pen, ref=ref)

    def _shape(
        self, name: str, area: Area, geometry: str, fill: str, pen: Pen | None, *, body: str = "",
        ref: Ref | None = None, turn: str = "",
    ) -> str:  # fmt: skip
        self._extent.append(area)
        x, y, wide, high = (emu(part) for part in area)
        box = ' txBox="1"' if body else ""
        target = self._link(ref) if ref is not None else ""
        leads = f'<a:hlinkClick r:id="{target}"/>' if target else ""
        told = f' descr="{escaped(ref.title)}"' if ref is not None and ref.title else ""
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self._number()}" name="{escaped(name[:_LONGEST_NAME])}"{told}>{leads}'
            f'</p:cNvPr><p:cNvSpPr{box}/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm{turn}><a:off x="{x}" y="{y}"/>'
            f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm>{geometry}{fill}{_outline(pen)}</p:spPr>{body}</p:sp>'
        )


def run(text: str, size: float, colour: str, *, bold: bool = False, target: str = "", language: str = "en") -> str:
    """Return a run of text, *size* in pixels; *target* is the id of the relationship that it leads to."""
    leads = f'<a:hlinkClick r:id="{target}">{_OWN_COLOUR}</a:hlinkClick>' if target else ""
    weight = ' b="1"' if bold else ""
    return (
        f'<a:r><a:rPr lang="{language}" sz="{max(100, round(size * 75))}"{weight}>{filling(colour)}'
        f'<a:latin typeface="{INTER_FAMILY}"/>{leads}</a:rPr><a:t>{escaped(text)}</a:t></a:r>'
    )


def emu(pixels: float) -> int:
    """Return pixels in English metric units, 914,400 to the inch."""
    return round(pixels * _EMU)


def filling(colour: str) -> str:
    """Return the solid fill of a colour with its opacity."""
    return f"<a:solidFill>{_colour(colour)}</a:solidFill>"


_NOTHING: Final = "<a:noFill/>"
# Without it a link has the theme's colour for links; see [MS-ODRAWXML], hyperlinkColor.
_OWN_COLOUR: Final = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)


def _filling(colour: str | None) -> str:
    return filling(colour) if colour else _NOTHING


def _colour(colour: str, opacity: float = 1.0) -> str:
    part = opacity * (int(colour[7:9], 16) / 255 if len(colour) == 9 else 1.0)
    inner = f'<a:alpha val="{round(part * 100_000)}"/>' if part < 1 else ""
    return f'<a:srgbClr val="{colour[1:7].upper()}">{inner}</a:srgbClr>'


def _hatched(hatch: str, fill: str | None) -> str:
    ground = _colour(fill) if fill else _colour("#ffffff", 0.0)
    return f'<a:pattFill prst="wdUpDiag"><a:fgClr>{_colour(hatch)}</a:fgClr><a:bgClr>{ground}</a:bgClr></a:pattFill>'


def _fading(colour: str, width: float, fade: tuple[float, float]) -> str:
    left, right = (min(max(length / width, 0.0), 1.0) for length in fade)
    if left + right > 1:
        left, right = left / (left + right), right / (left + right)
    stops = [(0.0, 0.0 if left else 1.0), (left, 1.0), (1 - right, 1.0), (1.0, 0.0 if right else 1.0)]
    listed = "".join(
        f'<a:gs pos="{round(place * 100_000)}">{_colour(colour, opacity)}</a:gs>'
        for place, opacity in dict.fromkeys(stops)
    )
    return f'<a:gradFill rotWithShape="1"><a:gsLst>{listed}</a:gsLst><a:lin ang="0" scaled="0"/></a:gradFill>'


def _outline(pen: Pen | None) -> str:
    if pen is None or pen.width <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    dash = '<a:prstDash val="sysDash"/>' if pen.dash else ""
    return f'<a:ln w="{emu(pen.width)}">{filling(pen.colour)}{dash}</a:ln>'


def _sign(shape: str, x: float, y: float, size: float, angle: float) -> _Path:
    if shape == "disc":
        return _circle(x, y, size / 2)
    outlines = STROKES.get(shape)  # type: ignore[call-overload]  # a name of a shape, as Marks checks
    closed = outlines is None
    found = (OUTLINES[shape],) if closed else outlines  # type: ignore[index]
    return [
        step
        for outline in found
        for step in _through([(x + dx, y + dy) for dx, dy in turned(outline, size, angle)], closed=closed)
    ]


def _circle(x: float, y: float, radius: float) -> _Path:
    """Return a circle as four cubic curves, for it may be one of many signs in one shape."""
    bent = 0.5523 * radius
    corners = [(x + radius, y), (x, y + radius), (x - radius, y), (x, y - radius)]
    path: _Path = [("moveTo", (corners[0],))]
    for place, (dx, dy) in enumerate(((0, 1), (-1, 0), (0, -1), (1, 0))):
        start, end = corners[place], corners[(place + 1) % 4]
        out = (start[0] + bent * dx, start[1] + bent * dy)
        back = (end[0] + bent * dy, end[1] - bent * dx)
        path.append(("cubicBezTo", (out, back, end)))
    return [*path, ("close", ())]


def _step(kind: str, points: Sequence[Point]) -> str:
    if not points:
        return f"<a:{kind}/>"
    return f"<a:{kind}>" + "".join(f'<a:pt x="{emu(x)}" y="{emu(y)}"/>' for x, y in points) + f"</a:{kind}>"


def _through(points: Sequence[Point], *, closed: bool = False) -> _Path:
    path: _Path = [("moveTo", (points[0],)), *(("lnTo", (point,)) for point in points[1:])]
    return [*path, ("close", ())] if closed else path


def _name(ref: Ref | None) -> str:
    return ref.title if ref is not None else ""


def _around(areas: Sequence[Area]) -> Area:
    if not areas:
        return (0.0, 0.0, 0.0, 0.0)
    left, top = min(area[0] for area in areas), min(area[1] for area in areas)
    right, bottom = max(area[0] + area[2] for area in areas), max(area[1] + area[3] for area in areas)
    return (left, top, right - left, bottom - top)


def _group(number: int, name: str, summary: str, area: Area, inside: str) -> str:
    x, y, wide, high = (emu(part) for part in area)
    told = f' descr="{escaped(summary)}"' if summary else ""
    return (
        f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{number}" name="{escaped(name)}"{told}/><p:cNvGrpSpPr/><p:nvPr/>'
        f'</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>'
        f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{wide}" cy="{high}"/></a:xfrm></p:grpSpPr>{inside}</p:grpSp>'
    )
