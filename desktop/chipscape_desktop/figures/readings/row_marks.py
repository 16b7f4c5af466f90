"""Marks on named rows: whiskers over the range of claims, and the claims themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.drawing import Item, Pen, Ref, Segments
from chipscape_desktop.figures.layout.row_plane import RowPlane
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.readings.claim_marks import claim_marks

_LEAST_PITCH = 8.0  # pixels of a row, below which claims would lie over each other


@dataclass(frozen=True, slots=True)
class ClaimTick:
    """One claim on a row: its value, its look (see `claim_marks`) and what it stands for."""

    value: float
    style: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class Range:
    """The range of the claims on a row."""

    row: int
    low: float
    high: float
    ref: Ref


def whiskers(ranges: Sequence[Range], made: RowPlane, palette: Palette) -> list[Item]:
    """Return a whisker for each range, on a rim of the ground so that it shows over a bar."""
    if not ranges:
        return []
    low, high = (made.x(np.array([getattr(one, end) for one in ranges])) for end in ("low", "high"))
    y = np.array([made.middle(one.row) for one in ranges])
    index = np.tile(np.arange(len(ranges)), 3)
    x1, x2 = np.concatenate([low, low, high]), np.concatenate([high, low, high])
    y1, y2 = np.concatenate([y, y - 4, y - 4]), np.concatenate([y, y + 4, y + 4])
    rim = Segments(x1, y1, x2, y2, Pen(palette.ground, 4.0))
    return [rim, Segments(x1, y1, x2, y2, Pen(palette.ink, 1.5), refs=[one.ref for one in ranges], index=index)]


def claims(found: Sequence[tuple[int, ClaimTick]], made: RowPlane, palette: Palette) -> list[Item]:
    """Return the marks of claims, given as row and tick; none where rows are too low."""
    if not found or made.pitch < _LEAST_PITCH:
        return []
    x = made.x(np.array([tick.value for _row, tick in found]))
    y = np.array([made.middle(row) for row, _tick in found])
    styles = np.array([tick.style for _row, tick in found], dtype=np.int64)
    refs = [tick.ref for _row, tick in found]
    return claim_marks(x, y, styles, ink=palette.ink, palette=palette, refs=refs, index=np.arange(len(found)))
