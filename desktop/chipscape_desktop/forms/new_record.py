"""A small form inside a field: a record that another form refers to is added on the spot, as a step of its own."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chipscape_db.commands.citations import NewCitation
from chipscape_db.commands.fields import RECORD_FIELDS, Field
from chipscape_db.commands.records import add_record
from chipscape_db.errors import N_, FactsError
from chipscape_db.identity import new_id
from chipscape_desktop.error_text import error_text
from chipscape_desktop.forms.attempt import Attempt
from chipscape_desktop.forms.enter_key import is_enter, pressed_button
from chipscape_desktop.forms.fields import FieldBox, PickerField, TextField, TickField, make_field
from chipscape_desktop.forms.same_sources import SameSources
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role
from chipscape_desktop.words import kind_word
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from chipscape_db.history import ChangeSummary

_ALSO = {
    "organization": ("country",), "chip": ("designer_id",), "model": ("developer_id",), "software": ("developer_id",),
    "source": ("publisher", "published_on", "url", "doi", "language"),
}  # fmt: skip
"""What is asked for of a new record besides what it must have; the rest is for its own form."""


def scroll_to(widget: QWidget) -> None:
    """Bring a widget, and a little of what stands around it, into view in the areas that scroll it."""
    # What was shown or hidden a moment ago has its place only when the layouts have been told.
    for _level in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    area: QWidget | None = widget.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget, 0, 120)
        area = area.parentWidget()


class NewRecord(QFrame):
    """Adds a record of a kind; `added` carries its id and name, `closed` tells that it was given up."""

    added = Signal(object, object)
    closed = Signal()

    def __init__(self, workspace: Workspace, kind: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._kind, self._id = kind, new_id()
        self._attempt: Attempt | None = None
        set_role(self, "notice")
        also = _ALSO.get(kind, ())
        asked = [field for field in RECORD_FIELDS[kind] if field.required or field.name in also]
        self.fields: dict[str, FieldBox] = {field.name: make_field(field, workspace) for field in asked}
        self.evidence: dict[str, FieldBox] = {}
        if kind != "source":
            self.evidence = {
                "source_id": PickerField(Field("source_id", "record", refers_to="source"), workspace),
                "locator": TextField(Field("locator")),
                "uncited": TickField(Field("uncited"), N_("There is no source for this yet")),
            }
        self.title, self.message = QLabel(self), QLabel(self)
        set_role(self.title, "heading")
        set_role(self.message, "error")
        self.message.setWordWrap(True)
        self.message.hide()
        self.same = SameSources(workspace, self)
        self.save_button, self.cancel_button = QPushButton(self), QPushButton(self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.title)
        for box in self._boxes():
            column.addWidget(box)
        column.addWidget(self.same)
        column.addWidget(self.message)
        column.addLayout(buttons)
        self._name(name)
        for before, after in pairwise([*self._boxes(), self.cancel_button, self.save_button]):
            QWidget.setTabOrder(before, after)
        if kind == "source":
            self.same.watch(self.fields)
        self.same.chosen.connect(self._use_same)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.closed)
        self.retranslate()

    def _boxes(self) -> list[FieldBox]:
        return [*self.fields.values(), *self.evidence.values()]

    def _name(self, typed: str) -> None:
        """Take what was typed as the name; an address is taken as one."""
        if self._kind == "source" and typed.startswith(("https://", "http://")):
            line = self.fields["url"]
        else:
            line = self.fields["name"]
        assert isinstance(line, TextField)
        line.line.setText(typed)

    def begin(self) -> None:
        """Go to the first field that is still empty."""
        self.show()
        first = next((box for box in self._boxes() if box.field.required and not box.value()), None)
        (first or self._boxes()[1]).setFocus()
        # The form around makes its room for this when the event loop comes round.
        QTimer.singleShot(0, self.scroll_here)

    def scroll_here(self) -> None:
        """Bring the field with the keyboard into view, and what stands around it."""
        focused = self.focusWidget()
        if self.isVisible() and focused is not None:
            scroll_to(focused)

    def save(self) -> None:
        """Add the record, unless a field cannot be read yet."""
        if self._attempt is not None:
            return
        for box in self._boxes():
            problem = box.problem()
            if not problem and box.field.required and not box.value():
                problem = _("This must not be empty.")
            if problem:
                box.set_error(problem)
                box.setFocus()
                return
        source = self.evidence["source_id"].value() if self.evidence else ""
        self._attempt = Attempt(
            partial(
                add_record, kind=self._kind, fields={name: box.value() for name, box in self.fields.items()},
                citation=NewCitation(source, self.evidence["locator"].value()) if source else None,
                uncited=bool(self.evidence and self.evidence["uncited"].value()), record_id=self._id,
            )
        )  # fmt: skip
        self.workspace.run(self._attempt, then=self._saved)

    def _saved(self, _summary: "ChangeSummary | None") -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is not None and attempt.error is not None:
            self.show_error(attempt.error)
        else:
            self.added.emit(self._id, self.fields["name"].value())

    def show_error(self, error: FactsError) -> None:
        """Say what the world has against it, beside the field at fault where there is one."""
        name = "source_id" if error.field == "citation" else error.field or ""
        box = self.fields.get(name) or self.evidence.get(name)
        if box is not None:
            box.set_error(error_text(error))
            box.setFocus()
        else:
            self.message.setText(error_text(error))
            self.message.show()

    def _use_same(self, record_id: str, name: str) -> None:
        self.added.emit(record_id, name)

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.title.setText(_("New: {kind}").format(kind=kind_word(self._kind)))
        self.save_button.setText(_("Add it"))
        self.save_button.setToolTip(_("Add it (Enter)"))
        self.cancel_button.setText(_("Cancel"))
        self.cancel_button.setToolTip(_("Cancel (Esc)"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line adds, Escape gives up; neither reaches the form around."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif is_enter(event):
            if not pressed_button(self):
                self.save()
        else:
            super().keyPressEvent(event)
