"""The layout by clusters: every group is laid out for itself in a disc, the discs stand apart, each near a place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.graph_layout import force_layout
from chipscape_desktop.figures.graph_overlap import remove_overlaps

_MARGIN: Final = 0.9  # around the nodes of a cluster
_ROUNDS: Final = 80


@dataclass(frozen=True, slots=True)
class Clusters:
    """Positions (n, 2), and of each group its number, middle and radius."""

    xy: Floats
    discs: tuple[tuple[int, float, float, float], ...]


def cluster_layout(
    group: Ints,
    edges: Ints,
    *,
    homes: Floats,
    radii: Floats,
    weights: Floats,
    aspect: float = 1.75,
    seed: int = 7,
    should_stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> Clusters:
    """Return the layout of nodes by *group* (n,), numbered from 0; *homes* (groups, 2) says where each would stand.

    Within a disc, who has relationships to other groups is turned towards these.
    """
    n, count = len(group), len(homes)
    inner: list[Floats] = []
    members: list[Ints] = []
    sizes = np.zeros(count)
    inside = group[edges[:, 0]] == group[edges[:, 1]] if len(edges) else np.zeros(0, dtype=np.bool_)
    for number in range(count):
        some = np.flatnonzero(group == number)
        local = np.full(n, -1, dtype=np.int64)
        local[some] = np.arange(len(some))
        own = inside & (group[edges[:, 0]] == number) if len(edges) else inside
        xy = force_layout(
            len(some), local[edges[own]], seed=seed, radii=radii[some], weights=weights[own], should_stop=should_stop
        )
        xy = _rounded(xy, radii[some])
        members.append(some)
        inner.append(xy)
        sizes[number] = float((np.hypot(*xy.T) + radii[some]).max(initial=0.0)) + _MARGIN
        progress((number + 1) / count)
    at = _placed(homes, sizes, aspect)
    xy = np.zeros((n, 2))
    for number, some in enumerate(members):
        turned = _turned(inner[number], some, edges, group=group, at=at, number=number)
        xy[some] = at[number] + turned
    return Clusters(xy, tuple((k, float(at[k, 0]), float(at[k, 1]), float(sizes[k])) for k in range(count)))


def _rounded(xy: Floats, radii: Floats) -> Floats:
    """Return a layout drawn into a disc: what lies far out comes nearer, and nothing overlaps."""
    if len(xy) < 2:
        return xy * 0.0
    xy = xy - xy.mean(axis=0)
    far = np.hypot(xy[:, 0], xy[:, 1])
    order = np.argsort(np.argsort(far, kind="stable"), kind="stable")
    # Half way to a disc that is evenly full: the n-th nearest lies where n discs of its size would fill it.
    area = float(((radii + 0.33) ** 2).sum()) * 1.45
    goal = np.sqrt((order + 0.5) / len(xy) * area)
    scale = (0.15 * far + 0.85 * goal) / np.maximum(far, 1e-9)
    rounded: Floats = remove_overlaps(xy * scale[:, None], radii, gap=0.3)
    rounded -= (rounded.min(axis=0) + rounded.max(axis=0)) / 2
    return rounded


def _placed(homes: Floats, sizes: Floats, aspect: float) -> Floats:
    """Return the middles of the discs: near their homes, apart, drawn together."""
    spread = np.maximum(np.ptp(homes, axis=0), 1e-9)
    side = float(np.sqrt((sizes**2).sum() * 3.2))
    at = (homes - homes.mean(axis=0)) / spread * [side * np.sqrt(aspect), side / np.sqrt(aspect)]
    for turn in range(_ROUNDS):
        at = remove_overlaps(at, sizes, gap=0.5, rounds=60)
        if turn < _ROUNDS - 1:
            middle = (at * (sizes**2)[:, None]).sum(axis=0) / (sizes**2).sum()
            at = middle + (at - middle) * [0.965, 0.955]
    return remove_overlaps(at, sizes, gap=0.5)


def _turned(xy: Floats, some: Ints, edges: Ints, *, group: Ints, at: Floats, number: int) -> Floats:
    """Return a disc's layout turned so that nodes lie on the side of the other discs that they are joined to."""
    if len(xy) < 3 or not len(edges):
        return xy
    local = np.full(len(group), -1, dtype=np.int64)
    local[some] = np.arange(len(some))
    both = np.concatenate([edges, edges[:, ::-1]])
    out = both[(group[both[:, 0]] == number) & (group[both[:, 1]] != number)]
    if not len(out):
        return xy
    towards = at[group[out[:, 1]]] - at[number]
    towards /= np.maximum(np.hypot(*towards.T), 1e-9)[:, None]
    own = xy[local[out[:, 0]]]
    # The turn that brings the sum of (own place along the wanted direction) to its largest.
    along = float((own * towards).sum())
    beside = float((own[:, 0] * towards[:, 1] - own[:, 1] * towards[:, 0]).sum())
    turn = np.arctan2(beside, along)
    cos, sin = np.cos(turn), np.sin(turn)
    turned: Floats = xy @ np.array([[cos, sin], [-sin, cos]])
    return turned
