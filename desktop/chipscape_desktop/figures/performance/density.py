"""Points too many to tell apart, as a grid of small cells that takes a few milliseconds to draw."""

from collections.abc import Sequence
from typing import overload

import numpy as np

from chipscape_desktop.figures.drawing import Ints, Raster, Rect, Ref
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.point_labels import Seen
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.i18n import ngettext

CELL = 3.0
_MOST_IDS = 200
_UNSAID = "80"  # the opacity of cells that hold none but hollow values


def density(spec: PerformanceSpec, seen: Seen, plot: Rect, palette: Palette) -> Raster:
    """Return the points in view as cells; a solid value shows before a hollow one, a later colour before an earlier."""
    points = spec.points
    columns, rows = int(np.ceil(plot.width / CELL)), int(np.ceil(plot.height / CELL))
    column = np.clip((seen.x - plot.x) / CELL, 0, columns - 1).astype(np.int64)
    row = np.clip((seen.y - plot.y) / CELL, 0, rows - 1).astype(np.int64)
    place = row * columns + column
    colour, hollow = points.colour[seen.index], points.hollow[seen.index]
    cells = np.zeros(rows * columns, dtype=np.uint8)
    cells[place[hollow]] = 1 + colour[hollow]
    solid = ~hollow
    cells[place[solid]] = 1 + len(spec.colours) + colour[solid]
    inks = [palette.colour(name) for name in spec.colours]
    colours = (palette.ground[:7] + "00", *(ink[:7] + _UNSAID for ink in inks), *inks)
    area = Rect(plot.x, plot.y, columns * CELL, rows * CELL)
    return Raster(area, cells.reshape(rows, columns), colours, _CellRefs(spec, seen.index, place, rows * columns))


class _CellRefs(Sequence[Ref]):
    """What each cell stands for, found when asked."""

    def __init__(self, spec: PerformanceSpec, index: Ints, place: Ints, count: int) -> None:
        self._spec, self._index, self._place, self._count = spec, index, place, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, cell: int) -> Ref: ...
    @overload
    def __getitem__(self, cell: slice) -> Sequence[Ref]: ...
    def __getitem__(self, cell: int | slice) -> Ref | Sequence[Ref]:
        if isinstance(cell, slice):
            return [self[i] for i in range(*cell.indices(self._count))]
        if not 0 <= cell < self._count:
            raise IndexError(cell)
        held = self._index[self._place == cell].tolist()
        refs: list[Ref] = [self._spec.points.refs[i] for i in held[:_MOST_IDS]]
        if len(refs) == 1:
            return refs[0]
        title = ngettext("{count} value", "{count} values", len(held)).format(count=len(held))
        return Ref("cluster", tuple(ref.ids[0] for ref in refs), title)
