"""The canvas: shows a drawing, and turns mouse, wheel and keys into views, hovers and choices.

What is painted is the drawing that exports paint too, laid out anew for each view and size.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from chipscape_desktop.export.backdrop import Backdrop
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Ref
from chipscape_desktop.figures.hit import Direction, Walk, hit
from chipscape_desktop.views.drags import Dragging
from chipscape_desktop.views.focus_frame import FocusFrame
from chipscape_desktop.views.plot_range import Limits, PlotRange
from chipscape_desktop.views.pointer import Pointer
from chipscape_desktop.views.rings import Rings
from chipscape_desktop.views.still import Still
from chipscape_desktop.widgets.hover_card import HoverCard

LayOut = Callable[[View, tuple[float, float]], Drawing]
_ROUNDS = 3  # a layout may move the plot, which moves the view of a locked aspect, which needs a layout
_STEP, _ZOOM = 0.15, 0.8
_STILL_AFTER_MS = 120
_SIZE = QSize(640, 480)
_WALK: dict[Qt.Key, Direction] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class FigureCanvas(QAbstractScrollArea):
    """Shows the drawing that a layout function makes for the present view and size.

    `view_changed` (View), `hovered` (Ref or None), `activated` (Ref: clicked, or Enter on the mark that the keyboard
    stands on), `clicked_at` (x, y: a click, wherever), `double_clicked` (Ref or None, x, y), `menu_wanted` (Ref or
    None, QPoint on the screen).

    Keys: arrows pan, Shift with arrows walks from mark to mark, + and - zoom, 0 and Home show everything, Page Up and
    Page Down move by a page, Enter opens the mark stood on, Escape leaves it.

    With *snapshot_while_moving* a drawing that takes long is stood for by its last picture while the view moves, and
    drawn in full once it is still.
    """

    view_changed = Signal(object)
    hovered = Signal(object)
    activated = Signal(object)
    clicked_at = Signal(float, float)
    double_clicked = Signal(object, float, float)
    menu_wanted = Signal(object, object)

    def __init__(
        self,
        *,
        zoom_axes: str = "xy",
        y_down: bool = False,
        lock_aspect: bool = False,
        snapshot_while_moving: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(self.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._axes = zoom_axes
        self._y_down = y_down
        self._lay_out: LayOut | None = None
        self._home = View((0.0, 1.0), (0.0, 1.0))
        self._drawing: Drawing | None = None
        self._stale = True
        self._refreshing = self._moving = False
        self._still = Still(y_down=y_down) if snapshot_while_moving else None
        self._backdrop = Backdrop()
        self._drawn_view = self._home
        self._layout_seconds = 0.0
        self._rest = QTimer(self, singleShot=True, interval=_STILL_AFTER_MS)
        self._rest.timeout.connect(self.relayout)
        self._panel = 0  # of small figures side by side, the one that the mouse moves
        self._hover: Ref | None = None
        self._standing: Ref | None = None
        self._walk: tuple[Drawing, Walk] | None = None
        self._dragging: Dragging | None = None
        self._card_text: Callable[[Ref], str] | None = None
        self._overlays: list[Callable[[QPainter], None]] = []
        self._keys: Callable[[QKeyEvent], bool] | None = None
        self._overlay: Callable[[QPainter, Drawing], None] | None = None
        self.rings = Rings()
        self.card = HoverCard(self)
        FocusFrame(self)
        self._range = PlotRange(y_down=y_down, lock_aspect=lock_aspect)
        self.pointer = Pointer(self)

    def sizeHint(self) -> QSize:
        """Return a size at which a figure can be read."""
        return _SIZE

    # What is shown

    def set_layout(self, lay_out: LayOut, *, home: View | None = None) -> None:
        """Show what *lay_out* makes; *home* is the view that shows everything."""
        self._lay_out = lay_out
        self._home = home or self._home
        self._point_at(None, 0, 0)
        self.relayout()

    def relayout(self) -> None:
        """Lay the drawing out anew before the next frame."""
        self._moving = False
        self._stale = True
        self.viewport().update()

    def drawing(self) -> Drawing | None:
        """Return the drawing for the present view and size, laid out now if need be."""
        self._refresh()
        return self._drawing

    def view(self) -> View:
        """Return the part of the data in view."""
        return self._range.view

    def set_view(self, view: View) -> None:
        """Bring a part of the data into view."""
        self._follow(self._range.show(view.x, view.y))
        self.relayout()

    def go_home(self) -> None:
        """Show everything."""
        self.set_view(self._home)

    def set_zoom_axes(self, axes: str) -> None:
        """Zoom and pan along `xy`, `x` or `y` from now on, or, with an empty text, not at all."""
        self._axes = axes

    def set_limits(self, x: Limits, y: Limits) -> None:
        """Keep the view within limits."""
        self._follow(self._range.limit(x, y))

    def zoom(self, factor: float) -> None:
        """Zoom about the middle; a factor under 1 comes closer."""
        self.stretch(factor, factor)

    def stretch(self, wide: float, high: float, about: tuple[float, float] | None = None) -> None:
        """Stretch what is in view, along the axes that can be zoomed, about a point of the data or the middle."""
        if self._axes:
            wide, high = wide if "x" in self._axes else 1.0, high if "y" in self._axes else 1.0
            self._follow(self._range.scale(wide, high, about))

    def shift(self, right: float, up: float) -> None:
        """Move what is in view by data units, along the axes that can be zoomed."""
        if self._axes:
            self._follow(self._range.move(right if "x" in self._axes else 0.0, up if "y" in self._axes else 0.0))

    def pan(self, right: float, down: float) -> None:
        """Move the view by parts of itself."""
        view = self.view()
        dx, dy = (view.x[1] - view.x[0]) * right, (view.y[1] - view.y[0]) * down
        if self._axes:
            self._follow(self._range.move(dx, dy if self._y_down else -dy))

    def to_data(self, x: float, y: float) -> tuple[float, float]:
        """Return the data coordinates of a pixel."""
        return self._range.to_data(x, y)

    def in_plot(self, x: float, y: float) -> bool:
        """Say whether a pixel lies in the plot."""
        return self._range.plot.contains(x, y)

    # What is pointed at

    def set_card(self, text: Callable[[Ref], str]) -> None:
        """Show a card with this rich text beside a mark that is pointed at or stood on; no card for an empty text."""
        self._card_text = text

    def set_keys(self, handle: Callable[[QKeyEvent], bool]) -> None:
        """Ask *handle* first about every key; what it says True to is done."""
        self._keys = handle

    def set_overlay(self, paint_over: Callable[[QPainter, Drawing], None]) -> None:
        """Let *paint_over* paint over the drawing, the rings included."""
        self._overlay = paint_over

    @property
    def standing(self) -> Ref | None:
        """What the keyboard stands on."""
        return self._standing

    def set_dragging(self, dragging: Dragging) -> None:
        """Let something be dragged instead of the view."""
        self._dragging = dragging

    def add_overlay(self, paint_over: Callable[[QPainter], None]) -> None:
        """Let something be painted over the drawing, in pixels: what is being drawn with the pointer."""
        self._overlays.append(paint_over)

    def set_selected(self, ids: frozenset[str]) -> None:
        """Put a ring around the marks that stand for these ids."""
        self.rings.selected = ids
        self.viewport().update()

    def hit(self, x: float, y: float) -> Ref | None:
        """Return what lies at a pixel."""
        drawing = self.drawing()
        return None if drawing is None else hit(drawing, x, y)

    def _point_at(self, ref: Ref | None, x: float, y: float) -> None:
        if ref != self._hover:
            self._hover = ref
            self.rings.hovered = ref
            self.hovered.emit(ref)
            self.viewport().update()
        html = self._card_text(ref) if ref is not None and self._card_text is not None else ""
        if html:
            self.card.show_at(QPointF(x, y).toPoint(), html)
        else:
            self.card.hide()

    def clicked(self, button: Qt.MouseButton, at: QPointF, on_screen: QPoint, *, double: bool) -> None:
        """A button was pressed and let go at one place."""
        ref = self.hit(at.x(), at.y())
        if button == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(ref, on_screen)
        elif button != Qt.MouseButton.LeftButton:
            return
        elif double:
            self.double_clicked.emit(ref, at.x(), at.y())
        else:
            self.clicked_at.emit(at.x(), at.y())
            if ref is not None:
                self._standing = ref
                self.activated.emit(ref)

    def begin_drag(self, x: float, y: float) -> Dragging | None:
        """Return what is dragged from that pixel, None for the view itself."""
        dragging = self._dragging
        self.card.hide()
        return dragging if dragging is not None and dragging.begin(x, y) else None

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the small figure that is pressed, where there are several of one view."""
        self._enter_panel(event.position())
        self.pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Begin a double click."""
        self.pointer.press(event, double=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        self.pointer.release(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        if not self._axes or not self.pointer.roll(event):
            event.ignore()

    def _enter_panel(self, at: QPointF) -> None:
        panels = () if self._drawing is None else self._drawing.panels
        found = next((place for place, panel in enumerate(panels) if panel.contains(at.x(), at.y())), self._panel)
        if found != self._panel and panels:
            self._panel = found
            self._follow(self._range.resize(panels[found]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is pointed at."""
        self.pointer.move(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            point = event.position()
            self._enter_panel(point)
            self._point_at(self.hit(point.x(), point.y()), point.x(), point.y())

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self._point_at(None, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew for the new size."""
        super().resizeEvent(event)
        self.relayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay out if need be, then paint."""
        if not self._moving:
            self._refresh()
        with QPainter(self.viewport()) as painter:
            self.paint_picture(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move about by keyboard."""
        if self._keys is not None and self._keys(event):
            return
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QWidget.keyPressEvent(self, event)
        elif key in _WALK and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._walk_on(_WALK[Qt.Key(key)])
        elif key in _WALK:
            step = {"left": (-_STEP, 0), "right": (_STEP, 0), "up": (0, -_STEP), "down": (0, _STEP)}[_WALK[Qt.Key(key)]]
            self.pan(*step)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_ZOOM)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / _ZOOM)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.go_home()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            page = 0.9 if key == Qt.Key.Key_PageDown else -0.9
            self.pan(*((0, page) if "y" in self._axes or self._y_down else (page, 0)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._standing is not None:
            self.activated.emit(self._standing)
        elif key == Qt.Key.Key_Escape and self._standing is not None:
            self._standing = None
            self._point_at(None, 0, 0)
        else:
            QWidget.keyPressEvent(self, event)

    def _walk_on(self, direction: Direction) -> None:
        """Stand on the next mark in a direction; where marks are is worked out once for each drawing walked on."""
        drawing = self.drawing()
        if drawing is None:
            return
        if self._walk is None or self._walk[0] is not drawing:
            self._walk = (drawing, Walk(drawing))
        place = self._walk[1].neighbour(self._standing or Ref("", ()), direction)
        if place is not None:
            self._standing = place.ref
            self._point_at(place.ref, place.x, place.y)

    # How it is done

    def _follow(self, changed: bool) -> None:
        if not changed:
            return
        if self._still is not None and self._still.worthwhile and not self._refreshing:
            self._stale = self._moving = True
            self._rest.start()
            self.viewport().update()
        else:
            self.relayout()
        self.view_changed.emit(self.view())

    def _refresh(self) -> None:
        if not self._stale or self._lay_out is None:
            return
        size = self.viewport().size()
        if size.width() < 2 or size.height() < 2:
            return
        self._refreshing = True
        start = time.perf_counter()
        for _ in range(_ROUNDS):
            self._stale = False
            drawing = self._lay_out(self.view(), (float(size.width()), float(size.height())))
            if self._drawing is None:  # a drawing covers everything: from now on nothing need be erased before it
                self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            self._drawing = drawing
            plot = drawing.panels[self._panel % len(drawing.panels)] if drawing.panels else drawing.plot
            self._follow(self._range.resize(plot))
            if not self._stale:
                break
        self._stale = self._refreshing = self._moving = False
        self._drawn_view = self.view()
        self._layout_seconds = time.perf_counter() - start
        if self.accessibleName() != drawing.title:
            self.setAccessibleName(drawing.title)
        self.setAccessibleDescription(drawing.summary)

    def paint_picture(self, painter: QPainter) -> None:
        """Paint the drawing and, over it, the rings around what is pointed at and selected."""
        drawing, still = self._drawing, self._still
        if drawing is None:
            return
        if still is None:
            self._backdrop.paint(drawing, painter)
        elif self._moving:
            still.paint_moved(painter, self.view())
            painter.save()
            still.follow(painter, self.view())
            self.rings.paint(painter, drawing)
            painter.restore()
            return
        else:
            still.paint(painter, drawing, self._drawn_view, layout_seconds=self._layout_seconds)
        self.rings.paint(painter, drawing)
        for paint_over in self._overlays:
            painter.save()
            paint_over(painter)
            painter.restore()
        if self._overlay is not None:
            self._overlay(painter, drawing)
