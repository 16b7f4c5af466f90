"""Two records side by side, field by field, to make one of them."""

from dataclasses import dataclass
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.commands.record_merge import Choices, merge_records
from chipscape_db.errors import NotFound
from chipscape_db.queries.forms import RecordSheet, Touched, record_sheet, touched_by
from chipscape_desktop.cell_text import cell_text
from chipscape_desktop.error_text import error_text
from chipscape_desktop.field_words import field_label
from chipscape_desktop.forms.attempt import Attempt
from chipscape_desktop.forms.cell_editors import field_in
from chipscape_desktop.forms.deleting import touched_words
from chipscape_desktop.i18n import _, language
from chipscape_desktop.theme import set_role
from chipscape_desktop.widgets.record_picker import RecordPicker
from chipscape_desktop.words import kind_word
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Pair:
    """The record that is kept, the one that becomes part of it, and what refers to the latter."""

    kept: RecordSheet
    lost: RecordSheet
    touched: Touched


class MergeDialog(QDialog):
    """Chooses field by field what the merged record says; without a second record it asks for one first."""

    def __init__(self, workspace: Workspace, kept_id: str, lost_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.workspace = workspace
        self.kept_id, self.lost_id = kept_id, lost_id
        self.pair: Pair | None = None
        self.groups: dict[str | tuple[str, str], QButtonGroup] = {}
        self._attempt: Attempt | None = None
        self._build()
        self.retranslate()
        self.resize(820, 560)
        self._read()

    def _build(self) -> None:
        self.title, self.told, self.message = QLabel(self), QLabel(self), QLabel(self)
        set_role(self.title, "heading")
        set_role(self.told, "soft")
        set_role(self.message, "error")
        for label in (self.title, self.told, self.message):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.message.hide()
        self.picker = RecordPicker(self.workspace, (), self)
        self.picker.setVisible(not self.lost_id)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.why, self.reason = QLabel(self), QLineEdit(self)
        set_role(self.why, "soft")
        self.why.setBuddy(self.reason)
        self.swap, self.cancel_button, self.merge_button = (QPushButton(self) for _each in range(3))
        set_role(self.merge_button, "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self.swap)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.merge_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (self.title, self.picker):
            column.addWidget(widget)
        column.addWidget(self.area, 1)
        for below in (self.told, self.why, self.reason, self.message):
            column.addWidget(below)
        column.addLayout(buttons)
        self.picker.picked.connect(self._picked)
        self.swap.clicked.connect(self.swap_round)
        self.cancel_button.clicked.connect(self.reject)
        self.merge_button.clicked.connect(self.merge)

    def _picked(self, record_id: str) -> None:
        if record_id:
            self.lost_id = record_id
            self._read()

    def swap_round(self) -> None:
        """Keep the other of the two."""
        if self.lost_id:
            self.kept_id, self.lost_id = self.lost_id, self.kept_id
            self._read()

    def _read(self) -> None:
        self.merge_button.setEnabled(False)
        read = partial(read_pair, kept_id=self.kept_id, lost_id=self.lost_id, lang=language())
        self.workspace.query(read, self._show, key=f"merge-{id(self)}")

    def _show(self, pair: Pair | None) -> None:
        self.pair = pair
        self.groups = {}
        page = QWidget(self.area)
        if pair is not None:
            self._lay(page, pair)
            others = touched_words(pair.touched)
            listed = ", ".join(others) if others else _("nothing else")
            self.told.setText(
                _("Goes over to “{name}”: {others}, and every other name. The short name “{slug}” still leads here.")
                .format(name=pair.kept.state.fields["name"], others=listed, slug=pair.lost.state.slug)
            )  # fmt: skip
        self.area.setWidget(page)
        same_kind = pair is not None and pair.kept.state.kind == pair.lost.state.kind
        self.merge_button.setEnabled(same_kind)
        self.swap.setEnabled(pair is not None)
        if pair is not None and not same_kind:
            kinds = (kind_word(sheet.state.kind) for sheet in (pair.kept, pair.lost))
            self.message.setText(
                _("Only records of one kind can be merged: these are {first} and {second}.").format(
                    first=next(kinds), second=next(kinds)
                )
            )
        self.message.setVisible(pair is not None and not same_kind)
        self.retranslate()

    def _lay(self, page: QWidget, pair: Pair) -> None:
        """Lay out the fields that differ, each with both values to choose from."""
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        heads = (_("Field"), _("Stays: {name}"), _("Becomes part of it: {name}"))
        names = ("", pair.kept.state.fields["name"], pair.lost.state.fields["name"])
        for place, (head, name) in enumerate(zip(heads, names, strict=True)):
            label = QLabel(head.format(name=name), page)
            label.setWordWrap(True)
            set_role(label, "soft")
            grid.addWidget(label, 0, place)
        row = 1
        kept, lost = pair.kept.state, pair.lost.state
        for field in kept.fields:
            row += self._choice(grid, page, row, key=field, ours=kept.fields[field], theirs=lost.fields.get(field, ""))
        for key in sorted({*kept.texts, *lost.texts}):
            row += self._choice(grid, page, row, key=key, ours=kept.texts.get(key, ""), theirs=lost.texts.get(key, ""))
        if row == 1:
            grid.addWidget(QLabel(_("Both say the same in every field."), page), 1, 0, 1, 3)
        grid.setRowStretch(row + 1, 1)

    def _choice(
        self, grid: QGridLayout, page: QWidget, row: int, *, key: str | tuple[str, str], ours: str, theirs: str
    ) -> int:
        if ours == theirs:
            return 0
        name = key if isinstance(key, str) else f"{key[0]}_{key[1]}"
        label = QLabel(field_label(name), page)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(page)
        for place, value in enumerate((ours, theirs)):
            button = QRadioButton("\n".join(wrap(self._shown(key, value), _LINE)), page)
            button.setToolTip(self._shown(key, value))
            button.setAccessibleName(f"{field_label(name)}: {self._shown(key, value)}")
            button.setChecked(bool(place) == (not ours))
            group.addButton(button, place)
            grid.addWidget(button, row, 1 + place)
        self.groups[key] = group
        return 1

    def _shown(self, key: str | tuple[str, str], value: str) -> str:
        """Return a value as people read it."""
        assert self.pair is not None
        if not value:
            return _("(not said)")
        field = field_in(self.pair.kept.state.kind, key) if isinstance(key, str) else None
        if field is not None and field.form == "record":
            return (dict(self.pair.kept.names) | dict(self.pair.lost.names)).get(value, value)
        text = cell_text(field.form, value) if field is not None and field.form in _READ else value
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def choices(self) -> Choices:
        """Return what was chosen from the record that is given up."""
        taken = [key for key, group in self.groups.items() if group.checkedId() == 1]
        return Choices(
            frozenset(key for key in taken if isinstance(key, str)),
            frozenset(key for key in taken if not isinstance(key, str)),
        )

    def merge(self) -> None:
        """Do it, as one step."""
        if self.pair is None or self._attempt is not None or not self.merge_button.isEnabled():
            return
        self.message.hide()
        self._attempt = Attempt(
            partial(
                merge_records, kept_id=self.kept_id, lost_id=self.lost_id, choices=self.choices(),
                reason=self.reason.text(),
            )
        )  # fmt: skip
        self.workspace.run(self._attempt, then=self._merged)

    def _merged(self, _summary: object) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is not None and attempt.error is not None:
            self.message.setText(error_text(attempt.error))
            self.message.show()
            return
        self.workspace.select(Selection("record", self.kept_id))
        self.accept()

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.setWindowTitle(_("Merge two records"))
        name = self.pair.kept.state.fields["name"] if self.pair else ""
        if self.pair is None:
            self.title.setText(_("Which record is the same? Type its name."))
        else:
            self.title.setText(_("Make one record: “{name}”").format(name=name))
        self.picker.setPlaceholderText(_("Type to search"))
        self.why.setText(_("Why (for the history)"))
        self.swap.setText(_("Keep the other one"))
        self.cancel_button.setText(_("Cancel"))
        self.merge_button.setText(_("Merge"))
        self.merge_button.setToolTip(_("Do it as one step that can be undone (Ctrl+S)"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S merges; Enter does not, as it would be too quick."""
        if event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.merge()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


_READ = ("word", "date", "country", "language")
_LONGEST, _LINE = 160, 40


def read_pair(session: "Session", kept_id: str, lost_id: str, lang: str) -> Pair | None:
    """Return two records to be merged; None while one of them is missing."""
    try:
        kept = record_sheet(session, kept_id, language=lang)
        lost = record_sheet(session, lost_id, language=lang)
    except NotFound:
        return None
    return Pair(kept, lost, touched_by(session, lost_id))
