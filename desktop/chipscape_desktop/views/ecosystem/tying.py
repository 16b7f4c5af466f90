"""Drawing a relationship from one record to another: by dragging, by clicking, or by walking there by keyboard."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.ecosystem.spec import NOWHERE
from chipscape_desktop.figures.hit import Walk
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import current_palette
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.ecosystem.arranging import Arranging


class Tying(QObject):
    """`tied` carries the ids of the two records; while it `is_on`, the next record chosen is the other end."""

    tied = Signal(object, object)

    def __init__(self, canvas: FigureCanvas, arranging: Arranging) -> None:
        super().__init__(canvas)
        self._canvas, self._arranging = canvas, arranging
        self._start = ""
        self._pointer: QPointF | None = None
        canvas.add_overlay(self.paint)
        canvas.activated.connect(self._activated)
        canvas.viewport().installEventFilter(self)
        canvas.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Say whether a relationship is being drawn."""
        return bool(self._start)

    def start_from(self, record_id: str) -> None:
        """Draw from a record; the other end is chosen next."""
        self._start = record_id
        self._pointer = None
        self._canvas.setCursor(Qt.CursorShape.CrossCursor)
        self._canvas.setFocus()
        self._canvas.viewport().update()

    def stop(self) -> None:
        """Draw none."""
        self._start = ""
        self._pointer = None
        self._canvas.unsetCursor()
        self._canvas.viewport().update()

    # As a drag

    def begin(self, x: float, y: float) -> bool:
        """Begin at the record here."""
        ref = self._canvas.hit(x, y)
        if ref is None or ref.kind != "record":
            return False
        self.start_from(ref.ids[0])
        self._pointer = QPointF(x, y)
        return True

    def move(self, x: float, y: float) -> None:
        """Draw the line to here."""
        self._pointer = QPointF(x, y)
        self._canvas.viewport().update()

    def end(self, x: float, y: float) -> None:
        """Tie to the record here; over the ground nothing is tied."""
        ref = self._canvas.hit(x, y)
        if ref is not None and ref.kind == "record":
            self._finish(ref.ids[0])
        else:
            self.stop()

    # By clicks and keys

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the line follow the pointer; Escape gives up."""
        if self._start and isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._pointer = event.position()
            self._canvas.viewport().update()
        elif self._start and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.stop()
                return True
            self._pointer = None
        return False

    def _activated(self, ref: Ref) -> None:
        if self._start and ref.kind == "record" and ref.ids:
            self._finish(ref.ids[0])

    def _finish(self, end: str) -> None:
        start = self._start
        if end == start:
            return
        self.stop()
        self._canvas.card.hide()
        self.tied.emit(start, end)

    def paint(self, painter: QPainter) -> None:
        """Paint the line that is being drawn, and say what to do."""
        spec, drawing = self._arranging.spec, self._canvas.drawing()
        if not self._start or spec is None or drawing is None:
            return
        number = spec.number_of(self._start)
        place = None if number == NOWHERE else Walk(drawing).position(spec.refs[number])
        palette = current_palette()
        painter.setPen(QPen(QColor(palette.accent), 2.0, Qt.PenStyle.DashLine))
        if place is not None and self._pointer is not None:
            painter.drawLine(QPointF(place.x, place.y), self._pointer)
        if place is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(place.x, place.y), 12.0, 12.0)
        text = _("Relationship from {name}: choose the other record; Esc gives up.").format(
            name=spec.nodes[number].name if number != NOWHERE else ""
        )
        metrics = painter.fontMetrics()
        plot = drawing.plot
        width = min(metrics.horizontalAdvance(text) + 24.0, plot.width)
        box = QRectF(plot.x + (plot.width - width) / 2, plot.y + 8.0, width, metrics.height() + 10.0)
        painter.setPen(QPen(QColor(palette.accent), 1.0))
        painter.setBrush(QColor(palette.ground))
        painter.drawRoundedRect(box, 6.0, 6.0)
        painter.setPen(QColor(palette.ink))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width) - 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
