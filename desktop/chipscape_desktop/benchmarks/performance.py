"""Frame times of the performance figure with a hundred thousand points, beside pyqtgraph's scatter plot."""

import statistics
import time
from typing import Any

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Ref
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.performance import FIGURE
from chipscape_desktop.figures.performance.spec import (
    Absent,
    Axis,
    PerformanceSpec,
    Points,
    Refs,
    Ticks,
    batch_of,
    level_of,
)
from chipscape_desktop.figures.scales import ENGLISH_NUMBERS
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.figures.text import default_measure

SIZE = (1600, 900)
_FRAMES = 15
_COLOURS = ("china", "europe", "us")
_FIRST, _LAST = 15_000.0, 21_000.0


def synthetic_spec(count: int, *, seed: int = 7, contested: int = 400) -> PerformanceSpec:
    """Return a spec of *count* points around a line of exponential growth, some of them contested."""
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(_FIRST, _LAST, count))
    value = 10.0 ** (1.0 + 3.0 * (x - _FIRST) / (_LAST - _FIRST) + rng.normal(0.0, 0.5, count))
    rival = np.zeros(count, dtype=np.bool_)
    rival[rng.choice(count, min(contested, count), replace=False)] = True
    ratio = np.where(rival, rng.uniform(1.1, 2.0, count), 1.0)
    none = np.zeros(count, dtype=np.bool_)
    vague = np.where(rng.random(count) < 0.2, 180.0, 0.0)
    colour = rng.integers(0, len(_COLOURS), count)
    hollow = rng.random(count) < 0.3
    names = tuple(f"Chip {number:06}" for number in range(count))
    points = Points(
        x, x - vague, x + vague, none, value, value / ratio, value * ratio, colour, hollow, none,
        np.zeros(count, dtype=np.int64), rival, none, level_of(value, log=True),
        batch_of(colour, hollow, none, front=rival), rng.random(count), names, Refs(count, _ref),
    )  # fmt: skip
    which = np.flatnonzero(rival)
    ticks = Ticks(which, value[which] * ratio[which], np.zeros(len(which), dtype=np.int64), Refs(len(which), _ref))
    log = np.log10(value)
    empty = np.zeros(0)
    return PerformanceSpec(
        Caption("Performance", "TFLOPS", tuple(LegendEntry("disc", name, name) for name in _COLOURS)),
        Axis("TFLOPS, log scale", True, ENGLISH_NUMBERS),
        View((_FIRST, _LAST), (float(log.min()) - 0.2, float(log.max()) + 0.2)),
        _COLOURS,
        points,
        ticks,
        Absent(empty, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_), ()),
    )


def _ref(index: int) -> Ref:
    return Ref("record", (f"record-{index}",), f"Chip {index:06}")


def bench_performance(count: int = 100_000) -> dict[str, Any]:
    """Return median and 95th percentile of a frame of a pan, in milliseconds: laid out, painted, and the baseline."""
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtWidgets import QApplication

    from chipscape_desktop.export.painter import paint

    application = QApplication.instance() or QApplication([])
    spec = synthetic_spec(count)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    laid_out, painted = [], []
    for frame in range(_FRAMES):
        start = time.perf_counter()
        drawing = _frame(spec, frame)
        middle = time.perf_counter()
        painter = QPainter(image)
        paint(drawing, painter)
        painter.end()
        laid_out.append(middle - start)
        painted.append(time.perf_counter() - middle)
    frames = [a + b for a, b in zip(laid_out, painted, strict=True)][2:]
    result = {
        "points": count,
        "frame_ms": round(statistics.median(frames) * 1000, 2),
        "frame_p95_ms": round(float(np.percentile(frames, 95)) * 1000, 2),
        "layout_ms": round(statistics.median(laid_out[2:]) * 1000, 2),
        "paint_ms": round(statistics.median(painted[2:]) * 1000, 2),
        "baseline": {"name": "pyqtgraph.ScatterPlotItem", "frame_ms": _baseline(spec)},
    }
    del application
    return result


def _frame(spec: PerformanceSpec, number: int) -> Drawing:
    """Return the drawing of one frame of a slow pan over nearly all of the points."""
    shift = (_LAST - _FIRST) * 0.002 * number
    view = View((spec.home.x[0] + shift, spec.home.x[1] + shift), spec.home.y)
    size = (float(SIZE[0]), float(SIZE[1]))
    return FIGURE.layout(spec, size=size, palette=LIGHT, measure=default_measure(), view=view)


def _baseline(spec: PerformanceSpec) -> float:
    """Return the median milliseconds of a frame of the same pan with one scatter plot item."""
    import pyqtgraph as pg
    from PySide6.QtGui import QImage, QPainter

    points = spec.points
    plot = pg.PlotWidget()
    plot.resize(*SIZE)
    brushes = [pg.mkBrush(LIGHT.colour(spec.colours[number])) for number in points.colour.tolist()]
    plot.addItem(pg.ScatterPlotItem(points.x, np.log10(points.value), size=9, brush=brushes, pen=None))
    plot.setYRange(*spec.home.y)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    times = []
    for number in range(_FRAMES // 2):
        shift = (_LAST - _FIRST) * 0.002 * number
        start = time.perf_counter()
        plot.setXRange(spec.home.x[0] + shift, spec.home.x[1] + shift, padding=0)
        painter = QPainter(image)
        plot.render(painter)
        painter.end()
        times.append(time.perf_counter() - start)
    plot.close()
    return round(statistics.median(times[2:]) * 1000, 2)
