"""How one record hangs together with another: the shortest chains, and the longer ones after them."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from chipscape_db.errors import N_, Invalid
from chipscape_db.network.graph import Network, downward
from chipscape_db.queries.ecosystem import EcosystemEdge

if TYPE_CHECKING:
    import networkx

Sense: TypeAlias = Literal["needs", "feeds", "any", "none"]

MOST: Final = 50
"""Chains that are listed at the most; there may be millions."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one record (id) to the next, by every relationship that ties the two."""

    start: str
    end: str
    links: tuple[EcosystemEdge, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps from the one record to the other, each beginning where the last one ended."""

    steps: tuple[Step, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records passed, both ends included."""
        return (self.steps[0].start, *(step.end for step in self.steps))


@dataclass(frozen=True, slots=True)
class Paths:
    """The chains from one record (id) to another, the shortest first.

    `sense` says what they mean: each record `needs` the next, each `feeds` the next, `any` tie between neighbours
    counts, or there is `none`. `more` tells that not all chains are listed.
    """

    start: str
    end: str
    sense: Sense
    chains: tuple[Chain, ...]
    more: bool = False


def paths(
    network: Network,
    start: str,
    end: str,
    *,
    kinds: Collection[str] = (),
    sense: Literal["needs", "any"] = "needs",
    every: bool = False,
    most: int = MOST,
) -> Paths:
    """Return how *start* depends on *end* (slugs or ids): the shortest chains, or with *every* longer ones too.

    Where it does not depend on it, the other way round is tried, then any tie at all; *sense* `any` begins with that.
    Raises `NotFound` for an unknown record and `Invalid` where both are the same.
    """
    first, last = network.node(start).id, network.node(end).id
    if first == last:
        raise Invalid(N_("Choose two different records."), field="end")
    if sense == "needs":
        down = downward(network.dependencies(kinds), network.nodes)
        for meaning, graph in (("needs", down.reverse(copy=False)), ("feeds", down)):
            chains, more = _chains(graph, first, last, every=every, most=most)
            if chains:
                return Paths(first, last, "needs" if meaning == "needs" else "feeds", chains, more)
    joined = network if not kinds else Network(
        network.nodes, tuple(row for row in network.links if row.kind in kinds), network.sources
    )  # fmt: skip
    chains, more = _chains(joined.undirected(), first, last, every=every, most=most)
    return Paths(first, last, "any" if chains else "none", chains, more)


def _chains(
    graph: "networkx.Graph[str]", first: str, last: str, *, every: bool, most: int
) -> tuple[tuple[Chain, ...], bool]:
    import networkx as nx

    if not nx.has_path(graph, first, last):
        return (), False
    # By length come all the shortest ones first, then the longer ones; none passes a record twice.
    found = nx.shortest_simple_paths(graph, first, last) if every else nx.all_shortest_paths(graph, first, last)
    listed = list(islice(found, most + 1))
    listed.sort(key=lambda nodes: (len(nodes), nodes))
    chains = tuple(
        Chain(tuple(Step(a, b, graph.edges[a, b]["links"]) for a, b in pairwise(nodes))) for nodes in listed[:most]
    )
    return chains, len(listed) > most
