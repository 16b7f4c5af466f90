"""Times the painters: a frame of many marks beside pyqtgraph, and files beside matplotlib."""

import io
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from chipscape_desktop.benchmarks.sampler import CAPSULE
from chipscape_desktop.figures.drawing import Drawing, Layer, Marks, Pen, Rect, Ref, Segments, Text
from chipscape_desktop.figures.spec import Caption

_WIDTH, _HEIGHT = 1600, 900
_COLOURS = ("#0a66a8", "#c8480a", "#00795a", "#9a4f86", "#a06a00", "#2f8fbf", "#7a6f00", "#4b5563")


def bench_painters() -> dict[str, float | None]:
    """Return medians in milliseconds, keyed by job; a baseline whose library is absent is None."""
    from chipscape_desktop.export.qt_application import ensure_application

    ensure_application()
    crowd, lines, labels = _crowd(100_000), _lines(30_000), _labels(300)
    exported = _crowd(2_000, refs=True)
    return {
        "frame_100k_marks": _frame(crowd),
        "frame_100k_marks_pyqtgraph": _pyqtgraph_frame(100_000),
        "frame_30k_segments": _frame(lines),
        "frame_300_texts": _frame(labels),
        **{f"export_2k_marks_{suffix}": _export(exported, suffix) for suffix in ("svg", "png", "pdf")},
        **{f"export_2k_marks_{suffix}_matplotlib": _matplotlib(exported, suffix) for suffix in ("svg", "png", "pdf")},
    }


def _milliseconds(job: Callable[[], object], *, runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        times.append((time.perf_counter() - start) * 1000)
    return round(median(times), 2)


def _drawing(*items: Marks | Segments | Text) -> Drawing:
    plot = Rect(50, 30, _WIDTH - 80, _HEIGHT - 80)
    return Drawing(_WIDTH, _HEIGHT, "#ffffff", plot, (Layer("plot", items, plot),))


def _crowd(count: int, *, refs: bool = False) -> Drawing:
    random = np.random.default_rng(3)
    share = count // len(_COLOURS)
    batches = []
    for colour in _COLOURS:
        x, y = random.uniform(50, _WIDTH - 30, share), random.uniform(30, _HEIGHT - 50, share)
        named = tuple(
            Ref("record", (f"{colour[1:]}-{place}",), f"Chip {place}") for place in range(share if refs else 0)
        )
        batches.append(Marks("disc", x, y, 8.0, colour, refs=named))
    return _drawing(*batches)


def _lines(count: int) -> Drawing:
    random = np.random.default_rng(4)
    x, y = random.uniform(0, _WIDTH, count), random.uniform(0, _HEIGHT, count)
    ends = x + random.normal(0, 60, count), y + random.normal(0, 60, count)
    return _drawing(Segments(x, y, *ends, Pen("#8090a0")))


def _labels(count: int) -> Drawing:
    random = np.random.default_rng(5)
    places = zip(random.uniform(60, _WIDTH - 160, count), random.uniform(50, _HEIGHT - 80, count), strict=True)
    return _drawing(*(Text(x, y, f"Ascend {n}", 11, "#202020", halo="#ffffff") for n, (x, y) in enumerate(places)))


def _frame(drawing: Drawing) -> float:
    from PySide6.QtGui import QImage, QPainter

    from chipscape_desktop.export.painter import paint

    image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)

    def frame() -> None:
        painter = QPainter(image)
        paint(drawing, painter)
        painter.end()

    frame()
    return _milliseconds(frame, runs=15)


def _pyqtgraph_frame(count: int) -> float:
    import pyqtgraph
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget

    if not isinstance(QApplication.instance(), QApplication):
        raise RuntimeError("pyqtgraph needs a QApplication; make one before timing")
    random = np.random.default_rng(3)
    widget = pyqtgraph.PlotWidget(background="w")
    brushes = [pyqtgraph.mkBrush(_COLOURS[place % len(_COLOURS)]) for place in range(count)]
    x, y = random.uniform(0, 1, count), random.uniform(0, 1, count)
    widget.addItem(pyqtgraph.ScatterPlotItem(x=x, y=y, size=8, pen=None, brush=brushes))
    widget.resize(_WIDTH, _HEIGHT)
    widget.show()
    image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
    shift = iter(range(1000))

    def frame() -> None:
        widget.setXRange(next(shift) * 0.001, 1, padding=0)
        QWidget.render(widget, image)

    frame()
    result = _milliseconds(frame, runs=7)
    widget.close()
    widget.deleteLater()
    return result


def _export(drawing: Drawing, suffix: str) -> float:
    from chipscape_desktop.export.formats import FORMATS

    render = FORMATS[f".{suffix}"].render
    return _milliseconds(lambda: render(drawing, Caption("Marks", ""), CAPSULE), runs=3)


def _matplotlib(drawing: Drawing, suffix: str) -> float | None:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return None

    def save() -> None:
        figure: Any = Figure(figsize=(_WIDTH / 96, _HEIGHT / 96), dpi=96)
        axes = figure.add_axes((0, 0, 1, 1))
        for item in drawing.layers[0].items:
            if isinstance(item, Marks):
                axes.scatter(item.x, item.y, s=36, c=item.fill)
        figure.savefig(io.BytesIO(), format=suffix, dpi=192)

    return _milliseconds(save, runs=3)
