"""Where the nodes of the map go: the force layout, with what was there before kept in its place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from chipscape_desktop.figures.drawing import Floats
from chipscape_desktop.figures.ecosystem.links import GROUPS
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec

ASPECT: Final = 1.75  # of slides and screens, less the words around the plot
_SEED = 7

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
    should_stop: Callable[[], bool] = _never,
    progress: Callable[[float], None] = _ignore,
) -> EcosystemSpec:
    """Return the map with every node at its place, the same for the same map.

    *pinned* records stay exactly where they are; *previous* ones stay unless something new wants room. Asked to stop,
    it returns what it has.
    """
    from chipscape_desktop.figures.graph_layout import force_layout

    numbers = {node.id: number for number, node in enumerate(spec.nodes)}
    held = {numbers[id_]: place for id_, place in (pinned or {}).items() if id_ in numbers}
    before: Floats | None = None
    if previous:
        before = np.full((len(spec.nodes), 2), np.nan)
        for id_, place in previous.items():
            if id_ in numbers:
                before[numbers[id_]] = place
    pulls = np.array([group.pull for group in GROUPS])[spec.edges.group]
    # A link between two hubs is one of many for both; drawn in as strongly as a record's only link it would pull all
    # clusters into one heap.
    fewer = spec.degree[spec.edges.ends].min(axis=1) if len(pulls) else np.ones(0)
    weights = pulls / np.sqrt(np.maximum(fewer, 1))
    xy = force_layout(
        len(spec.nodes), spec.edges.ends, seed=_SEED, pinned=held, previous=before, radii=spec.radius,
        weights=weights, aspect=ASPECT, should_stop=should_stop, progress=progress,
    )  # fmt: skip
    return replace(spec, xy=xy, pinned=frozenset(held), settled=True)


def places(spec: EcosystemSpec) -> dict[str, tuple[float, float]]:
    """Return where each record of a map is, by id."""
    return {node.id: (x, y) for node, (x, y) in zip(spec.nodes, spec.xy.tolist(), strict=True)}
