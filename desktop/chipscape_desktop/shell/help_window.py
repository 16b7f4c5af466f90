"""Help, the sheet of shortcuts, and what this program is."""

import re
from collections.abc import Sequence
from html import escape
from importlib.metadata import version

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from chipscape_db.errors import N_
from chipscape_desktop import notices
from chipscape_desktop.actions import ACTIONS
from chipscape_desktop.i18n import _, language, typeset
from chipscape_desktop.theme import current_palette
from chipscape_resources import resource

PAGES = (
    ("start", N_("First steps")),
    ("timeline", N_("Timeline")),
    ("performance", N_("Performance")),
    ("chips", N_("Charts of chips")),
    ("charts", N_("The other charts")),
    ("ecosystem", N_("Ecosystem")),
    ("facts", N_("Facts and forms")),
    ("review", N_("Review, duplicates and history")),
    ("exchange", N_("Tables and colleagues")),
    ("inspector", N_("Inspector: claims and sources")),
    ("export", N_("Exporting figures")),
    ("files", N_("Files and the command line")),
)
_LINKED = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_HEADINGS = {1: 20, 2: 15, 3: 13}
_CANVAS_KEYS = (
    ("← → ↑ ↓", N_("Move the figure")),
    ("+  −", N_("Zoom in and out")),
    ("0", N_("Show everything")),
    ("PgUp  PgDn", N_("Move by a page")),
    ("Shift+← → ↑ ↓", N_("Walk from mark to mark")),
    ("Enter", N_("Open the mark in the inspector")),
    ("Esc", N_("Leave the mark")),
)


def help_text(page: str) -> str:
    """Return a help page as Markdown in the language in force."""
    return typeset(resource("help", language(), f"{page}.md").read_text(encoding="utf-8"))


def _set_type(document: QTextDocument) -> None:
    """Give headings and paragraphs the sizes and the room that Markdown does not say."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor.setPosition(block.position())
        if level:
            font = QFont(document.defaultFont())
            font.setPixelSize(_HEADINGS[level])
            font.setWeight(QFont.Weight.DemiBold)
            letters = QTextCharFormat()
            letters.setFont(font)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(letters)
        room = QTextBlockFormat()
        is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        if cursor.currentTable() is None and not is_code:
            room.setTopMargin(20 if level > 1 else 6)
            room.setBottomMargin(6 if level else 2)
        cursor.mergeBlockFormat(room)
        block = block.next()


class HelpWindow(QDialog):
    """The help pages: a list on the left, the page on the right."""

    def __init__(self, page: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.resize(860, 620)
        self.list = QListWidget(self)
        self.list.setFixedWidth(220)
        for _name, title in PAGES:
            self.list.addItem(_(title))
        self.browser = QTextBrowser(self)
        self.browser.document().setDocumentMargin(24)
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.addWidget(self.list)
        row.addWidget(self.browser, 1)
        self.list.currentRowChanged.connect(self._show)
        names = [name for name, _title in PAGES]
        self.list.setCurrentRow(names.index(page) if page in names else 0)
        self.list.setFocus()

    def _show(self, row: int) -> None:
        self.browser.setMarkdown(help_text(PAGES[row][0]))
        _set_type(self.browser.document())
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow(self, url: QUrl) -> None:
        names = [name for name, _title in PAGES]
        page = url.path().removesuffix(".md")
        if page in names:
            self.list.setCurrentRow(names.index(page))
        elif url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)


class ShortcutSheet(QDialog):
    """Every key in two columns: from the list of actions itself, of figures, and of the screen from its help page."""

    def __init__(self, screen: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.resize(760, 640)
        browser = QTextBrowser(self)
        browser.document().setDocumentMargin(16)
        rows = [
            (
                _(action.text),
                QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in ACTIONS
            if action.shortcut
        ]
        own = keys_of(screen) if screen else []
        here = [_table(_("On this screen"), own)] if own else []
        figures = [] if screen == "facts" else [
            _table(_("On a figure"), [(_(text), keys) for keys, text in _CANVAS_KEYS])
        ]  # fmt: skip
        browser.setHtml("".join([*here, *figures, _table(_("Everywhere"), rows)]))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(browser)


def keys_of(page: str) -> list[tuple[str, str, str]]:
    """Return what the tables of a help page say of keys: what is done, the keys for it, and how a mouse does it."""
    rows = []
    for line in help_text(page).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if len(cells) == 3 and "**" in cells[1]:
            mouse, keys, meaning = (_LINKED.sub(r"\1", cell).replace("*", "") for cell in cells)
            rows.append((meaning or mouse, keys, mouse if meaning else ""))
    return rows


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows of what is done and the keys for it, with how a mouse does it where that is told."""
    soft = current_palette().ink_soft
    cells = "".join(
        f"<tr><td style='padding: 3px 24px 3px 0'>{escape(text)}</td>"
        f"<td style='padding: 3px 24px 3px 0'><b>{escape(keys)}</b></td>"
        + "".join(f"<td style='padding: 3px 0; color: {soft}'>{escape(mouse)}</td>" for mouse in mice)
        + "</tr>"
        for text, keys, *mice in rows
    )
    return f"<h3>{escape(title)}</h3><table>{cells}</table>"


def about() -> None:
    """Say what this is, in which version, under which licences."""
    text = _("Chipscape {version}: timelines, charts and maps of AI hardware over sourced facts.").format(
        version=version("chipscape")
    )
    detail = _(
        "Apache License 2.0. Built with Qt and PySide6 (LGPL 3), pyqtgraph and SQLAlchemy (MIT), the typeface Inter "
        "and a subset of Noto Sans CJK (SIL Open Font License), and icons by Lucide (ISC). It never uses the network."
    )
    notices.tell(text, detail=detail)
