"""Times and stress of the force layout, beside networkx's spring layout."""

import statistics
import time
from typing import Any

import numpy as np

from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.graph_layout import force_layout, normalised_stress

SIZES = (500, 10_000, 30_000)
_BASELINE_UP_TO = 500  # networkx needs more than a minute for 10,000 nodes
_RUNS = 3


def scale_free(n: int, *, links: int = 3, seed: int = 5) -> Ints:
    """Return the edges of a graph in which every new node links to *links* old ones, the popular first."""
    rng = np.random.default_rng(seed)
    edges: list[tuple[int, int]] = []
    bag = list(range(links))
    for node in range(links, n):
        for other in sorted({bag[k] for k in rng.integers(0, len(bag), links).tolist()}):
            edges.append((node, other))
            bag += [node, other]
    return np.array(edges, dtype=np.int64)


def bench_layout(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Return, per size, seconds (median) and stress of ours and of the baseline, null where that cannot be had."""
    result: dict[str, Any] = {}
    force_layout(50, scale_free(50))  # the first call pays for loading numpy's linear algebra
    for n in sizes:
        edges = scale_free(n)
        times = []
        xy = np.zeros((n, 2))
        for _run in range(_RUNS):
            start = time.perf_counter()
            xy = force_layout(n, edges)
            times.append(time.perf_counter() - start)
        result[str(n)] = {
            "edges": len(edges),
            "seconds": round(statistics.median(times), 4),
            "stress": round(normalised_stress(n, edges, xy), 4),
            "baseline": _baseline(n, edges),
        }
    return result


def _baseline(n: int, edges: Ints) -> dict[str, Any]:
    none = {"name": "networkx.spring_layout", "seconds": None, "stress": None}
    if n > _BASELINE_UP_TO:
        return none | {"note": "takes minutes at this size"}
    try:
        import networkx
    except ImportError:
        return none | {"note": "networkx is not installed"}
    graph = networkx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(edges.tolist())
    start = time.perf_counter()
    try:
        places = networkx.spring_layout(graph, seed=1)
    except ImportError:
        return none | {"note": "networkx needs scipy for this size"}
    seconds = time.perf_counter() - start
    xy = np.array([places[node] for node in range(n)], dtype=np.float64)
    return none | {"seconds": round(seconds, 4), "stress": round(normalised_stress(n, edges, xy), 4)}
