"""The claims about a record: rivals under their metric and convention, what stands of them, and why."""

from functools import partial

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QTreeWidgetItem, QWidget

from chipscape_db.commands.claims import delete_claim, set_rank
from chipscape_db.metrics import metrics_of
from chipscape_db.queries.claims import ClaimRow, ConventionGroup, MetricValue, value_of
from chipscape_db.queries.forms import RecordSheet
from chipscape_desktop import fact_words as say
from chipscape_desktop import notices
from chipscape_desktop.cell_text import claimed_text, convention_text, metric_label
from chipscape_desktop.forms.claim_editor import ClaimEditor, RankEditor, RepeatsEditor
from chipscape_desktop.forms.list_panel import ListPanel, PanelRow
from chipscape_desktop.i18n import _, format_date, ngettext, number
from chipscape_desktop.theme import current_palette
from chipscape_desktop.widgets.dot_plot import dot_plot
from chipscape_desktop.words import word
from chipscape_desktop.workspace import Workspace

_LONGEST_VALUE = 24
_LONGEST_SOURCE = 28


class ClaimsPanel(ListPanel):
    """Shows and settles the claims of one record; under the list stands how the rivals lie, and why one was chosen."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, ("add", "edit", "prefer", "deprecate", "repeats", "normal", "delete"), parent)
        self._sheet: RecordSheet | None = None
        self._claims: dict[str, ClaimRow] = {}
        self._values: dict[str, MetricValue] = {}
        self.plot = QLabel(self)
        self.plot.hide()
        self.add_above_detail(self.plot)
        self.tree.currentItemChanged.connect(self._explain)
        self.retranslate()

    def show_sheet(self, sheet: RecordSheet | None) -> None:
        """Show the claims of a record."""
        self._sheet = sheet
        self._claims = {row.id: row for row in sheet.claims} if sheet else {}
        by_metric: dict[str, list[ClaimRow]] = {}
        for claim in self._claims.values():
            by_metric.setdefault(claim.metric, []).append(claim)
        self._values = {key: value_of(key, claims) for key, claims in by_metric.items()}
        rows = []
        for value in self._values.values():
            for group in value.groups:
                heading = _heading(value, group)
                rows += [self._row(claim, value, group, heading) for claim in group.claims]
        columns = (_("Value"), _("Source"), _("Stance"), _("Date"), _("Standing"))
        nothing = _("No source claims anything about this record yet. Add the first claim.")
        if sheet is not None and not metrics_of(sheet.state.kind):
            nothing = _("There is nothing to measure of this kind of record.")
        self.show_rows(columns, rows, nothing=nothing, shares=(24, 25, 17, 13, 21))
        self._explain()

    def _row(self, claim: ClaimRow, value: MetricValue, group: ConventionGroup, heading: str) -> PanelRow:
        text = claimed_text(claim.metric, claim.value)
        text = f"{word(claim.bound)} {text}" if claim.bound else text
        source = claim.publisher or claim.source_name
        date = claim.asserted_on or claim.published_on or ""
        texts = (
            text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…",
            source if len(source) <= _LONGEST_SOURCE else source[:_LONGEST_SOURCE] + "…",
            word(claim.stance),
            format_date(date, "short") if date else _("no date"),
            self._standing(claim, value, group),
        )
        told = (
            f"{text} — {claim.source_name}", claim.locator, f"“{claim.quote}”" if claim.quote else "", claim.note,
            claim.rank_reason, claim.url,
        )  # fmt: skip
        return PanelRow(claim.id, texts, "\n".join(filter(None, told)), heading)

    def _standing(self, claim: ClaimRow, value: MetricValue, group: ConventionGroup) -> str:
        """Return whether a claim is chosen, how it is ranked and what it repeats."""
        parts = []
        if value.chosen_claim is not None and claim.id == value.chosen_claim.id:
            parts.append(_("chosen"))
        elif group.chosen is not None and claim.id == group.chosen.claim.id and len(value.groups) > 1:
            parts.append(_("chosen here"))
        if claim.rank != "normal":
            parts.append(word(claim.rank))
        if claim.repeats_id:
            parts.append(_("repeats a claim"))
        elif claim.root_id != claim.source_id:
            parts.append(_("repeats a source"))
        return ", ".join(parts) or _("independent")

    def _explain(self, *_items: QTreeWidgetItem | None) -> None:
        """Say how the rivals of the current claim lie, and why one of them stands."""
        claim = self._claims.get(self.current_id())
        value = self._values.get(claim.metric) if claim else None
        if value is None or claim is None:
            self.plot.hide()
            self.detail.hide()
            return
        width = max(self.tree.viewport().width() - 8, 200)
        image = dot_plot(value, width, current_palette())
        self.plot.setVisible(image is not None)
        if image is not None:
            self.plot.setPixmap(QPixmap.fromImage(image))
            self.plot.setAccessibleName(
                _("{metric}: {spread}").format(metric=metric_label(value.metric), spread=say.spread_text(value))
            )
        self.detail.setText(f"{why_text(value)} {say.spread_text(value)}.")
        self.detail.show()

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        texts = {
            "add": _("Add claim…"), "edit": _("Edit…"), "prefer": _("Prefer…"), "deprecate": _("Deprecate…"),
            "repeats": _("Repeats…"), "normal": _("Normal"), "delete": _("Delete"),
        }  # fmt: skip
        for name, text in texts.items():
            self.buttons[name].setText(text)
        self.buttons["normal"].setToolTip(_("Give the claim its normal rank again"))
        self.buttons["repeats"].setToolTip(_("Say which claim this one only repeats"))
        self.show_sheet(self._sheet)

    def may(self, button: str, row_id: str) -> bool:
        """Say whether a button can be pressed."""
        claim = self._claims.get(row_id)
        if button == "add":
            return self._sheet is not None and bool(metrics_of(self._sheet.state.kind))
        if claim is None:
            return False
        if button == "repeats":
            return sum(row.metric == claim.metric for row in self._claims.values()) > 1
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
        elif claim is not None and button == "repeats":
            self.open_editor(RepeatsEditor(self.workspace, claim, sheet.claims, self))
        elif claim is not None and button == "normal":
            self.workspace.run(partial(set_rank, claim_id=claim.id, rank="normal", expected=claim.rank))
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


def why_text(value: MetricValue) -> str:
    """Return why a value stands for a metric, or why none does; there is always an answer."""
    if value.chosen is not None:
        return _("Why {value}? {reason}").format(
            value=say.chosen_text(value), reason=say.reason_sentence(value.chosen.reason)
        )
    if not value.claims:
        return _("No value stands: every claim is deprecated.")
    if value.achieved:
        return _("No value stands: all there is was measured, which says what somebody achieved and not the peak.")
    return _("No value stands: no claim may stand for the metric.")


def _heading(value: MetricValue, group: ConventionGroup) -> str:
    """Return the heading of the claims that may be compared: metric, convention, how many from how many sources."""
    said = convention_text(group.convention)
    name = metric_label(value.metric)
    if said:
        name = _("{metric}, {convention}").format(metric=name, convention=said)
    elif len(value.groups) > 1:
        name = _("{metric}, {convention}").format(metric=name, convention=_("convention not said"))
    live = [claim for claim in group.claims if claim.is_live]
    roots = len({claim.root_id for claim in live})
    claims = ngettext("{count} claim", "{count} claims", len(group.claims)).format(count=number(len(group.claims)))
    sources = ngettext("{count} independent source", "{count} independent sources", roots).format(count=number(roots))
    return _("{metric} ({claims})").format(metric=name, claims=f"{claims}, {sources}")
