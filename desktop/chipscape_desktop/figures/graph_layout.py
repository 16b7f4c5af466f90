"""The force layout of the ecosystem map: seeded, the same every time, and steady when the graph changes a little."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.graph_force import EXACT_UP_TO, MIDDLING_UP_TO, Cooling, settle
from chipscape_desktop.figures.graph_overlap import pack, remove_overlaps
from chipscape_desktop.figures.graph_quality import edge_crossings_sample, normalised_stress
from chipscape_desktop.figures.graph_start import Neighbours, components, pivot_start

__all__ = ["edge_crossings_sample", "force_layout", "normalised_stress"]

_GRAVITY = 2.5  # tuned on the starter facts: far arms come in, clusters stay apart
_MOST_STRETCH = 1.7  # beyond it a stretched layout looks stretched


def _never() -> bool:
    return False


def _ignore(_share: float) -> None:
    return None


@dataclass(frozen=True, slots=True)
class _Graph:
    """What a layout works on; `at` holds where nodes are to stay (pinned) or were (previous), NaN elsewhere."""

    n: int
    edges: Ints
    weights: Floats
    radii: Floats
    at: Floats
    pinned: NDArray[np.bool_]

    def part(self, nodes: Ints, edges: Ints, weights: Floats) -> "_Graph":
        """Return the subgraph of *nodes*, whose *edges* are numbered within it."""
        return _Graph(len(nodes), edges, weights, self.radii[nodes], self.at[nodes], self.pinned[nodes])


def force_layout(
    n: int,
    edges: ArrayLike,
    *,
    seed: int = 1,
    pinned: Mapping[int, tuple[float, float]] | None = None,
    previous: Floats | None = None,
    radii: Floats | None = None,
    weights: Floats | None = None,
    aspect: float = 1.0,
    gravity: float | None = None,
    should_stop: Callable[[], bool] = _never,
    progress: Callable[[float], None] = _ignore,
) -> Floats:
    """Return positions (n, 2) of the nodes; the length 1 is where push and pull of a single edge are even.

    *edges* are pairs of node numbers (direction, doubles and loops do not matter), *weights* how strongly each pulls.
    *pinned* nodes stay exactly where they are told. *previous* holds earlier positions (n, 2), NaN for new nodes: what
    was there stays, only the surroundings of new nodes give way. *radii* keep nodes from overlapping (without them
    nodes are points). Connected parts
    are laid out one by one, the largest in the middle; nodes without edges stand in rows below. *aspect* is the width
    over the height to aim at, *gravity* draws each part together
    (None: as suits its density).

    Asked to stop by *should_stop*, it returns what it has; *progress* is told the share done, 0 to 1.
    """
    graph = _graph(n, edges, pinned=pinned, previous=previous, radii=radii, weights=weights)
    xy = np.zeros((n, 2))
    if n == 0:
        return xy
    rng = np.random.default_rng(seed)
    free: list[Ints] = []
    taken: list[Ints] = []
    lone: list[int] = []
    done = 0
    for nodes, part in _parts(graph):
        known = ~np.isnan(part.at[:, 0])
        anchored = bool(part.pinned.any()) or 2 * int(known.sum()) >= part.n
        if part.n == 1 and not anchored:
            lone.append(int(nodes[0]))
            continue
        again = anchored and 2 * int((known & ~part.pinned).sum()) >= int((~part.pinned).sum())
        layout = _again if again else _afresh
        xy[nodes] = layout(
            part, rng=rng, aspect=aspect, gravity=gravity, should_stop=should_stop,
            progress=_scaled(progress, done / n, part.n / n),
        )  # fmt: skip
        (taken if anchored else free).append(nodes)
        done += part.n
    if len(taken) > 1:
        kept = np.concatenate(taken)
        xy[kept] = remove_overlaps(xy[kept], graph.radii[kept], fixed=graph.pinned[kept])
    margin = max(0.5, 1.5 * float(np.median(graph.radii))) + float(graph.radii.max())
    moved = pack([xy[nodes] for nodes in free], margin, taken=[xy[nodes] for nodes in taken], aspect=aspect)
    for nodes, points in zip(free, moved, strict=True):
        xy[nodes] = points
    if lone:
        placed = np.concatenate([*free, *taken]) if free or taken else np.zeros(0, dtype=np.int64)
        xy[lone] = _rows_below(xy[placed], graph.radii[lone], margin=margin, aspect=aspect)
    progress(1.0)
    return xy


def _graph(
    n: int,
    edges: ArrayLike,
    *,
    pinned: Mapping[int, tuple[float, float]] | None,
    previous: Floats | None,
    radii: Floats | None,
    weights: Floats | None,
) -> _Graph:
    pairs = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    if len(pairs) and (int(pairs.min()) < 0 or int(pairs.max()) >= n):
        raise ValueError(f"an edge names a node that is not among the {n}")
    pull = np.ones(len(pairs)) if weights is None else np.asarray(weights, dtype=np.float64)
    key = pairs.min(axis=1) * n + pairs.max(axis=1) if len(pairs) else np.zeros(0, dtype=np.int64)
    _keys, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    # Of several links between two nodes the strongest pulls, not their sum: talk about a pair does not glue it.
    strongest = np.zeros(len(first))
    np.maximum.at(strongest, inverse, pull)
    proper = pairs[first, 0] != pairs[first, 1]
    at = np.full((n, 2), np.nan) if previous is None else np.array(previous, dtype=np.float64)
    at[~np.isfinite(at).all(axis=1)] = np.nan
    held = np.zeros(n, dtype=np.bool_)
    for node, point in (pinned or {}).items():
        at[node] = point
        held[node] = True
    sizes = np.zeros(n) if radii is None else np.asarray(radii, dtype=np.float64)
    return _Graph(n, pairs[first][proper], strongest[proper], sizes, at, held)


def _parts(graph: _Graph) -> list[tuple[Ints, _Graph]]:
    """Return the connected parts, the largest first, each with its node numbers."""
    number = components(graph.n, graph.edges)
    order = np.argsort(number, kind="stable")
    bounds = np.searchsorted(number[order], np.arange(int(number.max()) + 2))
    local = np.empty(graph.n, dtype=np.int64)
    local[order] = np.arange(graph.n) - bounds[number[order]]
    of_edge = number[graph.edges[:, 0]]
    edge_order = np.argsort(of_edge, kind="stable")
    edge_bounds = np.searchsorted(of_edge[edge_order], np.arange(len(bounds)))
    parts = []
    for k in range(len(bounds) - 1):
        nodes = order[bounds[k] : bounds[k + 1]]
        own = edge_order[edge_bounds[k] : edge_bounds[k + 1]]
        parts.append((nodes, graph.part(nodes, local[graph.edges[own]], graph.weights[own])))
    return parts


def _afresh(
    part: _Graph,
    *,
    rng: np.random.Generator,
    aspect: float,
    gravity: float | None,
    should_stop: Callable[[], bool],
    progress: Callable[[float], None],
) -> Floats:
    """Lay out a connected part from nothing but its pinned nodes."""
    if part.n <= 2 and not part.pinned.any():
        pair = np.array([[-0.5, 0.0], [0.5, 0.0]])[: part.n]
        return remove_overlaps(pair, part.radii)
    xy = pivot_start(Neighbours.of(part.n, part.edges), rng) if part.n > 2 else rng.normal(0.0, 0.5, (part.n, 2))
    xy *= np.sqrt(part.n) / max(float(np.ptp(xy, axis=0).max()), 1e-9)
    limit = None
    if part.pinned.any():
        xy = _fit_to(xy, part.at, part.pinned)
        limit = (~part.pinned).astype(np.float64)
    heat = 0.1 * float(np.ptp(xy, axis=0).max())
    pull = _gravity(part) if gravity is None else gravity
    cooling = Cooling(60, heat, 0.93, 10)
    if part.n <= EXACT_UP_TO:
        cooling = Cooling(100, heat, 0.95, 15)
    elif part.n <= MIDDLING_UP_TO:
        # Half the rounds: more of them did not lower the stress of any graph tried.
        cooling = Cooling(34, heat, 0.88, 5)
    xy = settle(
        xy, part.edges, weights=part.weights, cooling=cooling, limit=limit, gravity=pull,
        should_stop=should_stop, progress=progress,
    )  # fmt: skip
    if not part.pinned.any():
        xy = _stretched(xy, aspect)
    return remove_overlaps(xy, part.radii, fixed=part.pinned, gap=0.3 * float(np.median(part.radii)))


def _again(
    part: _Graph,
    *,
    rng: np.random.Generator,
    aspect: float,
    gravity: float | None,
    should_stop: Callable[[], bool],
    progress: Callable[[float], None],
) -> Floats:
    """Lay out a part most of whose nodes have a place: new ones join their neighbours, who make a little room."""
    xy = part.at.copy()
    new = np.isnan(xy[:, 0])
    if new.any():
        _join(xy, part.edges, rng)
        hops = Neighbours.of(part.n, part.edges).hops(np.flatnonzero(new))
        # The nearer to something new, the more a node may move; three edges away it stays.
        limit = np.where(part.pinned, 0.0, np.select([hops == 0, hops == 1, hops == 2], [1.0, 0.08, 0.02], 0.0))
        xy = settle(
            xy, part.edges, weights=part.weights, cooling=Cooling(40, 0.5, 0.93, 5), limit=limit, gravity=0.0,
            should_stop=should_stop, progress=progress,
        )  # fmt: skip
    # First without spreading, which would move what is far from anything new.
    xy = remove_overlaps(xy, part.radii, fixed=part.pinned, spread=False)
    return remove_overlaps(xy, part.radii, fixed=part.pinned)


def _join(xy: Floats, edges: Ints, rng: np.random.Generator) -> None:
    """Put nodes without a place (NaN) amid their neighbours that have one, ring by ring."""
    n = len(xy)
    while True:
        placed = ~np.isnan(xy[:, 0])
        here, there = np.concatenate([edges, edges[:, ::-1]])[:, 0], np.concatenate([edges, edges[:, ::-1]])[:, 1]
        useful = placed[there] & ~placed[here]
        here, there = here[useful], there[useful]
        count = np.bincount(here, minlength=n)
        joining = np.flatnonzero(count)
        if not len(joining):
            return
        for axis in (0, 1):
            middle = np.bincount(here, xy[there, axis], n)[joining] / count[joining]
            xy[joining, axis] = middle + rng.normal(0.0, 0.5, len(joining))


def _fit_to(xy: Floats, at: Floats, pinned: NDArray[np.bool_]) -> Floats:
    """Turn and shift a start so that its pinned nodes come near to their places, and put these there exactly."""
    middle, goal = xy[pinned].mean(axis=0), at[pinned].mean(axis=0)
    u, _scale, v = np.linalg.svd((xy[pinned] - middle).T @ (at[pinned] - goal))
    fitted: Floats = (xy - middle) @ (u @ v) + goal
    fitted[pinned] = at[pinned]
    return fitted


def _gravity(part: _Graph) -> float:
    """Return a gravity for a part: none for trees and chains, which it would curl up, most for woven ones."""
    return _GRAVITY * float(np.clip((len(part.edges) / part.n - 1.0) / 1.5, 0.0, 1.0))


def _stretched(xy: Floats, aspect: float) -> Floats:
    """Lay the longest direction of a layout along the wider side and stretch it towards *aspect*, area kept."""
    xy = xy - xy.mean(axis=0)
    if aspect == 1.0:
        return xy
    _values, vectors = np.linalg.eigh(xy.T @ xy)
    axes = vectors[:, [1, 0]] if aspect > 1 else vectors
    wide = xy @ (axes * np.where(np.diag(axes) < 0, -1.0, 1.0))
    spread = np.maximum(wide.std(axis=0), 1e-9)
    factor = float(np.clip(aspect / (spread[0] / spread[1]), 1 / _MOST_STRETCH, _MOST_STRETCH))
    stretched: Floats = wide * [np.sqrt(factor), 1 / np.sqrt(factor)]
    return stretched


def _rows_below(placed: Floats, radii: Floats, *, margin: float, aspect: float) -> Floats:
    """Return places in even rows, under everything that is placed, as wide as that is."""
    step = max(1.0, 2.6 * float(radii.max()))
    count = len(radii)
    ideal = np.sqrt(count * aspect)
    left, right, bottom = 0.0, 0.0, -margin
    if len(placed):
        left, right = float(placed[:, 0].min()), float(placed[:, 0].max())
        bottom = float(placed[:, 1].max())
    columns = min(count, max(int(np.ceil(ideal)), int((right - left) / step) + 1))
    rows = -(-count // columns)
    columns = -(-count // rows)
    i = np.arange(count)
    in_row = np.where(i // columns == rows - 1, count - (rows - 1) * columns, columns)
    x = (left + right) / 2 + (i % columns - (in_row - 1) / 2) * step
    y = bottom + 2 * margin + i // columns * step
    xy = np.stack([x, y], axis=1)
    return xy if len(placed) else xy - xy.mean(axis=0)


def _scaled(progress: Callable[[float], None], start: float, share: float) -> Callable[[float], None]:
    def told(part: float) -> None:
        progress(start + share * part)

    return told
