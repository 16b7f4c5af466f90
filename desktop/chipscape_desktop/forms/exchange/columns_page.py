"""The first page of an import: what the table is, and what each of its columns means."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chipscape_db import vocabulary as words
from chipscape_db.transfer.tables.mapping import Column, Mapping
from chipscape_desktop.forms.exchange.column_details import ColumnDetails
from chipscape_desktop.forms.exchange.meanings import detail_text, meaning_text
from chipscape_desktop.forms.exchange.work import Opened
from chipscape_desktop.i18n import _, number
from chipscape_desktop.words import kind_word, word

_EXAMPLES = 3


class ColumnsPage(QWidget):
    """Shows and edits a mapping; `kind_wanted` and `sheet_wanted` carry another kind of record or sheet."""

    kind_wanted = Signal(object)
    sheet_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened: Opened | None = None
        self.mapping: Mapping | None = None
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.kind, self.sheet, self.stance, self.decimal = (QComboBox(self) for _number in range(4))
        self.dates, self.updating, self.source_kind = (QComboBox(self) for _number in range(3))
        self.title = QLineEdit(self)
        self.url = QLineEdit(self)
        self.table = QTableWidget(0, 4, self)
        self.details = ColumnDetails(self)
        self._fill_choices()
        self._lay()
        self.table.currentCellChanged.connect(self._show_column)
        self.details.changed.connect(self._column_changed)
        self.kind.activated.connect(self._want_kind)
        self.sheet.activated.connect(self._want_sheet)
        for box in (self.stance, self.decimal, self.dates, self.updating, self.source_kind):
            box.activated.connect(self._head_changed)
        for line in (self.title, self.url):
            line.editingFinished.connect(self._head_changed)

    def _fill_choices(self) -> None:
        for kind in words.RECORD_KINDS:
            self.kind.addItem(kind_word(kind), kind)
        for stance in words.STANCES:
            self.stance.addItem(word(stance), stance)
        for one in words.SOURCE_KINDS:
            self.source_kind.addItem(word(one), one)
        for text, data in ((_("1,234.5"), "."), (_("1.234,5"), ",")):
            self.decimal.addItem(text, data)
        for text, data in (
            (_("as far as they are clear"), ""),
            (_("day first: 25/12/2025"), "dmy"),
            (_("month first: 12/25/2025"), "mdy"),
        ):
            self.dates.addItem(text, data)
        for text, data in ((_("fill empty fields"), "fill"), (_("replace fields"), "replace")):
            self.updating.addItem(text, data)

    def _lay(self) -> None:
        head = QGridLayout()
        head.setHorizontalSpacing(12)
        head.setVerticalSpacing(4)
        fields: tuple[tuple[str, QWidget], ...] = (
            (_("Each row is a record of kind"), self.kind),
            (_("The table as a source"), self.title), (_("Its address"), self.url),
            (_("Kind of source"), self.source_kind), (_("Who speaks in it"), self.stance),
            (_("Numbers"), self.decimal), (_("Dates"), self.dates), (_("On records that are there"), self.updating),
            (_("Sheet"), self.sheet),
        )  # fmt: skip
        self._labels = {}
        for place, (text, widget) in enumerate(fields):
            label = QLabel(text, self)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            if isinstance(widget, QComboBox):
                widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                widget.setMinimumContentsLength(12)
            self._labels[widget] = label
            head.addWidget(label, place // 5 * 2, place % 5)
            head.addWidget(widget, place // 5 * 2 + 1, place % 5)
        for place in range(5):
            head.setColumnStretch(place, 1)
        self.table.setHorizontalHeaderLabels([_("Column"), _("Holds, for example"), _("Meaning"), _("Details")])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName(_("Columns"))
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        side = QScrollArea(self)
        side.setWidget(self.details)
        side.setWidgetResizable(True)
        side.setFrameShape(QScrollArea.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setFixedWidth(280)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.table, 1)
        middle.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.told)
        column.addLayout(head)
        column.addLayout(middle, 1)

    def show_table(self, opened: Opened) -> None:
        """Show a table with its mapping."""
        self.opened, self.mapping = opened, opened.mapping
        table, mapping = opened.table, opened.mapping
        text = _("{rows} rows and {columns} columns were read.").format(
            rows=number(len(table.rows)), columns=number(len(table.header))
        )
        if opened.from_file:
            text += " " + _("The mapping comes from {file}.").format(file=opened.from_file)
        self.told.setText(text)
        self.sheet.clear()
        self.sheet.addItems(list(table.sheets))
        self.sheet.setCurrentText(table.sheet)
        for widget in (self.sheet, self._labels[self.sheet]):
            widget.setVisible(len(table.sheets) > 1)
        for box, value in (
            (self.kind, mapping.kind), (self.stance, mapping.stance), (self.decimal, mapping.decimal),
            (self.dates, mapping.date_order), (self.updating, mapping.update), (self.source_kind, mapping.source_kind),
        ):  # fmt: skip
            box.setCurrentIndex(max(0, box.findData(value)))
        self.title.setText(mapping.title)
        self.url.setText(mapping.url)
        self._fill_table()

    def _fill_table(self) -> None:
        assert self.opened is not None
        assert self.mapping is not None
        current = max(0, self.table.currentRow())
        self.table.blockSignals(True)
        self.table.setRowCount(len(self.mapping.columns))
        for row, column in enumerate(self.mapping.columns):
            for at, text in enumerate(self._texts(column)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, at, item)
        self.table.blockSignals(False)
        self.table.setCurrentCell(min(current, len(self.mapping.columns) - 1), 0)
        self._show_column(self.table.currentRow())

    def _texts(self, column: Column) -> tuple[str, str, str, str]:
        assert self.opened is not None
        assert self.mapping is not None
        table = self.opened.table
        cells = table.column(column.name) if column.name in table.header else []
        examples = list(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell))[:_EXAMPLES]
        meaning = meaning_text(self.mapping.kind, column)
        return column.name, " · ".join(examples), meaning, detail_text(column)

    def _show_column(self, row: int, *_ignored: int) -> None:
        if self.mapping is not None and 0 <= row < len(self.mapping.columns):
            self.details.show_column(self.mapping, self.mapping.columns[row])

    def _column_changed(self, column: Column) -> None:
        """Take one column as it is now; there is one column of names, and one of ids."""
        assert self.mapping is not None
        kept = []
        for other in self.mapping.columns:
            if other.name == column.name:
                kept.append(column)
            elif column.role in ("name", "key") and other.role == column.role:
                kept.append(Column(other.name))
            else:
                kept.append(other)
        self.mapping = replace(self.mapping, columns=tuple(kept))
        for row, other in enumerate(self.mapping.columns):
            for at, text in enumerate(self._texts(other)):
                item = self.table.item(row, at)
                if item is not None and item.text() != text:
                    item.setText(text)
                    item.setToolTip(text)

    def _head_changed(self, _ignored: object = None) -> None:
        if self.mapping is not None:
            self.mapping = replace(
                self.mapping, title=self.title.text().strip(), url=self.url.text().strip(),
                stance=self.stance.currentData(), decimal=self.decimal.currentData(),
                date_order=self.dates.currentData(), update=self.updating.currentData(),
                source_kind=self.source_kind.currentData(),
            )  # fmt: skip

    def _want_kind(self, _index: int) -> None:
        self.kind_wanted.emit(self.kind.currentData())

    def _want_sheet(self, _index: int) -> None:
        self.sheet_wanted.emit(self.sheet.currentText())
