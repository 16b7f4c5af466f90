"""From rows to the map: which records and relationships are on it, and what each looks like."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from chipscape_db.queries.ecosystem import EcosystemEdge, EcosystemNode, EcosystemRows
from chipscape_db.queries.layers import LAYERS
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.drawing import Floats, Ints, Ref
from chipscape_desktop.figures.ecosystem import caption, legend
from chipscape_desktop.figures.ecosystem.bundles import bends, leaders, refs_of, tentative_of
from chipscape_desktop.figures.ecosystem.citations import Citations
from chipscape_desktop.figures.ecosystem.grouping import GROUP, grouped
from chipscape_desktop.figures.ecosystem.links import GROUP_OF, TENTATIVE
from chipscape_desktop.figures.ecosystem.options import Options, parse
from chipscape_desktop.figures.ecosystem.spec import CHANGES, NOWHERE, EcosystemSpec, Edges
from chipscape_desktop.figures.graph_measures import betweenness, communities

_SMALLEST, _LARGEST = 0.11, 0.46  # radii in units of the layout
_ALIKE = 0.2


def draft(rows: EcosystemRows, request: Request) -> EcosystemSpec:
    """Return the map with its nodes at no place yet; see `arrange.arrange`."""
    options = parse(request.options)
    rows, members = grouped(rows, options)
    links = [row for row in rows.edges if not options.kinds or row.kind in options.kinds]
    nodes, links = _within(rows.nodes, links, options)
    nodes, links = _closed(nodes, links, options)
    ends = _ends(nodes, links)
    degree = np.bincount(ends.ravel(), minlength=len(nodes)).astype(np.int64)
    isolated = int(np.count_nonzero(degree == 0))
    if options.hide_isolated and isolated:
        # The center is asked for by name; it stays though nothing is joined to it.
        keep = [
            node for node, count in zip(nodes, degree.tolist(), strict=True) if count or node.slug == options.center
        ]
        isolated = len(nodes) - len(keep)
        nodes, ends = keep, _ends(keep, links)
        degree = np.bincount(ends.ravel(), minlength=len(nodes)).astype(np.int64)
    edges = _edges(rows, nodes, links, ends=ends, bundled=options.bundled)
    slugs = {node.slug: number for number, node in enumerate(nodes)}
    colour, meanings = legend.colours(nodes, options.colour, _communities(ends, len(nodes), options), degree)
    radius, valued = _radii(rows, nodes, ends=ends, degree=degree, options=options)
    spec = EcosystemSpec(
        caption.whole(
            rows, request, options, nodes=nodes, edges=edges, hidden=isolated if options.hide_isolated else 0
        ),
        tuple(nodes),
        np.zeros((len(nodes), 2)),
        colour,
        radius,
        degree + np.array([0.5 * (node.kind in ("organization", GROUP)) for node in nodes]),
        degree,
        tuple(_ref(node, members) for node in nodes),
        edges,
        slugs.get(options.center, NOWHERE) if options.center else NOWHERE,
        slugs.get(options.focus, NOWHERE) if options.focus else NOWHERE,
        arrangement=options.arrangement,
        layout=options.layout,
        layer=np.array([LAYERS.index(rows.layers.get(node.id, LAYERS[-1])) for node in nodes], dtype=np.int64),
        places=rows.places,
        members=members,
        inside={id_: number for number, node in enumerate(nodes) for id_ in members.get(node.id, ())},
        valued=valued,
        change=_changes(rows, [node.id for node in nodes]),
        clock=options.clock,
        cited=Citations.of([one.sources for one in links or nodes], rows.sources),
        meanings=meanings,
        notes=rows.notes,
    )
    return replace(spec, caption=legend.complete(spec))


def radii(degree: Ints) -> Floats:
    """Return the radius of nodes by their number of relationships: its square root, within limits."""
    radius: Floats = np.clip(0.075 + 0.042 * np.sqrt(degree), _SMALLEST, _LARGEST)
    return radius


def neighbourhood(center: str, links: list[EcosystemEdge], depth: int) -> set[str]:
    """Return the ids of the records at most *depth* relationships away from one, itself included, either way."""
    joined: dict[str, set[str]] = defaultdict(set)
    for row in links:
        joined[row.subject].add(row.object)
        joined[row.object].add(row.subject)
    reached, front = {center}, {center}
    for _step in range(depth):
        front = {other for id_ in front for other in joined[id_]} - reached
        reached |= front
    return reached


def _within(
    nodes: tuple[EcosystemNode, ...], links: list[EcosystemEdge], options: Options
) -> tuple[list[EcosystemNode], list[EcosystemEdge]]:
    """Return the part of the map around the center, where there is one, and around what is opened there."""
    center = next((node.id for node in nodes if node.slug == options.center), "") if options.center else ""
    if not center:
        return list(nodes), links
    there = neighbourhood(center, links, options.depth)
    for node in nodes:
        if node.slug in options.opened and node.id in there:
            there |= neighbourhood(node.id, links, 1)
    return (
        [node for node in nodes if node.id in there],
        [row for row in links if row.subject in there and row.object in there],
    )


def _closed(
    nodes: list[EcosystemNode], links: list[EcosystemEdge], options: Options
) -> tuple[list[EcosystemNode], list[EcosystemEdge]]:
    """Return the map without the records that hang on a closed one alone."""
    closed = {node.id for node in nodes if node.slug in options.closed}
    if not closed:
        return nodes, links
    joined: dict[str, set[str]] = defaultdict(set)
    for row in links:
        joined[row.subject].add(row.object)
        joined[row.object].add(row.subject)
    gone = {
        node.id for node in nodes
        if node.id not in closed and node.slug != options.center and len(joined[node.id]) == 1
        and joined[node.id] <= closed
    }  # fmt: skip
    return (
        [node for node in nodes if node.id not in gone],
        [row for row in links if row.subject not in gone and row.object not in gone],
    )


def _ends(nodes: Sequence[EcosystemNode], links: Sequence[EcosystemEdge]) -> Ints:
    numbers = {node.id: number for number, node in enumerate(nodes)}
    return np.array([(numbers[row.subject], numbers[row.object]) for row in links], dtype=np.int64).reshape(-1, 2)


def _edges(
    rows: EcosystemRows, nodes: list[EcosystemNode], links: list[EcosystemEdge], *, ends: Ints, bundled: bool
) -> Edges:
    group = np.array([GROUP_OF[row.kind] for row in links], dtype=np.int64)
    change = _changes(rows, [row.id for row in links])
    # What came and what went are lines of their own: a bundle that hides a change would say nothing.
    leader = leaders(ends, group if change is None else group + len(GROUP_OF) * change, bundled=bundled)
    return Edges(
        tuple(links),
        ends,
        group,
        tentative_of([row.certainty in TENTATIVE for row in links], leader),
        bends(ends, leader),
        refs_of(links, ends, leader, [node.name for node in nodes]),
        leader,
        np.bincount(leader, minlength=len(links)),
        change,
    )


def _changes(rows: EcosystemRows, ids: list[str]) -> Ints | None:
    if not rows.compared:
        return None
    return np.array([CHANGES.index(rows.changes.get(id_, "")) for id_ in ids], dtype=np.int64)


def _ref(node: EcosystemNode, members: dict[str, tuple[str, ...]]) -> Ref:
    if node.kind == GROUP:
        return Ref("cluster", (node.id, *members[node.id]), node.name)
    return Ref("record", (node.id,), node.name)


def _communities(ends: Ints, count: int, options: Options) -> Ints | None:
    if options.colour != "community" or not count:
        return None
    return communities(count, ends, np.ones(len(ends)))


def _radii(
    rows: EcosystemRows, nodes: list[EcosystemNode], *, ends: Ints, degree: Ints, options: Options
) -> tuple[Floats, NDArray[np.bool_] | None]:
    """Return the radii by what size says, and which nodes have a value where that is a metric."""
    if options.size == "degree" or not nodes:
        return radii(degree), None
    if options.size == "same":
        return np.full(len(nodes), _ALIKE), None
    if options.size == "betweenness":
        share = betweenness(len(nodes), ends)
        return _scaled(share), None
    value = np.array([rows.values.get(node.id, np.nan) for node in nodes])
    valued = ~np.isnan(value)
    return np.where(valued, _scaled(np.where(valued, value, 0.0)), _SMALLEST), valued


def _scaled(value: Floats) -> Floats:
    """Return radii whose areas are as the values, the largest value at the largest radius, none too small to see."""
    most = float(value.max(initial=0.0))
    share = np.sqrt(np.maximum(value, 0.0) / most) if most > 0 else np.zeros(len(value))
    scaled: Floats = np.maximum(_LARGEST * share, _SMALLEST)
    return scaled
