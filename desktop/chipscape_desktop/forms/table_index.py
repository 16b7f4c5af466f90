"""The order of a table's rows: sorted by columns as people sort, narrowed to what someone typed.

Pure functions over a `FactTable`; what is costly is computed once per table and off the GUI's thread. Sorting is left
to numpy, which lets the other threads run meanwhile; Python's own sort would hold up the window.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from chipscape_db.queries.tables import FactTable, TableColumn
from chipscape_desktop.cell_text import cell_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

SortKeys: TypeAlias = tuple[tuple[int, bool], ...]
"""Columns to sort by, the first one first, each with whether from the end."""

_DIGITS: Final = re.compile(r"(\d+)")
_SPAN: Final = re.compile(r"^(.*?)\.\.(.*)$")
_LONGEST_KEY: Final = 80
_LONGEST_NUMBER: Final = 12
_PART: Final = 4_000


def folded(text: str) -> str:
    """Return *text* in small letters without accents, so that case and accents do not count."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _natural(text: str) -> str:
    """Return a key by which A100 comes after A40: every number in as many digits."""
    parts = _DIGITS.split(folded(text))
    parts[1::2] = [part.lstrip("0").rjust(_LONGEST_NUMBER, "0") for part in parts[1::2]]
    return "".join(parts)[:_LONGEST_KEY]


class TableIndex:
    """Sorts and narrows one table in one language; build it where the language is the one on the screen."""

    def __init__(self, table: FactTable) -> None:
        self.table = table
        self._ranks: dict[int, NDArray[np.int32]] = {}
        self._orders: dict[SortKeys, NDArray[np.int64]] = {}
        self._words: list[str] | None = None
        self._folded: dict[int, dict[str, str]] = {}

    def order(
        self, keys: SortKeys = ((0, False),), *, words: str = "", filters: Mapping[int, str] | None = None
    ) -> list[int]:
        """Return the rows that hold every word and pass the filters of the columns (see `matcher`), in order.

        Rows without a value in a column come last in it.
        """
        keys = tuple((column, down) for column, down in keys if column < len(self.table.columns)) or ((0, False),)
        if keys not in self._orders:
            self._orders[keys] = self._sorted(keys)
        rows: list[int] = self._orders[keys].tolist()
        for column, text in (filters or {}).items():
            if text.strip() and column < len(self.table.columns):
                rows = self._passing(rows, column, text)
        return self._matching(rows, words)

    def _sorted(self, keys: SortKeys) -> "NDArray[np.int64]":
        columns = []
        for column, down in reversed(keys):
            ranks = self._ranked(column)
            last = ranks.max(initial=0) + 1
            columns.append(np.where(ranks < 0, last, last - 1 - ranks if down else ranks))
        return np.lexsort(columns).astype(np.int64)

    def _ranked(self, place: int) -> "NDArray[np.int32]":
        """Return for each row the rank of its cell in a column, -1 for an empty one."""
        if place not in self._ranks:
            column, cells = self.table.columns[place], self.table.cells[place]
            if column.form == "date":
                days = self.table.days[column.name]
                keyed = list({(day, text) for day, text in zip(days, cells, strict=True) if text})
                first = np.array([-(10**9) if day is None else day for day, _ in keyed], dtype=np.int64)
                order = np.lexsort((_strings([text for _, text in keyed]), first))
                rank = {keyed[number]: place for place, number in enumerate(order.tolist())}
                ranks = [rank.get(pair, -1) for pair in zip(days, cells, strict=True)]
            else:
                distinct = [text for text in set(cells) if text]
                if column.form == "number":
                    numbers = [_number(text) for text in distinct]
                    order = np.lexsort(
                        (
                            _strings([folded(text)[:_LONGEST_KEY] for text in distinct]),
                            np.array([key[1] for key in numbers]),
                            np.array([key[0] for key in numbers], dtype=bool),
                        )
                    )
                else:
                    shown = [_natural(cell_text(column.form, text)) for text in distinct]
                    order = np.argsort(_strings(shown), kind="stable")
                by_text = {distinct[number]: place for place, number in enumerate(order.tolist())}
                ranks = [by_text.get(text, -1) for text in cells]
            self._ranks[place] = np.array(ranks, dtype=np.int32)
        return self._ranks[place]

    def _passing(self, rows: list[int], place: int, text: str) -> list[int]:
        column, cells = self.table.columns[place], self.table.cells[place]
        days = self.table.days.get(column.name)
        passes = matcher(column, text)
        verdicts: dict[tuple[str, int | None], bool] = {}
        out = []
        for row in rows:
            key = (cells[row], days[row] if days else None)
            if key not in verdicts:
                verdicts[key] = passes(*key)
            if verdicts[key]:
                out.append(row)
        return out

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


def matcher(column: TableColumn, text: str) -> Callable[[str, int | None], bool]:
    """Return whether a cell (its text as stored, its earliest day) passes what was typed into a column's filter.

    Words must all be there; `=x` wants the whole cell, `!x` the words not, `-` an empty cell and `*` a filled one.
    Numbers and dates take `<5`, `>=2024`, `2023..2025` as well. What cannot be read as one of these is taken as words.
    """
    text = text.strip()
    if text in ("-", "="):
        return lambda cell, _day: not cell
    if text == "*":
        return lambda cell, _day: bool(cell)
    if text.startswith("!"):
        inner = matcher(column, text[1:])
        return lambda cell, day: not inner(cell, day)
    if column.form in ("number", "date"):
        bounds = _bounds(text, _day if column.form == "date" else _plain_number)
        if bounds is not None:
            low, high = bounds
            if column.form == "date":
                return lambda cell, day: bool(cell) and low <= (day if day is not None else -1e9) <= high
            return lambda cell, _day: _within(cell, low, high)
    if text.startswith("="):
        whole = folded(text[1:].strip())
        return lambda cell, _day: whole in (folded(cell), folded(cell_text(column.form, cell)))
    words = folded(text).split()
    return lambda cell, _day: all(word in folded(f"{cell_text(column.form, cell)} {cell}") for word in words)


def _within(cell: str, low: float, high: float) -> bool:
    value = _plain_number(cell, last=False)
    return value is not None and low <= value <= high


def _bounds(text: str, read: "Callable[..., float | None]") -> tuple[float, float] | None:
    """Return the ends that `<`, `<=`, `>`, `>=`, `a..b` mean; None where *text* is none of these."""
    span = _SPAN.match(text)
    if span:
        low = read(span[1], last=False) if span[1].strip() else float("-inf")
        high = read(span[2], last=True) if span[2].strip() else float("inf")
        return None if low is None or high is None else (low, high)
    for sign in ("<=", ">=", "<", ">"):
        if text.startswith(sign):
            value = read(text[len(sign) :], last=sign in ("<=", ">"))
            if value is None:
                return None
            tiny = 1e-9 * max(1.0, abs(value))
            return {
                "<=": (float("-inf"), value), ">=": (value, float("inf")), "<": (float("-inf"), value - tiny),
                ">": (value + tiny, float("inf")),
            }[sign]  # fmt: skip
    return None


def _plain_number(text: str, *, last: bool) -> float | None:
    del last  # a number has one end only
    try:
        return float("".join(text.split()).replace(",", "."))
    except ValueError:
        return None


def _day(text: str, *, last: bool) -> float | None:
    """Return the first or the last day of a date as people write it, in days since 1970."""
    from chipscape_db.errors import FactsError
    from chipscape_db.partial_date import day_number
    from chipscape_db.spoken_date import understand
    from chipscape_desktop.i18n import language

    try:
        date = understand(text, language())
    except FactsError:
        return None
    day = date.latest if last else date.earliest
    return None if day is None else float(day_number(day))


def _strings(texts: list[str]) -> "NDArray[np.str_]":
    """Return texts as an array, made in parts: one great conversion would hold up the other threads."""
    parts = [np.array(texts[start : start + _PART], dtype=np.str_) for start in range(0, len(texts), _PART)]
    return np.concatenate(parts) if parts else np.array([], dtype=np.str_)


def _number(text: str) -> tuple[bool, float]:
    """Return a key by which numbers come before the texts of metrics that are texts."""
    try:
        return False, float(text)
    except ValueError:
        return True, 0.0


def order_key(keys: Sequence[tuple[int, bool]]) -> SortKeys:
    """Return sort keys in the form that can be kept and compared."""
    return tuple((int(column), bool(down)) for column, down in keys)
