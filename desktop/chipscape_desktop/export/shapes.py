"""The outlines of mark shapes for a diameter of one, the same for every painter; pure Python."""

import math

from chipscape_desktop.figures.drawing import Marks, Pen, Shape

Points = tuple[tuple[float, float], ...]


def _ring(corners: int, radius: float, first: float) -> Points:
    angles = [math.radians(first + 360 * corner / corners) for corner in range(corners)]
    return tuple((radius * math.cos(angle), radius * math.sin(angle)) for angle in angles)


# Drawn a little larger or smaller than the disc so that all look equally heavy.
OUTLINES: dict[Shape, Points] = {
    "square": ((-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45)),
    "diamond": ((0, -0.6), (0.6, 0), (0, 0.6), (-0.6, 0)),
    "hexagon": _ring(6, 0.54, 0),
    "tab": ((-0.5, -0.42), (0, -0.42), (0.14, -0.24), (0.5, -0.24), (0.5, 0.42), (-0.5, 0.42)),
    "triangle": _ring(3, 0.62, -90),
    "arrow": ((0.5, 0), (-0.5, 0.42), (-0.28, 0), (-0.5, -0.42)),
}
STROKES: dict[Shape, tuple[Points, ...]] = {
    "cross": (((-0.4, -0.4), (0.4, 0.4)), ((-0.4, 0.4), (0.4, -0.4))),
    "tick": (((0, -0.5), (0, 0.5)),),
    "dash": (((-0.5, 0), (0.5, 0)),),
}
STROKE_WIDTH = 1.5


def stroke_pen(marks: Marks) -> Pen | None:
    """Return the pen of a shape that is all line: its own, else a line of the fill's colour; None draws nothing."""
    if marks.pen is not None:
        return marks.pen
    return Pen(marks.fill, STROKE_WIDTH) if marks.fill is not None else None


def turned(points: Points, size: float, angle: float) -> list[tuple[float, float]]:
    """Return the points for a diameter of *size*, turned clockwise by *angle* degrees."""
    cos, sin = math.cos(math.radians(angle)) * size, math.sin(math.radians(angle)) * size
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in points]
