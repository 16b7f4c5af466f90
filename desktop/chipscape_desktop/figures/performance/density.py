"""Points too many to tell apart, as a grid of small cells that takes a few milliseconds to draw."""

from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Ints, Raster, Rect, Ref
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.seen import CELL, Seen
from chipscape_desktop.figures.performance.spec import FRONT, MOST_COLOURS, PerformanceSpec
from chipscape_desktop.i18n import ngettext

_MOST_IDS = 200
_UNSAID = "80"  # the opacity of cells that hold none but hollow values


def density(spec: PerformanceSpec, seen: Seen, batches: Ints, plot: Rect, *, palette: Palette) -> Raster:
    """Return the points in view as cells; a solid value shows before a hollow one, a later colour before an earlier.

    *batches* are those of the points in view (see `batch_of`).
    """
    rows, columns, place = seen.cells.of(seen.x, seen.y, plot)
    colours = len(spec.colours)
    number = np.arange(2 * FRONT, dtype=np.int64)
    solid = number // MOST_COLOURS % 2 == 1
    shade = (1 + number % MOST_COLOURS + np.where(solid, colours, 0)).astype(np.uint8)[batches]
    cells = np.zeros(rows * columns, dtype=np.uint8)
    cells[place] = shade
    over = np.flatnonzero(shade > colours)
    cells[place[over]] = shade[over]
    inks = [palette.colour(name) for name in spec.colours]
    table = (palette.ground[:7] + "00", *(ink[:7] + _UNSAID for ink in inks), *inks)
    area = Rect(plot.x, plot.y, columns * CELL, rows * CELL)
    return Raster(area, cells.reshape(rows, columns), table, _CellRefs(spec, seen.index, place, rows * columns))


class _CellRefs(Sequence[Ref]):
    """What each cell stands for, found when asked."""

    def __init__(self, spec: PerformanceSpec, index: Ints, place: NDArray[np.int32], count: int) -> None:
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
