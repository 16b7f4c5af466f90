"""CSV and its kin: the encoding and the separator are guessed, the quotes taken as they come."""

import codecs
import csv
from collections import Counter
from pathlib import Path
from typing import Final

from chipscape_db.errors import N_, FileFault
from chipscape_db.transfer.csv_reader import csv_rows
from chipscape_db.transfer.tables.raw import MOST_LETTERS, MOST_ROWS, Grid

MOST_BYTES: Final = 100_000_000
SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 200_000
_TRIED_ROWS: Final = 60
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_delimited(path: Path, *, encoding: str = "", separator: str = "") -> tuple[Grid, str, str]:
    """Return the cells of a text file, its encoding and its separator; `FileFault` where it holds none."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise FileFault(
                N_("{file} is larger than {count} MB; split it."), file=path.name, count=MOST_BYTES // 10**6
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileFault(N_("{file} could not be read: {reason}."), file=path.name, reason=reason) from error
    text, used = _decoded(data, path.name, encoding)
    if not text.strip():
        raise FileFault(N_("{file} is empty."), file=path.name)
    sign = separator or ("\t" if path.suffix.lower() == ".tsv" else _separator(text))
    return Grid(_cells(text, sign, path.name)), used, sign


def _decoded(data: bytes, file: str, encoding: str) -> tuple[str, str]:
    for mark, name in _MARKS:
        if not encoding and data.startswith(mark):
            encoding = name
    if not encoding and b"\0" in data[:_SAMPLE]:
        raise FileFault(N_("{file} is not a text file; save the table as CSV or XLSX."), file=file)
    try:
        return data.decode(encoding or "utf-8"), encoding or "utf-8"
    except LookupError:
        raise FileFault(N_("There is no encoding called {encoding}."), encoding=encoding) from None
    except UnicodeDecodeError as error:
        if encoding:
            template = N_("{file} is not written in {encoding}; name another encoding, or none to have it guessed.")
            raise FileFault(template, file=file, encoding=encoding) from error
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    for name in (best.encoding if best is not None else "", "cp1252"):
        try:
            if name:
                return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise FileFault(N_("The letters of {file} cannot be made out; save it as CSV in UTF-8."), file=file)


def _separator(text: str) -> str:
    """Return the separator with which most rows have the same number of cells, and more than one."""
    best, score = ",", 0.0
    for sign in SEPARATORS:
        try:
            rows = [
                row for row, _ in zip(csv_rows(text[:_SAMPLE], separator=sign), range(_TRIED_ROWS), strict=False) if row
            ]
        except csv.Error:
            continue
        width, count = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
        told = count / max(1, len(rows)) * min(width, 12) if width > 1 else 0.0
        if told > score:
            best, score = sign, told
    return best


def _cells(text: str, separator: str, file: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv_rows(text, separator=separator):
            rows.append(row)
            if any(len(cell) > MOST_LETTERS for cell in row):
                template = N_(
                    "Row {row} of {file} has a cell with more than {longest} characters; are the quotes in order?"
                )
                raise FileFault(template, row=len(rows), file=file, longest=MOST_LETTERS)
            if len(rows) > MOST_ROWS + 1:
                break
    except csv.Error as error:
        template = N_("Row {row} of {file} cannot be read; see that its quotes match.")
        raise FileFault(template, row=len(rows) + 1, file=file) from error
    return rows
