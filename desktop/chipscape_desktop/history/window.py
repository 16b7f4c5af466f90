"""The history of changes: who did what when, each field before and after, and the way back."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chipscape_desktop.change_words import change_sentence
from chipscape_desktop.history.reading import Line, read_changesets, read_lines
from chipscape_desktop.i18n import _, format_date, language
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from chipscape_db.history import ChangeSummary
    from chipscape_db.queries.history import ChangesetRow

_ID = Qt.ItemDataRole.UserRole
_LIMIT = 1000


class HistoryWindow(QDialog):
    """Lists the changesets, newest first; stays open while one works."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.workspace = workspace
        self._rows: dict[int, ChangesetRow] = {}
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.list = _tree(self)
        self.lines = _tree(self)
        self.heading, self.empty, self.hint = QLabel(self), QLabel(self), QLabel(self)
        set_role(self.heading, "heading")
        for label in (self.empty, self.hint):
            set_role(label, "soft")
        for label in (self.heading, self.empty, self.hint):
            label.setWordWrap(True)
        self.revert_button = QPushButton(self)
        self._lay()
        self.filter.textChanged.connect(self._narrow)
        self.list.currentItemChanged.connect(self._show_current)
        self.revert_button.clicked.connect(self.revert)
        workspace.changed.connect(self._reload)
        workspace.opened.connect(self._reload)
        self.retranslate()
        self.resize(1080, 600)
        self._reload()

    def _lay(self) -> None:
        left, right = QWidget(self), QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        column.addWidget(self.lines, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.revert_button)
        column.addLayout(row)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([620, 460])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def revert(self) -> None:
        """Take back the changeset that is shown, as a change of its own; a later change in the way is told in words."""
        row = self.current()
        if row is not None:
            self.workspace.run(partial(_revert, changeset_id=row.id))

    def current(self) -> "ChangesetRow | None":
        """Return the changeset that is shown."""
        item = self.list.currentItem()
        return None if item is None else self._rows.get(item.data(0, _ID))

    def _reload(self, *_ignored: object) -> None:
        if self.workspace.base is not None:
            self.workspace.query(partial(read_changesets, limit=_LIMIT), self._loaded, key=f"history-{id(self)}")

    def _loaded(self, rows: "list[ChangesetRow]") -> None:
        current = self.current()
        newest = not self._rows or current is None or current.id == max(self._rows)
        self._rows = {row.id: row for row in rows}
        self.list.blockSignals(True)
        self.list.clear()
        wanted = None
        for row in rows:
            item = QTreeWidgetItem(self.list, [_moment(row.at), change_sentence(row), row.author, self._state(row)])
            item.setData(0, _ID, row.id)
            for place in range(4):
                item.setToolTip(place, item.text(place))
            if current is not None and row.id == current.id:
                wanted = item
        first = self.list.topLevelItem(0)
        chosen = first if newest or wanted is None else wanted
        if chosen is not None:
            self.list.setCurrentItem(chosen)
        self.list.blockSignals(False)
        self._narrow()
        self._show_current()

    def _state(self, row: "ChangesetRow") -> str:
        if row.part_of_id is not None:
            return _("merged")
        return _("undone") if row.undone else ""

    def _narrow(self, *_ignored: object) -> None:
        """Hide what does not hold every word."""
        words = self.filter.text().casefold().split()
        shown = 0
        for place in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(place)
            assert item is not None
            text = " ".join(item.text(column) for column in range(4)).casefold()
            item.setHidden(not all(word in text for word in words))
            shown += not item.isHidden()
        self.empty.setText(_("No change holds these words.") if words else _("Nothing was changed yet."))
        self.empty.setVisible(shown == 0)

    def _show_current(self, *_ignored: object) -> None:
        row = self.current()
        base = self.workspace.base
        self.revert_button.setEnabled(
            row is not None
            and row.kind != "starter"
            and row.part_of_id is None
            and base is not None
            and not base.read_only
        )
        self.lines.clear()
        self.heading.setText("" if row is None else change_sentence(row))
        self.hint.setText("" if row is None else _told(row))
        if row is not None and row.kind != "starter":
            read = partial(read_lines, changeset_id=row.id, language=language())
            self.workspace.query(read, self._show_lines, key=f"history-lines-{id(self)}")

    def _show_lines(self, answer: tuple[int, list[Line]]) -> None:
        changeset_id, lines = answer
        row = self.current()
        if row is None or row.id != changeset_id:
            return
        self.lines.clear()
        for line in lines:
            item = QTreeWidgetItem(self.lines, [line.field, line.before, line.after])
            for place in range(3):
                item.setToolTip(place, "\n".join(filter(None, (item.text(place), line.owner))))

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.setWindowTitle(_("History of changes"))
        self.filter.setPlaceholderText(_("Filter the changes"))
        self.filter.setAccessibleName(_("Filter the changes"))
        self.list.setHeaderLabels([_("When"), _("What"), _("Who"), ""])
        self.lines.setHeaderLabels([_("Field"), _("Before"), _("After")])
        self.list.setAccessibleName(_("Changes"))
        self.lines.setAccessibleName(_("Fields before and after"))
        self.revert_button.setText(_("Take back this change"))
        self.revert_button.setToolTip(_("Put back what was there before, as a new change that can be undone too"))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        lines = self.lines.header()
        lines.setStretchLastSection(False)
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._reload()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from closing the window; Escape closes it."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


def _tree(parent: QWidget) -> QTreeWidget:
    tree = QTreeWidget(parent)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAlternatingRowColors(True)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return tree


def _moment(at: str) -> str:
    """Return the local day and time of a moment as the journal stores it."""
    moment = datetime.fromisoformat(at).astimezone()
    return _("{date}, {time}").format(date=format_date(moment.date(), "short"), time=f"{moment:%H:%M}")


def _told(row: "ChangesetRow") -> str:
    who = row.author or _("nobody named")
    text = _("{who}, {when}").format(who=who, when=_moment(row.at))
    if row.kind == "starter":
        return text + "\n" + _("What the fact base began with; it cannot be taken back.")
    if row.part_of_id is not None:
        return text + "\n" + _("It came with a merge and is taken back with that.")
    return text + "\n" + _("It was undone since.") if row.undone else text


def _revert(engine: "Engine", changeset_id: int, *, author: str) -> "ChangeSummary":
    from chipscape_db.reverting import revert

    return revert(engine, changeset_id, author=author)
