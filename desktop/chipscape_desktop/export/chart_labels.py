"""Where the names in a native chart stand: beside their marks, never over each other; those without room go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from chipscape_desktop.figures.drawing import Floats, Rect
from chipscape_desktop.figures.labels import SIDES, LabelRequests, Side, place
from chipscape_desktop.figures.native import ChartAxis, ChartSeries, NativeChart
from chipscape_desktop.figures.text import default_measure

_TRIED: Final[tuple[Side, ...]] = ("right", "left", "above", "below")
_WORDS: Final = {"right": "r", "left": "l", "above": "t", "below": "b"}
_LEFT, _RIGHT, _BOTTOM, _LEGEND_ROW, _SWATCH = 74.0, 24.0, 52.0, 17.0, 44.0  # pixels around the plot
_HEAD, _STEP = 26.0, 5.0
_BARS_SHARE: Final = 0.72  # of the width that bars have beside the names of their categories
INSIDE: Final = "inBase"
"""Where a label stands in its bar."""
_SIZE: Final = 11.0
_FULL: Final = 7.0  # a mark's half, with the air that the names of other programs keep


@dataclass(frozen=True, slots=True)
class Arranged:
    """A chart with the names that have room; `sides` says for each series where those of its points stand.

    `plot` is the area of the data within the chart, as parts of its width and height.
    """

    chart: NativeChart
    sides: tuple[Mapping[int, str], ...]
    plot: Rect


def arranged(chart: NativeChart, size: tuple[float, float], text: float) -> Arranged:
    """Return the chart with its names placed, for a size in pixels and letters *text* times as large as usual."""
    plot = _plot(chart, size, text)
    parts = Rect(plot.x / size[0], plot.y / size[1], plot.width / size[0], plot.height / size[1])
    found = [
        (number, index, point)
        for number, series in enumerate(chart.series)
        for index, point in enumerate(series.points)
        if point is not None and series.marks
    ]
    if chart.kind != "scatter" or not found:
        return Arranged(chart, tuple(_beneath_whiskers(chart, one, size, text) for one in chart.series), parts)
    measure = default_measure()
    x, y = (
        _pixels(chart.x, [one.x for _n, _i, one in found], plot.x, plot.right),
        _pixels(chart.y, [one.y for _n, _i, one in found], plot.bottom, plot.y),
    )
    named = [place for place, (_n, _i, one) in enumerate(found) if one.label]
    marks = np.stack([x - _FULL, y - _FULL, x + _FULL, y + _FULL], axis=1)
    wide = np.array([measure.width(found[one][2].label, _SIZE * text) + 4 for one in named])
    requests = LabelRequests(
        x[named], y[named], np.full(len(named), _FULL), wide, np.full(len(named), 1.25 * _SIZE * text),
        np.array([found[one][2].priority for one in named]), _TRIED,
    )  # fmt: skip
    room = Rect(plot.x, plot.y, plot.width + _RIGHT, plot.height)
    placed = place(requests, room, obstacles=np.concatenate([marks, *_along_lines(chart, plot)]))
    sides: list[dict[int, str]] = [{} for _series in chart.series]
    for place_, one in enumerate(named):
        side = int(placed.side[place_])
        if side >= 0:
            number, index, _point = found[one]
            sides[number][index] = _WORDS[SIDES[side]]
    kept = tuple(
        replace(
            series,
            points=tuple(
                point if point is None or not point.label or index in own else replace(point, label="")
                for index, point in enumerate(series.points)
            ),
        )
        for series, own in zip(chart.series, sides, strict=True)
    )
    return Arranged(replace(chart, series=kept), tuple(sides), parts)


def _beneath_whiskers(
    chart: NativeChart, series: ChartSeries, size: tuple[float, float], text: float
) -> Mapping[int, str]:
    """Return which labels stand inside their bars: those whose whisker would run through them, where there is room."""
    every = [
        max(point.y, *(point.y_range or (0.0,))) for one in chart.series for point in one.points if point is not None
    ]
    if chart.kind != "bars" or chart.y.log or series.hollow or series.hatched or not every:
        return {}
    per_pixel = max(every) / (size[0] * _BARS_SHARE)
    measure = default_measure()
    return {
        index: INSIDE for index, point in enumerate(series.points)
        if point is not None and point.label and point.y_range is not None
        and measure.width(point.label, _SIZE * text) + 2 * _FULL < min(point.y, point.y_range[0]) / per_pixel
    }  # fmt: skip


def _along_lines(chart: NativeChart, plot: Rect) -> Iterator[Floats]:
    """Yield small boxes along the lines, which names keep away from."""
    for series in chart.series:
        points = [point for point in series.points if point is not None]
        if not series.line or len(points) < 2:
            continue
        x = _pixels(chart.x, [one.x for one in points], plot.x, plot.right)
        y = _pixels(chart.y, [one.y for one in points], plot.bottom, plot.y)
        far = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
        if far[-1] > 0:
            steps = np.linspace(0.0, far[-1], int(far[-1] / _STEP) + 2)
            at, high = np.interp(steps, far, x), np.interp(steps, far, y)
            yield np.stack([at - 1, high - 1, at + 1, high + 1], axis=1)


def _plot(chart: NativeChart, size: tuple[float, float], text: float) -> Rect:
    """Return the area of the data in pixels: below as many rows of legend as there must be."""
    measure = default_measure()
    listed = [measure.width(one.name, _SIZE * text) + _SWATCH for one in chart.series if one.listed]
    rows = max(1, -(-int(sum(listed)) // max(int(size[0] * 0.8), 1))) if listed else 0
    top = 10.0 + rows * _LEGEND_ROW * text
    if chart.title:
        top = _HEAD * text
    height = max(size[1] - top - _BOTTOM * text, 20.0)
    return Rect(_LEFT * text, top, max(size[0] - (_LEFT + _RIGHT) * text, 20.0), height)


def _pixels(axis: ChartAxis, values: list[float], start: float, end: float) -> Floats:
    numbers = np.array(values, dtype=np.float64)
    low, high = ends_of(axis, values)
    if axis.log:
        numbers, low, high = np.log10(numbers), float(np.log10(low)), float(np.log10(high))
    return start + (numbers - low) / (high - low) * (end - start)


def ends_of(axis: ChartAxis, values: list[float]) -> tuple[float, float]:
    """Return the ends of an axis: its own, or those of the values where it leaves them to the program."""
    low = axis.low if axis.low is not None else min(values)
    high = axis.high if axis.high is not None else max(values)
    return (low, high) if low < high else (low, low + 1.0)
