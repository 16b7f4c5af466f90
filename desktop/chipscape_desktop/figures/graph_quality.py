"""How good a graph layout is: its stress, and how often its edges cross."""

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.graph_start import Neighbours


def normalised_stress(n: int, edges: Ints, xy: Floats, *, sample: int = 60, seed: int = 0) -> float:
    """Return how far distances on paper are from distances in the graph: 0 is perfect, lower is better.

    It is the mean of (1 - s l/d)^2 over pairs of connected nodes, l on paper and d in edges, at the scale s that
    suits the layout best; the pairs are those of *sample* random nodes with all others.
    """
    graph = Neighbours.of(n, np.asarray(edges, dtype=np.int64).reshape(-1, 2))
    ratios = []
    for root in np.random.default_rng(seed).choice(n, min(sample, n), replace=False).tolist():
        hops = graph.hops(np.array([root]))
        reached = hops > 0
        ratios.append(np.hypot(*(xy[reached] - xy[root]).T) / hops[reached])
    ratio = np.concatenate(ratios) if ratios else np.zeros(0)
    if not ratio.size or not float((ratio**2).sum()):
        return 0.0
    scale = float(ratio.sum() / (ratio**2).sum())
    return float(np.mean((1.0 - scale * ratio) ** 2))


def edge_crossings_sample(edges: Ints, xy: Floats, *, sample: int = 100_000, seed: int = 0) -> float:
    """Return the share of *sample* random pairs of edges without a common end that cross."""
    edges = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    if len(edges) < 2:
        return 0.0
    pairs = np.random.default_rng(seed).integers(0, len(edges), (sample, 2))
    first, second = edges[pairs[:, 0]], edges[pairs[:, 1]]
    apart = np.all(first[:, :, None] != second[:, None, :], axis=(1, 2))
    first, second = first[apart], second[apart]
    if not len(first):
        return 0.0
    a, b, c, d = xy[first[:, 0]], xy[first[:, 1]], xy[second[:, 0]], xy[second[:, 1]]
    return float(np.mean((_turn(a, b, c) != _turn(a, b, d)) & (_turn(c, d, a) != _turn(c, d, b))))


def _turn(a: Floats, b: Floats, c: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    left: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) > (
        b[:, 1] - a[:, 1]
    ) * (c[:, 0] - a[:, 0])
    return left
