"""How wide a text is, as layout needs to know it; and cutting and breaking it to a width.

The widths come from a table of advances made from the bundled face, so that layout measures the same on every
machine, without Qt and without a display. Kerning is left out: painters switch it off for figures.
"""

import sys
import unicodedata
from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from chipscape_resources import resource

TABLE_NAME = "advances.bin"
WEIGHTS = (400, 500, 600, 700)
ELLIPSIS = "…"
_MAGIC = b"ADV1"
_UNKNOWN_EM = 0.6
_FIRST_PLANE = 0x10000
_HANGUL_EM = 0.92  # the advance of Hangul in the fallback face
_NEVER_FIRST = frozenset("、。，．：；？！）」』】〉》〕］｝・ー々…,.;:?!)]}»’”%\u202f\u00a0")
_NEVER_LAST = frozenset("（「『【〈《〔［｛([{«‘“")
_BREAK_AFTER = frozenset("-–—/·")


class Measure(Hashable, Protocol):
    """Measures text in the bundled interface face."""

    def width(self, text: str, size: float, weight: int = 400) -> float:
        """Return the advance width in pixels of *text* set at *size* pixels."""
        ...


def _guessed_em(character: str) -> float:
    """Return the advance, in ems, of a character that the interface face has not: by its kind."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if "\u3131" <= character <= "\u318e" or "\uac00" <= character <= "\ud7a3":
        return _HANGUL_EM
    return {"W": 1.0, "F": 1.0, "H": 0.5}.get(unicodedata.east_asian_width(character), _UNKNOWN_EM)


def _counter(advances: dict[str, int], units_per_em: int) -> Callable[[str], int]:
    """Return a function that sums the advances of a text, in font units; remembers what it was asked."""
    lookup = advances.__getitem__  # of a plain dict: twice as fast as through a subclass with __missing__

    @lru_cache(maxsize=1 << 16)
    def units(text: str) -> int:
        try:
            return sum(map(lookup, text))
        except KeyError:
            for character in text:
                if character not in advances:
                    advances[character] = round(_guessed_em(character) * units_per_em)
            return sum(map(lookup, text))

    return units


class AdvanceTable:
    """Measures by a table of advance widths; weights in between take the nearest of 400, 500, 600 and 700."""

    def __init__(self, table: bytes) -> None:
        """Read a table made by `encode_table`."""
        self._units_per_em, codes, columns = decode_table(table)
        characters = [chr(code) for code in codes]
        self._units = {
            weight: _counter(dict(zip(characters, column, strict=True)), self._units_per_em)
            for weight, column in columns.items()
        }
        self._columns = {weight: self._dense(codes, column) for weight, column in columns.items()}

    @staticmethod
    def _dense(codes: "array[int]", column: "array[int]") -> NDArray[np.int64]:
        """Return the advances by code point of the first plane, -1 where the face has no character."""
        dense = np.full(_FIRST_PLANE, -1, dtype=np.int64)
        places = np.frombuffer(codes, dtype=np.uint32)
        inside = places < _FIRST_PLANE
        dense[places[inside]] = np.frombuffer(column, dtype=np.uint16)[inside]
        dense[ord("\n")] = 0
        return dense

    def width(self, text: str, size: float, weight: int = 400) -> float:
        """Return the advance width in pixels of *text* set at *size* pixels."""
        count = self._units.get(weight) or self._units[nearest_weight(weight)]
        return count(text) * size / self._units_per_em

    def width_many(self, texts: Iterable[str], size: float, weight: int = 400) -> NDArray[np.float64]:
        """Return the widths of many texts, in their order."""
        lines = list(texts)
        weight = nearest_weight(weight)
        codes = np.frombuffer("\n".join([*lines, ""]).encode("utf-32-le"), dtype="<u4")
        ends = np.flatnonzero(codes == ord("\n"))
        if len(ends) != len(lines) or np.any(codes >= _FIRST_PLANE):
            return np.array([self.width(text, size, weight) for text in lines], dtype=np.float64)
        units = self._columns[weight][codes]
        if np.any(units < 0):
            return np.array([self.width(text, size, weight) for text in lines], dtype=np.float64)
        total = np.concatenate(([0], np.cumsum(units)))
        starts = np.concatenate(([0], ends[:-1] + 1)) if lines else ends
        widths: NDArray[np.float64] = (total[ends] - total[starts]) * (size / self._units_per_em)
        return widths


def nearest_weight(weight: int) -> int:
    """Return the bundled weight nearest to *weight*; between two, the lighter."""
    return min(WEIGHTS, key=lambda bundled: abs(bundled - weight))


@cache
def default_measure() -> AdvanceTable:
    """Return the measure of the bundled face, read once."""
    return AdvanceTable(resource("fonts", TABLE_NAME).read_bytes())


def encode_table(units_per_em: int, codes: "array[int]", columns: Mapping[int, "array[int]"]) -> bytes:
    """Return a table as bytes: magic, units per em, count, weights, then code points and one column per weight.

    All numbers are little-endian and unsigned; code points take four bytes, advances two.
    """
    parts = [array("I", (units_per_em, len(codes), len(columns), *columns)), codes, *columns.values()]
    return _MAGIC + b"".join(_little_endian(part).tobytes() for part in parts)


def decode_table(table: bytes) -> "tuple[int, array[int], dict[int, array[int]]]":
    """Return units per em, code points, and advances by weight of a table made by `encode_table`."""
    if not table.startswith(_MAGIC):
        raise ValueError("not a table of advance widths")
    head = _read(table, "I", 4, 3)
    units_per_em, count, weights = head
    names = _read(table, "I", 16, weights)
    start = 16 + 4 * weights
    codes = _read(table, "I", start, count)
    start += 4 * count
    columns = {name: _read(table, "H", start + 2 * count * place, count) for place, name in enumerate(names)}
    return units_per_em, codes, columns


def _read(table: bytes, kind: str, start: int, count: int) -> "array[int]":
    values: array[int] = array(kind)
    values.frombytes(table[start : start + count * values.itemsize])
    return _little_endian(values)


def _little_endian(values: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values


def elide(text: str, max_width: float, *, size: float, weight: int = 400, measure: Measure | None = None) -> str:
    """Return *text*, or as much of its start as fits in *max_width* pixels with an ellipsis; empty if not even that."""
    measure = measure or default_measure()
    if measure.width(text, size, weight) <= max_width:
        return text
    room = max_width - measure.width(ELLIPSIS, size, weight)
    if room < 0:
        return ""
    kept = _fitting(text, room, size, weight, measure)
    while 0 < kept < len(text) and unicodedata.combining(text[kept]):
        kept -= 1
    return text[:kept].rstrip() + ELLIPSIS


def _fitting(text: str, room: float, size: float, weight: int, measure: Measure) -> int:
    """Return how many characters from the start fit in *room*."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure.width(text[:middle], size, weight) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def wrap(
    text: str,
    max_width: float,
    *,
    size: float,
    weight: int = 400,
    max_lines: int | None = None,
    measure: Measure | None = None,
) -> list[str]:
    """Return *text* broken into lines of at most *max_width* pixels, the last elided if there are too many.

    Lines break at spaces, after hyphens and slashes, and between Chinese, Japanese or Korean characters except before
    closing and after opening punctuation; a word wider than a line is broken where it must. A line feed breaks.
    """
    measure = measure or default_measure()
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, max_width, size, weight, measure)
    if max_lines is not None and len(lines) > max_lines:
        rest = " ".join(lines[max_lines - 1 :])
        lines = lines[: max_lines - 1]
        last = elide(rest, max_width, size=size, weight=weight, measure=measure)
        lines.append(last if last.endswith(ELLIPSIS) or last == rest else last + ELLIPSIS)
    return lines


@lru_cache(maxsize=256)
def _wrap_paragraph(text: str, max_width: float, size: float, weight: int, measure: Measure) -> tuple[str, ...]:
    """Return a paragraph in lines; the same notes and sources are set again for most views of a figure."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if measure.width((line + piece).rstrip(" "), size, weight) <= max_width:
            line += piece
            continue
        if line.strip(" "):
            lines.append(line.rstrip(" "))
        line = piece
        while measure.width(line.rstrip(" "), size, weight) > max_width:
            kept = max(1, _fitting(line, max_width, size, weight, measure))
            if kept >= len(line):
                break
            lines.append(line[:kept])
            line = line[kept:]
    lines.append(line.rstrip(" "))
    return tuple(lines)


def _pieces(text: str) -> list[str]:
    """Split *text* after each place where a line may end."""
    pieces: list[str] = []
    start = 0
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if _may_break(before, after):
            pieces.append(text[start:place])
            start = place
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before == " ":
        return True
    if before in _BREAK_AFTER:
        return after.isalpha()
    return _is_ideographic(before) or _is_ideographic(after)


def _is_ideographic(character: str) -> bool:
    return character > "\u2e7f" and unicodedata.east_asian_width(character) in "WF"
