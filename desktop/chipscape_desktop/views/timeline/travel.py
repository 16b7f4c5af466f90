"""Moving about in time: to dates, events, the ends of everything, and back to what was looked at before."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from chipscape_db.partial_date import PartialDate, day_number
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.timeline.spec import TimelineSpec, days_of
from chipscape_desktop.views.canvas import FigureCanvas

_REST_MS = 400
_MOST = 100
_NARROWEST = 10.0


@dataclass(slots=True)
class Visited:
    """The ranges looked at, and at which of them one is."""

    views: list[View] = field(default_factory=list)
    at: int = -1

    def visit(self, view: View) -> None:
        """Remember a range, and forget those ahead; one that is next to the same changes nothing."""
        if self.at >= 0 and _close(view, self.views[self.at]):
            return
        self.views = [*self.views[: self.at + 1], view][-_MOST:]
        self.at = len(self.views) - 1

    def step(self, by: int) -> View | None:
        """Go back (-1) or forward (1) and return the range there, None at either end."""
        if not 0 <= self.at + by < len(self.views):
            return None
        self.at += by
        return self.views[self.at]

    def can(self, by: int) -> bool:
        """Say whether there is a range in that direction."""
        return 0 <= self.at + by < len(self.views)


class Travel(QObject):
    """Brings times, events and lanes into view; `visited_changed` when back or forward become possible or not."""

    visited_changed = Signal()

    def __init__(self, canvas: FigureCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.spec: TimelineSpec | None = None
        self.visited = Visited()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.arrive)
        canvas.view_changed.connect(self._moved)

    # Where one has been

    def arrive(self) -> None:
        """Remember the range in view, now that it stands still."""
        self._rest.stop()
        self.visited.visit(self._canvas.view())
        self.visited_changed.emit()

    def back(self) -> None:
        """Look again at the range before."""
        self._step(-1)

    def forward(self) -> None:
        """Look at the range that `back` left."""
        self._step(1)

    def forget(self) -> None:
        """Forget every range: they belong to another fact base."""
        self.visited = Visited()
        self.visited_changed.emit()

    # Where one may go

    def days_in_view(self) -> tuple[float, float]:
        """Return the first and last day in view."""
        return self._canvas.view().x

    def go_to(self, date: PartialDate) -> None:
        """Bring a date into view: a year or month fills most of it, a day stands in the middle of two months."""
        known = [day_number(day) for day in (date.earliest, date.latest) if day is not None]
        low, high = min(known), max(known) + 1
        self._show_days(low, high, max((high - low) * 1.3, 60.0))

    def zoom_to(self, ids: Iterable[str], *, anyway: bool = False) -> bool:
        """Bring the items with these ids into view; False when that would change next to nothing, unless *anyway*."""
        found = self._days_of(ids)
        if found is None:
            return False
        low, high = found
        view = self._canvas.view()
        span = max((high - low) * 1.6, _NARROWEST)
        if not anyway and span > 0.7 * (view.x[1] - view.x[0]):
            return False
        self._show_days(low, high, span)
        return True

    def fit(self, days: tuple[float, float]) -> None:
        """Bring a stretch of days into view, with some room beside it."""
        low, high = days
        self._show_days(low, high, max((high - low) * 1.6, _NARROWEST))

    def bring(self, id_: str) -> bool:
        """Bring an item into view at the present zoom, with its lane; say whether it is on the timeline."""
        found, spec = self._days_of((id_,)), self.spec
        if found is None or spec is None:
            return False
        view = self._canvas.view()
        span = view.x[1] - view.x[0]
        inside = view.x[0] + 0.05 * span <= found[0] and found[1] <= view.x[1] - 0.2 * span
        x = view.x if inside else (found[0] - span / 2, found[0] + span / 2)
        lane = spec.lanes[int(spec.columns.lane[spec.placements((id_,))[0]])]
        high = view.y[1] - view.y[0]
        top = view.y[0]
        if lane.top < view.y[0] or lane.bottom > view.y[1]:
            top = min(max(lane.top - (high - lane.height) / 2, 0.0), max(spec.height - high, 0.0))
        self._canvas.set_view(View(x, (top, top + high)))
        return True

    def to_start(self) -> None:
        """Go to the first item, at the present zoom."""
        if self.spec is not None:
            view = self._canvas.view()
            span = view.x[1] - view.x[0]
            low = self.spec.extent[0] - 0.05 * span
            self._canvas.set_view(View((low, low + span), view.y))

    def to_end(self) -> None:
        """Go to the last item, at the present zoom."""
        if self.spec is not None:
            view = self._canvas.view()
            span = view.x[1] - view.x[0]
            high = self.spec.extent[1] + 0.2 * span
            self._canvas.set_view(View((high - span, high), view.y))

    def turn_page(self, pages: int) -> None:
        """Go by whole views through time, a tenth of each staying in sight."""
        view = self._canvas.view()
        gone = 0.9 * pages * (view.x[1] - view.x[0])
        self._canvas.set_view(View((view.x[0] + gone, view.x[1] + gone), view.y))

    def scale(self, factor: float, x: float) -> None:
        """Zoom about a pixel; a factor under 1 comes closer."""
        day, _unit = self._canvas.to_data(x, 0.0)
        view = self._canvas.view()
        self._canvas.set_view(View((day + (view.x[0] - day) * factor, day + (view.x[1] - day) * factor), view.y))

    # How it is done

    def _moved(self, _view: View) -> None:
        self._rest.start()

    def _step(self, by: int) -> None:
        if self._rest.isActive():
            self.arrive()
        view = self.visited.step(by)
        if view is not None:
            self._canvas.set_view(view)
            self._rest.stop()
            self.visited_changed.emit()

    def _show_days(self, low: float, high: float, span: float) -> None:
        middle = (low + high) / 2
        self._canvas.set_view(View((middle - span / 2, middle + span / 2), self._canvas.view().y))

    def _days_of(self, ids: Iterable[str]) -> tuple[float, float] | None:
        """Return the first and last day of items, rival dates included; what is open ends after its first day."""
        return None if self.spec is None else days_of(self.spec, ids)


def _close(one: View, other: View) -> bool:
    span, high = max(other.x[1] - other.x[0], 1e-6), max(other.y[1] - other.y[0], 1e-6)
    across = all(abs(a - b) < 0.01 * span for a, b in zip(one.x, other.x, strict=True))
    return across and all(abs(a - b) < 0.01 * high for a, b in zip(one.y, other.y, strict=True))
