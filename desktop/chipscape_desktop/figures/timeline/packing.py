"""Rows within a lane: signs that never overlap, labels that never collide, and counted clusters for what has no room.

Positions are absolute pixels (days times pixels a day), not pixels of the view, so that panning changes nothing. The
most important items choose first.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

GAP = 4.0
CLUSTER = 16.0  # the diameter of a cluster's disc
_CLUSTER_REACH = 36.0
_LONG = 40.0  # pixels of a sign beyond which it is a stretch, with room for a disc of its own
_EARLY = 4  # items of this importance and more reserve the room of their labels before lesser signs are placed
_SHORTEST = 90.0  # pixels of an abbreviated label that can still be understood


class Block(NamedTuple):
    """An item to place: the ends of its sign in absolute pixels, its importance, and whether its label goes inside.

    Its `name` says which of two that are alike comes first.
    """

    left: float
    right: float
    importance: int
    inside: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Items that found no room of their own, and the row and absolute pixel where their disc is centred."""

    row: int
    x: float
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Packing:
    """Where each block went: its row (-1: in a cluster) and the pixels of room that its label has (0: none)."""

    rows: tuple[int, ...]
    room: tuple[float, ...]
    clusters: tuple[Cluster, ...]


@dataclass(slots=True)
class _Row:
    """What is taken in one row, as disjoint intervals from left to right; a negative owner is a label's room."""

    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)

    def free(self, left: float, right: float) -> bool:
        """Say whether nothing is taken between *left* and *right*."""
        at = bisect_left(self.ends, left + 1e-9)
        return at == len(self.starts) or self.starts[at] >= right - 1e-9

    def room_after(self, left: float) -> float:
        """Return the pixels from *left* to whatever comes next."""
        at = bisect_left(self.ends, left + 1e-9)
        return float("inf") if at == len(self.starts) else self.starts[at] - left

    def take(self, left: float, right: float, owner: int) -> None:
        """Take the pixels from *left* to *right*."""
        at = bisect_right(self.starts, left)
        self.starts.insert(at, left)
        self.ends.insert(at, right)
        self.owners.insert(at, owner)

    def between(self, left: float, right: float) -> list[int]:
        """Return who stands between two pixels."""
        return self.owners[bisect_left(self.ends, left + 1e-9) : bisect_left(self.starts, right - 1e-9)]

    def evict(self, left: float, right: float) -> list[int]:
        """Free the pixels from *left* to *right*; return who stood there."""
        first = bisect_left(self.ends, left + 1e-9)
        last = bisect_left(self.starts, right - 1e-9)
        gone = self.between(left, right)
        del self.starts[first:last], self.ends[first:last], self.owners[first:last]
        return gone

    def forget(self, owner: int) -> None:
        """Free what *owner* took, if anything."""
        if owner in self.owners:
            at = self.owners.index(owner)
            del self.starts[at], self.ends[at], self.owners[at]


def pack(blocks: list[Block], rows: int, width: Callable[[int], float], *, cluster: bool = True) -> Packing:
    """Place blocks in *rows* rows; *width* tells how wide the label of a block is (asked only when there is room).

    The label of an important item gets its full width or nothing; of the others, what is left up to the next sign, if
    that is enough to be read. Without *cluster*, what finds no room is left out (its row is -1).

    Where all signs find room but not all labels, signs are spread over the rows for more labels, if that takes no sign
    its place.
    """
    made = _pack(blocks, rows, width, cluster=cluster, spread=False)
    if not cluster or rows < 2 or made.clusters or -1 in made.rows or all(map(_labelled, blocks, made.room)):
        return made
    other = _pack(blocks, rows, width, cluster=cluster, spread=True)
    if other.clusters or -1 in other.rows or _named(blocks, other) <= _named(blocks, made):
        return made
    return other


def _labelled(block: Block, room: float) -> bool:
    return block.inside or room > 0


def _named(blocks: list[Block], packing: Packing) -> int:
    """Return how many labels a packing has room for."""
    return sum(map(_labelled, blocks, packing.room))


def _pack(
    blocks: list[Block], rows: int, width: Callable[[int], float], *, cluster: bool, spread: bool
) -> Packing:  # fmt: skip
    """Place blocks in rows; with *spread*, every label reserves its room, not only those of important items."""
    lanes = [_Row() for _ in range(max(rows, 1))]
    placed = [-1] * len(blocks)
    room = [0.0] * len(blocks)
    order = sorted(range(len(blocks)), key=lambda i: (-blocks[i].importance, *_place(blocks[i]), i))
    left_over = []
    for i in order:
        block = blocks[i]
        row = -1
        if (spread or block.importance >= _EARLY) and not block.inside:
            wide = width(i)
            row = _first(lanes, block.left, block.right + GAP + wide)
            if row >= 0:
                lanes[row].take(block.right, block.right + GAP + wide, -i - 1)
                room[i] = wide
        if row < 0:
            row = _first(lanes, block.left, block.right)
        if row < 0:
            left_over.append(i)
            continue
        lanes[row].take(block.left, block.right, i)
        placed[i] = row
    clusters = _clusters(blocks, left_over, lanes, placed=placed, room=room) if cluster and left_over else ()
    for i in order:
        if placed[i] < 0 or room[i] or blocks[i].inside:
            continue
        start = blocks[i].right
        space = lanes[placed[i]].room_after(start) - 2 * GAP
        if space < _SHORTEST / 3:
            continue
        wide = width(i)
        if wide <= space or space >= max(_SHORTEST, wide / 2):
            room[i] = min(wide, space)
            lanes[placed[i]].take(start, start + GAP + room[i], -i - 1)
    return Packing(tuple(placed), tuple(room), clusters)


def _first(lanes: list[_Row], left: float, right: float) -> int:
    for row, lane in enumerate(lanes):
        if lane.free(left - GAP / 2, right + GAP / 2):
            return row
    return -1


def _clusters(
    blocks: list[Block], left_over: list[int], lanes: list[_Row], *, placed: list[int], room: list[float]
) -> tuple[Cluster, ...]:
    """Gather what is left over into discs; where there is no room for one, the least important signs join it.

    A long stretch has a disc of its own somewhere in it, if need be: else one vague date would swallow every sign of
    its year.
    """
    made: dict[int, Cluster] = {}
    brief = [i for i in left_over if blocks[i].right - blocks[i].left <= _LONG]
    for number, group in enumerate(_groups(blocks, brief)):
        members = list(group)
        x = sum(_middle(blocks[i]) for i in members) / len(members)
        left, right = x - CLUSTER / 2, x + CLUSTER / 2
        row = _first(lanes, left, right) if len(members) > 1 else -1
        if row < 0:
            if len(members) == 1:
                # A sign alone takes the place of labels, or of signs that then join it, over all of its length.
                left, right = min(left, blocks[members[0]].left), max(right, blocks[members[0]].right)
            row = _least(lanes, left, right, blocks)
            members += _cleared(blocks, lanes[row], (left, right), made=made, placed=placed, room=room)
            if len(members) == 1:
                placed[members[0]] = row
                lanes[row].take(blocks[members[0]].left, blocks[members[0]].right, members[0])
                continue
            left, right = x - CLUSTER / 2, x + CLUSTER / 2
        lanes[row].take(left, right, len(blocks) + number)
        made[number] = Cluster(row, x, tuple(sorted(members)))
    for i in sorted(set(left_over) - set(brief), key=lambda i: (_middle(blocks[i]), *_place(blocks[i]), i)):
        _put_long(blocks, i, lanes, made=made, placed=placed, room=room)
    return tuple(sorted(made.values(), key=lambda cluster: (cluster.x, cluster.row)))


def _groups(blocks: list[Block], some: list[int]) -> list[list[int]]:
    """Return blocks whose middles lie close together, from left to right."""
    groups: list[list[int]] = []
    for i in sorted(some, key=lambda i: (_middle(blocks[i]), *_place(blocks[i]), i)):
        if groups and _middle(blocks[i]) - _middle(blocks[groups[-1][0]]) <= _CLUSTER_REACH:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _cleared(
    blocks: list[Block], lane: _Row, edges: tuple[float, float], *, made: dict[int, Cluster], placed: list[int],
    room: list[float],
) -> list[int]:  # fmt: skip
    """Free the pixels between two edges of a row; return the signs that stood there, alone or in discs."""
    gone: list[int] = []
    for owner in lane.evict(edges[0] - GAP / 2, edges[1] + GAP / 2):
        if owner < 0:
            room[-owner - 1] = 0.0
        elif owner >= len(blocks):
            gone += made.pop(owner - len(blocks)).members
        else:
            gone.append(owner)
            placed[owner], room[owner] = -1, 0.0
            lane.forget(-owner - 1)
    return gone


def _put_long(
    blocks: list[Block], i: int, lanes: list[_Row], *, made: dict[int, Cluster], placed: list[int], room: list[float]
) -> None:
    """Place a long stretch at the cost of a label, if that is all there is in its way. Else let it join the disc next
    to its middle that lies in it, or have its own where there is room, at the cost of labels if need be; else it takes
    the place of the least important signs."""
    block, middle = blocks[i], _middle(blocks[i])
    edges = block.left - GAP / 2, block.right + GAP / 2
    for row, lane in enumerate(lanes):
        if all(owner < 0 for owner in lane.between(*edges)):
            _cleared(blocks, lane, (block.left, block.right), made=made, placed=placed, room=room)
            lane.take(block.left, block.right, i)
            placed[i] = row
            return
    inside = [number for number, each in made.items() if block.left <= each.x <= block.right]
    if inside:
        number = min(inside, key=lambda each: (abs(made[each].x - middle), each))
        made[number] = Cluster(made[number].row, made[number].x, tuple(sorted((*made[number].members, i))))
        return
    number = max(made, default=len(blocks)) + 1
    for over_labels in (False, True):
        spots = [(spot, row) for row, lane in enumerate(lanes) if (spot := _spot(lane, block, over_labels)) is not None]
        if spots:
            x, row = min(spots, key=lambda spot: (abs(spot[0] - middle), spot[1]))
            break
    else:
        x, row = middle, _least(lanes, middle - CLUSTER / 2, middle + CLUSTER / 2, blocks)
    edges = x - CLUSTER / 2, x + CLUSTER / 2
    members = [i, *_cleared(blocks, lanes[row], edges, made=made, placed=placed, room=room)]
    lanes[row].take(*edges, len(blocks) + number)
    made[number] = Cluster(row, x, tuple(sorted(members)))


def _spot(lane: _Row, block: Block, over_labels: bool) -> float | None:
    """Return where in a row a disc has room within a stretch, as near as can be to the middle of it."""
    need, middle = CLUSTER / 2 + GAP / 2, _middle(block)
    best: float | None = None
    begin = -math.inf
    taken = [
        (start, end)
        for start, end, owner in zip(lane.starts, lane.ends, lane.owners, strict=True)
        if owner >= 0 or not over_labels
    ]
    for start, end in (*taken, (math.inf, math.inf)):
        low, high = max(begin + need, block.left + need), min(start - need, block.right - need)
        if low <= high:
            x = min(max(middle, low), high)
            if best is None or abs(x - middle) < abs(best - middle):
                best = x
        begin = end
    return best


def _least(lanes: list[_Row], left: float, right: float, blocks: list[Block]) -> int:
    """Return the row in which the least important signs stand between two pixels; of equals the lowest."""

    def worth(row: int) -> tuple[int, int]:
        owners = lanes[row].between(left - GAP / 2, right + GAP / 2)
        highest = max((blocks[owner].importance for owner in owners if 0 <= owner < len(blocks)), default=0)
        return highest, -row

    return min(range(len(lanes)), key=worth)


def _middle(block: Block) -> float:
    return (block.left + block.right) / 2


def _place(block: Block) -> tuple[float, float, str]:
    """Return what tells blocks of one importance apart, whatever the order in which they come."""
    return block.left, block.right, block.name
