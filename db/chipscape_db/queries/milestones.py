"""Milestones: what organizations reached first and when, matched between them so that a lag can be told.

A milestone is reached by the first dated record of an organization that meets it: its earliest chip, its first chip at
7 nm or below, its first model of 100 billion parameters. A figure is met by the value that the choosing rule takes,
dense or unsaid and never sparse, and by single chips only, not by what is made of several.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from sqlalchemy import select

from chipscape_db.errors import N_
from chipscape_db.metrics import METRICS
from chipscape_db.models import Chip, Citation, Model, Relationship, Software
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, briefs_but_events
from chipscape_db.queries.claims import ClaimRow, claims_by_record, value_of
from chipscape_db.queries.footnotes import FootnoteSource, footnote_sources

Test: TypeAlias = Literal["any", "at-most", "at-least", "open", "multimodal", "framework"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone: a kind of record and what it must meet.

    `metrics` are alternatives, `threshold` is in their unit; `label` and `short` are English message ids.
    """

    key: str
    label: str
    short: str
    kind: str
    test: Test = "any"
    metrics: tuple[str, ...] = ()
    threshold: float = 0.0


_FP16 = ("compute.fp16", "compute.bf16")
MILESTONES: Final = (
    Milestone("first-chip", N_("First chip"), N_("first chip"), "chip"),
    Milestone("node-7", N_("First chip at 7 nm or below"), N_("7 nm"), "chip", "at-most", ("process.node",), 7),
    Milestone("node-5", N_("First chip at 5 nm or below"), N_("5 nm"), "chip", "at-most", ("process.node",), 5),
    Milestone("fp16-100", N_("First chip of 100 TFLOPS (16 bits)"), N_("100 TFLOPS"), "chip", "at-least", _FP16, 100),
    Milestone("fp16-300", N_("First chip of 300 TFLOPS (16 bits)"), N_("300 TFLOPS"), "chip", "at-least", _FP16, 300),
    Milestone("fp16-1000", N_("First chip of 1,000 TFLOPS (16 bits)"),
              N_("1,000 TFLOPS"), "chip", "at-least", _FP16, 1000),
    Milestone("bandwidth-1", N_("First chip of 1 TB/s of memory"),
              N_("1 TB/s"), "chip", "at-least", ("memory.bandwidth",), 1000),
    Milestone("bandwidth-3", N_("First chip of 3 TB/s of memory"),
              N_("3 TB/s"), "chip", "at-least", ("memory.bandwidth",), 3000),
    Milestone("first-model", N_("First model"), N_("first model"), "model"),
    Milestone("model-100b", N_("First model of 100 billion parameters"),
              N_("100 billion parameters"), "model", "at-least", ("model.parameters",), 100),
    Milestone("model-1t", N_("First model of 1,000 billion parameters"),
              N_("1,000 billion parameters"), "model", "at-least", ("model.parameters",), 1000),
    Milestone("open-model", N_("First model with open weights"), N_("open weights"), "model", "open"),
    Milestone("multimodal", N_("First multimodal model"), N_("multimodal"), "model", "multimodal"),
    Milestone("framework", N_("First framework"), N_("first framework"), "software", "framework"),
)  # fmt: skip
MILESTONE_KEYS: Final = tuple(one.key for one in MILESTONES)


@dataclass(frozen=True, slots=True)
class Reached:
    """When and by what an organization reached a milestone.

    `date` is the partial date as written, `low` and `high` the first and last day it may mean (days since 1970-01-01);
    `announced_only`: nobody says when it was released. `value` is the chosen number in the metric's unit (None where
    the milestone asks for none), with the claims behind it, the chosen first; `contested`: live claims lie on both
    sides of the threshold. `sources` are those of the record and of the claims.
    """

    milestone: str
    organization_id: str
    record_id: str
    name: str
    kind: str
    date: str
    low: int
    high: int
    announced_only: bool
    metric: str = ""
    value: float | None = None
    claim_ids: tuple[str, ...] = ()
    contested: bool = False
    sources: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        """The middle of the days that the date may mean."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class MilestoneRows:
    """The milestones reached, by milestone in the order of `MILESTONES` and then by organization as asked."""

    reached: tuple[Reached, ...]
    sources: dict[str, FootnoteSource]


@dataclass(frozen=True, slots=True)
class _Candidate:
    brief: Brief
    announced_only: bool
    word: str


def milestones(
    session: Reader, organizations: Sequence[str], *, language: str = "en", as_of: date | None = None
) -> MilestoneRows:
    """Return what each of the organizations (ids) reached; with *as_of* only what had happened and was known by then.

    Reads a fixed number of tables, whatever their size.
    """
    everything = briefs_but_events(session, language=language)
    wanted = [key for one in MILESTONES for key in one.metrics]
    claims = claims_by_record(session, dict.fromkeys(wanted), language=language, as_of=as_of)
    made = {id_: _made_by(session, everything, id_, as_of) for id_ in organizations}
    cited = _cited(session, {one.brief.id for found in made.values() for one in found})
    reached = []
    for milestone in MILESTONES:
        for id_ in organizations:
            met = [hit for one in made[id_] if (hit := _meets(milestone, id_, one, claims, cited)) is not None]
            if met:
                reached.append(min(met, key=_first))
    used = {source for one in reached for source in one.sources}
    return MilestoneRows(tuple(reached), footnote_sources(session, used))


def lag_months(earlier: Reached, later: Reached) -> tuple[float, float, float]:
    """Return by how many months the second came after the first: between the middles of the dates, least, most.

    A month is a twelfth of 365.25 days. Least and most take the days of both dates that lie closest and farthest, so a
    least below zero says that the order is not certain.
    """
    month = 365.25 / 12
    return (
        (later.middle - earlier.middle) / month,
        (later.low - earlier.high) / month,
        (later.high - earlier.low) / month,
    )


def _first(one: Reached) -> tuple[float, int, str]:
    return one.middle, one.high - one.low, one.record_id


def _made_by(
    session: Reader, everything: dict[str, Brief], organization_id: str, as_of: date | None
) -> list[_Candidate]:
    """Return the dated chips (no systems of other chips), models and software of an organization."""
    systems = set(session.scalars(select(Relationship.object_id).where(Relationship.kind == "part-of")))
    released: dict[str, tuple[bool, str]] = {}
    for id_, day in session.execute(select(Chip.id, Chip.released_on).where(Chip.designer_id == organization_id)):
        if id_ not in systems:
            released[id_] = (day is None, "")
    for id_, openness, modality in session.execute(
        select(Model.id, Model.openness, Model.modality).where(Model.developer_id == organization_id)
    ):
        released[id_] = (False, f"{openness} {modality}")
    for id_, layer in session.execute(
        select(Software.id, Software.layer).where(Software.developer_id == organization_id)
    ):
        released[id_] = (False, layer)
    last = None if as_of is None else day_number(as_of)
    out = []
    for id_, (announced_only, word) in released.items():
        brief = everything.get(id_)
        if brief is None or brief.start is None or brief.end is None:
            continue
        if last is None or brief.start <= last:
            out.append(_Candidate(brief, announced_only, word))
    return out


def _meets(
    milestone: Milestone,
    organization_id: str,
    one: _Candidate,
    claims: dict[str, dict[str, list[ClaimRow]]],
    cited: dict[str, tuple[str, ...]],
) -> Reached | None:
    """Return what the candidate reached, None where it does not meet the milestone."""
    brief = one.brief
    if brief.kind != milestone.kind or brief.start is None or brief.end is None:
        return None
    plain = Reached(
        milestone.key, organization_id, brief.id, brief.name, brief.kind, brief.date, brief.start, brief.end,
        one.announced_only, sources=cited.get(brief.id, ()),
    )  # fmt: skip
    if milestone.test == "any":
        return plain
    if milestone.test == "open":
        return plain if {"open-weights", "open-source"} & set(one.word.split()) else None
    if milestone.test in ("multimodal", "framework"):
        return plain if milestone.test in one.word.split() else None
    for key in milestone.metrics:
        rows = [row for row in claims.get(brief.id, {}).get(key, ()) if row.is_live and row.sparsity != "sparse"]
        found = _valued(plain, milestone, key, rows)
        if found is not None:
            return found
    return None


def _valued(plain: Reached, milestone: Milestone, key: str, rows: Sequence[ClaimRow]) -> Reached | None:
    value = value_of(key, rows) if rows else None
    if value is None or value.chosen is None or METRICS[key].kind != "number":
        return None
    chosen = value.chosen
    low, high = (chosen.value if end is None else end for end in (chosen.low, chosen.high))
    least = milestone.test == "at-least"
    met = chosen.value >= milestone.threshold if least else chosen.value <= milestone.threshold
    if not met:
        return None
    contested = low < milestone.threshold if least else high > milestone.threshold
    by_id = {row.id: row for row in rows}
    ids = (chosen.claim.id, *(id_ for id_ in chosen.claim_ids if id_ != chosen.claim.id))
    sources = tuple(dict.fromkeys((*plain.sources, *(by_id[id_].source_id for id_ in ids))))
    return Reached(
        plain.milestone, plain.organization_id, plain.record_id, plain.name, plain.kind, plain.date, plain.low,
        plain.high, plain.announced_only, key, chosen.value, ids, contested, sources,
    )  # fmt: skip


def _cited(session: Reader, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    wanted = set(ids)
    cited: dict[str, dict[str, None]] = {}
    query = select(Citation.record_id, Citation.source_id).where(Citation.record_id.is_not(None))
    for record_id, source_id in session.execute(query.order_by(Citation.record_id, Citation.id)):
        if record_id in wanted:
            cited.setdefault(record_id, {})[source_id] = None
    return {id_: tuple(sources) for id_, sources in cited.items()}
