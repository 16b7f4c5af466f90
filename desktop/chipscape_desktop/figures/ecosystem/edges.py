"""The edges of the map in pixels: lines with a sign at the object's end, by group and certainty."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Curves, Floats, Ints, Item, Marks, Pen, Segments, Shape
from chipscape_desktop.figures.ecosystem.links import GROUPS, LinkGroup
from chipscape_desktop.figures.ecosystem.projection import Projected
from chipscape_desktop.figures.ecosystem.spec import CHANGES, EcosystemSpec
from chipscape_desktop.figures.graph_stack import routes
from chipscape_desktop.figures.palette import Palette

_DASH: Final = (4.0, 3.0)
_MOST_BENT: Final = 5_000  # more lines in view are drawn straight and as hairlines
_DENSEST: Final = 0.5  # pixels of line for each of the plot; beyond, the longest lines are left out
LARGE: Final = 3_000  # edges of a map that may leave lines out
_FEW: Final = 500  # lines in view that are drawn however long they are
_MOST_HEADS: Final = 4_000
_LEAST_SCALE: Final = 17.0  # pixels a unit under which heads would be dust
_CLEAR: Final = 2.0  # pixels between a head and the node it points at
_THICKER: Final = 0.5  # pixels for every doubling of the relationships that a line stands for
_Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Curves as columns, one or several for an edge: its number, both ends and the control point."""

    number: Ints
    x1: Floats
    y1: Floats
    cx: Floats
    cy: Floats
    x2: Floats
    y2: Floats


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Edges in view: their `pieces`, and as columns of one length their numbers, ends, directions there, and heads."""

    pieces: _Pieces
    number: Ints
    x: Floats
    y: Floats
    ux: Floats
    uy: Floats
    headed: _Bools
    head: float


@dataclass(frozen=True, slots=True)
class EdgeItems:
    """The lines, their heads, how many lines in view were left out, and the numbers of the edges that are there."""

    lines: tuple[Item, ...]
    heads: tuple[Item, ...]
    left_out: int
    shown: Ints


@dataclass(frozen=True, slots=True)
class _Look:
    """How lines are drawn: opacity, how much wider than usual, whether they have heads, and a colour of their own."""

    shade: float
    wider: float = 0.0
    heads: bool = True
    colour: str = ""
    dash: tuple[float, ...] = ()


def edge_items(spec: EcosystemSpec, at: Projected, palette: Palette) -> EdgeItems:
    """Return the edges in view; the dimmed ones first, the marked one last."""
    number, left_out = _in_view(spec, at)
    if not len(number):
        return EdgeItems((), (), left_out, number)
    drawn = _led(spec, at, number) if spec.ground.bands else _bent(spec, at, number)
    shade = _shade(len(number)) * (0.62 if spec.ground.bands else 1.0)
    every = np.ones(len(spec.edges.rows), dtype=np.bool_)
    lit = spec.lit_edges()
    lines: list[Item] = []
    heads: list[Item] = []
    quiet, change = spec.quiet_edges(), spec.edges.change
    if lit is None and change is not None:
        _add(spec, drawn, change == 0, palette, _Look(0.3 * shade + 0.04, heads=False), lines, heads)
        _add(spec, drawn, change == CHANGES.index("added"), palette, _Look(0.95, 0.7), lines, heads)
        gone = _Look(0.85, 0.3, colour=palette.error, dash=(2.0, 3.0))
        _add(spec, drawn, change == CHANGES.index("gone"), palette, gone, lines, heads)
    elif lit is None and quiet is not None:
        _add(spec, drawn, quiet, palette, _Look(0.5 * shade), lines, heads)
        _add(spec, drawn, ~quiet, palette, _Look(min(0.9, 1.4 * shade)), lines, heads)
    elif lit is None:
        _add(spec, drawn, every, palette, _Look(shade), lines, heads)
    else:
        # A line stands for all relationships between its ends: it is lit when one of them is.
        lit = np.bincount(spec.edges.leader[lit], minlength=len(lit)) > 0
        _add(spec, drawn, ~lit, palette, _Look(0.12 * shade + 0.03, heads=False), lines, heads)
        _add(spec, drawn, lit, palette, _Look(0.9, 0.4), lines, heads)
    if spec.marked >= 0:
        leader = int(spec.edges.leader[spec.marked])
        group = GROUPS[int(spec.edges.group[spec.marked])]
        some = np.flatnonzero(drawn.pieces.number == leader)
        if len(some):
            lines.append(_lines(spec, drawn, some, Pen(palette.accent, 3.0)))
            heads += _heads(drawn, np.flatnonzero(drawn.number == leader), group, palette.accent, palette.ground)
    return EdgeItems(tuple(lines), tuple(heads), left_out, number)


def _add(
    spec: EcosystemSpec, drawn: _Drawn, chosen: _Bools, palette: Palette, look: _Look, lines: list[Item],
    heads: list[Item],
) -> None:  # fmt: skip
    """Add the *chosen* edges, a batch for each style."""
    many = len(drawn.number) > _MOST_BENT
    edges = spec.edges
    thick = np.minimum(np.floor(np.log2(np.maximum(edges.count, 1))), 3).astype(np.int64)
    for number, group in enumerate(GROUPS):
        own = chosen & (edges.group == number)
        if not own[drawn.number].any():
            continue
        colour = (look.colour or palette.colour(group.colour)) + f"{round(255 * look.shade):02x}"
        for dashed in (True, False):
            for doubled in (0, 1, 2, 3):
                some = np.flatnonzero((own & (edges.tentative == dashed) & (thick == doubled))[drawn.pieces.number])
                if len(some):
                    width = 0.7 if many else group.width + look.wider + _THICKER * doubled
                    dash = look.dash or (_DASH if dashed and not many else ())
                    lines.append(_lines(spec, drawn, some, Pen(colour, width, dash)))
        if look.heads and drawn.head and group.head:
            tip = (look.colour or palette.colour(group.colour)) + f"{round(255 * min(1.0, look.shade + 0.25)):02x}"
            heads += _heads(drawn, np.flatnonzero(own[drawn.number]), group, tip, palette.ground)


def _shade(count: int) -> float:
    """Return the opacity of lines: the more there are in view, the lighter, so that clusters show."""
    return float(np.clip(0.85 * (200 / max(count, 1)) ** 0.33, 0.2, 0.85))


def _in_view(spec: EcosystemSpec, at: Projected) -> tuple[Ints, int]:
    """Return the numbers of the edges to draw, and how many others are in view."""
    ends, plot = spec.edges.ends, at.plot
    x1, y1, x2, y2 = at.x[ends[:, 0]], at.y[ends[:, 0]], at.x[ends[:, 1]], at.y[ends[:, 1]]
    slack = np.abs(spec.edges.bend) * (np.abs(x2 - x1) + np.abs(y2 - y1))
    seen = (np.minimum(x1, x2) - slack < plot.right) & (np.maximum(x1, x2) + slack > plot.x)
    seen &= (np.minimum(y1, y2) - slack < plot.bottom) & (np.maximum(y1, y2) + slack > plot.y)
    seen &= spec.edges.leader == np.arange(len(ends))
    in_view = np.flatnonzero(seen)
    kept = in_view[_kept(spec, at, in_view, np.hypot(x2 - x1, y2 - y1)[in_view])]
    return kept, len(in_view) - len(kept)


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
    # One sort instead of two: no line is longer than a plot, so those that only pass come after all others.
    order = np.argsort(length + 1e6 * passing, kind="stable")
    keep = number == spec.marked
    keep[order[: max(_FEW, int(np.searchsorted(np.cumsum(length[order]), room)))]] = True
    lit = spec.lit_edges()
    if lit is not None:
        keep |= lit[number]
    return np.flatnonzero(keep)


def _bent(spec: EcosystemSpec, at: Projected, number: Ints) -> _Drawn:
    """Return edges as one slightly bent line each."""
    ends = spec.edges.ends[number]
    x1, y1, x2, y2 = at.x[ends[:, 0]], at.y[ends[:, 0]], at.x[ends[:, 1]], at.y[ends[:, 1]]
    dx, dy = x2 - x1, y2 - y1
    # A quadratic curve passes half way between its control point and the straight line.
    bend = 2 * spec.edges.bend[number] * (len(number) <= _MOST_BENT)
    cx, cy = (x1 + x2) / 2 - dy * bend, (y1 + y2) / 2 + dx * bend
    return _ended(spec, at, _Pieces(number, x1, y1, cx, cy, x2, y2), np.arange(len(number)), number)


def _led(spec: EcosystemSpec, at: Projected, number: Ints) -> _Drawn:
    """Return edges led between the columns of the bands; those within a band are bent."""
    assert spec.layer is not None
    ends = spec.edges.ends[number]
    columns: list[tuple[Floats, ...]] = []
    owner: list[Ints] = []
    last: list[Ints] = []
    for some, points in routes(spec.ground.bands, spec.layer, spec.xy, ends):
        px, py = at.place(points[:, :, 0], points[:, :, 1])
        k = px.shape[1]
        if k == 2:
            bend = 2 * np.clip(np.abs(spec.edges.bend[number[some]]), 0.12, 0.3)
            dx, dy = px[:, 1] - px[:, 0], py[:, 1] - py[:, 0]
            side = np.where(dx >= 0, 1.0, -1.0)
            cx, cy = (px[:, 0] + px[:, 1]) / 2 + dy * bend * side, (py[:, 0] + py[:, 1]) / 2 - dx * bend * side
            columns.append((px[:, 0], py[:, 0], cx, cy, px[:, 1], py[:, 1]))
            owner.append(some)
            last.append(np.ones(len(some), dtype=np.int64))
            continue
        for j in range(1, k - 1):
            begin = (px[:, 0], py[:, 0]) if j == 1 else ((px[:, j - 1] + px[:, j]) / 2, (py[:, j - 1] + py[:, j]) / 2)
            end = (
                (px[:, -1], py[:, -1]) if j == k - 2 else ((px[:, j] + px[:, j + 1]) / 2, (py[:, j] + py[:, j + 1]) / 2)
            )
            columns.append((*begin, px[:, j], py[:, j], *end))
            owner.append(some)
            last.append(np.full(len(some), int(j == k - 2), dtype=np.int64))
    own = np.concatenate(owner)
    pieces = _Pieces(number[own], *(np.concatenate(column) for column in zip(*columns, strict=True)))
    ending = np.flatnonzero(np.concatenate(last))
    return _ended(spec, at, pieces, ending, pieces.number[ending])


def _ended(spec: EcosystemSpec, at: Projected, pieces: _Pieces, ending: Ints, number: Ints) -> _Drawn:
    """Return the edges with their *ending* pieces drawn back from the object, so that a head has room."""
    ends = spec.edges.ends[number]
    cx, cy, x2, y2 = pieces.cx[ending], pieces.cy[ending], pieces.x2[ending], pieces.y2[ending]
    along = np.maximum(np.hypot(x2 - cx, y2 - cy), 1e-9)
    ux, uy = (x2 - cx) / along, (y2 - cy) / along
    head = float(np.clip(0.16 * at.scale, 4.5, 8.0))
    if len(number) > _MOST_HEADS or at.scale < _LEAST_SCALE:
        head = 0.0
    back = at.radius[ends[:, 1]] + _CLEAR
    length = np.hypot(at.x[ends[:, 1]] - at.x[ends[:, 0]], at.y[ends[:, 1]] - at.y[ends[:, 0]])
    headed = length > back + at.radius[ends[:, 0]] + 1.5 * head
    back = np.where(headed & (head > 0), back + head / 2, 0.0)
    x, y = x2 - ux * back, y2 - uy * back
    to_x, to_y = pieces.x2.copy(), pieces.y2.copy()
    to_x[ending], to_y[ending] = x, y
    cut = _Pieces(pieces.number, pieces.x1, pieces.y1, pieces.cx, pieces.cy, to_x, to_y)
    return _Drawn(cut, number, x, y, ux, uy, headed, head)


def _lines(spec: EcosystemSpec, drawn: _Drawn, places: Ints, pen: Pen) -> Curves | Segments:
    own = drawn.pieces
    x1, y1, x2, y2 = own.x1[places], own.y1[places], own.x2[places], own.y2[places]
    refs, index = spec.edges.refs, own.number[places]
    if len(drawn.number) > _MOST_BENT:
        return Segments(x1, y1, x2, y2, pen, refs, index)
    return Curves(x1, y1, own.cx[places], own.cy[places], x2, y2, pen, refs, index)


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
    return [Marks(shape, drawn.x[places], drawn.y[places], size, fill, pen, angle)]
