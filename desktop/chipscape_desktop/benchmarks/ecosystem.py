"""Frame times of the ecosystem map, moving and at rest, beside pyqtgraph's GraphItem."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from chipscape_db.queries.ecosystem import EcosystemEdge, EcosystemNode
from chipscape_desktop.benchmarks.graph_layout import scale_free
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.drawing import Drawing, Ref
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.arrange import arrange
from chipscape_desktop.figures.ecosystem.build import radii
from chipscape_desktop.figures.ecosystem.bundles import bends
from chipscape_desktop.figures.ecosystem.links import GROUPS
from chipscape_desktop.figures.ecosystem.spec import SHAPES, EcosystemSpec, Edges
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.figures.text import default_measure

SIZE = (1600, 900)
NODES = 10_000
_FRAMES = 15
_COLOURS = ("china", "us", "europe", "east-asia", "other")


def synthetic_spec(count: int = NODES, *, seed: int = 5) -> EcosystemSpec:
    """Return an arranged map of *count* records, three relationships each, the popular ones preferred."""
    rng = np.random.default_rng(seed)
    ends = scale_free(count, seed=seed)
    group = rng.integers(0, len(GROUPS), len(ends))
    kinds = tuple(SHAPES)
    nodes = tuple(
        EcosystemNode(
            f"n{i}", f"n{i}", kinds[i % len(kinds)], "", f"Record {i:05}", "", "", "", "", "official", ("s",)
        )
        for i in range(count)
    )  # fmt: skip
    rows = tuple(
        EcosystemEdge(f"e{i}", GROUPS[k].kinds[0], f"n{a}", f"n{b}", "", "", "official", ("s",))
        for i, (k, (a, b)) in enumerate(zip(group.tolist(), ends.tolist(), strict=True))
    )
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.int64)
    edges = Edges(
        rows, ends, group, rng.random(len(ends)) < 0.4, bends(ends),
        tuple(Ref("relationship", (row.id,), row.id) for row in rows), np.arange(len(rows)),
        np.ones(len(rows), dtype=np.int64),
    )  # fmt: skip
    spec = EcosystemSpec(
        Caption("A map", "", tuple(LegendEntry("range", name, name) for name in _COLOURS)), nodes,
        np.zeros((count, 2)), tuple(_COLOURS[i % len(_COLOURS)] for i in range(count)), radii(degree),
        degree.astype(np.float64), degree, tuple(Ref("record", (node.id,), node.name) for node in nodes), edges,
    )  # fmt: skip
    return arrange(spec)


def starter_spec() -> EcosystemSpec:
    """Return the map of the starter facts."""
    from sqlalchemy.orm import Session

    from chipscape_db.base_file import create_base, open_base

    with TemporaryDirectory() as folder:
        path = Path(folder) / "starter.chipscape"
        create_base(path, starter=True)
        base = open_base(path, write=False)
        with Session(base.engine) as session:
            rows = FIGURE.read(session, Request())
        base.close()
    return FIGURE.build(rows, Request())


def bench_ecosystem(count: int = NODES) -> dict[str, Any]:
    """Return milliseconds (median, 95th percentile) of a frame moving and at rest, ours and the baseline's."""
    from PySide6.QtWidgets import QApplication

    from chipscape_desktop.fonts import install_fonts

    app = QApplication.instance() or QApplication([])
    install_fonts()
    result: dict[str, Any] = {"size": SIZE, "budget_ms": {"moving": 8, "at_rest": 60}}
    for name, spec in (("starter", starter_spec()), (f"{count}", synthetic_spec(count))):
        result[name] = {
            "nodes": len(spec.nodes), "edges": len(spec.edges.rows), **_ours(spec), "baseline": _baseline(spec)
        }  # fmt: skip
    del app
    return result


def _ours(spec: EcosystemSpec) -> dict[str, Any]:
    """Time frames of the canvas: panning, and drawn in full after each step."""
    from PySide6.QtCore import QCoreApplication

    from chipscape_desktop.figures.catalog import View
    from chipscape_desktop.views.canvas import FigureCanvas

    canvas = FigureCanvas(y_down=True, lock_aspect=True, snapshot_while_moving=True)
    canvas.resize(*SIZE)

    def lay_out(view: View, size: tuple[float, float]) -> Drawing:
        return FIGURE.layout(spec, size=size, palette=LIGHT, measure=default_measure(), view=view)

    canvas.set_layout(lay_out, home=FIGURE.home(spec))
    canvas.show()
    canvas.go_home()
    picture = _Frame(canvas)
    picture.render()

    def moved() -> None:
        canvas.pan(0.004, 0.002)
        picture.render()

    def in_full() -> None:
        canvas.pan(0.004, 0.002)
        canvas.relayout()
        picture.render()

    result = {"at_rest_ms": _timed(in_full), "moving_ms": _timed(moved)}
    canvas.zoom(1 / 8)
    canvas.relayout()
    picture.render()
    result |= {"at_rest_8x_ms": _timed(in_full), "moving_8x_ms": _timed(moved)}
    canvas.close()
    canvas.deleteLater()
    QCoreApplication.processEvents()
    return result


class _Frame:
    """Renders a widget into an image, as a window system would have it painted."""

    def __init__(self, widget: Any) -> None:
        from PySide6.QtGui import QImage

        self._widget = widget
        self._image = QImage(*SIZE, QImage.Format.Format_RGB32)

    def render(self) -> None:
        """Paint one frame."""
        from PySide6.QtWidgets import QWidget

        QWidget.render(self._widget.viewport(), self._image)


def _baseline(spec: EcosystemSpec) -> dict[str, Any]:
    """Time pyqtgraph's GraphItem: straight aliased lines, discs of one colour, no names."""
    import pyqtgraph as pg
    from PySide6.QtCore import QCoreApplication

    widget = pg.PlotWidget(background="w")
    widget.resize(*SIZE)
    item = pg.GraphItem()
    item.setData(
        pos=spec.xy, adj=spec.edges.ends, size=np.clip(spec.radius * 40, 3, 24), pen=pg.mkPen(120, 130, 150, 90),
        symbolBrush=(40, 90, 170), symbolPen=None,
    )  # fmt: skip
    widget.addItem(item)
    widget.show()
    picture = _Frame(widget)
    picture.render()

    def moved() -> None:
        box = widget.getViewBox()
        box.translateBy(x=0.004 * box.viewRect().width(), y=0.002 * box.viewRect().height())
        picture.render()

    result = {"name": "pyqtgraph.GraphItem", "moving_ms": _timed(moved)}
    widget.close()
    widget.deleteLater()
    QCoreApplication.processEvents()
    return result


def _timed(frame: Callable[[], None]) -> dict[str, float]:
    frame()
    times = []
    for _turn in range(_FRAMES):
        start = time.perf_counter()
        frame()
        times.append((time.perf_counter() - start) * 1e3)
    return {"median": round(statistics.median(times), 2), "p95": round(float(np.percentile(times, 95)), 2)}
