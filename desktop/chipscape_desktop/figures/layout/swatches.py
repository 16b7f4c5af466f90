"""The small samples in a legend: each shows the mark, line or area that it explains."""

from typing import Final

import numpy as np

from chipscape_desktop.figures.drawing import Box, Floats, Item, Marks, Pen, Rect, Segments, Shape
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import LegendEntry

_WIDE = {"line", "dashed", "band", "range", "fade", "density", "rival", "area", "hatched"}
_LINK: Final = "link:"
_SHAPES: tuple[Shape, ...] = (
    "disc", "square", "diamond", "hexagon", "tab", "triangle", "cross", "tick", "dash", "arrow",
)  # fmt: skip


def column(*values: float) -> Floats:
    """Return the values as a column of a batch."""
    return np.array(values, dtype=np.float64)


def width(swatch: str) -> float:
    """Return how wide a swatch is, in pixels."""
    return 20.0 if swatch in _WIDE or swatch.startswith(_LINK) else 10.0


def link_swatch(head: str) -> str:
    """Return the name of the swatch of a line that ends in a mark shape, or in nothing (empty)."""
    return f"{_LINK}{head}"


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
        case "rival":
            return [Box(area, f"{colour[:7]}30", Pen(colour, 1.25, (2.5, 2.0)), radius=3)]
        case "hatched":
            return [Box(area, colour[:7] + "40", Pen(colour), hatch=colour, radius=2)]
        case "area":
            return [Box(area, colour[:7] + "33")]
        case "fade":
            return [Box(area, colour, radius=3, fade=(wide / 2, wide / 2))]
        case "density":
            steps = ("40", "80", "c0", "ff")
            return [
                Box(Rect(x + place * wide / 4, y - 5, wide / 4, 10), colour[:7] + step)
                for place, step in enumerate(steps)
            ]
        case "plus" | "cross":
            angle = column(45.0 if entry.swatch == "plus" else 0.0)
            return [Marks("cross", column(x + wide / 2), column(y), 10.0, None, Pen(colour, 2), angle)]
        case shape if shape in _SHAPES:
            fill, pen = (None, Pen(colour, 1.5)) if entry.hollow else (colour, None)
            return [Marks(_SHAPES[_SHAPES.index(shape)], column(x + wide / 2), column(y), 10.0, fill, pen)]
        case link if link.startswith(_LINK):
            return _link(entry, x, y, colour, palette)
        case other:
            raise ValueError(f"no swatch is called {other!r}")


def _link(entry: LegendEntry, x: float, y: float, colour: str, palette: Palette) -> list[Item]:
    line = Segments(column(x), column(y), column(x + width(entry.swatch)), column(y), Pen(colour, 1.5))
    head = entry.swatch.removeprefix(_LINK)
    if not head:
        return [line]
    shape = _SHAPES[_SHAPES.index(head)]
    fill, pen = (palette.ground, Pen(colour, 1.5)) if entry.hollow else (colour, None)
    angle = column(90.0) if shape == "triangle" else column(0.0)
    return [line, Marks(shape, column(x + width(entry.swatch) - 4), column(y), 8.0, fill, pen, angle)]
