"""The items of a drawing as SVG elements."""

import base64

import numpy as np

from chipscape_desktop.export.batches import Shown, ref_at, shown_lines, shown_marks
from chipscape_desktop.export.geometry import HATCH_STEP, fade_stops
from chipscape_desktop.export.raster_png import raster_png
from chipscape_desktop.export.shapes import OUTLINES, STROKES, stroke_pen, turned
from chipscape_desktop.export.xml_text import Names, attributes, escaped, number
from chipscape_desktop.figures.drawing import (
    Box,
    Colour,
    Curves,
    Item,
    Marks,
    Pen,
    Polyline,
    Raster,
    Rect,
    Ref,
    Segments,
    Text,
)
from chipscape_desktop.figures.text import default_measure, nearest_weight

HALO_WIDTH = 3.0


class SvgItems:
    """Turns items into lines of SVG; collects the patterns and gradients they need in `definitions`."""

    def __init__(self) -> None:
        self.names = Names()
        self.definitions: list[str] = []
        self._hatches: dict[Colour, str] = {}

    def item(self, item: Item, clip: Rect | None) -> list[str]:
        """Return the elements of one item; nothing of it that lies outside *clip*."""
        match item:
            case Marks():
                return self._marks(item, clip)
            case Segments() | Curves():
                return self._lines(item, clip)
            case Box():
                return self._box(item)
            case Polyline():
                return self._polyline(item)
            case Text():
                return self._text(item)
            case Raster():
                return self._raster(item)

    def define_clip(self, clip: Rect) -> str:
        """Define a clip and return its id."""
        name = self.names.fresh("clip")
        self.definitions.append(f'<clipPath id="{name}"><rect{_area(clip)}/></clipPath>')
        return name

    def _element(self, tag: str, place: str, ref: Ref | None) -> str:
        if ref is None:
            return f"<{tag}{place}/>"
        return f"<{tag}{self._identity(ref)}{place}><title>{escaped(ref.title)}</title></{tag}>"

    def _identity(self, ref: Ref) -> str:
        first = ref.ids[0] if ref.ids else None
        return attributes(
            id=self.names.fresh(f"{ref.kind}-{first or ''}"),
            data_kind=ref.kind,
            data_record=first,
            data_ids=" ".join(ref.ids) if len(ref.ids) > 1 else None,
        )

    def _marks(self, marks: Marks, clip: Rect | None) -> list[str]:
        shown = shown_marks(marks, clip)
        if not len(shown.x):
            return []
        lines = marks.shape in STROKES
        style = _style(None if lines else marks.fill, stroke_pen(marks) if lines else marks.pen)
        elements = [
            self._element(*_mark(marks, shown, row), ref_at(marks.refs, marks.index, int(shown.places[row])))
            for row in range(len(shown.x))
        ]
        return [f'<g class="marks {marks.shape}"{style}>', *elements, "</g>"]

    def _lines(self, lines: Segments | Curves, clip: Rect | None) -> list[str]:
        places = shown_lines(lines, clip)
        if not len(places):
            return []
        elements = []
        for place in places.tolist():
            start = _point(lines.x1[place], lines.y1[place])
            end = _point(lines.x2[place], lines.y2[place])
            if isinstance(lines, Curves):
                path = f"M{start}Q{_point(lines.cx[place], lines.cy[place])} {end}"
            else:
                path = f"M{start}L{end}"
            elements.append(self._element("path", f' d="{path}"', ref_at(lines.refs, lines.index, place)))
        kind = "curves" if isinstance(lines, Curves) else "segments"
        return [f'<g class="{kind}"{_style(None, lines.pen)}>', *elements, "</g>"]

    def _box(self, box: Box) -> list[str]:
        place = _area(box.rect) + (attributes(rx=box.radius) if box.radius else "")
        fill, stroke = _paint("fill", box.fill), _style(None, box.pen).replace(' fill="none"', "")
        if any(box.fade):
            if box.fill:
                fill = f' fill="url(#{self._gradient(box, box.fill)})"'
            if box.pen:
                stroke = attributes(
                    stroke=f"url(#{self._gradient(box, box.pen.colour)})",
                    stroke_width=box.pen.width,
                    stroke_dasharray=_dashes(box.pen),
                )
        lines = [self._element("rect", place + fill + stroke, box.ref)]
        if box.hatch:
            hatch = f'<rect{place} fill="url(#{self._hatch(box.hatch)})"/>'
            return [*lines, hatch] if box.pen is None or box.fill else [hatch, *lines]
        return lines

    def _gradient(self, box: Box, colour: Colour) -> str:
        name = self.names.fresh("fade")
        opacity = _opacity(colour)
        stops = "".join(
            f'<stop offset="{place:.4g}" stop-color="{colour[:7]}" stop-opacity="{number(share * opacity)}"/>'
            for place, share in fade_stops(box)
        )
        ends = attributes(x1=box.rect.x, y1=0.0, x2=box.rect.right, y2=0.0)
        self.definitions.append(
            f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse"{ends}>{stops}</linearGradient>'
        )
        return name

    def _hatch(self, colour: Colour) -> str:
        if colour not in self._hatches:
            name = self._hatches[colour] = self.names.fresh("hatch")
            step = HATCH_STEP
            path = f"M-1 1L1 -1M0 {step}L{step} 0M{step - 1} {step + 1}L{step + 1} {step - 1}"
            self.definitions.append(
                f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{step}" height="{step}">'
                f'<path d="{path}"{_style(None, Pen(colour))}/></pattern>'
            )
        return self._hatches[colour]

    def _polyline(self, line: Polyline) -> list[str]:
        keep = np.isfinite(line.x) & np.isfinite(line.y)
        points = " ".join(_point(x, y) for x, y in zip(line.x[keep], line.y[keep], strict=True))
        if keep.sum() < 2:
            return []
        tag = "polyline" if line.fill is None else "polygon"
        joined = ' stroke-linejoin="round"' if line.pen else ""
        return [self._element(tag, f' points="{points}"{_style(line.fill, line.pen)}{joined}', line.ref)]

    def _text(self, text: Text) -> list[str]:
        if not text.text or text.size <= 0:
            return []
        place = attributes(
            x=text.x,
            y=text.y,
            font_size=text.size,
            font_weight=str(nearest_weight(text.weight)) if text.weight != 400 else None,
            text_anchor=text.anchor if text.anchor != "start" else None,
            transform=f"rotate({number(text.angle)} {_point(text.x, text.y)})" if text.angle else None,
            class_="tabular" if text.tabular else None,
        )
        place += _fitted(text)
        words = escaped(" ".join(text.text.split("\n")))
        lines = []
        if text.halo:  # its own element, as half of the readers don't know paint-order
            rim = _style(None, Pen(text.halo, HALO_WIDTH)) + ' stroke-linejoin="round" aria-hidden="true"'
            lines.append(f"<text{place.replace('tabular', 'tabular halo')}{rim}>{words}</text>")
        if text.ref is None:
            lines.append(f"<text{place}{_paint('fill', text.colour)}>{words}</text>")
        else:
            title = f"<title>{escaped(text.ref.title)}</title>" if text.ref.title else ""
            identity = self._identity(text.ref)
            lines.append(f"<text{identity}{place}{_paint('fill', text.colour)}>{title}{words}</text>")
        return lines

    def _raster(self, raster: Raster) -> list[str]:
        if not raster.cells.size:
            return []
        data = base64.b64encode(raster_png(raster)).decode()
        return [
            f'<image{_area(raster.rect)} preserveAspectRatio="none" '
            f'style="image-rendering:optimizeSpeed;image-rendering:pixelated" '
            f'xlink:href="data:image/png;base64,{data}"/>'
        ]


def _mark(marks: Marks, shown: Shown, row: int) -> tuple[str, str]:
    """Return the tag of a mark, and its place as attributes."""
    x, y, size, angle = (float(column[row]) for column in (shown.x, shown.y, shown.size, shown.angle))
    if marks.shape == "disc":
        return "circle", attributes(cx=x, cy=y, r=size / 2)
    if marks.shape in STROKES:
        strokes = (turned(line, size, angle) for line in STROKES[marks.shape])
        path = "".join("M" + "L".join(_point(x + px, y + py) for px, py in line) for line in strokes)
    else:
        outline = turned(OUTLINES[marks.shape], size, angle)
        path = "M" + "L".join(_point(x + px, y + py) for px, py in outline) + "Z"
    return "path", f' d="{path}"'


def _fitted(text: Text) -> str:
    """Return the width of a text as attributes.

    Whoever reads the file may not have our face: in a wider one labels would run into each other and out of the figure.
    """
    width = default_measure().width(text.text, text.size, text.weight)
    return attributes(textLength=width, lengthAdjust="spacingAndGlyphs") if width > 0 else ""


def _point(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def _area(rect: Rect) -> str:
    return attributes(x=rect.x, y=rect.y, width=max(0.0, rect.width), height=max(0.0, rect.height))


def _opacity(colour: Colour) -> float:
    return int(colour[7:], 16) / 255 if len(colour) == 9 else 1.0


def _paint(name: str, colour: Colour | None) -> str:
    if colour is None:
        return f' {name}="none"'
    opacity = f' {name}-opacity="{number(_opacity(colour))}"' if _opacity(colour) < 1 else ""
    return f' {name}="{colour[:7]}"{opacity}'


def _dashes(pen: Pen) -> str | None:
    return " ".join(number(length) for length in pen.dash) if pen.dash else None


def _style(fill: Colour | None, pen: Pen | None) -> str:
    """Return fill and stroke as attributes."""
    if pen is None:
        return _paint("fill", fill)
    rest = attributes(stroke_width=pen.width if pen.width != 1 else None, stroke_dasharray=_dashes(pen))
    return _paint("fill", fill) + _paint("stroke", pen.colour) + rest
