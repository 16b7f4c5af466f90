"""The part of the import window that says what one column means: its meaning, unit, conventions and source."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from chipscape_db import vocabulary as words
from chipscape_db.commands.fields import RECORD_FIELDS
from chipscape_db.metrics import METRICS
from chipscape_db.transfer.tables.mapping import Column, Mapping
from chipscape_desktop.field_words import field_label
from chipscape_desktop.forms.exchange.meanings import meaning_key, meanings
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role
from chipscape_desktop.words import word

_CHOICES: Final = {
    "sparsity": words.SPARSITIES,
    "engine": words.ENGINES,
    "scope": words.SCOPES,
    "direction": words.DIRECTIONS,
    "bound": words.BOUNDS,
    "stance": words.STANCES,
}


class ColumnDetails(QWidget):
    """Edits one column; `changed` carries it as it is now."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = Column("")
        self._mapping: Mapping | None = None
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        set_role(self.title, "strong")
        self.meaning = QComboBox(self)
        self.meaning.setAccessibleName(_("Meaning of the column"))
        self.unit = QLineEdit(self)
        self.source = QComboBox(self)
        self.missing = QCheckBox(_("Add records that are not there"), self)
        self.choices = {name: QComboBox(self) for name in _CHOICES}
        self._form = QFormLayout(self)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._form.addRow(self.title)
        self._form.addRow(_("Meaning of the column"), self.meaning)
        self._form.addRow(_("Unit of its bare numbers"), self.unit)
        self._form.addRow(_("Column of its sources"), self.source)
        for name, box in self.choices.items():
            self._form.addRow(field_label(name), box)
        self._form.addRow(self.missing)
        self.meaning.activated.connect(self._mean)
        self.unit.editingFinished.connect(self._tell)
        self.source.activated.connect(self._tell)
        self.missing.clicked.connect(self._tell)
        for box in self.choices.values():
            box.activated.connect(self._tell)

    def show_column(self, mapping: Mapping, column: Column) -> None:
        """Show what *column* means in *mapping*."""
        self._mapping, self._column = mapping, column
        self.title.setText(column.name)
        self.meaning.clear()
        for one in meanings(mapping.kind, column):
            self.meaning.addItem(one.text, one.key)
        self.meaning.setCurrentIndex(max(0, self.meaning.findData(meaning_key(column))))
        self.unit.setText(column.unit)
        self.source.clear()
        self.source.addItem(_("the first link of the row"), "")
        for other in mapping.of("source"):
            self.source.addItem(other.name, other.name)
        self.source.setCurrentIndex(max(0, self.source.findData(column.source)))
        self.missing.setChecked(column.missing == "add")
        for name, box in self.choices.items():
            box.clear()
            box.addItem(_("as the table") if name == "stance" else _("not said"), "")
            for value in _CHOICES[name]:
                box.addItem(word(value), value)
            box.setCurrentIndex(max(0, box.findData(getattr(column, name))))
        self._show_what_applies()

    def _show_what_applies(self) -> None:
        column = self._column
        metric = METRICS.get(column.metric) if column.role == "claim" else None
        applies = {
            "sparsity": metric is not None and metric.is_compute,
            "engine": metric is not None and metric.is_compute,
            "scope": metric is not None,
            "direction": metric is not None and metric.is_link,
            "bound": metric is not None and metric.kind == "number",
            "stance": metric is not None,
        }
        for name, box in self.choices.items():
            self._form.setRowVisible(box, applies[name])
        self._form.setRowVisible(self.unit, metric is not None and metric.kind == "number")
        self._form.setRowVisible(self.source, metric is not None and self.source.count() > 1)
        assert self._mapping is not None
        naming = {field.name for field in RECORD_FIELDS[self._mapping.kind] if field.refers_to}
        self._form.setRowVisible(self.missing, column.role == "field" and column.field in naming)

    def _mean(self, _index: int = 0) -> None:
        assert self._mapping is not None
        chosen = next(
            one for one in meanings(self._mapping.kind, self._column) if one.key == self.meaning.currentData()
        )
        if meaning_key(self._column) != chosen.key:
            self._column = chosen.column
            self.show_column(self._mapping, self._column)
            self.changed.emit(self._column)

    def _tell(self, _ignored: object = None) -> None:
        if self._mapping is None or not self._column.name:
            return
        column = replace(
            self._column, unit=self.unit.text().strip(), source=str(self.source.currentData() or ""),
            missing="add" if self.missing.isChecked() else "",
        )  # fmt: skip
        for name, box in self.choices.items():
            column = replace(column, **{name: str(box.currentData() or "")})
        if column.role != "claim":
            column = replace(column, unit="", source="", **dict.fromkeys(_CHOICES, ""))
        if column != self._column:
            self._column = column
            self.changed.emit(column)
