"""Marks as stamps: each shape, size and angle is drawn once into a sheet and blitted from there.

For the screen: positions fall on whole device pixels, sizes on quarters, angles on two degrees.
"""

import math
import threading
from collections import OrderedDict
from collections.abc import Sequence
from itertools import groupby
from typing import cast

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QPolygonF, QTransform

from chipscape_desktop.export.batches import shown_marks, shown_together
from chipscape_desktop.export.brushes import qt_colour, qt_pen
from chipscape_desktop.export.shapes import OUTLINES, STROKES, stroke_pen, turned
from chipscape_desktop.figures.drawing import Floats, Marks, Rect

_SHEET_WIDTH = 1024
_SHEET_LIMIT = 2048
_LARGEST = 96  # device pixels; larger marks are drawn directly
_SHEETS_KEPT = 4
_ANGLE_STEP = 2.0
_kept = threading.local()


def draw_mark(painter: QPainter, marks: Marks, x: float, y: float, size: float, angle: float) -> None:
    """Draw one mark at its exact place; the caller has set pen and brush with `set_style`."""
    if marks.shape == "disc":
        painter.drawEllipse(QRectF(x - size / 2, y - size / 2, size, size))
    elif marks.shape in STROKES:
        for line in STROKES[marks.shape]:
            (x1, y1), (x2, y2) = turned(line, size, angle)
            painter.drawLine(QPointF(x + x1, y + y1), QPointF(x + x2, y + y2))
    else:
        points = turned(OUTLINES[marks.shape], size, angle)
        painter.drawPolygon(QPolygonF([QPointF(x + px, y + py) for px, py in points]))


def set_style(painter: QPainter, marks: Marks) -> None:
    """Set pen and brush for the marks."""
    painter.setPen(qt_pen(stroke_pen(marks) if marks.shape in STROKES else marks.pen))
    painter.setBrush(Qt.BrushStyle.NoBrush if marks.fill is None else qt_colour(marks.fill))


class _Sheet:
    """The stamps at one scale: a pixmap, and where on it each mark of a style, quarter size and angle step lies."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self._cells: dict[object, tuple[int, int, int]] = {}
        self._clear()

    def _clear(self) -> None:
        self._cells.clear()
        self.pixmap = QPixmap(_SHEET_WIDTH, 128)
        self.pixmap.fill(QColor(0, 0, 0, 0))
        self._x = self._y = self._deep = 0

    def cell(self, marks: Marks, size: int, turn: int) -> tuple[int, int, int]:
        """Return left, top and side of the stamp of a style, drawing it when new."""
        key = (marks.shape, marks.fill, marks.pen, size, turn)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self._draw(marks, size / 4, turn * _ANGLE_STEP)
        return found

    def clear_if_full(self) -> None:
        """Start anew when the sheet has grown large; only between draws, for cells move."""
        if self.pixmap.height() > _SHEET_LIMIT:
            self._clear()

    def _draw(self, marks: Marks, size: float, angle: float) -> tuple[int, int, int]:
        side = stamp_side(marks, size, self.scale)
        if self._x + side > _SHEET_WIDTH:
            self._x, self._y, self._deep = 0, self._y + self._deep, 0
        while self._y + side > self.pixmap.height():
            taller = QPixmap(_SHEET_WIDTH, 2 * self.pixmap.height())
            taller.fill(QColor(0, 0, 0, 0))
            painter = QPainter(taller)
            painter.drawPixmap(0, 0, self.pixmap)
            painter.end()
            self.pixmap = taller
        left, top = self._x, self._y
        painter = QPainter(self.pixmap)
        draw_stamp(painter, marks, left, top, side, size=size, angle=angle, scale=self.scale)
        painter.end()
        self._x, self._deep = left + side, max(self._deep, side)
        return left, top, side


def stamp_side(marks: Marks, size: float, scale: float) -> int:
    """Return the even side of a stamp in device pixels: the shape's reach, its pen and the soft edge."""
    pen = marks.pen.width if marks.pen else 2.0
    return 2 * math.ceil(((size * 1.25 + pen) * scale) / 2 + 1)


def draw_stamp(
    painter: QPainter, marks: Marks, left: int, top: int, side: int, *, size: float, angle: float, scale: float
) -> None:
    """Draw a mark into the middle of a square cell of device pixels; its centre is a pixel's centre."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(left + side // 2 + 0.5, top + side // 2 + 0.5)
    painter.scale(scale, scale)
    set_style(painter, marks)
    draw_mark(painter, marks, 0.0, 0.0, size, angle)


def stamp_image(marks: Marks, size: float, scale: float) -> QImage:
    """Return a single stamp as an image."""
    side = stamp_side(marks, size, scale)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    draw_stamp(painter, marks, 0, 0, side, size=size, angle=0.0, scale=scale)
    painter.end()
    return image


def fits_stamp(marks: Marks, scale: float) -> bool:
    """Say whether all marks are small enough for the sheet."""
    size = np.asarray(marks.size)
    return size.size == 0 or float(np.nanmax(size)) * scale <= _LARGEST


def draw_stamps(painter: QPainter, batches: Sequence[Marks], clip: Rect) -> None:
    """Blit batches of marks inside *clip*, in order; the painter's transform may move and scale, not turn."""
    transform = painter.deviceTransform()
    sheet = _sheet(transform.m11())
    placed = []
    for plain, run in groupby(batches, _is_plain):
        if plain:
            placed.append(_placed_plain(list(run), clip, sheet))
        else:
            placed.extend(_placed(marks, clip, sheet) for marks in run)
    x, y, cells = placed[0] if len(placed) == 1 else (np.concatenate(part) for part in zip(*placed, strict=True))
    if not len(x):
        return
    # One row per fragment: x, y, source left, top, width, height, scale x, y, rotation, opacity.
    rows = np.ones((len(x), 10))
    rows[:, 0] = np.floor(x * sheet.scale + transform.dx())
    rows[:, 1] = np.floor(y * transform.m22() + transform.dy())
    rows[:, 2:5] = cells
    rows[:, 5] = rows[:, 4]
    rows[:, 8] = 0
    world = painter.worldTransform()
    painter.setWorldTransform(to_device_pixels(painter))
    fragments = cast(QPainter.PixmapFragment, shiboken6.wrapInstance(rows.ctypes.data, QPainter.PixmapFragment))
    painter.drawPixmapFragments(fragments, len(rows), sheet.pixmap)
    painter.setWorldTransform(world)


def _is_plain(marks: Marks) -> bool:
    return marks.angle is None and np.ndim(marks.size) == 0


def _placed_plain(batches: Sequence[Marks], clip: Rect, sheet: _Sheet) -> tuple[Floats, Floats, Floats]:
    """Return what `_placed` does for batches of one size each, none turned: in one go, for they are many and small."""
    x, y, which = shown_together(batches, clip)
    sizes = [max(round(float(marks.size) * 4), 1) for marks in batches]
    table = [sheet.cell(marks, size, 0) for marks, size in zip(batches, sizes, strict=True)]
    cells: Floats = np.array(table, dtype=np.float64)[which]
    return x, y, cells


def _placed(marks: Marks, clip: Rect, sheet: _Sheet) -> tuple[Floats, Floats, Floats]:
    """Return the centres of the marks to paint and their cells on the sheet, one a row."""
    shown = shown_marks(marks, clip)
    sizes = np.maximum(np.rint(shown.size * 4).astype(np.int64), 1)
    turns = np.rint(shown.angle / _ANGLE_STEP).astype(np.int64) % round(360 / _ANGLE_STEP)
    codes, inverse = np.unique(sizes * 1024 + turns, return_inverse=True)
    table = [sheet.cell(marks, code // 1024, code % 1024) for code in codes.tolist()]
    cells: Floats = np.array(table, dtype=np.float64).reshape(-1, 3)[inverse]
    return shown.x, shown.y, cells


def to_device_pixels(painter: QPainter) -> QTransform:
    """Return the world transform under which one unit is one device pixel."""
    world = painter.worldTransform()
    device = painter.deviceTransform()
    inverse, _ = device.inverted()
    return inverse * world


def _sheet(scale: float) -> _Sheet:
    sheets: OrderedDict[float, _Sheet] | None = getattr(_kept, "sheets", None)
    if sheets is None:
        sheets = _kept.sheets = OrderedDict()
    sheet = sheets.get(scale)
    if sheet is None:
        sheet = sheets[scale] = _Sheet(scale)
        if len(sheets) > _SHEETS_KEPT:
            sheets.popitem(last=False)
    sheets.move_to_end(scale)
    sheet.clear_if_full()
    return sheet
