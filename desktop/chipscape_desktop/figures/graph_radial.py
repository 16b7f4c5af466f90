"""The radial layout: one node in the middle, the others on rings by how many edges away they are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.graph_start import Neighbours

_SPACING: Final = 0.62  # between nodes of a ring, in units of the layout
_APART: Final = 1.5  # between rings, at least
_SWEEPS: Final = 10


@dataclass(frozen=True, slots=True)
class Rings:
    """Positions (n, 2), and of each ring how many edges away it is and its half width and half height."""

    xy: Floats
    rings: tuple[tuple[int, float, float], ...]


def radial_layout(
    n: int,
    edges: Ints,
    *,
    center: int,
    group: Ints,
    aspect: float = 1.0,
    should_stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> Rings:
    """Return the layout around *center*; nodes that no path joins to it stand on one more ring outside.

    On the first ring, nodes of one *group* (n,) stand together; on the others each stands near those that lead to it,
    in an order that crosses few edges. Rings are ellipses *aspect* times as wide as high.
    """
    graph = Neighbours.of(n, edges)
    hops = graph.hops(np.array([center]))
    farthest = int(hops.max(initial=0))
    hops = np.where(hops < 0, farthest + 1, hops)
    angle = np.zeros(n)
    weight = _subtrees(graph, hops)
    for ring in range(1, int(hops.max(initial=0)) + 1):
        members = np.flatnonzero(hops == ring)
        if ring == 1 or ring > farthest:
            order = members[np.lexsort((members, -weight[members], group[members]))]
        else:
            order = members[np.argsort(_mean_angle(graph, hops, angle, members), kind="stable")]
        angle[order] = _spread(weight[order] if ring == 1 else np.ones(len(order)))
    for sweep in range(_SWEEPS):
        if should_stop():
            break
        rings = range(2, farthest + 1) if sweep % 2 == 0 else range(farthest, 0, -1)
        for ring in rings:
            members = np.flatnonzero(hops == ring)
            if len(members) < 3 or ring == 1:
                continue
            # The ring inside decides; what stands on one's own ring draws a little.
            order = members[np.argsort(_mean_angle(graph, hops, angle, members), kind="stable")]
            angle[order] = _near(_mean_angle(graph, hops, angle, order))
        progress((sweep + 1) / _SWEEPS)
    xy = np.zeros((n, 2))
    rings_made: list[tuple[int, float, float]] = []
    high = 0.0
    for ring in range(1, int(hops.max(initial=0)) + 1):
        members = np.flatnonzero(hops == ring)
        order = members[np.argsort(angle[members], kind="stable")]
        lines = _lines(len(order), high, aspect)
        for line in range(lines):
            some = order[line::lines]
            around = np.pi * (1 + aspect) * (high + _APART)
            high = high + _APART if around >= len(some) * _SPACING else len(some) * _SPACING / (np.pi * (1 + aspect))
            turned = _evenly(angle[some], aspect, _SPACING / max(high, 1e-9))
            xy[some, 0] = aspect * high * np.cos(turned)
            xy[some, 1] = high * np.sin(turned)
            rings_made.append((ring, aspect * high, high))
    return Rings(xy, tuple(rings_made))


def _lines(count: int, inside: float, aspect: float) -> int:
    """Return on how many lines a ring of *count* nodes is set, so that it does not blow up the whole."""
    room, lines = 0.0, 0
    while room < count * _SPACING and lines < 6:
        lines += 1
        room += np.pi * (1 + aspect) * (inside + lines * _APART)
    return max(lines, 1)


def _subtrees(graph: Neighbours, hops: Ints) -> Floats:
    """Return how much room each node wants on its ring: one, and what hangs on it farther out, shared."""
    n = len(hops)
    weight = np.ones(n)
    here = np.repeat(np.arange(n), np.diff(graph.first))
    inward = hops[graph.other] == hops[here] - 1
    child, parent = here[inward], graph.other[inward]
    parents = np.bincount(child, minlength=n)
    for ring in range(int(hops.max(initial=0)), 1, -1):
        some = hops[child] == ring
        weight += np.bincount(parent[some], weight[child[some]] / np.maximum(parents[child[some]], 1), n)
    return np.sqrt(weight)


def _mean_angle(graph: Neighbours, hops: Ints, angle: Floats, members: Ints) -> Floats:
    """Return for each member the direction of its neighbours' mean, those of the ring inside counting most."""
    out = np.empty(len(members))
    for place, node in enumerate(members.tolist()):
        others = graph.other[graph.first[node] : graph.first[node + 1]]
        pull = np.where(hops[others] < hops[node], 1.0, 0.15)
        pull = np.where(hops[others] == 0, 0.0, pull)
        x, y = float((pull * np.cos(angle[others])).sum()), float((pull * np.sin(angle[others])).sum())
        out[place] = np.arctan2(y, x) % (2 * np.pi) if x or y else angle[node]
    return out


def _spread(weight: Floats) -> Floats:
    """Return directions around the circle, each with as much room as its weight."""
    ends = np.cumsum(weight)
    spread: Floats = (ends - weight / 2) / ends[-1] * 2 * np.pi
    return spread


def _near(wanted: Floats) -> Floats:
    """Return directions in the order given, near to those wanted, no two the same."""
    count = len(wanted)
    even = (np.arange(count) + 0.5) / count * 2 * np.pi
    return wanted + 1e-6 * even


def _evenly(wanted: Floats, aspect: float, least: float) -> Floats:
    """Return directions in rising order, at least *least* apart (in half heights), moved as little as may be.

    Pushed apart in turns, like beads on a ring; where the ring is full they end up evenly spread.
    """
    count = len(wanted)
    if count < 2:
        return wanted
    turned = np.sort(wanted)
    full = 2 * np.pi / count
    for _turn in range(300):
        nxt = np.roll(turned, -1)
        nxt[-1] += 2 * np.pi
        slope = np.hypot(aspect * np.sin(turned), np.cos(turned))
        lack = np.minimum(least / slope, 0.98 * full) - (nxt - turned)
        push = np.where(lack > 0, lack / 2 + 1e-9, 0.0)
        if not push.any():
            break
        turned = turned - push + np.roll(push, 1)
    return turned
