"""From rows to the map: which records and relationships are on it, and what each looks like."""

from collections import defaultdict

import numpy as np

from chipscape_db.queries.ecosystem import EcosystemEdge, EcosystemNode, EcosystemRows
from chipscape_db.queries.layers import LAYERS
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.drawing import Floats, Ints, Ref
from chipscape_desktop.figures.ecosystem import caption
from chipscape_desktop.figures.ecosystem.bundles import bends, leaders, refs_of, tentative_of
from chipscape_desktop.figures.ecosystem.links import GROUP_OF, TENTATIVE
from chipscape_desktop.figures.ecosystem.options import Options, parse
from chipscape_desktop.figures.ecosystem.spec import NOWHERE, EcosystemSpec, Edges
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.colours import VENDOR_COLOURS

_SMALLEST, _LARGEST = 0.11, 0.46  # radii in units of the layout


def draft(rows: EcosystemRows, request: Request) -> EcosystemSpec:
    """Return the map with its nodes at no place yet; see `arrange.arrange`."""
    options = parse(request.options)
    links = [row for row in rows.edges if not options.kinds or row.kind in options.kinds]
    nodes, links = _within(rows.nodes, links, options)
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
    names = [node.name for node in nodes]
    group = np.array([GROUP_OF[row.kind] for row in links], dtype=np.int64)
    leader = leaders(ends, group, bundled=options.bundled)
    edges = Edges(
        tuple(links),
        ends,
        group,
        tentative_of([row.certainty in TENTATIVE for row in links], leader),
        bends(ends, leader),
        refs_of(links, ends, leader, names),
        leader,
        np.bincount(leader, minlength=len(links)),
    )
    slugs = {node.slug: number for number, node in enumerate(nodes)}
    colour = tuple(colour_of(node, options.colour) for node in nodes)
    return EcosystemSpec(
        caption.whole(
            rows, request, options, nodes=nodes, edges=edges, hidden=isolated if options.hide_isolated else 0
        ),
        tuple(nodes),
        np.zeros((len(nodes), 2)),
        colour,
        radii(degree),
        degree + np.array([0.5 * (node.kind == "organization") for node in nodes]),
        degree,
        tuple(Ref("record", (node.id,), node.name) for node in nodes),
        edges,
        slugs.get(options.center, NOWHERE) if options.center else NOWHERE,
        slugs.get(options.focus, NOWHERE) if options.focus else NOWHERE,
        arrangement=options.arrangement,
        layout=options.layout,
        layer=np.array([LAYERS.index(rows.layers.get(node.id, LAYERS[-1])) for node in nodes], dtype=np.int64),
        places=rows.places,
    )


def radii(degree: Ints) -> Floats:
    """Return the radius of nodes by their number of relationships: its square root, within limits."""
    radius: Floats = np.clip(0.075 + 0.042 * np.sqrt(degree), _SMALLEST, _LARGEST)
    return radius


def colour_of(node: EcosystemNode, by: str) -> str:
    """Return the colour name of a node."""
    return VENDOR_COLOURS.get(node.vendor_slug, "other") if by == "vendor" else country_colour(node.country)


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
    """Return the part of the map around the center, where there is one."""
    center = next((node.id for node in nodes if node.slug == options.center), "") if options.center else ""
    if not center:
        return list(nodes), links
    there = neighbourhood(center, links, options.depth)
    return (
        [node for node in nodes if node.id in there],
        [row for row in links if row.subject in there and row.object in there],
    )


def _ends(nodes: list[EcosystemNode], links: list[EcosystemEdge]) -> Ints:
    numbers = {node.id: number for number, node in enumerate(nodes)}
    return np.array([(numbers[row.subject], numbers[row.object]) for row in links], dtype=np.int64).reshape(-1, 2)
