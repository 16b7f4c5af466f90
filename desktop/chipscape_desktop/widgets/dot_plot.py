"""A small dot plot of the rival claims about one metric: where they lie, and which one was chosen."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from chipscape_db.queries.claims import ClaimRow, MetricValue
from chipscape_desktop.fact_words import quantity
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.fonts import interface_font

HEIGHT = 58
_SIDE, _LINE, _SCALE, _DOT = 12, 22, 2, 8


def dot_plot(value: MetricValue, width: int, palette: Palette) -> QImage | None:
    """Return the picture, None where there are not two different numbers to compare.

    Discs are values, hollow when estimated, reported or rumoured; a diamond is a measured value; the ring is chosen.
    """
    rows = [row for group in value.groups for row in group.claims if row.number is not None and row.is_live]
    numbers = [row.number for row in rows if row.number is not None]
    if len(set(numbers)) < 2:
        return None
    low, high = min(numbers), max(numbers)
    image = QImage(width * _SCALE, HEIGHT * _SCALE, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_SCALE)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.rule), 1))
    painter.drawLine(QPointF(_SIDE, _LINE), QPointF(width - _SIDE, _LINE))
    for row in rows:
        if row.number is not None:
            x = _SIDE + (row.number - low) / (high - low) * (width - 2 * _SIDE)
            _mark(painter, x, row, palette)
    chosen = value.chosen_claim
    if chosen is not None and chosen.number is not None:
        x = _SIDE + (chosen.number - low) / (high - low) * (width - 2 * _SIDE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(palette.accent), 2))
        painter.drawEllipse(QPointF(x, _LINE), _DOT, _DOT)
    painter.setPen(QColor(palette.ink_soft))
    painter.setFont(interface_font(11, tabular=True))
    below = QRectF(0, _LINE + _DOT + 4, width, HEIGHT - _LINE - _DOT - 4)
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, quantity(low, value.unit))
    painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, quantity(high, value.unit))
    painter.end()
    return image


def _mark(painter: QPainter, x: float, row: ClaimRow, palette: Palette) -> None:
    ink = QColor(palette.ink)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(ink if row.stance in ("stated", "measured") else QColor(palette.surface))
    if row.stance == "measured":
        painter.drawPolygon(
            [QPointF(x, _LINE - 5), QPointF(x + 5, _LINE), QPointF(x, _LINE + 5), QPointF(x - 5, _LINE)]
        )
    else:
        painter.drawEllipse(QPointF(x, _LINE), _DOT / 2, _DOT / 2)
