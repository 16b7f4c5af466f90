"""Performance over time as a chart that stays editable: a series for each meaning, whiskers, claims and frontiers."""

from collections import defaultdict

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.native import ChartAxis, ChartPoint, ChartSeries, NativeChart, log_ends
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.i18n import _

_VAGUE_DAYS = 45.0


def charts(spec: PerformanceSpec, view: View) -> tuple[NativeChart, ...]:
    """Return one chart of what is in view."""
    points, log = spec.points, spec.axis.log
    meaning = {
        entry.colour: entry.label for entry in spec.caption.legend if entry.swatch == "disc" and not entry.hollow
    }
    inside = np.flatnonzero(
        (points.x >= view.x[0]) & (points.x <= view.x[1]) & (points.level >= view.y[0]) & (points.level <= view.y[1])
    )
    groups: dict[tuple[int, str], list[ChartPoint]] = defaultdict(list)
    for place in inside.tolist():
        groups[int(points.colour[place]), _look(spec, place)].append(_point(spec, place))
    series = [
        ChartSeries(
            _named(meaning.get(spec.colours[colour], spec.colours[colour]), look), spec.colours[colour], tuple(found),
            "diamond" if look == "special" else "square" if look == "converted" else "disc", look == "unsaid",
        )
        for (colour, look), found in sorted(groups.items())
    ]  # fmt: skip
    shown = set(inside.tolist())
    claims = [
        ChartPoint(float(points.x[place]), value, spec.ticks.refs[tick].title, ref=spec.ticks.refs[tick])
        for tick, (place, value) in enumerate(zip(spec.ticks.point.tolist(), spec.ticks.value.tolist(), strict=True))
        if place in shown
    ]
    if claims:
        series.append(ChartSeries(_("single claims"), "ink_soft", tuple(claims), "dash", size=5.0))
    for line in spec.frontiers:
        colour = spec.colours[line.colour]
        name = _("best so far: {side}").format(side=meaning.get(colour, colour))
        series.append(_line(name, colour, line.x.tolist(), line.value.tolist()))
    for trend in spec.trends:
        series.append(
            _line(trend.label, spec.colours[trend.colour], trend.x.tolist(), trend.value.tolist(), dashed=True)
        )
    if spec.reference is not None:
        level = [spec.reference.value] * 2
        series.append(_line(spec.reference.label, "ink_soft", list(view.x), level, dashed=True))
    low, high = view.y
    if log:
        low, high = log_ends(10.0**low, 10.0**high)
    return (
        NativeChart(
            "scatter", ChartAxis(_("Release date"), *view.x, dates=True),
            ChartAxis(spec.axis.title, low, high, log, style=spec.axis.style), tuple(series),
        ),
    )  # fmt: skip


def _look(spec: PerformanceSpec, place: int) -> str:
    points = spec.points
    if points.converted is not None and points.converted[place]:
        return "converted"
    return "special" if points.special[place] else "unsaid" if points.hollow[place] else ""


def _named(meaning: str, look: str) -> str:
    if not look:
        return meaning
    words = {
        "converted": _("converted by rule"),
        "special": _("under a condition of its own"),
        "unsaid": _("convention not said"),
    }
    return _("{meaning}, {look}").format(meaning=meaning, look=words[look])


def _point(spec: PerformanceSpec, place: int) -> ChartPoint:
    points = spec.points
    first, last = float(points.first[place]), float(points.last[place])
    ref = points.refs[place]
    return ChartPoint(
        float(points.x[place]), float(points.value[place]), ref.title.partition(":")[0], points.labels[place],
        (float(points.low[place]), float(points.high[place])) if points.contested[place] else None,
        (first, last) if last - first > _VAGUE_DAYS else None, ref,
        priority=float(points.priority[place]),
    )  # fmt: skip


def _line(name: str, colour: str, days: list[float], values: list[float], *, dashed: bool = False) -> ChartSeries:
    corners = tuple(ChartPoint(day, value, name) for day, value in zip(days, values, strict=True))
    return ChartSeries(name, colour, corners, marks=False, line=True, dashed=dashed)
