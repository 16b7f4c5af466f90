"""The small samples in a legend: each shows the mark, line or area that it explains."""

import numpy as np

from chipscape_desktop.figures.drawing import Box, Floats, Item, Marks, Pen, Rect, Segments, Shape
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import LegendEntry

_WIDE = {"line", "dashed", "band", "range", "fade", "density"}
_SHAPES: tuple[Shape, ...] = (
    "disc", "square", "diamond", "hexagon", "tab", "triangle", "cross", "tick", "dash", "arrow",
)  # fmt: skip


def column(*values: float) -> Floats:
    """Return the values as a column of a batch."""
    return np.array(values, dtype=np.float64)


def width(swatch: str) -> float:
    """Return how wide a swatch is, in pixels."""
    return 20.0 if swatch in _WIDE else 10.0


def swatch(entry: LegendEntry, x: float, y: float, palette: Palette) -> list[Item]:
    """Return the swatch of *entry*, from *x* to the right, centred on *y*."""
    colour = palette.colour(entry.colour)
    wide = width(entry.swatch)
    area = Rect(x, y - 5, wide, 10)
    match entry.swatch:
        case "line" | "dashed":
            dash = (4.0, 3.0) if entry.swatch == "dashed" else ()
            return [Segments(column(x), column(y), column(x + wide), column(y), Pen(colour, 2, dash))]
        case "whisker":
            middle, low, high = x + wide / 2, y + 6, y - 6
            return [
                Segments(
                    column(middle, middle - 3, middle - 3), column(low, low, high),
                    column(middle, middle + 3, middle + 3), column(high, low, high), Pen(colour, 1.5),
                )
            ]  # fmt: skip
        case "band":
            return [Box(area, palette.amber_soft, Pen(colour), hatch=colour)]
        case "range":
            return [Box(area, None if entry.hollow else colour, Pen(colour, 1.5) if entry.hollow else None, radius=3)]
        case "fade":
            return [Box(area, colour, radius=3, fade=(wide / 2, wide / 2))]
        case "density":
            steps = ("40", "80", "c0", "ff")
            return [
                Box(Rect(x + place * wide / 4, y - 5, wide / 4, 10), colour[:7] + step)
                for place, step in enumerate(steps)
            ]
        case shape if shape in _SHAPES:
            fill, pen = (None, Pen(colour, 1.5)) if entry.hollow else (colour, None)
            return [Marks(_SHAPES[_SHAPES.index(shape)], column(x + wide / 2), column(y), 10.0, fill, pen)]
        case other:
            raise ValueError(f"no swatch is called {other!r}")
