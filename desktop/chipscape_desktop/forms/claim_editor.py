"""Forms for a claim: what a source says of a metric, and how a curator settles it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from chipscape_db.commands.claims import add_claim, claim_value, edit_claim, set_rank
from chipscape_db.commands.fields import CLAIM_FIELDS, Field
from chipscape_db.errors import FactsError
from chipscape_db.metrics import METRICS, metrics_of
from chipscape_db.queries.claims import ClaimRow
from chipscape_desktop.cell_text import claimed_text, metric_label, quantity_text
from chipscape_desktop.error_text import error_text
from chipscape_desktop.forms.editor_panel import EditorPanel
from chipscape_desktop.forms.fields import (
    ChoiceField,
    FieldBox,
    LongField,
    PickerField,
    TextField,
    make_field,
    understood,
)
from chipscape_desktop.i18n import _, language
from chipscape_desktop.workspace import Command, Workspace

_FIELDS = {field.name: field for field in CLAIM_FIELDS}


class QuantityField(TextField):
    """A number with its unit, as people write it; under it stands what is stored."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.metric_key = ""
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
        self._stored, self._problem = value, ""
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
        self._stored, self._problem = self.line.text().strip(), ""
        if self._stored and self.metric_key in METRICS:
            try:
                self._stored, _exact = claim_value(self.line.text(), METRICS[self.metric_key], lang=language())
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
            self.set_note(_("Stored as {value}").format(value=quantity_text(self._stored, unit)))
        else:
            self.set_note("")


class ClaimEditor(EditorPanel):
    """Adds a claim about a record, or edits one; asks only for the conventions that the metric has."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        subject_id: str,
        kind: str,
        claim: ClaimRow | None = None,
        rivals: tuple[ClaimRow, ...] = (),
        metric: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._subject_id, self._claim, self._rivals = subject_id, claim, rivals
        self._choice = ChoiceField(_FIELDS["metric"], [one.key for one in metrics_of(kind)], metric_label)
        self._value = QuantityField(_FIELDS["value"])
        self._repeats = ChoiceField(_FIELDS["repeats_id"], (), self._rival)
        special = {"metric": self._choice, "value": self._value, "repeats_id": self._repeats}
        boxes = [special.get(field.name) or make_field(field, workspace) for field in CLAIM_FIELDS]
        super().__init__(workspace, boxes, parent)
        self._opened = {} if claim is None else _texts_of(claim)
        start = self._opened or {"metric": metric}
        self._choice.open_with(start.get("metric", ""))
        self._follow_metric()
        for name, box in self.fields.items():
            if isinstance(box, PickerField):
                box.open_with_record(start.get(name, ""), claim.source_name if claim else "")
            else:
                box.open_with(start.get(name, ""))
        if metric and claim is None:
            self._choice.opened = metric
        self._choice.changed.connect(self._follow_metric)

    def heading(self) -> str:
        """Return what this is for."""
        return _("Add a claim") if self._claim is None else _("Edit a claim")

    def command(self) -> Command:
        """Return the command that adds or edits."""
        if self._claim is None:
            return partial(add_claim, subject_id=self._subject_id, values=self.values())
        wanted = {name: value for name, value in self.values().items() if value != self._opened[name]}
        return partial(edit_claim, claim_id=self._claim.id, values=wanted, expected=self._opened)

    def _follow_metric(self) -> None:
        """Show the fields that the metric has, and offer its other claims as what this one may repeat."""
        key = self._choice.value()
        measure = METRICS.get(key)
        applies = {
            "sparsity": measure is not None and measure.is_compute,
            "engine": measure is not None and measure.is_compute,
            "direction": measure is not None and measure.is_link,
            "period": measure is not None and measure.has_period,
            "bound": measure is None or measure.kind == "number",
        }
        for name, shown in applies.items():
            self.fields[name].setVisible(shown)
        self._value.set_metric(key)
        own = self._claim.id if self._claim else ""
        others = [row.id for row in self._rivals if row.metric == key and row.id != own]
        self._repeats.set_words(others)
        self._repeats.setVisible(bool(others))

    def _rival(self, claim_id: str) -> str:
        row = next((row for row in self._rivals if row.id == claim_id), None)
        return claim_id if row is None else f"{claimed_text(row.metric, row.value)} — {row.source_name}"


class RankEditor(EditorPanel):
    """Prefers or deprecates a claim; asks why."""

    def __init__(self, workspace: Workspace, claim: ClaimRow, rank: str, parent: QWidget | None = None) -> None:
        self._claim, self._rank = claim, rank
        reason: FieldBox = LongField(Field("rank_reason", "long", required=True))
        super().__init__(workspace, [reason], parent)
        reason.open_with(claim.rank_reason or "" if claim.rank == rank else "")

    def heading(self) -> str:
        """Return what this is for."""
        value = claimed_text(self._claim.metric, self._claim.value)
        if self._rank == "preferred":
            return _("Why is {value} to be preferred?").format(value=value)
        return _("Why is {value} not to be relied on any more?").format(value=value)

    def command(self) -> Command:
        """Return the command that settles the claim."""
        return partial(set_rank, claim_id=self._claim.id, rank=self._rank, reason=self.fields["rank_reason"].value())


def _texts_of(claim: ClaimRow) -> dict[str, str]:
    values = {name: getattr(claim, name) for name in _FIELDS}
    return {name: "" if value is None else str(value) for name, value in values.items()}
