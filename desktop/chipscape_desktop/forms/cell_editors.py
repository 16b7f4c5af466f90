"""The editors of cells in the table of facts: a list for closed words, a picker for records, else a line."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chipscape_db.commands.fields import CLAIM_FIELDS, RECORD_FIELDS, RELATIONSHIP_FIELDS, Field
from chipscape_desktop.field_words import language_name
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.forms.table_model import FactModel
from chipscape_desktop.i18n import _
from chipscape_desktop.widgets.record_picker import RecordPicker
from chipscape_desktop.words import country_name, link_word, word
from chipscape_desktop.workspace import Workspace

_Index = QModelIndex | QPersistentModelIndex


def fields_of(table: str) -> tuple[Field, ...]:
    """Return the fields of the rows of a table."""
    return {"relationship": RELATIONSHIP_FIELDS, "claim": CLAIM_FIELDS}.get(table) or RECORD_FIELDS[table]


def field_in(table: str, name: str) -> Field | None:
    """Return the field behind a column of a table, None for what is counted or computed."""
    return next((field for field in fields_of(table) if field.name == name), None)


def choices_of(field: Field) -> list[tuple[str, str]]:
    """Return what a field can be, as (stored, shown), in the order in which people look for it."""
    if field.form in ("country", "language"):
        from chipscape_db.transfer.iso_codes import COUNTRIES, LANGUAGES

        name = country_name if field.form == "country" else language_name
        return sorted(
            ((code, name(code)) for code in (COUNTRIES if field.form == "country" else LANGUAGES)),
            key=lambda one: one[1].casefold(),
        )
    name_of = link_word if field.name == "kind" else word
    return [(each, name_of(each)) for each in field.words]


class CellEditors(QStyledItemDelegate):
    """Makes the editor of a cell and takes its value over."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """Return the editor that fits the column."""
        field = self._field(index)
        if field is not None and field.form in ("word", "country", "language"):
            combo = CalmCombo(parent)
            if not field.required:
                combo.addItem(_("(not said)"), "")
            for stored, shown in choices_of(field):
                combo.addItem(shown, stored)
            combo.activated.connect(self._chosen)
            return combo
        if field is not None and field.form == "record":
            kinds = (field.refers_to,) if field.refers_to else ()
            picker = RecordPicker(self._workspace, kinds, parent)
            picker.picked.connect(self._picked)
            return picker
        return super().createEditor(parent, option, index)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show what is stored."""
        model = index.model()
        assert isinstance(model, FactModel)
        if isinstance(editor, RecordPicker):
            stored = model.referred(index.row(), index.column())
            editor.set_record(stored, model.stored(index.row(), index.column()))
            editor.selectAll()
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(model.stored(index.row(), index.column())), 0))
            editor.showPopup()
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Pass the value on."""
        value: Any
        if isinstance(editor, RecordPicker):
            if editor.is_open:
                return
            value = editor.record_id()
        elif isinstance(editor, QComboBox):
            value = editor.currentData()
        else:
            super().setModelData(editor, model, index)
            return
        model.setData(index, value, Qt.ItemDataRole.EditRole)

    def _picked(self, record_id: str) -> None:
        if record_id:
            self._chosen()

    def _chosen(self, *_ignored: object) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)

    def _field(self, index: _Index) -> Field | None:
        model = index.model()
        assert isinstance(model, FactModel)
        table = model.table
        return None if table is None else field_in(table.key, table.columns[index.column()].name)
