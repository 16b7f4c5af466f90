"""The part of the data in view over a plot: moved and stretched within limits, with a locked aspect where wanted."""

import math
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF

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


class PlotRange:
    """What is in view, kept by a view box of pyqtgraph. Every method that may change it says whether it did.

    With a locked aspect, a unit is as long along both axes, and the plot shows at least what was asked for. The box
    stands in no scene: the drawing over it is painted by the canvas, and `pointer` follows the mouse.
    """

    def __init__(self, *, y_down: bool, lock_aspect: bool) -> None:
        self._y_down = y_down
        self._lock = lock_aspect
        self._box = pg.ViewBox(enableMenu=False, defaultPadding=0.0, invertY=y_down, lockAspect=lock_aspect)
        self._box.disableAutoRange()
        self.plot = Rect(0.0, 0.0, 1.0, 1.0)
        self.resize(self.plot)
        self._box.setRange(xRange=(0.0, 1.0), yRange=(0.0, 1.0), padding=0.0)

    @property
    def view(self) -> View:
        """The part of the data in view."""
        (x0, x1), (y0, y1) = self._box.state["viewRange"]
        return View((float(x0), float(x1)), (float(y0), float(y1)))

    def show(self, x: Span, y: Span) -> bool:
        """Bring a part of the data into view; raises `ValueError` for what is no number."""
        before = self.view
        self._box.setRange(xRange=_usable(x, before.x), yRange=_usable(y, before.y), padding=0.0)
        return self._changed(before)

    def resize(self, plot: Rect) -> bool:
        """Show it over a plot of another place or size, in pixels."""
        before = self.view
        self.plot = Rect(plot.x, plot.y, max(plot.width, 1.0), max(plot.height, 1.0))
        self._box.setGeometry(QRectF(self.plot.x, self.plot.y, self.plot.width, self.plot.height))
        return self._changed(before)

    def limit(self, x: Limits, y: Limits) -> bool:
        """Keep within limits from now on: what is in view moves for good, it does not come back with wider ones."""
        before = self.view
        self._box.setLimits(
            xMin=x.low, xMax=x.high, minXRange=x.least, maxXRange=x.most,
            yMin=y.low, yMax=y.high, minYRange=y.least, maxYRange=y.most,
        )  # fmt: skip
        self._box.setRange(xRange=self.view.x, yRange=self.view.y, padding=0.0)
        return self._changed(before)

    def move(self, right: float, up: float) -> bool:
        """Move by data units."""
        (x0, x1), (y0, y1) = self.view.x, self.view.y
        return self.show((x0 + right, x1 + right), (y0 + up, y1 + up))

    def scale(self, wide: float, high: float, about: tuple[float, float] | None = None) -> bool:
        """Stretch what is in view by factors about a point of the data, or about its middle."""
        if self._lock:
            wide = high
        view, spans = self.view, []
        for (low, top), factor, centre in zip((view.x, view.y), (wide, high), about or (None, None), strict=True):
            at = (low + top) / 2 if centre is None else centre
            spans.append((at + (low - at) * factor, at + (top - at) * factor))
        return self.show(*spans)

    def to_data(self, x: float, y: float) -> tuple[float, float]:
        """Return the data coordinates of a pixel."""
        (x0, x1), (y0, y1) = self.view.x, self.view.y
        right, down = (x - self.plot.x) / self.plot.width, (y - self.plot.y) / self.plot.height
        return x0 + right * (x1 - x0), y0 + down * (y1 - y0) if self._y_down else y1 - down * (y1 - y0)

    def _changed(self, before: View) -> bool:
        now = self.view
        return not (_close(before.x, now.x) and _close(before.y, now.y))


def _usable(span: Span, now: Span) -> Span:
    """Return a span from low to high that can be divided; one without extent is as wide as it was, about its place."""
    low, high = min(span), max(span)
    if not all(map(math.isfinite, span)):
        raise ValueError(f"nothing can be shown from {low} to {high}")
    if low == high:
        half = (now[1] - now[0]) / 2
        return low - half, low + half
    least = abs(low + high) * _STEPS
    return (low - least, high + least) if high - low < 2 * least else (low, high)


def _close(one: Span, other: Span) -> bool:
    least = (other[1] - other[0]) * _SAME
    return abs(one[0] - other[0]) <= least and abs(one[1] - other[1]) <= least
