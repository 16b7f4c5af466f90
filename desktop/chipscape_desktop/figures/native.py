"""A figure as a chart that other programs draw: series, axes and ranges, for slides and workbooks that stay editable.

A figure offers it as `charts(spec, view) -> tuple[NativeChart, ...]`, one chart for each of its panels.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Ref, Shape
from chipscape_desktop.figures.scales import ENGLISH_NUMBERS, NumberStyle


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A point: days since 1970 or a value at x, a value at y; in a chart of bars only `y` counts.

    The ranges are the ends of the whiskers, None where there are none; `label` is what stands beside it; `ref` is what
    it stands for; `row` is its row in the figure's table, where one record has several; labels are put in the order of
    `priority`, the highest first.
    """

    x: float
    y: float
    name: str
    label: str = ""
    y_range: tuple[float, float] | None = None
    x_range: tuple[float, float] | None = None
    ref: Ref | None = None
    row: int | None = None
    priority: float = 0.0


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """Points of one meaning: `colour` is a colour name of the palette, `line` joins them, `marks` shows each.

    In a chart of bars there is one point for each category, None where it has no bar of this series.
    """

    name: str
    colour: str
    points: Sequence[ChartPoint | None]
    shape: Shape = "disc"
    hollow: bool = False
    marks: bool = True
    line: bool = False
    dashed: bool = False
    hatched: bool = False
    size: float = 7.0
    listed: bool = True


@dataclass(frozen=True, slots=True)
class ChartAxis:
    """An axis from `low` to `high` in its own units: `dates` are days since 1970; `suffix` follows every number."""

    title: str
    low: float | None = None
    high: float | None = None
    log: bool = False
    dates: bool = False
    style: NumberStyle = ENGLISH_NUMBERS
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A chart: `scatter` with x and y, or bars across (`bars`) or upright (`columns`) over `categories`.

    `share` is its part of the height beside the other charts of the figure; bars of one category stand beside each
    other, or on each other when `stacked`, or in one place when only one of the series has one (`together`).
    """

    kind: Literal["scatter", "bars", "columns"]
    x: ChartAxis
    y: ChartAxis
    series: tuple[ChartSeries, ...]
    categories: tuple[str, ...] = ()
    stacked: bool = False
    together: bool = False
    title: str = ""
    share: float = 1.0


def charts_of(figure: Any, spec: Any, view: View | None) -> tuple[NativeChart, ...]:
    """Return the charts that stand for a figure, none where it cannot be one."""
    made = getattr(figure, "charts", None)
    if made is None:
        return ()
    charts: tuple[NativeChart, ...] = made(spec, view or figure.home(spec))
    return tuple(_longest_first(chart) for chart in charts if any(any(series.points) for series in chart.series))


def _longest_first(chart: NativeChart) -> NativeChart:
    """Return a scatter with its longest series first.

    WORKAROUND LibreOffice 7.4 shows nothing of a series that comes before a longer one: the first sets the rows of the
    table that it makes of a chart in a presentation.
    """
    if chart.kind != "scatter":
        return chart
    return replace(chart, series=tuple(sorted(chart.series, key=lambda one: -len(one.points))))


def can_be_native(figure: Any) -> bool:
    """Say whether a figure may leave as a chart that stays editable."""
    return hasattr(figure, "charts")


def log_ends(low: float, high: float) -> tuple[float, float]:
    """Return whole powers of ten around two positive values: other programs put the ticks of log axes there."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    return 10.0**first, 10.0 ** max(last, first + 1)
