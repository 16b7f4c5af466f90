"""Merging another base or a change pack: what it brings, and the conflicts side by side, settled before anything."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
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

from chipscape_db.errors import FactsError
from chipscape_desktop.field_words import stored_label
from chipscape_desktop.forms.exchange.work import merge, open_other
from chipscape_desktop.forms.exchange.work_window import WorkWindow
from chipscape_desktop.i18n import _, format_date, ngettext, number, pgettext
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from chipscape_db.history import ChangeSummary
    from chipscape_db.merging.journals import Journal
    from chipscape_db.merging.plan import Conflict, FieldDifference, MergePlan

_KEY = Qt.ItemDataRole.UserRole
_MOST = 2000


class MergeWindow(WorkWindow):
    """One merge; `done_with` carries the sentence that says what was merged."""

    def __init__(self, workspace: Workspace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(workspace, path.name, parent)
        self.path = path
        self.plan: MergePlan | None = None
        self.decisions: dict[str, str] = {}
        self._theirs: Journal | None = None
        self.setWindowTitle(_("Merge {file}").format(file=path.name))
        self.summary, self.state = QLabel(self), QLabel(self)
        for label, role in ((self.summary, "strong"), (self.state, "soft")):
            label.setWordWrap(True)
            set_role(label, role)
        self.conflicts = _tree(
            self, [pgettext("conflict", "Of"), _("Field"), _("Before"), _("Here"), _("There"), _("Settled")]
        )
        self.conflicts.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.conflicts.setAccessibleName(_("Conflicts"))
        self.differences = _tree(
            self, [pgettext("conflict", "Of"), _("Field"), _("Here now"), _("After the merge"), _("Who")]
        )
        self.differences.setAccessibleName(_("What changes here"))
        self.mine = QPushButton(_("&Keep what is here"), self)
        self.theirs = QPushButton(_("&Take what is there"), self)
        self.newest = QPushButton(_("All by the &newest"), self)
        self.merge_button = QPushButton(_("Merge"), self)
        set_role(self.merge_button, "primary")
        self.cancel = QPushButton(_("Cancel"), self)
        self.upper = QWidget(self)
        _lay(self)
        self.mine.clicked.connect(self.keep_mine)
        self.theirs.clicked.connect(self.take_theirs)
        self.newest.clicked.connect(self.settle_by_newest)
        self.merge_button.clicked.connect(self.bring_together)
        self.cancel.clicked.connect(self.reject)
        self.conflicts.itemSelectionChanged.connect(self.follow)
        self.resize(1100, 640)
        self._open()

    def _open(self) -> None:
        base = self.workspace.base
        assert base is not None
        self.summary.setText(_("Comparing the two…"))
        work = partial(open_other, engine=base.engine, path=self.path)
        self.start(partial(self.workspace.compute, work, self._opened, key="merge-open", text=self.path.name))

    def _opened(self, answer: "tuple[Journal, MergePlan] | FactsError") -> None:
        self.finish()
        if isinstance(answer, FactsError):
            self.summary.setText("")
            self.tell(answer)
            return
        self._theirs, self.plan = answer
        self.summary.setText(_sentence(self.plan))
        self.upper.setVisible(bool(self.plan.conflicts))
        for conflict in self.plan.conflicts:
            item = QTreeWidgetItem(self.conflicts, [*_conflict_texts(conflict), ""])
            item.setData(0, _KEY, conflict.key)
            for column in range(5):
                item.setToolTip(column, item.text(column))
        for one in self.plan.differences[:_MOST]:
            item = QTreeWidgetItem(self.differences, list(_difference_texts(one)))
            for column in range(5):
                item.setToolTip(column, item.text(column))
        if (left := len(self.plan.differences) - _MOST) > 0:
            QTreeWidgetItem(self.differences, [_("and {count} more").format(count=number(left))])
        self.follow()
        first = self.conflicts.topLevelItem(0)
        if first is not None:
            self.conflicts.setCurrentItem(first)
            self.conflicts.setFocus()
        else:
            self.merge_button.setFocus()

    # Settling

    def keep_mine(self) -> None:
        """Let what is here hold in the selected conflicts."""
        self._settle("mine")

    def take_theirs(self) -> None:
        """Let what is there hold in the selected conflicts."""
        self._settle("theirs")

    def settle_by_newest(self) -> None:
        """Let in every conflict hold what was done last."""
        for conflict in self.plan.conflicts if self.plan is not None else ():
            self.decisions[conflict.key] = "mine" if conflict.mine_by[0] > conflict.theirs_by[0] else "theirs"
        self.follow()

    def _settle(self, side: str) -> None:
        chosen = self.conflicts.selectedItems()
        for item in chosen:
            self.decisions[item.data(0, _KEY)] = side
        self.follow()
        self._go_further()

    def _go_further(self) -> None:
        """Go to the next open conflict, or to the button when there is none."""
        for at in range(self.conflicts.topLevelItemCount()):
            item = self.conflicts.topLevelItem(at)
            if item is not None and item.data(0, _KEY) not in self.decisions:
                self.conflicts.setCurrentItem(item)
                self.conflicts.setFocus()
                return
        self.merge_button.setFocus()

    # The merge itself

    def bring_together(self) -> None:
        """Merge as one undoable step."""
        if self._theirs is None:
            return
        self.tell(None)
        command = partial(merge, theirs=self._theirs, decisions=dict(self.decisions))
        self.start(partial(self.workspace.run_with_job, command, self._merged, text=self.path.name))

    def _merged(self, _summary: "ChangeSummary | None") -> None:
        self.finish()
        self.done_with.emit(_("The changes of {file} were merged.").format(file=self.path.name))
        self.accept()

    def has_content(self) -> bool:
        """Say whether the two were compared."""
        return self.plan is not None

    def follow(self) -> None:
        """Say what is settled, and enable what can be done now."""
        words = {"mine": _("what is here"), "theirs": _("what is there")}
        total = self.conflicts.topLevelItemCount()
        for at in range(total):
            item = self.conflicts.topLevelItem(at)
            if item is not None:
                item.setText(5, words.get(self.decisions.get(item.data(0, _KEY), ""), ""))
        left = total - len(self.decisions)
        self.state.setText(
            ngettext("{count} conflict is open", "{count} conflicts are open", left).format(count=number(left))
            if left
            else _("All are settled.")
        )
        chosen = bool(self.conflicts.selectedItems())
        for button in (self.mine, self.theirs):
            button.setEnabled(chosen and not self.running)
        self.newest.setEnabled(total > 0 and not self.running)
        ready = self.plan is not None and not self.plan.does_nothing and left == 0
        self.merge_button.setEnabled(ready and not self.running)


def _lay(window: "MergeWindow") -> None:
    """Put the conflicts over what changes, and the buttons below."""
    upper, lower = window.upper, QWidget(window)
    above = QVBoxLayout(upper)
    above.setContentsMargins(0, 0, 0, 0)
    above.setSpacing(8)
    title = QLabel(_("Both sides changed these. Choose what shall hold."), upper)
    set_role(title, "strong")
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(window.state, 1)
    for button in (window.mine, window.theirs, window.newest):
        row.addWidget(button)
    above.addWidget(title)
    above.addWidget(window.conflicts, 1)
    above.addLayout(row)
    below = QVBoxLayout(lower)
    below.setContentsMargins(0, 8, 0, 0)
    title = QLabel(_("What changes here"), lower)
    set_role(title, "strong")
    below.addWidget(title)
    below.addWidget(window.differences, 1)
    splitter = QSplitter(Qt.Orientation.Vertical, window)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(upper)
    splitter.addWidget(lower)
    buttons = QHBoxLayout()
    buttons.addWidget(window.progress, 1)
    buttons.addStretch(1)
    buttons.addWidget(window.cancel)
    buttons.addWidget(window.merge_button)
    column = QVBoxLayout(window)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(12)
    column.addWidget(window.summary)
    column.addWidget(splitter, 1)
    column.addWidget(window.fault)
    column.addLayout(buttons)


def _tree(parent: QWidget, labels: list[str]) -> QTreeWidget:
    tree = QTreeWidget(parent)
    tree.setHeaderLabels(labels)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAlternatingRowColors(True)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    for column in (0, 1, len(labels) - 1):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return tree


def _sentence(plan: "MergePlan") -> str:
    if plan.does_nothing:
        return _("There is nothing to merge: this base knows all of it already.")
    authors = ", ".join(dict.fromkeys(step.author or _("nobody named") for step in plan.steps)) or _("nobody named")
    text = ngettext(
        "{count} change by {authors} comes in, as one step, which undo takes back as a whole.",
        "{count} changes by {authors} come in; they become one step, which undo takes back as a whole.",
        len(plan.steps),
    ).format(count=number(len(plan.steps)), authors=authors)
    renamed = "".join(
        " " + _("Both sides had a {old}; one is called {new} now.").format(old=old, new=new)
        for old, new in plan.renamed
    )
    return text + renamed


def _by(mark: tuple[str, str]) -> str:
    """Return who did something when, by the clock of this place."""
    at, author = mark
    if not at:
        return ""
    moment = datetime.fromisoformat(at).astimezone()
    when = _("{date}, {time}").format(date=format_date(moment.date(), "short"), time=f"{moment:%H:%M}")
    return _("{who}, {when}").format(who=author or _("nobody named"), when=when)


def _conflict_texts(conflict: "Conflict") -> tuple[str, str, str, str, str]:
    mine, theirs, field = conflict.mine, conflict.theirs, ", ".join(map(stored_label, conflict.field.split(", ")))
    if conflict.kind in ("deleted-here", "deleted-there"):
        here = conflict.kind == "deleted-here"
        mine, theirs = (_("deleted"), _("went on with it")) if here else (_("went on with it"), _("deleted"))
        field = stored_label(conflict.table)
    here_text, there_text = (
        _("{what} ({by})").format(what=text or _("nothing"), by=_by(mark))
        for text, mark in ((mine, conflict.mine_by), (theirs, conflict.theirs_by))
    )
    return conflict.owner, field, conflict.ancestor, here_text, there_text


def _difference_texts(one: "FieldDifference") -> tuple[str, str, str, str, str]:
    field = stored_label(one.field) if one.field else stored_label(one.table)
    return one.owner, field, one.before, one.after, _by((one.at, one.author))
