"""Taking in the events of a calendar or TimelineJS file: what would change, then one step."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.errors import FactsError
from chipscape_db.vocabulary import EVENT_KINDS
from chipscape_desktop.error_text import error_text
from chipscape_desktop.i18n import _, format_date, ngettext, number
from chipscape_desktop.theme import set_role
from chipscape_desktop.words import word
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from chipscape_db.commands.happenings import Plan
    from chipscape_db.history import ChangeSummary

_MOST_ROWS = 2000
_FIRST_KIND = "research"


class EventImportDialog(QDialog):
    """Shows what the file comes to, entry by entry; `taken` carries the file's name once it was taken in."""

    taken = Signal(object)

    def __init__(self, workspace: Workspace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._path = path
        self.setWindowTitle(_("Import events from {file}").format(file=path.name))
        self.resize(760, 520)
        self.summary = QLabel(_("Reading the file…"), self)
        self.summary.setWordWrap(True)
        self.kind = QComboBox(self)
        for kind in EVENT_KINDS:
            self.kind.addItem(word(kind), kind)
        self.kind.setCurrentIndex(EVENT_KINDS.index(_FIRST_KIND))
        self.table = QTableWidget(0, 4, self)
        self.table.setHorizontalHeaderLabels([_("What happens"), _("Date"), _("Event"), _("Not imported")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        form = QFormLayout()
        form.addRow(_("Kind of events whose file names none"), self.kind)
        note = QLabel(_("It is one step, which undo takes back as a whole."), self)
        set_role(note, "soft")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal, self)
        self.take = buttons.addButton(_("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.take, "primary")
        self.take.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addLayout(form)
        column.addWidget(self.table, 1)
        column.addWidget(note)
        column.addWidget(buttons)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        self.kind.currentIndexChanged.connect(self._ask)
        self._ask()

    def _ask(self, _index: int = 0) -> None:
        self.take.setEnabled(False)
        read = partial(_plan, path=self._path, kind=self.kind.currentData())
        self._workspace.query(read, self._show, key="event-import")

    def _show(self, answer: "Plan | FactsError") -> None:
        if isinstance(answer, FactsError):
            self.summary.setText(error_text(answer))
            self.table.setRowCount(0)
            return
        self.summary.setText(_sentence(answer))
        self.table.setRowCount(min(len(answer.entries), _MOST_ROWS))
        states = {
            "new": _("added"), "changed": _("changed"), "same": _("there already"), "other": _("no event: left alone"),
        }  # fmt: skip
        for row, entry in enumerate(answer.entries[:_MOST_ROWS]):
            texts = (states[entry.state], format_date(entry.starts_on), entry.title, ", ".join(entry.left_out))
            for column, text in enumerate(texts):
                self.table.setItem(row, column, QTableWidgetItem(text))
        for column in (0, 1, 3):
            self.table.resizeColumnToContents(column)
        self.take.setEnabled(answer.count("new") + answer.count("changed") > 0)
        if self.take.isEnabled():
            self.take.setFocus()

    def _take(self) -> None:
        self.take.setEnabled(False)
        self._workspace.run(partial(_import, path=self._path, kind=self.kind.currentData()), self._taken)

    def _taken(self, summary: "ChangeSummary | None") -> None:
        if summary is None:
            self.take.setEnabled(True)  # somebody was asked about a reviewed event, and thought better of it
            return
        self.taken.emit(self._path.name)
        self.accept()


def _sentence(plan: "Plan") -> str:
    new, changed, same = (plan.count(state) for state in ("new", "changed", "same"))
    parts = [
        ngettext("{count} event is new", "{count} events are new", new).format(count=number(new)),
        ngettext("{count} changes", "{count} change", changed).format(count=number(changed)),
        ngettext("{count} is there already", "{count} are there already", same).format(count=number(same)),
    ]
    if plan.sources:
        parts.append(
            ngettext("{count} source is added", "{count} sources are added", plan.sources).format(
                count=number(plan.sources)
            )
        )
    return _("{list}.").format(list=", ".join(parts))


def _plan(session: "Session", *, path: Path, kind: str) -> "Plan | FactsError":
    from chipscape_db.commands.happenings import plan_happenings, read_event_file
    from chipscape_db.transfer.whole_file import read_whole

    try:
        happenings = read_event_file(read_whole(path), name=path.name)
        engine = session.get_bind().engine
        return plan_happenings(engine, happenings, kind=kind)
    except FactsError as error:
        return error


def _import(engine: "Engine", *, author: str, path: Path, kind: str) -> "ChangeSummary | None":
    from chipscape_db.commands.happenings import import_happenings, read_event_file
    from chipscape_db.transfer.whole_file import read_whole

    happenings = read_event_file(read_whole(path), name=path.name)
    return import_happenings(engine, author=author, happenings=happenings, name=path.name, kind=kind)
