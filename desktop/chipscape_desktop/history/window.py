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
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.errors import Conflict
from chipscape_desktop import notices
from chipscape_desktop.change_words import change_sentence
from chipscape_desktop.error_text import error_text
from chipscape_desktop.history.filter_bar import FilterBar
from chipscape_desktop.history.reading import Line, read_changesets, read_lines, read_name
from chipscape_desktop.i18n import _, format_date, language, number
from chipscape_desktop.theme import set_role
from chipscape_desktop.widgets.reason_dialog import ask_why
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from chipscape_db.history import ChangeSummary
    from chipscape_db.queries.history import ChangesetRow

_ID = Qt.ItemDataRole.UserRole
_LIMIT = 500
_DELETING = (
    "delete-record", "delete-claim", "delete-claims", "delete-relationship", "delete-relationships", "delete-figure",
    "delete-table-view",
)  # fmt: skip


class HistoryWindow(QDialog):
    """Lists the changesets, newest first; stays open while one works."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, *, of_selected: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.workspace = workspace
        self._rows: dict[int, ChangesetRow] = {}
        self.filters = FilterBar(self)
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
        self.filters.changed.connect(self._reload)
        self.list.currentItemChanged.connect(self._show_current)
        self.revert_button.clicked.connect(self.revert)
        workspace.changed.connect(self._reload)
        workspace.opened.connect(self._reload)
        workspace.selection_changed.connect(self._selected)
        self.retranslate()
        self.resize(1080, 600)
        self._attempt: _Attempt | None = None
        self._selected(workspace.selection)
        if of_selected:
            self.filters.only.setEnabled(True)
            self.filters.only.setChecked(True)
        self._reload()

    def _lay(self) -> None:
        left, right = QWidget(self), QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.filters)
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
        if row is None or self._attempt is not None or not self.revert_button.isEnabled():
            return
        reason = ask_why(
            _("Take back “{change}”?").format(change=change_sentence(row)),
            detail=_("What was changed since in other fields stays. Undo brings it all back."),
            yes=self.revert_button.text(), no=_("Leave it"), parent=self,
        )  # fmt: skip
        if reason is not None:
            self._attempt = _Attempt(row.id, reason)
            self.workspace.run(self._attempt, then=self._reverted)

    def _reverted(self, _summary: object) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is None or attempt.conflict is None:
            return
        if attempt.leave_later:
            notices.tell_error(attempt.conflict)
        elif notices.ask(
            _("A later change is in the way. Take back the rest?"), detail=error_text(attempt.conflict),
            yes=_("Take back the rest"), no=_("Change nothing"), parent=self,
        ):  # fmt: skip
            self._attempt = _Attempt(attempt.changeset_id, attempt.reason, leave_later=True)
            self.workspace.run(self._attempt, then=self._reverted)

    def _selected(self, selection: "Selection | None") -> None:
        """Offer the history of the record that is selected."""
        if selection is None or selection.kind != "record" or self.workspace.base is None:
            self.filters.set_record("", "")
        else:
            read = partial(read_name, record_id=selection.id, language=language())
            self.workspace.query(read, self._named, key=f"history-name-{id(self)}")

    def _named(self, named: tuple[str, str]) -> None:
        self.filters.set_record(*named)

    def current(self) -> "ChangesetRow | None":
        """Return the changeset that is shown."""
        item = self.list.currentItem()
        return None if item is None else self._rows.get(item.data(0, _ID))

    def _reload(self, *_ignored: object) -> None:
        if self.workspace.base is not None:
            read = partial(read_changesets, limit=_LIMIT, wanted=self.filters.wanted())
            self.workspace.query(read, self._loaded, key=f"history-{id(self)}")

    def _loaded(self, answer: "tuple[list[ChangesetRow], list[str]]") -> None:
        rows, authors = answer
        self.filters.set_authors(authors)
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
        nothing = _("No change is like that.") if self.filters.narrows else _("Nothing was changed yet.")
        more = _("These are the newest {count}; narrow them to see older ones.").format(count=number(len(rows)))
        self.empty.setText(nothing if not rows else more)
        self.empty.setVisible(not rows or len(rows) == _LIMIT)
        self._show_current()

    def _state(self, row: "ChangesetRow") -> str:
        if row.part_of_id is not None:
            return _("merged")
        return _("undone") if row.undone else ""

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
        deleted = row is not None and row.kind == "edit" and row.action in _DELETING
        self.revert_button.setText(_("Restore what was deleted") if deleted else _("Take back this change"))
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
        heading, row_id = None, 0
        for line in lines:
            if heading is None or line.row != row_id:
                heading, row_id = QTreeWidgetItem(self.lines, [line.heading]), line.row
                heading.setFirstColumnSpanned(True)
                font = heading.font(0)
                font.setWeight(font.Weight.DemiBold)
                heading.setFont(0, font)
            item = QTreeWidgetItem(heading, [line.field, line.before, line.after])
            for place in range(3):
                item.setToolTip(place, "\n".join(filter(None, (item.text(place), line.owner))))
        self.lines.expandAll()

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.setWindowTitle(_("History of changes"))
        self.list.setHeaderLabels([_("When"), _("What"), _("Who"), ""])
        self.lines.setHeaderLabels([_("Field"), _("Before"), _("After")])
        self.list.setAccessibleName(_("Changes"))
        self.lines.setAccessibleName(_("Fields before and after"))
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
    tree.setIndentation(12)
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
    if row.reason:
        text += "\n" + _("Why: {reason}").format(reason=row.reason)
    if row.kind == "starter":
        return text + "\n" + _("What the fact base began with; it cannot be taken back.")
    if row.part_of_id is not None:
        return text + "\n" + _("It came with a merge and is taken back with that.")
    return text + "\n" + _("It was undone since.") if row.undone else text


class _Attempt:
    """Takes a changeset back; a later change in the way is kept, to be asked about."""

    def __init__(self, changeset_id: int, reason: str, *, leave_later: bool = False) -> None:
        self.changeset_id, self.reason, self.leave_later = changeset_id, reason, leave_later
        self.conflict: Conflict | None = None

    def __call__(self, engine: "Engine", *, author: str) -> "ChangeSummary | None":
        """Do it."""
        from chipscape_db.reverting import revert

        try:
            return revert(engine, self.changeset_id, author=author, reason=self.reason, leave_later=self.leave_later)
        except Conflict as conflict:
            self.conflict = conflict
            return None
