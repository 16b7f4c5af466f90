"""Routes of arrows between signs: along the gaps between rows and down the columns that cross the fewest labels.

A route leaves its sign upwards or downwards, runs along the gap beside its row, changes rows on one vertical, runs
along the gap beside the other row, and enters the other sign from above or below. Labels stand right of their signs in
the rows, so that only the vertical can cross any; of all verticals that are tried the cheapest is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Rect

GAP_ABOVE, GAP_BELOW = 7.0, 8.0  # from the middle of a row to the gap beside it: letters reach farther down
LABEL, SIGN, ROUTE = 100.0, 60.0, 14.0
"""What it costs to cross a label, a sign, or to run over another route."""
_BEND, _LENGTH = 4.0, 0.06
_BESIDE = (-14.0, -3.0, 0.0, 3.0, 14.0)  # verticals tried beside either end
_BETWEEN = (0.25, 0.5, 0.75)  # and between the ends
_NEAR = 40.0
_APPROACH = 11.0  # pixels before a sign that is entered from the left: a head and a little of the line
_HOOK = 24.0
_OUTSIDE = 2000.0
_DETOUR, _EDGES = 110.0, 10


@dataclass(frozen=True, slots=True)
class End:
    """Where a route begins or ends: the middle of a sign, and how far the sign reaches up and down."""

    x: float
    y: float
    reach: float


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What routes should not cross: rectangles by their edges, and what crossing each costs."""

    left: Floats
    top: Floats
    right: Floats
    bottom: Floats
    cost: Floats

    @classmethod
    def of(cls, rects: Sequence[tuple[Rect, float]]) -> "Obstacles":
        """Return the obstacles for rectangles with their costs."""
        table = np.array(
            [(rect.x, rect.y, rect.right, rect.bottom, cost) for rect, cost in rects], dtype=np.float64
        ).reshape(-1, 5)
        return cls(*(np.ascontiguousarray(table[:, column]) for column in range(5)))

    def within(self, left: float, top: float, right: float, bottom: float) -> "Obstacles":
        """Return those that touch a rectangle."""
        kept = (self.left < right) & (self.right > left) & (self.top < bottom) & (self.bottom > top)
        return Obstacles(self.left[kept], self.top[kept], self.right[kept], self.bottom[kept], self.cost[kept])


def route(start: End, end: End, obstacles: Obstacles, *, area: Rect) -> tuple[Floats, Floats]:
    """Return the corners of the cheapest route from one sign to another inside *area*, without doubled corners.

    The ends themselves must not be among the obstacles.
    """
    low, high = min(start.x, end.x) - _DETOUR - _NEAR, max(start.x, end.x) + _DETOUR + _NEAR
    near = obstacles.within(low, min(start.y, end.y) - _NEAR, high, max(start.y, end.y) + _NEAR)
    x, y, extra = _candidates(start, end, _columns(start, end, near, area))
    outside = ((y < area.y + 1) | (y > area.bottom - 1)).any(axis=1)
    best = int(np.argmin(_costs(x, y, near) + extra + outside * _OUTSIDE))
    keep = np.ones(x.shape[1], dtype=np.bool_)
    keep[1:] = (np.abs(np.diff(x[best])) > 0.5) | (np.abs(np.diff(y[best])) > 0.5)
    return _straightened(x[best][keep], y[best][keep])


def segments_of(x: Floats, y: Floats, cost: float = ROUTE) -> list[tuple[Rect, float]]:
    """Return the straight parts of a route as obstacles for later ones."""
    out = []
    for i in range(len(x) - 1):
        left, top = min(x[i], x[i + 1]), min(y[i], y[i + 1])
        wide, high = abs(x[i + 1] - x[i]), abs(y[i + 1] - y[i])
        out.append((Rect(float(left) - 1, float(top) - 1, float(wide) + 2, float(high) + 2), cost))
    return out


def rounded(x: Floats, y: Floats, radius: float) -> tuple[Floats, Floats]:
    """Return the points of a route with its corners rounded."""
    xs, ys = [float(x[0])], [float(y[0])]
    for i in range(1, len(x) - 1):
        before = np.array([x[i - 1] - x[i], y[i - 1] - y[i]])
        after = np.array([x[i + 1] - x[i], y[i + 1] - y[i]])
        lengths = float(np.hypot(*before)), float(np.hypot(*after))
        cut = min(radius, lengths[0] / 2, lengths[1] / 2)
        if cut < 0.5:
            xs.append(float(x[i]))
            ys.append(float(y[i]))
            continue
        first, last = before / lengths[0] * cut, after / lengths[1] * cut
        for share in (0.0, 0.3, 0.7, 1.0):
            # A quadratic curve from one side of the corner to the other, the corner being its control point.
            xs.append(float(x[i] + first[0] * (1 - share) ** 2 + last[0] * share**2))
            ys.append(float(y[i] + first[1] * (1 - share) ** 2 + last[1] * share**2))
    xs.append(float(x[-1]))
    ys.append(float(y[-1]))
    return np.array(xs), np.array(ys)


def _columns(start: End, end: End, near: Obstacles, area: Rect) -> list[float]:
    """Return where the vertical may run: beside and between the ends, and just beside the labels in the way."""
    columns = [x + by for x in (start.x, end.x) for by in _BESIDE]
    columns += [start.x + (end.x - start.x) * share for share in _BETWEEN]
    columns.append(end.x - end.reach - _APPROACH)
    low, high = min(start.x, end.x) - _DETOUR, max(start.x, end.x) + _DETOUR
    labels = near.cost >= LABEL
    edges = np.concatenate((near.left[labels] - 4, near.right[labels] + 4))
    edges = edges[(edges > low) & (edges < high)]
    nearest = np.argsort(np.abs(edges - (start.x + end.x) / 2), kind="stable")[:_EDGES]
    columns += edges[nearest].tolist()
    return [min(max(x, area.x + 3), area.right - 3) for x in columns]


def _candidates(start: End, end: End, columns: list[float]) -> tuple[Floats, Floats, Floats]:
    """Return the corners of every route that is tried, one a row, and what is added to the cost of each.

    A route enters its sign from the left, or from above or below; where it comes along the very row above or below,
    there is little room for its head, and it costs more.
    """
    xs, ys, extra = [], [], []
    left = end.x - end.reach
    for out in (-1.0, 1.0):
        gap = start.y + out * max(GAP_BELOW if out > 0 else GAP_ABOVE, start.reach + 1)
        leave = start.y + out * start.reach
        for x in columns:
            if x <= left - _APPROACH + 0.5:
                xs.append((start.x, start.x, x, x, left, left))
                ys.append((leave, gap, gap, end.y, end.y, end.y))
                extra.append(0.0)
            for into in (-1.0, 1.0):
                other = end.y + into * max(GAP_BELOW if into > 0 else GAP_ABOVE, end.reach + 5)
                xs.append((start.x, start.x, x, x, end.x, end.x))
                ys.append((leave, gap, gap, other, other, end.y + into * end.reach))
                straight = abs(x - end.x) < 0.5 and (other - gap) * into < 0
                extra.append(0.0 if straight else _HOOK)
    return np.array(xs), np.array(ys), np.array(extra)


def _costs(x: Floats, y: Floats, obstacles: Obstacles) -> Floats:
    left, right = np.minimum(x[:, :-1], x[:, 1:]), np.maximum(x[:, :-1], x[:, 1:])
    top, bottom = np.minimum(y[:, :-1], y[:, 1:]), np.maximum(y[:, :-1], y[:, 1:])
    length = (right - left) + (bottom - top)
    bends = np.count_nonzero(length > 0.5, axis=1)
    total: Floats = length.sum(axis=1) * _LENGTH + bends * _BEND
    if len(obstacles.cost):
        crossed = (
            (left[:, :, None] < obstacles.right) & (right[:, :, None] > obstacles.left)
            & (top[:, :, None] < obstacles.bottom) & (bottom[:, :, None] > obstacles.top)
        )  # fmt: skip
        total = total + (crossed.any(axis=1) * obstacles.cost).sum(axis=1)
    return total


def _straightened(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the corners without those that lie on a straight line between their neighbours."""
    keep = [0]
    for i in range(1, len(x) - 1):
        along = x[keep[-1]] == x[i] == x[i + 1] or y[keep[-1]] == y[i] == y[i + 1]
        if not along:
            keep.append(i)
    keep.append(len(x) - 1)
    return x[keep], y[keep]
