"""Relationships between the same two records as one line, or as lines that bend apart."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

from chipscape_db.queries.ecosystem import EcosystemEdge
from chipscape_desktop.figures.drawing import Floats, Ints, Ref
from chipscape_desktop.i18n import ngettext, number
from chipscape_desktop.words import link_word

_BEND: Final = 0.09


def leaders(ends: Ints, group: Ints, *, bundled: bool) -> Ints:
    """Return for each edge the number of the edge that is drawn for it: itself, or the first of its bundle.

    A bundle holds the relationships of one group between the same two records in the same direction, and with these
    the ones in the other direction where the group has them both ways (supplies and buys-from).
    """
    own = np.arange(len(ends))
    if not bundled or not len(ends):
        return own
    low, high = ends.min(axis=1), ends.max(axis=1)
    n = int(ends.max()) + 1
    key = (low * n + high) * (int(group.max()) + 1) + group
    _keys, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    leading: Ints = first[inverse].astype(np.int64)
    return leading


def bends(ends: Ints, leader: Ints | None = None) -> Floats:
    """Return the bend of each edge: slight, and different for lines between the same two nodes."""
    out = np.zeros(len(ends))
    rank: dict[tuple[int, int], int] = defaultdict(int)
    drawn = np.ones(len(ends), dtype=np.bool_) if leader is None else leader == np.arange(len(ends))
    for number_, (a, b) in enumerate(ends.tolist()):
        if not drawn[number_]:
            continue
        pair = (min(a, b), max(a, b))
        place = rank[pair]
        rank[pair] += 1
        # Now to the one side, now to the other, as seen from the lower number; each pair of turns a little wider.
        out[number_] = _BEND * (1 + place // 2) * (1 if place % 2 == 0 else -1) * (1 if a < b else -1)
    return out if leader is None else out[leader]


def refs_of(rows: Sequence[EcosystemEdge], ends: Ints, leader: Ints, names: Sequence[str]) -> tuple[Ref, ...]:
    """Return what each line stands for: its relationships, the one that is drawn first."""
    members: dict[int, list[int]] = defaultdict(list)
    for number_, first in enumerate(leader.tolist()):
        members[first].append(number_)
    out = []
    for number_, (a, b) in enumerate(ends.tolist()):
        row = rows[number_]
        title = f"{names[a]} {link_word(row.kind)} {names[b]}"
        others = [one for one in members[int(leader[number_])] if one != number_]
        if others and leader[number_] == number_:
            title += ngettext(" and {count} more", " and {count} more", len(others)).format(count=number(len(others)))
        out.append(Ref("relationship", (row.id, *(rows[one].id for one in others)), title))
    return tuple(out)


def tentative_of(tentative: Sequence[bool], leader: Ints) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """Say of each line whether all that it stands for is tentative."""
    certain = np.bincount(leader, ~np.asarray(tentative, dtype=np.bool_), minlength=len(leader))
    made: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = certain[leader] == 0
    return made
