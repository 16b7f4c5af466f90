"""Looks at a copy of a source without running anything in it.

Text and web pages are shown as their words: no script, style, picture or address of a page is followed. Pictures are
decoded by Qt within a limit. A PDF is not read here: it is handed, when asked, as a read-only file of its own to the
program that the system has for it.
"""

import atexit
import stat
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImageReader, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.queries.sources import SnapshotRow
from chipscape_desktop.i18n import _, format_date
from chipscape_desktop.theme import set_role

_LARGEST_PICTURE = 100_000_000  # pixels
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "ul", "ol", "pre")
)
_SILENT = frozenset(("script", "style", "noscript", "template", "iframe", "object", "svg", "head"))


class SnapshotViewer(QDialog):
    """Shows one copy."""

    def __init__(self, row: SnapshotRow, content: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(row.name)
        self.resize(QSize(760, 560))
        self._row, self._content = row, content
        about = QLabel(
            _("Read on {date} · SHA-256 {hash}").format(date=format_date(row.taken_on), hash=row.sha256[:16] + "…"),
            self,
        )
        about.setToolTip(row.sha256)
        set_role(about, "note")
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        area = QScrollArea(self)
        area.setWidget(self.picture)
        area.setWidgetResizable(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        if row.media_type == "application/pdf":
            outside = buttons.addButton(_("Open in the PDF program"), QDialogButtonBox.ButtonRole.ActionRole)
            outside.clicked.connect(self.open_outside)
        elif row.media_type == "text/html":
            source = buttons.addButton(_("Show its source"), QDialogButtonBox.ButtonRole.ActionRole)
            source.setCheckable(True)
            source.toggled.connect(self._show_source)
        head = QHBoxLayout()
        head.addWidget(about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        is_picture = row.media_type.startswith("image/")
        column.addWidget(area if is_picture else self.text, 1)
        (self.text if is_picture else area).hide()
        column.addWidget(buttons)
        if is_picture:
            self._show_picture()
        else:
            self._show_source(False)

    def open_outside(self) -> None:
        """Hand a read-only copy of the PDF, in a folder of its own, to the system's program."""
        folder = TemporaryDirectory(prefix="chipscape-copy-")
        atexit.register(folder.cleanup)
        path = Path(folder.name, f"{self._row.sha256[:16]}.pdf")
        path.write_bytes(self._content)
        path.chmod(stat.S_IRUSR)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _show_source(self, raw: bool) -> None:
        if self._row.media_type == "application/pdf":
            shown = _("A PDF is not read here. The button below hands a read-only copy of it to the PDF program.")
        else:
            text = self._content.decode("utf-8", errors="replace")
            shown = text if raw or self._row.media_type == "text/plain" else inert_text(text)
        self.text.setPlainText(shown)

    def _show_picture(self) -> None:
        buffer = QBuffer(self)
        buffer.setData(QByteArray(self._content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        size = reader.size()
        if size.isValid() and size.width() * size.height() <= _LARGEST_PICTURE:
            image = reader.read()
            if not image.isNull():
                self.picture.setPixmap(QPixmap.fromImage(image))
                return
        self.picture.setText(_("This picture cannot be shown here; save it to look at it elsewhere."))


class _Words(HTMLParser):
    """Collects the words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._silent.clear()
        elif tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def inert_text(page: str) -> str:
    """Return the words of an HTML page, a block a line, without anything that could do something."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    lines = [" ".join(line.replace("\t", " | ").split()).strip("| ") for line in "".join(reader.parts).split("\n")]
    out: list[str] = []
    for line in lines:
        if line or (out and out[-1]):
            out.append(line)
    return "\n".join(out).strip()
