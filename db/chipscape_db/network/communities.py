"""Communities: groups of records more tied among themselves than with the rest."""

from dataclasses import dataclass
from typing import Final

from chipscape_db.network.graph import Network

_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Community:
    """A group of records (ids, the best connected first), named after its first; `inside` and `outside` count ties."""

    records: tuple[str, ...]
    inside: int
    outside: int

    @property
    def leader(self) -> str:
        """The id of the record with the most neighbours."""
        return self.records[0]


@dataclass(frozen=True, slots=True)
class Communities:
    """The communities, the largest first, and the modularity (Newman 2004) of the division."""

    groups: tuple[Community, ...]
    modularity: float


def communities(network: Network) -> Communities:
    """Divide a network by the Louvain method (Blondel 2008), the same every time; who has no tie is left out."""
    import networkx as nx

    graph = network.undirected()
    graph.remove_nodes_from(list(nx.isolates(graph)))
    if not graph.number_of_edges():
        return Communities((), 0.0)
    # In one order, so that the same facts give the same division whatever order they were read in.
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph.nodes))
    plain.add_edges_from(sorted(tuple(sorted(pair)) for pair in graph.edges))
    division = nx.community.louvain_communities(plain, seed=_SEED)
    names = {id_: node.name.casefold() for id_, node in network.nodes.items()}
    groups = []
    for members in division:
        ordered = sorted(members, key=lambda id_: (-plain.degree[id_], names[id_], id_))
        inside = plain.subgraph(members).number_of_edges()
        outside = sum(plain.degree[id_] for id_ in members) - 2 * inside
        groups.append(Community(tuple(ordered), inside, outside))
    groups.sort(key=lambda one: (-len(one.records), names[one.leader], one.leader))
    return Communities(tuple(groups), float(nx.community.modularity(plain, division)))
