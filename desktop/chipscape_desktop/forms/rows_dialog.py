"""One field changed in all selected rows, as one step with a reason."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from chipscape_db.commands.rows import RowEdit, put_rows
from chipscape_desktop.error_text import error_text
from chipscape_desktop.field_words import field_label, table_label
from chipscape_desktop.forms.attempt import Attempt
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.forms.cell_editors import field_in, fields_of
from chipscape_desktop.forms.fields import FieldBox, make_field
from chipscape_desktop.i18n import _, language, ngettext, number
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace


class RowsDialog(QDialog):
    """Changes one field in several rows, as one step."""

    def __init__(
        self, workspace: Workspace, table: str, ids: list[str], column: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.workspace, self.table, self.ids = workspace, table, ids
        self._attempt: Attempt | None = None
        self.box: FieldBox | None = None
        count = len(ids)
        title = ngettext("Change {count} row", "Change {count} rows", count).format(count=number(count))
        self.setWindowTitle(title)
        heading, self.message = QLabel(f"{title} · {table_label(table)}", self), QLabel(self)
        set_role(heading, "heading")
        set_role(self.message, "error")
        self.message.setWordWrap(True)
        self.message.hide()
        choose, why = QLabel(_("Field"), self), QLabel(_("Why (for the history)"), self)
        set_role(choose, "soft")
        set_role(why, "soft")
        self.fields = CalmCombo(self)
        choose.setBuddy(self.fields)
        for one in fields_of(table):
            if one.name not in ("metric", "repeats_id"):
                self.fields.addItem(field_label(one.name), one.name)
        self.place = QVBoxLayout()
        self.reason = QLineEdit(self)
        why.setBuddy(self.reason)
        self.save_button, self.cancel_button = QPushButton(title, self), QPushButton(_("Cancel"), self)
        set_role(self.save_button, "primary")
        self.save_button.setToolTip(_("Do it as one step that can be undone (Ctrl+S)"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(16, 16, 16, 16)
        column_.setSpacing(8)
        above: tuple[QWidget, ...] = (heading, choose, self.fields)
        below: tuple[QWidget, ...] = (why, self.reason, self.message)
        for widget in above:
            column_.addWidget(widget)
        column_.addLayout(self.place)
        for widget in below:
            column_.addWidget(widget)
        column_.addStretch(1)
        column_.addLayout(buttons)
        self.setMinimumWidth(440)
        self.fields.currentIndexChanged.connect(self._choose)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        self.fields.setCurrentIndex(max(self.fields.findData(column), 0))
        self._choose()

    def _choose(self, *_ignored: object) -> None:
        """Show the editor of the field chosen."""
        field = field_in(self.table, str(self.fields.currentData()))
        assert field is not None
        if self.box is not None:
            self.place.removeWidget(self.box)
            self.box.deleteLater()
        self.box = make_field(field, self.workspace, self)
        self.box.open_with("")
        self.place.addWidget(self.box)

    def save(self) -> None:
        """Do it, as one step."""
        box = self.box
        if box is None or self._attempt is not None:
            return
        if box.problem():
            box.set_error(box.problem())
            return
        name, value = box.field.name, box.value()
        rows = [RowEdit(place, one, False, {name: value}) for place, one in enumerate(self.ids, start=1)]
        subject = f"{table_label(self.table)} ({len(rows)}): {field_label(name)}"
        self._attempt = Attempt(
            partial(put_rows, table=self.table, rows=rows, subject=subject, lang=language(), reason=self.reason.text())
        )
        self.message.hide()
        self.workspace.run(self._attempt, then=self._saved)

    def _saved(self, _summary: object) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is None or attempt.error is None:
            self.accept()
            return
        text = error_text(attempt.error)
        if self.box is not None and attempt.error.field == self.box.field.name:
            self.box.set_error(text)
        else:
            row = attempt.error.params.get("row", "")
            self.message.setText(_("Row {number}: {text}").format(number=row, text=text))
            self.message.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S and Enter save, Escape gives up."""
        saving = event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if saving or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)
