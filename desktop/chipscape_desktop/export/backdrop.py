"""What of a drawing stays while its view moves, kept as one picture."""

import math

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPaintEngine, QPainter

from chipscape_desktop.export.brushes import is_opaque
from chipscape_desktop.export.painter import paint, paint_layers
from chipscape_desktop.export.stamps import to_device_pixels
from chipscape_desktop.figures.drawing import Drawing, Layer, Rect


class Backdrop:
    """Paints the drawings of one canvas; their ground and fixed layers, once they have come twice, from a picture."""

    def __init__(self) -> None:
        self._layers: tuple[Layer, ...] = ()
        self._key: object = None
        self._image: QImage | None = None

    def paint(self, drawing: Drawing, painter: QPainter) -> None:
        """Paint the whole drawing as `painter.paint` does for the screen."""
        fixed = tuple(layer for layer in drawing.layers if layer.fixed)
        if not fixed or not is_opaque(drawing.ground) or painter.paintEngine().type() is not QPaintEngine.Type.Raster:
            paint(drawing, painter)
            return
        transform = painter.deviceTransform()
        scale, left, top = transform.m11(), math.floor(transform.dx()), math.floor(transform.dy())
        inset = (transform.dx() - left, transform.dy() - top)
        key = (drawing.width, drawing.height, drawing.ground, scale, inset)
        if key != self._key or not _same(fixed, self._layers):
            self._key, self._layers, self._image = key, fixed, None
            paint(drawing, painter)
            return
        if self._image is None:
            self._image = _picture(drawing, fixed, scale, inset)
        world = painter.worldTransform()
        painter.setWorldTransform(to_device_pixels(painter))
        painter.drawImage(QPoint(left, top), self._image)
        painter.setWorldTransform(world)
        moving = tuple(layer for layer in drawing.layers if not layer.fixed)
        paint_layers(moving, painter, Rect(0, 0, drawing.width, drawing.height))


def _same(one: tuple[Layer, ...], other: tuple[Layer, ...]) -> bool:
    """Say whether the layers are the very same objects: layouts keep what has not changed."""
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _picture(drawing: Drawing, layers: tuple[Layer, ...], scale: float, inset: tuple[float, float]) -> QImage:
    """Return the ground and the layers at *scale* device pixels per pixel, *inset* from the corner by less than one."""
    width, height = math.ceil(drawing.width * scale + inset[0]), math.ceil(drawing.height * scale + inset[1])
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0)
    brush = QPainter(image)
    brush.translate(*inset)
    brush.scale(scale, scale)
    paint(Drawing(drawing.width, drawing.height, drawing.ground, drawing.plot, layers), brush)
    brush.end()
    return image
