"""The palette: type to find a record, an action or a screen; arrows choose, Enter goes there, Escape closes."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from chipscape_desktop.i18n import _, format_date
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role
from chipscape_desktop.words import kind_word
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.queries.claim_numbers import NumberHit
    from chipscape_db.search import Hit

_RECORD = Qt.ItemDataRole.UserRole
_ACTION = Qt.ItemDataRole.UserRole + 1
_METRIC = Qt.ItemDataRole.UserRole + 2
_WIDTH, _ROWS, _ROW = 620, 12, 30
KIND_ICONS = {
    "organization": "building-2", "chip": "cpu", "model": "brain", "software": "code", "policy": "scale",
    "sector": "factory", "event": "calendar", "source": "book",
}  # fmt: skip


class Palette(QFrame):
    """A panel at the top of the window with a search field and what it finds."""

    def __init__(self, workspace: Workspace, actions: Callable[[], list[QAction]], parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._over = parent
        self._workspace = workspace
        self._actions = actions
        self._before: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setIconSize(QSize(16, 16))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._nothing = QLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self._nothing)
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._go)
        parent.installEventFilter(self)
        self.hide()

    def open(self, text: str = "") -> None:
        """Open the palette with *text* typed in."""
        self.field.setPlaceholderText(_("Find a record, an action or a screen"))
        self.field.setAccessibleName(_("Search"))
        before = QApplication.focusWidget()
        if before is not None and not self.isAncestorOf(before):
            self._before = before
        self.field.setText(text)
        self._find(text)
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.end(False)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Walk the list from the field, close on Escape or when the focus leaves, follow the window's size."""
        if watched is self.field:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event.key())
            if event.type() == QEvent.Type.FocusOut:
                self.hide()
        elif isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return False

    def _key(self, key: int) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.list.currentItem()
            if item is not None:
                self._go(item)
        elif key in steps:
            row = self.list.currentRow() + steps[Qt.Key(key)]
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        else:
            return False
        return True

    def _leave(self) -> None:
        """Close, and give the focus back to who had it, so that its keys go on working."""
        self.hide()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()

    def _place(self) -> None:
        area = self._over.rect()
        width = min(_WIDTH, area.width() - 32)
        shown = min(max(self.list.count(), 1), _ROWS)
        self.list.setFixedHeight(shown * _ROW + 4)
        self.list.setVisible(self.list.count() > 0)
        self._nothing.setVisible(self.list.count() == 0)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(QPoint((area.width() - width) // 2, 8))

    def _find(self, text: str) -> None:
        if self._workspace.base is None or not text.strip():
            self._fill(text, [])
            return
        self._workspace.query(partial(_search, text=text), self._found, key="palette")

    def _found(self, answer: "tuple[str, list[Hit], list[NumberHit]]") -> None:
        if answer[0] == self.field.text():
            self._fill(*answer)

    def _fill(self, text: str, hits: "list[Hit]", said: "Sequence[NumberHit]" = ()) -> None:
        self.list.clear()
        words = text.casefold().split()
        actions = [a for a in self._actions() if all(word in a.text().replace("&", "").casefold() for word in words)]
        for claim in said:
            item = QListWidgetItem(icon(KIND_ICONS[claim.kind]), number_line(claim), self.list)
            item.setToolTip(item.text())
            item.setData(_RECORD, claim.subject_id)
            item.setData(_METRIC, claim.metric)
            item.setSizeHint(QSize(0, _ROW))
        for hit in hits[:40]:
            detail = f"  —  {hit.detail}" if hit.detail else ""
            item = QListWidgetItem(icon(KIND_ICONS[hit.kind]), f"{hit.name}{detail}", self.list)
            item.setToolTip(kind_word(hit.kind))
            item.setData(_RECORD, hit.id)
            item.setSizeHint(QSize(0, _ROW))
        for action in actions:
            keys = action.shortcut().toString()
            in_force = "   ✓" if action.isChecked() else ""
            text = action.text() + (f"   ({keys})" if keys else "") + in_force
            item = QListWidgetItem(action.icon(), text, self.list)
            item.setData(_ACTION, action)
            item.setSizeHint(QSize(0, _ROW))
        self.list.setCurrentRow(0)
        self._nothing.setText(_("Nothing is called “{text}”. Try fewer letters.").format(text=text))
        if self.isVisible():
            self._place()

    def _go(self, item: QListWidgetItem) -> None:
        self._leave()
        action = item.data(_ACTION)
        if isinstance(action, QAction):
            action.trigger()
        else:
            self._workspace.select(Selection("record", item.data(_RECORD), item.data(_METRIC) or ""))


def number_line(claim: "NumberHit") -> str:
    """Return what a claim of a number says: "Huawei: Production volume 805,000 units a year, 2025 — SemiAnalysis"."""
    from chipscape_db.metrics import METRICS
    from chipscape_desktop.fact_words import metric_name, quantity

    value = quantity(claim.value, METRICS[claim.metric].unit)
    period = f", {format_date(claim.period)}" if claim.period else ""
    return f"{claim.subject}: {metric_name(claim.metric)} {value}{period}  —  {claim.source}"


def _search(session: "Session", text: str) -> "tuple[str, list[Hit], list[NumberHit]]":
    from chipscape_db.queries.claim_numbers import claims_of_number, typed_number
    from chipscape_db.search import search

    number = typed_number(text)
    said = claims_of_number(session, number) if number is not None else []
    return text, search(session, text, limit=40), said
