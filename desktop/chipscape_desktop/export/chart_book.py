"""Native charts in workbooks: their data with sources on a sheet, and the chart that reads it, with whiskers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZipFile

from chipscape_desktop.export.chart_labels import INSIDE, Arranged
from chipscape_desktop.export.chart_sheet import EPOCH, Ranges, write_chart_data, x_reach, y_reach
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.native import ChartAxis, ChartSeries, NativeChart
from chipscape_desktop.figures.palette import Palette, contrast, mix
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.font_names import INTER_FAMILY
from chipscape_desktop.i18n import _

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

_MARKERS: Final = {
    "disc": "circle", "square": "square", "diamond": "diamond", "triangle": "triangle", "cross": "x",
    "dash": "long_dash", "tick": "short_dash", "hexagon": "circle", "tab": "square", "arrow": "triangle",
}  # fmt: skip
_TYPES: Final = {"scatter": "scatter", "bars": "bar", "columns": "column"}
_YEAR: Final = 365.25
_STEPS: Final = 6
_MOST_WORDED: Final = 1e13  # beyond it numbers are told as powers of ten
_MOST_YEARS: Final = 16  # marks along an axis of years
_POINTS: Final = 0.75  # of a pixel
_SMALL, _USUAL = 11.0, 12.0  # pixels of numbers and names, of titles


@dataclass(frozen=True, slots=True)
class Look:
    """How charts are painted: the palette, and how much larger than usual their text is set."""

    palette: Palette
    text: float = 1.0

    def font(self, size: float = _SMALL, colour: str = "") -> dict[str, Any]:
        """Return a font of *size* pixels."""
        ink = colour or self.palette.ink_soft
        return {"name": INTER_FAMILY, "size": size * self.text * _POINTS, "color": ink, "bold": False}


def add_chart(
    book: "Workbook", placed: Arranged, sheet_name: str, look: Look, *, table: Table | None, caption: Caption
) -> "Chart":
    """Write the data of a chart to a sheet and return the chart that reads it, not put anywhere yet."""
    chart = placed.chart
    ranges = write_chart_data(book, sheet_name, chart, table=table, caption=caption)
    options = {"type": _TYPES[chart.kind]} | ({"subtype": "stacked"} if chart.stacked else {})
    made = book.add_chart(options)
    assert made is not None
    for series, where, sides in zip(chart.series, ranges, placed.sides, strict=True):
        made.add_series(_series(series, where, chart, look, sides))
    x, y = _axis(chart.x, look), _axis(chart.y, look)
    if chart.kind != "scatter":
        x = {
            "num_font": look.font(colour=look.palette.ink), "line": {"color": look.palette.ink_soft},
            "major_tick_mark": "none", "name": chart.x.title, "name_font": look.font(_USUAL), "label_position": "low",
        }  # fmt: skip
    if chart.kind == "bars":  # there the library has x for the axis that lies
        x, y = y | {"label_position": "next_to"}, x | {"reverse": True, "crossing": "max"}
    if chart.title:
        y, x = y | {"name": ""}, x | {"name": ""}
    made.set_x_axis(x)
    made.set_y_axis(y)
    # One of several charts has its quantity over it, where there is room for the words, and its legend at the foot.
    font = look.font(_USUAL, look.palette.ink)
    made.set_title(
        {"name": chart.title, "name_font": font, "overlay": True, "layout": {"x": 0.0, "y": 0.0}}
        if chart.title
        else {"none": True}
    )
    legend = {"position": "bottom" if chart.title else "top", "font": look.font(colour=look.palette.ink)}
    unlisted = [place for place, series in enumerate(chart.series) if not series.listed]
    made.set_legend(legend | {"delete_series": unlisted})
    made.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    plot = placed.plot
    area = {"x": plot.x, "y": plot.y, "width": plot.width, "height": plot.height}
    made.set_plotarea({"fill": {"none": True}} | ({"layout": area} if chart.kind == "scatter" else {}))
    made.show_blanks_as("gap")
    return made


def chart_xml_and_book(placed: Arranged, look: Look, *, table: Table | None, caption: Caption) -> tuple[bytes, bytes]:
    """Return a chart as DrawingML, and the workbook that holds its data."""
    from xlsxwriter import Workbook

    name = _("Data")
    with_chart, alone = BytesIO(), BytesIO()
    with Workbook(with_chart, {"in_memory": True}) as book:
        made = add_chart(book, placed, name, look, table=table, caption=caption)
        book.worksheets()[0].insert_chart("L2", made)
    with Workbook(alone, {"in_memory": True, "strings_to_formulas": False}) as book:
        write_chart_data(book, name, placed.chart, table=table, caption=caption)
        _write_sources(book, caption)
    with ZipFile(with_chart) as package:
        return package.read("xl/charts/chart1.xml"), alone.getvalue()


def _write_sources(book: "Workbook", caption: Caption) -> None:
    sheet = book.add_worksheet(_("Sources"))
    for column, head in enumerate((_("Number"), _("Source"), _("Address"))):
        sheet.write_string(0, column, head)
    for row, source in enumerate(caption.sources, 1):
        sheet.write_number(row, 0, source.number)
        sheet.write_string(row, 1, source.text)
        sheet.write_string(row, 2, source.url)


def _series(
    series: ChartSeries, where: Ranges, chart: NativeChart, look: Look, sides: Mapping[int, str]
) -> dict[str, Any]:
    palette = look.palette
    ink = palette.colour(series.colour)
    made: dict[str, Any] = {"name": where.name, "categories": where.x, "values": where.y}
    whisker = {"line": {"color": palette.ink if chart.kind != "scatter" else ink, "width": 1.25}, "end_style": 1}
    if where.y_minus:
        below, above = zip(*(y_reach(one) for one in series.points), strict=True)
        made["y_error_bars"] = {
            "type": "custom", "plus_values": where.y_plus, "minus_values": where.y_minus, "plus_data": above,
            "minus_data": below, **whisker,
        }  # fmt: skip
    if where.x_minus:
        left, right = zip(*(x_reach(one) for one in series.points), strict=True)
        made["x_error_bars"] = {
            "type": "custom", "plus_values": where.x_plus, "minus_values": where.x_minus, "plus_data": right,
            "minus_data": left, "line": {"color": mix(ink, palette.ground, 0.6), "width": 1.25}, "end_style": 0,
        }  # fmt: skip
    inside = look.font(colour=max((palette.ground, palette.ink), key=lambda one: contrast(one, ink)))
    labels: list[dict[str, Any]] = [
        {"value": one.label, **({"font": inside} if sides.get(place) == INSIDE else {})}
        if one is not None and one.label else {"delete": True}
        for place, one in enumerate(series.points)
    ]  # fmt: skip
    if any("value" in one for one in labels) and not chart.stacked:
        position = "right" if chart.kind == "scatter" else "outside_end"
        made["data_labels"] = {
            "value": True, "custom": labels, "position": position, "font": look.font(colour=palette.ink),
        }  # fmt: skip
    if chart.kind == "scatter":
        made |= _marks(series, ink, palette)
    else:
        made |= _boxes(series, ink, palette)
        made["gap"] = 45
        if chart.together or chart.stacked:
            made["overlap"] = 100
    return made


def _marks(series: ChartSeries, ink: str, palette: Palette) -> dict[str, Any]:
    made: dict[str, Any] = {"line": {"none": True}, "marker": {"type": "none"}}
    if series.line:
        made["line"] = {"color": ink, "width": 1.5} | ({"dash_type": "dash"} if series.dashed else {})
    if series.marks:
        fill = {"color": mix(ink, palette.ground, 0.75) if series.hollow else ink}
        border = {"color": ink, "width": 1.25} if series.hollow or series.shape in ("cross", "dash") else {"none": True}
        made["marker"] = {
            "type": _MARKERS[series.shape], "size": max(2, round(series.size)), "fill": fill, "border": border,
        }  # fmt: skip
    return made


def _boxes(series: ChartSeries, ink: str, palette: Palette) -> dict[str, Any]:
    border = {"color": ink, "width": 1.0}
    if series.hatched:
        return {
            "pattern": {"pattern": "wide_upward_diagonal", "fg_color": ink, "bg_color": palette.ground},
            "border": border,
        }
    if series.hollow:
        return {"fill": {"color": palette.ground}, "border": border}
    return {"fill": {"color": ink}, "border": {"none": True}}


def _axis(axis: ChartAxis, look: Look) -> dict[str, Any]:
    palette = look.palette
    made: dict[str, Any] = {
        "name": axis.title, "name_font": look.font(_USUAL), "num_font": look.font(), "crossing": "min",
        "major_gridlines": {"visible": True, "line": {"color": palette.rule, "width": 0.75}},
        "line": {"color": palette.ink_soft, "width": 0.75}, "num_format": _number_format(axis), "label_position": "low",
    }  # fmt: skip
    if axis.dates and axis.low is not None and axis.high is not None:
        return made | _years(axis.low, axis.high)
    if axis.log:
        made["log_base"] = 10
    elif axis.low is not None and axis.high is not None:
        return made | _even(axis.low, axis.high)
    if axis.low is not None:
        made["min"] = axis.low
    if axis.high is not None:
        made["max"] = axis.high
    return made


def _even(low: float, high: float) -> dict[str, Any]:
    """Return the ends and the step of a linear axis as round numbers."""
    rough = max(high - low, 1e-9) / _STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in (1.0, 2.0, 2.5, 5.0, 10.0) if one * power >= rough * (1 - 1e-9))
    return {
        "min": math.floor(low / step + 1e-9) * step,
        "max": math.ceil(high / step - 1e-9) * step,
        "major_unit": step,
    }


def _years(low: float, high: float) -> dict[str, Any]:
    """Return the ends and the step of an axis of dates so that every mark falls on the first days of a year.

    Steps of 365.25 days drift by less than a day from the first of January: the axis begins a day after one.
    """
    from datetime import date, timedelta

    first = (date(1970, 1, 1) + timedelta(days=low)).year
    last = (date(1970, 1, 1) + timedelta(days=high)).year + 1
    step = max(1, -(-(last - first) // _MOST_YEARS))
    start = (date(first, 1, 1) - date(1970, 1, 1)).days + 1 + EPOCH
    steps = -(-(last - first) // step)
    return {"min": start, "max": start + steps * step * _YEAR, "major_unit": step * _YEAR}


def _number_format(axis: ChartAxis) -> str:
    if axis.dates:
        return "yyyy"
    suffix = f'"{axis.suffix}"' if axis.suffix else ""
    thousand, million, milliard = (f'"{one}"' for one in axis.style.suffixes[1:4])
    # Three cases are the most that a number format holds; what is below a thousand stands as it is.
    if axis.log and axis.high is not None and axis.high > _MOST_WORDED:
        return f"0E+0{suffix}"
    if axis.log and axis.high is not None and axis.high > 1e9:
        return f"[>=1000000000]#,##0,,,{milliard}{suffix};[>=1000000]#,##0,,{million}{suffix};General{suffix}"
    if axis.log:
        return f"[>=1000000]#,##0,,{million}{suffix};[>=1000]#,##0,{thousand}{suffix};General{suffix}"
    large = axis.high is not None and axis.high >= 1000
    return f"#,##0{suffix}" if large else f"General{suffix}"
