"""The names of the lanes by mouse and by keyboard: dragged to another place, moved, collapsed, hidden."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from chipscape_desktop.figures.drawing import Drawing, Rect
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.timeline.arrange import lanes_in
from chipscape_desktop.figures.timeline.lanes import Wishes, ordered
from chipscape_desktop.figures.timeline.spec import Lane, TimelineSpec
from chipscape_desktop.fonts import interface_font
from chipscape_desktop.i18n import _
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.timeline.dragging import part
from chipscape_desktop.views.timeline.gestures import Gestures
from chipscape_desktop.views.timeline.menus import Entry, show_menu
from chipscape_desktop.views.timeline.panel import TimelinePanel
from chipscape_desktop.workspace import Selection, Workspace

_NONE, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_MENU_KEYS = ((Qt.Key.Key_Menu, _NONE), (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier))
_FOLLOW = 0.06  # of the lanes in view that a drag beyond their edge brings in at each move


@dataclass(frozen=True, slots=True)
class _Drag:
    """A lane under way: its key and name, where the pointer is, and its place among the lanes if it is let go."""

    key: str
    title: str
    y: float
    place: int


class LaneHeaders(QObject):
    """Moves lanes and says how else they are wanted; `wishes_wanted` carries the `Wishes`.

    A header is dragged with a line that shows where its lane would go. By keyboard, Ctrl with the up and down arrows
    goes from header to header, Alt with them moves the lane, Space collapses or expands it, Enter selects its record.
    """

    wishes_wanted = Signal(object)

    def __init__(
        self, workspace: Workspace, canvas: FigureCanvas, panel: TimelinePanel, gestures: Gestures, *, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._canvas, self._panel, self._gestures = workspace, canvas, panel, gestures
        self._spec: TimelineSpec | None = None
        self.focused = ""
        self._drag: _Drag | None = None

    @property
    def spec(self) -> TimelineSpec | None:
        """What is shown; no lane is under way in another one."""
        return self._spec

    @spec.setter
    def spec(self, spec: TimelineSpec) -> None:
        self._spec, self._drag = spec, None

    @property
    def place(self) -> int:
        """The place among the lanes shown to which a lane is being dragged, -1 while none is."""
        return -1 if self._drag is None else self._drag.place

    def follow(self) -> None:
        """Keep the lane whose header has the focus in view."""
        if self.focused:
            self._bring()

    # By mouse

    def begin(self, x: float, y: float) -> bool:
        """Say whether a drag that starts here moves a lane."""
        lane = self.lane_at(x, y)
        if lane is None or self.spec is None:
            return False
        place = [each.key for each in self.spec.lanes].index(lane.key)
        self._drag = _Drag(lane.key, lane.title, y, place)
        self.focused = ""
        return True

    def move(self, _x: float, y: float) -> None:
        """Show where the lane would go; beyond the edge, bring in the lanes there."""
        headers = part(self._canvas.drawing(), "headers")
        if self._drag is None or self.spec is None or headers is None:
            return
        if not headers.y <= y <= headers.bottom:
            self._gestures.move_lanes(_FOLLOW if y > headers.bottom else -_FOLLOW)
        self._drag = replace(self._drag, y=y, place=self._place(y))
        self._canvas.viewport().update()

    def end(self, x: float, y: float) -> None:
        """Put the lane there."""
        self.move(x, y)
        drag, self._drag = self._drag, None
        self._canvas.viewport().update()
        if drag is not None:
            self.put(drag.key, drag.place)

    def give_up(self) -> bool:
        """Leave the lane where it was, and the header that the keyboard is on; say whether there was either."""
        was, self._drag, self.focused = self._drag is not None or bool(self.focused), None, ""
        self._canvas.viewport().update()
        return was

    def double_clicked(self, x: float, y: float) -> bool:
        """Collapse or expand the lane whose name was clicked twice; False where there is none."""
        lane = self.lane_at(x, y)
        if lane is not None:
            self.fold(lane.key)
        return lane is not None

    def lane_at(self, x: float, y: float) -> Lane | None:
        """Return the lane whose name stands at a pixel."""
        headers = part(self._canvas.drawing(), "headers")
        if headers is None or not headers.contains(x, y):
            return None
        return next((lane for lane, top, bottom in self._lanes() if top <= y < bottom), None)

    def open_menu(self, place: QPoint) -> None:
        """Open the menu of the lane at a point of the screen."""
        inside = self._canvas.viewport().mapFromGlobal(place)
        lane = self.lane_at(inside.x(), inside.y())
        if lane is not None:
            self._menu(lane.key, place)

    # By keyboard

    def pressed(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        """Do what a key means for the lanes; False for one that means nothing here."""
        if key in _STEPS and held == _ALT:
            return self._step(_STEPS[key])
        if key in _STEPS and held == _CTRL:
            return self._walk(_STEPS[key])
        lane = self._lane(self.focused)
        if lane is None or key in (Qt.Key.Key_Alt, Qt.Key.Key_Control):
            return False
        if held == _NONE and key == Qt.Key.Key_Space:
            self.fold(lane.key)
        elif held == _NONE and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and lane.id:
            self._workspace.select(Selection("record", lane.id))
        elif (key, held) in _MENU_KEYS:
            self._menu(lane.key, self._canvas.viewport().mapToGlobal(self._spot(lane.key)))
        else:
            self.give_up()  # the key is for the events
            return False
        return True

    def _walk(self, step: int) -> bool:
        """Go to the header above (-1) or below (1), first to the topmost in view."""
        shown = [lane.key for lane in self.spec.lanes] if self.spec is not None else []
        if not shown:
            return False
        in_view = [lane.key for lane, _top, _bottom in self._lanes()]
        first = shown.index(in_view[0]) if in_view else 0
        at = shown.index(self.focused) + step if self.focused in shown else first
        self.focused = shown[min(max(at, 0), len(shown) - 1)]
        self._bring()
        return True

    def _step(self, step: int) -> bool:
        """Move the lane whose header has the focus, else that of what is selected, else the first, up or down."""
        spec = self.spec
        if spec is None or not spec.lanes:
            return False
        shown = [lane.key for lane in spec.lanes]
        if self.focused not in shown:
            selection = self._workspace.selection
            placed = spec.placements((selection.id if selection is not None else "",))
            self.focused = shown[int(spec.columns.lane[placed[0]])] if len(placed) else shown[0]
        self.put(self.focused, shown.index(self.focused) + step)
        return True

    # What is done to a lane

    def put(self, key: str, place: int) -> None:
        """Put a lane at a place among those shown."""
        spec = self.spec
        if spec is None:
            return
        shown = [lane.key for lane in spec.lanes]
        known = [each for each, _title in spec.known_lanes]
        if key in shown and shown.index(key) != min(max(place, 0), len(shown) - 1):
            order = ordered(known, shown, key, place=place)
            self._wish(replace(self._wishes(), order=order))

    def fold(self, key: str) -> None:
        """Collapse a lane, or expand it."""
        self._wish(replace(self._wishes(), collapsed=self._wishes().collapsed ^ {key}))

    def hide(self, key: str) -> None:
        """Hide a lane."""
        self._wish(replace(self._wishes(), hidden=self._wishes().hidden | {key}))

    def show_all(self) -> None:
        """Show every lane."""
        self._wish(replace(self._wishes(), hidden=frozenset()))

    # What is seen of it

    def paint(self, painter: QPainter, drawing: Drawing, palette: Palette) -> None:
        """Paint the frame of the header that has the focus, and the line where a dragged lane would go."""
        headers = part(drawing, "headers")
        if headers is None or (self._drag is None and not self.focused):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tops = {lane.key: (top, bottom) for lane, top, bottom in self._lanes()}
        accent = QColor(palette.accent)
        if self._drag is not None:
            self._paint_drag(painter, drawing, headers, tops=tops, palette=palette)
        elif self.focused in tops:
            top, bottom = tops[self.focused]
            top, bottom = max(top, headers.y), min(bottom, headers.bottom)
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(QRectF(headers.x + 1, top + 1, headers.width - 3, bottom - top - 2), 4, 4)
        painter.restore()

    def _paint_drag(
        self, painter: QPainter, drawing: Drawing, headers: Rect, *, tops: dict[str, tuple[float, float]],
        palette: Palette,
    ) -> None:  # fmt: skip
        assert self._drag is not None
        accent, tint = QColor(palette.accent), QColor(palette.accent)
        if self._drag.key in tops:
            top, bottom = (min(max(edge, headers.y), headers.bottom) for edge in tops[self._drag.key])
            tint.setAlpha(36)
            painter.fillRect(QRectF(headers.x, top, drawing.plot.right - headers.x, bottom - top), tint)
        y = self._line(tops)
        painter.setPen(QPen(accent, 2.5))
        painter.drawLine(QPointF(headers.x, y), QPointF(drawing.plot.right, y))
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(headers.x + 3, y), 3, 3)
        font = QFont(interface_font(12))
        metrics = QFontMetricsF(font)
        name = metrics.elidedText(self._drag.title, Qt.TextElideMode.ElideRight, headers.width)
        at = min(max(self._drag.y, headers.y + 11), headers.bottom - 11)
        tag = QRectF(headers.x + 12, at - 11, metrics.horizontalAdvance(name) + 16, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(tag, 4, 4)
        painter.setPen(QColor(palette.accent_ink))
        painter.setFont(font)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, name)

    # How it is done

    def _lanes(self) -> list[tuple[Lane, float, float]]:
        drawing = self._canvas.drawing()
        return [] if drawing is None or self.spec is None else lanes_in(self.spec, self._canvas.view(), drawing.plot)

    def _place(self, y: float) -> int:
        """Return the place among the lanes shown, without the dragged one, for a pointer at *y*."""
        assert self.spec is not None
        assert self._drag is not None
        shown = [lane.key for lane in self.spec.lanes if lane.key != self._drag.key]
        in_view = [(lane.key, (top + bottom) / 2) for lane, top, bottom in self._lanes() if lane.key != self._drag.key]
        below = next((key for key, middle in in_view if y < middle), None)
        if below is not None:
            return shown.index(below)
        return shown.index(in_view[-1][0]) + 1 if in_view else 0

    def _line(self, tops: dict[str, tuple[float, float]]) -> float:
        """Return the height of the line between the lanes where the dragged one would go."""
        assert self.spec is not None
        assert self._drag is not None
        shown = [lane.key for lane in self.spec.lanes if lane.key != self._drag.key]
        if self._drag.place < len(shown) and shown[self._drag.place] in tops:
            own = tops.get(self._drag.key)
            top = tops[shown[self._drag.place]][0]
            return own[0] if own is not None and abs(own[1] - top) < 0.5 else top
        above = shown[min(self._drag.place, len(shown)) - 1] if shown else self._drag.key
        return tops[above][1] if above in tops else self._drag.y

    def _menu(self, key: str, place: QPoint) -> None:
        lane, spec = self._lane(key), self.spec
        if lane is None or spec is None:
            return
        keys = [each.key for each in spec.lanes]
        at = keys.index(key)
        entries: list[Entry | None] = [
            (_("Expand") if lane.collapsed else _("Collapse"), partial(self.fold, key), True),
            (_("Move the lane up"), partial(self.put, key, at - 1), at > 0),
            (_("Move the lane down"), partial(self.put, key, at + 1), at < len(keys) - 1),
            (_("Hide the lane"), partial(self.hide, key), len(keys) > 1),
            None,
            (_("Show all lanes"), self.show_all, len(keys) < len(spec.known_lanes)),
        ]
        show_menu(self._panel, place, entries)

    def _lane(self, key: str) -> Lane | None:
        lanes = self.spec.lanes if self.spec is not None else ()
        return next((lane for lane in lanes if lane.key == key), None)

    def _spot(self, key: str) -> QPoint:
        """Return where the menu of a lane opens by keyboard: at its name, as far as that is in view."""
        headers = part(self._canvas.drawing(), "headers")
        top = next((top for lane, top, _bottom in self._lanes() if lane.key == key), 0.0)
        return QPoint(40, 40) if headers is None else QPoint(round(headers.x) + 24, round(max(top, headers.y)) + 12)

    def _bring(self) -> None:
        """Bring the lane whose header has the focus into view."""
        lane = self._lane(self.focused)
        if lane is not None:
            self._gestures.bring_lane(lane.top, lane.bottom)
        self._canvas.viewport().update()

    def _wish(self, wishes: Wishes) -> None:
        self.wishes_wanted.emit(wishes)

    def _wishes(self) -> Wishes:
        return self._panel.choices().wishes
