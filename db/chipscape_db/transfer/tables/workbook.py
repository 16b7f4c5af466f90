"""XLSX: the stored values of one sheet; formulas are never worked out, a hostile file is refused before it unpacks."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from chipscape_db.errors import N_, FileFault
from chipscape_db.transfer.tables.raw import MOST_COLUMNS, MOST_ROWS, Grid

MOST_UNPACKED: Final = 400_000_000
MOST_UNPACKED_TIMES: Final = 200
_SMALL: Final = 20_000_000


def is_workbook(path: Path) -> bool:
    """Say whether the file begins as a zip archive or as an old binary workbook."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError:
        return False
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))


def read_workbook(path: Path, *, sheet: str = "") -> tuple[Grid, str, tuple[str, ...]]:
    """Return the cells of a sheet (the first with anything in it), its name, and all names; raises `FileFault`."""
    _refuse_hostile(path)
    from openpyxl import load_workbook

    try:
        shown = load_workbook(path, read_only=True, data_only=True)
        written = load_workbook(path, read_only=True, data_only=False)
    except Exception as error:  # whatever a broken archive makes the reader raise, it says the same to a person
        raise _broken(path) from error
    try:
        names = tuple(one.title for one in shown.worksheets)
        if sheet and sheet not in names:
            template = N_("{file} has no sheet '{sheet}'; it has {names}.")
            raise FileFault(template, file=path.name, sheet=sheet, names=", ".join(names))
        for name in (sheet,) if sheet else names:
            try:
                grid = _grid(shown[name], written[name], path.name)
            except FileFault:
                raise
            except Exception as error:
                raise _broken(path) from error
            if any(any(row) for row in grid.rows):
                return grid, name, names
    finally:
        shown.close()
        written.close()
    raise FileFault(N_("{file} is empty."), file=path.name)


def _broken(path: Path) -> FileFault:
    template = N_("{file} is cut off or damaged; open it in a spreadsheet program and save it again as XLSX.")
    return FileFault(template, file=path.name)


def _refuse_hostile(path: Path) -> None:
    """Raise `FileFault` for what is no XLSX, or would unpack to more than a table ever is."""
    try:
        with path.open("rb") as file:
            if file.read(4) == b"\xd0\xcf\x11\xe0":
                template = N_("{file} is in an old or protected format; save it as XLSX without a password.")
                raise FileFault(template, file=path.name)
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _broken(path) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileFault(N_("{file} could not be read: {reason}."), file=path.name, reason=reason) from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise FileFault(N_("{file} is not an XLSX workbook; save the table as XLSX or CSV."), file=path.name)
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > MOST_UNPACKED or (unpacked > _SMALL and unpacked > MOST_UNPACKED_TIMES * max(1, packed)):
        template = N_("{file} would unpack to {size} MB, far more than a table holds; it was not opened.")
        raise FileFault(template, file=path.name, size=unpacked // 10**6)


def _grid(shown: Any, written: Any, file: str) -> Grid:
    rows: list[list[str]] = []
    formulas: set[tuple[int, int]] = set()
    limits = {"max_row": MOST_ROWS + 2, "max_col": MOST_COLUMNS + 1}
    for number, (values, sources) in enumerate(
        zip(shown.iter_rows(values_only=True, **limits), written.iter_rows(values_only=True, **limits), strict=False)
    ):
        row = [_text(value) for value in values]
        for at, source in enumerate(sources):
            if isinstance(source, str) and source.startswith("=") and values[at] is None:
                formulas.add((number, at))
        while row and not row[-1] and (number, len(row) - 1) not in formulas:
            row.pop()
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > MOST_ROWS + 1:
        template = N_("{file} has more than {count} rows; split it and import the parts.")
        raise FileFault(template, file=file, count=MOST_ROWS)
    return Grid(rows, frozenset(formulas))


def _text(value: Any) -> str:
    """Return a stored value as a person would type it: whole numbers without a point, days as ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
