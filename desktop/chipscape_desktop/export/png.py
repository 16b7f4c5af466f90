"""Writes a drawing as PNG, at twice its size unless told, with what it was made from as text inside."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter

from chipscape_desktop.export.painter import paint
from chipscape_desktop.export.provenance import Capsule, numbered_sources
from chipscape_desktop.export.qt_application import ensure_application
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.spec import Caption

SCALE = 2.0
CAPSULE_KEY = "Chipscape"
_DOTS_PER_METRE = 96 / 0.0254


def render_png(drawing: Drawing, caption: Caption, capsule: Capsule, *, scale: float = SCALE) -> bytes:
    """Return the drawing as a PNG file of *scale* pixels for each of its own."""
    ensure_application()
    image = drawn_image(drawing, scale=scale)
    image.setText("Title", caption.title)
    image.setText("Description", drawing.summary or caption.subtitle)
    image.setText("Source", "\n".join(numbered_sources(caption.sources)))
    image.setText("Software", capsule.application)
    image.setText(CAPSULE_KEY, capsule.to_json())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    if not writer.write(image):
        raise RuntimeError(f"Qt cannot write the image: {writer.errorString()}")
    return bytes(buffer.data().data())


def drawn_image(drawing: Drawing, *, scale: float = 1.0) -> QImage:
    """Return the drawing as an image; its device pixel ratio is *scale*."""
    width, height = (max(1, round(side * scale)) for side in (drawing.width, drawing.height))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(drawing.ground[:7])
    image.setDevicePixelRatio(scale)
    image.setDotsPerMeterX(round(_DOTS_PER_METRE * scale))
    image.setDotsPerMeterY(round(_DOTS_PER_METRE * scale))
    painter = QPainter(image)
    paint(drawing, painter, exact=True)
    painter.end()
    return image
