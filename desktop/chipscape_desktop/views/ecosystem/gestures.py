"""What a drag on the map means: moving records, choosing within a rectangle, or tying one record to another."""

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen

from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.drags import Dragging
from chipscape_desktop.views.ecosystem.chosen import Chosen
from chipscape_desktop.views.ecosystem.dragging import NodeDragging
from chipscape_desktop.views.ecosystem.tying import Tying


class Gestures(QObject):
    """Passes a drag on to who takes it: with Ctrl from a record it ties, with Shift it chooses, else it moves."""

    def __init__(self, canvas: FigureCanvas, moving: NodeDragging, tying: Tying, *, chosen: Chosen) -> None:
        super().__init__(canvas)
        self._canvas, self._moving, self._tying = canvas, moving, tying
        self._framing = Framing(canvas, chosen)
        self._taken: Dragging = moving

    def begin(self, x: float, y: float) -> bool:
        """Say whether the drag is one of ours."""
        modifiers = QGuiApplication.keyboardModifiers()
        if self._tying.is_on or modifiers & Qt.KeyboardModifier.ControlModifier:
            self._taken = self._tying
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._taken = self._framing
        else:
            self._taken = self._moving
        return self._taken.begin(x, y)

    def move(self, x: float, y: float) -> None:
        """Follow the pointer."""
        self._taken.move(x, y)

    def end(self, x: float, y: float) -> None:
        """The button was let go."""
        self._taken.end(x, y)


class Framing(QObject):
    """A rectangle drawn over the map; the records in it are chosen."""

    framed = Signal()

    def __init__(self, canvas: FigureCanvas, chosen: Chosen) -> None:
        super().__init__(canvas)
        self._canvas, self._chosen = canvas, chosen
        self._from = self._to = QPointF()
        self._drawing = False
        canvas.add_overlay(self.paint)

    def begin(self, x: float, y: float) -> bool:
        """Begin a rectangle here."""
        self._from = self._to = QPointF(x, y)
        self._drawing = True
        return True

    def move(self, x: float, y: float) -> None:
        """Draw it to here."""
        self._to = QPointF(x, y)
        self._canvas.viewport().update()

    def end(self, x: float, y: float) -> None:
        """Choose what is in it."""
        self.move(x, y)
        self._drawing = False
        area = QRectF(self._from, self._to).normalized()
        x0, y0 = self._canvas.to_data(area.left(), area.top())
        x1, y1 = self._canvas.to_data(area.right(), area.bottom())
        self._chosen.choose_within((min(x0, x1), max(x0, x1)), (min(y0, y1), max(y0, y1)))

    def paint(self, painter: QPainter) -> None:
        """Paint the rectangle while it is drawn."""
        if self._drawing:
            painter.setPen(QPen(QColor(self._canvas.rings.colour), 1.0, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self._from, self._to).normalized())
