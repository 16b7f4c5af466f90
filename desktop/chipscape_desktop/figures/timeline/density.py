"""Lanes too crowded for single signs: how many items are alive in each pixel, as one row of shades."""

from collections.abc import Sequence
from typing import overload

import numpy as np

from chipscape_desktop import i18n
from chipscape_desktop.figures.drawing import Floats, Raster, Rect, Ref
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.time_scale import TimeScale, day_of
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.i18n import ngettext

_CELL = 2.0  # pixels that share a count
_SHADES = ("00", "38", "58", "78", "98", "b8", "d8", "ff")
_MOST_IDS = 200


class CellRefs(Sequence[Ref]):
    """What each cell of a density row stands for, made when somebody points at it."""

    def __init__(self, spec: TimelineSpec, lane: int, edges: Floats) -> None:
        """Remember where to look."""
        self._spec, self._lane, self._edges = spec, lane, edges

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self._edges) - 1

    @overload
    def __getitem__(self, at: int) -> Ref: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Ref]: ...
    def __getitem__(self, at: int | slice) -> Ref | Sequence[Ref]:
        """Return the cluster of the items alive in a cell; it names the first of them."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        left, right = float(self._edges[at]), float(self._edges[at + 1])
        count = self._spec.index.alive(self._lane, left, right)
        found, _ = self._spec.index.most_important(self._lane, left, right, limit=_MOST_IDS)
        ids = tuple(self._spec.ids[item] for item in self._spec.columns.item[found].tolist())
        return Ref("cluster", ids, cluster_title(count, left, right))


def cluster_title(count: int, left: float, right: float) -> str:
    """Return what a cluster says of itself: how many events, and when."""
    first, last = day_of(left), day_of(max(left, right - 1e-6))
    when = i18n.format_date(first) if first == last else i18n.format_date(f"{first}/{last}")
    events = ngettext("{count} event", "{count} events", count).format(count=i18n.number(count))
    return f"{events}, {when}"


def density_row(spec: TimelineSpec, lane: int, scale: TimeScale, area: Rect, *, palette: Palette) -> Raster:
    """Return the shades of a lane over *area*: from one item a cell to as many as its fullest, by logarithm."""
    cells = max(1, int(area.width / _CELL))
    edges: Floats = np.linspace(scale.low, scale.high, cells + 1, dtype=np.float64)
    counts = spec.index.histogram(lane, edges)
    top = max(2, int(counts.max()))
    shade = np.ceil(np.log1p(counts) * ((len(_SHADES) - 1) / np.log1p(top)))
    colour = palette.colour(spec.lanes[lane].colour or "ink_soft")
    return Raster(
        area, np.minimum(shade, len(_SHADES) - 1).astype(np.uint8).reshape(1, -1),
        tuple(f"{colour[:7]}{step}" for step in _SHADES), CellRefs(spec, lane, edges),
    )  # fmt: skip
