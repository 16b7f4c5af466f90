"""What a canvas puts into its scene: the item that paints the drawing, and pyqtgraph's view box over the plot."""

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from chipscape_desktop.views.drags import Dragging, pass_drag

if TYPE_CHECKING:
    from chipscape_desktop.views.canvas import FigureCanvas


class PlotPicture(pg.GraphicsObject):  # type: ignore[misc]
    """The one item that paints; outside the plot it also takes drags."""

    def __init__(self, canvas: "FigureCanvas") -> None:
        super().__init__()
        self._canvas = canvas
        self._rect = QRectF()
        self._dragged: Dragging | None = None

    def resize(self, width: float, height: float) -> None:
        """Cover the canvas at its new size."""
        if (self._rect.width(), self._rect.height()) != (width, height):
            self.prepareGeometryChange()
            self._rect = QRectF(0, 0, width, height)

    def boundingRect(self) -> QRectF:
        """Return the whole canvas."""
        return self._rect

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the drawing."""
        self._canvas.paint_picture(painter)

    def mouseDragEvent(self, event: Any) -> None:
        """Pass a drag to what wants it."""
        self._dragged = pass_drag(self._canvas.begin_drag, event, self._dragged)
        if self._dragged is None and not event.isFinish():
            event.ignore()


class PlotBox(pg.ViewBox):  # type: ignore[misc]
    """The view box over the plot: it drags the view unless something in it wants to be dragged itself."""

    def __init__(self, canvas: "FigureCanvas") -> None:
        super().__init__(enableMenu=False)
        self._canvas = canvas
        self._dragged: Dragging | None = None

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Pass a drag to what wants it, else drag the view."""
        was = self._dragged
        self._dragged = pass_drag(self._canvas.begin_drag, event, was)
        if self._dragged is None and was is None:
            super().mouseDragEvent(event, axis)
