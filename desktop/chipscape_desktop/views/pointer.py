"""The mouse over a canvas: a press that stays is a click, one that moves drags something, else the view."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from chipscape_desktop.views.drags import Dragging

if TYPE_CHECKING:
    from chipscape_desktop.views.canvas import FigureCanvas

_APART_PX = 5.0
_APART_S = 0.5  # after this a press that has moved at all is a drag
_RIGHT = Qt.MouseButton.RightButton
_LEFT = Qt.MouseButton.LeftButton
_DRAGS = (_LEFT, Qt.MouseButton.MiddleButton, _RIGHT)
_STRETCH = 1.02  # by a pixel
_NOTCH = 0.743  # by one step of a wheel


class Pointer:
    """Follows the button that was pressed first until it is let go.

    Left and middle move the view, right stretches it about the place of the press; with left, what wants to be dragged
    itself goes before the view. Only a press in the plot moves the view.
    """

    def __init__(self, canvas: "FigureCanvas") -> None:
        self._canvas = canvas
        self._button = Qt.MouseButton.NoButton
        self._double = False
        self._since = 0.0
        self._start = self._last = QPointF()
        self._moved = False
        self._dragged: Dragging | None = None
        self._drags_view = False

    def press(self, event: QMouseEvent, *, double: bool = False) -> None:
        """A button was pressed; one beside the first that is still held counts for nothing."""
        if event.button() != self._button and event.buttons() & self._button:
            return
        self._button, self._double, self._since = event.button(), double, monotonic()
        self._start = self._last = event.position()
        self._moved = self._drags_view = False
        self._dragged = None

    def move(self, event: QMouseEvent) -> None:
        """The mouse was moved."""
        if self._button not in _DRAGS or not event.buttons() & self._button:
            return
        if not self._moved:
            way = event.position() - self._start
            far = (way.x() ** 2 + way.y() ** 2) ** 0.5
            if not far or (far < _APART_PX and monotonic() - self._since < _APART_S):
                return
            self._begin()
        self._go_on(event.position())

    def release(self, event: QMouseEvent) -> None:
        """A button was let go."""
        if event.button() != self._button:
            return
        button, self._button = self._button, Qt.MouseButton.NoButton
        if not self._moved:
            self._canvas.clicked(button, self._start, event.globalPosition().toPoint(), double=self._double)
            return
        at = event.position()
        if self._dragged is not None:
            dragged, self._dragged = self._dragged, None
            dragged.end(at.x(), at.y())
        elif self._drags_view:
            self._drag_view(button, at)

    def forget(self) -> None:
        """Let go of what was pressed: neither a click nor a drag was meant."""
        self._button, self._dragged = Qt.MouseButton.NoButton, None

    def roll(self, event: QWheelEvent) -> bool:
        """Zoom about the pointer where the wheel was turned over the plot; say whether it was."""
        at, turned = event.position(), event.angleDelta()
        if not self._canvas.in_plot(at.x(), at.y()):
            return False
        factor = _NOTCH ** ((turned.y() or turned.x()) / 120)
        self._canvas.stretch(factor, factor, self._canvas.to_data(at.x(), at.y()))
        return True

    def _begin(self) -> None:
        self._moved = True
        x, y = self._start.x(), self._start.y()
        self._dragged = self._canvas.begin_drag(x, y) if self._button == _LEFT else None
        self._drags_view = self._dragged is None and self._canvas.in_plot(x, y)

    def _go_on(self, at: QPointF) -> None:
        if self._dragged is not None:
            self._dragged.move(at.x(), at.y())
        elif self._drags_view:
            self._drag_view(self._button, at)

    def _drag_view(self, button: Qt.MouseButton, at: QPointF) -> None:
        canvas, last = self._canvas, self._last
        self._last = at
        if button == _RIGHT:
            way = at - last
            about = canvas.to_data(self._start.x(), self._start.y())
            canvas.stretch(_STRETCH ** -way.x(), _STRETCH ** way.y(), about)
        else:
            (was_x, was_y), (now_x, now_y) = canvas.to_data(last.x(), last.y()), canvas.to_data(at.x(), at.y())
            canvas.shift(was_x - now_x, was_y - now_y)
