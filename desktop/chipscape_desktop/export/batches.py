"""What of a batch is painted: entries with finite coordinates that touch the clip; the same rule for every painter."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Curves, Floats, Ints, Marks, Rect, Ref, Segments

_LARGEST = 1.25  # of the diameter: how far the corners of a shape reach


@dataclass(frozen=True, slots=True)
class Shown:
    """The painted entries of marks: centres, diameters, angles (degrees), and their places in the batch."""

    x: Floats
    y: Floats
    size: Floats
    angle: Floats
    places: Ints


def shown_marks(marks: Marks, clip: Rect | None) -> Shown:
    """Return the marks to paint inside *clip*."""
    x, y = marks.x, marks.y
    size = np.asarray(marks.size, dtype=np.float64)
    keep: NDArray[np.bool_]
    if clip is None:
        keep = np.isfinite(x) & np.isfinite(y) & np.isfinite(size) & (size > 0)
    else:  # not-a-number and infinity fail a comparison too
        reach = size * (_LARGEST / 2) + (marks.pen.width if marks.pen else 0)
        keep = (x >= clip.x - reach) & (x <= clip.right + reach) & (size > 0)
        keep &= (y >= clip.y - reach) & (y <= clip.bottom + reach)
    places = np.flatnonzero(keep)
    count = len(places)
    return Shown(
        x if count == len(x) else x[places],
        y if count == len(y) else y[places],
        np.broadcast_to(size, count) if size.ndim == 0 else size[places],
        np.broadcast_to(0.0, count) if marks.angle is None else np.nan_to_num(marks.angle[places]),
        places,
    )


def shown_together(batches: Sequence[Marks], clip: Rect) -> tuple[Floats, Floats, Ints]:
    """Return the centres of the marks to paint inside *clip*, and of which batch each is; of one size a batch each."""
    counts = [len(marks.x) for marks in batches]
    x, y = np.concatenate([marks.x for marks in batches]), np.concatenate([marks.y for marks in batches])
    which: Ints = np.repeat(np.arange(len(batches)), counts)
    reaches = [
        float(marks.size) * (_LARGEST / 2) + (marks.pen.width if marks.pen else 0) if marks.size > 0 else -np.inf
        for marks in batches
    ]
    reach = np.repeat(reaches, counts)
    keep = (x >= clip.x - reach) & (x <= clip.right + reach) & (y >= clip.y - reach) & (y <= clip.bottom + reach)
    return x[keep], y[keep], which[keep]


def shown_lines(lines: Segments | Curves, clip: Rect | None) -> Ints:
    """Return the places of the segments or curves to paint inside *clip*; a curve lies within its three points."""
    xs, ys = [lines.x1, lines.x2], [lines.y1, lines.y2]
    if isinstance(lines, Curves):
        xs, ys = [*xs, lines.cx], [*ys, lines.cy]
    keep: NDArray[np.bool_] = np.isfinite(sum(xs) + sum(ys))
    if clip is not None:
        reach = lines.pen.width
        keep &= (np.maximum.reduce(xs) + reach >= clip.x) & (np.minimum.reduce(xs) - reach <= clip.right)
        keep &= (np.maximum.reduce(ys) + reach >= clip.y) & (np.minimum.reduce(ys) - reach <= clip.bottom)
    return np.flatnonzero(keep)


def ref_at(refs: Sequence[Ref], index: Ints | None, place: int) -> Ref | None:
    """Return what the entry at *place* of a batch stands for; None when it is ornament."""
    if not refs:
        return None
    return refs[place if index is None else int(index[place])]
