"""A table as it lies in a file: texts in rows, and where each row stands, so that every value is traced to its cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_, FileFault

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 1_000
MOST_LETTERS: Final = 100_000
_HEADER_WITHIN: Final = 20


@dataclass(frozen=True, slots=True)
class RawTable:
    """The header and the rows of a table, every row as long as the header.

    `lines` are the row numbers as a spreadsheet shows them (from 1). `unread` are (index of row, index of column) of
    formulas that the file holds without their result. `sheets` are all sheets of a workbook, `sheet` the one read.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    unread: frozenset[tuple[int, int]] = frozenset()

    def column(self, name: str) -> list[str]:
        """Return the cells of one column, in the order of the rows."""
        at = self.header.index(name)
        return [row[at] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a file by row, header and titles included; rows may differ in length. `formulas` lack a result."""

    rows: Sequence[Sequence[str]]
    formulas: frozenset[tuple[int, int]] = frozenset()


def table_of(grid: Grid, *, file: str, header_row: int = 0, **told: object) -> RawTable:
    """Return the table in a grid; *header_row* is its row number (0: guess). Raises `FileFault` where there is none."""
    rows = grid.rows
    if len(rows) > MOST_ROWS:
        raise FileFault(
            N_("{file} has more than {count} rows; split it and import the parts."), file=file, count=MOST_ROWS
        )
    at = header_row - 1 if header_row else header_of(rows)
    if not 0 <= at < len(rows) or not any(cell.strip() for cell in rows[at]):
        raise FileFault(N_("{file} holds no table: there is no row with the names of the columns."), file=file)
    width = max(len(_trimmed(row)) for row in rows[at:])
    if width > MOST_COLUMNS:
        raise FileFault(
            N_("{file} has more than {count} columns; keep those with facts."), file=file, count=MOST_COLUMNS
        )
    kept = [(index, row) for index, row in enumerate(rows) if index > at and any(cell.strip() for cell in row)]
    for index, row in kept:
        longest = max(map(len, row), default=0)
        if longest > MOST_LETTERS:
            template = N_("Row {row} of {file} has a cell with {count} characters; shorten it to {longest}.")
            raise FileFault(template, row=index + 1, file=file, count=longest, longest=MOST_LETTERS)
    place = {index: number for number, (index, _) in enumerate(kept)}
    unread = frozenset((place[row], column) for row, column in grid.formulas if row in place)
    return RawTable(
        file,
        _named([cell.strip() for cell in _padded(rows[at], width)]),
        tuple(tuple(cell.strip() for cell in _padded(row, width)) for _, row in kept),
        tuple(index + 1 for index, _ in kept),
        unread=unread,
        **told,  # type: ignore[arg-type]
    )


def header_of(rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the row that names the columns: the first that is about as wide as any, of texts only."""
    first = [_trimmed(row) for row in rows[: _HEADER_WITHIN * 3]]
    widest = max((sum(1 for cell in row if cell.strip()) for row in first), default=0)
    for index, row in enumerate(first[:_HEADER_WITHIN]):
        told = [cell.strip() for cell in row if cell.strip()]
        names = sum(1 for cell in told if not _is_number(cell))
        if len(told) >= max(1, 0.6 * widest) and names == len(told):
            return index
    return next((index for index, row in enumerate(first) if any(cell.strip() for cell in row)), 0)


def letters_of(column: int) -> str:
    """Return the letters by which a spreadsheet calls a column (0 is A)."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def _named(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns: those without one get their letters, and repeated ones a number."""
    out: dict[str, None] = {}
    for index, cell in enumerate(header):
        base = " ".join(cell.split()) or letters_of(index)
        name, number = base, 2
        while name in out:
            name, number = f"{base} ({number})", number + 1
        out[name] = None
    return tuple(out)


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ".").replace(" ", ""))
    except ValueError:
        return False
    return True
