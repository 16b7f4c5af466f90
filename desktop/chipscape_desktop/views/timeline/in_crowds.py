"""A ring around the place of what is selected in a crowd, where it has no sign of its own."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.timeline.density import places_in_shades
from chipscape_desktop.figures.timeline.spec import TimelineSpec

_RING, _DOT, _HALO = 7.0, 2.5, 5.0


def ring_in_crowds(
    painter: QPainter, spec: TimelineSpec, drawing: Drawing, *, view: View, ids: frozenset[str], palette: Palette
) -> None:
    """Paint a ring with a dot in it where these records stand in the shades of crowded lanes."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for x, y in places_in_shades(spec, drawing, view, ids):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((palette.ground, _HALO), (palette.accent, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(QPointF(x, y), _RING, _RING)
        painter.setBrush(QColor(palette.accent))
        painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
