"""What the figures of performance are made of: dated chips or models, and every claim of one metric about them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from chipscape_db.filters import Filters
from chipscape_db.metrics import Metric, metric
from chipscape_db.models import Chip, Model, Relationship
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, all_briefs, passes
from chipscape_db.queries.claims import ClaimRow, claims_by_metric, claims_by_record


@dataclass(frozen=True, slots=True)
class Subject:
    """A chip or model of the figure.

    `date` is the partial date of its release, or, where `announced_only`, of its announcement, empty when neither is
    known; `start` and `end` are the days since 1970-01-01 it may mean. `is_system` marks what is made of other chips
    of the base: a card, server, rack or cluster. `form_factor` is free text. `vendor` is its
    maker's id, empty when unknown.
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


@dataclass(frozen=True, slots=True)
class PerformanceRows:
    """The metric, its subjects in order of date and name, and the claims of each by its id."""

    metric: Metric
    subjects: tuple[Subject, ...]
    claims: dict[str, list[ClaimRow]]


@dataclass(frozen=True, slots=True)
class SeveralRows:
    """Subjects in order of date and name, and the claims about each by its id and by metric."""

    subjects: tuple[Subject, ...]
    claims: dict[str, dict[str, list[ClaimRow]]]


def performance(session: Reader, filters: Filters, *, metric_key: str, language: str = "en") -> PerformanceRows:
    """Return the chips or models that pass the filters, with or without a claim of the metric.

    Raises `NotFound` for an unknown metric. The filter of kinds does not apply: the metric says which kind it is of.
    """
    asked = metric(metric_key)
    kinds = [kind for kind in ("chip", "model") if kind in asked.applies_to]
    subjects = _subjects(session, filters, kinds=kinds, language=language)
    there = {subject.brief.id for subject in subjects}
    claims = claims_by_metric(session, metric_key, language=language, as_of=filters.as_of)
    return PerformanceRows(asked, subjects, {id_: rows for id_, rows in claims.items() if id_ in there})


def performance_of_several(
    session: Reader, filters: Filters, *, metric_keys: Iterable[str], language: str = "en"
) -> SeveralRows:
    """Return the chips that pass the filters with their claims of several metrics; raises `NotFound`."""
    keys = tuple(dict.fromkeys(metric(key).key for key in metric_keys))
    subjects = _subjects(session, filters, kinds=["chip"], language=language)
    there = {subject.brief.id for subject in subjects}
    claims = claims_by_record(session, keys, language=language, as_of=filters.as_of)
    return SeveralRows(subjects, {id_: rows for id_, rows in claims.items() if id_ in there})


def _subjects(session: Reader, filters: Filters, *, kinds: Collection[str], language: str) -> tuple[Subject, ...]:
    everything = all_briefs(session, language=language)
    dates = _dates(session)
    systems = set(
        session.execute(select(Relationship.object_id).where(Relationship.kind == "part-of").distinct()).scalars()
    )
    shown = Filters(
        frozenset(kinds), filters.countries, filters.organizations, filters.sectors, filters.certainties,
        filters.start, filters.end, filters.as_of,
    )  # fmt: skip
    subjects = []
    for brief in everything.values():
        if brief.kind not in kinds or not passes(brief, shown):
            continue
        date, start, end, announced_only, status, form = dates[brief.id]
        maker = everything.get(brief.organizations[0]) if brief.organizations else None
        subjects.append(
            Subject(
                brief, date, start, end, announced_only, status, brief.id in systems, form,
                maker.id if maker else "", maker.slug if maker else "", maker.name if maker else "",
            )
        )  # fmt: skip
    subjects.sort(key=lambda subject: (subject.start is None, subject.start or 0, subject.brief.name))
    return tuple(subjects)


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
