"""The days on which rules came into force, the weightiest first: what charts over time are held against."""

from dataclasses import dataclass
from datetime import date

from chipscape_db.filters import Filters
from chipscape_db.partial_date import PartialDate
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import briefs_but_events
from chipscape_db.queries.timeline import rules_of
from chipscape_db.queries.timeline_items import citations

APART_DAYS = 45
"""Of rules closer together than this only the weightiest is told: they came as one package."""


@dataclass(frozen=True, slots=True)
class RuleDay:
    """A rule: `day` is the middle of the date it took effect, in days since 1970, `date` as the base has it."""

    id: str
    name: str
    day: float
    date: str
    sources: tuple[str, ...]


def rule_days(session: Reader, *, language: str, as_of: date | None = None) -> tuple[RuleDay, ...]:
    """Return the rules known by then, the weightiest first (see `timeline.TimelineRule`), those of a package once."""
    records = briefs_but_events(session, language=language)
    cited = citations(session, frozenset(id_ for id_, brief in records.items() if brief.kind == "policy"))
    found: list[RuleDay] = []
    for rule in rules_of(session, records, Filters(as_of=as_of), cited=cited):
        day = PartialDate.parse(rule.starts_on).midpoint_day()
        if all(abs(day - other.day) >= APART_DAYS for other in found):
            found.append(RuleDay(rule.id, rule.title, day, rule.starts_on, rule.sources))
    return tuple(found)
