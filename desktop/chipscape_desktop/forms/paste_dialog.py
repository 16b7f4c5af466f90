"""What pasting into a table would do, row by row, before it is done."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.commands.fields import Field
from chipscape_db.commands.rows import Resting, put_rows
from chipscape_db.errors import FactsError
from chipscape_desktop.cell_text import cell_text, metric_label
from chipscape_desktop.error_text import error_text
from chipscape_desktop.field_words import field_label, table_label
from chipscape_desktop.forms.attempt import Attempt
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.forms.cell_editors import field_in
from chipscape_desktop.forms.fields import PickerField
from chipscape_desktop.forms.pasting import (
    SLUG,
    Fate,
    PastePlan,
    PlannedRow,
    guess_columns,
    labels,
    plan_paste,
)
from chipscape_desktop.i18n import _, language, ngettext, number
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace

_FATE, _WHAT, _FIRST = 0, 1, 2
_NEXT: dict[Fate, Fate] = {"add": "skip", "change": "skip", "skip": "add"}


class PasteDialog(QDialog):
    """Shows what every pasted row would do; Space or a click on the first column chooses otherwise for a row."""

    def __init__(
        self,
        workspace: Workspace,
        table: str,
        cells: tuple[tuple[str, ...], ...],
        shown: list[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.workspace, self.table, self.cells = workspace, table, cells
        self.columns, self.header = guess_columns(table, cells, shown)
        self._shown = shown
        self.plan: PastePlan | None = None
        self.fates: dict[int, Fate] = {}
        self._attempt: Attempt | None = None
        self._build()
        self.retranslate()
        self.resize(1080, 600)
        self.read()

    def _build(self) -> None:
        self.title, self.summary, self.message = QLabel(self), QLabel(self), QLabel(self)
        set_role(self.title, "heading")
        set_role(self.message, "error")
        for label in (self.title, self.summary, self.message):
            label.setWordWrap(True)
        self.message.hide()
        self.named = QCheckBox(self)
        self.named.setChecked(self.header)
        self.grid = QTableWidget(self)
        self.grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.grid.setAlternatingRowColors(True)
        self.grid.setShowGrid(False)
        self.grid.setWordWrap(False)
        self.grid.verticalHeader().hide()
        self.grid.installEventFilter(self)
        self.source = PickerField(Field("source_id", "record", refers_to="source"), self.workspace, parent=self)
        self.locator = QLineEdit(self)
        self.reason = QLineEdit(self)
        self.paste_button, self.cancel_button = QPushButton(self), QPushButton(self)
        set_role(self.paste_button, "primary")
        evidence = QHBoxLayout()
        evidence.setSpacing(12)
        evidence.addWidget(self.source, 2)
        self._lines = []
        for line in (self.locator, self.reason):
            box = QVBoxLayout()
            box.setSpacing(4)
            label = QLabel(self)
            set_role(label, "soft")
            label.setBuddy(line)
            self._lines.append(label)
            box.addWidget(label)
            box.addWidget(line)
            box.addStretch(1)
            evidence.addLayout(box, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.summary, 1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.paste_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.named)
        column.addWidget(self.grid, 1)
        column.addLayout(evidence)
        column.addWidget(self.message)
        column.addLayout(buttons)
        self.source.setVisible(self.table != "source")
        self.locator.setVisible(self.table != "source")
        self._lines[0].setVisible(self.table != "source")
        self.named.toggled.connect(self._renamed)
        self.source.changed.connect(self.read)
        self.locator.editingFinished.connect(self.read)
        self.grid.cellClicked.connect(self._clicked)
        self.paste_button.clicked.connect(self.paste)
        self.cancel_button.clicked.connect(self.reject)
        self.grid.setFocus()

    # Reading

    def resting(self) -> Resting:
        """Return what the new rows rest on."""
        return Resting(self.source.value(), self.locator.text().strip())

    def read(self, *_ignored: object) -> None:
        """Find out what pasting would do."""
        if self.source.problem():
            return
        read = partial(
            plan_paste, table=self.table, cells=self.cells, columns=self.columns, header=self.header,
            resting=self.resting(), lang=language(),
        )  # fmt: skip
        self.paste_button.setEnabled(False)
        self.workspace.query(read, self._planned, key=f"paste-{id(self)}")

    def _planned(self, plan: PastePlan) -> None:
        same = self.plan is not None and self.plan.columns == plan.columns and self.plan.header == plan.header
        self.plan = plan
        if not same:
            self.fates = {row.number: row.fate for row in plan.rows}
        self._show()

    def _renamed(self, named: bool) -> None:
        self.header = named
        guessed, found = guess_columns(self.table, self.cells, self._shown)
        self.columns = guessed if found == named else self.columns
        self.read()

    def _mapped(self, place: int) -> None:
        combo = self.sender()
        if isinstance(combo, CalmCombo):
            at = int(combo.objectName())
            chosen = str(combo.itemData(place) or "")
            kept = [name if name != chosen or number == at else "" for number, name in enumerate(self.columns)]
            kept[at] = chosen
            self.columns = tuple(kept)
            self.read()

    # Showing

    def _show(self) -> None:
        plan = self.plan
        assert plan is not None
        self.grid.setUpdatesEnabled(False)
        row = max(self.grid.currentRow(), 1)
        self.grid.clear()
        self.grid.setColumnCount(_FIRST + len(plan.columns))
        self.grid.setRowCount(1 + len(plan.rows))
        heads = [_("What happens"), _("Why")] + [
            self._heading(place) for place in range(len(plan.columns))
        ]  # fmt: skip
        self.grid.setHorizontalHeaderLabels(heads)
        self._map_columns(plan)
        for planned in plan.rows:
            self._show_row(planned)
        header = self.grid.horizontalHeader()
        header.setMinimumSectionSize(72)
        self.grid.resizeColumnsToContents()
        for place in range(self.grid.columnCount()):
            widest = 300 if place == _WHAT else 240
            header.resizeSection(place, min(max(header.sectionSize(place) + 8, 120 if place >= _FIRST else 90), widest))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.grid.setUpdatesEnabled(True)
        self.grid.setCurrentCell(min(row, self.grid.rowCount() - 1), 0)
        self._sum_up()

    def _heading(self, place: int) -> str:
        return self.cells[0][place] if self.header else str(place + 1)

    def _map_columns(self, plan: PastePlan) -> None:
        """Offer over every pasted column what it may be."""
        names = list(dict.fromkeys(labels(self.table).values()))
        item = QTableWidgetItem(_("Column is"))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.grid.setItem(0, _WHAT, item)
        for place, chosen in enumerate(plan.columns):
            combo = CalmCombo(self.grid)
            combo.setObjectName(str(place))
            combo.setAccessibleName(_("What the column “{name}” is").format(name=self._heading(place)))
            combo.addItem(_("(left out)"), "")
            for name in names:
                combo.addItem(field_label(name), name)
            combo.setCurrentIndex(max(combo.findData(chosen), 0))
            combo.activated.connect(self._mapped)
            self.grid.setCellWidget(0, _FIRST + place, combo)
        self.grid.setRowHeight(0, 34)

    def _show_row(self, planned: PlannedRow) -> None:
        assert self.plan is not None
        line, fate = planned.number, self.fates[planned.number]
        faulty = bool(planned.faults) and fate != "skip"
        words = {"add": _("Add"), "change": _("Change"), "skip": _("Leave out")}
        item = QTableWidgetItem(words[fate] if not faulty else _("Mend or leave out"))
        signs = {"add": "plus", "change": "pencil", "skip": "minus"}
        item.setIcon(icon("circle-alert" if faulty else signs[fate], colour="error" if faulty else "ink"))
        self.grid.setItem(line, _FATE, item)
        why = QTableWidgetItem(self._why(planned))
        why.setToolTip(self._why(planned))
        self.grid.setItem(line, _WHAT, why)
        wrong = {fault.field: error_text(fault) for fault in planned.faults}
        for place, name in enumerate(self.plan.columns):
            raw = self.cells[line if self.header else line - 1][place]
            cell = QTableWidgetItem(self._cell(planned, name, raw))
            font = QFont(cell.font())
            if name in planned.changes and fate == "change":
                font.setBold(True)
                before, after = planned.changes[name]
                cell.setToolTip(_("{before} → {after}").format(before=before or "–", after=after))
            elif wrong.get(name):
                font.setItalic(True)
                cell.setIcon(icon("circle-alert", colour="error"))
                cell.setToolTip(wrong[name])
            elif not name:
                font.setStrikeOut(True)
                cell.setToolTip(_("This column is left out."))
            cell.setFont(font)
            self.grid.setItem(line, _FIRST + place, cell)

    def _cell(self, planned: PlannedRow, name: str, raw: str) -> str:
        """Return a cell as it was understood."""
        told, one = planned.fields.get(name, ""), field_in(self.table, name)
        if not told or one is None or one.form in ("record", "quantity") or name == SLUG:
            return raw
        if name == "metric":
            return metric_label(told)
        return cell_text({"word": "link" if name == "kind" else "word"}.get(one.form, one.form), told)

    def _why(self, planned: PlannedRow) -> str:
        fate = self.fates[planned.number]
        if planned.faults and fate != "skip":
            return " ".join(_fault(fault, self.plan.columns if self.plan else ()) for fault in planned.faults)
        if planned.doubles:
            return _("Repeats row {number}.").format(number=number(planned.doubles))
        if not planned.match_id:
            return ""
        if not planned.sure:
            return _("May be the same as “{name}”.").format(name=planned.match_name)
        if not planned.changes:
            return _("Is there already: “{name}”.").format(name=planned.match_name)
        fields = ", ".join(field_label(name) for name in planned.changes)
        return _("Is there already: “{name}”; differs in {fields}.").format(name=planned.match_name, fields=fields)

    def _sum_up(self) -> None:
        assert self.plan is not None
        told = self.plan.counts(self.fates)
        same = sum(1 for row in self.plan.rows if (row.match_id or row.doubles) and self.fates[row.number] == "skip")
        parts = [
            ngettext("{count} row is added", "{count} rows are added", told["add"]).format(count=number(told["add"])),
            ngettext("{count} is changed", "{count} are changed", told["change"]).format(count=number(told["change"])),
            ngettext("{count} is left out", "{count} are left out", told["skip"]).format(count=number(told["skip"])),
        ]
        if same:
            parts.append(ngettext("{count} of them is there already", "{count} of them are there already", same).format(
                count=number(same)))  # fmt: skip
        if told["faults"]:
            faulty = ngettext("{count} needs mending", "{count} need mending", told["faults"])
            parts.append(faulty.format(count=number(told["faults"])))
        self.summary.setText(", ".join(parts) + ".")
        count = told["add"] + told["change"]
        self.paste_button.setText(
            ngettext("Paste {count} row", "Paste {count} rows", count).format(count=number(count))
        )
        self.paste_button.setEnabled(count > 0 and not told["faults"] and self._attempt is None)
        hint = _("Leave out the rows that need mending first (Space).") if told["faults"] else ""
        self.paste_button.setToolTip(hint or _("Do it as one step that can be undone (Ctrl+S)"))

    # Choosing

    def turn(self, line: int) -> None:
        """Choose the next thing that can happen to a row."""
        plan = self.plan
        if plan is None or not 0 < line <= len(plan.rows):
            return
        planned = plan.rows[line - 1]
        fate = _NEXT[self.fates[planned.number]]
        if fate == "add" and planned.match_id and planned.changes:
            fate = "change" if self.fates[planned.number] == "skip" else fate
        self.fates[planned.number] = fate
        self._show_row(planned)
        self._sum_up()

    def _clicked(self, line: int, column: int) -> None:
        if column == _FATE:
            self.turn(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S pastes; Enter does not, as it would be too quick."""
        if event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.paste()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Space in the rows chooses for those selected."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.grid and pressed and event.key() == Qt.Key.Key_Space:  # type: ignore[attr-defined]
            for line in sorted({index.row() for index in self.grid.selectionModel().selectedRows()}):
                self.turn(line)
            return True
        return False

    # Doing

    def paste(self) -> None:
        """Do it, as one step."""
        plan = self.plan
        if plan is None or not self.paste_button.isEnabled():
            return
        edits = plan.edits(self.fates)
        names = [row.fields.get("name") or row.match_name for row in plan.rows if self.fates[row.number] != "skip"]
        named = [name for name in names if name][:3]
        subject = f"{table_label(self.table)} ({len(edits)})" + (f": {', '.join(named)}" if named else "")
        self.message.hide()
        self._attempt = Attempt(
            partial(
                put_rows, table=self.table, rows=edits, subject=subject + (" …" if len(names) > 3 else ""),
                resting=self.resting(), lang=language(), reason=self.reason.text(),
            )
        )  # fmt: skip
        self.paste_button.setEnabled(False)
        self.workspace.run(self._attempt, then=self._pasted)

    def _pasted(self, _summary: object) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is not None and attempt.error is not None:
            row = attempt.error.params.get("row", "")
            self.message.setText(_("Row {number}: {text}").format(number=row, text=error_text(attempt.error)))
            self.message.show()
            self._sum_up()
        else:
            self.accept()

    def sizeHint(self) -> QSize:
        """Return the room that a dozen rows take."""
        return QSize(1080, 600)

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.setWindowTitle(_("Paste into the table"))
        name = table_label(self.table)
        self.title.setText(_("Paste into “{table}”").format(table=name))
        self.named.setText(_("The first line names the columns"))
        self.grid.setAccessibleName(_("Rows to paste"))
        self.source.label.setText(_("Source of the new rows (none: they wait in the review)"))
        self._lines[0].setText(field_label("locator"))
        self._lines[1].setText(_("Why (for the history)"))
        self.cancel_button.setText(_("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.read()


def _fault(fault: FactsError, columns: tuple[str, ...]) -> str:
    """Return what is wrong, with the name of the field where none of the pasted columns shows which."""
    text = error_text(fault)
    if not fault.field or fault.field in columns:
        return text
    return _("{field}: {text}").format(field=field_label(fault.field), text=text)
