"""Lanes too crowded for single signs: how many items are alive in each pixel, as one row of shades."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chipscape_db.lazy_sequence import LazySequence
from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Floats, Ints, Raster, Rect, Ref
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.time_scale import TimeScale, day_of
from chipscape_desktop.figures.timeline.content import pixels_per_day, window_of
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.i18n import ngettext

LAYER = "density"
"""The name of the layer of shades."""

_CELL = 2.0  # pixels that share a count
_SHADES = ("00", "38", "58", "78", "98", "b8", "d8", "ff")
_MOST_IDS = 200


class CellRefs(LazySequence[Ref]):
    """What each cell of a density row stands for, made when somebody points at it."""

    def __init__(self, spec: TimelineSpec, lane: int, starts: Floats, stops: Floats) -> None:
        """Remember where to look."""
        self._spec, self.lane, self._starts, self._stops = spec, lane, starts, stops

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self._starts)

    def made(self, at: int) -> Ref:
        """Return the cluster of the items alive in a cell; it names the first of them."""
        left, right = float(self._starts[at]), float(self._stops[at])
        count = self._spec.index.alive(self.lane, left, right)
        found, _ = self._spec.index.most_important(self.lane, left, right, limit=_MOST_IDS)
        ids = tuple(self._spec.id_of(item) for item in self._spec.columns.item[found].tolist())
        return Ref("cluster", ids, cluster_title(count, left, right))


def cluster_title(count: int, left: float, right: float) -> str:
    """Return what a cluster says of itself: how many events, and when."""
    first, last = day_of(left), day_of(max(left, right - 1e-6))
    when = i18n.format_date(first) if first == last else i18n.format_date(f"{first}/{last}")
    events = ngettext("{count} event", "{count} events", count).format(count=i18n.number(count))
    return f"{events}, {when}"


def density_rows(
    spec: TimelineSpec, rows: Sequence[tuple[int, float, float]], scale: TimeScale, *, palette: Palette
) -> list[Raster]:
    """Return the shades of lanes (number, top and bottom in pixels): from one item a cell to as many as its fullest.

    The rows begin and end somewhat outside the view, at steps of absolute time, so that their cells stay while panning.
    """
    if not rows:
        return []
    per_day, (left, right) = pixels_per_day(scale), window_of(scale)
    shades = _shades(spec, per_day, (left, right))
    x, width = scale.start + left - scale.low * per_day, shades.count * _CELL
    out = []
    for lane, top, bottom in rows:
        name = spec.lanes[lane].colour or "ink_soft"
        area = Rect(x, top, width, bottom - top)
        out.append(Raster(area, shades.cells[lane], _steps(palette.colour(name)[:7]), shades.refs[lane]))
    return out


def places_in_shades(
    spec: TimelineSpec, drawing: Drawing, view: View, ids: frozenset[str]
) -> list[tuple[float, float]]:
    """Return the pixels at which records stand in the shades of a drawing of *view*, one for each of their lanes.

    A record that lasts stands in the middle of what is in view of it.
    """
    shades = [layer for layer in drawing.layers if layer.name == LAYER]
    rows = {
        item.refs.lane: item.rect
        for layer in shades
        for item in layer.items
        if isinstance(item, Raster) and isinstance(item.refs, CellRefs)
    }
    if not rows or not ids:
        return []
    kept = spec.memo.get("in shades")  # a million are searched, so not once a frame
    if kept is None or kept[0] != ids:
        kept = spec.memo["in shades"] = (ids, spec.placements(ids).tolist())
    plot, columns = drawing.plot, spec.columns
    per_day = plot.width / max(view.x[1] - view.x[0], 1e-9)
    out = []
    for at in kept[1]:
        row = rows.get(int(columns.lane[at]))
        low, high = max(float(columns.low[at]), view.x[0]), min(float(columns.high[at]), view.x[1])
        if row is not None and low < high:
            out.append((plot.x + ((low + high) / 2 - view.x[0]) * per_day, row.y + row.height / 2))
    return out


@lru_cache(maxsize=64)
def _steps(colour: str) -> tuple[str, ...]:
    return tuple(f"{colour}{step}" for step in _SHADES)


@dataclass(frozen=True, slots=True)
class _Shades:
    """How many cells a window has and, lane by lane, their shades as one row each and what they stand for."""

    count: int
    cells: list[NDArray[np.uint8]]
    refs: list[CellRefs]


def _shades(spec: TimelineSpec, per_day: float, window: tuple[float, float]) -> _Shades:
    """Return the shades of every lane; those of the last window are kept."""
    kept: tuple[object, _Shades] | None = spec.memo.get("shades")
    if kept is None or kept[0] != (per_day, window):
        starts, stops, counts = _counted(spec, np.arange(window[0], window[1] + 1, _CELL, dtype=np.float64) / per_day)
        # A power of two, so that the shades of a stretch seldom change while panning.
        tops = 2.0 ** np.maximum(3, np.ceil(np.log2(np.maximum(counts.max(axis=1, initial=1), 1))))
        shade = np.ceil(np.sqrt(counts / tops[:, None]) * (len(_SHADES) - 1))
        cells = np.minimum(shade, len(_SHADES) - 1).astype(np.uint8)
        lanes = range(len(spec.lanes))
        refs = [CellRefs(spec, lane, starts, stops) for lane in lanes]
        made = _Shades(len(starts), [cells[lane : lane + 1] for lane in lanes], refs)
        kept = spec.memo["shades"] = ((per_day, window), made)
    return kept[1]


def _counted(spec: TimelineSpec, edges: Floats) -> tuple[Floats, Floats, Ints]:
    """Return the days between which each cell counts, and the counts lane by lane.

    A cell shorter than a day stands for the day that its middle lies in: else one over midnight would count two.
    """
    if edges[1] - edges[0] >= 1:
        return edges[:-1], edges[1:], spec.index.histograms(edges)
    days: Floats = np.floor((edges[:-1] + edges[1:]) / 2)
    counts = spec.index.histograms(np.arange(days[0], days[-1] + 2))
    return days, days + 1, counts[:, (days - days[0]).astype(np.int64)]
