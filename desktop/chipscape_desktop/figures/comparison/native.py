"""A comparison as bars that stay editable: a category for each metric, a series for each chip, in percent."""

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.comparison.spec import ComparisonSpec, Line
from chipscape_desktop.figures.native import ChartAxis, ChartPoint, ChartSeries, NativeChart
from chipscape_desktop.figures.timechart.axes import percent_sign


def charts(spec: ComparisonSpec, view: View) -> tuple[NativeChart, ...]:
    """Return one chart of all metrics."""
    groups: list[tuple[str, list[tuple[int, Line]]]] = []
    row = 0
    for line in spec.lines:
        if line.head:
            groups.append((line.name, []))
        elif groups:
            groups[-1][1].append((row, line))
            row += 1
    names = list(dict.fromkeys(line.name for _head, lines in groups for _row, line in lines))
    series = []
    for name in names:
        own = [next(((row, line) for row, line in lines if line.name == name), None) for _head, lines in groups]
        first = next(line for one in own if one is not None for line in [one[1]])
        points = tuple(None if one is None else _point(*one) for one in own)
        series.append(ChartSeries(name, first.colour, points, first.shape))
    low = view.x[0]
    axis = ChartAxis(
        spec.axis.title, 10.0**low if spec.axis.log else min(low, 0.0), None, spec.axis.log, style=spec.axis.style,
        suffix=percent_sign(),
    )  # fmt: skip
    return (NativeChart("bars", ChartAxis(""), axis, tuple(series), tuple(head for head, _lines in groups)),)


def _point(row: int, line: Line) -> ChartPoint | None:
    if line.share is None:
        return None
    spread = (line.low, line.high) if line.contested else None
    return ChartPoint(0.0, line.share, line.name, line.text, spread, ref=line.ref, row=row)
