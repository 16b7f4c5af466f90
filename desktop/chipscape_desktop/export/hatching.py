"""Hatched boxes on screen, as wide as the window and one beside the other: one small strip, repeated downwards.

A box looks the same at every height but for its diagonals, which come again after a few pixels. Qt would fill it twice,
with a gradient and with a pattern, which takes ten times as long.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter

from chipscape_desktop.export.brushes import hatch_tile, qt_colour
from chipscape_desktop.export.geometry import fade_stops
from chipscape_desktop.export.stamps import to_device_pixels
from chipscape_desktop.figures.drawing import Box, Colour, Ints, Rect

_ROWS = 64  # device pixels that are drawn at once

Pixels = NDArray[np.uint32]
_Shares = NDArray[np.float32]
"""Premultiplied blue, green, red and opacity, 0 to 1, in the last axis; or shares of them."""


def is_plain_hatch(item: object) -> bool:
    """Say whether the item is a hatched box with straight corners and without an outline."""
    return type(item) is Box and item.hatch is not None and item.pen is None and not item.radius


def paint_hatched(painter: QPainter, boxes: Sequence[Box], clip: Rect) -> None:
    """Paint boxes (see `is_plain_hatch`) of one top and height inside *clip*, in order, at whole device pixels."""
    transform = painter.deviceTransform()
    scale, dx, dy = transform.m11(), transform.dx(), transform.dy()
    area = _Area(
        math.floor(clip.x * scale + dx), math.floor(clip.y * scale + dy),
        math.ceil(clip.right * scale + dx), math.ceil(clip.bottom * scale + dy),
    )  # fmt: skip
    corner = math.floor(dx + 0.5), math.floor(dy + 0.5)
    top, bottom = (math.floor(y * scale + dy + 0.5) for y in (boxes[0].rect.y, boxes[0].rect.bottom))
    area = _Area(area.left, max(area.top, top), area.right, min(area.bottom, bottom))
    if area.left >= area.right or area.top >= area.bottom:
        return
    world = painter.worldTransform()
    painter.setWorldTransform(to_device_pixels(painter))
    row: list[tuple[int, Pixels]] = []
    reached = area.left
    for box in boxes:
        start, stop = (math.floor(x * scale + dx + 0.5) for x in (box.rect.x, box.rect.right))
        first, last = max(start, area.left), min(stop, area.right)
        if first >= last:
            continue
        if first < reached:  # what lies over others is laid over them
            _draw(painter, row, area, corner[1])
            row, reached = [], area.left
        row.append((first, _columns(box, np.arange(first, last), start, stop, scale=scale, corner=corner[0])))
        reached = last
    _draw(painter, row, area, corner[1])
    painter.setWorldTransform(world)


class _Area(NamedTuple):
    """A rectangle of device pixels."""

    left: int
    top: int
    right: int
    bottom: int


def _draw(painter: QPainter, row: Sequence[tuple[int, Pixels]], area: _Area, corner: int) -> None:
    """Draw boxes side by side, given by where they begin and one period of rows, over all of the area's height."""
    if not row:
        return
    left, right = row[0][0], row[-1][0] + row[-1][1].shape[1]
    side = row[0][1].shape[0]
    strip = np.zeros((side, right - left), dtype=np.uint32)
    for start, pixels in row:
        strip[:, start - left : start - left + pixels.shape[1]] = pixels
    rows = np.tile(np.roll(strip, -((area.top - corner) % side), axis=0), (max(1, _ROWS // side), 1))
    high, width = rows.shape
    for y in range(area.top, area.bottom, high):
        height = min(high, area.bottom - y)
        image = QImage(rows.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        painter.drawImage(QPoint(left, y), image)


def _columns(box: Box, places: Ints, start: int, stop: int, *, scale: float, corner: int) -> Pixels:
    """Return one period of rows of a box that runs from *start* to *stop*, at the device pixels *places*."""
    fill, hatch = box.fill or "#00000000", box.hatch or ""
    turn = (places - corner) % hatch_tile(hatch, scale).width()
    if not any(box.fade):
        return _pattern(fill, hatch, scale)[:, turn]
    ends, shares = zip(*fade_stops(box), strict=True)
    share = np.interp((places + 0.5 - start) / (stop - start), ends, shares).astype(np.float32)
    return _whole(_over(_tile(hatch, scale)[:, turn], _premultiplied(fill) * share[:, None]))


@lru_cache(maxsize=64)
def _pattern(fill: Colour, hatch: Colour, scale: float) -> Pixels:
    """Return one period of a box without fading."""
    return _whole(_over(_tile(hatch, scale), _premultiplied(fill)))


def _over(above: _Shares, below: _Shares) -> _Shares:
    result: _Shares = above + below * (1 - above[..., 3:])
    return result


def _whole(shares: _Shares) -> Pixels:
    pixels: Pixels = np.rint(shares * 255).astype(np.uint8).view(np.uint32)[..., 0]
    return pixels


@lru_cache(maxsize=32)
def _tile(colour: Colour, scale: float) -> _Shares:
    """Return the diagonals as rows of pixels."""
    tile = hatch_tile(colour, scale)
    pixels = np.frombuffer(tile.constBits(), np.uint8).reshape(tile.height(), tile.bytesPerLine() // 4, 4)
    shares: _Shares = pixels[:, : tile.width()].astype(np.float32) / np.float32(255)
    return shares


@lru_cache(maxsize=64)
def _premultiplied(colour: Colour) -> _Shares:
    ink = qt_colour(colour)
    alpha = ink.alphaF()
    return np.array([ink.blueF() * alpha, ink.greenF() * alpha, ink.redF() * alpha, alpha], dtype=np.float32)
