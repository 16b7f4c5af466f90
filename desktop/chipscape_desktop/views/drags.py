"""Dragging something on a canvas instead of the view: a node, a minimap, an end of a range."""

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from PySide6.QtCore import Qt


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


Begin: TypeAlias = Callable[[float, float], Dragging | None]


def pass_drag(begin: Begin, event: Any, dragged: Dragging | None) -> Dragging | None:
    """Pass a mouse drag on to what is dragged and return it, None when it is the view or the drag is over.

    *begin* says what is dragged from a pixel, None for the view itself.
    """
    if event.isStart():
        start = event.buttonDownScenePos()
        dragged = begin(start.x(), start.y()) if event.button() == Qt.MouseButton.LeftButton else None
    if dragged is None:
        return None
    event.accept()
    point = event.scenePos()
    if event.isFinish():
        dragged.end(point.x(), point.y())
        return None
    dragged.move(point.x(), point.y())
    return dragged
