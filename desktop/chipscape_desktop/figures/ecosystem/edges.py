"""The edges of the map in pixels: slightly bent lines with a sign at the object's end, by group and certainty."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Curves, Floats, Ints, Item, Marks, Pen, Segments, Shape
from chipscape_desktop.figures.ecosystem.links import GROUPS, LinkGroup
from chipscape_desktop.figures.ecosystem.projection import Projected
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.figures.palette import Palette

_DASH: Final = (4.0, 3.0)
_MOST_BENT: Final = 5_000  # more lines in view are drawn straight and as hairlines
_DENSEST: Final = 0.6  # pixels of line for each of the plot; beyond, the longest lines are left out
LARGE: Final = 3_000  # edges of a map that may leave lines out
_FEW: Final = 500  # lines in view that are drawn however long they are
_MOST_HEADS: Final = 4_000
_LEAST_SCALE: Final = 17.0  # pixels a unit under which heads would be dust
_CLEAR: Final = 2.0  # pixels between a head and the node it points at


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Edges in view, as columns: number, ends, control point, direction at the end, and whether there is a head."""

    number: Ints
    x1: Floats
    y1: Floats
    cx: Floats
    cy: Floats
    x2: Floats
    y2: Floats
    ux: Floats
    uy: Floats
    headed: NDArray[np.bool_]
    head: float


@dataclass(frozen=True, slots=True)
class EdgeItems:
    """The lines, their heads, and how many lines in view were left out because there are too many."""

    lines: tuple[Item, ...]
    heads: tuple[Item, ...]
    left_out: int = 0


def edge_items(spec: EcosystemSpec, at: Projected, palette: Palette) -> EdgeItems:
    """Return the edges in view; the dimmed ones first, the marked one last."""
    drawn, left_out = _drawn(spec, at)
    if not len(drawn.number):
        return EdgeItems((), (), left_out)
    shade = _shade(len(drawn.number))
    lit_edges = spec.lit_edges()
    lit = None if lit_edges is None else lit_edges[drawn.number]
    lines: list[Item] = []
    heads: list[Item] = []
    if lit is None:
        _add(spec, drawn, np.arange(len(drawn.number)), palette, (shade, 0.0), lines, heads)
    else:
        _add(spec, drawn, np.flatnonzero(~lit), palette, (0.12 * shade + 0.03, 0.0), lines, [])
        _add(spec, drawn, np.flatnonzero(lit), palette, (0.9, 0.4), lines, heads)
    marked = np.flatnonzero(drawn.number == spec.marked)
    if len(marked):
        group = GROUPS[int(spec.edges.group[spec.marked])]
        lines.append(_lines(spec, drawn, marked, Pen(palette.accent, 3.0)))
        heads += _heads(drawn, marked, group, palette.accent, palette.ground)
    return EdgeItems(tuple(lines), tuple(heads), left_out)


def _add(
    spec: EcosystemSpec,
    drawn: _Drawn,
    places: Ints,
    palette: Palette,
    look: tuple[float, float],
    lines: list[Item],
    heads: list[Item],
) -> None:
    """Add the edges at *places*, a batch for each style; *look* is the opacity and how much wider than usual."""
    shade, wider = look
    many = len(drawn.number) > _MOST_BENT
    group_of, tentative = spec.edges.group[drawn.number[places]], spec.edges.tentative[drawn.number[places]]
    for number, group in enumerate(GROUPS):
        own = group_of == number
        if not own.any():
            continue
        colour = palette.colour(group.colour) + f"{round(255 * shade):02x}"
        for dashed in (True, False):
            some = places[own & (tentative == dashed)]
            if len(some):
                width = 0.7 if many else group.width + wider
                lines.append(_lines(spec, drawn, some, Pen(colour, width, _DASH if dashed and not many else ())))
        if drawn.head and group.head:
            tip = palette.colour(group.colour) + f"{round(255 * min(1.0, shade + 0.25)):02x}"
            heads += _heads(drawn, places[own], group, tip, palette.ground)


def _shade(count: int) -> float:
    """Return the opacity of lines: the more there are in view, the lighter, so that clusters show."""
    return float(np.clip(0.85 * (200 / max(count, 1)) ** 0.33, 0.2, 0.85))


def _kept(spec: EcosystemSpec, at: Projected, number: Ints, length: Floats) -> Ints:
    """Return the places of the edges to draw: where there is too much line for the plot, the shortest.

    The longest lines of a large map take most of the ink and say least: they cross everything. First to go are those
    that only pass through; those in focus or marked stay.
    """
    length = np.minimum(length, np.hypot(at.plot.width, at.plot.height))
    room = _DENSEST * at.plot.width * at.plot.height
    if len(spec.edges.rows) <= LARGE or len(number) <= _FEW or float(length.sum()) <= room:
        return np.arange(len(number))
    ends = spec.edges.ends[number]
    passing = ~at.visible[ends].any(axis=1)
    order = np.lexsort((length, passing))
    keep = number == spec.marked
    keep[order[: max(_FEW, int(np.searchsorted(np.cumsum(length[order]), room)))]] = True
    lit = spec.lit_edges()
    if lit is not None:
        keep |= lit[number]
    return np.flatnonzero(keep)


def _drawn(spec: EcosystemSpec, at: Projected) -> tuple[_Drawn, int]:
    """Return the edges to draw, and how many others are in view."""
    ends, plot = spec.edges.ends, at.plot
    x1, y1, x2, y2 = at.x[ends[:, 0]], at.y[ends[:, 0]], at.x[ends[:, 1]], at.y[ends[:, 1]]
    slack = 0.5 * np.abs(spec.edges.bend) * (np.abs(x2 - x1) + np.abs(y2 - y1)) * 2
    seen = (np.minimum(x1, x2) - slack < plot.right) & (np.maximum(x1, x2) + slack > plot.x)
    seen &= (np.minimum(y1, y2) - slack < plot.bottom) & (np.maximum(y1, y2) + slack > plot.y)
    in_view = np.flatnonzero(seen)
    number = in_view[_kept(spec, at, in_view, np.hypot(x2 - x1, y2 - y1)[in_view])]
    x1, y1, x2, y2 = x1[number], y1[number], x2[number], y2[number]
    dx, dy = x2 - x1, y2 - y1
    # A quadratic curve passes half way between its control point and the straight line.
    bend = 2 * spec.edges.bend[number] * (len(number) <= _MOST_BENT)
    cx, cy = (x1 + x2) / 2 - dy * bend, (y1 + y2) / 2 + dx * bend
    along = np.maximum(np.hypot(x2 - cx, y2 - cy), 1e-9)
    ux, uy = (x2 - cx) / along, (y2 - cy) / along
    head = float(np.clip(0.16 * at.scale, 4.5, 8.0))
    if len(number) > _MOST_HEADS or at.scale < _LEAST_SCALE:
        head = 0.0
    back = at.radius[ends[number, 1]] + _CLEAR
    length = np.hypot(dx, dy)
    headed = length > back + at.radius[ends[number, 0]] + 1.5 * head
    back = np.where(headed & (head > 0), back + head / 2, 0.0)
    return _Drawn(number, x1, y1, cx, cy, x2 - ux * back, y2 - uy * back, ux, uy, headed, head), len(in_view) - len(
        number
    )


def _lines(spec: EcosystemSpec, drawn: _Drawn, places: Ints, pen: Pen) -> Curves | Segments:
    x1, y1, x2, y2 = drawn.x1[places], drawn.y1[places], drawn.x2[places], drawn.y2[places]
    refs, index = spec.edges.refs, drawn.number[places]
    if len(drawn.number) > _MOST_BENT:
        return Segments(x1, y1, x2, y2, pen, refs, index)
    return Curves(x1, y1, drawn.cx[places], drawn.cy[places], x2, y2, pen, refs, index)


def _heads(drawn: _Drawn, places: Ints, group: LinkGroup, colour: str, ground: str) -> list[Item]:
    places = places[drawn.headed[places]]
    if not len(places) or not group.head or not drawn.head:
        return []
    angle = np.degrees(np.arctan2(drawn.uy[places], drawn.ux[places]))
    if group.head == "triangle":
        angle = angle + 90.0  # its tip points up
    size = drawn.head * (1.25 if group.head == "tick" else 0.8 if group.head == "disc" else 1.0)
    shape: Shape = group.head
    line = Pen(colour, 2.0 if shape in ("tick", "cross") else 1.2)
    fill = None if shape in ("tick", "cross") else ground if group.hollow else colour
    pen = line if group.hollow or fill is None else None
    return [Marks(shape, drawn.x2[places], drawn.y2[places], size, fill, pen, angle)]
