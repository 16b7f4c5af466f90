"""The order of a table's rows: sorted by a column as people sort, narrowed to the words that someone typed.

Pure functions over a `FactTable`; what is costly is computed once per table and off the GUI's thread.
"""

import re
import unicodedata
from collections.abc import Sequence

from chipscape_db.queries.tables import FactTable
from chipscape_desktop.cell_text import cell_text

_DIGITS = re.compile(r"(\d+)")


def folded(text: str) -> str:
    """Return *text* in small letters without accents, so that case and accents do not count."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _natural(text: str) -> tuple[str | int, ...]:
    """Return a key by which A100 comes after A40."""
    return tuple(int(part) if place % 2 else part for place, part in enumerate(_DIGITS.split(folded(text))))


class TableIndex:
    """Sorts and narrows one table in one language; build it where the language is the one on the screen."""

    def __init__(self, table: FactTable) -> None:
        self.table = table
        self._ranks: dict[int, Sequence[int]] = {}
        self._orders: dict[tuple[int, bool], list[int]] = {}
        self._words: list[str] | None = None

    def order(self, column: int, *, descending: bool = False, words: str = "") -> list[int]:
        """Return the rows that hold every word, in the order of a column; those without a value come last."""
        if (column, descending) not in self._orders:
            ranks = self._ranked(column)
            told = [row for row, rank in enumerate(ranks) if rank >= 0]
            told.sort(key=ranks.__getitem__, reverse=descending)
            self._orders[column, descending] = told + [row for row, rank in enumerate(ranks) if rank < 0]
        return self._matching(self._orders[column, descending], words)

    def _ranked(self, place: int) -> Sequence[int]:
        """Return for each row the rank of its cell in a column, -1 for an empty one."""
        if place not in self._ranks:
            column, cells = self.table.columns[place], self.table.cells[place]
            if column.form == "date":
                days = self.table.days[column.name]
                keyed = {(day, text) for day, text in zip(days, cells, strict=True) if text}
                ordered = sorted(keyed, key=lambda pair: (pair[0] is not None, pair[0] or 0, pair[1]))
                rank = {pair: number for number, pair in enumerate(ordered)}
                self._ranks[place] = [rank.get(pair, -1) for pair in zip(days, cells, strict=True)]
            else:
                distinct = set(cells) - {""}
                if column.form == "number":
                    numbers = sorted(distinct, key=_number)
                else:
                    numbers = sorted(distinct, key=lambda text: _natural(cell_text(column.form, text)))
                by_text = {text: number for number, text in enumerate(numbers)}
                self._ranks[place] = [by_text.get(text, -1) for text in cells]
        return self._ranks[place]

    def _matching(self, rows: list[int], words: str) -> list[int]:
        wanted = folded(words).split()
        if wanted and self._words is None:
            self._words = self._haystack()
        texts = self._words or []
        for word in wanted:
            rows = [row for row in rows if word in texts[row]]
        return rows

    def _haystack(self) -> list[str]:
        columns = []
        for column, cells in zip(self.table.columns, self.table.cells, strict=True):
            shown = {text: folded(cell_text(column.form, text)) for text in set(cells)}
            columns.append([shown[text] for text in cells])
        return ["\n".join(row) for row in zip(*columns, strict=True)]


def _number(text: str) -> tuple[bool, float, str]:
    """Return a key by which numbers come before the texts of metrics that are texts."""
    try:
        return False, float(text), ""
    except ValueError:
        return True, 0.0, folded(text)
