"""Dragging a node: it follows the pointer and stays where it is let go."""

from PySide6.QtCore import QObject, Signal

from chipscape_desktop.views.canvas import FigureCanvas


class NodeDragging(QObject):
    """Tells what is dragged where: `dragged` (record id, x, y in units of the layout), `dropped` (record id)."""

    dragged = Signal(object, float, float)
    dropped = Signal(object)

    def __init__(self, canvas: FigureCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._record = ""

    def begin(self, x: float, y: float) -> bool:
        """Say whether there is a node here."""
        ref = self._canvas.hit(x, y)
        self._record = ref.ids[0] if ref is not None and ref.kind == "record" else ""
        return bool(self._record)

    def move(self, x: float, y: float) -> None:
        """Take the node along."""
        self.dragged.emit(self._record, *self._canvas.to_data(x, y))

    def end(self, x: float, y: float) -> None:
        """Leave the node here."""
        self.move(x, y)
        self.dropped.emit(self._record)
