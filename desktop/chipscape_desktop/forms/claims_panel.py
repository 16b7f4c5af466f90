"""The claims about a record: rival values under their metric, each with its convention, source, stance and rank."""

from functools import partial

from PySide6.QtWidgets import QWidget

from chipscape_db.choice import choose_default
from chipscape_db.commands.claims import delete_claim, set_rank
from chipscape_db.metrics import METRICS, metrics_of
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.forms import RecordSheet
from chipscape_desktop import notices
from chipscape_desktop.cell_text import claimed_text, convention_text, metric_label
from chipscape_desktop.forms.claim_editor import ClaimEditor, RankEditor
from chipscape_desktop.forms.list_panel import ListPanel, PanelRow
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.words import word
from chipscape_desktop.workspace import Workspace

_LONGEST_VALUE = 24


class ClaimsPanel(ListPanel):
    """Shows and settles the claims of one record."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, ("add", "edit", "prefer", "deprecate", "normal", "delete"), parent)
        self._sheet: RecordSheet | None = None
        self._claims: dict[str, ClaimRow] = {}
        self.retranslate()

    def show_sheet(self, sheet: RecordSheet | None) -> None:
        """Show the claims of a record."""
        self._sheet = sheet
        self._claims = {row.id: row for row in sheet.claims} if sheet else {}
        by_metric: dict[str, list[ClaimRow]] = {}
        for claim in self._claims.values():
            by_metric.setdefault(claim.metric, []).append(claim)
        rows = []
        for key, claims in by_metric.items():
            chosen = choose_default((claim.fact() for claim in claims), METRICS[key])
            chosen_id = chosen.claim.id if chosen else ""
            count = ngettext("{count} claim", "{count} claims", len(claims)).format(count=len(claims))
            group = _("{metric} ({claims})").format(metric=metric_label(key), claims=count)
            rows += [_row(claim, group, is_chosen=claim.id == chosen_id) for claim in claims]
        columns = (_("Value"), _("Convention"), _("Source"), _("Stance"), _("Rank"))
        nothing = _("No source claims anything about this record yet. Add the first claim.")
        if sheet is not None and not metrics_of(sheet.state.kind):
            nothing = _("There is nothing to measure of this kind of record.")
        self.show_rows(columns, rows, nothing=nothing, shares=(25, 20, 24, 17, 14))

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        texts = {
            "add": _("Add claim…"), "edit": _("Edit…"), "prefer": _("Prefer…"), "deprecate": _("Deprecate…"),
            "normal": _("Normal"), "delete": _("Delete"),
        }  # fmt: skip
        for name, text in texts.items():
            self.buttons[name].setText(text)
        self.buttons["normal"].setToolTip(_("Give the claim its normal rank again"))
        self.show_sheet(self._sheet)

    def may(self, button: str, row_id: str) -> bool:
        """Say whether a button can be pressed."""
        claim = self._claims.get(row_id)
        if button == "add":
            return self._sheet is not None and bool(metrics_of(self._sheet.state.kind))
        if claim is None:
            return False
        return {"normal": claim.rank != "normal"}.get(button, True)

    def do(self, button: str, row_id: str) -> None:
        """Add, edit, settle or delete."""
        sheet, claim = self._sheet, self._claims.get(row_id)
        if sheet is None:
            return
        if button in ("add", "edit"):
            self.open_editor(
                ClaimEditor(
                    self.workspace,
                    subject_id=sheet.state.id,
                    kind=sheet.state.kind,
                    claim=claim if button == "edit" else None,
                    rivals=sheet.claims,
                    metric=claim.metric if claim else "",
                    parent=self,
                )
            )
        elif claim is not None and button in ("prefer", "deprecate"):
            rank = {"prefer": "preferred", "deprecate": "deprecated"}[button]
            self.open_editor(RankEditor(self.workspace, claim, rank, self))
        elif claim is not None and button == "normal":
            self.workspace.run(partial(set_rank, claim_id=claim.id, rank="normal"))
        elif claim is not None and button == "delete":
            value = claimed_text(claim.metric, claim.value)
            if notices.ask(
                _("Delete the claim “{value}” of {source}?").format(value=value, source=claim.source_name),
                detail=_("To keep it on record but out of the figures, deprecate it instead. Undo brings it back."),
                yes=_("Delete the claim"),
                no=_("Keep it"),
                parent=self,
            ):
                self.workspace.run(partial(delete_claim, claim_id=claim.id))


def _row(claim: ClaimRow, group: str, *, is_chosen: bool) -> PanelRow:
    rank = word(claim.rank) if claim.rank != "normal" else ""
    if is_chosen:
        rank = _("chosen, {rank}").format(rank=rank) if rank else _("chosen")
    tip = "\n".join(filter(None, (claim.value, claim.locator, claim.note, claim.rank_reason, claim.url)))
    value = claimed_text(claim.metric, claim.value)
    texts = (
        value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…",
        convention_text(claim.convention),
        claim.source_name,
        word(claim.stance),
        rank,
    )
    return PanelRow(claim.id, texts, tip, group)
