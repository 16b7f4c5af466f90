"""What the timeline says when there is nothing on it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from chipscape_db.filters import Filters
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role


class EmptyTimeline(QWidget):
    """Says what this is, why nothing is here, and what to do; `clear_wanted` and `show_wanted` by one button."""

    clear_wanted = Signal()
    show_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = Filters()
        self._heading, self._text = QLabel(self), QLabel(self)
        set_role(self._heading, "heading")
        set_role(self._text, "soft")
        self._text.setWordWrap(True)
        self._text.setFixedWidth(440)  # a wrapped text has the height that its width asks for
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(self)
        set_role(self.button, "primary")
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self._heading, self._text, self.button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.button.clicked.connect(self._pressed)
        self.retranslate()

    def explain(self, filters: Filters) -> None:
        """Say why nothing is shown under these filters."""
        self._filters = filters
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        if self._filtered:
            self._heading.setText(_("Nothing passes the filters"))
            self._text.setText(
                _("The timeline shows dated events, and none of them passes the filters and the as-of date together.")
            )
            self.button.setText(_("Clear all filters"))
        else:
            self._heading.setText(_("No dated events yet"))
            self._text.setText(
                _("The timeline shows who did what when. Events are added on the Facts screen; other dated records "
                  "can be shown here too.")
            )  # fmt: skip
            self.button.setText(_("Show chips, models and policies too"))
        # A centred label that wraps is given the height of one line unless it insists.
        self._text.ensurePolished()
        self._text.setMinimumHeight(self._text.heightForWidth(self._text.width()))

    @property
    def _filtered(self) -> bool:
        return bool(self._filters.active or self._filters.as_of)

    def _pressed(self) -> None:
        (self.clear_wanted if self._filtered else self.show_wanted).emit()
