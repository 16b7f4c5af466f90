"""What rests on too little: nothing cited, one independent source, sources that are old."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select

from chipscape_db.errors import N_, FieldNames
from chipscape_db.metrics import METRICS
from chipscape_db.models import Chip, Policy
from chipscape_db.partial_date import PartialDate
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.review.findings import STALE_DAYS, Finding, Ground, key_of

_MOVING: Final = frozenset({"supplies", "buys-from", "partners-with", "invests-in", "competes-with", "serves"})
"""The relationships that end without anybody telling."""

_DAYS_A_MONTH: Final = 30.44


def uncited(ground: Ground) -> Iterator[Finding]:
    """Find records and relationships that no source is cited for."""
    for record_id, kind in ground.kinds.items():
        if kind != "source" and record_id not in ground.cited:
            yield ground.of_record(
                "uncited", record_id, where="sources", template=N_("no source is cited; add a citation.")
            )
    for link in ground.links.values():
        if link.id not in ground.cited:
            yield ground.of_link("uncited", link, where="sources", template=N_("no source is cited; add a citation."))


def single_source(ground: Ground) -> Iterator[Finding]:
    """Find what one independent source says alone; where that is older than two years, it weighs more."""
    for record_id, kind in ground.kinds.items():
        if kind == "source":
            continue
        yield from _alone(ground, ground.cited.get(record_id, ()), record_id=record_id)
        yield from _values_alone(ground, record_id)
    for link in ground.links.values():
        yield from _alone(ground, ground.cited.get(link.id, ()), link_id=link.id)


def _alone(
    ground: Ground, sources: list[str] | tuple[str, ...], *, record_id: str = "", link_id: str = ""
) -> Iterator[Finding]:
    if len({ground.roots[source] for source in sources}) != 1:
        return
    code, template, months = _weighed(ground.age(sources))
    params: dict[str, Any] = {
        "evidence": ("sources", ground.roots[sources[0]]), "source": ground.names[sources[0]], "months": months,
    }  # fmt: skip
    if link_id:
        yield ground.of_link(code, ground.links[link_id], where="sources", template=template, **params)
    else:
        yield ground.of_record(code, record_id, where="sources", template=template, **params)


def _weighed(age: int | None) -> tuple[str, str, int]:
    """Return the check, its sentence and the age in months of what a single source says."""
    if age is not None and age > STALE_DAYS:
        return (
            "stale-single",
            N_("only one independent source is cited, “{source}”, {months} months old; find a newer or another one."),
            int(age / _DAYS_A_MONTH),
        )
    return "single-source", N_("only one independent source is cited, “{source}”; find another one."), 0


def _values_alone(ground: Ground, record_id: str) -> Iterator[Finding]:
    """Find the metrics of a record that one independent source gives alone, the old apart from the others."""
    alone: dict[str, list[str]] = {"stale-single": [], "single-source": []}
    for metric, rows in ground.claims.get(record_id, {}).items():
        live = [row for row in rows if row.is_live]
        if len({row.root_id for row in live}) == 1:
            alone[_weighed(ground.age(row.source_id for row in live))[0]].append(metric)
    templates = {
        "stale-single": N_("one independent source alone, older than two years, gives: {metrics}."),
        "single-source": N_("one independent source alone gives: {metrics}."),
    }
    for code, metrics in alone.items():
        if metrics:
            yield ground.of_record(
                code, record_id, where="claims", template=templates[code], metrics=FieldNames(",".join(metrics)),
                evidence=("claims", *metrics),
            )  # fmt: skip


def stale(ground: Ground) -> Iterator[Finding]:
    """Find what time has probably moved on from: states, open relationships and yearly figures older than two years."""
    yield from _stale_states(ground)
    for link in ground.links.values():
        if link.kind in _MOVING and not link.ends_on:
            age = ground.age(ground.cited.get(link.id, ()))
            if age is not None and age > STALE_DAYS:
                template = N_("still open, by sources {months} months old; confirm it or say when it ended.")
                finding = ground.of_link("stale", link, where="ends_on", template=template, months=_months(age))
                yield replace(finding, key=key_of("stale", link.id, *sorted(ground.cited[link.id])))
    for record_id, by_metric in ground.claims.items():
        old = [metric for metric, rows in by_metric.items() if METRICS[metric].has_period and _is_old(ground, rows)]
        if old:
            finding = ground.of_record(
                "stale", record_id, where="claims", metrics=FieldNames(",".join(old)),
                template=N_("the newest figure is older than two years: {metrics}; add this year's."),
            )  # fmt: skip
            yield replace(finding, key=key_of("stale", record_id, *old))


def _stale_states(ground: Ground) -> Iterator[Finding]:
    for model, states in ((Chip, ("announced", "reported")), (Policy, ("proposed",))):
        own = model.__table__.c
        for record_id, status, said, last in ground.session.execute(
            select(own.id, own.status, own.announced_on, own.announced_on_to).where(own.status.in_(states))
        ):
            if last is not None and ground.today - last > STALE_DAYS:
                finding = ground.of_record(
                    "stale", record_id, where="status", since=PartialDate.parse(said),
                    template=N_("still announced or proposed only, since {since}; say what became of it."),
                )  # fmt: skip
                yield replace(finding, key=key_of("stale", record_id, status, said))


def _is_old(ground: Ground, rows: list[ClaimRow]) -> bool:
    """Say whether every live figure of a metric is for, or from, a time more than two years ago."""
    days = []
    for row in rows:
        if row.is_live:
            period = PartialDate.parse(row.period) if row.period else None
            latest = period.latest if period is not None else None
            days.append(ground.age([row.source_id]) if latest is None else ground.today - _day(period))
    return bool(days) and all(day is not None and day > STALE_DAYS for day in days)


def _day(period: PartialDate | None) -> int:
    from chipscape_db.partial_date import day_number

    assert period is not None
    assert period.latest is not None
    return day_number(period.latest)


def _months(days: int) -> int:
    return int(days / _DAYS_A_MONTH)
