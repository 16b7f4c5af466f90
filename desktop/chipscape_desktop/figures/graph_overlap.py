"""Pushing discs apart until none overlap, and packing the parts of a graph side by side."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.runs import runs


def remove_overlaps(
    xy: Floats,
    radii: Floats,
    *,
    fixed: NDArray[np.bool_] | None = None,
    gap: float = 0.0,
    rounds: int = 400,
    spread: bool = True,
) -> Floats:
    """Return positions at which the discs keep *gap* from each other, moved as little as is simple to do.

    *fixed* nodes stay exactly; two of them that overlap are left so. Where pushing alone takes long (a packed crowd),
    the free nodes are spread from their middle too, a little each time, unless *spread* forbids it.
    """
    xy = xy.astype(np.float64, copy=True)
    still = np.zeros(len(xy), dtype=np.bool_) if fixed is None else fixed
    reach = radii + gap / 2
    if len(xy) < 2 or bool(still.all()) or not float(reach.max()):
        return xy
    for step in range(rounds):
        a, b = close_pairs(xy, reach)
        movable = ~(still[a] & still[b])
        a, b = a[movable], b[movable]
        if not len(a):
            break
        _push(xy, reach, a=a, b=b, still=still)
        if spread and step % 8 == 7:
            # The more is still in a crowd, the more it is spread: 2 % for a few last pairs, 15 % for a heap.
            middle = xy[~still].mean(axis=0)
            xy[~still] = middle + (xy[~still] - middle) * (1.02 + 0.13 * min(1.0, len(a) / len(xy)))
    return xy


def _push(xy: Floats, reach: Floats, *, a: Ints, b: Ints, still: NDArray[np.bool_]) -> None:
    """Move each pair apart to touch, the larger disc less, a fixed one not at all."""
    apart = xy[a] - xy[b]
    distance = np.hypot(apart[:, 0], apart[:, 1])
    # Discs on one spot part in a direction of their own, the same every time.
    turn = (a * 2.399963 + b)[distance < 1e-9]
    apart[distance < 1e-9] = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    away = apart / np.maximum(distance, 1e-9)[:, None]
    away[distance < 1e-9] = apart[distance < 1e-9]
    # A hair more than touching, or rounding leaves an overlap for ever.
    lack = (reach[a] + reach[b]) * 1.0001 + 1e-6 - distance
    weight_a = np.where(still[a], 0.0, reach[b] ** 2 + 1e-12)
    weight_b = np.where(still[b], 0.0, reach[a] ** 2 + 1e-12)
    both = weight_a + weight_b
    move_a, move_b = away * (lack * weight_a / both)[:, None], -away * (lack * weight_b / both)[:, None]
    n = len(xy)
    for axis in (0, 1):
        xy[:, axis] += np.bincount(a, move_a[:, axis], n) + np.bincount(b, move_b[:, axis], n)


def close_pairs(xy: Floats, reach: Floats) -> tuple[Ints, Ints]:
    """Return the pairs (a, b) of discs that overlap, each once; touching is not overlapping.

    Discs are taken in tiers, each at most twice as large as the one before: every disc looks at those of its tier and
    of smaller ones, on a grid that suits its own size, so that a few large ones do not make the grid coarse for all.
    """
    order = np.argsort(reach, kind="stable")
    sizes = reach[order]
    found = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
    start = int(np.searchsorted(sizes, 0.0, side="right"))
    points = xy[order]
    while start < len(order):
        # The largest disc of a tier sets its cells; points (discs of size nothing) belong to the first.
        end = int(np.searchsorted(sizes, sizes[start] * 2.0, side="right"))
        asking = np.arange(start, end)
        i, j = _near(points, asking, known=end, cell=2.0 * float(sizes[end - 1]))
        apart = points[i] - points[j]
        over = ((apart * apart).sum(axis=1) < (sizes[i] + sizes[j]) ** 2) & (j < i)
        found.append((order[i[over]], order[j[over]]))
        start = end
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


def _near(points: Floats, asking: Ints, *, known: int, cell: float) -> tuple[Ints, Ints]:
    """Return all pairs of an *asking* point and one of the first *known* points in its cell or those around it."""
    spot = np.floor((points[:known] - points[:known].min(axis=0)) / cell).astype(np.int64) + 1
    stride = int(spot[:, 1].max()) + 2
    key = spot[:, 0] * stride + spot[:, 1]
    order = np.argsort(key, kind="stable")
    sorted_keys, own = key[order], key[asking]
    here, there = [], []
    for column in (-stride, 0, stride):
        first = np.searchsorted(sorted_keys, own + column - 1)
        counts = np.searchsorted(sorted_keys, own + column + 1, side="right") - first
        here.append(np.repeat(asking, counts))
        there.append(order[runs(first, counts)])
    return np.concatenate(here), np.concatenate(there)


def cover(xy: Floats, margin: float) -> tuple[Floats, Floats]:
    """Return discs (centres, radii) that hold the points with *margin*: one for a few, else one per coarse cell."""
    middle = (xy.min(axis=0) + xy.max(axis=0)) / 2
    radius = float(np.hypot(*(xy - middle).T).max())
    if len(xy) < 40:
        return middle[None], np.array([radius + margin])
    cell = max(radius / 8, 1e-9)
    spots = np.unique(np.floor(xy / cell), axis=0)
    return (spots + 0.5) * cell, np.full(len(spots), cell * 0.7072 + margin)


def pack(parts: Sequence[Floats], margin: float, *, taken: Sequence[Floats] = (), aspect: float = 1.0) -> list[Floats]:
    """Return the parts moved so that none comes nearer to another, or to the points of *taken*, than twice *margin*.

    The first of *parts* goes to the middle and the others come in from outside, from the direction in which they get
    nearest to it, measured so that the whole becomes *aspect* times as wide as high.
    """
    centres, radii = [np.zeros((0, 2))], [np.zeros(0)]
    for points in taken:
        one, size = cover(points, margin)
        centres.append(one)
        radii.append(size)
    placed_at, placed_r = np.concatenate(centres), np.concatenate(radii)
    middle = placed_at.mean(axis=0) if len(placed_at) else np.zeros(2)
    turns = np.arange(72) * (np.pi / 36)
    rays = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    moved = []
    for points in parts:
        own_at, own_r = cover(points, margin)
        centre = (points.min(axis=0) + points.max(axis=0)) / 2
        target = middle
        if len(placed_at):
            far = _come_in(placed_at - middle, placed_r, own_at=own_at - centre, own_r=own_r, rays=rays)
            cost = far * np.hypot(rays[:, 0] / aspect, rays[:, 1])
            target = middle + rays[int(np.argmin(cost))] * float(far[int(np.argmin(cost))])
        moved.append(points - centre + target)
        placed_at = np.concatenate([placed_at, own_at - centre + target])
        placed_r = np.concatenate([placed_r, own_r])
    return moved


def _come_in(at: Floats, radii: Floats, *, own_at: Floats, own_r: Floats, rays: Floats) -> Floats:
    """Return how far out along each ray the own discs have to stay so as to touch none of the others."""
    far = np.zeros(len(rays))
    for offset, size in zip(own_at, own_r, strict=True):
        relative = at - offset
        along = rays @ relative.T
        square = (relative * relative).sum(axis=1)[None] - along**2
        reach = (radii + size)[None]
        half = np.sqrt(np.maximum(reach * reach - square, 0.0))
        far = np.maximum(far, np.where(square < reach * reach, along + half, 0.0).max(axis=1, initial=0.0))
    return far
