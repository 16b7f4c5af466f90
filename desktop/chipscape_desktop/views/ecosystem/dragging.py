"""Dragging a node or a text: a node follows the pointer and stays where it is let go, a text moves there."""

from PySide6.QtCore import QObject, Signal

from chipscape_desktop.views.canvas import FigureCanvas


class NodeDragging(QObject):
    """Tells what is dragged where: `dragged` (record id, x, y in units of the layout), `dropped` (record id).

    `carried` tells of a text or area: its number, and how far it was taken.
    """

    dragged = Signal(object, float, float)
    dropped = Signal(object)
    carried = Signal(int, float, float)

    def __init__(self, canvas: FigureCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._record = ""
        self._note = -1
        self._from = (0.0, 0.0)

    def begin(self, x: float, y: float) -> bool:
        """Say whether there is a node, a text or the name of an area here."""
        ref = self._canvas.hit(x, y)
        self._record = ref.ids[0] if ref is not None and ref.kind == "record" else ""
        self._note = int(ref.ids[0]) if ref is not None and ref.kind == "annotation" else -1
        self._from = self._canvas.to_data(x, y)
        return bool(self._record) or self._note >= 0

    def move(self, x: float, y: float) -> None:
        """Take the node along."""
        if self._record:
            self.dragged.emit(self._record, *self._canvas.to_data(x, y))

    def end(self, x: float, y: float) -> None:
        """Leave here what was taken."""
        if self._note >= 0:
            to_x, to_y = self._canvas.to_data(x, y)
            self.carried.emit(self._note, to_x - self._from[0], to_y - self._from[1])
            return
        self.move(x, y)
        self.dropped.emit(self._record)
