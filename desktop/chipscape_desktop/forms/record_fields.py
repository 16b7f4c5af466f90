"""The fields of a record's form: those of its kind, its texts in each language, its other names."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from chipscape_db.commands.citations import NewCitation
from chipscape_db.commands.fields import RECORD_FIELDS, Field
from chipscape_db.errors import N_
from chipscape_db.queries.forms import CitationRow, RecordSheet
from chipscape_desktop.forms.alias_rows import AliasRows
from chipscape_desktop.forms.fields import FieldBox, LongField, PickerField, TextField, TickField, make_field
from chipscape_desktop.forms.same_sources import SameSources
from chipscape_desktop.forms.side_by_side import WIDEST, side_by_side
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from chipscape_desktop.forms.new_record import NewRecord

_LANGUAGES = ("en", "fr")


class RecordFields(QScrollArea):
    """One column of fields; `changed` tells that a value may be another than the one stored."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._kind: tuple[str, bool, tuple[str, ...]] = ("", False, ())
        self._fields: dict[str, FieldBox] = {}
        self._texts: dict[tuple[str, str], FieldBox] = {}
        self._evidence: dict[str, FieldBox] = {}
        self._state_aliases: tuple[tuple[str, str], ...] = ()
        self.aliases = AliasRows(self)
        self.same = SameSources(workspace, self)
        self._rests_on = QLabel(self)
        set_role(self._rests_on, "note")
        self._rests_on.setWordWrap(True)
        self._rests_on.setTextFormat(Qt.TextFormat.PlainText)
        self._citations: tuple[CitationRow, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.aliases.changed.connect(self.changed)
        self.same.chosen.connect(self._open_same)

    # What is shown

    def show_sheet(self, sheet: RecordSheet, *, new: bool = False) -> None:
        """Show the stored values of a record, or an empty form for a *new* one."""
        state = sheet.state
        languages = tuple(dict.fromkeys((*_LANGUAGES, *sorted(language for _field, language in state.texts))))
        if self._kind != (state.kind, new, languages):
            self._lay(state.kind, new=new, languages=languages)
        for name, box in self._fields.items():
            value = state.fields.get(name, "")
            if isinstance(box, PickerField):
                box.open_with_record(value, sheet.names.get(value, ""))
            else:
                box.open_with(value)
        for key, box in self._texts.items():
            box.open_with(state.texts.get(key, ""))
        for box in self._evidence.values():
            if isinstance(box, PickerField):
                box.open_with_record("", "")
            else:
                box.open_with("")
        self.aliases.open_with(state.aliases)
        self._citations = sheet.citations
        self._say_sources(new=new)
        if state.kind == "source":
            self.same.watch(self._fields, exclude=state.id)

    def _lay(self, kind: str, *, new: bool, languages: tuple[str, ...]) -> None:
        """Make the fields of a kind of record."""
        self._kind = (kind, new, languages)
        for kept in (self.aliases, self._rests_on, self.same):
            kept.setParent(self)
            kept.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        self._fields = {field.name: make_field(field, self._workspace) for field in RECORD_FIELDS[kind]}
        self._texts = {}
        for language in languages:
            if language != "en":
                self._texts["name", language] = TextField(Field(f"name_{language}"))
        for language in languages:
            if kind != "source":
                self._texts["summary", language] = LongField(Field(f"summary_{language}", "long"))
        self._evidence = {}
        if new and kind != "source":
            self._evidence = {
                "source_id": PickerField(Field("source_id", "record", refers_to="source"), self._workspace),
                "locator": TextField(Field("locator")),
                "quote": LongField(Field("quote", "long")),
                "uncited": TickField(Field("uncited"), N_("There is no source for this yet")),
            }
        names = [self._fields["name"], *(box for (field, _l), box in self._texts.items() if field == "name")]
        summaries = [box for (field, _l), box in self._texts.items() if field == "summary"]
        others = [box for name, box in self._fields.items() if name != "name"]
        column.addWidget(self._rests_on)
        column.addWidget(side_by_side(names))
        for box in others:
            column.addWidget(box)
            if box.field.name == "doi":
                column.addWidget(self.same)
        if summaries:
            column.addWidget(side_by_side(summaries))
        column.addWidget(self.aliases)
        for box in self._evidence.values():
            column.addWidget(box)
        column.addStretch(1)
        for box in self._boxes():
            box.setMaximumWidth(WIDEST)
            box.changed.connect(self.changed)
        self.aliases.setMaximumWidth(WIDEST)
        self.setWidget(inside)
        inside.show()
        self.aliases.show()

    def _boxes(self) -> Iterator[FieldBox]:
        yield from self._fields.values()
        yield from self._texts.values()
        yield from self._evidence.values()

    def _say_sources(self, *, new: bool = False) -> None:
        """Say what the record as a whole rests on, and under each field what is cited for it."""
        whole = [_place(row) for row in self._citations if not row.field]
        shown = "; ".join(whole[:3])
        if len(whole) > 3:
            shown = _("{sources} and {count} more").format(sources=shown, count=len(whole) - 3)
        text = _("Rests on: {sources}").format(sources=shown) if whole else _("No source is cited for the whole yet.")
        self._rests_on.setText(text)
        self._rests_on.setVisible(not new and self._kind[0] != "source")
        for name, box in self._fields.items():
            cited = "; ".join(_place(row) for row in self._citations if row.field == name)
            box.set_source(_("Source: {sources}").format(sources=cited) if cited else "")

    # What is typed

    def name(self) -> str:
        """Return the name as typed."""
        return self._fields["name"].value() if self._fields else ""

    def values(self) -> dict[str, str]:
        """Return every field as commands take it."""
        return {name: box.value() for name, box in self._fields.items()}

    def changed_values(self) -> dict[str, str]:
        """Return the fields that differ from what is stored."""
        return {name: box.value() for name, box in self._fields.items() if box.is_changed}

    def texts(self) -> dict[tuple[str, str], str]:
        """Return every text by (field, language)."""
        return {key: box.value() for key, box in self._texts.items()}

    def changed_texts(self) -> dict[tuple[str, str], str]:
        """Return the texts that differ from what is stored."""
        return {key: box.value() for key, box in self._texts.items() if box.is_changed}

    def citation(self) -> NewCitation | None:
        """Return how a new record is cited, None where no source is named."""
        told = {name: box.value() for name, box in self._evidence.items()}
        if not told.get("source_id"):
            return None
        return NewCitation(told["source_id"], told["locator"], quote=told["quote"])

    @property
    def is_uncited(self) -> bool:
        """Say whether a new record is said to have no source yet."""
        return "uncited" in self._evidence and bool(self._evidence["uncited"].value())

    @property
    def is_changed(self) -> bool:
        """Say whether anything differs from what is stored."""
        return self.count_changed() > 0

    def count_changed(self) -> int:
        """Return how many fields differ from what is stored."""
        return sum(box.is_changed for box in self._boxes()) + self.aliases.is_changed

    def take_as_opened(self) -> None:
        """Take what is typed for what is stored, after it was saved."""
        for box in self._boxes():
            box.opened = box.value()
            box.look()
        self.aliases.opened = frozenset(self.aliases.values())

    # What is wrong

    def _open_same(self, record_id: str, _name: str) -> None:
        """Go to the source that is the same, after asking about what was typed."""
        self._workspace.select(Selection("record", record_id))

    def adding(self) -> "NewRecord | None":
        """Return the new record that is being typed in one of the fields, if any."""
        return next((box.adding for box in self._boxes() if isinstance(box, PickerField) and box.adding), None)

    def check(self) -> bool:
        """Say under each field what cannot be read; go to the first and return whether all can be."""
        first: FieldBox | None = None
        for box in self._boxes():
            problem = box.problem()
            if not problem and box.field.required and not box.value():
                problem = _("This must not be empty.")
            if problem:
                box.set_error(problem)
                first = first or box
        if first is not None:
            self._go_to(first)
        return first is None

    def show_error(self, field: str, text: str) -> bool:
        """Say *text* under the field at fault and go there; False where there is no such field."""
        if field == "aliases":
            self.aliases.set_error(text)
            self.ensureWidgetVisible(self.aliases)
            return True
        stem, _underscore, language = field.rpartition("_")
        box = self._fields.get(field) or self._texts.get((stem, language)) or self._evidence.get(field)
        if field == "citation":
            box = self._evidence.get("source_id")
        if box is None:
            return False
        box.set_error(text)
        self._go_to(box)
        return True

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field or text by its name; into the first where there is none of that name."""
        box = self._fields.get(name) or next((one for (text, _l), one in self._texts.items() if text == name), None)
        if box is None:
            self.focus_first()
        else:
            self._go_to(box)

    def focus_first(self) -> None:
        """Put the keyboard on the first field."""
        if self._fields:
            self._go_to(self._fields["name"])

    def _go_to(self, box: FieldBox) -> None:
        box.setFocus()
        self.ensureWidgetVisible(box)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._fields:
            self._say_sources(new=self._kind[1])


def _place(row: CitationRow) -> str:
    return f"{row.source_name} ({row.locator})" if row.locator else row.source_name
