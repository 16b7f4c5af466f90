"""Frame times of the timeline with a hundred thousand, a million and ten million events.

Beside them, in the same run, pyqtgraph's scatter plot and one QGraphicsItem per event, of a million events at most:
more of them find no room in the memory of a laptop.
"""

import gc
import statistics
from collections.abc import Callable, Mapping
from functools import partial
from time import perf_counter
from typing import Any, TypeAlias

import numpy as np

from chipscape_db.lazy_sequence import LazySequence
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline.arrange import home, lay_out
from chipscape_desktop.figures.timeline.index import build_index
from chipscape_desktop.figures.timeline.spec import COLOURS, GLYPH_NAMES, Columns, Lane, SourceTable, TimelineSpec

Way: TypeAlias = Callable[[int], View]
"""Which part of the timeline is in view at a frame."""

SIZES = (100_000, 1_000_000, 10_000_000)
_MOST_OF_BASELINES = 1_000_000
_SIZE = (1600.0, 900.0)
_FRAMES, _BASELINE_FRAMES, _ITEM_FRAMES = 40, 8, 3
_LANES = 20
_FIRST, _LAST = 10_957.0, 20_454.0  # the years 2000 to 2025
# As in the starter facts: most events are Chinese or American, and of a few kinds.
_COLOUR_SHARES = (0.03, 0.5, 0.43, 0.02, 0.02)
_GLYPH_SHARES = (0.27, 0.09, 0.14, 0.23, 0.06, 0.03, 0.06, 0.02, 0.05, 0.05, 0, 0, 0, 0)


class _Numbered(LazySequence[str]):
    """As many made-up names as there are events, made when one is asked for."""

    def __init__(self, prefix: str, count: int) -> None:
        self._prefix, self._count = prefix, count

    def __len__(self) -> int:
        return self._count

    def made(self, at: int) -> str:
        return f"{self._prefix} {at}"


def synthetic_spec(count: int, *, seed: int = 7) -> TimelineSpec:
    """Return a timeline of *count* made-up events in 20 lanes over 26 years: most are days, some months and ranges."""
    rng = np.random.default_rng(seed)
    low = np.floor(_FIRST + (_LAST - _FIRST) * rng.beta(2.0, 1.2, count))
    kind = rng.random(count)
    length = np.where(kind < 0.8, 1.0, np.where(kind < 0.95, 30.0, np.floor(rng.exponential(120.0, count)) + 2))
    lane = rng.integers(0, _LANES, count)
    importance = rng.choice(np.arange(1, 6), count, p=(0.5, 0.3, 0.15, 0.0499, 0.0001)).astype(np.int8)
    vague = (kind >= 0.8) & (kind < 0.95)
    colour = rng.choice(len(COLOURS), count, p=_COLOUR_SHARES).astype(np.int8)
    glyph = rng.choice(len(GLYPH_NAMES), count, p=_GLYPH_SHARES).astype(np.int8)
    columns = Columns(
        low, low + length, np.where(vague, 9.0, 0.0), np.where(vague, 9.0, 0.0), kind < 0.8, kind >= 0.95,
        np.zeros(count, dtype=np.bool_), lane, importance, colour, glyph, np.arange(count),
        np.zeros(count, dtype=np.bool_),
    )  # fmt: skip
    lanes = tuple(
        Lane("", f"Organization {number + 1}", "", 2.0 * number, 2.0, int(np.count_nonzero(lane == number)))
        for number in range(_LANES)
    )
    index = build_index(_LANES, lane, importance.astype(np.int64), low=low, high=columns.high)
    nothing = np.zeros(0, dtype=np.int64)
    return TimelineSpec(
        Caption("", ""), "events", lanes, columns, index, _Numbered("Event", count), _Numbered("event", count), (),
        "none", SourceTable((), np.zeros(count + 1, dtype=np.int64), nothing), (_FIRST, float(columns.high.max())),
        _LAST, is_as_of=True,
    )  # fmt: skip


def bench_timeline() -> dict[str, Any]:
    """Return medians and 95th percentiles in milliseconds of one frame, by number of events and what is done.

    A frame is layout (also told alone) and painting at 1600x900. It pans with all events, a thousandth of the time, and
    some 300 events in view; `zoom` comes closer by a fifth a frame, from all events to two days. `window` frames are
    those of the canvas of the timeline's screen, from the new view to the window's pixels. The baselines are a
    ScatterPlotItem with one spot an event and a scene with one QGraphicsItem an event, moved by as much, in the same
    run; where there are more events than they can show, those of the size before, as `baseline_of` says.
    """
    from PySide6.QtWidgets import QApplication

    # Held to the end: the baselines' widgets need an application for widgets.
    application = QApplication.instance() or QApplication([])
    out: dict[str, Any] = {}
    baselines: dict[str, Any] = {}
    for count in SIZES:
        started = perf_counter()
        spec = synthetic_spec(count)
        views = _zooms(spec, count)
        made: dict[str, Any] = {"build_ms": round((perf_counter() - started) * 1e3, 1)}
        pans = {name: partial(_shifted, view) for name, view in views.items()}
        ways = pans | {"zoom": partial(_closer, views["all"])}
        for name, way in ways.items():
            made[f"layout_{name}"] = _timed(_our_layout(spec, way), _FRAMES)
            made[name] = _timed(_our_frame(spec, way), _FRAMES)
        made |= {f"window_{name}": times for name, times in _in_window(spec, ways).items()}
        if count <= _MOST_OF_BASELINES or not baselines:
            baselines = {"baseline_of": count}
            for baseline, of in (("scatter_plot", _scatter_plot), ("graphics_items", _graphics_items)):
                baselines |= {f"{baseline}_{name}": times for name, times in of(spec, ways).items()}
        out[f"{count}"] = made | baselines
    application.processEvents()
    return out


def _zooms(spec: TimelineSpec, count: int) -> dict[str, View]:
    whole = home(spec)
    span = whole.x[1] - whole.x[0]
    middle = _FIRST + 0.7 * (_LAST - _FIRST)

    def around(days: float) -> View:
        return View((middle - days / 2, middle + days / 2), whole.y)

    return {"all": whole, "thousandth": around(span / 1000), "events_300": around(max(span * 300 / count / 1.6, 0.5))}


def _timed(frame: Callable[[int], None], frames: int, *, warm: int = 3) -> dict[str, float]:
    for number in range(warm):
        frame(number)
    times = []
    gc.disable()  # as in the application, which collects while nothing moves
    for number in range(frames):
        started = perf_counter()
        frame(number)
        times.append((perf_counter() - started) * 1e3)
    gc.enable()
    return {
        "median_ms": round(statistics.median(times), 2),
        "p95_ms": round(sorted(times)[int(0.95 * (len(times) - 1))], 2),
    }


def _shifted(view: View, number: int) -> View:
    step = (view.x[1] - view.x[0]) / 200 * number
    return View((view.x[0] + step, view.x[1] + step), view.y)


def _closer(view: View, number: int) -> View:
    """Return the view after so many steps of the wheel, about a point where many events are; then from afar again."""
    middle = _FIRST + 0.7 * (_LAST - _FIRST)
    factor = 0.8 ** (number % 40)
    return View((middle + (view.x[0] - middle) * factor, middle + (view.x[1] - middle) * factor), view.y)


def _our_layout(spec: TimelineSpec, way: Way) -> Callable[[int], None]:
    measure = default_measure()

    def frame(number: int) -> None:
        lay_out(spec, size=_SIZE, palette=LIGHT, measure=measure, view=way(number))

    return frame


def _our_frame(spec: TimelineSpec, way: Way) -> Callable[[int], None]:
    from PySide6.QtGui import QImage, QPainter

    from chipscape_desktop.export.backdrop import Backdrop

    image = QImage(int(_SIZE[0]), int(_SIZE[1]), QImage.Format.Format_ARGB32_Premultiplied)
    measure, backdrop = default_measure(), Backdrop()

    def frame(number: int) -> None:
        drawing: Drawing = lay_out(spec, size=_SIZE, palette=LIGHT, measure=measure, view=way(number))
        painter = QPainter(image)
        backdrop.paint(drawing, painter)
        painter.end()

    return frame


def _in_window(spec: TimelineSpec, ways: Mapping[str, Way]) -> dict[str, dict[str, float]]:
    """Return the frame times of the canvas that the timeline's screen shows it on."""
    from PySide6.QtWidgets import QApplication

    from chipscape_desktop.views.canvas import FigureCanvas

    measure = default_measure()
    canvas = FigureCanvas(zoom_axes="x", y_down=True)
    canvas.resize(int(_SIZE[0]), int(_SIZE[1]))
    canvas.set_layout(
        lambda view, size: lay_out(spec, size=size, palette=LIGHT, measure=measure, view=view), home=home(spec)
    )
    canvas.show()
    QApplication.processEvents()  # nothing is painted before the window is there
    out = {}
    for name, way in ways.items():

        def frame(number: int, way: Way = way) -> None:
            canvas.set_view(way(number))
            canvas.viewport().repaint()

        out[name] = _timed(frame, _FRAMES)
    canvas.close()
    canvas.deleteLater()
    return out


def _scatter_plot(spec: TimelineSpec, ways: Mapping[str, Way]) -> dict[str, dict[str, float]]:
    """Return the frame times of pyqtgraph's own scatter plot of the same events."""
    import pyqtgraph as pg

    widget = pg.PlotWidget()
    widget.resize(int(_SIZE[0]), int(_SIZE[1]))
    item = pg.ScatterPlotItem(x=spec.columns.low, y=spec.columns.lane.astype(float), size=8, pen=None, brush="#0a66a8")
    widget.addItem(item)
    out = {}
    for name, way in ways.items():

        def frame(number: int, way: Way = way) -> None:
            widget.setXRange(*way(number).x, padding=0)
            widget.grab()

        out[name] = _timed(frame, _BASELINE_FRAMES)
    widget.close()
    widget.deleteLater()
    return out


def _graphics_items(spec: TimelineSpec, ways: Mapping[str, Way]) -> dict[str, dict[str, float]]:
    """Return the frame times of a scene with a rectangle for each of the same events."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QBrush, QColor, QPen
    from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

    scene = QGraphicsScene()
    pen, brush = QPen(Qt.PenStyle.NoPen), QBrush(QColor("#0a66a8"))
    columns = spec.columns
    rows = zip(columns.low.tolist(), columns.high.tolist(), columns.lane.tolist(), strict=True)
    for low, high, lane in rows:
        scene.addRect(low, lane + 0.3, high - low, 0.4, pen, brush)
    view = QGraphicsView(scene)
    view.resize(int(_SIZE[0]), int(_SIZE[1]))
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    out = {}
    for name, way in ways.items():

        def frame(number: int, way: Way = way) -> None:
            low, high = way(number).x
            view.fitInView(QRectF(low, 0.0, high - low, float(_LANES)), Qt.AspectRatioMode.IgnoreAspectRatio)
            view.grab()

        out[name] = _timed(frame, _ITEM_FRAMES, warm=1)
    view.close()
    scene.clear()
    view.deleteLater()
    return out
