"""CSV files as rows of cells: what is not a well-formed file of the contract becomes problems, never an exception."""

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from chipscape_db.errors import N_
from chipscape_db.transfer.csv_contract import Table
from chipscape_db.transfer.csv_reader import csv_rows
from chipscape_db.transfer.problems import Problem, Problems

_BOM = "\ufeff"
# A cell as RFC 4180 has it, with what ends it; possessive, so that hostile text costs one pass and no more.
_CELL = re.compile(r'(?:"(?:[^"]++|"")*+"|[^",\n]*+)[,\n]')


@dataclass(slots=True)
class Sheet:
    """The rows of one file, each as long as the header, and the line on which each begins.

    `whole` is False when some rows could not be read, so that nobody takes what is missing here for unknown.
    """

    table: Table
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    whole: bool = True

    def column(self, name: str) -> list[str]:
        """Return the cells of one column, in the order of the rows."""
        at = self.table.header.index(name)
        return [row[at] for row in self.rows]


def read_sheet(folder: Path, table: Table, problems: Problems, *, optional: bool = False) -> Sheet:
    """Return what can be read of one file; its faults of form go to *problems*. An *optional* file may be missing."""
    sheet = Sheet(table)

    def report(row: int, column: str, template: str, **params: object) -> None:
        problems.add(Problem(table.file, row, column, template, params))

    path = folder / table.file
    if optional and not path.exists():
        return sheet
    sheet.whole = False
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        report(0, "", N_("the file is missing; add it, if only with its header."))
        return sheet
    except OSError as error:
        report(0, "", N_("the file could not be read ({reason})."), reason=error.strerror or str(error))
        return sheet
    if b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        report(row, "", N_("there are NUL characters, so this is no text file; save it as CSV in UTF-8."))
        return sheet
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        report(row, "", N_("the text is not UTF-8 from here on; save the file as CSV in UTF-8."))
        return sheet
    if text.startswith(_BOM):
        report(1, "", N_("the file starts with a byte order mark; save it as UTF-8 without one."))
        text = text[1:]
    if "\r" in text:
        row = text.count("\n", 0, text.index("\r")) + 1
        report(row, "", N_("the line ends in a carriage return; end every line in a line feed alone (Unix line ends)."))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text and not text.endswith("\n"):
        report(text.count("\n") + 1, "", N_("the last line has no end; add a line feed."))
        text += "\n"
    sheet.whole = True
    _parse(text, sheet, problems)
    return sheet


def _parse(text: str, sheet: Sheet, problems: Problems) -> None:
    """Take the text of a file apart into *sheet*."""
    table, line = sheet.table, 1

    def report(row: int, column: str, template: str, **params: object) -> None:
        problems.add(Problem(table.file, row, column, template, params))

    reader = csv_rows(text, strict=True)
    width = len(table.columns)
    records: list[list[str]] = []
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            records.append(cells)
            if len(records) == 1:
                if cells != table.header:
                    report(1, "", N_("this is not the header; write {header}"), header=",".join(table.header))
                    sheet.whole = False
                    return
            elif len(cells) == width:
                sheet.rows.append(cells)
                sheet.lines.append(start)
            else:
                sheet.whole = False
                report(
                    start,
                    "",
                    N_("there are {count} cells instead of {expected}; put text with commas in quotes."),
                    count=len(cells),
                    expected=width,
                )
    except csv.Error:
        sheet.whole = False
        records = []
    if not text:
        sheet.whole = False
        report(1, "", N_("this is not the header; write {header}"), header=",".join(table.header))
    elif '"' in text and as_csv(records) != text:
        _check_quotes(text, sheet, problems)
    _check_order(sheet, problems)


def as_csv(rows: list[list[str]]) -> str:
    """Return rows as canonical CSV: quotes only where needed, every line ended by a line feed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _check_quotes(text: str, sheet: Sheet, problems: Problems) -> None:
    """Report the first place where the quotes are not those of RFC 4180, which the csv module takes too lightly."""
    position = 0
    while position < len(text):
        match = _CELL.match(text, position)
        if match is None:
            template = N_("the quotes do not match; put a cell with quotes in it in quotes and double those inside.")
            problems.add(Problem(sheet.table.file, text.count("\n", 0, position) + 1, "", template))
            sheet.whole = False
            return
        position = match.end()


def sort_key(table: Table, row: list[str]) -> list[str]:
    """Return what the rows of *table* are sorted by: their cells in order, `n` as a number."""
    return [row[0].zfill(9), *row[1:]] if table.columns[0].form == "number" else row


def _check_order(sheet: Sheet, problems: Problems) -> None:
    """Report rows that do not come after the row before."""
    before: list[str] | None = None
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        key = sort_key(sheet.table, row)
        if before is not None and key < before:
            template = N_("the row is out of order; sort the rows by their columns, from the left.")
            problems.add(Problem(sheet.table.file, line, "", template))
        before = key
