"""The Louvain method: a graph divided so that what is tied together lies in one community.

Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks" (2008); of each level only
the nodes are looked at again whose neighbours moved, as in Traag, Waltman and van Eck, "From Louvain to Leiden" (2019).
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

from chipscape_db.progress import QUIET, Progress

_LEAST_GAIN: Final = 1e-9
_LEVELS: Final = 12
"""Levels that a division may take in the telling of how far it is; few take more than six."""


@dataclass(slots=True)
class _Level:
    """A graph of one level: the neighbours of each node with the weight of the tie, and the weight of all its ends."""

    ties: list[dict[int, float]]
    degrees: list[float]


def louvain(
    count: int, ties: Iterable[tuple[int, int, float]], *, seed: int = 7, progress: Progress = QUIET
) -> list[int]:
    """Return the community of each of *count* nodes, numbered in the order of their first members.

    *ties* are pairs of nodes with a weight; several of one pair add up, those of a node with itself are left out. The
    same graph and *seed* give the same division. Raises `Stopped` when it was cancelled.
    """
    level = _first(count, ties)
    total = sum(level.degrees)
    found = list(range(count))
    random = Random(seed)
    for turn in range(count):
        begin, end = (1 - 0.5 ** min(turn + step, _LEVELS) for step in (0, 1))
        part = _moved(level, total, random, progress.part(begin, end))
        if max(part, default=-1) + 1 == len(level.ties):
            break
        found = [part[one] for one in found]
        level = _joined(level, part)
    return _numbered(found)


def _first(count: int, ties: Iterable[tuple[int, int, float]]) -> _Level:
    neighbours: list[dict[int, float]] = [{} for _node in range(count)]
    for one, other, weight in ties:
        if one != other:
            neighbours[one][other] = neighbours[one].get(other, 0.0) + weight
            neighbours[other][one] = neighbours[other].get(one, 0.0) + weight
    return _Level(neighbours, [sum(each.values()) for each in neighbours])


def _moved(level: _Level, total: float, random: Random, progress: Progress) -> list[int]:
    """Return the community of each node of a level after every node has moved to where the modularity gains most."""
    count = len(level.ties)
    community, inside = list(range(count)), level.degrees.copy()
    order = list(range(count))
    random.shuffle(order)
    queue, waits = deque(order), [True] * count
    done = 0
    while queue:
        if done % 1000 == 0:
            progress.at(done / (done + len(queue)))
        done += 1
        node = queue.popleft()
        waits[node] = False
        degree, home, ties = level.degrees[node], community[node], level.ties[node]
        near: dict[int, float] = {}
        for other, weight in ties.items():
            place = community[other]
            near[place] = near.get(place, 0.0) + weight
        inside[home] -= degree
        share = degree / total if total else 0.0
        best, most = home, near.get(home, 0.0) - inside[home] * share
        for place, weight in near.items():
            gain = weight - inside[place] * share
            if gain > most + _LEAST_GAIN:
                best, most = place, gain
        inside[best] += degree
        if best != home:
            community[node] = best
            for other in ties:
                if not waits[other] and community[other] != best:
                    waits[other] = True
                    queue.append(other)
    return _numbered(community)


def _joined(level: _Level, part: list[int]) -> _Level:
    """Return the graph of the communities of a level."""
    count = max(part) + 1
    ties: list[dict[int, float]] = [{} for _community in range(count)]
    degrees = [0.0] * count
    for node, own in enumerate(part):
        degrees[own] += level.degrees[node]
        for other, weight in level.ties[node].items():
            place = part[other]
            if place != own:
                ties[own][place] = ties[own].get(place, 0.0) + weight
    return _Level(ties, degrees)


def _numbered(places: list[int]) -> list[int]:
    """Return places numbered from zero in the order in which they come up."""
    number: dict[int, int] = {}
    return [number.setdefault(place, len(number)) for place in places]
