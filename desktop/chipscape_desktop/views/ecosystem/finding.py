"""What a selection means on the map, and which part of the map shows it."""

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Floats
from chipscape_desktop.figures.ecosystem.spec import NOWHERE, EcosystemSpec
from chipscape_desktop.workspace import Selection


def nodes_of(spec: EcosystemSpec, selection: Selection | None) -> list[int]:
    """Return the numbers of the nodes that a selection means: a record's, or both ends of a relationship."""
    if selection is None:
        return []
    if selection.kind == "relationship":
        edge = spec.edge_of(selection.id)
        return [] if edge == NOWHERE else [int(end) for end in spec.edges.ends[edge]]
    node = spec.number_of(selection.id)
    return [] if node == NOWHERE else [node]


def next_edge(spec: EcosystemSpec, node: int, edge: int) -> int:
    """Return the number of the edge of *node* that follows *edge* (its first after any other), -1 where it has none."""
    edges = spec.edges_at(node)
    if not len(edges):
        return NOWHERE
    place = np.flatnonzero(edges == edge)
    return int(edges[(int(place[0]) + 1) % len(edges)] if len(place) else edges[0])


def brought_into(view: View, points: Floats) -> View | None:
    """Return the view moved, and widened where need be, so that it shows *points* (n, 2); None when it does."""
    low, high = points.min(axis=0), points.max(axis=0)
    if view.x[0] <= low[0] and high[0] <= view.x[1] and view.y[0] <= low[1] and high[1] <= view.y[1]:
        return None
    across, down = view.x[1] - view.x[0], view.y[1] - view.y[0]
    wider = max(1.0, 1.2 * float(high[0] - low[0]) / across, 1.2 * float(high[1] - low[1]) / down)
    x, y = ((low + high) / 2).tolist()
    half_x, half_y = wider * across / 2, wider * down / 2
    return View((x - half_x, x + half_x), (y - half_y, y + half_y))


def shows_just(view: View, home: View) -> bool:
    """Say whether a view shows all of another and, in one direction, not more, give or take a hundredth."""
    spare = []
    for (low, high), (first, last) in ((view.x, home.x), (view.y, home.y)):
        span = last - first
        if low > first + 0.01 * span or high < last - 0.01 * span:
            return False
        spare.append((high - low) / span)
    return min(spare) <= 1.01
