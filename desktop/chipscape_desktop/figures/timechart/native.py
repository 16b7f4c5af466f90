"""Charts over time as charts that stay editable: one for each panel, lines and spots over dates, bars over periods."""

from collections import defaultdict

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Floats
from chipscape_desktop.figures.native import ChartAxis, ChartPoint, ChartSeries, NativeChart, log_ends
from chipscape_desktop.figures.spec import LegendEntry
from chipscape_desktop.figures.timechart.periods import bin_name
from chipscape_desktop.figures.timechart.spec import Bar, Line, Panel, Spot, TimeChartSpec
from chipscape_desktop.i18n import _

_NO_MARKS = frozenset(("line", "dashed", "whisker", "band", "area", "fade", "density"))
_HALF, _YEAR = 110.0, 220.0  # days from which a bar stands for half a year, and for one


def charts(spec: TimeChartSpec, view: View) -> tuple[NativeChart, ...]:
    """Return a chart for each panel: of the days in view."""
    return tuple(_columns(panel, spec) if panel.bars else _scatter(panel, spec, view) for panel in spec.panels)


def _scatter(panel: Panel, spec: TimeChartSpec, view: View) -> NativeChart:
    series: list[ChartSeries] = []
    for area in panel.areas:
        for name, values in ((_("least, by rival claims"), area.low), (_("most, by rival claims"), area.high)):
            series.append(_line(name, area.colour, area.x, values, dashed=True, listed=False))
    for line in panel.lines:
        series.append(_line(_line_name(line, panel), line.colour, line.x, line.y, dashed=bool(line.dash)))
    groups: dict[tuple[str, str, bool], list[Spot]] = defaultdict(list)
    for spot in panel.spots:
        if view.x[0] <= spot.x <= view.x[1]:
            groups[spot.colour, spot.shape, spot.hollow].append(spot)
    for (colour, shape, hollow), spots in groups.items():
        name = _meaning(spec.caption.legend, colour, shape, hollow) or panel.title
        points = tuple(_spot(one) for one in spots)
        size = min(one.size for one in spots) * 0.75
        series.append(
            ChartSeries(name, colour, points, shape, hollow, size=size, listed=name != panel.title)  # type: ignore[arg-type]
        )
    for across in panel.across:
        ends = np.array(view.x)
        series.append(_line(across.label, "ink_soft", ends, np.full(2, across.value), dashed=True, listed=False))
    low, high = log_ends(panel.low, panel.high) if panel.log else (panel.low, panel.high)
    return NativeChart(
        "scatter", ChartAxis(spec.axis_title, *view.x, dates=True),
        ChartAxis(panel.title, low, high, panel.log, style=panel.style, suffix=panel.suffix), tuple(series),
        title=panel.title, share=panel.share,
    )  # fmt: skip


def _columns(panel: Panel, spec: TimeChartSpec) -> NativeChart:
    """Return bars on each other, counted by period and meaning; every bar of the panel is one fact."""
    starts = sorted({round(bar.x0) for bar in panel.bars})
    place = {start: number for number, start in enumerate(starts)}
    looks = sorted({_look(bar) for bar in panel.bars})
    series = []
    for colour, hatched, hollow in looks:
        points: list[ChartPoint | None] = [None] * len(starts)
        for bar in panel.bars:
            if _look(bar) == (colour, hatched, hollow):
                at = place[round(bar.x0)]
                before = points[at]
                height = bar.high - bar.low + (0.0 if before is None else before.y)
                names = bar.ref.title if before is None else f"{before.name}; {bar.ref.title}"
                points[at] = ChartPoint(0.0, height, names, ref=bar.ref)
        name = _meaning(spec.caption.legend, colour, "hatched" if hatched else "range", hollow) or panel.title
        series.append(ChartSeries(name, colour, tuple(points), hollow=hollow, hatched=hatched))
    spans = {round(bar.x0): bar for bar in panel.bars}
    return NativeChart(
        "columns", ChartAxis(spec.axis_title),
        ChartAxis(panel.title, panel.low, None, style=panel.style, suffix=panel.suffix), tuple(series),
        tuple(_period(spans[start]) for start in starts), stacked=True, title=panel.title, share=panel.share,
    )  # fmt: skip


def _look(bar: Bar) -> tuple[str, bool, bool]:
    return bar.colour, bar.hatched, bar.open or bar.dashed


def _period(bar: Bar) -> str:
    """Return the name of the period that a bar stands in, told by its length: the bar leaves a gap at both ends."""
    days = bar.x1 - bar.x0
    period = "quarter" if days < _HALF else "half" if days < _YEAR else "year"
    return bin_name(bar.x0 + 1, period)


def _meaning(legend: tuple[LegendEntry, ...], colour: str, shape: str, hollow: bool) -> str:
    """Return what the legend says of a mark: of its very look, else of its colour and, beside it, of being hollow."""
    marks = [one for one in legend if one.swatch not in _NO_MARKS]
    for one in marks:
        if (one.swatch, one.colour, one.hollow) == (shape, colour, hollow):
            return one.label
    meaning = next((one.label for one in marks if one.colour == colour and not one.hollow), "")
    look = next((one.label for one in marks if one.hollow), "") if hollow else ""
    return _("{meaning}, {look}").format(meaning=meaning, look=look) if meaning and look else meaning or look


def _line_name(line: Line, panel: Panel) -> str:
    """Return the name of a line: its label, behind the title of the panel where it is but a number."""
    label = line.label or line.short
    if label[:1].isalpha():
        return label
    return f"{panel.title}: {label}" if label else panel.title


def _spot(spot: Spot) -> ChartPoint:
    spread = (spot.low, spot.high) if spot.low is not None and spot.high is not None else None
    return ChartPoint(
        spot.x, spot.y, spot.ref.title.partition(":")[0], spot.label, spread, ref=spot.ref, priority=spot.priority
    )


def _line(
    name: str, colour: str, days: Floats, values: Floats, *, dashed: bool = False, listed: bool = True
) -> ChartSeries:
    corners = tuple(
        ChartPoint(day, value, name)
        for day, value in zip(days.tolist(), values.tolist(), strict=True)
        if np.isfinite(value)
    )
    return ChartSeries(name, colour, corners, marks=False, line=True, dashed=dashed, listed=listed)
