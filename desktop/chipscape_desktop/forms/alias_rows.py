"""The other names of a record: a line and a language each."""

from itertools import pairwise

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from chipscape_desktop.field_words import field_label, language_name
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role, set_state

_OFFERED = ("", "en", "fr", "zh", "ja", "ko", "de")


class AliasRow(QWidget):
    """One other name."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, alias: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.combo, self.remove = QLineEdit(alias, self), CalmCombo(self), QToolButton(self)
        self.remove.setIcon(icon("x"))
        self._language = language
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 3)
        row.addWidget(self.combo, 2)
        row.addWidget(self.remove)
        self.line.setCursorPosition(0)
        self.retranslate()
        self.line.textChanged.connect(self._tell)
        self.combo.currentIndexChanged.connect(self._tell)
        self.remove.clicked.connect(self._remove)

    def value(self) -> tuple[str, str]:
        """Return the name and its language."""
        return " ".join(self.line.text().split()), str(self.combo.currentData() or "")

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        chosen = str(self.combo.currentData() or "") if self.combo.count() else self._language
        before = self.combo.blockSignals(True)
        self.combo.clear()
        for code in dict.fromkeys((*_OFFERED, self._language)):
            self.combo.addItem(language_name(code) if code else _("(any language)"), code)
        self.combo.setCurrentIndex(max(self.combo.findData(chosen), 0))
        self.combo.blockSignals(before)
        self.line.setAccessibleName(field_label("alias"))
        self.combo.setAccessibleName(field_label("language"))
        self.remove.setToolTip(_("Remove this name"))
        self.remove.setAccessibleName(_("Remove this name"))

    def _tell(self, _change: object) -> None:
        self.changed.emit()

    def _remove(self) -> None:
        self.removed.emit(self)


class AliasRows(QWidget):
    """All other names of a record, with a button for one more; `changed` tells that they may differ."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened: frozenset[tuple[str, str]] = frozenset()
        self.rows: list[AliasRow] = []
        self.label, self.error, self.add = QLabel(self), QLabel(self), QPushButton(self)
        set_role(self.label, "soft")
        set_role(self.error, "error")
        set_role(self.add, "link")
        self.error.setWordWrap(True)
        self.error.hide()
        self.add.setIcon(icon("plus"))
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.label)
        whole.addLayout(self._column)
        whole.addWidget(self.error)
        under = QHBoxLayout()
        under.addWidget(self.add)
        under.addStretch(1)
        whole.addLayout(under)
        self.add.clicked.connect(self.add_row)
        self.retranslate()

    def values(self) -> tuple[tuple[str, str], ...]:
        """Return the names, empty lines left out."""
        return tuple(value for row in self.rows if (value := row.value())[0])

    @property
    def is_changed(self) -> bool:
        """Say whether the names are not those the form was opened with."""
        return frozenset(self.values()) != self.opened

    def open_with(self, aliases: tuple[tuple[str, str], ...]) -> None:
        """Show the stored names and start from them."""
        self.opened = frozenset(aliases)
        for row in list(self.rows):
            self._drop(row)
        for alias, language in aliases:
            self._append(alias, language)
        self.set_error("")

    def set_error(self, text: str) -> None:
        """Say what is wrong with the names."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def add_row(self) -> None:
        """Add an empty line and go to it."""
        self._append("", "").line.setFocus()

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.label.setText(field_label("aliases"))
        self.add.setText(_("Add another name"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            for row in self.rows:
                row.retranslate()

    def _append(self, alias: str, language: str) -> AliasRow:
        row = AliasRow(alias, language, self)
        self.rows.append(row)
        self._column.addWidget(row)
        chain: list[QWidget] = [one for each in self.rows[-2:] for one in (each.line, each.combo, each.remove)]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        QWidget.setTabOrder(row.remove, self.add)
        row.changed.connect(self._edited)
        row.removed.connect(self._removed)
        return row

    def _removed(self, row: AliasRow) -> None:
        self._drop(row)
        self.add.setFocus()
        self._edited()

    def _drop(self, row: AliasRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _edited(self) -> None:
        self.set_error("")
        for row in self.rows:
            known = row.value() in self.opened or not row.value()[0]
            set_state(row.line, "" if known else "changed")
        self.changed.emit()
