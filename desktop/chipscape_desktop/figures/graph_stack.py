"""The stack layout: nodes in bands one over the other, ordered so that few edges cross, edges led between columns.

After Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981): long edges
get a stand-in in every band that they pass, and the order in each band is improved by sweeps that put every node at the
mean of its neighbours. A band that is too long for one row is broken into several, column by column, so that the order
stays the order from left to right; edges pass through a band on the lanes between its columns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Ints

_SWEEPS: Final = 14
_WIDE: Final = (2.9, 1.1)  # the width of a cell of few nodes, whose names are all to be read, and of many
_HIGH: Final = 0.66
_FEW, _MANY = 60, 450
_GAP: Final = 0.95  # between bands, for the edges
_PAD: Final = 0.2  # in a band, over its first row and under its last
_CLEAR: Final = 0.34  # between an edge that passes a band and the columns there
_TOGETHER: Final = 0.22  # edges that pass a band nearer than that to each other pass as one


@dataclass(frozen=True, slots=True)
class Band:
    """One band: its number among the layers, top and bottom, and where its columns are: the first, and their step."""

    layer: int
    top: float
    bottom: float
    first: float
    step: float
    columns: int

    def lane(self, x: Floats) -> Floats:
        """Return the ways through the band, clear of its columns, that are nearest to *x*."""
        x = np.round(x / _TOGETHER) * _TOGETHER
        column = self.first + np.clip(np.round((x - self.first) / self.step), 0, self.columns - 1) * self.step
        clear = min(_CLEAR, self.step / 2)
        lane: Floats = np.where(np.abs(x - column) < clear, column + np.where(x < column, -clear, clear), x)
        return lane

    def beside(self, x: Floats, across: Floats) -> Floats:
        """Return the ways beside the columns at *x*, on the side to which *across* points."""
        return x + min(_CLEAR, self.step / 2) * np.where(across < 0, -1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Stack:
    """Where everything is: positions (n, 2) and the bands from top to bottom, `left` and `right` of all."""

    xy: Floats
    bands: tuple[Band, ...]
    left: float
    right: float


def stack_layout(
    layer: Ints,
    edges: Ints,
    *,
    start: Floats,
    aspect: float = 1.75,
    should_stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> Stack:
    """Return the layout of nodes by their *layer* (n,), 0 at the top; *start* (n,) is a first order from left to right.

    Layers without a node take no room. The whole is about *aspect* times as wide as high.
    """
    layer = np.asarray(layer, dtype=np.int64)
    used, dense = np.unique(layer, return_inverse=True)
    pairs = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    order = crossing_order(dense, pairs, start=start, should_stop=should_stop, progress=progress)
    counts = np.bincount(dense, minlength=len(used))
    share = float(np.clip((len(layer) - _FEW) / (_MANY - _FEW), 0.0, 1.0))
    wide = _WIDE[0] + (_WIDE[1] - _WIDE[0]) * share
    rows, width = _rows(counts, aspect, wide)
    xy = np.zeros((len(layer), 2))
    bands = []
    top = 0.0
    for number in range(len(used)):
        members = np.flatnonzero(dense == number)
        members = members[np.argsort(order[members], kind="stable")]
        high = int(rows[number])
        columns = -(-len(members) // high)
        step = width / columns
        place = np.arange(len(members))
        column, row = place // high, place % high
        in_column = np.bincount(column, minlength=columns)[column]
        # Neighbouring columns are set off a little, so that names on one line do not run into each other.
        shift = 0.25 * _HIGH * (column % 2 * 2 - 1) if step < 2 * _WIDE[0] else 0.0
        bottom = top + high * _HIGH + 2 * _PAD + 0.25 * _HIGH
        xy[members, 0] = step / 2 + column * step
        xy[members, 1] = (top + bottom) / 2 + (row - (in_column - 1) / 2) * _HIGH + shift
        bands.append(Band(int(used[number]), top, bottom, step / 2, step, columns))
        top = bottom + _GAP
    return Stack(xy, tuple(bands), 0.0, width)


def crossing_order(
    layer: Ints,
    edges: Ints,
    *,
    start: Floats,
    should_stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> Floats:
    """Return a position for each node, by which those of one layer are to be ordered so that few edges cross.

    The layers are numbered without gaps. The best of all sweeps counts, by the crossings between neighbouring layers.
    """
    n = len(layer)
    apart = edges[layer[edges[:, 0]] != layer[edges[:, 1]]] if len(edges) else edges.reshape(0, 2)
    if not len(apart):
        return start.astype(np.float64)
    down = np.where((layer[apart[:, 0]] < layer[apart[:, 1]])[:, None], apart, apart[:, ::-1])
    levels, links, parts = _with_stand_ins(layer, down, start)
    position = np.concatenate([_ranked(levels[:n], start, len(levels[:n])), np.zeros(len(levels) - n)])
    position[n:] = parts
    position = _ranks(levels, position)
    best, fewest = position, count_crossings(levels, links, position)
    deepest = int(levels.max())
    for sweep in range(_SWEEPS):
        if should_stop():
            break
        for level in range(1, deepest + 1) if sweep % 2 == 0 else range(deepest - 1, -1, -1):
            _put_at_mean(levels, links, position, level=level, above=sweep % 2 == 0)
        crossings = count_crossings(levels, links, position)
        if crossings < fewest:
            best, fewest = position.copy(), crossings
        progress((sweep + 1) / _SWEEPS)
    best = _swap_neighbours(levels, links, best) if len(links) < 20_000 and not should_stop() else best
    return best[:n]


def count_crossings(level: Ints, links: Ints, position: Floats) -> int:
    """Return how often *links* between neighbouring levels cross, for nodes at *position* in their level."""
    total = 0
    upper = level[links[:, 0]]
    for number in np.unique(upper).tolist():
        own = links[upper == number]
        a, b = position[own[:, 0]], position[own[:, 1]]
        total += _inversions(b[np.lexsort((b, a))])
    return total


def _inversions(values: Floats) -> int:
    """Return how many pairs of *values* stand in falling order, by merging runs of growing length."""
    ranks = np.unique(values, return_inverse=True)[1].astype(np.int64)
    m = len(ranks)
    size = 1
    while size < m:
        size *= 2
    # Padded with ever larger values, which stand in order.
    work = np.concatenate([ranks, np.arange(m, size) + m])
    total, run = 0, 1
    while run < size:
        blocks = work.reshape(-1, 2 * run)
        left, right = blocks[:, :run], blocks[:, run:]
        offset = np.arange(len(blocks))[:, None] * (4 * m + 4 * size)
        flat = (left + offset).ravel()
        at = np.searchsorted(flat, (right + offset).ravel(), side="right").reshape(right.shape)
        total += int(((np.arange(len(blocks)) + 1)[:, None] * run - at).sum())
        work = np.sort(blocks, axis=1).ravel()
        run *= 2
    return total


def _with_stand_ins(layer: Ints, down: Ints, start: Floats) -> tuple[Ints, Ints, Floats]:
    """Return the levels of nodes and stand-ins, the links between neighbouring levels, and where stand-ins begin."""
    first, last = layer[down[:, 0]], layer[down[:, 1]]
    n, spans = len(layer), last - first
    levels, links, parts = [layer], [], []
    number = n
    rank = _ranked(layer, start, n)
    for span in np.unique(spans).tolist():
        some = down[spans == span]
        before = some[:, 0]
        for step in range(1, span):
            here = number + np.arange(len(some))
            number += len(some)
            levels.append(layer[some[:, 0]] + step)
            parts.append(rank[some[:, 0]] + (rank[some[:, 1]] - rank[some[:, 0]]) * step / span)
            links.append(np.column_stack([before, here]))
            before = here
        links.append(np.column_stack([before, some[:, 1]]))
    return np.concatenate(levels), np.concatenate(links), np.concatenate(parts) if parts else np.zeros(0)


def _ranked(levels: Ints, value: Floats, n: int) -> Floats:
    """Return each node's place in its level, 0 to 1, ordered by value."""
    out = np.zeros(n)
    order = np.lexsort((value, levels))
    bounds = np.searchsorted(levels[order], np.arange(int(levels.max()) + 2))
    counts = np.diff(bounds)
    of = levels[order]
    out[order] = (np.arange(n) - bounds[of] + 0.5) / counts[of]
    return out


def _ranks(levels: Ints, position: Floats) -> Floats:
    return _ranked(levels, position, len(levels))


def _put_at_mean(levels: Ints, links: Ints, position: Floats, *, level: int, above: bool) -> None:
    """Order one level by the mean place of each node's neighbours above (or below) it; others keep their place."""
    own, other = (links[:, 1], links[:, 0]) if above else (links[:, 0], links[:, 1])
    some = levels[own] == level
    count = np.bincount(own[some], minlength=len(levels))
    total = np.bincount(own[some], position[other[some]], minlength=len(levels))
    members = np.flatnonzero(levels == level)
    value = np.where(count[members] > 0, total[members] / np.maximum(count[members], 1), position[members])
    # Of those with the same mean the order stands: a sweep must not undo what the last one found.
    order = np.lexsort((position[members], np.round(value, 9)))
    position[members[order]] = (np.arange(len(members)) + 0.5) / len(members)


def _swap_neighbours(levels: Ints, links: Ints, position: Floats) -> Floats:
    """Return the places after swaps of neighbours that save crossings, in one pass over every level."""
    position = position.copy()
    at: list[list[Ints]] = [[], []]
    for side, (own, other) in enumerate(((links[:, 0], links[:, 1]), (links[:, 1], links[:, 0]))):
        order = np.argsort(own, kind="stable")
        bounds = np.searchsorted(own[order], np.arange(len(levels) + 1))
        at[side] = [other[order[bounds[k] : bounds[k + 1]]] for k in range(len(levels))]
    for level in range(int(levels.max()) + 1):
        members = np.flatnonzero(levels == level)
        members = members[np.argsort(position[members], kind="stable")].tolist()
        for i in range(len(members) - 1):
            a, b = members[i], members[i + 1]
            saved = 0
            for side in (0, 1):
                to_a, to_b = position[at[side][a]], position[at[side][b]]
                if len(to_a) and len(to_b):
                    saved += int((to_a[:, None] > to_b[None]).sum()) - int((to_a[:, None] < to_b[None]).sum())
            if saved > 0:
                members[i], members[i + 1] = b, a
                position[a], position[b] = position[b], position[a]
    return position


def _rows(counts: Ints, aspect: float, wide: float) -> tuple[Ints, float]:
    """Return the rows of each band and the width of all, so that the whole is *aspect* times as wide as high."""
    numbers = counts.astype(np.float64)
    fixed = len(numbers) * (_GAP + 2 * _PAD + 0.25 * _HIGH)
    low, high = wide, wide * max(float(numbers.max(initial=1.0)), 8.0)
    for _step in range(40):
        width = (low + high) / 2
        if width > aspect * (float(np.ceil(numbers * wide / width).sum()) * _HIGH + fixed):
            high = width
        else:
            low = width
    return np.maximum(np.ceil(numbers * wide / high), 1).astype(np.int64), high


def routes(bands: Sequence[Band], layer: Ints, xy: Floats, edges: Ints) -> list[tuple[Ints, Floats]]:
    """Return the points that lead the edges, those with as many points together: (numbers, points (m, k, 2)).

    An edge leaves its band beside its column, passes every band between on a lane, and comes in beside a column; a
    smooth line follows the points, from subject to object. Edges within a band have their two ends only.
    """
    level = np.zeros(max((band.layer for band in bands), default=0) + 1, dtype=np.int64)
    for number, band in enumerate(bands):
        level[band.layer] = number
    dense = level[layer]
    up = dense[edges[:, 0]] > dense[edges[:, 1]]
    ends = np.where(up[:, None], edges[:, ::-1], edges)
    pair = dense[ends[:, 0]] * len(bands) + dense[ends[:, 1]]
    out = []
    for both in np.unique(pair).tolist():
        some = np.flatnonzero(pair == both)
        first, last = divmod(both, len(bands))
        begin, end = xy[ends[some, 0]], xy[ends[some, 1]]
        whole = np.stack(_led(bands[first : last + 1], begin, end) if first != last else [begin, end], axis=1)
        out.append((some, np.where(up[some, None, None], whole[:, ::-1], whole)))
    return out


def _led(bands: Sequence[Band], begin: Floats, end: Floats) -> list[Floats]:
    """Return the points of edges from the first of *bands* to the last, one array (m, 2) for each step of the way."""
    first, last = bands[0], bands[-1]
    across = end[:, 0] - begin[:, 0]
    height = np.maximum(end[:, 1] - begin[:, 1], 1e-9)
    leave = begin[:, 0] if first.bottom - first.top < 2 * _HIGH else first.beside(begin[:, 0], across)
    points = [begin, np.column_stack([leave, np.full(len(begin), first.bottom + 0.1)])]
    for band in bands[1:-1]:
        lane = band.lane(begin[:, 0] + across * ((band.top + band.bottom) / 2 - begin[:, 1]) / height)
        points.append(np.column_stack([lane, np.full(len(begin), band.top)]))
        points.append(np.column_stack([lane, np.full(len(begin), band.bottom)]))
    enter = end[:, 0] if last.bottom - last.top < 2 * _HIGH else last.beside(end[:, 0], -across)
    points.append(np.column_stack([enter, np.full(len(end), last.top - 0.1)]))
    points.append(end)
    return points
