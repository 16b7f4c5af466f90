"""The second page of an import: what it would do, row by row, with what cannot be taken and why."""

from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.errors import N_, P_, FactsError
from chipscape_db.metrics import METRICS
from chipscape_db.transfer.tables.mapping import LEAVE_OUT, NEW
from chipscape_desktop.error_text import error_text
from chipscape_desktop.field_words import field_label
from chipscape_desktop.i18n import _, ngettext, number
from chipscape_desktop.theme import set_role
from chipscape_desktop.words import unit_word

if TYPE_CHECKING:
    from chipscape_db.transfer.problems import Problem
    from chipscape_db.transfer.tables.plan import CellChange, Plan, RowPlan

_MOST_ROWS = 2000
_OPEN_ROWS = 12
_STATES = {
    "new": P_("row", "added"), "changed": P_("row", "changed"), "same": P_("row", "there already"),
    "unsure": P_("row", "unsure"), "left-out": P_("row", "left out"),
}  # fmt: skip
_WHATS = {"keep": N_("kept as it is"), "rival-date": N_("claimed beside"), "quote": N_("quoted"), "cite": N_("cited")}
_ROW = Qt.ItemDataRole.UserRole


class PreviewPage(QWidget):
    """Shows a plan; `decided` carries (name in the table, answer) for a row, the answer empty to take one back."""

    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, RowPlan] = {}
        self._decided: Collection[str] = ()
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        set_role(self.summary, "strong")
        self.tree = QTreeWidget(self)
        self.tree.setHeaderLabels([_("Row"), _("Record or column"), _("Before"), _("After"), _("What happens")])
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(_("What the import does, row by row"))
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column in (0, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        set_role(self.hint, "soft")
        self.same = QPushButton(_("It is this record"), self)
        self.new = QPushButton(_("It is a new one"), self)
        self.out = QPushButton(_("Leave it out"), self)
        self.again = QPushButton(_("Decide anew"), self)
        self.problem_title = QLabel(self)
        set_role(self.problem_title, "strong")
        self.problems = QTableWidget(0, 3, self)
        self.problems.setHorizontalHeaderLabels([_("Row"), _("Column"), _("What is wrong")])
        self.problems.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.problems.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.problems.setTabKeyNavigation(False)
        self.problems.setAccessibleName(_("What cannot be taken"))
        self.problems.verticalHeader().hide()
        self.problems.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._lay()
        self.tree.currentItemChanged.connect(self._follow)
        self.same.clicked.connect(self._is_same)
        self.new.clicked.connect(self._is_new)
        self.out.clicked.connect(self._is_out)
        self.again.clicked.connect(self._is_open)

    def _lay(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.hint, 1)
        for button in (self.same, self.new, self.out, self.again):
            row.addWidget(button)
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 8, 0, 0)
        below.addWidget(self.problem_title)
        below.addWidget(self.problems, 1)
        upper = QWidget(self)
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.tree, 1)
        above.addLayout(row)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(lower)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([360, 160])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.summary)
        column.addWidget(self.splitter, 1)

    def show_plan(self, plan: "Plan", decided: Collection[str] = ()) -> None:
        """Show what an import would do; rows about which somebody must decide come first.

        Of the names in *decided* somebody has said what they are.
        """
        self._decided = decided
        at = self.current()
        self.summary.setText(plan_sentence(plan))
        self._rows = {}
        self.tree.clear()
        order = {"unsure": 0, "left-out": 1, "changed": 2, "new": 3, "same": 4}
        rows = sorted(plan.rows, key=lambda one: (order[one.status], one.line))[:_MOST_ROWS]
        wanted = None
        for one in rows:
            item = self._add(one)
            if at is not None and at.line == one.line:
                wanted = item
        if len(plan.rows) > len(rows):
            more = _("and {count} more").format(count=number(len(plan.rows) - len(rows)))
            QTreeWidgetItem(self.tree, ["", more, "", "", ""])
        if len(rows) <= _OPEN_ROWS:
            self.tree.expandAll()
        first = wanted or self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)
        self._show_problems(plan)
        self._follow()

    def current(self) -> "RowPlan | None":
        """Return the row that is looked at."""
        item = self.tree.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        return None if item is None else self._rows.get(item.data(0, _ROW))

    def _add(self, row: "RowPlan") -> QTreeWidgetItem:
        self._rows[row.line] = row
        state = _(_STATES[row.status])
        if row.record and row.status in ("changed", "same", "unsure") and row.confidence < 1:
            state = _("{state}, {percent} % sure").format(state=state, percent=number(round(100 * row.confidence)))
        there = row.record_name if row.status != "new" else ""
        item = QTreeWidgetItem(self.tree, [str(row.line), row.name or _("(no name)"), there, "", state])
        item.setData(0, _ROW, row.line)
        for change in row.changes:
            texts = [_shown(change, text) for text in (change.before, change.after)]
            child = QTreeWidgetItem(item, ["", change.column, *texts, _what(change)])
            for column in range(1, 5):
                child.setToolTip(column, child.text(column))
        return item

    def _show_problems(self, plan: "Plan") -> None:
        count = plan.problem_count
        self.problem_title.setText(
            ngettext("{count} problem: the cell stays out", "{count} problems: these cells stay out", count).format(
                count=number(count)
            )
            if count
            else _("No problems")
        )
        self.problems.setVisible(count > 0)
        self.problems.setRowCount(len(plan.problems))
        for at, problem in enumerate(plan.problems):
            for column, text in enumerate((str(problem.row or ""), problem.column, problem_text(problem))):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.problems.setItem(at, column, item)
        self.problems.resizeColumnToContents(1)

    def _follow(self, *_ignored: object) -> None:
        row = self.current()
        unsure = row is not None and row.status == "unsure"
        decidable = row is not None and bool(row.name) and row.status in ("unsure", "changed", "same")
        self.same.setEnabled(unsure)
        self.new.setEnabled(decidable)
        self.out.setEnabled(row is not None and bool(row.name) and row.status != "left-out")
        self.again.setEnabled(row is not None and row.name in self._decided)
        text = ""
        if row is not None and unsure:
            text = _("“{name}” may be {record}. Say what it is; the mapping remembers it.").format(
                name=row.name, record=row.record_name
            )
        self.hint.setText(text)

    def _is_same(self) -> None:
        row = self.current()
        if row is not None:
            self.decided.emit((row.name, row.record))

    def _is_new(self) -> None:
        self._decide(NEW)

    def _is_out(self) -> None:
        self._decide(LEAVE_OUT)

    def _is_open(self) -> None:
        self._decide("")

    def _decide(self, answer: str) -> None:
        row = self.current()
        if row is not None:
            self.decided.emit((row.name, answer))


def plan_sentence(plan: "Plan") -> str:
    """Return in one sentence what an import would do."""
    counts = plan.counts
    parts = [
        ngettext("{count} record is added", "{count} records are added", counts["new"]).format(
            count=number(counts["new"])
        ),
        ngettext("{count} changes", "{count} change", counts["changed"]).format(count=number(counts["changed"])),
        ngettext("{count} is there already", "{count} are there already", counts["same"]).format(
            count=number(counts["same"])
        ),
    ]
    if counts["unsure"]:
        unsure = ngettext("{count} unsure", "{count} unsure", counts["unsure"])
        parts.append(unsure.format(count=number(counts["unsure"])))
    if counts["left-out"]:
        out = ngettext("{count} left out", "{count} left out", counts["left-out"])
        parts.append(out.format(count=number(counts["left-out"])))
    claims = ngettext("{count} claim", "{count} claims", counts["claims"]).format(count=number(counts["claims"]))
    sources = ngettext("{count} source", "{count} sources", counts["sources"]).format(count=number(counts["sources"]))
    return _("{list}; {claims} and {sources} are new.").format(list=", ".join(parts), claims=claims, sources=sources)


def problem_text(problem: "Problem") -> str:
    """Return the sentence of a problem in the language in force."""
    fault = FactsError(problem.template)
    fault.params = dict(problem.params)
    return error_text(fault)


def _shown(change: "CellChange", text: str) -> str:
    """Return a value as the language writes it, with its unit."""
    metric = METRICS.get(change.field)
    if metric is None or metric.kind != "number" or not text:
        return text
    value, _blank, unit = text.partition(" ")
    return f"{number(Decimal(value))} {unit_word(unit)}".strip()


def _what(change: "CellChange") -> str:
    if change.what in _WHATS:
        return _(_WHATS[change.what])
    if change.field in METRICS:
        return _(METRICS[change.field].label)
    return field_label(change.field)
