"""The list of what lies inside a brushed rectangle."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role

_WIDTH = 240
_REF = Qt.ItemDataRole.UserRole


class InsideList(QFrame):
    """Lists refs beside the figure; `picked` carries the one chosen, `closed` tells that the list is put away."""

    picked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._title = ""
        self._head = QLabel(self)
        self._head.setWordWrap(True)
        set_role(self._head, "strong")
        self._close = QToolButton(self)
        self._close.setIcon(icon("x"))
        self._close.clicked.connect(self.put_away)
        self._list = QListWidget(self)
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.currentItemChanged.connect(self._current_changed)
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 8, 8)
        column.addLayout(top)
        column.addWidget(self._list, 1)
        self.hide()
        self.retranslate()

    def show_refs(self, refs: Sequence[Ref], head: str = "") -> None:
        """List these and choose the first; *head* says what they are, in place of how many lie in the rectangle."""
        self._title = head
        self._list.clear()
        for ref in refs:
            item = QListWidgetItem(ref.title.partition(":")[0], self._list)
            item.setToolTip(ref.title)
            item.setData(_REF, ref)
        self.retranslate()
        self.show()
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def put_away(self) -> None:
        """Hide the list."""
        if self.isVisible():
            self.hide()
            self._list.clear()
            self.closed.emit()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        count = self._list.count()
        text = ngettext("{count} in the rectangle", "{count} in the rectangle", count).format(count=count)
        text = self._title or text
        self._head.setText(text)
        self._list.setAccessibleName(text)
        self._close.setToolTip(_("Close the list (Esc)"))
        self._close.setAccessibleName(_("Close the list (Esc)"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the list away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _current_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(item.data(_REF))
