"""Qt's colours, pens and fills for those of a drawing."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter, QPen, QTransform

from chipscape_desktop.export.geometry import HATCH_STEP, fade_stops
from chipscape_desktop.figures.drawing import Box, Colour, Pen


@lru_cache(maxsize=512)
def qt_colour(colour: Colour) -> QColor:
    """Return `#rrggbb` or `#rrggbbaa` as Qt has it."""
    result = QColor(colour[:7])
    if len(colour) == 9:
        result.setAlpha(int(colour[7:], 16))
    return result


def is_opaque(colour: Colour) -> bool:
    """Say whether the colour hides what lies below."""
    return len(colour) == 7 or colour[7:].lower() == "ff"


def qt_pen(pen: Pen | None, *, round_joins: bool = False, device_scale: float = 0.0) -> QPen:
    """Return the pen as Qt has it; flat ends, as in SVG. It is shared: copy it to change it.

    With *device_scale* the width is given in device pixels, which the raster engine draws twice as fast.
    """
    return _no_pen() if pen is None else _pen(pen, round_joins, device_scale)


@lru_cache(maxsize=1)
def _no_pen() -> QPen:
    return QPen(Qt.PenStyle.NoPen)


@lru_cache(maxsize=512)
def _pen(pen: Pen, round_joins: bool, device_scale: float) -> QPen:
    width = pen.width * device_scale if device_scale else pen.width
    join = Qt.PenJoinStyle.RoundJoin if round_joins else Qt.PenJoinStyle.MiterJoin
    result = QPen(qt_colour(pen.colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, join)
    result.setMiterLimit(4)
    result.setCosmetic(bool(device_scale))
    if pen.dash and pen.width > 0:
        result.setDashPattern([length / pen.width for length in pen.dash])
    return result


def faded(colour: Colour, box: Box) -> QBrush:
    """Return a fill of *colour* that fades out at the box's ends."""
    if not any(box.fade):
        return QBrush(qt_colour(colour))
    rect = box.rect
    # While a view moves, only the place differs: the stops are looked up, which is several times as quick.
    brush = QBrush(_fading(colour, tuple((round(place, 5), share) for place, share in fade_stops(box))))
    brush.setTransform(QTransform(rect.width, 0, 0, 1, rect.x, 0))
    return brush


@lru_cache(maxsize=512)
def _fading(colour: Colour, stops: tuple[tuple[float, float], ...]) -> QBrush:
    """Return a fill that fades from 0 to 1 across."""
    gradient = QLinearGradient(0, 0, 1, 0)
    for place, share in stops:
        stop = QColor(qt_colour(colour))
        stop.setAlphaF(stop.alphaF() * share)
        gradient.setColorAt(place, stop)
    return QBrush(gradient)


@lru_cache(maxsize=32)
def hatch_tile(colour: Colour, scale: float) -> QImage:
    """Return one tile of diagonal lines at *scale* device pixels per pixel."""
    side = max(1, round(HATCH_STEP * scale))
    tile = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(0)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(qt_colour(colour), side / HATCH_STEP))
    for shift in (-side, 0, side):
        painter.drawLine(shift, side, side + shift, 0)
    painter.end()
    return tile
