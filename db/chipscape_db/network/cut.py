"""What if a record is unavailable: who depends on it, step by step, and for whom there is another way."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from chipscape_db.network.graph import Dependency, Network, downward
from chipscape_db.queries.ecosystem import EcosystemNode

if TYPE_CHECKING:
    import networkx

_BY_THE_MAKER: Final = ("designs", "develops")
_EACH: Final = ("based-on", "part-of")
_SUPPLY: Final = ("supplies", "buys-from")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record downstream of the cut.

    `chain` are the ids from the record cut to this one, by the shortest way; `lost` says that something it needs comes
    only from records lost themselves; else `alternatives` (ids) can still provide what the cut took from it.
    `downstream` is how many records depend on it in turn.
    """

    record: str
    steps: int
    lost: bool
    chain: tuple[str, ...]
    links: tuple[str, ...]
    alternatives: tuple[str, ...]
    downstream: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Everything downstream of `record` (id), hardest hit first: lost, then near, then what much depends on."""

    record: str
    hits: tuple[Hit, ...]

    @property
    def lost(self) -> tuple[Hit, ...]:
        """The hits without another way."""
        return tuple(hit for hit in self.hits if hit.lost)


def dependency_cut(network: Network, record: str, *, kinds: Collection[str] = ()) -> Cut:
    """Return what depends on a record (slug or id), directly or not, by relationships of these *kinds*.

    A chip already designed is not undone when its designer loses a supplier: `designs` and `develops` count only where
    the designer or developer is itself the record cut. A need is met as long as one of its providers is left:

    | need | met by any one of |
    | --- | --- |
    | manufacture, training, a sector served | all who provide it |
    | running on | chips; software of the same layer |
    | supply | a supplier and its rivals (`competes-with`) among the suppliers of the same customer |
    | a part, the model that another is based on | itself alone |
    """
    origin = network.node(record).id
    dependencies = [
        one
        for one in network.dependencies(kinds)
        if one.link.kind not in _BY_THE_MAKER or one.provider == origin
    ]  # fmt: skip
    graph = downward(dependencies, network.nodes)
    before: dict[str, str] = {}
    steps = {origin: 0}
    front = [origin]
    while front:
        following = []
        for provider in front:
            for dependent in sorted(graph.successors(provider)):
                if dependent not in steps:
                    steps[dependent] = steps[provider] + 1
                    before[dependent] = provider
                    following.append(dependent)
        front = following
    needs = needs_of(network, dependencies)
    lost = _lost(origin, needs, reached=steps.keys())
    counted = _downstream(graph, steps.keys())
    hits = []
    for hit, distance in steps.items():
        if hit == origin:
            continue
        chain = [hit]
        while chain[-1] != origin:
            chain.append(before[chain[-1]])
        chain.reverse()
        links = tuple(graph.edges[a, b]["links"][0].id for a, b in pairwise(chain))
        left = set[str]()
        if hit not in lost:
            for need in needs.get(hit, ()):
                if need & steps.keys():
                    left |= need - lost
        hits.append(Hit(hit, distance, hit in lost, tuple(chain), links, tuple(sorted(left)), counted[hit]))
    names = {id_: node.name.casefold() for id_, node in network.nodes.items()}
    hits.sort(key=lambda one: (not one.lost, one.steps, -one.downstream, names[one.record], one.record))
    return Cut(origin, tuple(hits))


def needs_of(network: Network, dependencies: Iterable[Dependency]) -> dict[str, tuple[frozenset[str], ...]]:
    """Return for each record its needs: for each the ids of those who can provide it, any one of whom is enough."""
    rivals: dict[str, set[str]] = defaultdict(set)
    for row in network.links:
        if row.kind == "competes-with":
            rivals[row.subject].add(row.object)
            rivals[row.object].add(row.subject)
    groups: dict[str, dict[tuple[str, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in dependencies:
        groups[one.dependent][_need(network.nodes[one.provider], one)].add(one.provider)
    out: dict[str, tuple[frozenset[str], ...]] = {}
    for dependent, needs in groups.items():
        found: set[frozenset[str]] = set()
        for key, providers in needs.items():
            if key == ("supply",):
                found |= {frozenset({one} | (rivals[one] & providers)) for one in providers}
            else:
                found.add(frozenset(providers))
        out[dependent] = tuple(sorted(found, key=sorted))
    return out


def _need(provider: EcosystemNode, one: Dependency) -> tuple[str, ...]:
    kind = one.link.kind
    if kind in _SUPPLY:
        return ("supply",)
    if kind in _EACH:
        return (kind, provider.id)
    if kind == "runs-on":
        return (kind, provider.kind, provider.subkind if provider.kind == "software" else "")
    return (kind,)


def _lost(
    origin: str, needs: Mapping[str, tuple[frozenset[str], ...]], *, reached: Collection[str]
) -> set[str]:  # fmt: skip
    """Return the records of which some need cannot be met any more, the origin among them."""
    needing: dict[str, set[str]] = defaultdict(set)
    for record in reached:
        for need in needs.get(record, ()):
            for provider in need:
                needing[provider].add(record)
    lost = {origin}
    waiting = [origin]
    while waiting:
        for record in needing[waiting.pop()]:
            if record not in lost and any(need <= lost for need in needs[record]):
                lost.add(record)
                waiting.append(record)
    return lost


def _downstream(graph: "networkx.DiGraph[str]", records: Collection[str]) -> dict[str, int]:
    """Return how many records depend on each, directly or not."""
    import networkx as nx

    part = graph.subgraph(records)
    # Circles first: all in one have the same records below them, and what is left has an order.
    whole = nx.condensation(part)
    place = {record: at for at, record in enumerate(part.nodes)}
    below: dict[int, int] = {}
    counts: dict[str, int] = {}
    for number in reversed(list(nx.topological_sort(whole))):
        members = whole.nodes[number]["members"]
        # Sets as bits of one number: ten thousand sets of ten thousand would not fit into memory.
        down = sum(1 << place[record] for record in members)
        for following in whole.successors(number):
            down |= below[following]
        below[number] = down
        for record in members:
            counts[record] = down.bit_count() - 1
    return counts
