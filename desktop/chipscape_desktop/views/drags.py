"""Dragging something on a canvas instead of the view: a node, a minimap, an end of a range."""

from typing import Protocol


class Dragging(Protocol):
    """What wants to be dragged itself (a node, a minimap, an end of a range); positions are canvas pixels."""

    def begin(self, x: float, y: float) -> bool:
        """Say whether a drag that starts here is meant."""
        ...

    def move(self, x: float, y: float) -> None:
        """Follow the pointer."""
        ...

    def end(self, x: float, y: float) -> None:
        """The button was let go."""
        ...
