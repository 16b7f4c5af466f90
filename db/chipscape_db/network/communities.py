"""Communities: groups of records more tied among themselves than with the rest."""

from dataclasses import dataclass
from typing import Final

from chipscape_db.network.graph import Network
from chipscape_db.network.louvain import louvain
from chipscape_db.progress import QUIET, Progress

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


def communities(network: Network, *, progress: Progress = QUIET) -> Communities:
    """Divide a network by the Louvain method, the same every time; who has no tie is left out.

    Raises `Stopped` when it was cancelled.
    """
    pairs = {(min(row.subject, row.object), max(row.subject, row.object)) for row in network.links}
    # In one order, so that the same facts give the same division whatever order they were read in.
    ordered = sorted(pair for pair in pairs if pair[0] != pair[1])
    ids = sorted({id_ for pair in ordered for id_ in pair})
    if not ids:
        return Communities((), 0.0)
    at = {id_: place for place, id_ in enumerate(ids)}
    ties = [(at[one], at[other]) for one, other in ordered]
    division = louvain(len(ids), ((*pair, 1.0) for pair in ties), seed=_SEED, progress=progress)
    count = max(division) + 1
    degrees, inside, ends = [0] * len(ids), [0] * count, [0] * count
    for one, other in ties:
        degrees[one] += 1
        degrees[other] += 1
        inside[division[one]] += division[one] == division[other]
    members: list[list[int]] = [[] for _community in range(count)]
    for place, number in enumerate(division):
        members[number].append(place)
        ends[number] += degrees[place]
    names = {id_: network.nodes[id_].name.casefold() for id_ in ids}
    groups = []
    for number, own in enumerate(members):
        listed = sorted(own, key=lambda place: (-degrees[place], names[ids[place]], ids[place]))
        groups.append(
            Community(tuple(ids[place] for place in listed), inside[number], ends[number] - 2 * inside[number])
        )
    groups.sort(key=lambda one: (-len(one.records), names[one.leader], one.leader))
    shares = zip(inside, ends, strict=True)
    modularity = sum(within / len(ties) - (end / (2 * len(ties))) ** 2 for within, end in shares)
    return Communities(tuple(groups), modularity)
