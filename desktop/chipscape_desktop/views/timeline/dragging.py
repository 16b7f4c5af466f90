"""Dragging the minimap: it moves the time in view, or one of its ends."""

from collections.abc import Sequence

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Rect
from chipscape_desktop.figures.timeline.axis import minimap_range
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.drags import Dragging

_GRIP = 4.0


def part(drawing: Drawing | None, name: str) -> Rect | None:
    """Return the rectangle of a named layer of the drawing (`minimap`, `headers`), None when it has none."""
    if drawing is None:
        return None
    return next((layer.clip for layer in drawing.layers if layer.name == name), None)


class FirstOf:
    """Of several things that may be dragged, the first that wants to be."""

    def __init__(self, all_of_them: Sequence[Dragging]) -> None:
        self._all = all_of_them
        self._now: Dragging | None = None

    def begin(self, x: float, y: float) -> bool:
        """Say whether anything wants to be dragged from here."""
        self._now = next((one for one in self._all if one.begin(x, y)), None)
        return self._now is not None

    def move(self, x: float, y: float) -> None:
        """Follow the pointer."""
        if self._now is not None:
            self._now.move(x, y)

    def end(self, x: float, y: float) -> None:
        """The button was let go."""
        if self._now is not None:
            self._now.end(x, y)


class BesideLanes:
    """Turns drags on the minimap into views."""

    def __init__(self, canvas: FigureCanvas) -> None:
        self._canvas = canvas
        self.spec: TimelineSpec | None = None
        self._edge = 0
        self._grip = 0.0
        self._start = View((0.0, 1.0), (0.0, 1.0))

    def begin(self, x: float, y: float) -> bool:
        """Say whether the drag starts on the minimap.

        An end of the minimap's frame is pulled; a press beside the frame moves it there.
        """
        room = part(self._canvas.drawing(), "minimap")
        if self.spec is None or room is None or not room.contains(x, y):
            return False
        self._start = self._canvas.view()
        day, (low, high) = self._day(x, room), self._start.x
        self._edge = self.edge_at(x, y)
        self._grip = day - low if low <= day <= high else (high - low) / 2
        if not self._edge:
            self.move(x, y)
        return True

    def move(self, x: float, _y: float) -> None:
        """Follow the pointer."""
        room = part(self._canvas.drawing(), "minimap")
        if room is None or self.spec is None:
            return
        view = self._start
        if self._edge:
            day, (low, high) = self._day(x, room), view.x
            ends = (min(day, high - 1.0), high) if self._edge < 0 else (low, max(day, low + 1.0))
            self._canvas.set_view(View(ends, self._canvas.view().y))
            return
        low = self._day(x, room) - self._grip
        self._canvas.set_view(View((low, low + view.x[1] - view.x[0]), self._canvas.view().y))

    def end(self, x: float, y: float) -> None:
        """Stay where the button was let go."""
        self.move(x, y)

    def press(self, x: float, y: float) -> bool:
        """Bring the time under a press on the minimap into the middle; say whether it was on the minimap."""
        room = part(self._canvas.drawing(), "minimap")
        if room is None or not room.contains(x, y) or not self.begin(x, y):
            return False
        self.end(x, y)
        return True

    def edge_at(self, x: float, y: float) -> int:
        """Return -1 or 1 for the left or right end of the minimap's frame under a pixel, else 0."""
        room, spec = part(self._canvas.drawing(), "minimap"), self.spec
        if room is None or spec is None or not room.contains(x, y):
            return 0
        low, high = minimap_range(spec)
        per_day = room.width / (high - low)
        ends = [room.x + (day - low) * per_day for day in self._canvas.view().x]
        if ends[1] - ends[0] < 4 * _GRIP:
            return 0
        return -1 if abs(x - ends[0]) <= _GRIP else 1 if abs(x - ends[1]) <= _GRIP else 0

    def _day(self, x: float, room: Rect) -> float:
        assert self.spec is not None
        low, high = minimap_range(self.spec)
        return low + (x - room.x) / max(room.width, 1.0) * (high - low)
