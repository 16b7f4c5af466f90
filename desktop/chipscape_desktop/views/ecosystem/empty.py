"""What the map says while there is nothing on it: it is being arranged, or nothing passes the filters."""

from typing import Literal, TypeAlias

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role

Why: TypeAlias = Literal["arranging", "filtered", "no-facts"]


class EmptyMap(QWidget):
    """Says what this is, why nothing is here, and what to do; `wanted` carries why when the button is pressed."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why: Why = "no-facts"
        self._heading, self._text = QLabel(self), QLabel(self)
        set_role(self._heading, "heading")
        set_role(self._text, "soft")
        self._text.setWordWrap(True)
        self._text.setFixedWidth(440)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar(self)
        self.bar.setFixedWidth(240)
        self.bar.setTextVisible(False)
        self.button = QPushButton(self)
        set_role(self.button, "primary")
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self._heading, self._text, self.bar, self.button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.button.clicked.connect(self._pressed)
        self.explain("no-facts")

    def explain(self, why: Why) -> None:
        """Say why there is no map."""
        self._why = why
        self.bar.setVisible(why == "arranging")
        self.bar.setRange(0, 0 if why == "arranging" else 100)
        self.retranslate()

    def set_progress(self, fraction: float) -> None:
        """Show how far the arranging is, 0 to 1."""
        self.bar.setRange(0, 100)
        self.bar.setValue(round(100 * fraction))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        if self._why == "arranging":
            self._heading.setText(_("Arranging the map"))
            self._text.setText(_("Records that belong together are drawn near each other."))
            self.button.setText(_("Show it as far as it is"))
        elif self._why == "filtered":
            self._heading.setText(_("Nothing passes the filters"))
            self._text.setText(
                _("The map shows the relationships between records, and none passes the filters and the as-of date.")
            )
            self.button.setText(_("Clear all filters"))
        else:
            self._heading.setText(_("No relationships yet"))
            self._text.setText(
                _("The map shows who makes, supplies, uses and restricts what. Relationships are added to records on "
                  "the Facts screen; until then records can stand here alone.")
            )  # fmt: skip
            self.button.setText(_("Show records without relationships"))
        # A centred label that wraps is given the height of one line unless it insists.
        self._text.ensurePolished()
        self._text.setMinimumHeight(self._text.heightForWidth(self._text.width()))

    def _pressed(self) -> None:
        self.wanted.emit(self._why)
