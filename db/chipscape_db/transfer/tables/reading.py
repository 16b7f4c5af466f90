"""A file as a table, whatever it is: the one door to delimited texts and workbooks."""

from pathlib import Path

from chipscape_db.errors import N_, FileFault
from chipscape_db.transfer.tables.delimited import read_delimited
from chipscape_db.transfer.tables.raw import RawTable, table_of
from chipscape_db.transfer.tables.workbook import is_workbook, read_workbook

SUFFIXES = ("*.csv", "*.tsv", "*.txt", "*.xlsx", "*.xlsm")


def read_table(
    path: Path, *, sheet: str = "", header_row: int = 0, encoding: str = "", separator: str = ""
) -> RawTable:
    """Return the table in the file at *path*; what is not told is guessed.

    Raises `FileFault`, in one sentence, for what is missing, empty, cut off, not a table, or larger than a table is.
    """
    if not path.exists():
        raise FileFault(N_("There is no file {file} in {folder}."), file=path.name, folder=str(path.parent))
    if path.is_dir():
        raise FileFault(N_("{file} is a folder, not a table."), file=path.name)
    if is_workbook(path):
        grid, used, names = read_workbook(path, sheet=sheet)
        return table_of(grid, file=path.name, header_row=header_row, sheet=used, sheets=names)
    grid, told, sign = read_delimited(path, encoding=encoding, separator=separator)
    return table_of(grid, file=path.name, header_row=header_row, encoding=told, separator=sign)
