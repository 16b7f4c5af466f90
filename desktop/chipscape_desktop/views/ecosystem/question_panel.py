"""The panel beside the map in which questions are asked and answers read."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.network.graph import DEPENDENT, USUAL
from chipscape_db.queries.ecosystem import SHOWABLE
from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role
from chipscape_desktop.views.ecosystem.answer_pane import AnswerPane
from chipscape_desktop.views.ecosystem.question import ASKED, TAKES_RECORD, Asked, Question
from chipscape_desktop.widgets.record_picker import RecordPicker
from chipscape_desktop.words import country_name, link_word
from chipscape_desktop.workspace import Workspace

_NARROWEST = 330


class QuestionPanel(QFrame):
    """`asked` carries the `Question` whenever it changed and is whole; `closed`, `copy_wanted`, `export_wanted`."""

    asked = Signal(object)
    closed = Signal()
    copy_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setMinimumWidth(_NARROWEST)
        self.choice = QComboBox(self)
        for name in ASKED:
            self.choice.addItem("", name)
        self.start, self.end = (RecordPicker(workspace, SHOWABLE, self) for _end in range(2))
        self._between = QLabel(self)
        self.swap = self._button("arrow-up-down")
        self.kinds_button = QPushButton(self)
        self._menu = QMenu(self.kinds_button)
        self.kinds = {kind: self._menu.addAction("") for kind in DEPENDENT}
        for kind, action in self.kinds.items():
            action.setCheckable(True)
            action.setChecked(kind in USUAL)
        self.kinds_button.setMenu(self._menu)
        self.every, self.only_lost = QCheckBox(self), QCheckBox(self)
        self.country = QComboBox(self)
        self.copy_button, self.export_button, self.close_button = (
            self._button(name) for name in ("copy", "download", "x")
        )
        self.pane = AnswerPane(self)
        head, ends, options = (QHBoxLayout() for _row in range(3))
        for row in (head, ends, options):
            row.setSpacing(8)
        head.addWidget(self.choice, 1)
        head.addWidget(self.close_button)
        for widget in (self.start, self._between, self.end):
            ends.addWidget(widget, 0 if widget is self._between else 1)
        ends.addWidget(self.swap)
        for tool in (self.kinds_button, self.every, self.only_lost, self.country):
            options.addWidget(tool)
        options.addStretch(1)
        for button in (self.copy_button, self.export_button):
            options.addWidget(button)
        top = QVBoxLayout()
        top.setContentsMargins(12, 8, 12, 8)
        top.setSpacing(8)
        for row in (head, ends, options):
            top.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.pane, 1)
        self._connect()
        self.show_countries(())
        self.retranslate()
        self._show_fields()

    def _connect(self) -> None:
        self.choice.activated.connect(self._chosen)
        for picker in (self.start, self.end):
            picker.picked.connect(self._changed)
        self.swap.clicked.connect(self._swapped)
        self._menu.triggered.connect(self._changed)
        for tick in (self.every, self.only_lost):
            tick.toggled.connect(self._changed)
        self.country.activated.connect(self._changed)
        self.copy_button.clicked.connect(self.copy_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.close_button.clicked.connect(self.closed)

    def question(self) -> Question:
        """Return the question as it stands."""
        chosen = frozenset(kind for kind, action in self.kinds.items() if action.isChecked())
        return Question(
            self.choice.currentData(), self.start.record_id(), self.end.record_id(),
            frozenset() if chosen == USUAL else chosen, self.every.isChecked(), self.only_lost.isChecked(),
            self.country.currentData() or "",
        )  # fmt: skip

    def ask(self, asked: Asked, *, start: tuple[str, str] | None = None, end: tuple[str, str] | None = None) -> None:
        """Ask one of the questions, of the records given (id and name); go to the field that is still to be filled."""
        self.choice.setCurrentIndex(ASKED.index(asked))
        for picker, record in ((self.start, start), (self.end, end)):
            if record is not None:
                picker.set_record(*record)
        self._show_fields()
        self._changed()
        if asked in TAKES_RECORD and not self.start.record_id():
            self.start.setFocus()
        elif asked == "path" and not self.end.record_id():
            self.end.setFocus()
        else:
            self.choice.setFocus()

    def show_countries(self, codes: Sequence[str]) -> None:
        """Offer these countries as home."""
        kept = self.country.currentData()
        self.country.clear()
        self.country.addItem(_("its own country"), "")
        for code in sorted(codes, key=country_name):
            self.country.addItem(country_name(code), code)
        self.country.setCurrentIndex(max(self.country.findData(kept), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the panel away."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        texts = {
            "path": _("How does one depend on another?"), "cut": _("What if it is unavailable?"),
            "supply": _("How domestic is its supply chain?"), "chokepoints": _("Where is the map narrow?"),
            "communities": _("Which communities are there?"),
        }  # fmt: skip
        for place, name in enumerate(ASKED):
            self.choice.setItemText(place, texts[name])
        self.choice.setAccessibleName(_("Question"))
        for picker, text in ((self.start, _("Record")), (self.end, _("The record it depends on"))):
            picker.setPlaceholderText(text)
            picker.setAccessibleName(text)
        self._between.setText(_("on"))
        for kind, action in self.kinds.items():
            action.setText(link_word(kind))
        self.kinds_button.setText(_("Followed"))
        self.kinds_button.setToolTip(_("Choose which relationships count as dependence"))
        self.every.setText(_("Longer chains too"))
        self.only_lost.setText(_("No other way only"))
        self.country.setItemText(0, _("its own country"))
        self.country.setToolTip(_("The country that counts as home"))
        self.country.setAccessibleName(_("The country that counts as home"))
        for button, text in (
            (self.swap, _("Ask it the other way round")), (self.copy_button, _("Copy the table (Ctrl+C in the table)")),
            (self.export_button, _("Export the table…")), (self.close_button, _("Close the questions (Esc)")),
        ):  # fmt: skip
            button.setToolTip(text)
            button.setAccessibleName(text)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setAutoRaise(True)
        return button

    def _chosen(self, _place: int) -> None:
        self._show_fields()
        self._changed()

    def _swapped(self) -> None:
        ends = [(picker.record_id(), picker.text()) for picker in (self.end, self.start)]
        for picker, (id_, name) in zip((self.start, self.end), ends, strict=True):
            picker.set_record(id_, name if id_ else "")
        self._changed()

    def _show_fields(self) -> None:
        """Show the fields that the question takes."""
        asked = self.choice.currentData()
        self.start.setVisible(asked in TAKES_RECORD)
        for widget in (self._between, self.end, self.swap, self.every):
            widget.setVisible(asked == "path")
        self.kinds_button.setVisible(asked in TAKES_RECORD)
        self.only_lost.setVisible(asked == "cut")
        self.country.setVisible(asked == "supply")

    def _changed(self, _value: object = None) -> None:
        question = self.question()
        whole = question.is_whole and (bool(question.kinds) or self._usual())
        for button in (self.copy_button, self.export_button):
            button.setEnabled(whole)
        if whole:
            self.asked.emit(question)
        elif question.is_whole:
            self.pane.show_message(_("Tick at least one relationship that counts as dependence."))
        elif question.asked == "path":
            self.pane.show_message(_("Choose two records: the one that depends, and the one it depends on."))
        else:
            self.pane.show_message(_("Choose a record."))

    def _usual(self) -> bool:
        return all(action.isChecked() == (kind in USUAL) for kind, action in self.kinds.items())
