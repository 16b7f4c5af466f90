"""Paints a drawing on a QPainter: the screen, PNG and PDF."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from typing import cast

import numpy as np
import shiboken6
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QImage,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QTransform,
)

from chipscape_desktop.export import crowds, stamps
from chipscape_desktop.export.batches import Shown, shown_lines, shown_marks
from chipscape_desktop.export.brushes import faded, hatch_tile, qt_colour, qt_pen
from chipscape_desktop.export.geometry import hatch_lines
from chipscape_desktop.export.hatching import is_plain_hatch, paint_hatched
from chipscape_desktop.export.letters import draw_texts
from chipscape_desktop.export.rasters import draw_image, paint_raster
from chipscape_desktop.figures.drawing import (
    Box,
    Colour,
    Curves,
    Drawing,
    Floats,
    Item,
    Layer,
    Marks,
    Polyline,
    Raster,
    Rect,
    Segments,
    Text,
)

_FEW_MARKS = 10  # so many neighbours are drawn one by one: quicker than stamps
_FEW_LINES = 10_000  # more are drawn without soft edges on screen
_MOST_DASHES = 400
_ALONE = (Box, Segments, Curves, Polyline, Raster)  # items that are painted one by one
_CURVE_ERROR = 0.2  # pixels between a curve and the lines that stand for it on screen


def paint(drawing: Drawing, painter: QPainter, *, exact: bool = False, ground: bool = True) -> None:
    """Paint the whole drawing, its ground first if *ground*.

    *exact* places every mark to the fraction of a pixel and draws nothing as a picture of itself (for files); without
    it marks fall on whole device pixels and crowds are painted together (for the screen). The painter may be moved
    and scaled, not turned. Its state is as before at the end.
    """
    page = Rect(0, 0, drawing.width, drawing.height)
    if ground:
        painter.fillRect(qt_rect(page), qt_colour(drawing.ground))
    paint_layers(drawing.layers, painter, page, exact=exact)


def paint_layers(layers: tuple[Layer, ...], painter: QPainter, page: Rect, *, exact: bool = False) -> None:
    """Paint layers, each cut off at its clip and at *page*."""
    exact = exact or painter.paintEngine().type() is not QPaintEngine.Type.Raster
    for layer in layers:
        clip = layer.clip or page
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Always with a clip: without one the raster engine shares long lines among threads, ten times slower.
        painter.setClipRect(qt_rect(page), Qt.ClipOperation.IntersectClip)
        if layer.clip:
            painter.setClipRect(qt_rect(clip), Qt.ClipOperation.IntersectClip)
        for items in _alike(layer.items):
            if isinstance(items[0], Marks):
                _paint_marks(painter, cast(list[Marks], items), clip, exact=exact)
            elif isinstance(items[0], Text):
                draw_texts(painter, cast(list[Text], items), exact=exact)
            elif not exact and is_plain_hatch(items[0]):
                paint_hatched(painter, cast(list[Box], items), clip)
            else:
                for item in items:
                    _paint_item(painter, item, clip, exact=exact)
        painter.restore()


def qt_rect(rect: Rect) -> QRectF:
    """Return the rectangle as Qt has it."""
    return QRectF(rect.x, rect.y, rect.width, rect.height)


def _alike(items: tuple[Item, ...]) -> list[list[Item]]:
    """Return the items in order; together are neighbouring texts, marks, and hatched boxes of one top and height."""
    out: list[list[Item]] = []
    last: object = None
    for item in items:
        kind: object = type(item)
        if is_plain_hatch(item):
            rect = cast(Box, item).rect
            kind = (rect.y, rect.height)
        if kind == last and kind not in _ALONE:
            out[-1].append(item)
        else:
            out.append([item])
        last = kind
    return out


def _paint_item(painter: QPainter, item: Item, clip: Rect, *, exact: bool) -> None:
    match item:
        case Box():
            _paint_box(painter, item, exact=exact)
        case Segments():
            _paint_segments(painter, item, clip, exact=exact)
        case Curves():
            _paint_curves(painter, item, clip, exact=exact)
        case Polyline():
            _paint_polyline(painter, item)
        case Raster():
            paint_raster(painter, item, clip, exact=exact)


def _paint_marks(painter: QPainter, batches: list[Marks], clip: Rect, *, exact: bool) -> None:
    """Paint neighbouring batches: as stamps, where they are many as crowds, in files and where few one by one."""
    many = sum(len(marks.x) for marks in batches)
    if exact or many <= _FEW_MARKS:
        for marks in batches:
            _paint_each_mark(painter, marks, shown_marks(marks, clip))
        return
    for run in _runs(batches, crowds.can_crowd) if many >= crowds.WORTHWHILE else [batches]:
        if many >= crowds.WORTHWHILE and crowds.can_crowd(run[0]):
            shown = [(marks, shown_marks(marks, clip)) for marks in run]
            if sum(len(some.x) for _, some in shown) >= crowds.WORTHWHILE and crowds.draw_crowd(painter, shown, clip):
                continue
        _paint_stamps(painter, run, clip)


def _paint_stamps(painter: QPainter, batches: list[Marks], clip: Rect) -> None:
    scale = painter.deviceTransform().m11()
    for run in _runs(batches, lambda marks: stamps.fits_stamp(marks, scale)):
        if stamps.fits_stamp(run[0], scale):
            stamps.draw_stamps(painter, run, clip)
            continue
        for marks in run:
            _paint_each_mark(painter, marks, shown_marks(marks, clip))


def _runs(batches: list[Marks], kind: Callable[[Marks], bool]) -> list[list[Marks]]:
    """Return the runs of neighbours of one kind."""
    return [list(run) for _kind, run in groupby(batches, kind)]


def _paint_each_mark(painter: QPainter, marks: Marks, shown: Shown) -> None:
    stamps.set_style(painter, marks)
    rows = zip(shown.x.tolist(), shown.y.tolist(), shown.size.tolist(), shown.angle.tolist(), strict=True)
    for x, y, size, angle in rows:
        stamps.draw_mark(painter, marks, x, y, size, angle)


def _paint_box(painter: QPainter, box: Box, *, exact: bool) -> None:
    outline = QPainterPath()
    outline.addRoundedRect(qt_rect(box.rect), box.radius, box.radius)
    # PDF keeps no opacity in gradients: there the fading is a strip of pixels.
    as_strip = any(box.fade) and painter.paintEngine().type() is QPaintEngine.Type.Pdf
    if box.fill is not None and as_strip:
        _draw_strip(painter, box, outline, box.fill)
    elif box.fill is not None:
        painter.fillPath(outline, faded(box.fill, box))
    if box.hatch is not None:
        if exact:
            painter.save()
            painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
            painter.setPen(qt_colour(box.hatch))
            painter.drawLines([QLineF(*line) for line in hatch_lines(box.rect)])
            painter.restore()
        else:
            scale = painter.deviceTransform().m11()
            brush = QBrush(hatch_tile(box.hatch, scale))
            brush.setTransform(QTransform.fromScale(1 / scale, 1 / scale))
            painter.fillPath(outline, brush)
    if box.pen is not None:
        pen = qt_pen(box.pen)
        if as_strip:
            stroker = QPainterPathStroker(pen)
            _draw_strip(painter, box, stroker.createStroke(outline), box.pen.colour)
        else:
            fading = QPen(pen)
            fading.setBrush(faded(box.pen.colour, box))
            painter.strokePath(outline, fading)


def _draw_strip(painter: QPainter, box: Box, shape: QPainterPath, colour: Colour) -> None:
    """Fill *shape* with the fading colour as an image."""
    area = shape.boundingRect()
    strip = QImage(max(2, round(area.width() * 2)), 2, QImage.Format.Format_ARGB32)
    strip.fill(0)
    inner = QPainter(strip)
    inner.scale(strip.width() / area.width(), 1)
    inner.translate(-area.left(), 0)
    inner.fillRect(QRectF(area.left(), 0, area.width(), 2), faded(colour, box))
    inner.end()
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    draw_image(painter, area, strip)
    painter.restore()


def _paint_segments(painter: QPainter, lines: Segments, clip: Rect, *, exact: bool) -> None:
    places = shown_lines(lines, clip)
    columns = [column[places] for column in (lines.x1, lines.y1, lines.x2, lines.y2)]
    painter.setPen(qt_pen(lines.pen, device_scale=0 if exact else painter.deviceTransform().m11()))
    # Hairlines along the axes are sharper without soft edges, and several times as quick.
    hair = lines.pen.width <= 1 and (np.array_equal(columns[0], columns[2]) or np.array_equal(columns[1], columns[3]))
    _draw_lines(painter, np.column_stack(columns), soft=exact or (len(places) <= _FEW_LINES and not hair))


def _draw_lines(painter: QPainter, rows: Floats, *, soft: bool) -> None:
    """Draw lines from rows of x1, y1, x2, y2, in place and without a Python object for each."""
    if not len(rows):
        return
    rows = np.ascontiguousarray(rows)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, soft)
    painter.drawLines(cast(QLineF, shiboken6.wrapInstance(rows.ctypes.data, QLineF)), len(rows))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _paint_curves(painter: QPainter, curves: Curves, clip: Rect, *, exact: bool) -> None:
    places = shown_lines(curves, clip)
    columns = (curves.x1, curves.y1, curves.cx, curves.cy, curves.x2, curves.y2)
    rows = np.column_stack([column[places] for column in columns])
    dash = curves.pen.dash
    if not exact and len(dash) in (0, 2):
        # Qt dashes path by path, which takes several times as long as drawing the dashes as one batch of lines.
        plain = replace(curves.pen, dash=())
        painter.setPen(qt_pen(plain, device_scale=painter.deviceTransform().m11()))
        lines = dashes(rows, dash[0], dash[1]) if dash else flattened(rows, _CURVE_ERROR)
        _draw_lines(painter, lines, soft=len(lines) <= _FEW_LINES)
        return
    pen = qt_pen(curves.pen)
    for x1, y1, cx, cy, x2, y2 in rows.tolist():
        path = QPainterPath(QPointF(x1, y1))
        path.quadTo(cx, cy, x2, y2)
        painter.strokePath(path, pen)


def flattened(rows: Floats, error: float) -> Floats:
    """Return lines (x1, y1, x2, y2) for quadratic curves (start, control, end), at most *error* beside them."""
    bend = np.hypot(rows[:, 0] - 2 * rows[:, 2] + rows[:, 4], rows[:, 1] - 2 * rows[:, 3] + rows[:, 5]) / 4
    counts = np.clip(np.ceil(np.sqrt(bend / error)), 1, 32).astype(np.int64)
    curve = np.repeat(rows, counts, axis=0)
    step = np.arange(len(curve)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = np.repeat(counts, counts)
    return np.column_stack([*_on_curve(curve, step / share), *_on_curve(curve, (step + 1) / share)])


def dashes(rows: Floats, dash: float, gap: float) -> Floats:
    """Return lines (x1, y1, x2, y2) for the dashes of slightly bent quadratic curves; lengths in pixels."""
    chord = np.hypot(rows[:, 4] - rows[:, 0], rows[:, 5] - rows[:, 1])
    polygon = np.hypot(rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1])
    polygon += np.hypot(rows[:, 4] - rows[:, 2], rows[:, 5] - rows[:, 3])
    length = np.maximum((chord + polygon) / 2, 1e-9)  # within a percent for slight bends
    # Few pixels of a line of many thousand are in view: there the dashes may be longer.
    period = np.maximum(dash + gap, length / _MOST_DASHES)
    counts = np.ceil(length / period).astype(np.int64)
    curve = np.repeat(rows, counts, axis=0)
    step = np.arange(len(curve)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = np.repeat(period / length, counts)
    ends = np.minimum((step + dash / (dash + gap)) * share, 1.0)
    return np.column_stack([*_on_curve(curve, step * share), *_on_curve(curve, ends)])


def _on_curve(curve: Floats, t: Floats) -> tuple[Floats, Floats]:
    """Return the points at the parameters *t* (0 to 1) of quadratic curves, one each."""
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    x = a * curve[:, 0] + b * curve[:, 2] + c * curve[:, 4]
    return x, a * curve[:, 1] + b * curve[:, 3] + c * curve[:, 5]


def _paint_polyline(painter: QPainter, line: Polyline) -> None:
    keep = np.isfinite(line.x) & np.isfinite(line.y)
    points = np.column_stack([line.x[keep], line.y[keep]])
    if len(points) < 2:
        return
    polygon = QPolygonF([QPointF(x, y) for x, y in points.tolist()])
    painter.setPen(qt_pen(line.pen, round_joins=True))
    if line.fill is None:
        painter.drawPolyline(polygon)
    else:
        painter.setBrush(qt_colour(line.fill))
        painter.drawPolygon(polygon)
