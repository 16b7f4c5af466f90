"""The charts of the gallery: figures of the performance screen in a real window, and what their marks open."""

from functools import partial
from typing import TYPE_CHECKING

from chipscape_db.figure_content import Annotation, FigureContent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chipscape_desktop.shell.main_window import MainWindow

CHARTS: "dict[str, tuple[str, Mapping[str, str]]]" = {
    "chart-ranking": ("ranking", {}),
    "chart-comparison": ("comparison", {}),
    "chart-comparison-bars": ("comparison", {"chips": "ascend-910b,ascend-910c,nvidia-h20", "form": "bars"}),
    "chart-efficiency": ("efficiency", {}),
    "chart-efficiency-facets": ("efficiency", {"facet": "country", "size": "memory.capacity"}),
    "chart-bytes-per-operation": ("efficiency", {"y": "memory.bandwidth", "x": "compute.fp16", "colour": "vendor"}),
    "chart-roofline": ("roofline", {}),
    "chart-specifications": ("spec-table", {}),
    "chart-facets": ("performance-over-time", {"facet": "country", "size": "sources", "convert": "on"}),
}
"""Figures with their options, by the name of the picture."""


def show_chart(name: str, options: "Mapping[str, str]", window: "MainWindow") -> None:
    """Show a figure on the performance screen."""
    window.show_screen("performance")
    window.current().show_figure(name, options)


def show_rivals(settle: "Callable[[MainWindow], None]", window: "MainWindow") -> None:
    """Open the mark of a contested value: its claims stand side by side below the figure."""
    show_chart("comparison", {}, window)
    settle(window)
    screen = window.current()
    line = next(one for one in screen.current_spec().lines if one.contested)
    screen.pointing.activate(line.ref)


def show_remarks(window: "MainWindow") -> None:
    """Show a figure with a remark of every kind."""
    window.show_screen("performance")
    remarks = (
        Annotation("text", ((18900.0, 2.45),), "Does it match an A100?"),
        Annotation("line-across", ((18000.0, 2.494),), "A100: 312 TFLOPS"),
        Annotation("line-down", ((19272.0, 2.0),), "October 2022 rule"),
        Annotation("growth", ((17775.0, 0.9), (19300.0, 2.447)), "Huawei"),
        Annotation("difference", ((18400.0, 2.494), (19900.0, 2.995)), "H100"),
        Annotation("arrow", ((17000.0, 3.2), (18400.0, 2.494)), "here"),
    )
    window.current().show_content(FigureContent("performance-over-time", {}, annotations=remarks))


def chip_chart_screens(settle: "Callable[[MainWindow], None]") -> "dict[str, Callable[[MainWindow], None]]":
    """Return the screens by name; *settle* waits until a window is at rest."""
    return {
        **{name: partial(show_chart, *asked) for name, asked in CHARTS.items()},
        "chart-rivals": partial(show_rivals, settle),
        "chart-remarks": show_remarks,
    }
