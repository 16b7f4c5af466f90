"""The last full picture of a drawing, moved and stretched to stand for it while the view moves."""

import math
import time

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from chipscape_desktop.export.painter import paint
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Rect

_DEAR_SECONDS = 0.008  # drawings that take longer are stood for by their picture while the view moves


class Still:
    """Keeps the picture of one drawing and the view that it shows."""

    def __init__(self, *, y_down: bool) -> None:
        self._y_down = y_down
        self._pixmap = QPixmap()
        self._ratio = 1.0
        self._drawing: Drawing | None = None
        self._view = View((0.0, 1.0), (0.0, 1.0))
        self._seconds = 0.0

    @property
    def worthwhile(self) -> bool:
        """Say whether the drawing is there and dear enough to be stood for."""
        return self._drawing is not None and self._seconds > _DEAR_SECONDS

    def paint(self, painter: QPainter, drawing: Drawing, view: View, *, layout_seconds: float) -> None:
        """Paint *drawing*, which shows *view*, in full; again, it is painted from its picture."""
        ratio = float(painter.device().devicePixelRatioF())
        if self._drawing is not drawing or self._ratio != ratio:
            size = (math.ceil(drawing.width * ratio), math.ceil(drawing.height * ratio))
            if (self._pixmap.width(), self._pixmap.height()) != size:
                self._pixmap = QPixmap(*size)
            self._pixmap.setDevicePixelRatio(ratio)
            start = time.perf_counter()
            brush = QPainter(self._pixmap)
            paint(drawing, brush)
            brush.end()
            self._seconds = layout_seconds + time.perf_counter() - start
            self._drawing, self._view, self._ratio = drawing, view, ratio
        painter.drawPixmap(QPointF(0.0, 0.0), self._pixmap)

    def paint_moved(self, painter: QPainter, view: View) -> None:
        """Paint the picture as *view* would show it; what it does not hold stays blank until the view is still."""
        drawing = self._drawing
        if drawing is None:
            return
        plot, ratio = drawing.plot, self._ratio
        painter.drawPixmap(QPointF(0.0, 0.0), self._pixmap)
        painter.fillRect(_qt(plot), QColor(drawing.ground))
        painter.save()
        self.follow(painter, view)
        source = QRectF(plot.x * ratio, plot.y * ratio, plot.width * ratio, plot.height * ratio)
        painter.drawPixmap(_qt(plot), self._pixmap, source)
        painter.restore()

    def follow(self, painter: QPainter, view: View) -> None:
        """Let the painter paint in the plot only, and what is at a place of the drawing where *view* has it."""
        drawing = self._drawing
        if drawing is None:
            return
        plot, old = drawing.plot, self._view
        painter.setClipRect(_qt(plot))
        left, wide = _stretch(old.x, view.x, plot.x, plot.width, down=True)
        top, high = _stretch(old.y, view.y, plot.y, plot.height, down=self._y_down)
        painter.translate(left, top)
        painter.scale(wide, high)


def _stretch(
    old: tuple[float, float], new: tuple[float, float], start: float, length: float, *, down: bool
) -> tuple[float, float]:
    """Return the shift and factor that take pixels of one view of an axis to those of another."""
    span = new[1] - new[0]
    factor = (old[1] - old[0]) / span
    gone = old[0] - new[0] if down else new[1] - old[1]
    return start + gone / span * length - factor * start, factor


def _qt(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)
