"""A line that picks a record: type a few letters, choose from what is found."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.words import kind_word
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.search import Hit

_ID = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1
_NEW = Qt.ItemDataRole.UserRole + 2
_LISTED = 12


class RecordPicker(QLineEdit):
    """Holds the id of a record of one of some kinds; `picked` carries it, empty when the line is cleared.

    While what is typed is no record yet, `is_open` is true and the id is the one picked last. Where *offers_new*, the
    list offers under what is found to add a record of that name: `new_wanted` carries the kind and the name.
    """

    picked = Signal(object)
    typed = Signal()
    new_wanted = Signal(object, object)

    def __init__(
        self, workspace: Workspace, kinds: tuple[str, ...] = (), parent: QWidget | None = None, *,
        offers_new: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._workspace = workspace
        self.kinds = kinds
        self._offers_new = offers_new
        self._id = ""
        self._name = ""
        self._found = QStandardItemModel(self)
        self._completer = QCompleter(self._found, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_LISTED)
        self._completer.setCompletionRole(_NAME)
        self._completer.setWidget(self)
        self._completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index]  # the overload by index
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._ask)
        self.textChanged.connect(self._cleared)

    def record_id(self) -> str:
        """Return the id of the record picked, empty for none."""
        return self._id

    def set_record(self, record_id: str, name: str) -> None:
        """Show a record."""
        self._id, self._name = record_id, name
        self.setText(name)
        self.setCursorPosition(0)
        self.setToolTip(name)

    @property
    def is_open(self) -> bool:
        """Say whether something is typed that is no record yet."""
        return self.text().strip() != self._name

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the record whose name was typed out in full."""
        super().focusOutEvent(event)
        if self.is_open and not self._popup().isVisible():
            wanted = self.text().strip().casefold()
            for row in range(self._found.rowCount()):
                item = self._found.item(row)
                if not item.data(_NEW) and str(item.data(_NAME)).casefold() == wanted:
                    self._take(item)
                    return

    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None
        return popup

    def _ask(self, text: str) -> None:
        self.typed.emit()
        if text.strip() and self._workspace.base is not None:
            search = partial(_search, text=text, kinds=self.kinds)
            self._workspace.query(search, self._show, key=f"picker-{id(self)}")

    def _show(self, answer: "tuple[str, list[Hit]]") -> None:
        text, hits = answer
        if text != self.text():
            return
        base = self._workspace.base
        self._found.clear()
        for hit in hits:
            item = QStandardItem(icon(hit.kind), f"{hit.name}  —  {hit.detail}" if hit.detail else hit.name)
            item.setData(hit.id, _ID)
            item.setData(hit.name, _NAME)
            self._found.appendRow(item)
        for kind in self.kinds if self._offers_new and base is not None and not base.read_only else ():
            name = " ".join(text.split())
            item = QStandardItem(icon("plus"), _("New: {kind} “{name}”…").format(kind=kind_word(kind), name=name))
            item.setData("", _ID)
            item.setData(name, _NAME)
            item.setData(kind, _NEW)
            self._found.appendRow(item)
        if self._found.rowCount() and self.hasFocus():
            self._completer.complete()
            self._popup().setCurrentIndex(self._found.index(0, 0))
        else:
            self._popup().hide()

    def _chosen(self, index: QModelIndex) -> None:
        item = self._found.item(index.row())
        if item is None:
            return
        kind = item.data(_NEW)
        if kind:
            self.new_wanted.emit(str(kind), str(item.data(_NAME)))
        else:
            self._take(item)

    def _take(self, item: QStandardItem) -> None:
        self.set_record(str(item.data(_ID)), str(item.data(_NAME)))
        self.picked.emit(self._id)

    def _cleared(self, text: str) -> None:
        if not text and self._id:
            self._id = self._name = ""
            self.setToolTip("")
            self.picked.emit("")


def _search(session: "Session", text: str, kinds: tuple[str, ...]) -> "tuple[str, list[Hit]]":
    from chipscape_db.search import search

    hits = search(session, text, limit=400 if kinds else 40)
    return text, [hit for hit in hits if not kinds or hit.kind in kinds][:_LISTED]
