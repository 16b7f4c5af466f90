"""Grids of cells on a QPainter: to the pixel on screen, as an image without smoothing in files."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from chipscape_desktop.export.brushes import qt_colour
from chipscape_desktop.export.geometry import raster_repeats
from chipscape_desktop.export.stamps import to_device_pixels
from chipscape_desktop.figures.drawing import Colour, Ints, Raster, Rect


def paint_raster(painter: QPainter, raster: Raster, clip: Rect, *, exact: bool) -> None:
    """Paint the cells inside *clip*; without *exact* their edges fall on whole device pixels."""
    rows, columns = raster.cells.shape
    if not rows or not columns:
        return
    if not exact:
        _paint_pixels(painter, raster, clip)
        return
    cells = np.ascontiguousarray(raster.cells)
    image = QImage(cells.data, columns, rows, columns, QImage.Format.Format_Indexed8)
    image.setColorTable([qt_colour(colour).rgba() for colour in raster.colours])
    down, across = raster_repeats(raster)
    rect = raster.rect
    draw_image(painter, QRectF(rect.x, rect.y, rect.width, rect.height), image.scaled(columns * across, rows * down))


def draw_image(painter: QPainter, area: QRectF, image: QImage) -> None:
    """Draw an image over *area* without smoothing."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setBrush(Qt.GlobalColor.black)  # PDF gives an image the opacity of the brush
    painter.drawImage(area, image)


def _paint_pixels(painter: QPainter, raster: Raster, clip: Rect) -> None:
    """Paint the part in view as a picture of its full size: ten times as quick as Qt, which would enlarge each cell."""
    transform = painter.deviceTransform()
    rect, (rows, columns) = raster.rect, raster.cells.shape
    across, down, dx, dy = transform.m11(), transform.m22(), transform.dx(), transform.dy()
    x = _pixels(rect.x * across + dx, rect.width * across, columns, (clip.x * across + dx, clip.right * across + dx))
    y = _pixels(rect.y * down + dy, rect.height * down, rows, (clip.y * down + dy, clip.bottom * down + dy))
    if not x.length or not y.length:
        return
    cells = raster.cells[y.first : y.first + len(y.times), x.first : x.first + len(x.times)]
    pixels = _repeated(_premultiplied(raster.colours)[cells], y, x)
    image = QImage(pixels.data, x.length, y.length, 4 * x.length, QImage.Format.Format_ARGB32_Premultiplied)
    world = painter.worldTransform()
    painter.setWorldTransform(to_device_pixels(painter))
    painter.drawImage(QPoint(x.start, y.start), image)
    painter.setWorldTransform(world)


@dataclass(frozen=True, slots=True)
class _Pixels:
    """On which device pixels the cells of one axis stand: from cell `first` on, how many `times` each is repeated, or
    `even` for all (0: not alike), from pixel `start` on for `length` pixels."""

    first: int
    times: Ints
    even: int
    start: int
    length: int


@lru_cache(maxsize=128)  # the rows of a figure share their columns, and a moving view keeps its rows
def _pixels(start: float, length: float, count: int, seen: tuple[float, float]) -> _Pixels:
    """Return where those of *count* cells on the pixels *start* to *start* + *length* stand that are *seen*."""
    if length <= 0:
        return _Pixels(0, np.zeros(0, dtype=np.int64), 0, 0, 0)
    step = length / count
    first = min(max(math.floor((seen[0] - start) / step), 0), count)
    last = min(max(math.ceil((seen[1] - start) / step), first), count)
    places = np.floor(start + 0.5 + step * np.arange(first, last + 1))
    # What reaches far beyond what is seen is cut off there, so that no picture is larger than it.
    edges = np.clip(places, math.floor(seen[0]), math.ceil(seen[1])).astype(np.int64)
    times: Ints = np.diff(edges)
    even = int(times[0]) if len(times) and (times == times[0]).all() else 0
    return _Pixels(first, times, even, int(edges[0]), int(edges[-1] - edges[0]))


def _repeated(cells: NDArray[np.uint32], down: _Pixels, across: _Pixels) -> NDArray[np.uint32]:
    """Return the cells, each row and column as often as is said."""
    if across.even:
        wide = np.empty((cells.shape[0], across.length), dtype=np.uint32)
        for place in range(across.even):  # strided copies are several times as quick as `repeat`
            wide[:, place :: across.even] = cells
    else:
        wide = cells.repeat(across.times, axis=1)
    if len(down.times) > 1:
        return wide.repeat(down.times, axis=0)
    pixels = np.empty((down.length, across.length), dtype=np.uint32)
    pixels[:] = wide
    return pixels


@lru_cache(maxsize=64)
def _premultiplied(colours: tuple[Colour, ...]) -> NDArray[np.uint32]:
    """Return the colours as such a picture holds them: opacity, and red, green and blue times opacity."""
    table = np.zeros(len(colours), dtype=np.uint32)
    for place, colour in enumerate(colours):
        ink = qt_colour(colour)
        red, green, blue = (round(part * ink.alphaF()) for part in (ink.red(), ink.green(), ink.blue()))
        table[place] = ink.alpha() << 24 | red << 16 | green << 8 | blue
    return table
