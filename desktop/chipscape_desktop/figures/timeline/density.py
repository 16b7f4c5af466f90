"""Lanes too crowded for single signs: how many items are alive in each pixel, as one row of shades."""

from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop import i18n
from chipscape_desktop.figures.drawing import Floats, Raster, Rect, Ref
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.time_scale import TimeScale, day_of
from chipscape_desktop.figures.timeline.content import pixels_per_day, window_of
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.i18n import ngettext

_CELL = 2.0  # pixels that share a count
_SHADES = ("00", "38", "58", "78", "98", "b8", "d8", "ff")
_MOST_IDS = 200
_KEPT = 200


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
        ids = tuple(self._spec.id_of(item) for item in self._spec.columns.item[found].tolist())
        return Ref("cluster", ids, cluster_title(count, left, right))


def cluster_title(count: int, left: float, right: float) -> str:
    """Return what a cluster says of itself: how many events, and when."""
    first, last = day_of(left), day_of(max(left, right - 1e-6))
    when = i18n.format_date(first) if first == last else i18n.format_date(f"{first}/{last}")
    events = ngettext("{count} event", "{count} events", count).format(count=i18n.number(count))
    return f"{events}, {when}"


def density_row(spec: TimelineSpec, lane: int, scale: TimeScale, area: Rect, *, palette: Palette) -> Raster:
    """Return the shades of a lane at the height of *area*: from one item a cell to as many as its fullest.

    The row begins and ends somewhat outside the view, at steps of absolute time, so that its cells stay while panning.
    """
    per_day = pixels_per_day(scale)
    left, right = window_of(scale)
    edges, shades = _shades(spec, per_day, (left, right))
    kept: dict[object, CellRefs] = spec.memo.setdefault("cell refs", {})
    key = (lane, per_day, left, right)
    refs = kept.get(key)
    if refs is None:
        if len(kept) > _KEPT:
            kept.clear()
        refs = kept[key] = CellRefs(spec, lane, edges)
    cells = shades[lane : lane + 1]
    colour = palette.colour(spec.lanes[lane].colour or "ink_soft")[:7]
    row = Rect(scale.start + left - scale.low * per_day, area.y, cells.shape[1] * _CELL, area.height)
    return Raster(row, cells, tuple(f"{colour}{step}" for step in _SHADES), refs)


def _shades(spec: TimelineSpec, per_day: float, window: tuple[float, float]) -> tuple[Floats, NDArray[np.uint8]]:
    """Return the edges of the cells in days, and the shades of every lane; those of the last window are kept."""
    kept: tuple[object, tuple[Floats, NDArray[np.uint8]]] | None = spec.memo.get("shades")
    if kept is None or kept[0] != (per_day, window):
        edges: Floats = np.arange(window[0], window[1] + 1, _CELL, dtype=np.float64) / per_day
        counts = spec.index.histograms(edges)
        # A power of two, so that the shades of a stretch seldom change while panning.
        tops = 2.0 ** np.maximum(3, np.ceil(np.log2(np.maximum(counts.max(axis=1, initial=1), 1))))
        shade = np.ceil(np.sqrt(counts / tops[:, None]) * (len(_SHADES) - 1))
        cells = np.minimum(shade, len(_SHADES) - 1).astype(np.uint8)
        kept = spec.memo["shades"] = ((per_day, window), (edges, cells))
    return kept[1]
