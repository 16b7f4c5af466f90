"""The line that says whether somebody has looked a record through, and the button that says so."""

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from chipscape_db.commands.reviews import mark_reviewed, unmark_reviewed
from chipscape_db.queries.reviews import Review
from chipscape_desktop.i18n import _, format_date, ngettext, number
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace


class ReviewLine(QWidget):
    """Shows the mark of review of a record; the button sets it and takes it off."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._record_id = ""
        self._review: Review | None = None
        self.label, self.button = QLabel(self), QPushButton(self)
        self.label.setWordWrap(True)
        set_role(self.label, "note")
        set_role(self.button, "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self.toggle)
        self.retranslate()

    def show_review(self, record_id: str, review: Review | None) -> None:
        """Show the mark of a record."""
        self._record_id, self._review = record_id, review
        self.setVisible(bool(record_id))
        self.retranslate()

    def toggle(self) -> None:
        """Mark the record as reviewed, anew where it changed since, or take the mark off."""
        if not self._record_id:
            return
        command = unmark_reviewed if self._stands else mark_reviewed
        self._workspace.run(partial(command, record_id=self._record_id))

    @property
    def _stands(self) -> bool:
        return self._review is not None and self._review.changes_since == 0

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        review = self._review
        self.button.setIcon(icon("check"))
        if review is None:
            self.label.setText(_("Nobody has reviewed this yet."))
            self.button.setText(_("Mark as reviewed"))
            return
        text = _("Reviewed by {author} on {date}.").format(
            author=review.author or "?", date=format_date(review.at[:10])
        )
        if review.changes_since:
            since = ngettext(
                "{count} change since, by {author}.",
                "{count} changes since, the last by {author}.",
                review.changes_since,
            ).format(count=number(review.changes_since), author=review.last_author or "?")
            text = f"{text} {since}"
        self.label.setText(text)
        self.button.setText(_("Take the mark off") if self._stands else _("Mark as reviewed again"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
