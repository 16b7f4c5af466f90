"""An answer to read: the sentences with their citations above, the table below."""

from html import escape

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QSplitter, QTextBrowser, QVBoxLayout, QWidget

from chipscape_desktop.figures.answers.answer import Answer
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.i18n import ngettext, number
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.widgets.table_twin import TableTwin

_MARGIN = 12
_MOST_SOURCES = 60
_RECORD = "record:"


class AnswerPane(QWidget):
    """Shows one answer; `picked` carries the ref of a row or a source that was chosen."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self._message = ""
        self.words = QTextBrowser(self)
        self.words.setOpenLinks(False)
        self.words.setObjectName("inspector")
        self.words.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.words.document().setDocumentMargin(_MARGIN)
        self.table = TableTwin(self)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.words)
        self.split.addWidget(self.table)
        self.split.setSizes([260, 240])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)
        self.words.anchorClicked.connect(self._follow)
        self.table.rows_chosen.connect(self._rows_chosen)
        self.table.opened.connect(self.picked)
        theme().changed.connect(self._show)

    def show_answer(self, answer: Answer) -> None:
        """Show an answer."""
        self._answer, self._message = answer, ""
        self.table.set_table(answer.table)
        self._show()

    def show_message(self, text: str) -> None:
        """Say why there is no answer, or what to do to get one."""
        self._answer, self._message = None, text
        self.table.set_table(Table((), (), (), ()))
        self._show()

    def answer(self) -> Answer | None:
        """Return what is shown."""
        return self._answer

    def changeEvent(self, event: QEvent) -> None:
        """Follow the face of the interface."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._show()

    def _show(self, _palette: object = None) -> None:
        self.words.setHtml(_html(self._answer) if self._answer is not None else _soft(self._message))

    def _follow(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith(_RECORD):
            self.picked.emit(Ref("record", (text.removeprefix(_RECORD),)))
        else:
            QDesktopServices.openUrl(url)

    def _rows_chosen(self, refs: list[Ref]) -> None:
        if refs:
            self.picked.emit(refs[0])


def _soft(text: str) -> str:
    return f"<p style='color:{current_palette().ink_soft}'>{escape(text)}</p>"


def _html(answer: Answer) -> str:
    """Return the answer as rich text; numbers in brackets stand for the sources at the end, which are links."""
    caption, palette = answer.caption, current_palette()
    out = [
        f"<p style='font-size:15px; font-weight:600; margin-bottom:2px'>{escape(caption.title)}</p>",
        f"<p style='color:{palette.ink_soft}; margin-top:0'>{escape(caption.subtitle)}</p>",
    ]
    out += [f"<p style='margin:4px 0'>{escape(one.cited())}</p>" for one in answer.statements]
    out += [
        f"<p style='color:{palette.ink_soft}; font-size:11px; margin:4px 0'>{escape(note)}</p>"
        for note in caption.notes
    ]  # fmt: skip
    link = f"color:{palette.accent}; text-decoration:none"
    out += [
        f"<p style='font-size:11px; margin:2px 0'>[{one.number}] "
        f"<a href='{_RECORD}{escape(one.id)}' style='{link}'>{escape(one.text)}</a></p>"
        for one in caption.sources[:_MOST_SOURCES]
    ]
    left = len(caption.sources) - _MOST_SOURCES
    if left > 0:
        more = ngettext(
            "{count} more source goes with the table when it is exported.",
            "{count} more sources go with the table when it is exported.", left,
        ).format(count=number(left))  # fmt: skip
        out.append(f"<p style='color:{palette.ink_soft}; font-size:11px'>{escape(more)}</p>")
    return "".join(out)
