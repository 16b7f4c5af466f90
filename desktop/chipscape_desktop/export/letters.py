"""Text on a QPainter: laid out once per text and style and kept; letters with a halo as small pictures on screen."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from math import ceil, cos, floor, pi, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTextLayout

from chipscape_desktop.export.brushes import qt_colour
from chipscape_desktop.export.stamps import to_device_pixels
from chipscape_desktop.figures.drawing import Text
from chipscape_desktop.figures.text import nearest_weight
from chipscape_desktop.fonts import figure_font

HALO_WIDTH = 3.0
_LARGEST_PICTURE = 40  # device pixels
_PICTURES_KEPT = 3000
_TABULAR = QFont.Tag.fromString("tnum")
# Where a line is set again in the halo's colour, as stroking its outline takes ten times as long.
_RIM = [(1.5 * cos(turn * pi / 6), 1.5 * sin(turn * pi / 6)) for turn in range(12)]
_kept = threading.local()


Face = tuple[int, int, bool]


@lru_cache(maxsize=256)
def text_font(size: int, weight: int, tabular: bool) -> QFont:
    """Return the face in which painters set figures, at whole pixels."""
    font = figure_font(size, weight)
    if tabular:
        font.setFeature(_TABULAR, 1)
    return font


@lru_cache(maxsize=256)
def _metrics(size: int, weight: int, tabular: bool) -> QFontMetricsF:
    return QFontMetricsF(text_font(size, weight, tabular))


def draw_texts(painter: QPainter, texts: Sequence[Text], *, exact: bool) -> None:
    """Draw lines of text in order; *exact* sets type, without it level text comes from kept pictures of it."""
    if exact:
        for text in texts:
            _draw_exactly(painter, text)
        return
    transform = painter.deviceTransform()
    scale, dx, dy = transform.m11(), transform.dx(), transform.dy()
    here, in_pixels = painter.worldTransform(), to_device_pixels(painter)
    painter.setWorldTransform(in_pixels)
    for text in texts:
        if text.angle or text.size * scale > _LARGEST_PICTURE:
            painter.setWorldTransform(here)
            _draw_exactly(painter, text)
            painter.setWorldTransform(in_pixels)
            continue
        pixmap, left, ascent = _picture(text, scale)
        # Half a pixel goes up everywhere: `round` would send it to and fro while a view moves.
        painter.drawPixmap(floor(text.x * scale + dx + left + 0.5), floor(text.y * scale + dy - ascent + 0.5), pixmap)
    painter.setWorldTransform(here)


def _draw_exactly(painter: QPainter, text: Text) -> None:
    line = _one_line(text)
    if not line or text.size <= 0:
        return
    face, shrink = _face(text)
    width = _metrics(*face).horizontalAdvance(line)
    place = QPointF({"start": 0.0, "middle": -width / 2, "end": -width}[text.anchor], 0)
    painter.save()
    painter.translate(text.x, text.y)
    painter.rotate(text.angle)
    painter.scale(shrink, shrink)
    if text.halo:
        outline = QPainterPath()
        outline.addText(place, text_font(*face), line)
        painter.strokePath(outline, _halo_pen(text.halo))
    painter.setFont(text_font(*face))
    painter.setPen(qt_colour(text.colour))
    painter.drawText(place, line)
    painter.restore()


def _one_line(text: Text) -> str:
    return " ".join(text.text.split("\n"))


def _face(text: Text) -> tuple[Face, float]:
    """Return the face at the next whole pixel, and the factor from there to the text's size."""
    size = max(1, ceil(text.size))
    return (size, nearest_weight(text.weight), text.tabular), text.size / size


def _halo_pen(colour: str) -> QPen:
    return QPen(
        qt_colour(colour), HALO_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


def _picture(text: Text, scale: float) -> tuple[QPixmap, float, float]:
    """Return a picture of the text with its halo, and how far its left lies after, and its top above, the anchor."""
    cache: OrderedDict[object, tuple[QPixmap, float, float]] | None = getattr(_kept, "pictures", None)
    if cache is None:
        cache = _kept.pictures = OrderedDict()
    key = (text[2:-1], scale)  # all but its place and what it stands for
    found = cache.get(key)
    if found is None:
        found = cache[key] = _drawn_picture(text, scale)
        if len(cache) > _PICTURES_KEPT:
            cache.popitem(last=False)
    else:
        cache.move_to_end(key)
    return found


def _drawn_picture(text: Text, scale: float) -> tuple[QPixmap, float, float]:
    line = _one_line(text)
    face, shrink = _face(text)
    zoom = scale * shrink
    metrics = _metrics(*face)
    width, rim = metrics.horizontalAdvance(line), ceil(HALO_WIDTH)
    pixmap = QPixmap(ceil((width + 2 * rim) * zoom), ceil((metrics.height() + 2 * rim) * zoom))
    pixmap.fill(QColor(0, 0, 0, 0))
    base = QPointF(rim, round((rim + metrics.ascent()) * zoom) / zoom)
    painter = QPainter(pixmap)
    painter.scale(zoom, zoom)
    painter.setFont(text_font(*face))
    if text.halo:
        # Shaped once, not for each of the times that the letters are set.
        shaped = QTextLayout(line, text_font(*face))
        shaped.beginLayout()
        row = shaped.createLine()
        shaped.endLayout()
        # A hair lower: what falls on half a pixel goes the same way as the letters set over it.
        left = base - QPointF(0, row.ascent() - 1e-4)
        painter.setPen(qt_colour(text.halo))
        for run in shaped.glyphRuns():
            for x, y in _RIM:
                painter.drawGlyphRun(left + QPointF(x, y), run)
    painter.setPen(qt_colour(text.colour))
    painter.drawText(base, line)
    painter.end()
    before = {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return pixmap, -(before + rim) * zoom, base.y() * zoom
