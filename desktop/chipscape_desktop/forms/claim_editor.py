"""Forms for a claim: what a source says of a metric, and how a curator settles it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from chipscape_db.commands.claims import add_claim, deprecate_resting, edit_claim, set_rank, set_repeats
from chipscape_db.commands.fields import CLAIM_FIELDS, Field
from chipscape_db.metrics import METRICS, metrics_of
from chipscape_db.queries.claims import ClaimRow
from chipscape_desktop.cell_text import claimed_text, metric_label
from chipscape_desktop.forms.editor_panel import EditorPanel
from chipscape_desktop.forms.fields import ChoiceField, FieldBox, LongField, PickerField, make_field
from chipscape_desktop.forms.quantity_field import QuantityField
from chipscape_desktop.i18n import _, ngettext, number
from chipscape_desktop.workspace import Command, Workspace

_FIELDS = {field.name: field for field in CLAIM_FIELDS}
_ORDER = (
    "metric", "value", "source_id", "stance", "locator", "sparsity", "engine", "scope", "scope_count", "direction",
    "bound", "period", "condition", "quote", "asserted_on", "repeats_id", "note",
)  # fmt: skip
"""What is claimed and who says so come first, so that a hand on the keyboard reaches Save soon."""
_STAYS = ("stance", "source_id", "locator", "asserted_on")


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
        self._followed: dict[str, tuple[str, str]] = {}
        self._repeats = ChoiceField(_FIELDS["repeats_id"], (), self._rival)
        special = {"metric": self._choice, "value": self._value, "repeats_id": self._repeats}
        boxes = [special.get(name) or make_field(_FIELDS[name], workspace) for name in _ORDER]
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
        self._value.changed.connect(self._follow_value)
        self.more_button.setVisible(claim is None)

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

    def _follow_value(self) -> None:
        """Set the conventions that were written beside the value, and take them back with the words."""
        for name, (told, before) in list(self._followed.items()):
            if self._value.told.get(name) != told:
                del self._followed[name]
                box = self.fields[name]
                if isinstance(box, ChoiceField) and box.value() == told:
                    box.choose(before)
        for name, told in self._value.told.items():
            box = self.fields[name]
            if name not in self._followed and isinstance(box, ChoiceField) and box.value() != told:
                self._followed[name] = (told, box.value())
                box.choose(told)

    def next(self) -> None:
        """Keep source, place, stance and date for the next claim; empty the rest."""
        self._followed.clear()
        for name, box in self.fields.items():
            if name not in _STAYS:
                if isinstance(box, PickerField):
                    box.open_with_record("", "")
                else:
                    box.open_with("")
            elif not isinstance(box, PickerField):
                box.open_with(box.value())
            else:
                box.opened = box.value()
                box.look()
        self._follow_metric()
        self._choice.setFocus()
        self.area.ensureWidgetVisible(self._choice)

    def _rival(self, claim_id: str) -> str:
        row = next((row for row in self._rivals if row.id == claim_id), None)
        return claim_id if row is None else f"{claimed_text(row.metric, row.value)} — {row.source_name}"


class RepeatsEditor(EditorPanel):
    """Says which claim another one only repeats, so that the two count as one source."""

    def __init__(
        self, workspace: Workspace, claim: ClaimRow, rivals: tuple[ClaimRow, ...], parent: QWidget | None = None
    ) -> None:
        self._claim = claim
        self._rows = {row.id: row for row in rivals if row.metric == claim.metric and row.id != claim.id}
        self._choice = ChoiceField(Field("repeats_id"), tuple(self._rows), self._told)
        super().__init__(workspace, [self._choice], parent)
        self._choice.open_with(claim.repeats_id or "")
        self._choice.set_note(_("Six articles that copy one analyst are one independent source."))

    def _told(self, claim_id: str) -> str:
        row = self._rows.get(claim_id)
        return claim_id if row is None else f"{claimed_text(row.metric, row.value)} — {row.source_name}"

    def heading(self) -> str:
        """Return what this is for."""
        return _("Which claim does “{value}” of {source} repeat?").format(
            value=claimed_text(self._claim.metric, self._claim.value), source=self._claim.source_name
        )

    def command(self) -> Command:
        """Return the command that says so."""
        return partial(set_repeats, claim_id=self._claim.id, repeats_id=self._choice.value())


class RestingEditor(EditorPanel):
    """Deprecates every claim that rests on a source; asks why."""

    def __init__(
        self, workspace: Workspace, *, source_id: str, name: str, count: int, parent: QWidget | None = None
    ) -> None:
        self._source_id, self._name, self._count = source_id, name, count
        super().__init__(workspace, [LongField(Field("rank_reason", "long", required=True))], parent)

    def heading(self) -> str:
        """Return what this is for."""
        return ngettext(
            "Why is {count} claim of “{source}” not to be relied on any more?",
            "Why are {count} claims of “{source}” not to be relied on any more?",
            self._count,
        ).format(count=number(self._count), source=self._name)

    def command(self) -> Command:
        """Return the command that deprecates them all."""
        return partial(deprecate_resting, source_id=self._source_id, reason=self.fields["rank_reason"].value())


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
        return partial(
            set_rank,
            claim_id=self._claim.id,
            rank=self._rank,
            reason=self.fields["rank_reason"].value(),
            expected=self._claim.rank,
        )


def _texts_of(claim: ClaimRow) -> dict[str, str]:
    values = {name: getattr(claim, name) for name in _FIELDS}
    return {name: "" if value is None else str(value) for name, value in values.items()}
