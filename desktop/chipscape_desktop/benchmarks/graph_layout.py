"""Times, stress, overlaps and crossings of the layouts, beside networkx and Graphviz on the same graphs."""

import shutil
import statistics
import subprocess
import time
from typing import Any

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.ecosystem.build import radii
from chipscape_desktop.figures.graph_layout import edge_crossings_sample, force_layout, normalised_stress
from chipscape_desktop.figures.graph_overlap import close_pairs
from chipscape_desktop.figures.graph_stack import crossing_order

SIZES = (500, 10_000, 30_000)
_BASELINE_UP_TO = 500  # networkx needs more than a minute for 10,000 nodes
_RUNS = 3
_PATIENCE_S = 120


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
            "with_signs": _with_signs(n, edges),
            "baseline": _baseline(n, edges),
            "graphviz": _graphviz("sfdp", n, edges),
        }
    return result


def bench_stack() -> dict[str, Any]:
    """Return seconds and the share of pairs of edges that cross in the stack of the starter map, ours and others'.

    Crossings are those of straight lines between the layers, in the order that each layout gives the records.
    """
    from chipscape_desktop.benchmarks.ecosystem import starter_spec

    spec = starter_spec()
    assert spec.layer is not None
    layer, edges = spec.layer, spec.edges.ends
    apart = edges[layer[edges[:, 0]] != layer[edges[:, 1]]]
    start = time.perf_counter()
    order = crossing_order(np.unique(layer, return_inverse=True)[1], edges, start=spec.xy[:, 0])
    seconds = time.perf_counter() - start
    return {
        "nodes": len(layer), "edges": len(apart), "seconds": round(seconds, 4),
        "crossings": _share_crossing(layer, apart, order),
        "unsorted": {"name": "order of the force layout", "crossings": _share_crossing(layer, apart, spec.xy[:, 0])},
        "networkx": _multipartite(layer, apart),
        "graphviz": _dot(layer, apart),
    }  # fmt: skip


def _with_signs(n: int, edges: Ints) -> dict[str, Any]:
    """Return seconds, and how many signs overlap, where every node has one."""
    sizes = radii(np.bincount(edges.ravel(), minlength=n).astype(np.int64))
    start = time.perf_counter()
    xy = force_layout(n, edges, radii=sizes)
    return {"seconds": round(time.perf_counter() - start, 4), "overlaps": len(close_pairs(xy, sizes - 1e-6)[0])}


def _graphviz(program: str, n: int, edges: Ints) -> dict[str, Any]:
    """Return seconds, stress and overlaps of Graphviz's sfdp; a note where it is not installed or takes too long."""
    told: dict[str, Any] = {"name": f"Graphviz {program}", "seconds": None, "stress": None, "overlaps": None}
    sizes = radii(np.bincount(edges.ravel(), minlength=n).astype(np.int64))
    nodes = "".join(f"{i} [width={2 * size:.3f}];" for i, size in enumerate(sizes.tolist()))
    text = f'graph {{node [shape=circle fixedsize=true label=""];{nodes}' + "".join(
        f"{a}--{b};" for a, b in edges.tolist()
    )
    answer = _run(program, text + "}", "-Goverlap=prism")
    if isinstance(answer, str):
        return told | {"note": answer}
    seconds, places = answer
    xy = np.array([places[i] for i in range(n)])
    return told | {
        "seconds": round(seconds, 4), "stress": round(normalised_stress(n, edges, xy), 4),
        "overlaps": len(close_pairs(xy, sizes - 1e-3)[0]),
    }  # fmt: skip


def _run(program: str, text: str, *options: str) -> tuple[float, dict[int, tuple[float, float]]] | str:
    """Run a program of Graphviz; return seconds and places in inches, or why there are none."""
    path = shutil.which(program)
    if path is None:
        return f"{program} is not installed"
    start = time.perf_counter()
    try:
        done = subprocess.run(
            [path, "-Tplain", "-y", *options],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            timeout=_PATIENCE_S,
        )
    except subprocess.TimeoutExpired:
        return f"takes more than {_PATIENCE_S} s at this size"
    except subprocess.CalledProcessError as error:
        return f"failed: {error.stderr.strip()[:200]}"
    seconds = time.perf_counter() - start
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("node ")]
    return seconds, {int(row[1]): (float(row[2]), float(row[3])) for row in rows}


def _share_crossing(layer: Ints, edges: Ints, x: Floats) -> float:
    """Return the share of pairs of edges that cross, for nodes placed evenly in their layer in the order of *x*."""
    xy = np.zeros((len(layer), 2))
    for one in np.unique(layer).tolist():
        members = np.flatnonzero(layer == one)
        xy[members[np.argsort(x[members], kind="stable")], 0] = (np.arange(len(members)) + 0.5) / len(members)
    xy[:, 1] = layer
    return round(edge_crossings_sample(edges, xy, sample=400_000), 4)


def _multipartite(layer: Ints, edges: Ints) -> dict[str, Any]:
    try:
        import networkx
    except ImportError:
        return {"name": "networkx.multipartite_layout", "note": "networkx is not installed"}
    graph = networkx.Graph()
    for number, one in enumerate(layer.tolist()):
        graph.add_node(number, subset=one)
    graph.add_edges_from(edges.tolist())
    start = time.perf_counter()
    places = networkx.multipartite_layout(graph, align="horizontal")
    seconds = time.perf_counter() - start
    x = np.array([places[number][0] for number in range(len(layer))])
    told = {"seconds": round(seconds, 4), "crossings": _share_crossing(layer, edges, x)}
    return {"name": "networkx.multipartite_layout", **told}


def _dot(layer: Ints, edges: Ints) -> dict[str, Any]:
    """Return seconds and crossings of Graphviz's dot, told the layers."""
    told: dict[str, Any] = {"name": "Graphviz dot", "seconds": None, "crossings": None}
    text = "digraph {splines=false;node [shape=point];"
    for one in np.unique(layer).tolist():
        text += "{rank=same;" + "".join(f"{node};" for node in np.flatnonzero(layer == one).tolist()) + "}"
    down = np.where((layer[edges[:, 0]] < layer[edges[:, 1]])[:, None], edges, edges[:, ::-1])
    text += "".join(f"{a}->{b};" for a, b in down.tolist()) + "}"
    answer = _run("dot", text)
    if isinstance(answer, str):
        return told | {"note": answer}
    seconds, places = answer
    x = np.array([places[node][0] for node in range(len(layer))])
    return told | {"seconds": round(seconds, 4), "crossings": _share_crossing(layer, edges, x)}


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
