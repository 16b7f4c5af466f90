"""Where the nodes of the map go: one of the layouts, with what was there before kept in its place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from chipscape_db.queries.layers import LAYERS
from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.ecosystem.links import GROUPS
from chipscape_desktop.figures.ecosystem.regions import home_of_country, region_name
from chipscape_desktop.figures.ecosystem.spec import NOWHERE, Disc, EcosystemSpec, Ground, Ring
from chipscape_desktop.figures.graph_overlap import remove_overlaps

ASPECT: Final = 1.75  # of slides and screens, less the words around the plot
_ASPECT_OF_STACK = 1.55  # beside the bands their names want room
_SEED = 7
_ROOM = 0.25  # between signs that are pushed apart

Places = Mapping[str, tuple[float, float]]
"""Positions by the id of the record."""


def _never() -> bool:
    return False


def _ignore(_share: float) -> None:
    return None


def arrange(
    spec: EcosystemSpec,
    *,
    pinned: Places | None = None,
    previous: Places | None = None,
    ground: Ground | None = None,
    should_stop: Callable[[], bool] = _never,
    progress: Callable[[float], None] = _ignore,
) -> EcosystemSpec:
    """Return the map with every node at its place, the same for the same map.

    *pinned* records (the spec's own `places` where not given) stay exactly where they are; *previous* ones stay unless
    something new wants room, on the *ground* that the arrangement had then. Asked to stop, it returns what it
    has.
    """
    numbers = {node.id: number for number, node in enumerate(spec.nodes)}
    told = spec.places if pinned is None else pinned
    held = {numbers[id_]: place for id_, place in told.items() if id_ in numbers}
    before = np.full((len(spec.nodes), 2), np.nan)
    for id_, place in (previous or {}).items():
        if id_ in numbers:
            before[numbers[id_]] = place
    for number, place in held.items():
        before[number] = place
    known = ~np.isnan(before[:, 0])
    if spec.layout in ("force", "hand") or not len(spec.nodes):
        xy = _force(spec, held, before if previous else None, should_stop=should_stop, progress=progress)
        made = Ground()
    elif ground is not None and 2 * int(known.sum()) >= len(spec.nodes):
        xy, made = _again(spec, before, ground), ground
    else:
        lay_out = {"stack": _stack, "radial": _radial, "country": _country}[spec.layout]
        xy, made = lay_out(spec, should_stop, progress)
        for number, place in held.items():
            xy[number] = place
        if held:
            xy = remove_overlaps(xy, spec.radius, fixed=np.isin(np.arange(len(xy)), list(held)))
    return replace(spec, xy=xy, pinned=frozenset(held), settled=True, ground=made)


def places(spec: EcosystemSpec) -> dict[str, tuple[float, float]]:
    """Return where each record of a map is, by id."""
    return {node.id: (x, y) for node, (x, y) in zip(spec.nodes, spec.xy.tolist(), strict=True)}


def middle_of(spec: EcosystemSpec) -> int:
    """Return the number of the node around which the radial layout is drawn: the center, else the most connected."""
    return spec.center if spec.center != NOWHERE else int(np.argmax(spec.degree))


def weights(spec: EcosystemSpec) -> Floats:
    """Return how strongly each edge pulls."""
    pulls = np.array([group.pull for group in GROUPS])[spec.edges.group]
    # A link between two hubs is one of many for both; drawn in as strongly as a record's only link it would pull all
    # clusters into one heap.
    fewer = spec.degree[spec.edges.ends].min(axis=1) if len(pulls) else np.ones(0)
    strong: Floats = pulls / np.sqrt(np.maximum(fewer, 1))
    return strong


def _force(
    spec: EcosystemSpec,
    held: Mapping[int, tuple[float, float]],
    before: Floats | None,
    *,
    should_stop: Callable[[], bool],
    progress: Callable[[float], None],
) -> Floats:
    from chipscape_desktop.figures.graph_layout import force_layout

    return force_layout(
        len(spec.nodes), spec.edges.ends, seed=_SEED, pinned=held, previous=before, radii=spec.radius,
        weights=weights(spec), aspect=ASPECT, should_stop=should_stop, progress=progress,
    )  # fmt: skip


def _stack(
    spec: EcosystemSpec, should_stop: Callable[[], bool], progress: Callable[[float], None]
) -> tuple[Floats, Ground]:
    from chipscape_desktop.figures.graph_stack import stack_layout

    first = _force(spec, {}, None, should_stop=should_stop, progress=_ignore)[:, 0]
    stack = stack_layout(
        _layers(spec), spec.edges.ends, start=first, aspect=_ASPECT_OF_STACK, should_stop=should_stop, progress=progress
    )
    # Two hubs may be neighbours in a column; they part a little, within their band.
    xy = remove_overlaps(stack.xy, spec.radius, gap=0.02, spread=False)
    return xy, Ground(stack.bands, left=stack.left, right=stack.right)


def _radial(
    spec: EcosystemSpec, should_stop: Callable[[], bool], progress: Callable[[float], None]
) -> tuple[Floats, Ground]:
    from chipscape_desktop.figures.graph_radial import radial_layout

    center = middle_of(spec)
    kinds = sorted({node.kind for node in spec.nodes})
    group = np.array([kinds.index(node.kind) for node in spec.nodes], dtype=np.int64)
    made = radial_layout(
        len(spec.nodes), spec.edges.ends, center=center, group=group, aspect=1.6, should_stop=should_stop,
        progress=progress,
    )  # fmt: skip
    xy = remove_overlaps(made.xy, spec.radius, fixed=np.arange(len(spec.nodes)) == center)
    return xy, Ground(rings=tuple(Ring(*ring) for ring in made.rings))


def _country(
    spec: EcosystemSpec, should_stop: Callable[[], bool], progress: Callable[[float], None]
) -> tuple[Floats, Ground]:
    from chipscape_desktop.figures.graph_clusters import cluster_layout

    codes = [node.country for node in spec.nodes]
    used = sorted(set(codes))
    group = np.array([used.index(code) for code in codes], dtype=np.int64)
    homes = np.array([home_of_country(code) for code in used])
    made = cluster_layout(
        group, spec.edges.ends, homes=homes, radii=spec.radius, weights=weights(spec), aspect=ASPECT, seed=_SEED,
        should_stop=should_stop, progress=progress,
    )  # fmt: skip
    return made.xy, Ground(discs=tuple(Disc(region_name(used[k]), x, y, radius) for k, x, y, radius in made.discs))


def _layers(spec: EcosystemSpec) -> Ints:
    if spec.layer is not None:
        return spec.layer
    return np.full(len(spec.nodes), len(LAYERS) - 1, dtype=np.int64)


def _again(spec: EcosystemSpec, before: Floats, ground: Ground) -> Floats:
    """Keep what has a place; put what is new beside its neighbours, in its own band, ring or disc."""
    xy = before.copy()
    new = np.flatnonzero(np.isnan(xy[:, 0]))
    known = ~np.isnan(xy[:, 0])
    if not len(new):
        return xy
    middle = xy[known].mean(axis=0)
    bands = {band.layer: band for band in ground.bands}
    discs = {disc.name: disc for disc in ground.discs}
    for node in new.tolist():
        near = spec.neighbours(node)
        near = near[known[near]]
        x, y = xy[near].mean(axis=0) if len(near) else middle
        if spec.layer is not None and (band := bands.get(int(spec.layer[node]))):
            y = (band.top + band.bottom) / 2
        elif disc := discs.get(region_name(spec.nodes[node].country)):
            x, y = disc.x, disc.y
        elif ground.rings:
            ring = next((one for one in ground.rings if one.steps == (1 if spec.center in near else 2)), None)
            ring = ring or ground.rings[-1]
            turn = np.arctan2(y / ring.down, x / ring.across)
            x, y = ring.across * np.cos(turn), ring.down * np.sin(turn)
        xy[node] = (x, y)
    return remove_overlaps(xy, spec.radius, fixed=known, gap=_ROOM)
