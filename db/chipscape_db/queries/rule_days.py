"""The days on which rules came into force, the weightiest first: what charts over time are held against."""

from dataclasses import dataclass
from datetime import date

from chipscape_db.columns.size import is_large
from chipscape_db.filters import Filters
from chipscape_db.partial_date import PartialDate
from chipscape_db.queries import Reader
from chipscape_db.queries.timeline import TimelineRows, timeline_rows

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
    rows = _rows(session, Filters(as_of=as_of), language)
    found: list[RuleDay] = []
    for rule in sorted(rows.rules, key=lambda one: (-one.weight, one.starts_on, one.id)):
        day = PartialDate.parse(rule.starts_on).midpoint_day()
        if all(abs(day - other.day) >= APART_DAYS for other in found):
            found.append(RuleDay(rule.id, rule.title, day, rule.starts_on, rule.sources))
    return tuple(found)


def _rows(session: Reader, filters: Filters, language: str) -> TimelineRows:
    show = frozenset({"policy"})
    if not is_large(session.connection()):
        return timeline_rows(session, filters, language=language, show=show)
    from chipscape_db.queries.timeline_large import rows_but_events

    return rows_but_events(session, filters, language=language, show=show)
