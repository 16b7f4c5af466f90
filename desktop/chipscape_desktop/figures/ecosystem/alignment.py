"""Lining records up on the map and spacing them evenly: new places for old ones, in units of the layout."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Place: TypeAlias = tuple[float, float]
Way: TypeAlias = Literal["left", "right", "top", "bottom", "column", "row", "across", "down"]

WAYS: Final[tuple[Way, ...]] = ("left", "right", "top", "bottom", "column", "row", "across", "down")
"""Align by the leftmost, rightmost, uppermost or lowest; in one column or row at the middle; space evenly."""

_NEAREST: Final = 1e-9


def least(way: Way) -> int:
    """Return how many records it takes."""
    return 3 if way in ("across", "down") else 2


def aligned(places: Mapping[str, Place], way: Way) -> dict[str, Place]:
    """Return the new places; with too few records, the old ones."""
    if len(places) < least(way):
        return dict(places)
    if way in ("across", "down"):
        return _spaced(places, 0 if way == "across" else 1)
    axis = 0 if way in ("left", "right", "column") else 1
    values = [place[axis] for place in places.values()]
    if way in ("column", "row"):
        value = sum(values) / len(values)
    else:
        value = min(values) if way in ("left", "top") else max(values)
    return {id_: (value, y) if axis == 0 else (x, value) for id_, (x, y) in places.items()}


def shifted(places: Mapping[str, Place], right: float, down: float) -> dict[str, Place]:
    """Return the places moved by so much."""
    return {id_: (x + right, y + down) for id_, (x, y) in places.items()}


def _spaced(places: Mapping[str, Place], axis: int) -> dict[str, Place]:
    """Return the places with equal distances between the first and the last, which stay."""
    order = sorted(places, key=lambda id_: (places[id_][axis], places[id_][1 - axis], id_))
    first, last = places[order[0]][axis], places[order[-1]][axis]
    step = (last - first) / (len(order) - 1)
    if abs(last - first) < _NEAREST:
        return dict(places)
    out = {}
    for number, id_ in enumerate(order):
        place = list(places[id_])
        place[axis] = first + number * step
        out[id_] = (place[0], place[1])
    return out
