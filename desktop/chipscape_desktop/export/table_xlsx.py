"""A figure's data as a workbook: sheets Data, Sources and About. The same table gives the same bytes."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from chipscape_desktop.export.chart_book import Look, add_chart
from chipscape_desktop.export.chart_labels import arranged
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.table_csv import cells
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.palette import PRINT
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_MOMENT: Final = datetime(1980, 1, 1)
_LONGEST: Final = 32_767  # letters in one cell
_CHART_WIDTH, _CHART_HEIGHT = 1080, 560
_MOST_ROWS = 1_048_576  # of one sheet
_WIDEST, _NARROWEST = 60, 8

Cell = str | float | None


def render_xlsx(
    table: Table, caption: Caption, capsule: Capsule, *, charts: Sequence[NativeChart] = (), text: float = 1.0
) -> bytes:
    """Return the workbook; numbers are numbers, sources have their addresses, About says what it was made from.

    Texts stay texts: nothing is read as a formula, a link or a number. *charts* stand on a sheet of their own, which is
    white whatever the theme, with letters *text* times as large as usual, and read their data from sheets behind it.
    """
    from xlsxwriter import Workbook

    data: list[Sequence[Cell]] = [table.columns]
    data += [
        [text if number is None else number for text, number in cells(table, row)] for row in range(len(table.rows))
    ]
    sources: list[Sequence[Cell]] = [(_("Number"), _("Source"), _("Address"))]
    sources += [(float(source.number), source.text, source.url) for source in caption.sources]
    about: list[Sequence[Cell]] = [(caption.title, ""), (caption.subtitle, "")]
    about += [(note, "") for note in caption.notes]
    about += [("", ""), (capsule.application, capsule.to_json())]
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {"title": caption.title, "subject": caption.subtitle, "author": capsule.application, "created": _MOMENT}
        )
        bold = book.add_format({"bold": True})
        for number, rows in enumerate(sheets_of(data)):
            _sheet(book, _("Data") if number == 0 else f"{_('Data')} {number + 1}", rows, head=bold)
        _sheet(book, _("Sources"), sources, head=bold)
        _sheet(book, _("About"), about, head=None)
        if charts:
            _chart_sheets(book, charts, Look(PRINT, text), table=table, caption=caption)
    return out.getvalue()


def sheets_of(data: Sequence[Sequence[Cell]]) -> list[Sequence[Sequence[Cell]]]:
    """Return the rows of one sheet, or of several with the heads on each, where one cannot hold them."""
    if len(data) <= _MOST_ROWS:
        return [data]
    room = _MOST_ROWS - 1
    return [[data[0], *data[start : start + room]] for start in range(1, len(data), room)]


def _chart_sheets(
    book: "Workbook", charts: Sequence[NativeChart], look: Look, *, table: Table, caption: Caption
) -> None:
    place = book.add_worksheet(_("Chart"))
    place.hide_gridlines(2)
    for number, chart in enumerate(charts):
        name = _("Data of the chart") if number == 0 else f"{_('Data of the chart')} {number + 1}"
        placed = arranged(chart, (_CHART_WIDTH, _CHART_HEIGHT), look.text)
        made = add_chart(book, placed, name, look, table=table, caption=caption)
        made.set_size({"width": _CHART_WIDTH, "height": _CHART_HEIGHT})
        place.insert_chart(2 + number * (_CHART_HEIGHT // 20 + 1), 0, made, {"description": caption.title})
    place.write_string(0, 0, caption.title, book.add_format({"bold": True, "font_size": 14}))
    place.write_string(1, 0, caption.subtitle)


def _sheet(book: "Workbook", name: str, rows: Sequence[Sequence[Cell]], *, head: "Format | None") -> None:
    sheet = book.add_worksheet(name)
    width = max((len(row) for row in rows), default=0)
    for column in range(width):
        sheet.set_column(column, column, _width(rows, column))
    for line, row in enumerate(rows):
        style = head if line == 0 else None
        for column, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(line, column, value, style)
            elif value:
                sheet.write_string(line, column, value[:_LONGEST], style)
    if head is not None:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), max(width - 1, 0))


def _width(rows: Sequence[Sequence[Cell]], place: int) -> int:
    longest = max((len(str(row[place])) for row in rows if place < len(row)), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
