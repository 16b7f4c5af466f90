"""The names on the map: the most important first, beside their nodes, never over each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Anchor, Floats, Ints, Rect, Text
from chipscape_desktop.figures.ecosystem.projection import Projected
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.figures.labels import SIDES, LabelRequests, Side, place
from chipscape_desktop.figures.palette import Palette, mix
from chipscape_desktop.figures.text import Measure, elide

ASCENT, DESCENT = 0.78, 0.22
_SMALL, _MIDDLE, _LARGE = 11.0, 12.0, 14.0
_WIDEST: Final = 190.0
_AREA_EACH: Final = 1_500.0  # square pixels of plot for each name that is tried
_MOST: Final = (450, 300)  # names that are tried, on a map of some hundred nodes and on one of thousands
_LARGE_MAP: Final = 3_000
_AREA_OF_HUB: Final = 26_000.0
_HUBS: Final = (5, 32)
_GAP: Final = 2.0
_MOST_OBSTACLES: Final = 800
_DIMMED: Final = 0.72


@dataclass(frozen=True, slots=True)
class Names:
    """The names as texts, and how many nodes in view go without."""

    texts: tuple[Text, ...]
    hidden: int


def names(
    spec: EcosystemSpec,
    at: Projected,
    palette: Palette,
    measure: Measure,
    *,
    taken: Sequence[tuple[float, float, float, float]] = (),
) -> Names:
    """Return the names that find room beside the boxes *taken*; those of the focus and its neighbours come first."""
    # A node that only peeps into the plot is not missed a name.
    visible = np.flatnonzero(
        (at.x >= at.plot.x) & (at.x <= at.plot.right) & (at.y >= at.plot.y) & (at.y <= at.plot.bottom)
    )
    if not len(visible):
        return Names((), 0)
    first = spec.importance + 1e6 * (np.arange(len(spec.nodes)) == spec.center)
    lit = spec.lit_nodes()
    placing = _placed(spec, at, _candidates(visible, first, at.plot), first, measure, taken)
    if lit is not None:
        # Names stay where they are while something is in focus: its own are placed first, on their old sides.
        sides = np.full(len(spec.nodes), -1, dtype=np.int64)
        sides[placing.node] = placing.side
        first = first + 1e9 * lit
        placing = _placed(spec, at, _candidates(visible, first, at.plot), first, measure, taken, sides)
    texts = []
    for i in np.flatnonzero(placing.side >= 0).tolist():
        node = int(placing.node[i])
        ink = palette.ink if lit is None or lit[node] else mix(palette.ink, palette.ground, _DIMMED)
        x, anchor, top = placing.where[i]
        size = float(placing.size[i])
        texts.append(
            Text(
                x, top + ASCENT * size, placing.text[i], size, ink, _weight(size), anchor, halo=palette.ground,
                ref=spec.refs[node],
            )
        )  # fmt: skip
    return Names(tuple(texts), len(visible) - len(texts))


def _candidates(visible: Ints, first: Floats, plot: Rect) -> Ints:
    most = min(_MOST[len(first) > _LARGE_MAP], max(12, int(plot.width * plot.height / _AREA_EACH)))
    return visible[np.argsort(-first[visible], kind="stable")[:most]]


class _Placing:
    """The names of some nodes, the most important first, and where each went."""

    def __init__(
        self, spec: EcosystemSpec, at: Projected, node: Ints, measure: Measure,
        taken: Sequence[tuple[float, float, float, float]],
    ) -> None:  # fmt: skip
        small = min(at.plot.width, at.plot.height) < 300
        self._at = at
        self.node = node
        self.size = np.array([_size(radius, small) for radius in at.radius[node].tolist()])
        pairs = list(zip(node.tolist(), self.size.tolist(), strict=True))
        self.text = [
            elide(spec.nodes[one].name, _WIDEST, size=size, weight=_weight(size), measure=measure)
            for one, size in pairs
        ]
        self._width = np.array(
            [measure.width(text, size, _weight(size)) for text, (_, size) in zip(self.text, pairs, strict=True)]
        )
        self.side = np.full(len(node), -1, dtype=np.int64)
        self.where: list[tuple[float, Anchor, float]] = [(0.0, "start", 0.0)] * len(node)
        self._boxes: list[tuple[float, float, float, float]] = list(taken)

    def give(
        self,
        some: Ints,
        marks: Floats,
        *,
        sides: tuple[Side, ...] | Sequence[tuple[Side, ...]] = SIDES,
        before: Ints | None = None,
    ) -> None:
        """Give a place to those of *some* names that find one clear of *marks* and of the names placed so far."""
        node, size = self.node[some], self.size[some]
        height = (ASCENT + DESCENT) * np.where(size > _MIDDLE, _LARGE, _MIDDLE)  # two heights are quicker than three
        at = self._at
        requests = LabelRequests(
            at.x[node], at.y[node], at.radius[node], self._width[some], height,
            -np.arange(len(some), dtype=np.float64), sides, None if before is None else before[node],
        )  # fmt: skip
        taken = np.concatenate([marks, np.array(self._boxes, dtype=np.float64).reshape(-1, 4)])
        taken = taken[self._within_reach(some, taken)]
        placed = place(requests, at.plot, obstacles=taken, gap=_GAP, spacing=1.5, avoid_marks=False)
        for i in placed.placed.tolist():
            box, number = placed.rect(i), int(some[i])
            self.side[number] = placed.side[i]
            self.where[number] = (*placed.anchor(i), box.y)
            self._boxes.append((box.x - 1.5, box.y - 1.5, box.right + 1.5, box.bottom + 1.5))

    def _within_reach(self, some: Ints, boxes: Floats) -> NDArray[np.bool_]:
        """Say of each box whether one of *some* names could touch it, on whatever side it went."""
        at, node = self._at, self.node[some]
        around = at.radius[node] + 2 * _GAP
        wide, high = around + self._width[some] + _GAP, around + self.size[some] + _GAP
        across = (boxes[:, 0] < (at.x[node] + wide)[:, None]) & (boxes[:, 2] > (at.x[node] - wide)[:, None])
        down = (boxes[:, 1] < (at.y[node] + high)[:, None]) & (boxes[:, 3] > (at.y[node] - high)[:, None])
        touching: NDArray[np.bool_] = (across & down).any(axis=0)
        return touching

    def quietest_sides(self, some: Ints, marks: Floats) -> list[tuple[Side, ...]]:
        """Return for each of *some* names its sides, those first where it would cover the least of the *marks*."""
        out = []
        for number in some.tolist():
            node = self.node[number]
            x, y, r = self._at.x[node], self._at.y[node], self._at.radius[node] + 4.0
            wide, high = self._width[number], self.size[number]
            covered = []
            for name in SIDES:
                left = x + r if "right" in name else x - r - wide if "left" in name else x - wide / 2
                top = y - r - high if "above" in name else y + r if "below" in name else y - high / 2
                across = np.minimum(marks[:, 2], left + wide) - np.maximum(marks[:, 0], left)
                down = np.minimum(marks[:, 3], top + high) - np.maximum(marks[:, 1], top)
                covered.append(float((np.maximum(across, 0.0) * np.maximum(down, 0.0)).sum()))
            out.append(tuple(SIDES[k] for k in np.argsort(covered, kind="stable").tolist()))
        return out


def _placed(
    spec: EcosystemSpec,
    at: Projected,
    node: Ints,
    first: Floats,
    measure: Measure,
    taken: Sequence[tuple[float, float, float, float]] = (),
    before: Ints | None = None,
) -> _Placing:
    """Return the names of nodes with their places, the most important placed first.

    Where a hub's surroundings leave no room its name may cover small signs, as little of them as can be: a map whose
    hubs have no names says nothing. All other names keep clear of every sign.
    """
    placing = _Placing(spec, at, node[np.argsort(-first[node], kind="stable")], measure, taken)
    hubs = min(len(node), int(np.clip(at.plot.width * at.plot.height / _AREA_OF_HUB, *_HUBS)))
    visible = np.flatnonzero(at.visible)
    if len(visible) > _MOST_OBSTACLES:
        # Among thousands the smallest signs are dust: a name may lie on it.
        visible = visible[np.argsort(-at.radius[visible], kind="stable")[:_MOST_OBSTACLES]]
    marks = _boxes(at, visible)
    for some in np.split(np.arange(hubs), [hubs // 4]):
        placing.give(some, marks, before=before)
        nameless = some[placing.side[some] < 0]
        if len(nameless):
            sides = placing.quietest_sides(nameless, marks)
            placing.give(nameless, _boxes(at, placing.node[: some[-1] + 1]), sides=sides, before=before)
    placing.give(np.arange(hubs, len(node)), marks, before=before)
    return placing


def _boxes(at: Projected, nodes: Ints) -> Floats:
    x, y, r = at.x[nodes], at.y[nodes], at.radius[nodes]
    return np.column_stack([x - r, y - r, x + r, y + r])


def _size(radius: float, small: bool) -> float:
    if small:
        return _SMALL
    return _LARGE if radius > 13 else _MIDDLE if radius > 9 else _SMALL


def _weight(size: float) -> int:
    return 600 if size > _SMALL else 400
