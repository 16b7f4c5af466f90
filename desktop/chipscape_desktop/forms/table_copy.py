"""Rows of a table as a spreadsheet takes them: tabs between cells, lines between rows."""

from collections.abc import Sequence

from chipscape_db.queries.tables import FactTable
from chipscape_desktop.cell_text import cell_text
from chipscape_desktop.field_words import field_label
from chipscape_desktop.workspace import Job


def as_text(
    job: Job, table: FactTable, order: Sequence[int], ranges: Sequence[tuple[int, int]], places: Sequence[int]
) -> bytes:
    """Return the rows in *ranges* of *order*, the columns *places*, under their names, in UTF-8.

    Dates and numbers are as stored, so that a spreadsheet can count with them; words and countries as people read them.
    """
    lines = [[field_label(table.columns[place].name) for place in places]]
    rows = sorted({row for first, end in ranges for row in range(first, end)})
    for row in rows:
        if job.should_stop():
            break
        lines.append([_cell(table, order[row], place) for place in places])
    return "\n".join(["\t".join(line) for line in lines]).encode()


def _cell(table: FactTable, row: int, place: int) -> str:
    form, stored = table.columns[place].form, table.cells[place][row]
    text = stored if form in ("date", "number") else cell_text(form, stored)
    return " ".join(text.split())
