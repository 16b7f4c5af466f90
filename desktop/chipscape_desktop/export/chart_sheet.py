"""The data of a native chart as rows of a sheet, and where in it each series finds its values and ranges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.native import ChartPoint, NativeChart
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

EPOCH: Final = 25_569
"""1970-01-01 as spreadsheets count days."""
Cell = str | float | None


@dataclass(frozen=True, slots=True)
class Ranges:
    """The formulas of one series; texts are empty where there is nothing."""

    name: str
    x: str
    y: str
    x_minus: str
    x_plus: str
    y_minus: str
    y_plus: str


def write_chart_data(
    book: "Workbook", sheet_name: str, chart: NativeChart, *, table: Table | None, caption: Caption
) -> tuple[Ranges, ...]:
    """Write the points of a chart with their ranges and sources to a new sheet; return where each series is."""
    sheet = book.add_worksheet(sheet_name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    behind = _Behind(table, caption)
    heads = [
        _("Name"), _("Series"), chart.x.title or _("Place"), chart.y.title, _("Below"), _("Above"), _("Left of it"),
        _("Right of it"), _("Label"), *behind.heads,
    ]  # fmt: skip
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, 24 if column in (0, 1) else 14)
    sheet.freeze_panes(1, 0)
    out = []
    row = 1
    for series in chart.series:
        first = row
        for place, point in enumerate(series.points):
            texts = [_name(chart, place, point), series.name]
            numbers: list[float | None] = [None] * 6
            if point is not None:
                numbers = _numbers(chart, point)
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)
            for column, value in enumerate(numbers, 2):
                if value is not None:
                    sheet.write_number(row, column, value, day if column == 2 and chart.x.dates else None)
            if point is not None:
                for column, cell in enumerate((point.label, *behind.cells(point)), 8):
                    if cell:
                        sheet.write_string(row, column, str(cell))
            row += 1
        out.append(_ranges(sheet_name, first, row - 1, series.points, bars=chart.kind != "scatter"))
    return tuple(out)


def _name(chart: NativeChart, place: int, point: ChartPoint | None) -> str:
    if chart.kind != "scatter":
        return chart.categories[place]
    return point.name if point is not None else ""


def _numbers(chart: NativeChart, point: ChartPoint) -> list[float | None]:
    """Return x, y and how far the whiskers reach below, above, left and right of the point."""
    x = None if chart.kind != "scatter" else point.x + EPOCH if chart.x.dates else point.x
    return [x, point.y, *y_reach(point), *x_reach(point)]


def x_reach(point: ChartPoint | None) -> tuple[float | None, float | None]:
    """Return how far the whiskers of a point reach to its left and right, nothing where there are none."""
    return (None, None) if point is None else _reach(point.x, point.x_range)


def y_reach(point: ChartPoint | None) -> tuple[float | None, float | None]:
    """Return how far the whiskers of a point reach below and above it, nothing where there are none."""
    return (None, None) if point is None else _reach(point.y, point.y_range)


def _reach(value: float, ends: tuple[float, float] | None) -> tuple[float | None, float | None]:
    return (None, None) if ends is None else (max(value - ends[0], 0.0), max(ends[1] - value, 0.0))


def _ranges(sheet: str, first: int, last: int, points: Sequence[ChartPoint | None], *, bars: bool) -> Ranges:
    quoted = "'" + sheet.replace("'", "''") + "'"

    def column(letter: str) -> str:
        return f"={quoted}!${letter}${first + 1}:${letter}${last + 1}"

    y_spread = any(point is not None and point.y_range for point in points)
    x_spread = any(point is not None and point.x_range for point in points)
    return Ranges(
        f"={quoted}!$B${first + 1}", column("A" if bars else "C"), column("D"),
        column("G") if x_spread else "", column("H") if x_spread else "",
        column("E") if y_spread else "", column("F") if y_spread else "",
    )  # fmt: skip


class _Behind:
    """What the figure's table and its sources say of a point: the columns that the chart itself does not have."""

    def __init__(self, table: Table | None, caption: Caption) -> None:
        self._table = table
        self._urls = {source.number: source.url for source in caption.sources}
        sources = _("Sources")
        self._sources = table.columns.index(sources) if table is not None and sources in table.columns else None
        self.heads = (*(table.columns if table is not None else ()), *((_("Addresses"),) if table is not None else ()))
        self._rows: dict[str, int] = {}
        for place, ref in enumerate(table.refs if table is not None else ()):
            if ref.ids:
                self._rows[ref.ids[0]] = -1 if ref.ids[0] in self._rows else place

    def cells(self, point: ChartPoint) -> tuple[str, ...]:
        """Return the texts of the point's row, and the addresses of its sources."""
        if self._table is None:
            return ()
        row = point.row
        if row is None and point.ref is not None and point.ref.ids:
            row = self._rows.get(point.ref.ids[-1 if point.ref.kind == "claim" else 0])
        if row is None or not 0 <= row < len(self._table.rows):
            return ()
        texts = self._table.rows[row]
        numbers = texts[self._sources].split(", ") if self._sources is not None else []
        urls = (self._urls.get(int(number), "") for number in numbers if number.isdecimal())
        return (*texts, " ".join(url for url in urls if url))
