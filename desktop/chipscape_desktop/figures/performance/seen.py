"""The points that are in view, and where."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Floats, Ints, Rect

CELL = 3.0


class Cells:
    """The grid of small cells over the plot in which the points lie, made once for the raster and the labels."""

    def __init__(self) -> None:
        self._made: tuple[int, int, NDArray[np.int32]] | None = None

    def of(self, x: Floats, y: Floats, plot: Rect) -> tuple[int, int, NDArray[np.int32]]:
        """Return rows, columns, and for each point the number of its cell, row by row."""
        if self._made is None:
            columns, rows = int(np.ceil(plot.width / CELL)), int(np.ceil(plot.height / CELL))
            place = cells_of(y, plot.y, CELL, count=rows)
            place *= columns
            place += cells_of(x, plot.x, CELL, count=columns)
            self._made = (rows, columns, place)
        return self._made


@dataclass(frozen=True, slots=True)
class Seen:
    """The points in view, in pixels; `index` is their place in the spec."""

    index: Ints
    x: Floats
    y: Floats
    cells: Cells = field(default_factory=Cells)


def cells_of(at: Floats, origin: float, side: float, *, count: int) -> NDArray[np.int32]:
    """Return in which of *count* cells from *origin* on positions lie; those outside are in the first or the last."""
    cells = ((at - origin) * (1.0 / side)).astype(np.int32)
    np.maximum(cells, 0, out=cells)
    np.minimum(cells, count - 1, out=cells)
    return cells
