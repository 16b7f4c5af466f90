"""The fields of forms: a label above, the editor, what it was understood as, and what is wrong with it."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chipscape_db.commands.fields import Field
from chipscape_db.errors import FactsError
from chipscape_db.partial_date import PartialDate
from chipscape_desktop.error_text import error_text
from chipscape_desktop.field_words import field_label, language_name
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.i18n import _, date_to_type, format_date, language
from chipscape_desktop.theme import set_role, set_state
from chipscape_desktop.widgets.record_picker import RecordPicker
from chipscape_desktop.words import country_name, trust_word, word
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from chipscape_desktop.forms.new_record import NewRecord

_LINES = 3


class FieldBox(QWidget):
    """One field of a form; `changed` tells that its value may be another.

    `value` is the text that commands take. A field remembers what it was opened with, marks itself when it differs,
    and says in words, under the editor, what is wrong.
    """

    changed = Signal()

    def __init__(self, field: Field, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor
        self.opened = ""
        self._error = ""
        self.label, self.note, self.source, self.error = (QLabel(self) for _each in range(4))
        set_role(self.label, "soft")
        set_role(self.note, "note")
        set_role(self.source, "note")
        set_role(self.error, "error")
        self.label.setBuddy(editor)
        for text in (self.note, self.source, self.error):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.label, editor, self.note, self.source, self.error):
            column.addWidget(widget)
        self.setFocusProxy(editor)
        self.retranslate()

    def value(self) -> str:
        """Return the value as commands take it."""
        raise NotImplementedError

    def _show(self, value: str) -> None:
        raise NotImplementedError

    def problem(self) -> str:
        """Return what is wrong with what is typed, before anyone is asked to store it; empty when nothing is."""
        return ""

    def open_with(self, value: str) -> None:
        """Show a stored value and start from it."""
        self.opened = value
        self._error = ""
        self._show(value)
        self.look()

    @property
    def is_changed(self) -> bool:
        """Say whether the value is not the one the field was opened with."""
        return bool(self.problem()) or self.value() != self.opened

    def set_error(self, text: str) -> None:
        """Say what the world has against the value; the next edit takes it away."""
        self._error = text
        self.look()

    def set_note(self, text: str) -> None:
        """Say something about the value under the editor."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def set_source(self, text: str) -> None:
        """Say under the editor where the stored value comes from."""
        self.source.setText(text)
        self.source.setVisible(bool(text))

    def look(self) -> None:
        """Mark the field by its state and say what is wrong."""
        self.error.setText(self._error)
        self.error.setVisible(bool(self._error))
        self.note.setVisible(bool(self.note.text()) and not self._error)
        set_state(self.editor, "error" if self._error else "changed" if self.is_changed else "")
        name = field_label(self.field.name)
        self.editor.setAccessibleName(_("{field} (changed)").format(field=name) if self.is_changed else name)
        self.editor.setAccessibleDescription(self._error or self.note.text())

    def retranslate(self) -> None:
        """Name the field in the language in force."""
        label = field_label(self.field.name)
        self.label.setText(_("{field} (required)").format(field=label) if self.field.required else label)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _edited(self, *_ignored: object) -> None:
        self._error = ""
        self.look()
        self.changed.emit()


class TextField(FieldBox):
    """A line of text."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        super().__init__(field, self.line, parent)
        self.line.textChanged.connect(self._edited)

    def value(self) -> str:
        """Return the text without blanks around it."""
        text = self.line.text()
        return text if text == self.opened else " ".join(text.split())

    def _show(self, value: str) -> None:
        self.line.setText(value)
        self.line.setCursorPosition(0)


class LongField(FieldBox):
    """A text of some lines; Tab leaves it."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        super().__init__(field, self.text, parent)
        height = self.text.fontMetrics().lineSpacing() * _LINES + 8
        # The stylesheet's own minimum height would win over setFixedHeight.
        self.text.setStyleSheet(f"QPlainTextEdit {{ min-height: {height}px; max-height: {height}px; }}")
        self.text.textChanged.connect(self._edited)

    def value(self) -> str:
        """Return the text without blanks around it."""
        return self.text.toPlainText().strip()

    def _show(self, value: str) -> None:
        self.text.setPlainText(value)


class ChoiceField(FieldBox):
    """One of a list of words, or none; *name* turns a word into what people read."""

    def __init__(
        self, field: Field, words: Iterable[str], name: Callable[[str], str] = word, parent: QWidget | None = None
    ) -> None:
        self.combo = CalmCombo()
        self._words = list(words)
        self._name = name
        super().__init__(field, self.combo, parent)
        self.combo.currentIndexChanged.connect(self._edited)

    def value(self) -> str:
        """Return the word chosen."""
        return str(self.combo.currentData() or "")

    def set_words(self, words: Iterable[str]) -> None:
        """Offer other words, keeping the one chosen where it is among them."""
        kept = self.value()
        self._words = list(words)
        self._fill(kept)

    def choose(self, value: str) -> None:
        """Choose a word as a person would."""
        self.combo.setCurrentIndex(max(self.combo.findData(value), 0))

    def _show(self, value: str) -> None:
        if value and value not in self._words:
            self._words.append(value)
            self._fill(value)
        before = self.combo.blockSignals(True)
        self.combo.setCurrentIndex(max(self.combo.findData(value), 0))
        self.combo.blockSignals(before)

    def _fill(self, chosen: str) -> None:
        before = self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItem(_("(choose)") if self.field.required else _("(not said)"), "")
        for each in self._words:
            self.combo.addItem(self._name(each), each)
        self.combo.setCurrentIndex(max(self.combo.findData(chosen), 0))
        self.combo.blockSignals(before)

    def retranslate(self) -> None:
        """Name the field and its words in the language in force."""
        super().retranslate()
        self._fill(self.value())


class DateField(FieldBox):
    """A partial date as people type it; under it stands how it was understood."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self._meant = ""
        self._problem = ""
        super().__init__(field, self.line, parent)
        self.line.textChanged.connect(self._read)

    def value(self) -> str:
        """Return the date as EDTF, or what was typed where it is none."""
        return self.line.text().strip() if self._problem else self._meant

    def problem(self) -> str:
        """Return why what is typed is no date."""
        return self._problem

    def _show(self, value: str) -> None:
        before = self.line.blockSignals(True)
        self.line.setText(date_to_type(value))
        self.line.blockSignals(before)
        self._meant, self._problem = value, ""
        self.set_note(understood(value))

    def _read(self, text: str) -> None:
        from chipscape_db.spoken_date import understand

        self._meant, self._problem = "", ""
        if text.strip():
            try:
                self._meant = str(understand(text, language()))
            except FactsError as fault:
                self._problem = error_text(fault)
        self.set_note(understood(self._meant) if self._meant else self._problem)
        self._edited()

    def retranslate(self) -> None:
        """Name the field and say the date in the language in force."""
        super().retranslate()
        self.line.setPlaceholderText(_("2025, June 2025, early 2026 …"))
        if self._meant:
            self.set_note(understood(self._meant))


def understood(text: str) -> str:
    """Return a partial date in words with the days that it spans: "June 2025: 1 June 2025 – 30 June 2025"."""
    if not text:
        return ""
    date = PartialDate.parse(text)
    said = format_date(text)
    first = "" if date.earliest is None else format_date(date.earliest)
    last = "" if date.latest is None else format_date(date.latest)
    if date.precision == "day" or not (first and last) or (first in said and last in said):
        return said
    return _("{date}: {first} – {last}").format(date=said, first=first, last=last)


class PickerField(FieldBox):
    """A record, found as one types; one that is not there yet is added on the spot, under the line."""

    def __init__(
        self, field: Field, workspace: Workspace, kinds: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        self.picker = RecordPicker(workspace, kinds or ((field.refers_to,) if field.refers_to else ()), offers_new=True)
        self._workspace = workspace
        self.adding: NewRecord | None = None
        super().__init__(field, self.picker, parent)
        self.picker.picked.connect(self._edited)
        self.picker.typed.connect(self._edited)
        self.picker.new_wanted.connect(self.add_new)

    def value(self) -> str:
        """Return the id of the record."""
        return self.picker.record_id()

    def problem(self) -> str:
        """Return that what is typed is no record."""
        if self.adding is not None:
            return _("Save the new record first, or cancel it.")
        return _("Choose a record from the list.") if self.picker.is_open else ""

    def open_with_record(self, record_id: str, name: str) -> None:
        """Show a record and start from it."""
        self._end_adding()
        self.picker.set_record(record_id, name)
        self.open_with(record_id)

    def add_new(self, kind: str, name: str) -> None:
        """Open a small form for a new record under the line; the form around it stays as it is."""
        from chipscape_desktop.forms.new_record import NewRecord

        self._end_adding()
        self.adding = NewRecord(self._workspace, kind, name, self)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.adding)
        self.adding.added.connect(self._added)
        self.adding.closed.connect(self._not_added)
        self.adding.begin()
        self._edited()

    def _added(self, record_id: str, name: str) -> None:
        self._end_adding()
        self.picker.set_record(record_id, name)
        self.picker.setFocus()
        self._edited()

    def _not_added(self) -> None:
        self._end_adding()
        self.picker.setFocus()
        self._edited()

    def _end_adding(self) -> None:
        if self.adding is not None:
            adding, self.adding = self.adding, None
            adding.hide()
            adding.deleteLater()
            QTimer.singleShot(0, self._scroll_here)

    def _scroll_here(self) -> None:
        from chipscape_desktop.forms.new_record import scroll_to

        if self.picker.hasFocus():
            scroll_to(self.picker)

    def _show(self, value: str) -> None:
        if value != self.picker.record_id() or self.picker.is_open:
            self.picker.set_record(value, "")

    def retranslate(self) -> None:
        """Name the field in the language in force."""
        super().retranslate()
        self.picker.setPlaceholderText(_("Type to search, or to add a new one"))


def make_field(field: Field, workspace: Workspace, parent: QWidget | None = None) -> FieldBox:
    """Return the editor that fits a field."""
    if field.form == "word":
        return ChoiceField(field, field.words, trust_word if field.name == "reliability" else word, parent)
    if field.form == "date":
        return DateField(field, parent)
    if field.form == "record":
        return PickerField(field, workspace, parent=parent)
    if field.form == "long":
        return LongField(field, parent)
    if field.form in ("country", "language"):
        from chipscape_db.transfer.iso_codes import COUNTRIES, LANGUAGES

        name = country_name if field.form == "country" else language_name
        return ChoiceField(field, sorted(COUNTRIES if field.form == "country" else LANGUAGES, key=name), name, parent)
    return TextField(field, parent)


class TickField(FieldBox):
    """A yes that has to be said; *text* is an English message id."""

    def __init__(self, field: Field, text: str, parent: QWidget | None = None) -> None:
        self.box = QCheckBox()
        self._text = text
        super().__init__(field, self.box, parent)
        self.label.hide()
        self.box.toggled.connect(self._edited)

    def value(self) -> str:
        """Return `yes` or nothing."""
        return "yes" if self.box.isChecked() else ""

    def _show(self, value: str) -> None:
        self.box.setChecked(bool(value))

    def retranslate(self) -> None:
        """Say what is ticked in the language in force."""
        super().retranslate()
        self.box.setText(_(self._text))
