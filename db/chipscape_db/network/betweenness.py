"""Betweenness of every node at once, in numpy: a search from each start, level by level, and the sums on the way back.

The method is that of Brandes, A faster algorithm for betweenness centrality (2001); levels stand for single nodes, so
that ten thousand records take seconds. Tests hold it against networkx and rustworkx.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

_PORTION = 25


def betweenness(
    count: int,
    pairs: "Ints",
    starts: Sequence[int],
    *,
    should_stop: Callable[[], bool],
    progress: Callable[[float], None],
) -> "tuple[Floats, int]":
    """Return for each of *count* nodes on how many shortest ways from *starts* it lies, and how many starts counted.

    *pairs* (n, 2) are the edges, taken either way, each once. A way counts for a node by the share of the shortest
    ways between its ends that pass the node, its ends excluded.
    """
    both = np.concatenate([pairs, pairs[:, ::-1]])
    order = np.argsort(both[:, 0], kind="stable")
    target = both[order, 1]
    begin = np.searchsorted(both[order, 0], np.arange(count + 1))
    out = np.zeros(count)
    done = 0
    for done, start in enumerate(starts, 1):
        out += _from(start, count, begin, target)
        if done % _PORTION == 0 or done == len(starts):
            progress(done / len(starts))
            if should_stop():
                break
    return out, done


def _from(start: int, count: int, begin: "Ints", target: "Ints") -> "Floats":
    """Return what the shortest ways from one node add to every other."""
    distance = np.full(count, -1, dtype=np.int64)
    ways = np.zeros(count)
    distance[start], ways[start] = 0, 1.0
    front = np.array([start], dtype=np.int64)
    levels: list[tuple[Ints, Ints]] = []
    while len(front):
        degree = begin[front + 1] - begin[front]
        total = int(degree.sum())
        source = np.repeat(front, degree)
        offset = np.arange(total) - np.repeat(np.cumsum(degree) - degree, degree)
        end = target[np.repeat(begin[front], degree) + offset]
        unseen = distance[end] < 0
        level = len(levels) + 1
        distance[end[unseen]] = level
        onward = distance[end] == level
        source, end = source[onward], end[onward]
        ways += np.bincount(end, weights=ways[source], minlength=count)
        levels.append((source, end))
        front = np.unique(end)
    share = np.zeros(count)
    for source, end in reversed(levels):
        if len(end):
            share += np.bincount(source, weights=ways[source] / ways[end] * (1.0 + share[end]), minlength=count)
    share[start] = 0.0
    return share
