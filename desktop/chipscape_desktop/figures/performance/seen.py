"""The points that are in view, and where."""

from dataclasses import dataclass

from chipscape_desktop.figures.drawing import Floats, Ints


@dataclass(frozen=True, slots=True)
class Seen:
    """The points in view, in pixels; `index` is their place in the spec."""

    index: Ints
    x: Floats
    y: Floats
