"""The charts of the performance screen in the gallery: each in the window, with what its cells open, and as a table."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from chipscape_desktop.figures.catalog import inside_of

if TYPE_CHECKING:
    from chipscape_desktop.shell.main_window import MainWindow

CHARTS = ("gap", "domestic-share", "openness", "output", "models-over-time", "stack-matrix", "export-control")


def charts(settle: "Callable[[MainWindow], None]") -> "dict[str, Callable[[MainWindow], None]]":
    """Return the screens of the charts by their names; *settle* waits until a window is calm."""
    return {
        **{f"chart-{name}": partial(_chart, settle, name) for name in CHARTS},
        "chart-cell": partial(_cell, settle),
        "chart-table": partial(_table, settle),
    }


def _show(settle: "Callable[[MainWindow], None]", name: str, window: "MainWindow") -> Any:
    window.show_screen("performance")
    settle(window)
    screen: Any = window.current()
    screen.show_figure(name)
    settle(window)
    return screen


def _chart(settle: "Callable[[MainWindow], None]", name: str, window: "MainWindow") -> None:
    _show(settle, name, window).show_table(False)


def _cell(settle: "Callable[[MainWindow], None]", window: "MainWindow") -> None:
    screen = _show(settle, "stack-matrix", window)
    spec = screen.current_spec()
    cell = spec.rows[0].cells[0]
    screen.inside.show_refs(inside_of(spec, cell.ref), cell.ref.title.partition(":")[0])


def _table(settle: "Callable[[MainWindow], None]", window: "MainWindow") -> None:
    _show(settle, "gap", window).show_table(True)
