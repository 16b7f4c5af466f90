"""Where the network is narrow: records that many shortest ways pass, and those without which it falls apart."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from chipscape_db.network.graph import Network

if TYPE_CHECKING:
    import networkx

EXACT_UP_TO: Final = 4_000
"""Records of a network whose betweenness is computed in full; of larger ones from a sample of starting points."""
SAMPLE: Final = 1_000
_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """A record's place in the network.

    `betweenness` is the share (0 to 1) of the pairs of other records between which it lies on a shortest way (Freeman
    1977, by the algorithm of Brandes 2001); `articulation` tells that its part of the network falls apart without it,
    which leaves `cut_off` records on their own, away from the largest remaining piece. `degree` counts neighbours.
    """

    record: str
    betweenness: float
    articulation: bool
    cut_off: int
    degree: int


@dataclass(frozen=True, slots=True)
class Chokepoints:
    """All records with a neighbour, the narrowest places first; `sampled` is 0 where the figures are exact."""

    points: tuple[Chokepoint, ...]
    records: int
    pieces: int
    sampled: int = 0


def _never() -> bool:
    return False


def _ignore(_share: float) -> None:
    return None


def chokepoints(
    network: Network,
    *,
    should_stop: Callable[[], bool] = _never,
    progress: Callable[[float], None] = _ignore,
) -> Chokepoints:
    """Return the chokepoints of a network, relationships taken either way; asked to stop, from what was looked at."""
    import networkx as nx

    graph = network.undirected()
    graph.remove_nodes_from(list(nx.isolates(graph)))
    between, sampled = _betweenness(graph, should_stop, progress)
    cut_off = _cut_off(graph)
    points = [
        Chokepoint(id_, between[id_], id_ in cut_off, cut_off.get(id_, 0), graph.degree[id_]) for id_ in graph.nodes
    ]
    names = {id_: node.name.casefold() for id_, node in network.nodes.items()}
    points.sort(key=lambda one: (-one.betweenness, -one.cut_off, -one.degree, names[one.record], one.record))
    return Chokepoints(tuple(points), len(points), nx.number_connected_components(graph), sampled)


def _betweenness(
    graph: "networkx.Graph[str]", should_stop: Callable[[], bool], progress: Callable[[float], None]
) -> tuple[dict[str, float], int]:
    """Return the normalised betweenness of each node, and from how many starting points if not from all."""
    import numpy as np

    from chipscape_db.network.betweenness import betweenness

    nodes = sorted(graph.nodes)
    total = len(nodes)
    if total < 3:
        return dict.fromkeys(nodes, 0.0), 0
    number = {id_: at for at, id_ in enumerate(nodes)}
    pairs = np.array([(number[a], number[b]) for a, b in graph.edges], dtype=np.int64).reshape(-1, 2)
    starts = range(total) if total <= EXACT_UP_TO else Random(_SEED).sample(range(total), SAMPLE)
    found, done = betweenness(total, pairs, starts, should_stop=should_stop, progress=progress)
    # Every start counts its ways to all others, so each pair counts twice where all nodes are starts.
    scale = total / max(done, 1) / ((total - 1) * (total - 2))
    return {id_: float(found[at]) * scale for at, id_ in enumerate(nodes)}, 0 if done == total else done


def _cut_off(graph: "networkx.Graph[str]") -> dict[str, int]:
    """Return for each articulation point how many records its loss leaves outside the largest remaining piece.

    One depth-first walk (Hopcroft and Tarjan 1973): a subtree that reaches no further up than its root's parent hangs
    on that parent alone.
    """
    order: dict[str, int] = {}
    out: dict[str, int] = {}
    for root in sorted(graph.nodes):
        if root in order:
            continue
        low: dict[str, int] = {}
        size: dict[str, int] = {}
        hanging: dict[str, list[int]] = {}
        order[root] = low[root] = len(order)
        size[root] = 1
        stack = [(root, "", iter(sorted(graph[root])))]
        members = [root]
        while stack:
            node, parent, rest = stack[-1]
            child = next(rest, None)
            if child is None:
                stack.pop()
                if parent:
                    low[parent] = min(low[parent], low[node])
                    size[parent] += size[node]
                    if low[node] >= order[parent]:
                        hanging.setdefault(parent, []).append(size[node])
            elif child not in order:
                order[child] = low[child] = len(order)
                size[child] = 1
                members.append(child)
                stack.append((child, node, iter(sorted(graph[child]))))
            elif child != parent:
                low[node] = min(low[node], order[child])
        for node, pieces in hanging.items():
            above = len(members) - 1 - sum(pieces)
            parts = [*pieces, above] if above else pieces
            if len(parts) > 1:
                out[node] = sum(parts) - max(parts)
    return out
