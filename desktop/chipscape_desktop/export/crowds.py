"""Crowds of like marks in a few milliseconds, however many: painted on a grid of pixels by shifting it.

A pixel that is the centre of a mark gets the number of the mark's batch (a later batch is a higher number, and lies on
top) and full coverage. Shifting the grid by each pixel of the stamp and keeping the maximum paints all stamps at
once; runs of covered pixels are smeared by doubling. Soft edges take three steps of coverage, and yield to any pixel
that is covered more, so that thin shapes never punch holes into those below.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from chipscape_desktop.export.batches import Shown
from chipscape_desktop.export.brushes import is_opaque, qt_colour
from chipscape_desktop.export.stamps import stamp_image, to_device_pixels
from chipscape_desktop.figures.drawing import Ints, Marks, Rect

WORTHWHILE = 4000
MOST_BATCHES = 63
_LEVELS = 4
_STEP = 64  # a pixel holds coverage in thirds * 64 + batch number
_LARGEST_STAMP = 40
_SLICE = 200_000

Grid = NDArray[np.uint8]


def can_crowd(marks: Marks) -> bool:
    """Say whether the marks may be painted as a crowd: one opaque colour, one size, not turned."""
    colours = {marks.fill, marks.pen.colour if marks.pen else None} - {None}
    return (
        len(colours) == 1
        and all(is_opaque(colour) for colour in colours if colour)
        and np.ndim(marks.size) == 0
        and marks.angle is None
    )


def _alike(one: Marks, other: Marks) -> bool:
    """Say whether both differ in colour only."""

    def form(marks: Marks) -> object:
        pen = (marks.pen.width, marks.pen.dash) if marks.pen else None
        return marks.shape, marks.size, marks.fill is None, pen

    return form(one) == form(other)


def draw_crowd(painter: QPainter, batches: list[tuple[Marks, Shown]], area: Rect) -> bool:
    """Paint the batches inside *area*, each on top of those before; say False, and paint nothing, if that cannot be.

    All batches must be fit for it (`can_crowd`).
    """
    transform = painter.deviceTransform()
    scale = transform.m11()
    stamps = [_stamp(marks, scale) for marks, _ in batches]
    pad = max(stamp.shape[0] for stamp in stamps)
    if pad > _LARGEST_STAMP or len(batches) > MOST_BATCHES:
        return False
    left = int(np.floor(area.x * scale + transform.dx()))
    top = int(np.floor(area.y * scale + transform.dy()))
    columns, rows = int(np.ceil(area.width * scale)) + 1, int(np.ceil(area.height * scale)) + 1
    stride = (columns + 2 * pad + 3) // 4 * 4
    result = np.zeros((rows + 4 * pad) * stride, np.uint8)
    for first, last in _alike_runs([marks for marks, _ in batches]):
        stamp = stamps[first]
        centres = []
        for _, shown in batches[first:last]:
            x = np.floor(shown.x * scale + (transform.dx() - left)).astype(np.int64)
            y = np.floor(shown.y * scale + (transform.dy() - top)).astype(np.int64)
            inside = (x > -pad) & (x < columns + pad) & (y > -pad) & (y < rows + pad)
            centres.append((y[inside] + 2 * pad) * stride + x[inside] + pad)
        if sum(map(len, centres)) * np.count_nonzero(stamp) < len(result):
            for number, places in enumerate(centres, first + 1):
                _scatter(result, places, stamp, stride, number)
        else:
            grid = np.zeros_like(result)
            for number, places in enumerate(centres, first + 1):
                grid[places] = (_LEVELS - 1) * _STEP + number
            _smear(result, grid, stamp, stride, pad)
    start = 2 * pad * stride + pad
    image = QImage(result[start:].data, columns, rows, stride, QImage.Format.Format_Indexed8)
    image.setColorTable(_colours([marks for marks, _ in batches]))
    painter.save()
    painter.setWorldTransform(to_device_pixels(painter))
    painter.drawImage(QRectF(left, top, columns, rows), image)
    painter.restore()
    return True


def _alike_runs(batches: list[Marks]) -> list[tuple[int, int]]:
    """Return first and end of each run of neighbours that differ in colour only."""
    starts = [place for place in range(1, len(batches)) if not _alike(batches[place - 1], batches[place])]
    return list(zip([0, *starts], [*starts, len(batches)], strict=True))


def _scatter(result: Grid, places: Ints, stamp: Grid, stride: int, number: int) -> None:
    """Paint the stamp at each place, pixel by pixel of the stamp: quicker where the marks are few."""
    half = stamp.shape[0] // 2
    for level in range(1, _LEVELS):
        for row, column in np.argwhere(stamp == level).tolist():
            pixels = places + ((row - half) * stride + column - half)
            result[pixels] = np.maximum(result[pixels], np.uint8(level * _STEP + number))


def _stamp(marks: Marks, scale: float) -> Grid:
    """Return the coverage of a mark's pixels in thirds."""
    image = stamp_image(marks, float(marks.size), scale).convertToFormat(QImage.Format.Format_Alpha8)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    opacity = pixels[:, : image.width()].astype(np.float64)
    return np.rint(opacity / 255 * (_LEVELS - 1)).astype(np.uint8)


def _smear(result: Grid, centres: Grid, stamp: Grid, stride: int, pad: int) -> None:
    """Paint *stamp* around every centre; in slices small enough for the processor's cache."""
    steps = _steps(stamp, stride)
    low, end = pad * stride, len(centres) - pad * stride
    slice_length = max(_SLICE // stride, 1) * stride
    scratch = np.empty((len(steps.sources), slice_length + 2 * low), np.uint8)
    for start in range(low, end, slice_length):
        stop = min(start + slice_length, end)
        source = centres[start - low : stop + low]
        rows = scratch[:, : len(source)]
        for row, make in zip(rows, steps.sources, strict=True):
            make(source, rows, row)
        target = result[start:stop]
        for number, shift in steps.shifts:
            np.maximum(target, rows[number, low - shift : low - shift + len(target)], out=target)


@dataclass(frozen=True, slots=True)
class _Steps:
    """How to paint a stamp: `sources` fill scratch rows from the centres, `shifts` say which row goes where."""

    sources: list[Callable[[Grid, Grid, Grid], None]]
    shifts: list[tuple[int, int]]


def _steps(stamp: Grid, stride: int) -> _Steps:
    half = stamp.shape[0] // 2
    steps = _Steps([], [])
    for level in range(1, _LEVELS - 1):
        places = np.argwhere(stamp == level).tolist()
        if places:
            steps.shifts.extend((len(steps.sources), (row - half) * stride + column - half) for row, column in places)
            steps.sources.append(partial(_softened, by=(_LEVELS - 1 - level) * _STEP))
    runs = _runs(stamp == _LEVELS - 1)
    lengths: dict[int, int] = {}  # of a smear, to its scratch row
    for length in sorted({length for _, _, length in runs}):
        while length not in lengths:
            longest = max(lengths, default=0)
            reach = min(2 * longest, length) or 1
            lengths[reach] = len(steps.sources)
            steps.sources.append(partial(_smeared, known=lengths.get(longest), by=reach - longest))
    for row, column, length in runs:
        steps.shifts.append((lengths[length], (row - half) * stride + column - half))
    return steps


def _softened(centres: Grid, rows: Grid, target: Grid, *, by: int) -> None:
    """Lower the coverage at every centre; empty pixels stay empty."""
    np.minimum(centres, by, out=target)
    np.subtract(centres, target, out=target)


def _smeared(centres: Grid, rows: Grid, target: Grid, *, known: int | None, by: int) -> None:
    """Widen the centres to the right by *by* more pixels than the *known* row."""
    source = centres if known is None else rows[known]
    target[:] = source
    if known is not None:
        np.maximum(target[by:], source[:-by], out=target[by:])


def _runs(covered: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Return the runs of covered pixels as row, first column, length."""
    found = []
    for row, cells in enumerate(covered):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], cells.astype(np.int8), [0]))))
        found += [(row, int(first), int(end - first)) for first, end in zip(edges[::2], edges[1::2], strict=True)]
    return found


def _colours(batches: list[Marks]) -> list[int]:
    """Return the colour of each value of a pixel."""
    table = [0] * (_LEVELS * _STEP)
    for number, marks in enumerate(batches, 1):
        colour = QColor(qt_colour(marks.fill or (marks.pen.colour if marks.pen else "#000000")))
        for level in range(1, _LEVELS):
            colour.setAlphaF(level / (_LEVELS - 1))
            table[level * _STEP + number] = colour.rgba()
    return table
