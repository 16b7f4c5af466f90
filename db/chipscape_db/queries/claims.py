"""Claims with the sources behind them, and the values that the choosing rule makes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from chipscape_db.choice import (
    Chosen,
    ClaimFact,
    Rule,
    achieved,
    by_convention,
    choose,
    choose_default,
    preferred_convention,
)
from chipscape_db.conventions import Convention
from chipscape_db.metrics import METRICS, metric
from chipscape_db.models import Claim, Record, Source
from chipscape_db.partial_date import PartialDate, day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import names_in, source_roots


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim and its source.

    `value` is the text as stored and `number` the same as a number, in `unit`; dates are partial dates as written, None
    where nothing is said. `root_id` is the source that this is independent by: the end of the chain of claims that it
    repeats and of sources that those relay.
    """

    id: str
    subject_id: str
    metric: str
    value: str
    number: float | None
    unit: str
    sparsity: str | None
    engine: str | None
    scope: str | None
    scope_count: int | None
    direction: str | None
    bound: str | None
    period: str | None
    condition: str | None
    stance: str
    locator: str | None
    note: str | None
    asserted_on: str | None
    rank: str
    rank_reason: str | None
    repeats_id: str | None
    source_id: str
    source_slug: str
    source_name: str
    publisher: str | None
    author: str | None
    source_kind: str
    url: str | None
    published_on: str | None
    root_id: str
    quote: str | None = None

    @property
    def convention(self) -> Convention:
        """The convention under which the value is meant."""
        period = None if self.period is None else PartialDate.parse(self.period)
        return Convention(
            self.sparsity, self.engine, self.scope, self.scope_count, self.direction, self.bound, period, self.condition
        )

    @property
    def is_live(self) -> bool:
        """Say whether nobody has deprecated the claim."""
        return self.rank != "deprecated"

    def fact(self) -> ClaimFact:
        """Return what the choosing rule needs to know of the claim."""
        return ClaimFact(
            self.id,
            self.number,
            self.value,
            self.stance,
            self.source_id,
            self.source_kind,
            self.root_id,
            None if self.published_on is None else PartialDate.parse(self.published_on),
            self.rank,
            self.convention,
        )


@dataclass(frozen=True, slots=True)
class ConventionGroup:
    """The claims of one metric that may be compared, deprecated ones included, and the one chosen of them, if any."""

    convention: Convention
    chosen: Chosen | None
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class MetricValue:
    """What is known of one metric of one record.

    `chosen` stands for the metric under the convention that comes first (see `choice.preferred_convention`), None when
    nothing may stand for it; `rivals` are the other live claims of that convention and `achieved` the measured values
    of a peak metric, highest first. `claims` counts all live claims, `sources` the independent sources behind them.
    """

    metric: str
    unit: str
    chosen: Chosen | None
    chosen_claim: ClaimRow | None
    rivals: tuple[ClaimRow, ...]
    achieved: tuple[ClaimRow, ...]
    groups: tuple[ConventionGroup, ...]
    claims: int
    sources: int

    @property
    def contested(self) -> bool:
        """Say whether live claims of the chosen convention contradict each other."""
        return self.chosen is not None and self.chosen.contested


def claims_of(
    session: Reader, record_id: str, metric: str | None = None, *, language: str = "en", as_of: date | None = None
) -> list[ClaimRow]:
    """Return the claims about a record, by metric in the order of the registry, then by source.

    With *as_of* only those that were known on that day: whose assertion, else whose source, may be as old as that; one
    without either date is taken as known.
    """
    wanted = [Claim.subject_id == record_id]
    if metric is not None:
        wanted.append(Claim.metric == metric)
    order = {key: place for place, key in enumerate(METRICS)}
    rows = _claims(session, wanted, language, as_of)
    return sorted(rows, key=lambda row: (order.get(row.metric, len(order)), row.source_slug, row.value, row.id))


def claims_by_metric(
    session: Reader, metric: str, *, language: str = "en", as_of: date | None = None
) -> dict[str, list[ClaimRow]]:
    """Return the claims of one metric by the record that they are about; *as_of* as in `claims_of`."""
    found: dict[str, list[ClaimRow]] = {}
    for row in _claims(session, [Claim.metric == metric], language, as_of):
        found.setdefault(row.subject_id, []).append(row)
    return found


def claims_by_record(
    session: Reader, metrics: Iterable[str], *, language: str = "en", as_of: date | None = None
) -> dict[str, dict[str, list[ClaimRow]]]:
    """Return the claims of several metrics by the record that they are about and by metric; *as_of* as above."""
    found: dict[str, dict[str, list[ClaimRow]]] = {}
    for row in _claims(session, [Claim.metric.in_(tuple(metrics))], language, as_of):
        found.setdefault(row.subject_id, {}).setdefault(row.metric, []).append(row)
    return found


def claimed_later(session: Reader, metrics: Iterable[str], *, as_of: date) -> dict[str, frozenset[tuple[str, bool]]]:
    """Return by record what only claims later than a day say of it: metrics, each with whether those are measured.

    Deprecated claims do not count. What is known on a day and what is not is told as in `claims_of`.
    """
    query = (
        select(Claim.subject_id, Claim.metric, Claim.stance == "measured")
        .join(Source, Source.id == Claim.source_id)
        .where(
            Claim.metric.in_(tuple(metrics)), Claim.rank != "deprecated",
            func.coalesce(Claim.asserted_on_from, Source.published_on_from) > day_number(as_of),
        )
        .distinct()
    )  # fmt: skip
    found: dict[str, set[tuple[str, bool]]] = {}
    for subject_id, key, measured in session.execute(query):
        found.setdefault(subject_id, set()).add((key, bool(measured)))
    return {subject_id: frozenset(keys) for subject_id, keys in found.items()}


def values_of(
    session: Reader,
    record_id: str,
    metric: str | None = None,
    *,
    language: str = "en",
    as_of: date | None = None,
    rule: Rule = "written",
) -> list[MetricValue]:
    """Return what is known of each metric of a record, in the order of the registry; *as_of* as in `claims_of`."""
    by_metric: dict[str, list[ClaimRow]] = {}
    for row in claims_of(session, record_id, metric, language=language, as_of=as_of):
        by_metric.setdefault(row.metric, []).append(row)
    return [value_of(key, rows, rule=rule) for key, rows in by_metric.items()]


def value_of(metric_key: str, rows: Sequence[ClaimRow], *, rule: Rule = "written") -> MetricValue:
    """Return what the claims *rows*, all about one metric of one record, make of it."""
    asked = metric(metric_key)
    by_id = {row.id: row for row in rows}
    facts = [row.fact() for row in rows]
    grouped = by_convention(facts)
    chosen = choose_default(facts, asked, rule=rule)
    first = chosen.convention if chosen is not None else preferred_convention(grouped, asked)
    groups = [
        ConventionGroup(convention, choose(claims, asked, rule=rule), tuple(by_id[claim.id] for claim in claims))
        for convention, claims in grouped.items()
    ]
    groups.sort(key=lambda group: group.convention != first)
    live = [row for row in rows if row.is_live]
    return MetricValue(
        metric_key,
        asked.unit,
        chosen,
        by_id[chosen.claim.id] if chosen else None,
        tuple(by_id[id_] for id_ in chosen.claim_ids if id_ != chosen.claim.id) if chosen else (),
        tuple(by_id[claim.id] for claim in achieved(facts, asked)),
        tuple(groups),
        len(live),
        len({row.root_id for row in live}),
    )


def _claims(
    session: Reader, wanted: Iterable[ColumnElement[bool]], language: str, as_of: date | None
) -> list[ClaimRow]:
    claim, source, record = Claim.__table__.c, Source.__table__.c, Record.__table__.c
    joined = Claim.__table__.join(Source.__table__, source.id == claim.source_id).join(
        Record.__table__, record.id == source.id
    )
    query = (
        select(
            claim.id, claim.subject_id, claim.metric, claim.value, claim.number, claim.sparsity, claim.engine,
            claim.scope, claim.scope_count, claim.direction, claim.bound, claim.period, claim.condition, claim.stance,
            claim.locator, claim.note, claim.asserted_on, claim.rank, claim.rank_reason, claim.repeats_id,
            claim.source_id, record.slug, record.name, source.publisher, source.author, source.source_kind, source.url,
            source.published_on, claim.asserted_on_from, source.published_on_from, claim.quote,
        )
        .select_from(joined)
        .where(*wanted)
        .order_by(record.slug, claim.value, claim.id)
    )  # fmt: skip
    names = names_in(session, language)
    roots = source_roots(session)
    repeated = _repeated_sources(session)
    last = None if as_of is None else day_number(as_of)
    rows = []
    row: Any
    for row in session.execute(query):
        known_from = row.asserted_on_from if row.asserted_on_from is not None else row.published_on_from
        if last is not None and known_from is not None and known_from > last:
            continue
        rows.append(
            ClaimRow(
                row.id, row.subject_id, row.metric, row.value, row.number, metric(row.metric).unit, row.sparsity,
                row.engine, row.scope, row.scope_count, row.direction, row.bound, row.period, row.condition, row.stance,
                row.locator, row.note, row.asserted_on, row.rank, row.rank_reason, row.repeats_id, row.source_id,
                row.slug, names.get(row.source_id, row.name), row.publisher, row.author, row.source_kind, row.url,
                row.published_on, roots[repeated.get(row.id, row.source_id)], row.quote,
            )
        )  # fmt: skip
    return rows


def _repeated_sources(session: Reader) -> dict[str, str]:
    """Return for each claim that repeats another the source of the one at the end of the chain."""
    repeats = dict(session.execute(select(Claim.id, Claim.repeats_id).where(Claim.repeats_id.is_not(None))).all())
    if not repeats:
        return {}
    ends = {}
    for claim_id in repeats:
        here, seen = claim_id, {claim_id}
        while (above := repeats.get(here)) and above not in seen:
            here = above
            seen.add(above)
        ends[claim_id] = here
    of_end = dict(session.execute(select(Claim.id, Claim.source_id).where(Claim.id.in_(set(ends.values())))).all())
    return {claim_id: of_end[end] for claim_id, end in ends.items()}
