"""Rooflines as a scatter of lines that stays editable, with the ridges and what was measured."""

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.native import ChartAxis, ChartPoint, ChartSeries, NativeChart, log_ends
from chipscape_desktop.figures.roofline.spec import Roof, RooflineSpec, attainable


def charts(spec: RooflineSpec, view: View) -> tuple[NativeChart, ...]:
    """Return one chart of the roofs."""
    x, y = (
        ChartAxis(axis.title, *log_ends(10.0 ** ends[0], 10.0 ** ends[1]), True, style=axis.style)
        for axis, ends in ((spec.x_axis, view.x), (spec.axis, view.y))
    )
    series: list[ChartSeries] = []
    for roof in spec.roofs:
        series += _roof(roof, x)
        measured = tuple(ChartPoint(one.intensity, one.value, one.ref.title, ref=one.ref) for one in roof.measured)
        if measured:
            series.append(ChartSeries(roof.name, roof.colour, measured, "cross", listed=False))
    return (NativeChart("scatter", x, y, tuple(series)),)


def _roof(roof: Roof, x: ChartAxis) -> tuple[ChartSeries, ChartSeries]:
    assert x.low is not None
    assert x.high is not None
    corners = np.array([x.low, min(max(roof.ridge, x.low), x.high), x.high])
    values = attainable(corners, roof.compute, roof.bandwidth).tolist()
    spread = roof.compute_range if roof.contested else None
    points = tuple(ChartPoint(at, value, roof.name) for at, value in zip(corners.tolist(), values, strict=True))
    ridge = ChartPoint(points[1].x, points[1].y, roof.name, roof.label, spread, ref=roof.ref, priority=points[1].y)
    return (
        ChartSeries(roof.name, roof.colour, points, marks=False, line=True, dashed=roof.hollow),
        ChartSeries(roof.name, roof.colour, (ridge,), roof.shape, roof.hollow, size=8.0, listed=False),
    )
