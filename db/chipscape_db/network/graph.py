"""The records and relationships of a moment as a network, and which end of a relationship depends on the other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from chipscape_db.errors import N_, Invalid, NotFound
from chipscape_db.queries.ecosystem import EcosystemEdge, EcosystemNode, EcosystemRows
from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_db.vocabulary import RELATIONSHIP_KINDS

if TYPE_CHECKING:
    import networkx

End: TypeAlias = Literal["subject", "object"]

DEPENDENT: Final[Mapping[str, End]] = MappingProxyType(
    {
        "designs": "object", "manufactures": "object", "develops": "object", "supplies": "object",
        "buys-from": "subject", "runs-on": "subject", "trained-on": "subject", "supports": "subject",
        "serves": "object", "based-on": "subject", "part-of": "object", "variant-of": "subject", "owns": "object",
        "invests-in": "object",
    }
)  # fmt: skip
"""Which end of a relationship depends on the other. Kinds that are not listed tie no end to the other's survival."""

USUAL: Final = frozenset(DEPENDENT) - {"owns", "invests-in"}
"""The kinds that count as dependencies unless others are asked for: making, supply and use, but not money."""


@dataclass(frozen=True, slots=True)
class Dependency:
    """One end (`dependent`) needs the other (`provider`), ids both, by the relationship `link`."""

    dependent: str
    provider: str
    link: EcosystemEdge


@dataclass(frozen=True, slots=True)
class Network:
    """Records by id and the relationships between them; `sources` are those cited for either."""

    nodes: Mapping[str, EcosystemNode]
    links: tuple[EcosystemEdge, ...]
    sources: Mapping[str, FootnoteSource] = field(default_factory=dict)

    @staticmethod
    def of(rows: EcosystemRows, kinds: Collection[str] = ()) -> "Network":
        """Return the network of rows, with relationships of these *kinds* only (all when empty)."""
        links = tuple(row for row in rows.edges if not kinds or row.kind in kinds)
        return Network({node.id: node for node in rows.nodes}, links, rows.sources)

    def node(self, record: str) -> EcosystemNode:
        """Return a record by its slug or id; raise `NotFound` in words where it is not in the network."""
        found = self.nodes.get(record) or next((node for node in self.nodes.values() if node.slug == record), None)
        if found is None:
            raise NotFound(
                N_("{record} is not among the records shown; choose another, or clear filters and the as-of date."),
                field="record",
                record=record,
            )
        return found

    def dependencies(self, kinds: Collection[str] = ()) -> list[Dependency]:
        """Return who needs whom by relationships of these *kinds* (`USUAL` when empty)."""
        wanted = checked_kinds(kinds) or USUAL
        out = []
        for row in self.links:
            end = DEPENDENT.get(row.kind)
            if end is None or row.kind not in wanted:
                continue
            pair = (row.subject, row.object) if end == "subject" else (row.object, row.subject)
            out.append(Dependency(*pair, row))
        return out

    def undirected(self) -> "networkx.Graph[str]":
        """Return the plain graph of who is tied to whom, `links` on each edge."""
        import networkx as nx

        graph: networkx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.nodes)
        for (a, b), links in _by_pair((min(row.subject, row.object), max(row.subject, row.object), row)
                                      for row in self.links).items():  # fmt: skip
            graph.add_edge(a, b, links=links)
        return graph


def checked_kinds(kinds: Collection[str]) -> frozenset[str]:
    """Return kinds of relationships as asked for; raise `Invalid` naming those there are."""
    for kind in kinds:
        if kind not in RELATIONSHIP_KINDS:
            raise Invalid(
                N_("There is no relationship {kind}; there are {known}."),
                field="kinds",
                kind=kind,
                known=", ".join(RELATIONSHIP_KINDS),
            )
    return frozenset(kinds)


def downward(dependencies: Iterable[Dependency], nodes: Iterable[str] = ()) -> "networkx.DiGraph[str]":
    """Return the graph with an edge from each provider to who depends on it, `links` on each edge."""
    import networkx as nx

    graph: networkx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    for (a, b), links in _by_pair((one.provider, one.dependent, one.link) for one in dependencies).items():
        graph.add_edge(a, b, links=links)
    return graph


def _by_pair(
    rows: Iterable[tuple[str, str, EcosystemEdge]],
) -> dict[tuple[str, str], tuple[EcosystemEdge, ...]]:
    pairs: dict[tuple[str, str], list[EcosystemEdge]] = defaultdict(list)
    for a, b, link in rows:
        pairs[a, b].append(link)
    return {pair: tuple(links) for pair, links in pairs.items()}
