"""The field for the value of a claim: a number with any unit, a date or a text, as the metric asks."""

from PySide6.QtWidgets import QWidget

from chipscape_db.commands.claims import claim_value
from chipscape_db.commands.fields import Field
from chipscape_db.errors import FactsError
from chipscape_db.metrics import METRICS
from chipscape_db.spoken_quantity import split_conventions
from chipscape_desktop.cell_text import quantity_text
from chipscape_desktop.error_text import error_text
from chipscape_desktop.forms.fields import TextField, understood
from chipscape_desktop.i18n import _, language
from chipscape_desktop.words import word


class QuantityField(TextField):
    """A number with its unit, as people write it; under it stands what is stored.

    Words around it - "312 TFLOPS dense", "about 400 W" - are told in `told`, by field, for the form to follow.
    """

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.metric_key = ""
        self.told: dict[str, str] = {}
        self._stored, self._problem = "", ""
        super().__init__(field, parent)
        self.line.textChanged.disconnect(self._edited)
        self.line.textChanged.connect(self.read)

    def value(self) -> str:
        """Return the value as stored, or what was typed where it cannot be read."""
        return self.line.text().strip() if self._problem else self._stored

    def problem(self) -> str:
        """Return why what is typed is no value of the metric."""
        return self._problem

    def _show(self, value: str) -> None:
        before = self.line.blockSignals(True)
        super()._show(value)
        self.line.blockSignals(before)
        self._stored, self._problem, self.told = value, "", {}
        self._say()

    def set_metric(self, key: str) -> None:
        """Read the value as one of another metric."""
        self.metric_key = key
        unit = METRICS[key].unit if key in METRICS else ""
        shown = quantity_text("12", unit)
        if self._is_date:
            self.line.setPlaceholderText(_("2025, June 2025, early 2026 …"))
        else:
            self.line.setPlaceholderText(_("{example}, or any other unit").format(example=shown) if unit else "")
        if self.line.text() != self.opened:
            self.read()
        else:
            self._say()

    def read(self, _text: str = "") -> None:
        """Understand what is typed."""
        self._stored, self._problem, self.told = self.line.text().strip(), "", {}
        if self._stored and self.metric_key in METRICS:
            try:
                rest, told = split_conventions(self._stored, METRICS[self.metric_key])
                self._stored, _exact = claim_value(rest, METRICS[self.metric_key], lang=language())
                self.told = told
            except FactsError as fault:
                self._problem = error_text(fault)
        self._say()
        self._edited()

    @property
    def _is_date(self) -> bool:
        return self.metric_key in METRICS and METRICS[self.metric_key].is_date

    def _say(self) -> None:
        unit = METRICS[self.metric_key].unit if self.metric_key in METRICS else ""
        if self._problem:
            self.set_note(self._problem)
        elif self._stored and self._is_date:
            self.set_note(understood(self._stored))
        elif self._stored and unit:
            told = [quantity_text(self._stored, unit), *map(word, self.told.values())]
            self.set_note(_("Stored as {value}").format(value=", ".join(told)))
        else:
            self.set_note("")
