"""The review queue beside the form: what to look at, where to mend it, what was settled and why."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.commands.review import reopen_findings, settle_findings
from chipscape_db.queries.review.findings import Finding
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.forms.findings_model import FindingsModel, check_label, checks, finding_text
from chipscape_desktop.forms.flow import Flow
from chipscape_desktop.forms.review_reading import MOST, NOTHING, Queue, ReviewReading
from chipscape_desktop.forms.table_index import folded
from chipscape_desktop.i18n import _, format_date, ngettext, number
from chipscape_desktop.theme import set_role
from chipscape_desktop.widgets.reason_dialog import ask_why
from chipscape_desktop.workspace import Selection, Workspace

_ROW = 28


class ReviewPanel(QWidget):
    """Lists findings; `mend_wanted` carries one to mend, `merge_wanted` two ids, `closed` that the tables come back."""

    mend_wanted = Signal(object)
    merge_wanted = Signal(object, object)
    closed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.queue, self._stopped = NOTHING, False
        self._stale, self._setting = True, False
        self.reading = ReviewReading(workspace, self)
        self.reading.done.connect(self._read)
        self._build()
        workspace.changed.connect(self._changed)
        workspace.opened.connect(self._changed)
        workspace.filters_changed.connect(self._changed)
        self.retranslate()

    def _build(self) -> None:
        self.checks = CalmCombo(self)
        self.checks.setMinimumContentsLength(18)
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.settled = QCheckBox(self)
        self.back = QPushButton(self)
        self.model = FindingsModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.installEventFilter(self)
        rows = self.table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        rows.hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(0, 190)
        header.resizeSection(1, 220)
        header.setStretchLastSection(True)
        self.told, self.today = QLabel(self), QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.today, "note")
        self.mend, self.settle, self.reopen, self.merge, self.again = (QPushButton(self) for _each in range(5))
        top = QHBoxLayout()
        top.setSpacing(8)
        for widget, stretch in ((self.back, 0), (self.checks, 0), (self.filter, 1), (self.settled, 0)):
            top.addWidget(widget, stretch)
        buttons = Flow()
        for button in (self.again, self.mend, self.settle, self.reopen, self.merge):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        column.addLayout(buttons)
        column.addWidget(self.today)
        self.checks.currentIndexChanged.connect(self._narrow)
        self.filter.textChanged.connect(self._narrow)
        self.settled.toggled.connect(self._narrow)
        self.back.clicked.connect(self.closed)
        self.table.selectionModel().currentRowChanged.connect(self._went)
        self.table.doubleClicked.connect(self._mend)
        for button, do in (
            (self.mend, self._mend), (self.settle, self.settle_selected), (self.reopen, self.reopen_selected),
            (self.merge, self.merge_current), (self.again, self.read),
        ):  # fmt: skip
            button.clicked.connect(do)
        self.setFocusProxy(self.table)

    # What is shown

    def read(self) -> None:
        """Look through the facts."""
        if self.workspace.base is not None:
            self._stale = self._stopped = False
            self.reading.begin()
            self._look()

    def _read(self, queue: Queue | None) -> None:
        """Show what was found; where the reading was cancelled, what was found before, and that it is not all."""
        self._stopped = queue is None
        if queue is not None:
            self.queue = queue
            self._name_checks()
            self._narrow()
            self._say_today()
        self._look()

    def _name_checks(self) -> None:
        counts = self.queue.counts
        chosen = self.checks.currentData()
        before = self.checks.blockSignals(True)
        self.checks.clear()
        everything = _("{check} ({count})").format(check=_("All checks"), count=number(sum(counts.values())))
        self.checks.addItem(everything, "")
        for code in checks():
            label = _("{check} ({count})").format(check=check_label(code), count=number(counts.get(code, 0)))
            self.checks.addItem(label, code)
        self.checks.setCurrentIndex(max(self.checks.findData(chosen), 0))
        self.checks.blockSignals(before)

    def _narrow(self, *_ignored: object) -> None:
        """Show the findings of the check chosen that hold every word, settled or not as asked."""
        code, settled = self.checks.currentData() or "", self.settled.isChecked()
        words = folded(self.filter.text()).split()
        current = self.current()
        shown = [
            finding
            for finding, text in zip(self.queue.findings, self.queue.words, strict=True)
            if (not code or finding.code == code)
            and (finding.settled is not None) == settled
            and all(word in text for word in words)
        ]
        row = max(self.table.currentIndex().row(), 0)
        self._setting = True
        self.model.show_findings(shown)
        same = next((place for place, one in enumerate(shown) if current and one.key == current.key), None)
        if shown and (same is not None or current is not None):
            self.table.selectRow(same if same is not None else min(row, len(shown) - 1))
        self._setting = False
        self._look()

    def _say_today(self) -> None:
        days = self.queue.days
        newest = days[0].day if days else ""
        told = []
        for one in (each for each in days if each.day == newest):
            told.append(
                _("{who}: {changes}, {settled}").format(
                    who=one.author or _("nobody named"),
                    changes=ngettext("{count} change", "{count} changes", one.changes).format(
                        count=number(one.changes)
                    ),
                    settled=ngettext("{count} settled", "{count} settled", one.settled).format(
                        count=number(one.settled)
                    ),
                )
            )
        day = format_date(newest, "short") if newest else ""
        self.today.setText(_("{day}: {told}").format(day=day, told="; ".join(told)) if told else "")
        self.today.setToolTip("\n".join(
            _("{day}, {who}: {changes} changes, {settled} settled").format(
                day=format_date(one.day, "short"), who=one.author or _("nobody named"), changes=number(one.changes),
                settled=number(one.settled),
            )
            for one in days
        ))  # fmt: skip

    def current(self) -> Finding | None:
        """Return the finding that the keyboard is on."""
        row = self.table.currentIndex().row()
        return self.model.findings[row] if 0 <= row < len(self.model.findings) else None

    def selected(self) -> list[Finding]:
        """Return the findings that are selected."""
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        return [self.model.findings[row] for row in sorted(rows)]

    def _went(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        finding = self.current()
        if finding is not None and not self._setting:
            self.workspace.select(Selection(finding.kind, finding.id))
        self._look()

    def _look(self) -> None:
        """Enable what can be done, and say the whole finding."""
        finding, base = self.current(), self.workspace.base
        writable = base is not None and not base.read_only
        self.mend.setEnabled(finding is not None)
        self.settle.setEnabled(writable and finding is not None and finding.settled is None)
        self.reopen.setEnabled(writable and finding is not None and finding.settled is not None)
        self.reopen.setVisible(self.settled.isChecked())
        self.settle.setVisible(not self.settled.isChecked())
        self.merge.setVisible(finding is not None and finding.code == "duplicate")
        self.merge.setEnabled(writable)
        self.again.setVisible(self._stopped)
        if self._stopped and finding is None:
            self.told.setText(_("Looking through the facts was cancelled, so that this may be out of date."))
        elif self.reading.running and not self.model.findings:
            self.told.setText(_("Looking through the facts…"))
        elif finding is not None:
            self.told.setText(_("{name}: {text}").format(name=finding.name, text=finding_text(finding)))
        else:
            nothing = _("Nothing is settled so far.") if self.settled.isChecked() else _("There is nothing to review.")
            self.told.setText(self._more() if self.model.findings else nothing)

    def _more(self) -> str:
        """Say that a check finds more than is listed."""
        code = self.checks.currentData()
        count = self.queue.counts.get(code, 0) if code else max(self.queue.counts.values(), default=0)
        if count <= MOST:
            return ""
        return _("A check lists {most} of its findings at a time; the filters of the top bar bring others up.").format(
            most=number(MOST)
        )

    # What is done

    def _mend(self, *_ignored: object) -> None:
        finding = self.current()
        if finding is not None and finding.code == "duplicate":
            self.merge_current()
        elif finding is not None:
            self.mend_wanted.emit(finding)

    def merge_current(self) -> None:
        """Offer to merge the two records of a suspected duplicate."""
        finding = self.current()
        if finding is not None and finding.code == "duplicate":
            self.merge_wanted.emit(*finding.owners)

    def settle_selected(self) -> None:
        """Ask why, and settle the selected findings without a change of the facts."""
        findings = [one for one in self.selected() if one.settled is None]
        if not findings or not self.settle.isEnabled():
            return
        count = len(findings)
        reason = ask_why(
            ngettext("Settle {count} finding?", "Settle {count} findings?", count).format(count=number(count)),
            detail=_("The facts stay as they are. It comes up again when the facts behind it change."),
            yes=_("Settle"), no=_("Leave it open"), required=True, parent=self,
        )  # fmt: skip
        if reason is not None:
            self.workspace.run(partial(settle_findings, findings=findings, reason=reason))

    def reopen_selected(self) -> None:
        """Open the selected findings again."""
        findings = [one for one in self.selected() if one.settled is not None]
        if findings:
            self.workspace.run(partial(reopen_findings, findings=findings))

    # Following

    def _changed(self, _what: object) -> None:
        if self.isVisible():
            self.read()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        if self._stale:
            self.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the finding in view when the form takes more of the room."""
        super().resizeEvent(event)
        if self.table.currentIndex().isValid():
            self.table.scrollTo(self.table.currentIndex())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter mends, Del settles, Down leaves the filter for the list."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.filter and (enter or event.key() == Qt.Key.Key_Down):
            self.table.setFocus()
            if self.current() is None and self.model.findings:
                self.table.selectRow(0)
            return True
        if watched is self.table and enter:
            self._mend()
            return True
        if watched is self.table and event.key() == Qt.Key.Key_Delete:
            (self.reopen_selected if self.settled.isChecked() else self.settle_selected)()
            return True
        if watched is self.table and event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return True
        return False

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.setAccessibleName(_("Review"))
        self.table.setAccessibleName(_("Findings"))
        self.checks.setAccessibleName(_("Checks"))
        self.filter.setPlaceholderText(_("Filter the findings"))
        self.filter.setAccessibleName(_("Filter the findings"))
        self.settled.setText(_("Settled ones"))
        self.back.setText(_("Tables"))
        for button, label, tip in (
            (self.back, _("Tables"), _("Back to the tables (Esc)")),
            (self.mend, _("Go and mend it"), _("Open the form where this is mended (Enter)")),
            (self.settle, _("Settle…"), _("Settle it without a change, with a reason (Del)")),
            (self.reopen, _("Open again"), _("Open it again (Del)")),
            (self.again, _("Look again"), _("Look through all facts again")),
            (self.merge, _("Compare and merge…"), _("See both records side by side and make one of them (Enter)")),
        ):
            button.setText(label)
            button.setToolTip(tip)
        self._name_checks()
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._changed(None)
