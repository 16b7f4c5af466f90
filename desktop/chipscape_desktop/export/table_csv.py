"""A figure's data as CSV: the table that is shown, then its notes and numbered sources, for any spreadsheet."""

import csv
from collections.abc import Iterator
from io import StringIO

from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _


def render_csv(table: Table, caption: Caption, capsule: Capsule) -> bytes:
    """Return the file: heads and rows first, numbers as plain numbers; UTF-8 with a mark, as spreadsheets expect it.

    What goes with the data stands below an empty line: title, notes, sources, and what the figure was made from.
    """
    out = StringIO()
    write = csv.writer(out).writerow
    write(table.columns)
    for row in range(len(table.rows)):
        write(text if number is None else plain(number) for text, number in cells(table, row))
    write(())
    write((caption.title, caption.subtitle))
    for note in caption.notes:
        write((_("Note"), note))
    for source in caption.sources:
        write((_("Source {number}").format(number=source.number), source.text, source.url))
    write((capsule.application, capsule.to_json()))
    return out.getvalue().encode("utf-8-sig")


def cells(table: Table, row: int) -> Iterator[tuple[str, float | None]]:
    """Yield each cell of a row as displayed, and as a number where it is one."""
    for column, (text, number) in enumerate(zip(table.rows[row], table.numbers[row], strict=True)):
        yield text, None if column in table.sort_only else number


def plain(number: float) -> str:
    """Return a number as every program reads it."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
