"""What narrows the history: words, a person, a kind of change, days, one record."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chipscape_db.errors import N_, FactsError
from chipscape_db.queries.history import HistoryFilter
from chipscape_desktop.change_words import ACTIONS
from chipscape_desktop.error_text import error_text
from chipscape_desktop.i18n import _, language, pgettext
from chipscape_desktop.theme import set_state

_KINDS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("", N_("All kinds of change"), ()),
    ("added", N_("Added"), ("add-", "paste-", "load", "save-", "duplicate-", "import")),
    ("changed", N_("Changed"), ("edit-", "rename-", "prefer-", "deprecate-", "unrank-", "move-", "place-")),
    ("deleted", N_("Deleted"), ("delete-", "remove-")),
    ("merged", N_("Merged"), ("merge",)),
    ("reviewed", N_("Reviewed"), ("settle-", "reopen-", "mark-", "unmark-", "review")),
)
_BACK: Final = ("undo", "redo", "revert")


class FilterBar(QWidget):
    """Asks what is wanted of the history; `changed` tells that it is something else."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.author, self.kind = QComboBox(self), QComboBox(self)
        self.start, self.end = QLineEdit(self), QLineEdit(self)
        self.only = QCheckBox(self)
        self._record = ("", "")
        self._authors: list[str] = []
        for line in (self.start, self.end):
            line.setClearButtonEnabled(True)
            line.setMaximumWidth(150)
        for box in (self.author, self.kind):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        for widget, stretch in ((self.words, 2), (self.author, 1), (self.kind, 1)):
            first.addWidget(widget, stretch)
        for widget in (self.start, self.end):
            second.addWidget(widget)
        second.addWidget(self.only, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
        self.retranslate()
        self.words.textChanged.connect(self._tell)
        self.author.activated.connect(self._tell)
        self.kind.activated.connect(self._tell)
        self.start.textChanged.connect(self._tell)
        self.end.textChanged.connect(self._tell)
        self.only.toggled.connect(self._tell)

    def wanted(self) -> HistoryFilter:
        """Return what is asked for."""
        kind = self.kind.currentData() or ""
        begins = next(prefixes for key, _label, prefixes in _KINDS if key == kind) if kind != "back" else ()
        author = self.author.currentData()
        return HistoryFilter(
            author=None if author is None else str(author),
            actions=frozenset(key for key in ACTIONS if key.startswith(begins)) if begins else frozenset(),
            kinds=frozenset(_BACK) if kind == "back" else frozenset(("edit",)) if kind else frozenset(),
            start=self._moment(self.start, last=False),
            end=self._moment(self.end, last=True),
            owner_id=self._record[0] if self.only.isChecked() else "",
            words=tuple((word, _actions_with(word)) for word in self.words.text().split()),
        )

    @property
    def narrows(self) -> bool:
        """Say whether anything is asked for in particular."""
        return self.wanted() != HistoryFilter()

    def set_record(self, record_id: str, name: str) -> None:
        """Offer to show one record alone."""
        told = self.only.isChecked() and record_id != self._record[0]
        self._record = (record_id, name)
        self.only.setEnabled(bool(record_id))
        if not record_id and self.only.isChecked():
            self.only.setChecked(False)
        self._name_record()
        if told and record_id:
            self.changed.emit()

    def set_authors(self, authors: list[str]) -> None:
        """Offer the people who changed something."""
        if authors == self._authors and self.author.count():
            return
        self._authors = authors
        chosen = self.author.currentData()
        self.author.clear()
        self.author.addItem(_("Everybody"), None)
        for name in authors:
            self.author.addItem(name or _("nobody named"), name)
        self.author.setCurrentIndex(max(self.author.findData(chosen), 0) if chosen is not None else 0)

    def _moment(self, line: QLineEdit, *, last: bool) -> str:
        """Return the first moment of the day typed, or the first one after it, in the journal's own clock."""
        from chipscape_db.spoken_date import understand

        text = line.text().strip()
        set_state(line, "")
        line.setAccessibleDescription("")
        if not text:
            return ""
        try:
            meant = understand(text, language())
        except FactsError as fault:
            set_state(line, "error")
            line.setToolTip(error_text(fault))
            line.setAccessibleDescription(error_text(fault))
            return ""
        day = meant.latest if last else meant.earliest
        if day is None:
            return ""
        moment = datetime.combine(day + timedelta(days=1) if last else day, time()).astimezone(UTC)
        return moment.isoformat(timespec="microseconds")

    def _tell(self, *_ignored: object) -> None:
        self.changed.emit()

    def _name_record(self) -> None:
        name = self._record[1]
        self.only.setText(_("Only “{name}”").format(name=name) if name else _("Only the selected record"))

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.words.setPlaceholderText(_("Filter the changes"))
        self.words.setAccessibleName(_("Filter the changes"))
        self.author.setAccessibleName(_("Who"))
        self.kind.setAccessibleName(_("Kind of change"))
        self.start.setPlaceholderText(pgettext("date", "From"))
        self.end.setPlaceholderText(pgettext("date", "To"))
        for line, name in ((self.start, pgettext("date", "From")), (self.end, pgettext("date", "To"))):
            line.setAccessibleName(name)
            line.setToolTip(_("2025, June 2025, early 2026 …"))
        chosen = self.kind.currentData()
        self.kind.clear()
        for key, label, _prefixes in _KINDS:
            self.kind.addItem(_(label), key)
        self.kind.addItem(_("Undone and taken back"), "back")
        self.kind.setCurrentIndex(max(self.kind.findData(chosen), 0))
        authors, self._authors = self._authors, []
        self.author.clear()
        self.set_authors(authors)
        self._name_record()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _actions_with(word: str) -> frozenset[str]:
    """Return the actions whose sentence holds a word, in the language in force."""
    return frozenset(key for key, sentence in ACTIONS.items() if word.casefold() in _(sentence).casefold())
