"""What an arrangement draws under the map: bands of the stack, rings around a record, discs of countries."""

import numpy as np

from chipscape_db.queries.layers import LAYERS
from chipscape_desktop.figures.drawing import Anchor, Box, Item, Marks, Pen, Polyline, Rect, Ref, Text
from chipscape_desktop.figures.ecosystem.links import layer_title
from chipscape_desktop.figures.ecosystem.projection import Projected
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.figures.palette import Palette, mix
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.i18n import _

_SIZE = 12.0
_PAD = 8.0
_NOTE_SIZE = 14.0


def backdrop(spec: EcosystemSpec, at: Projected, palette: Palette) -> tuple[Item, ...]:
    """Return the ground of the map; each part is named where there is room for its name."""
    return (*_bands(spec, at, palette), *_rings(spec, at, palette), *_discs(spec, at, palette))


def titles(spec: EcosystemSpec, at: Projected, palette: Palette, measure: Measure) -> tuple[Text, ...]:
    """Return the names of bands and discs, kept in view while any of the part is, none over another."""
    out: list[Text] = []
    plot = at.plot
    left = float(at.place(spec.ground.left - 0.6, 0.0)[0])
    for band in spec.ground.bands:
        top, bottom = (max(plot.y, min(plot.bottom, float(at.place(0.0, y)[1]))) for y in (band.top, band.bottom))
        if bottom - top < 0.7 * _SIZE:
            continue
        text = layer_title(LAYERS[band.layer])
        beside = left - _PAD - measure.width(text, _SIZE, 600) >= plot.x
        y = (top + bottom) / 2 + 0.35 * _SIZE if beside else top - 3.0
        anchor: Anchor = "end" if beside else "start"
        x = left - _PAD if beside else max(left, plot.x) + _PAD
        _place(out, Text(x, y, text, _SIZE, palette.ink_soft, 600, anchor, halo=palette.ground), measure, plot)
    for disc in sorted(spec.ground.discs, key=lambda disc: -disc.radius):
        x0, top = (float(part) for part in at.place(disc.x, disc.y - disc.radius))
        bottom = float(at.place(0.0, disc.y + disc.radius)[1])
        for y in (top - 4.0, bottom + _SIZE, top + _SIZE + 2):
            named = Text(x0, y, disc.name, _SIZE, palette.ink_soft, 600, "middle", halo=palette.ground)
            if _place(out, named, measure, plot):
                break
    return tuple(out)


def notes(spec: EcosystemSpec, at: Projected, palette: Palette) -> tuple[tuple[Item, ...], tuple[Text, ...]]:
    """Return the areas and the texts that somebody put on the map; each text's ref has the kind `annotation`."""
    areas: list[Item] = []
    texts = []
    for number, one in enumerate(() if spec.notes is None else spec.notes.content.annotations):
        ref = Ref("annotation", (str(number),), one.text or _("Area"))
        points = [tuple(float(part) for part in at.place(x, y)) for x, y in one.points]
        x0, y0 = min(x for x, _y in points), min(y for _x, y in points)
        if one.kind == "area":
            x1, y1 = max(x for x, _y in points), max(y for _x, y in points)
            fill, pen = palette.ink[:7] + "0d", Pen(palette.ink_soft, 1.0, (5.0, 4.0))
            areas.append(Box(Rect(x0, y0, x1 - x0, y1 - y0), fill, pen, radius=8.0))
            said = one.text or "·"
            texts.append(Text(x0 + 4.0, y0 - 4.0, said, _SIZE, palette.ink, 600, halo=palette.ground, ref=ref))
        else:
            texts.append(
                Text(x0, y0, one.text, _NOTE_SIZE, palette.ink, 600, "middle", halo=palette.ground, ref=ref)
            )  # fmt: skip
    return tuple(areas), tuple(texts)


def box_of(text: Text, measure: Measure) -> tuple[float, float, float, float]:
    """Return the box of a text: left, top, right, bottom."""
    width = measure.width(text.text, text.size, text.weight)
    left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return left, text.y - 0.8 * text.size, left + width, text.y + 0.25 * text.size


def _place(out: list[Text], text: Text, measure: Measure, plot: Rect) -> bool:
    """Take a title where it lies in the plot and over no other."""
    x0, y0, x1, y1 = box_of(text, measure)
    if x0 < plot.x or x1 > plot.right or y0 < plot.y or y1 > plot.bottom:
        return False
    for other in out:
        a0, b0, a1, b1 = box_of(other, measure)
        if x0 < a1 + 4 and a0 < x1 + 4 and y0 < b1 + 1 and b0 < y1 + 1:
            return False
    out.append(text)
    return True


def _bands(spec: EcosystemSpec, at: Projected, palette: Palette) -> list[Item]:
    out: list[Item] = []
    fill = mix(palette.rule, palette.ground, 0.62)
    for band in spec.ground.bands:
        left, top = at.place(spec.ground.left - 0.6, band.top)
        right, bottom = at.place(spec.ground.right + 0.6, band.bottom)
        area = Rect(float(left), float(top), float(right - left), float(bottom - top))
        out.append(Box(area, fill, radius=6.0))
    return out


def _rings(spec: EcosystemSpec, at: Projected, palette: Palette) -> list[Item]:
    turn = np.linspace(0.0, 2 * np.pi, 121)
    out: list[Item] = []
    for ring in spec.ground.rings:
        x, y = at.place(ring.across * np.cos(turn), ring.down * np.sin(turn))
        out.append(Polyline(x, y, Pen(palette.rule, 1.0)))
    return out


def _discs(spec: EcosystemSpec, at: Projected, palette: Palette) -> list[Item]:
    discs = spec.ground.discs
    if not discs:
        return []
    x, y = at.place(np.array([disc.x for disc in discs]), np.array([disc.y for disc in discs]))
    size = np.array([2 * disc.radius for disc in discs]) * at.scale
    fill = mix(palette.rule, palette.ground, 0.62)
    return [Marks("disc", x, y, size, fill, Pen(palette.rule, 1.0))]
