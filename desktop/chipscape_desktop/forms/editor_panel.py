"""A small form inside a form: fields in one column, Save and Cancel, and refusals beside the field at fault."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from chipscape_db.errors import FactsError
from chipscape_desktop.error_text import error_text
from chipscape_desktop.forms.attempt import Attempt
from chipscape_desktop.forms.enter_key import is_enter, pressed_button
from chipscape_desktop.forms.fields import FieldBox, PickerField
from chipscape_desktop.forms.side_by_side import WIDEST, side_by_side
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Command, Workspace

if TYPE_CHECKING:
    from chipscape_db.history import ChangeSummary
    from chipscape_desktop.forms.new_record import NewRecord


class EditorPanel(QWidget):
    """Runs one command made from its fields; `closed` tells that it is done or given up.

    Subclasses make the fields, the heading and the command.
    """

    closed = Signal()

    def __init__(self, workspace: Workspace, fields: Sequence[FieldBox], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.fields = {box.field.name: box for box in fields}
        self._attempt: Attempt | None = None
        self.title, self.message = QLabel(self), QLabel(self)
        set_role(self.title, "heading")
        set_role(self.message, "error")
        for label in (self.title, self.message):
            label.setWordWrap(True)
        self.message.hide()
        self.save_button, self.cancel_button, self.more_button = (QPushButton(self) for _each in range(3))
        set_role(self.save_button, "primary")
        self.more_button.hide()
        self._goes_on = False
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(12)
        column.addWidget(self.title)
        texts = [box for box in fields if box.field.name.startswith("summary_")]
        for box in fields:
            if box is next(iter(texts), None):
                column.addWidget(side_by_side(texts))
            elif box not in texts:
                column.addWidget(box)
            box.setMaximumWidth(WIDEST)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(12, 4, 12, 8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.more_button)
        buttons.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.message)
        whole.addLayout(buttons)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.cancel)
        self.more_button.clicked.connect(self.save_and_go_on)
        self.retranslate()

    def heading(self) -> str:
        """Return what this is for."""
        raise NotImplementedError

    def command(self) -> Command:
        """Return what saving does."""
        raise NotImplementedError

    @property
    def is_dirty(self) -> bool:
        """Say whether something was typed that is not saved."""
        return any(box.is_changed for box in self.fields.values() if not box.isHidden())

    def values(self) -> dict[str, str]:
        """Return the values of the fields that are shown; what is hidden does not apply and is empty."""
        return {name: "" if box.isHidden() else box.value() for name, box in self.fields.items()}

    def save(self) -> None:
        """Run the command, unless a field cannot be read yet or a new record is being typed in one."""
        adding = self._adding()
        if adding is not None and adding.isAncestorOf(self.focusWidget() or self):
            adding.save()
            return
        if self._attempt is not None:
            return
        for box in self.fields.values():
            problem = "" if box.isHidden() else box.problem()
            if problem:
                box.set_error(problem)
                box.setFocus()
                return
        self.message.hide()
        self.save_button.setEnabled(False)
        self._attempt = Attempt(self.command())
        self.workspace.run(self._attempt, then=self._saved)
        if self.workspace.base is None or self.workspace.base.read_only:
            self.save_button.setEnabled(True)

    def _adding(self) -> "NewRecord | None":
        return next((box.adding for box in self.fields.values() if isinstance(box, PickerField) and box.adding), None)

    def save_and_go_on(self) -> None:
        """Run the command and, when it is done, start the next with what stays the same."""
        self._goes_on = True
        self.save()
        self._goes_on = self._attempt is not None

    def next(self) -> None:
        """Empty what the next one will have of its own; only called where `more_button` is shown."""

    def cancel(self) -> None:
        """Give up."""
        self.closed.emit()

    def show_error(self, error: FactsError) -> None:
        """Say what the world has against it, beside the field where there is one."""
        box = self.fields.get(error.field or "")
        text = error_text(error)
        if box is not None and not box.isHidden():
            box.set_error(text)
            box.setFocus()
            self.area.ensureWidgetVisible(box)
        else:
            self.message.setText(text)
            self.message.show()

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.title.setText(self.heading())
        self.save_button.setText(_("Save"))
        self.cancel_button.setText(_("Cancel"))
        self.cancel_button.setToolTip(_("Cancel (Esc)"))
        self.save_button.setToolTip(_("Save (Ctrl+S)"))
        self.more_button.setText(_("Save and add another"))
        self.more_button.setToolTip(_("Save and add another (Ctrl+Enter)"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up, Enter in a line saves."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif is_enter(event) and pressed_button(self):
            return
        elif is_enter(event):
            goes_on = event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self.more_button.isHidden()
            (self.save_and_go_on if goes_on else self.save)()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Start at the first field; the keyboard reaches the buttons last, though they were made first."""
        super().showEvent(event)
        last = next((box.editor for box in reversed(self.fields.values()) if not box.isHidden()), None)
        if last is not None:
            for before, after in pairwise((last, self.cancel_button, self.more_button, self.save_button)):
                QWidget.setTabOrder(before, after)
        first = next((box for box in self.fields.values() if not box.isHidden()), None)
        if first is not None:
            first.setFocus()

    def _saved(self, _summary: "ChangeSummary | None") -> None:
        self.save_button.setEnabled(True)
        attempt, self._attempt = self._attempt, None
        goes_on, self._goes_on = self._goes_on, False
        if attempt is not None and attempt.error is not None:
            self.show_error(attempt.error)
        elif goes_on:
            self.next()
        else:
            self.closed.emit()
