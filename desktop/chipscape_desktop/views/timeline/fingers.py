"""Fingers on a touch screen: one does what a mouse does, two zoom and move the view."""

import math

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QTouchEvent

from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.timeline.gestures import Gestures
from chipscape_desktop.views.timeline.travel import Travel

_NEAR = 24.0  # pixels between two taps that are one double tap
_STEP = 5.0  # a zoom beyond this in one move is a finger that was lost and found
_LEAST = 8.0


class Fingers(QObject):
    """Turns touches into what the canvas knows; `pinched` says that a second finger took over what one had begun.

    Qt would turn one finger into a mouse by itself, and its recogniser would find two; both at once drag and zoom
    against each other, so that touches are taken here.
    """

    pinched = Signal()

    def __init__(self, canvas: FigureCanvas, travel: Travel, gestures: Gestures, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._travel, self._gestures = canvas, travel, gestures
        self._two: tuple[QPointF, QPointF] | None = None
        self._as_mouse = False
        self._last_tap = (0, QPointF())
        viewport = canvas.viewport()
        viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what fingers do."""
        if not isinstance(event, QTouchEvent):
            return super().eventFilter(watched, event)
        event.accept()
        points = [point.position() for point in event.points()]
        if event.type() == QEvent.Type.TouchCancel:
            self._leave()
        elif event.type() == QEvent.Type.TouchEnd:
            self._lifted(points[0], event.timestamp())
        elif len(points) >= 2:
            self._pinch(points[0], points[1])
        elif event.type() == QEvent.Type.TouchBegin:
            self._touched(points[0], event.timestamp())
        elif self._as_mouse:
            self._mouse(QEvent.Type.MouseMove, points[0])
        return True

    def _touched(self, at: QPointF, time: int) -> None:
        before, there = self._last_tap
        twice = time - before < QGuiApplication.styleHints().mouseDoubleClickInterval() and _apart(at, there) < _NEAR
        self._as_mouse = True
        self._mouse(QEvent.Type.MouseButtonDblClick if twice else QEvent.Type.MouseButtonPress, at)

    def _lifted(self, at: QPointF, time: int) -> None:
        if self._as_mouse:
            self._mouse(QEvent.Type.MouseButtonRelease, at)
            self._last_tap = (time, at)
        self._two, self._as_mouse = None, False

    def _pinch(self, one: QPointF, other: QPointF) -> None:
        """Zoom as the fingers part or meet, and move the view with their middle."""
        before, self._two = self._two, (one, other)
        if before is None:
            self._leave()
            self._two = (one, other)
            return
        middle, was = (one + other) / 2, (before[0] + before[1]) / 2
        factor = max(_apart(*before), _LEAST) / max(_apart(one, other), _LEAST)
        self._gestures.move_view(middle.x() - was.x(), middle.y() - was.y())
        self._travel.scale(min(max(factor, 1 / _STEP), _STEP), middle.x())

    def _leave(self) -> None:
        """Forget what the first finger began as a mouse: neither a drag nor a click is meant."""
        self._two, self._as_mouse = None, False
        self._canvas.pointer.forget()
        self.pinched.emit()

    def _mouse(self, kind: QEvent.Type, at: QPointF) -> None:
        """Do as if the left button of a mouse were pressed, moved or let go there."""
        viewport, left = self._canvas.viewport(), Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else left
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
        event = QMouseEvent(
            kind, at, viewport.mapToGlobal(at), button, held, QGuiApplication.keyboardModifiers()
        )  # fmt: skip
        QCoreApplication.sendEvent(viewport, event)


def _apart(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
