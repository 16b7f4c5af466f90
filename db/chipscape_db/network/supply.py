"""How much of what a record rests on is domestic: everything upstream of it, by distance and country."""

from collections.abc import Collection
from dataclasses import dataclass

from chipscape_db.network.graph import Network, downward


@dataclass(frozen=True, slots=True)
class Upstream:
    """A record that another depends on, `steps` away; `home` is None where its country is not known."""

    record: str
    steps: int
    country: str
    home: bool | None
    through: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupplyChain:
    """Everything upstream of `record` (id), the nearest first; `country` is the one that counts as home."""

    record: str
    country: str
    members: tuple[Upstream, ...]

    def share(self, steps: int | None = None) -> float | None:
        """Return which share of those whose country is known is domestic (0 to 1), of one distance or of all."""
        known = [one.home for one in self.members if one.home is not None and steps in (None, one.steps)]
        return sum(known) / len(known) if known else None


def supply_chain(
    network: Network, record: str, *, country: str = "", kinds: Collection[str] = ()
) -> SupplyChain:  # fmt: skip
    """Return what a record (slug or id) depends on, directly or not; *country* is its own unless another is named."""
    origin = network.node(record)
    home = country.upper() or origin.country
    up = downward(network.dependencies(kinds), network.nodes).reverse(copy=False)
    members = []
    reached, front, steps = {origin.id}, [origin.id], 0
    while front:
        steps += 1
        following: dict[str, str] = {}
        for dependent in front:
            for provider in sorted(up.successors(dependent)):
                if provider not in reached:
                    reached.add(provider)
                    following[provider] = dependent
        for provider, dependent in following.items():
            land = network.nodes[provider].country
            links = tuple(row.id for row in up.edges[dependent, provider]["links"])
            members.append(Upstream(provider, steps, land, land == home if land and home else None, dependent, links))
        front = list(following)
    names = {id_: node.name.casefold() for id_, node in network.nodes.items()}
    members.sort(key=lambda one: (one.steps, one.country or "~", names[one.record], one.record))
    return SupplyChain(origin.id, home, tuple(members))
