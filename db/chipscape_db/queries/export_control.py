"""What the export rules need of the base: the rules with their dates and sources, the chips with their claims.

The rules by numbers are data (`export_rules.rules`); when they held, and which restrictions name which chip, is said by
the policy records and their `restricts` links, so that a curator who corrects a date corrects every answer.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select

from chipscape_db.export_rules.classify import Classification, Named, RuleDates, Subject, classify, measure
from chipscape_db.export_rules.quantities import Quantity
from chipscape_db.export_rules.rules import LETTERS, QuantityKey
from chipscape_db.metrics import COMPUTE_METRICS
from chipscape_db.models import (
    Chip,
    Citation,
    Organization,
    Policy,
    Record,
    Relationship,
    RelationshipText,
    Source,
)
from chipscape_db.partial_date import day_number, day_of
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, briefs_but_events, names_in
from chipscape_db.queries.claims import ClaimRow, claims_by_record

METRIC_KEYS: Final = (*COMPUTE_METRICS, "die.area", "interconnect.bandwidth", "memory.bandwidth")
COUNTRY: Final = "US"
"""The country whose authorities made the rules by numbers; the restrictions of others are told, and decide nothing."""


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A source that is cited for a rule."""

    id: str
    slug: str
    name: str
    publisher: str
    published_on: str
    url: str
    locator: str


@dataclass(frozen=True, slots=True)
class Descent:
    """A link from a chip to the one it is a variant of, or that it succeeds."""

    id: str
    kind: str
    chip_id: str
    parent_id: str


@dataclass(frozen=True, slots=True)
class ControlledChip:
    """A chip with what it takes to classify it.

    `claims` are the rows by metric; `maker` is the slug of its designer and `maker_name` its name, empty when unknown.
    `is_system` marks what is made of other chips of the base.
    """

    brief: Brief
    subject: Subject
    claims: dict[str, list[ClaimRow]]
    maker: str
    maker_name: str
    is_system: bool
    parent_id: str = ""


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """All chips by id, the policy records by slug, the sources cited for them, and who descends from whom."""

    chips: dict[str, ControlledChip]
    rules: dict[str, RuleDates]
    sources: dict[str, tuple[RuleSource, ...]]
    descent: tuple[Descent, ...]
    _measured: dict[str, dict[QuantityKey, Quantity]] = field(default_factory=dict, repr=False, compare=False)

    def measured(self, chip_id: str) -> dict[QuantityKey, Quantity]:
        """Return every quantity of a chip that a rule may look at, whatever the day; computed once."""
        if chip_id not in self._measured:
            self._measured[chip_id] = measure(self.chips[chip_id].subject)
        return self._measured[chip_id]

    def measure_all(self) -> "ExportFacts":
        """Compute the quantities of every chip now, and return the facts: for who reads them on another thread."""
        for chip_id in self.chips:
            self.measured(chip_id)
        return self

    def models(self) -> dict[str, Subject]:
        """Return the chips that letters compare others with, by slug."""
        wanted = {letter.like for letter in LETTERS}
        return {one.brief.slug: one.subject for one in self.chips.values() if one.brief.slug in wanted}

    def classify(self, chip_id: str, day: date) -> Classification:
        """Return what binds one of the chips on a day."""
        return self.classify_as(self.chips[chip_id], day, self.models())

    def classify_as(self, chip: ControlledChip, day: date, models: dict[str, Subject]) -> Classification:
        """Return what binds a chip on a day, for many chips with one reading of the `models`."""
        return classify(chip.subject, day, self.rules, models=models, measured=self.measured(chip.brief.id))

    def rows_behind(self, chip_id: str) -> dict[str, ClaimRow]:
        """Return the claims that a classification may rest on, by id: those of the chip and its parent's die area."""
        chip = self.chips[chip_id]
        rows = [row for rows in chip.claims.values() for row in rows]
        if chip.parent_id in self.chips:
            rows += self.chips[chip.parent_id].claims.get("die.area", [])
        return {row.id: row for row in rows}


def export_facts(session: Reader, *, language: str = "en", as_of: date | None = None) -> ExportFacts:
    """Return every chip with its claims, the rules and their sources; *as_of* leaves out what was not known then."""
    briefs = briefs_but_events(session, language=language)
    claims = claims_by_record(session, METRIC_KEYS, language=language, as_of=as_of)
    rules = _rules(session, briefs)
    named = _named(session, rules, language)
    links = _descent(session)
    parents = {link.chip_id: link.parent_id for link in links if link.kind == "variant-of"}
    systems = set(session.execute(select(Relationship.object_id).where(Relationship.kind == "part-of")).scalars())
    chips = {}
    for id_, form in session.execute(select(Chip.id, Chip.form_factor)):
        brief = briefs[id_]
        maker = briefs.get(brief.organizations[0]) if brief.organizations else None
        parent = parents.get(id_, "")
        subject = Subject(
            {key: [row.fact() for row in rows] for key, rows in claims.get(id_, {}).items()},
            form or "",
            maker.slug if maker else "",
            bool(brief.country) and brief.country != COUNTRY,
            [row.fact() for row in claims.get(parent, {}).get("die.area", ())],
            briefs[parent].name if parent in briefs else "",
            tuple(named.get(id_, ())),
        )
        chips[id_] = ControlledChip(
            brief, subject, claims.get(id_, {}), subject.maker, maker.name if maker else "", id_ in systems, parent
        )
    return ExportFacts(chips, {rule.slug: rule for rule in rules.values()}, _sources(session, rules, language), links)


def _rules(session: Reader, briefs: dict[str, Brief]) -> dict[str, RuleDates]:
    """Return the policies that have begun, by id. One holds from its effect, but never before it was announced."""
    countries = dict(session.execute(select(Organization.id, Organization.country)).all())
    found = {}
    for row in session.execute(
        select(
            Policy.id, Record.slug, Policy.authority_id, Policy.status, Policy.announced_on, Policy.announced_on_from,
            Policy.effective_on, Policy.effective_on_from, Policy.ended_on, Policy.ended_on_to,
        ).select_from(Policy.__table__.join(Record.__table__, Record.id == Policy.id))
    ):  # fmt: skip
        starts = [day for day in (row.announced_on_from, row.effective_on_from) if day is not None]
        if not starts or row.status == "proposed":
            continue
        found[row.id] = RuleDates(
            row.id,
            row.slug,
            briefs[row.id].name,
            day_of(max(starts)),
            None if row.ended_on_to is None else day_of(row.ended_on_to),
            row.effective_on or row.announced_on or "",
            row.ended_on or "",
            row.status in ("superseded", "rescinded") and row.ended_on_to is None,
            countries.get(row.authority_id) == COUNTRY,
        )
    return found


def _named(session: Reader, rules: dict[str, RuleDates], language: str) -> dict[str, list[Named]]:
    """Return the restrictions that name a chip, by chip: each holds while its link and its policy do."""
    told = {}
    for wanted in ("en", language):
        texts = select(RelationshipText.relationship_id, RelationshipText.text)
        told.update(dict(session.execute(texts.where(RelationshipText.language == wanted)).all()))
    found = defaultdict(list)
    for row in session.execute(
        select(
            Relationship.id, Relationship.subject_id, Relationship.object_id, Relationship.starts_on,
            Relationship.starts_on_from, Relationship.starts_on_to, Relationship.ends_on, Relationship.ends_on_to,
        )
        .select_from(Relationship.__table__.join(Chip.__table__, Chip.id == Relationship.object_id))
        .where(Relationship.kind == "restricts")
        .order_by(Relationship.slug)
    ):  # fmt: skip
        policy = rules.get(row.subject_id)
        if policy is None:
            continue
        start = policy.start
        if row.starts_on_from is not None and not row.starts_on_from <= day_number(start) <= row.starts_on_to:
            # A link may begin before its policy does for everybody else (a notice to one maker), or later.
            start = day_of(row.starts_on_from)
        ends = [day for day in (policy.end, None if row.ends_on_to is None else day_of(row.ends_on_to)) if day]
        held = RuleDates(
            policy.id, policy.slug, policy.name, start, min(ends, default=None), row.starts_on or policy.since,
            row.ends_on or policy.until, policy.ended_unknown and not ends, policy.domestic,
        )  # fmt: skip
        found[row.object_id].append(Named(row.id, held, told.get(row.id, "")))
    return found


def _descent(session: Reader) -> tuple[Descent, ...]:
    query = (
        select(Relationship.id, Relationship.kind, Relationship.subject_id, Relationship.object_id)
        .select_from(Relationship.__table__.join(Chip.__table__, Chip.id == Relationship.subject_id))
        .where(Relationship.kind.in_(("variant-of", "succeeds")))
        .order_by(Relationship.slug)
    )
    return tuple(Descent(*row) for row in session.execute(query))


def _sources(session: Reader, rules: dict[str, RuleDates], language: str) -> dict[str, tuple[RuleSource, ...]]:
    """Return the sources cited for each rule by its slug, official ones and regulations first."""
    names = names_in(session, language)
    source, record = Source.__table__.c, Record.__table__.c
    found: dict[str, dict[str, RuleSource]] = defaultdict(dict)
    query = (
        select(
            Citation.record_id, Citation.source_id, record.slug, record.name, source.publisher, source.published_on,
            source.url, Citation.locator,
        )
        .select_from(
            Citation.__table__.join(Source.__table__, source.id == Citation.source_id).join(
                Record.__table__, record.id == source.id
            )
        )
        .where(Citation.record_id.in_(list(rules)))
        .order_by(source.source_kind.not_in(("regulation", "official")), record.slug, Citation.locator)
    )  # fmt: skip
    for row in session.execute(query):
        slug = rules[row.record_id].slug
        found[slug].setdefault(
            row.source_id,
            RuleSource(
                row.source_id, row.slug, names.get(row.source_id, row.name), row.publisher or "",
                row.published_on or "", row.url or "", row.locator or "",
            ),
        )  # fmt: skip
    return {slug: tuple(rows.values()) for slug, rows in found.items()}
