"""The brush: Shift and dragging draw a rectangle over the marks, and what lies in it is listed and ringed."""

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QRubberBand

from chipscape_desktop.figures.drawing import Rect
from chipscape_desktop.figures.hit import refs_in
from chipscape_desktop.views.canvas import FigureCanvas


class Brush(QObject):
    """Drags a rectangle over a canvas while Shift is held; `brushed` carries the list of refs inside it."""

    brushed = Signal(object)

    def __init__(self, canvas: FigureCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, canvas.viewport())
        self._start = QPoint()

    def begin(self, x: float, y: float) -> bool:
        """Say whether a drag that starts here is meant."""
        if not QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        self._start = QPoint(round(x), round(y))
        self._band.setGeometry(QRect(self._start, self._start))
        self._band.show()
        return True

    def move(self, x: float, y: float) -> None:
        """Follow the pointer."""
        self._band.setGeometry(QRect(self._start, QPoint(round(x), round(y))).normalized())

    def end(self, x: float, y: float) -> None:
        """Tell what lies in the rectangle."""
        self.move(x, y)
        self._band.hide()
        drawing, area = self._canvas.drawing(), self._band.geometry()
        if drawing is not None:
            self.brushed.emit(refs_in(drawing, Rect(area.x(), area.y(), area.width(), area.height())))
