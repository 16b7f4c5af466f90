"""How long questions to a large map take: narrow places and a dependency cut, beside networkx on the same network."""

import time
from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np

from chipscape_db.network.betweenness import betweenness
from chipscape_db.network.communities import communities
from chipscape_db.network.cut import dependency_cut
from chipscape_db.network.graph import Network
from chipscape_db.queries.ecosystem import EcosystemEdge, EcosystemNode
from chipscape_desktop.benchmarks.graph_layout import scale_free

NODES = 10_000
_STARTS = 100


def bench_questions(nodes: int = NODES) -> dict[str, Any]:
    """Return seconds of ours and of networkx: betweenness from a hundred starts, and all that a cut reaches."""
    import networkx as nx

    pairs = scale_free(nodes)
    starts = Random(1).sample(range(nodes), min(_STARTS, nodes))
    graph: nx.Graph[int] = nx.Graph(pairs.tolist())
    ids = [f"r{number}" for number in range(nodes)]
    records = {id_: EcosystemNode(id_, id_, "chip", "", id_, "", "", "", "", "", ()) for id_ in ids}
    links = tuple(
        EcosystemEdge(f"e{number}", "variant-of", ids[a], ids[b], "", "", "", ())
        for number, (a, b) in enumerate(pairs.tolist())
    )
    network = Network(records, links)
    down = nx.DiGraph([(b, a) for a, b in pairs.tolist()])
    hub = int(np.bincount(pairs[:, 1]).argmax())
    return {
        "nodes": nodes,
        "edges": len(pairs),
        "betweenness_s": _seconds(lambda: _between(nodes, pairs, starts)),
        "betweenness_networkx_s": _seconds(lambda: nx.betweenness_centrality_subset(graph, starts, list(graph))),
        "cut_s": _seconds(lambda: dependency_cut(network, ids[hub])),
        "cut_networkx_s": _seconds(lambda: nx.descendants(down, hub)),
        "communities_s": _seconds(lambda: communities(network)),
        "communities_networkx_s": _seconds(lambda: nx.community.louvain_communities(graph, seed=7)),
    }


def _between(nodes: int, pairs: Any, starts: list[int]) -> None:
    betweenness(nodes, pairs, starts, should_stop=lambda: False, progress=lambda _share: None)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 4)
