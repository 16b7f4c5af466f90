"""The small form that opens where an event is to be added: what happened, when, of which kind, how important."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from chipscape_db.partial_date import NotADate
from chipscape_db.spoken_date import understand
from chipscape_db.vocabulary import EVENT_KINDS, IMPORTANCES
from chipscape_desktop.error_text import error_text
from chipscape_desktop.i18n import _, date_to_type, format_date, language
from chipscape_desktop.theme import set_role, set_state
from chipscape_desktop.words import word

_WIDTH = 340


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What the form says: the fields of the event, as texts, and the id of the record that acts in it, if any."""

    fields: dict[str, str]
    actor_id: str


class AddEvent(QFrame):
    """Asks for an event; `added` carries a `NewEvent`. Enter adds it, Escape closes the form."""

    added = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "panel")
        self.setFixedWidth(_WIDTH)
        self._actor_id = ""
        self.head, self.note = QLabel(self), QLabel(self)
        set_role(self.head, "strong")
        set_role(self.note, "note")
        self.note.setWordWrap(True)
        self.title, self.date = QLineEdit(self), QLineEdit(self)
        self.kind, self.importance = QComboBox(self), QComboBox(self)
        self.add, self.cancel = QPushButton(self), QPushButton(self)
        set_role(self.add, "primary")
        self._labels = {name: QLabel(self) for name in ("title", "date", "kind", "importance")}
        form = QFormLayout(self)
        form.setContentsMargins(12, 12, 12, 12)
        form.addRow(self.head)
        for name, field in (
            ("title", self.title), ("date", self.date), ("kind", self.kind), ("importance", self.importance),
        ):  # fmt: skip
            self._labels[name].setBuddy(field)
            form.addRow(self._labels[name], field)
        form.addRow(self.note)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.add)
        form.addRow(row)
        self.date.textChanged.connect(self._read_date)
        self.title.textChanged.connect(self._follow_title)
        self.add.clicked.connect(self._add)
        self.cancel.clicked.connect(self.close)

    def ask(self, place: QPoint, *, date: str, kind: str, actor: tuple[str, str]) -> None:
        """Open at a point of the screen for a date as written, a kind of event, and the (id, name) that acts in it."""
        self._retranslate()
        self._actor_id, name = actor
        self.head.setText(_("New event of {name}").format(name=name) if name else _("New event"))
        self.title.clear()
        self.date.setText(date_to_type(date))
        self.kind.setCurrentIndex(max(self.kind.findData(kind), 0))
        self.importance.setCurrentIndex(self.importance.findData("3"))
        self._follow_title("")
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = min(place.x(), area.right() - self.width())
        y = min(place.y(), area.bottom() - self.height())
        self.move(max(x, area.left()), max(y, area.top()))
        self.show()
        self.title.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add with Enter, close with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        texts = {"title": _("What happened"), "date": _("When"), "kind": _("Kind"), "importance": _("Importance")}
        for name, text in texts.items():
            self._labels[name].setText(text)
        self.kind.clear()
        for kind in EVENT_KINDS:
            self.kind.addItem(word(kind), kind)
        self.importance.clear()
        for number in IMPORTANCES:
            self.importance.addItem(str(number), str(number))
        self.add.setText(_("Add"))
        self.cancel.setText(_("Cancel"))

    def _follow_title(self, _text: str) -> None:
        self.add.setEnabled(bool(self.title.text().strip()) and bool(self._date()))

    def _date(self) -> str:
        try:
            return str(understand(self.date.text(), language()))
        except NotADate:
            return ""

    def _read_date(self, text: str) -> None:
        problem = ""
        try:
            self.note.setText(
                _("{date}. It has no source yet: cite one with F2.").format(
                    date=format_date(str(understand(text, language())))
                )
            )
        except NotADate as fault:
            problem = error_text(fault)
            self.note.setText(problem)
        set_state(self.date, "error" if problem else "")
        self._follow_title("")

    def _add(self) -> None:
        date = self._date()
        if not self.title.text().strip() or not date:
            return
        fields = {
            "name": self.title.text().strip(),
            "starts_on": date,
            "event_kind": str(self.kind.currentData()),
            "importance": str(self.importance.currentData()),
        }
        self.close()
        self.added.emit(NewEvent(fields, self._actor_id))
