"""What belongs to the event that is pointed at: rings around its relatives, arrows from causes to effects."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from chipscape_desktop.figures.drawing import Box, Drawing, Marks, Polyline, Rect, Ref
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.timeline.arrows import LAYER
from chipscape_desktop.figures.timeline.kin import Relatives
from chipscape_desktop.figures.timeline.spec import TimelineSpec

_RING = 18.0
_HEAD = 8.0
_MOST_RINGS = 60


class RelatedMarks:
    """Paints the relatives of one event over a drawing; nothing while none is pointed at."""

    def __init__(self) -> None:
        self.spec: TimelineSpec | None = None
        self._places: tuple[Drawing, dict[str, tuple[float, float]]] | None = None

    def relatives(self, id_: str) -> Relatives:
        """Return the relatives of an event."""
        return self.spec.kin.of(id_) if self.spec is not None else Relatives()

    def paint(self, painter: QPainter, drawing: Drawing, pointed: Ref | None, palette: Palette) -> None:
        """Paint what belongs to the event *pointed* at."""
        if pointed is None or not pointed.ids:
            return
        if pointed.kind == "relationship":
            _light_up(painter, drawing, frozenset(pointed.ids), palette)
        if pointed.kind != "record":
            return
        id_ = pointed.ids[0]
        relatives = self.relatives(id_)
        places = self.places(drawing)
        here = places.get(id_)
        if here is None or not relatives.all:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = drawing.plot
        painter.setClipRect(QRectF(plot.x, plot.y, plot.width, plot.height))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(palette.accent), 1.25, Qt.PenStyle.DotLine))
        rings = {places[other] for other in relatives.alike if other in places} - {here}
        for x, y in sorted(rings)[:_MOST_RINGS]:
            painter.drawEllipse(QPointF(x, y), _RING / 2, _RING / 2)
        drawn = self._links(drawing, id_)
        _light_up(painter, drawing, frozenset(drawn.values()), palette)
        for others, outward in ((relatives.causes, False), (relatives.effects, True)):
            for other in sorted(others):
                there = places.get(other)
                if there is not None and there != here and other not in drawn:
                    _arrow(painter, *((here, there) if outward else (there, here)), palette=palette)
        painter.restore()

    def _links(self, drawing: Drawing, id_: str) -> dict[str, str]:
        """Return the events joined to one by arrows of the drawing, with the relationships that those stand for."""
        if self.spec is None or not self.spec.links:
            return {}
        item = self.spec.place_of(id_)
        shown = {each.ref.ids[0] for each in _arrows_of(drawing) if each.ref is not None}
        out = {}
        for link in self.spec.links:
            if item in (link.cause, link.effect) and link.ref.ids[0] in shown:
                out[self.spec.id_of(link.effect if link.cause == item else link.cause)] = link.ref.ids[0]
        return out

    def places(self, drawing: Drawing) -> dict[str, tuple[float, float]]:
        """Return where each record of a drawing stands, those in clusters at the cluster; kept for the drawing."""
        if self._places is None or self._places[0] is not drawing:
            found: dict[str, tuple[float, float]] = {}
            for layer in drawing.layers:
                area = layer.clip or Rect(0.0, 0.0, drawing.width, drawing.height)
                for item in layer.items:
                    if isinstance(item, Marks) and item.refs:
                        for x, y, ref in zip(item.x.tolist(), item.y.tolist(), item.refs, strict=False):
                            if ref.kind in ("record", "cluster") and area.contains(x, y):
                                for id_ in ref.ids:
                                    found.setdefault(id_, (x, y))
                    elif isinstance(item, Box) and item.ref is not None and item.ref.kind == "record":
                        middle = item.rect.x + item.rect.width / 2, item.rect.y + item.rect.height / 2
                        found.setdefault(item.ref.ids[0], middle)
            self._places = (drawing, found)
        return self._places[1]


def _arrows_of(drawing: Drawing) -> list[Polyline]:
    """Return the lines and heads of the arrows in a drawing."""
    layers = [layer for layer in drawing.layers if layer.name == LAYER]
    return [item for layer in layers for item in layer.items if isinstance(item, Polyline) and item.ref is not None]


def _light_up(painter: QPainter, drawing: Drawing, ids: frozenset[str], palette: Palette) -> None:
    """Paint the arrows that stand for these relationships in the accent colour."""
    lines = [line for line in _arrows_of(drawing) if line.ref is not None and not ids.isdisjoint(line.ref.ids)]
    if not lines:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plot = drawing.plot
    painter.setClipRect(QRectF(plot.x, plot.y, plot.width, plot.height))
    accent = QColor(palette.accent)
    for line in lines:
        points = QPolygonF([QPointF(x, y) for x, y in zip(line.x.tolist(), line.y.tolist(), strict=True)])
        if line.fill is None:
            painter.setPen(QPen(accent, 2.25))
            painter.drawPolyline(points)
        else:
            painter.setPen(QPen(accent, 1))
            painter.setBrush(accent)
            painter.drawPolygon(points)
    painter.restore()


def _arrow(painter: QPainter, start: tuple[float, float], end: tuple[float, float], *, palette: Palette) -> None:
    """Draw an arrow that bends a little, so that arrows between the same lanes can be told apart."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length < 2 * _HEAD:
        return
    bend = min(40.0, length / 5)
    control = QPointF((start[0] + end[0]) / 2 + dy / length * bend, (start[1] + end[1]) / 2 - dx / length * bend)
    turn = math.atan2(end[1] - control.y(), end[0] - control.x())
    tip = QPointF(end[0] - 8 * math.cos(turn), end[1] - 8 * math.sin(turn))
    path = QPainterPath(QPointF(*start))
    path.quadTo(control, tip)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(palette.ground), 4.0))
    painter.drawPath(path)
    painter.setPen(QPen(QColor(palette.accent), 1.75))
    painter.drawPath(path)
    wings = [
        QPointF(tip.x() - _HEAD * math.cos(turn + side), tip.y() - _HEAD * math.sin(turn + side))
        for side in (0.45, -0.45)
    ]
    painter.setBrush(QColor(palette.accent))
    painter.drawPolygon(QPolygonF([tip, *wings]))
