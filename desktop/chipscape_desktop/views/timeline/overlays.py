"""What is painted over the timeline: what belongs together, the selected record in a crowd, lanes and dates moved."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.timeline.density import places_in_shades
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.theme import current_palette
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.timeline.editing import EventEditing
from chipscape_desktop.views.timeline.headers import LaneHeaders
from chipscape_desktop.views.timeline.related import RelatedMarks

_RING, _DOT, _HALO = 7.0, 2.5, 5.0


class Overlays:
    """Paints them one over the other."""

    def __init__(
        self, canvas: FigureCanvas, related: RelatedMarks, *, headers: LaneHeaders, editing: EventEditing
    ) -> None:
        self.spec: TimelineSpec | None = None
        self._canvas, self._related, self._headers, self._editing = canvas, related, headers, editing

    def paint(self, painter: QPainter, drawing: Drawing) -> None:
        """Paint over a drawing of the spec."""
        palette = current_palette()
        self._related.paint(painter, drawing, self._canvas.rings.hovered, palette)
        self._ring_in_crowds(painter, drawing, palette)
        self._headers.paint(painter, drawing, palette)
        self._editing.paint(painter, drawing, palette)

    def _ring_in_crowds(self, painter: QPainter, drawing: Drawing, palette: Palette) -> None:
        """Paint a ring with a dot in it where what is selected stands in shades, without a sign of its own."""
        selected = self._canvas.rings.selected
        if self.spec is None or not selected:
            return
        signless = frozenset(selected - self._related.places(drawing).keys())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for x, y in places_in_shades(self.spec, drawing, self._canvas.view(), signless):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((palette.ground, _HALO), (palette.accent, 2.0)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawEllipse(QPointF(x, y), _RING, _RING)
            painter.setBrush(QColor(palette.accent))
            painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
        painter.restore()
