"""The form of a record: its fields in one column, saved as one step, and beside them what it rests on."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from chipscape_db.commands.records import add_record, edit_record
from chipscape_db.errors import FactsError
from chipscape_db.metrics import metrics_of
from chipscape_db.queries.forms import RecordSheet, RecordState
from chipscape_desktop import notices
from chipscape_desktop.error_text import error_text
from chipscape_desktop.forms.attempt import Attempt
from chipscape_desktop.forms.claims_panel import ClaimsPanel
from chipscape_desktop.forms.copies_panel import CopiesPanel
from chipscape_desktop.forms.enter_key import is_enter, pressed_button
from chipscape_desktop.forms.link_editor import link_choices
from chipscape_desktop.forms.links_panel import LinksPanel, ParticipantsPanel
from chipscape_desktop.forms.list_panel import ListPanel
from chipscape_desktop.forms.record_fields import RecordFields
from chipscape_desktop.forms.resting_panel import RestingPanel
from chipscape_desktop.forms.review_line import ReviewLine
from chipscape_desktop.forms.sources_panel import SourcesPanel
from chipscape_desktop.i18n import _, ngettext, number
from chipscape_desktop.theme import set_role
from chipscape_desktop.words import kind_word
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from chipscape_db.history import ChangeSummary


def _go_to_tab(form: "ref[RecordForm]", number_of_tab: int) -> None:
    """Go to a tab of the form, as long as there is one: a bound method could not carry the number."""
    there = form()
    if there is not None:
        there.go_to_tab(number_of_tab)


class RecordForm(QWidget):
    """Shows and edits one record; `saved` carries its id, `left` tells that a new one was given up.

    `room_wanted` tells that somebody works in it.
    """

    saved = Signal(object)
    left = Signal()
    room_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.sheet: RecordSheet | None = None
        self._attempt: Attempt | None = None
        self._new_id = self._hint = ""
        self._build()
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)
        self._tab_keys = []
        for number_of_tab in range(1, self.tabs.count() + 1):
            key = QShortcut(QKeySequence(f"Alt+{number_of_tab}"), self)
            key.setContext(Qt.ShortcutContext.WindowShortcut)
            key.activated.connect(partial(_go_to_tab, ref(self), number_of_tab))
            self._tab_keys.append(key)
        self.retranslate()
        self.clear()

    def _build(self) -> None:
        self.title, self.kind, self.message, self.status = (QLabel(self) for _each in range(4))
        set_role(self.title, "heading")
        set_role(self.kind, "note")
        set_role(self.message, "error")
        set_role(self.status, "note")
        for label in (self.title, self.kind, self.message, self.status):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.fields = RecordFields(self.workspace, self)
        self.claims = ClaimsPanel(self.workspace, self)
        self.sources = SourcesPanel(self.workspace, self)
        self.links = LinksPanel(self.workspace, self)
        self.participants = ParticipantsPanel(self.workspace, self)
        self.resting = RestingPanel(self.workspace, self)
        self.copies = CopiesPanel(self.workspace, self)
        self.review = ReviewLine(self.workspace, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        for page in (self.fields, *self.panels()):
            self.tabs.addTab(page, "")
        self.save_button, self.revert_button = QPushButton(self), QPushButton(self)
        set_role(self.save_button, "primary")
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 4)
        head.setSpacing(0)
        head.addWidget(self.kind)
        head.addWidget(self.title)
        head.addWidget(self.review)
        self.bar = QWidget(self)
        foot = QHBoxLayout(self.bar)
        foot.setContentsMargins(12, 4, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.revert_button)
        foot.addWidget(self.save_button)
        self.nothing = QLabel(self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setMargin(24)
        set_role(self.nothing, "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.message)
        column.addWidget(self.bar)
        self.message.setContentsMargins(12, 0, 12, 0)
        self.message.hide()
        self.save_button.clicked.connect(self.save)
        self.revert_button.clicked.connect(self.revert)
        self.fields.changed.connect(self.look)
        for panel in self.panels():
            panel.editing_changed.connect(self.room_wanted)
        self.tabs.currentChanged.connect(self.look)

    def panels(self) -> Iterator[ListPanel]:
        """Yield the lists beside the fields."""
        yield from (self.claims, self.sources, self.links, self.participants, self.resting, self.copies)

    # What is shown

    @property
    def record_id(self) -> str:
        """The id of the record shown, empty for none and for a new one."""
        return self.sheet.state.id if self.sheet and not self._new_id else ""

    @property
    def is_new(self) -> bool:
        """Say whether the form is for a record that is not there yet."""
        return bool(self._new_id)

    @property
    def is_dirty(self) -> bool:
        """Say whether something was typed that is not saved."""
        editing = any(panel.editor is not None and panel.editor.is_dirty for panel in self.panels())
        return self.sheet is not None and (self.fields.is_changed or editing)

    def clear(self) -> None:
        """Show that nothing is selected."""
        self.sheet, self._new_id = None, ""
        self.look()

    def show_sheet(self, sheet: RecordSheet) -> None:
        """Show a record as stored; what was typed and not saved is gone."""
        other = self.sheet is None or self.sheet.state.id != sheet.state.id
        self._hint = "" if other else self._hint
        self.sheet, self._new_id = sheet, ""
        self.message.hide()
        if other:
            for panel in self.panels():
                panel.close_editor()
        self.fields.show_sheet(sheet)
        self._show_lists(sheet)
        self.look()

    def refresh(self, sheet: RecordSheet) -> None:
        """Show a record as it is now, keeping what was typed and not saved."""
        if self.sheet is None or self.is_new or not self.fields.is_changed:
            self.show_sheet(sheet)
            return
        self.sheet = replace(sheet, state=self.sheet.state, names=self.sheet.names)
        self._show_lists(sheet)
        self.look()

    def start_new(self, kind: str) -> None:
        """Offer an empty form for a new record."""
        from chipscape_db.identity import new_id

        for panel in self.panels():
            panel.close_editor()
        self._new_id = new_id()
        state = RecordState(self._new_id, "", kind, {}, {}, ())
        self.sheet = RecordSheet(state, {}, (), (), (), ())
        self.message.hide()
        self.room_wanted.emit()
        self.fields.show_sheet(self.sheet, new=True)
        self.tabs.setCurrentWidget(self.fields)
        self.look()
        self.fields.focus_first()

    def show_tab(self, name: str, row_id: str = "") -> None:
        """Bring the `fields` or one of the lists, by its name here, to the front, at a row."""
        page: QWidget = getattr(self, name)
        self.room_wanted.emit()
        self.tabs.setCurrentWidget(page)
        if isinstance(page, ListPanel) and row_id:
            page.go_to(row_id)

    def _show_lists(self, sheet: RecordSheet) -> None:
        self.claims.show_sheet(sheet)
        self.sources.show_citations(sheet.state.id, sheet.state.kind, sheet.citations)
        self.links.show_sheet(sheet)
        self.participants.show_sheet(sheet)
        self.resting.show_sheet(sheet)
        self.copies.show_sheet(sheet)

    # Saving

    def save(self) -> None:
        """Store what was typed, as one step: a new record's inside a field, the open editor's, else the fields'."""
        editor = next((panel.editor for panel in self.panels() if panel.isVisible() and panel.editor), None)
        if editor is not None:
            editor.save()
            return
        adding = self.fields.adding()
        if adding is not None and self.fields.isVisible():
            adding.save()
            return
        if self.sheet is None or self._attempt is not None or not (self.is_new or self.fields.is_changed):
            return
        if not self.fields.check():
            self.tabs.setCurrentWidget(self.fields)
            return
        state = self.sheet.state
        if self.is_new:
            command = partial(
                add_record, kind=state.kind, fields=self.fields.values(), texts=self.fields.texts(),
                aliases=self.fields.aliases.values(), citation=self.fields.citation(), uncited=self.fields.is_uncited,
                record_id=self._new_id,
            )  # fmt: skip
        else:
            aliases = self.fields.aliases
            command = partial(
                edit_record, record_id=state.id, fields=self.fields.changed_values(),
                texts=self.fields.changed_texts(), aliases=aliases.values() if aliases.is_changed else None,
                expected=state,
            )  # fmt: skip
        self.message.hide()
        self._attempt = Attempt(command)
        self.workspace.run(self._attempt, then=self._saved)
        base = self.workspace.base
        if base is not None and base.read_only:
            self._attempt = None
        self.look()

    def revert(self) -> None:
        """Give up what was typed."""
        if self.is_new:
            self.clear()
            self.left.emit()
        elif self.sheet is not None:
            self.message.hide()
            self.fields.show_sheet(self.sheet)
            self.saved.emit(self.sheet.state.id)
        self.look()

    def may_leave(self) -> bool:
        """Ask before what was typed is lost; say whether it may be."""
        if not self.is_dirty:
            return True
        return notices.ask(
            _("Leave without saving?"),
            detail=_("What you typed in the form of “{name}” is not saved yet.").format(name=self._name()),
            yes=_("Discard it"),
            no=_("Keep editing"),
            parent=self,
        )

    def _saved(self, summary: "ChangeSummary | None") -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is not None and attempt.error is not None:
            self.show_error(attempt.error)
        elif self.sheet is not None:
            record_id = self.sheet.state.id
            was_new = self.is_new
            self.fields.take_as_opened()
            self._new_id = ""
            self.saved.emit(record_id)
            if was_new:
                self._lead_on()
        self.look()

    def show_error(self, error: FactsError) -> None:
        """Say what the world has against it, beside the field at fault where there is one."""
        self.tabs.setCurrentWidget(self.fields)
        text = error_text(error)
        if not self.fields.show_error(error.field or "", text):
            self.message.setText(text)
            self.message.show()

    # Looks

    def look(self, *_ignored: object) -> None:
        """Follow the state: what can be saved, what is counted on the tabs."""
        there = self.sheet is not None
        for widget in (self.tabs, self.bar, self.title, self.kind):
            widget.setVisible(there)
        self.review.show_review(self.record_id, self.sheet.review if self.sheet else None)
        self.nothing.setVisible(not there)
        if self.sheet is None:
            return
        sheet, on_fields = self.sheet, self.tabs.currentWidget() is self.fields
        self.title.setText(self._name())
        kind = kind_word(sheet.state.kind)
        self.kind.setText(_("New: {kind}").format(kind=kind) if self.is_new else f"{kind}  ·  {sheet.state.slug}")
        counts = (
            len(sheet.claims), len(sheet.citations), len(sheet.links), len(sheet.participants), len(sheet.resting),
            len(sheet.snapshots),
        )  # fmt: skip
        parts = _("Participants") if sheet.state.kind == "event" else _("Events")
        names = (_("Claims"), _("Sources"), _("Relationships"), parts, _("Rests on it"), _("Copies"))
        self.tabs.setTabText(0, _("Fields"))
        self.tabs.setTabToolTip(0, _("{tab} (Alt+{number})").format(tab=_("Fields"), number=1))
        for place, (name, count) in enumerate(zip(names, counts, strict=True), start=1):
            self.tabs.setTabText(place, f"{name} {number(count)}")
            self.tabs.setTabToolTip(place, _("{tab} (Alt+{number})").format(tab=name, number=place + 1))
            self.tabs.setTabVisible(place, not self.is_new and (count > 0 or self._can_have(sheet.state.kind, place)))
        changed = self.fields.count_changed()
        self.bar.setVisible(on_fields or changed > 0)
        text = ngettext("{count} change not saved", "{count} changes not saved", changed).format(count=changed)
        if changed or self.tabs.currentWidget() is not self.fields:
            self._hint = ""
        self.status.setText(text if changed else self._hint)
        self.save_button.setEnabled((changed > 0 or self.is_new) and self._attempt is None)
        self.revert_button.setEnabled(changed > 0 or self.is_new)

    def _can_have(self, kind: str, place: int) -> bool:
        """Say whether the list on a tab can be added to for a kind of record."""
        source = kind == "source"
        return (bool(metrics_of(kind)), not source, bool(link_choices(kind)), kind == "event", source, source)[
            place - 1
        ]

    def go_to_tab(self, number_of_tab: int) -> None:
        """Bring a tab to the front by its number and put the keyboard into it; a list without rows offers to add."""
        place = number_of_tab - 1
        if self.sheet is None or not 0 <= place < self.tabs.count() or not self.tabs.isTabVisible(place):
            return
        self.room_wanted.emit()
        self.tabs.setCurrentIndex(place)
        page = self.tabs.currentWidget()
        if isinstance(page, ListPanel):
            page.take_focus()
        else:
            self.fields.focus_first()

    def _lead_on(self) -> None:
        """After a new record was added, put the keyboard on its tabs and say what can be added to it."""
        self.tabs.tabBar().setFocus()
        first = next((place for place in range(1, self.tabs.count()) if self._can_have(self.sheet_kind(), place)), 0)
        wanted = [
            _("{tab} (Alt+{number})").format(tab=self.tabs.tabText(place).rpartition(" ")[0], number=place + 1)
            for place in range(first, self.tabs.count())
            if first and self._can_have(self.sheet_kind(), place)
        ]
        if wanted:
            self._hint = _("Saved. Next: {tabs}").format(tabs=", ".join(wanted))
            self.status.setText(self._hint)

    def sheet_kind(self) -> str:
        """Return the kind of the record shown, empty for none."""
        return self.sheet.state.kind if self.sheet is not None else ""

    def _name(self) -> str:
        return self.fields.name() or _("(no name yet)")

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.save_button.setText(_("Save"))
        self.save_button.setToolTip(_("Save (Ctrl+S)"))
        self.revert_button.setText(_("Discard"))
        self.revert_button.setToolTip(_("Give up what was typed (Esc)"))
        self.nothing.setText(_("Select a row to see everything about it and to edit it."))
        self.look()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up what was typed."""
        if event.key() == Qt.Key.Key_Escape and (self.is_new or self.fields.is_changed):
            self.revert()
        elif not (is_enter(event) and pressed_button(self)):
            super().keyPressEvent(event)
