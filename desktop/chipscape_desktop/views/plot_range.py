"""The part of the data in view over a plot: moved and stretched within limits, with a locked aspect where wanted."""

import math
from dataclasses import dataclass

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Rect

Span = tuple[float, float]
_SAME = 1e-9  # of a span: less than this is rounding
_STEPS = 1.5e-15  # of a value: a span of fewer than a few steps of a double cannot be divided into pixels


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one axis may go: to which values, and how little and how much of it may be in view; None: no limit."""

    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None

    def within(self, span: Span) -> Span:
        """Return *span* made to keep the limits: stretched about its middle, then moved."""
        low, high = span
        room = None if self.low is None or self.high is None else self.high - self.low
        most = min((each for each in (self.most, room) if each is not None), default=math.inf)
        wide = min(max(high - low, self.least or 0.0), most)
        if wide != high - low:
            middle = (low + high) / 2
            low, high = middle - wide / 2, middle + wide / 2
        if self.low is not None and low < self.low:
            low, high = self.low, self.low + wide
        elif self.high is not None and high > self.high:
            low, high = self.high - wide, self.high
        return low, high


class PlotRange:
    """What is in view. Every method that may change it says whether it did.

    With a locked aspect, a unit is as long along both axes, and the plot shows at least what was asked for.
    """

    def __init__(self, *, y_down: bool, lock_aspect: bool) -> None:
        self._y_down = y_down
        self._lock = lock_aspect
        self.plot = Rect(0.0, 0.0, 1.0, 1.0)
        self._asked: tuple[Span, Span] = ((0.0, 1.0), (0.0, 1.0))
        self._seen = self._asked
        self._limits = (Limits(), Limits())

    @property
    def view(self) -> View:
        """The part of the data in view."""
        return View(*self._seen)

    def show(self, x: Span, y: Span) -> bool:
        """Bring a part of the data into view; raises `ValueError` for what is no number."""
        (limits_x, limits_y), (now_x, now_y) = self._limits, self._seen
        self._asked = limits_x.within(_usable(x, now_x)), limits_y.within(_usable(y, now_y))
        return self._fit()

    def resize(self, plot: Rect) -> bool:
        """Show it over a plot of another place or size, in pixels."""
        self.plot = Rect(plot.x, plot.y, max(plot.width, 1.0), max(plot.height, 1.0))
        return self._fit()

    def limit(self, x: Limits, y: Limits) -> bool:
        """Keep within limits from now on."""
        self._limits = x, y
        self._asked = x.within(self._asked[0]), y.within(self._asked[1])
        return self._fit()

    def move(self, right: float, up: float) -> bool:
        """Move by data units."""
        (x0, x1), (y0, y1) = self._seen
        return self.show((x0 + right, x1 + right), (y0 + up, y1 + up))

    def scale(self, wide: float, high: float, about: tuple[float, float] | None = None) -> bool:
        """Stretch what is in view by factors about a point of the data, or about its middle."""
        if self._lock:
            wide = high
        spans = []
        for (low, top), factor, centre in zip(self._seen, (wide, high), about or (None, None), strict=True):
            at = (low + top) / 2 if centre is None else centre
            spans.append((at + (low - at) * factor, at + (top - at) * factor))
        return self.show(*spans)

    def to_data(self, x: float, y: float) -> tuple[float, float]:
        """Return the data coordinates of a pixel."""
        (x0, x1), (y0, y1) = self._seen
        right, down = (x - self.plot.x) / self.plot.width, (y - self.plot.y) / self.plot.height
        return x0 + right * (x1 - x0), y0 + down * (y1 - y0) if self._y_down else y1 - down * (y1 - y0)

    def _fit(self) -> bool:
        x, y = self._asked
        if self._lock:
            ratio = self.plot.width / self.plot.height
            if x[1] - x[0] > ratio * (y[1] - y[0]):
                y = _widened(y, (x[1] - x[0]) / ratio)
            else:
                x = _widened(x, (y[1] - y[0]) * ratio)
            x = self._limits[0].within(x)
            y = self._limits[1].within(_widened(y, (x[1] - x[0]) / ratio))
            x = _widened(x, (y[1] - y[0]) * ratio)
        was, self._seen = self._seen, (x, y)
        return not (_close(was[0], x) and _close(was[1], y))


def _usable(span: Span, now: Span) -> Span:
    """Return a span from low to high that can be divided; one without extent is as wide as it was, about its place."""
    low, high = min(span), max(span)
    if not all(map(math.isfinite, span)):
        raise ValueError(f"nothing can be shown from {low} to {high}")
    if low == high:
        return _widened((low, high), now[1] - now[0])
    least = abs(low + high) * _STEPS
    return (low - least, high + least) if high - low < 2 * least else (low, high)


def _widened(span: Span, wide: float) -> Span:
    middle = (span[0] + span[1]) / 2
    return middle - wide / 2, middle + wide / 2


def _close(one: Span, other: Span) -> bool:
    least = (other[1] - other[0]) * _SAME
    return abs(one[0] - other[0]) <= least and abs(one[1] - other[1]) <= least
