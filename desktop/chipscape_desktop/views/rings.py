"""Rings over a drawing: selection and hover are marked by a ring in the accent colour, never by another fill."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from chipscape_desktop.figures.drawing import Box, Drawing, Marks, Ref
from chipscape_desktop.figures.palette import LIGHT

_WIDER = 7.0


class Rings:
    """What is selected (ids) and hovered (a mark's meaning), and how that is shown."""

    def __init__(self) -> None:
        self.selected: frozenset[str] = frozenset()
        self.hovered: Ref | None = None
        self.colour = LIGHT.accent
        self._places: dict[int, tuple[Sequence[Ref], dict[str, list[int]]]] = {}

    def paint(self, painter: QPainter, drawing: Drawing) -> None:
        """Paint a ring around every mark and box that stands for something selected or hovered."""
        if not self.selected and self.hovered is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ids, width in (
            (self.selected, 2.0),
            (frozenset(self.hovered.ids[:1]) if self.hovered else frozenset(), 1.0),
        ):
            painter.setPen(QPen(QColor(self.colour), width))
            for layer in drawing.layers:
                painter.save()
                if layer.clip is not None:
                    clip = layer.clip
                    painter.setClipRect(QRectF(clip.x, clip.y, clip.width, clip.height))
                for item in layer.items:
                    if isinstance(item, Marks) and item.refs:
                        for i in self._of(item, ids):
                            size = float(item.size if isinstance(item.size, (int, float)) else item.size[i]) + _WIDER
                            centre = QPointF(float(item.x[i]), float(item.y[i]))
                            painter.drawEllipse(centre, size / 2, size / 2)
                    elif isinstance(item, Box) and item.ref is not None and _means(item.ref, ids):
                        rect = QRectF(item.rect.x, item.rect.y, item.rect.width, item.rect.height)
                        painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), item.radius + 2, item.radius + 2)
                painter.restore()
        painter.restore()

    def _of(self, marks: Marks, ids: frozenset[str]) -> Iterator[int]:
        """Yield the positions in the batch that stand for one of *ids*; looked up, for batches may be long."""
        if not ids:
            return
        kept = self._places.get(id(marks.refs))
        if kept is None or kept[0] is not marks.refs:
            places: dict[str, list[int]] = {}
            for number, ref in enumerate(marks.refs):
                # A cluster is ringed for every record in it: there is where one looks for it.
                for id_ in ref.ids if ref.kind == "cluster" else ref.ids[:1] if ref.kind != "claim" else ():
                    places.setdefault(id_, []).append(number)
            if len(self._places) > 64:
                self._places.clear()
            kept = self._places[id(marks.refs)] = (marks.refs, places)
        wanted = {number for id_ in ids for number in kept[1].get(id_, ())}
        if marks.index is None:
            yield from wanted
        elif wanted:
            for position, number in enumerate(marks.index.tolist()):
                if number in wanted:
                    yield position


def _means(ref: Ref, ids: frozenset[str]) -> bool:
    return ref.kind not in ("band", "claim") and bool(ref.ids) and ref.ids[0] in ids
