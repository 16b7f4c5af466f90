"""CSV text as rows of cells, however long a cell is."""

import csv
import io
from collections.abc import Iterator
from typing import Final, Protocol

_LONGEST: Final = 2**31 - 1  # the most that Python takes on every system


class Rows(Iterator[list[str]], Protocol):
    """The rows of a text, and on which line the last one read ended."""

    @property
    def line_num(self) -> int:
        """The number of lines read so far."""


def csv_rows(text: str, *, separator: str = ",", strict: bool = False) -> Rows:
    """Return the rows of CSV text; *strict* raises `csv.Error` for quotes that are out of order.

    Python refuses cells of more than 131,072 characters unless told otherwise, for the whole process. The limit is
    raised once and never put back, so that two threads that read cannot lower it for each other: the text is in
    memory already, so a long cell costs nothing more. Whoever wants shorter ones counts them.
    """
    csv.field_size_limit(_LONGEST)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
