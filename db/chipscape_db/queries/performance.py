"""What the figures of performance are made of: dated chips or models, and every claim of one metric about them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from chipscape_db.filters import Filters
from chipscape_db.metrics import Metric, metric
from chipscape_db.models import Chip, Model, Relationship
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, briefs_but_events, passes
from chipscape_db.queries.claims import ClaimRow, claimed_later, claims_by_metric, claims_by_record


@dataclass(frozen=True, slots=True)
class Subject:
    """A chip or model of the figure.

    `date` is the partial date of its release, or, where `announced_only`, of its announcement, empty when neither is
    known; `start` and `end` are the days since 1970-01-01 it may mean. `is_system` marks what is made of other chips
    of the base: a card, server, rack or cluster. `form_factor` is free text. `vendor` is its
    maker's id, empty when unknown. `later` are the metrics that claims later than the as-of date give, each with
    whether those are measured.
    """

    brief: Brief
    date: str
    start: int | None
    end: int | None
    announced_only: bool
    status: str
    is_system: bool
    form_factor: str
    vendor: str
    vendor_slug: str
    vendor_name: str
    later: frozenset[tuple[str, bool]] = frozenset()

    def is_told_later(self, metric_key: str, *, measured: bool = False) -> bool:
        """Say whether claims later than the as-of date give the metric; of *measured* ones only, if asked."""
        return (metric_key, True) in self.later or (not measured and (metric_key, False) in self.later)


@dataclass(frozen=True, slots=True)
class PerformanceRows:
    """The metric, its subjects in order of date and name, and the claims of each by its id."""

    metric: Metric
    subjects: tuple[Subject, ...]
    claims: dict[str, list[ClaimRow]]


@dataclass(frozen=True, slots=True)
class SeveralRows:
    """Subjects in order of date and name, and the claims about each by its id and by metric.

    `not_yet` are the names of the chips that are later than the as-of date and pass the filters otherwise, by slug and
    by id.
    """

    subjects: tuple[Subject, ...]
    claims: dict[str, dict[str, list[ClaimRow]]]
    not_yet: dict[str, str] = field(default_factory=dict)


def performance(session: Reader, filters: Filters, *, metric_key: str, language: str = "en") -> PerformanceRows:
    """Return the chips or models that pass the filters, with or without a claim of the metric.

    Raises `NotFound` for an unknown metric. The filter of kinds does not apply: the metric says which kind it is of.
    """
    asked = metric(metric_key)
    kinds = [kind for kind in ("chip", "model") if kind in asked.applies_to]
    subjects, _not_yet = _subjects(session, filters, kinds=kinds, keys=(metric_key,), language=language)
    there = {subject.brief.id for subject in subjects}
    claims = claims_by_metric(session, metric_key, language=language, as_of=filters.as_of)
    return PerformanceRows(asked, subjects, {id_: rows for id_, rows in claims.items() if id_ in there})


def performance_of_several(
    session: Reader, filters: Filters, *, metric_keys: Iterable[str], language: str = "en"
) -> SeveralRows:
    """Return the chips that pass the filters with their claims of several metrics; raises `NotFound`."""
    keys = tuple(dict.fromkeys(metric(key).key for key in metric_keys))
    subjects, not_yet = _subjects(session, filters, kinds=["chip"], keys=keys, language=language)
    there = {subject.brief.id for subject in subjects}
    claims = claims_by_record(session, keys, language=language, as_of=filters.as_of)
    return SeveralRows(subjects, {id_: rows for id_, rows in claims.items() if id_ in there}, not_yet)


def _subjects(
    session: Reader, filters: Filters, *, kinds: Collection[str], keys: Collection[str], language: str
) -> tuple[tuple[Subject, ...], dict[str, str]]:
    """Return the subjects, and the names of those that are left out by the as-of date alone."""
    everything = briefs_but_events(session, language=language)
    later = {} if filters.as_of is None else claimed_later(session, keys, as_of=filters.as_of)
    dates = _dates(session)
    systems = set(
        session.execute(select(Relationship.object_id).where(Relationship.kind == "part-of").distinct()).scalars()
    )
    shown = Filters(
        frozenset(kinds), filters.countries, filters.organizations, filters.sectors, filters.certainties,
        filters.start, filters.end, filters.as_of,
    )  # fmt: skip
    subjects, not_yet = [], {}
    for brief in everything.values():
        if brief.kind not in kinds or not passes(brief, shown):
            if filters.as_of and brief.kind in kinds and passes(brief, replace(shown, as_of=None)):
                not_yet[brief.slug] = not_yet[brief.id] = brief.name
            continue
        date, start, end, announced_only, status, form = dates[brief.id]
        maker = everything.get(brief.organizations[0]) if brief.organizations else None
        subjects.append(
            Subject(
                brief, date, start, end, announced_only, status, brief.id in systems, form,
                maker.id if maker else "", maker.slug if maker else "", maker.name if maker else "",
                later.get(brief.id, frozenset()),
            )
        )  # fmt: skip
    subjects.sort(key=lambda subject: (subject.start is None, subject.start or 0, subject.brief.name))
    return tuple(subjects), not_yet


def _dates(session: Reader) -> dict[str, tuple[str, int | None, int | None, bool, str, str]]:
    """Return by id: the date as written, the days it spans, whether that is an announcement, status and form."""
    out = {}
    for id_, released, first, last, announced, first_told, last_told, status, form in session.execute(
        select(
            Chip.id, Chip.released_on, Chip.released_on_from, Chip.released_on_to,
            Chip.announced_on, Chip.announced_on_from, Chip.announced_on_to, Chip.status, Chip.form_factor,
        )
    ):  # fmt: skip
        if released:
            out[id_] = (released, first, last, False, status or "", form or "")
        else:
            out[id_] = (announced or "", first_told, last_told, bool(announced), status or "", form or "")
    for id_, released, first, last, openness in session.execute(
        select(Model.id, Model.released_on, Model.released_on_from, Model.released_on_to, Model.openness)
    ):
        out[id_] = (released or "", first, last, False, openness or "", "")
    return out
