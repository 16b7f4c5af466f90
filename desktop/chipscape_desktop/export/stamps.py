"""Marks as stamps: each shape, size and angle is drawn once into a sheet and blitted from there.

For the screen: positions fall on whole device pixels, sizes on quarters, angles on two degrees.
"""

import math
import threading
from collections import OrderedDict
from typing import cast

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QPolygonF, QTransform

from chipscape_desktop.export.batches import Shown
from chipscape_desktop.export.brushes import qt_colour, qt_pen
from chipscape_desktop.export.shapes import OUTLINES, STROKES, stroke_pen, turned
from chipscape_desktop.figures.drawing import Marks

_SHEET_WIDTH = 1024
_SHEET_LIMIT = 2048
_LARGEST = 96  # device pixels; larger marks are drawn directly
_SHEETS_KEPT = 64
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
    """The stamps of one style: a pixmap, and where on it each (quarter size, angle step) lies."""

    def __init__(self, marks: Marks, scale: float) -> None:
        self.marks, self.scale = marks, scale
        self.cells: dict[tuple[int, int], tuple[int, int, int]] = {}
        self._clear()

    def _clear(self) -> None:
        self.cells.clear()
        self.pixmap = QPixmap(_SHEET_WIDTH, 128)
        self.pixmap.fill(QColor(0, 0, 0, 0))
        self._x = self._y = self._deep = 0

    def cell(self, key: tuple[int, int]) -> tuple[int, int, int]:
        """Return left, top and side of a stamp, drawing it when new."""
        found = self.cells.get(key)
        if found is None:
            found = self.cells[key] = self._draw(key)
        return found

    def clear_if_full(self) -> None:
        """Start anew when the sheet has grown large; only between frames, for cells move."""
        if self.pixmap.height() > _SHEET_LIMIT:
            self._clear()

    def _draw(self, key: tuple[int, int]) -> tuple[int, int, int]:
        size, angle = key[0] / 4, key[1] * _ANGLE_STEP
        side = stamp_side(self.marks, size, self.scale)
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
        draw_stamp(painter, self.marks, left, top, side, size=size, angle=angle, scale=self.scale)
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


def fits_stamp(shown: Shown, scale: float) -> bool:
    """Say whether all marks are small enough for the sheet."""
    return len(shown.size) == 0 or float(shown.size.max()) * scale <= _LARGEST


def draw_stamps(painter: QPainter, marks: Marks, shown: Shown) -> None:
    """Blit the marks; the painter's transform may move and scale, not turn."""
    transform = painter.deviceTransform()
    scale = transform.m11()
    sheet = _sheet(marks, scale)
    sizes = np.maximum(np.rint(shown.size * 4).astype(np.int64), 1)
    turns = np.rint(shown.angle / _ANGLE_STEP).astype(np.int64) % round(360 / _ANGLE_STEP)
    coded = sizes * 1024 + turns
    if (coded == coded[0]).all():
        codes, inverse = coded[:1], np.zeros(len(coded), dtype=np.int64)
    else:
        codes, inverse = np.unique(coded, return_inverse=True)
    cells = np.array([sheet.cell((code // 1024, code % 1024)) for code in codes.tolist()], dtype=np.float64)
    # One row per fragment: x, y, source left, top, width, height, scale x, y, rotation, opacity.
    rows = np.ones((len(inverse), 10))
    rows[:, 0] = np.floor(shown.x * scale + transform.dx())
    rows[:, 1] = np.floor(shown.y * transform.m22() + transform.dy())
    rows[:, 2:5] = cells[inverse]
    rows[:, 5] = rows[:, 4]
    rows[:, 8] = 0
    painter.save()
    painter.setWorldTransform(to_device_pixels(painter))
    fragments = cast(QPainter.PixmapFragment, shiboken6.wrapInstance(rows.ctypes.data, QPainter.PixmapFragment))
    painter.drawPixmapFragments(fragments, len(rows), sheet.pixmap)
    painter.restore()


def to_device_pixels(painter: QPainter) -> QTransform:
    """Return the world transform under which one unit is one device pixel."""
    world = painter.worldTransform()
    device = painter.deviceTransform()
    inverse, _ = device.inverted()
    return inverse * world


def _sheet(marks: Marks, scale: float) -> _Sheet:
    sheets: OrderedDict[object, _Sheet] | None = getattr(_kept, "sheets", None)
    if sheets is None:
        sheets = _kept.sheets = OrderedDict()
    key = (marks.shape, marks.fill, marks.pen, scale)
    sheet = sheets.get(key)
    if sheet is None:
        empty = np.empty(0)
        sheet = sheets[key] = _Sheet(Marks(marks.shape, empty, empty, 1.0, marks.fill, marks.pen), scale)
        if len(sheets) > _SHEETS_KEPT:
            sheets.popitem(last=False)
    sheets.move_to_end(key)
    sheet.clear_if_full()
    return sheet
