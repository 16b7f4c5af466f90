"""Where a graph layout begins: connected parts, distances by breadth-first search, and a pivot MDS of them."""

from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.runs import runs

_PIVOTS = (24, 50)  # of graphs of up to a thousand nodes, and of larger ones
_LARGE = 1_000


@dataclass(frozen=True, slots=True)
class Neighbours:
    """An undirected graph by its nodes' neighbours: those of node i are `other[first[i]:first[i + 1]]`."""

    first: Ints
    other: Ints

    @classmethod
    def of(cls, n: int, edges: Ints) -> "Neighbours":
        """Return the neighbours of the *n* nodes that *edges* (m, 2) join."""
        here = np.concatenate([edges[:, 0], edges[:, 1]])
        there = np.concatenate([edges[:, 1], edges[:, 0]])
        order = np.argsort(here, kind="stable")
        return cls(np.searchsorted(here[order], np.arange(n + 1)), there[order])

    def of_all(self, nodes: Ints) -> Ints:
        """Return the neighbours of all *nodes*, one list after the other."""
        first = self.first[nodes]
        return self.other[runs(first, self.first[nodes + 1] - first)]

    def hops(self, roots: Ints) -> Ints:
        """Return each node's distance in edges from the nearest of *roots*; -1 where none can be reached."""
        n = len(self.first) - 1
        distance = np.full(n, -1, dtype=np.int64)
        distance[roots] = 0
        front, step = np.asarray(roots, dtype=np.int64), 0
        while len(front):
            step += 1
            reached = self.of_all(front)
            reached = reached[distance[reached] < 0]
            distance[reached] = step
            # Sorting a small front is cheaper than a look at all nodes; a large one is the other way round.
            front = np.unique(reached) if len(reached) < n // 8 else np.flatnonzero(distance == step)
        return distance


def components(n: int, edges: Ints) -> Ints:
    """Return each node's component, numbered by size, the largest 0, ties by their first node."""
    label = np.arange(n)
    a, b = edges[:, 0], edges[:, 1]
    while True:
        least = np.minimum(label[a], label[b])
        after = label.copy()
        # The roots are lowered too, so that chains shorten by half a round, not by one link.
        for nodes in (a, b, label[a], label[b]):
            np.minimum.at(after, nodes, least)
        after = after[after]
        if np.array_equal(after, label):
            break
        label = after
    roots, number, sizes = np.unique(label, return_inverse=True, return_counts=True)
    rank = np.empty(len(roots), dtype=np.int64)
    rank[np.lexsort((roots, -sizes))] = np.arange(len(roots))
    return rank[number]


def pivot_start(graph: Neighbours, rng: np.random.Generator) -> Floats:
    """Return first positions of a connected graph: its distances to pivot nodes, projected to the plane.

    The pivots are chosen far apart, one after the other. Pivot MDS: Brandes and Pich, "Eigensolver methods for
    progressive multidimensional scaling of large data" (Graph Drawing 2006). Neighbours are about 1 apart.
    """
    n = len(graph.first) - 1
    count = min(_PIVOTS[n > _LARGE], n)
    distances = np.empty((count, n), dtype=np.float64)
    nearest = np.full(n, np.iinfo(np.int64).max)
    pivot = int(rng.integers(n))
    for row in distances:
        hops = graph.hops(np.array([pivot]))
        row[:] = hops
        nearest = np.minimum(nearest, hops)
        farthest = np.flatnonzero(nearest == nearest.max())
        pivot = int(farthest[rng.integers(len(farthest))])
    mean = float(distances.mean())
    # In place: at this size memory fresh from the system costs more than the sums.
    distances *= distances
    distances -= distances.mean(axis=0)
    distances -= distances.mean(axis=1, keepdims=True)
    _values, vectors = np.linalg.eigh(distances @ distances.T)
    axes = vectors[:, [-1, -2]]
    # The sign of an eigenvector is the library's whim: chosen here, or the map would be mirrored on another machine.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    xy: Floats = distances.T @ axes
    spread = np.sqrt((xy**2).sum(axis=0) / n)
    xy = xy / np.maximum(spread, 1e-9) * mean / 1.4
    # Twins have the same distances to everything: without a little noise no force could part them.
    return xy + rng.normal(0.0, 0.05, xy.shape)
