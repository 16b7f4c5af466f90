"""Wheel, touchpad and extra mouse buttons over the timeline."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.timeline.arrange import units_that_fit
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.timeline.dragging import BesideLanes, part
from chipscape_desktop.views.timeline.travel import Travel


class Gestures(QObject):
    """Filters what happens on the canvas.

    The wheel stretches (Ctrl) or moves (Shift, or over the headers) the lanes, a press on the minimap goes there, and
    the back and forward buttons of a mouse walk through what was looked at. On a touchpad two fingers zoom about their
    middle, and scrolling with them moves time and lanes; fingers on a screen are `Fingers`.
    """

    def __init__(self, canvas: FigureCanvas, travel: Travel, beside: BesideLanes, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._travel, self._beside = canvas, travel, beside
        self.spec: TimelineSpec | None = None
        viewport = canvas.viewport()
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for the lanes, the minimap or the zoom."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            return self._pressed(event)
        if isinstance(event, QWheelEvent) and self.spec is not None:
            return self._rolled(event)
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._travel.scale(1 / max(1 + event.value(), 0.2), event.position().x())
            return True
        return super().eventFilter(watched, event)

    def stretch_lanes(self, factor: float, at: float) -> None:
        """Make the lanes flatter (a factor over 1) or taller about the pixel *at*."""
        view, spec, drawing = self._canvas.view(), self.spec, self._canvas.drawing()
        if spec is None or drawing is None:
            return
        now = self._units_in_view()
        span = min(max(now * factor, 1.0), spec.height)
        share = min(max((at - drawing.plot.y) / max(drawing.plot.height, 1.0), 0.0), 1.0)
        top = min(max(view.y[0] + (now - span) * share, 0.0), spec.height - span)
        self._canvas.set_view(View(view.x, (top, top + span)))

    def move_lanes(self, share: float) -> None:
        """Move the lanes by a share of those in view."""
        view, spec = self._canvas.view(), self.spec
        if spec is None:
            return
        span = self._units_in_view()
        top = min(max(view.y[0] + share * span, 0.0), max(0.0, spec.height - span))
        self._canvas.set_view(View(view.x, (top, top + span)))

    def bring_lane(self, top: float, bottom: float) -> None:
        """Move the lanes as far as it takes to see one between *top* and *bottom*, in lane units."""
        view, span = self._canvas.view(), self._units_in_view()
        first = min(max(view.y[0], bottom - span), top)
        if abs(first - view.y[0]) > 1e-6:
            self.move_lanes((first - view.y[0]) / span)

    def _units_in_view(self) -> float:
        """Return how much of the lanes is really seen: less than the view where all of them would be too low."""
        view, drawing = self._canvas.view(), self._canvas.drawing()
        if self.spec is None or drawing is None:
            return view.y[1] - view.y[0]
        return min(view.y[1] - view.y[0], units_that_fit(self.spec, drawing.plot.height))

    def _pressed(self, event: QMouseEvent) -> bool:
        if event.button() == Qt.MouseButton.BackButton:
            self._travel.back()
            return True
        if event.button() == Qt.MouseButton.ForwardButton:
            self._travel.forward()
            return True
        if event.button() == Qt.MouseButton.LeftButton:
            self._beside.press(event.position().x(), event.position().y())
        return False

    def _rolled(self, event: QWheelEvent) -> bool:
        point = event.position()
        touchpad = event.phase() != Qt.ScrollPhase.NoScrollPhase and not event.pixelDelta().isNull()
        if touchpad and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_view(event.pixelDelta().x(), event.pixelDelta().y())
            return True
        headers = part(self._canvas.drawing(), "headers")
        over_headers = headers is not None and headers.contains(point.x(), point.y())
        steps = (event.angleDelta().y() or event.angleDelta().x()) / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.stretch_lanes(0.8**steps, point.y())
            return True
        if over_headers or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.move_lanes(-steps * 0.12)
            return True
        return False

    def move_view(self, dx: float, dy: float) -> None:
        """Move time and lanes by so many pixels, as if they were taken by the hand."""
        drawing = self._canvas.drawing()
        if drawing is not None:
            self._canvas.pan(-dx / max(drawing.plot.width, 1.0), 0.0)
            if dy:
                self.move_lanes(-dy / max(drawing.plot.height, 1.0))
