"""Estimates of output: every claim of a yearly figure of makers and their chips, with who makes the claim."""

from dataclasses import dataclass

from chipscape_db.filters import Filters
from chipscape_db.metrics import Metric, metric
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, briefs_but_events, passes
from chipscape_db.queries.claims import ClaimRow, claims_by_metric


@dataclass(frozen=True, slots=True)
class Producer:
    """An organization or chip with its claims; `maker` is the organization itself or the chip's designer."""

    brief: Brief
    maker_slug: str
    maker: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class OutputRows:
    """The metric and its producers, by maker and name."""

    metric: Metric
    producers: tuple[Producer, ...]


def output(session: Reader, filters: Filters, *, metric_key: str, language: str) -> OutputRows:
    """Return the producers that pass the filters and have a claim of the metric; the filter of kinds does not apply."""
    asked = metric(metric_key)
    everything = briefs_but_events(session, language=language)
    shown = Filters(
        countries=filters.countries,
        organizations=filters.organizations,
        sectors=filters.sectors,
        certainties=filters.certainties,
    )
    found = []
    for id_, every in claims_by_metric(session, metric_key, language=language, as_of=filters.as_of).items():
        brief = everything.get(id_)
        rows = tuple(row for row in every if row.is_live)
        if brief is None or not rows or not passes(brief, shown):
            continue
        maker = everything.get(brief.organizations[0]) if brief.organizations else None
        found.append(Producer(brief, maker.slug if maker else "", maker.name if maker else "", rows))
    found.sort(key=_by_maker)
    return OutputRows(asked, tuple(found))


def _by_maker(one: Producer) -> tuple[str, bool, str]:
    return one.maker.casefold(), one.brief.kind != "organization", one.brief.name.casefold()
