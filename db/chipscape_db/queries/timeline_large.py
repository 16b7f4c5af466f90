"""The timeline of a base with very many events: columns of those that pass the filters, and the rules behind them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import briefs_but_events
from chipscape_db.queries.event_columns import EventColumns, event_columns
from chipscape_db.queries.event_passing import passing_events
from chipscape_db.queries.footnotes import footnote_sources
from chipscape_db.queries.timeline import TimelineRows, citations, ends_of, rules_of


@dataclass(frozen=True, slots=True, eq=False)
class LargeRows:
    """All events as columns, which of them are shown, and the rules and names that stand around them."""

    columns: EventColumns
    shown: NDArray[np.bool_]
    rows: TimelineRows


def large_rows(session: Reader, filters: Filters, *, language: str) -> LargeRows:
    """Return the events that pass the filters, as columns, and every rule known by then."""
    columns = event_columns(session, language=language)
    others = briefs_but_events(session, language=language)
    cited, ends = citations(session, events=False), ends_of(session, events=False)
    rules = rules_of(session, others, filters, cited=cited, ends=ends)
    rows = TimelineRows(
        (),
        rules,
        {id_: brief.name for id_, brief in others.items() if brief.kind in ("organization", "sector")},
        {id_: brief.country for id_, brief in others.items() if brief.kind == "organization"},
        footnote_sources(session, {id_ for rule in rules for id_ in rule.sources}),
        makers=frozenset(maker.id for maker in columns.makers),
    )
    return LargeRows(columns, passing_events(session, columns, filters), rows)
