"""The forces of a graph layout: every node pushes every other one away, edges pull, and the whole cools down.

Forces after Fruchterman and Reingold, "Graph drawing by force-directed placement" (1991), with the ideal length 1: at
distance d the push is 1/d and the pull of an edge d squared. Up to 400 nodes all pairs are computed; beyond, all pushes
are one convolution on a grid by FFT (nodes are shared out to the four cells around them, forces read back alike).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Floats, Ints

EXACT_UP_TO = 400
MIDDLING_UP_TO = 1000
_POLISH = 4  # rounds at the end in which a middling graph is pushed pair by pair
_SOFT = 0.3  # of a cell squared: within a cell the grid knows no direction, so the push must not blow up there


@dataclass(frozen=True, slots=True)
class Cooling:
    """How a layout settles: `rounds` of movement by at most `heat`, which shrinks by `rate` after `warm` rounds."""

    rounds: int
    heat: float
    rate: float
    warm: int


def settle(
    xy: Floats,
    edges: Ints,
    *,
    weights: Floats,
    cooling: Cooling,
    limit: Floats | None = None,
    gravity: float = 0.0,
    should_stop: Callable[[], bool],
    progress: Callable[[float], None],
) -> Floats:
    """Return positions after the forces have moved the nodes.

    *limit* scales how far each node may move in a round (0: not at all). Stops early, with what it has, when
    *should_stop* says so; *progress* is told the share that is done.
    """
    n = len(xy)
    xy = xy.copy()
    a, b = edges[:, 0], edges[:, 1]
    heat = cooling.heat
    polish = cooling.rounds - _POLISH if EXACT_UP_TO < n <= MIDDLING_UP_TO else cooling.rounds
    for step in range(cooling.rounds):
        if should_stop():
            break
        force = exact_push(xy) if n <= EXACT_UP_TO or step >= polish else grid_push(xy)
        # Column by column: gathering from one flat column is several times faster than gathering rows.
        columns = (xy[:, 0].copy(), xy[:, 1].copy())
        along = [column[a] - column[b] for column in columns]
        pull = np.hypot(along[0], along[1]) * weights
        for axis in (0, 1):
            along[axis] *= pull
            force[:, axis] -= np.bincount(a, along[axis], n) - np.bincount(b, along[axis], n)
        if gravity:
            force -= gravity * (xy - xy.mean(axis=0))
        length = np.hypot(force[:, 0], force[:, 1]) + 1e-12
        stride = np.minimum(length, heat) / length
        if limit is not None:
            stride *= limit
        xy += force * stride[:, None]
        if step >= cooling.warm:
            heat *= cooling.rate
        progress((step + 1) / cooling.rounds)
    return xy


def exact_push(xy: Floats) -> Floats:
    """Return the push of all nodes on each, pair by pair."""
    square = (xy * xy).sum(axis=1)
    # One matrix, worked on in place: at this size memory fresh from the system costs more than the sums.
    strength = xy @ (-2.0 * xy.T)
    strength += square[:, None]
    strength += square
    # Nodes on one spot push each other by nothing; 1e-4 keeps near ones from leaping.
    np.maximum(strength, 1e-4, out=strength)
    np.reciprocal(strength, out=strength)
    np.fill_diagonal(strength, 0.0)
    push: Floats = xy * strength.sum(axis=1)[:, None] - strength @ xy
    return push


@lru_cache(maxsize=4)
def _kernels(size: int) -> tuple[NDArray[np.complex64], NDArray[np.complex64]]:
    """Return the transforms of x/r^2 and y/r^2 on a grid of twice *size* cells, so that the ends do not wrap round."""
    cells = np.fft.fftfreq(2 * size, 1 / (2 * size)).astype(np.float32)
    x, y = np.meshgrid(cells, cells, indexing="ij")
    square = x * x + y * y + np.float32(_SOFT)
    return np.fft.rfft2(x / square).astype(np.complex64), np.fft.rfft2(y / square).astype(np.complex64)


def grid_push(xy: Floats) -> Floats:
    """Return the push of all nodes on each by convolution on a grid: n + g^2 log g steps instead of n^2."""
    n = len(xy)
    size = 48 if n < 1500 else 128
    kernels = _kernels(size)
    cell = max(float(np.ptp(xy, axis=0).max()), 1e-6) * 1.0001 / (size - 2)
    place = (xy - xy.min(axis=0)) / cell
    corner = place.astype(np.int64)
    part = place - corner
    u, v = part[:, 0], part[:, 1]
    base = corner[:, 0] * 2 * size + corner[:, 1]
    shares = ((1 - u) * (1 - v), (1 - u) * v, u * (1 - v), u * v)
    offsets = (0, 1, 2 * size, 2 * size + 1)
    cells = np.concatenate([base + offset for offset in offsets])
    mass = np.bincount(cells, np.concatenate(shares), 4 * size * size).astype(np.float32)
    spectrum = np.fft.rfft2(mass.reshape(2 * size, 2 * size))
    push = np.empty_like(xy)
    for axis in (0, 1):
        field = np.fft.irfft2(spectrum * kernels[axis], s=(2 * size, 2 * size)).ravel()
        # 1/r scales with the unit of length: the grid's answer, in cells, is divided by the cell.
        push[:, axis] = sum(field[base + offset] * share for offset, share in zip(offsets, shares, strict=True)) / cell
    return push
