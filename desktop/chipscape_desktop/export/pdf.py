"""Writes a drawing as a PDF page of its own size, vector and with its fonts, and pages with its sources behind it."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from chipscape_desktop.export.painter import paint
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.qt_application import ensure_application
from chipscape_desktop.export.source_pages import lacks_sources, source_pages
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import default_measure

_POINTS_PER_PIXEL = 72 / 96
_RESOLUTION = 1200
_WRITTEN = re.compile(rb'/(?:Creation|Mod)Date \(D:[^)]*\)|xmp:(?:Create|Modify|Metadata)Date="[^"]*"')


def render_pdf(drawing: Drawing, caption: Caption, capsule: Capsule) -> bytes:
    """Return the drawing as a PDF file; the sources follow in full on their own pages when they don't all fit."""
    return render_pages([drawing], caption, capsule)


def render_pages(drawings: Sequence[Drawing], caption: Caption, capsule: Capsule) -> bytes:
    """Return drawings of one size as the pages of a PDF file; the sources of each follow in full behind them all.

    *caption* is that of the whole, for the file's title and for drawings that carry none of their own.
    """
    ensure_application()
    drawing = drawings[0]
    pages = list(drawings)
    for each in drawings:
        own = each.caption if each.caption is not None and len(drawings) > 1 else caption
        if lacks_sources(each, own):
            pages += source_pages(each, own, default_measure())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_1_6)
    writer.setResolution(_RESOLUTION)
    size = QSizeF(drawing.width * _POINTS_PER_PIXEL, drawing.height * _POINTS_PER_PIXEL)
    page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    writer.setTitle(caption.title)
    writer.setAuthor(capsule.application)
    writer.setCreator(capsule.application)
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), capsule.to_json().encode()))
    writer.addFileAttachment("chipscape.json", capsule.to_json().encode(), "application/json")
    painter = QPainter(writer)
    for number, sheet in enumerate(pages):
        if number:
            writer.newPage()
        painter.save()
        painter.scale(_RESOLUTION / 96, _RESOLUTION / 96)
        paint(sheet, painter, exact=True)
        painter.restore()
    painter.end()
    return _without_time(bytes(buffer.data().data()))


def _without_time(document: bytes) -> bytes:
    """Blank the time of writing, byte for byte so that the table of offsets holds: same figure, same file."""
    return _WRITTEN.sub(lambda found: b" " * len(found.group()), document)
