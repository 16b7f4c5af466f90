"""The timeline of a base with very many events: columns of those that pass the filters, and what stands around them.

What is said of single events - who took part, which sources are cited - is asked for as they come into view.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import briefs_but_events, briefs_of
from chipscape_db.queries.event_columns import EventColumns, event_columns
from chipscape_db.queries.event_kin import EventKin, event_kin, events_with
from chipscape_db.queries.event_passing import foremost_events, passing_events
from chipscape_db.queries.footnotes import FootnoteSource, footnote_sources
from chipscape_db.queries.rival_dates import Rivals, known_rivals, rivals_of_events
from chipscape_db.queries.timeline import TimelineRows, rows_around, rules_of, shown_of
from chipscape_db.queries.timeline_items import FoundItems, citations, found_items, items_of, sources_of


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks the base about single events of a timeline, whenever they are needed."""

    bind: Engine | Connection
    filters: Filters
    language: str

    def items(self, ids: Iterable[str]) -> FoundItems:
        """Return events with all that is known of them."""
        with Session(self.bind) as session:
            return found_items(session, frozenset(ids), self.filters, language=self.language)

    def names(self, ids: frozenset[str]) -> dict[str, str]:
        """Return the names of records other than sources."""
        with Session(self.bind) as session:
            return {id_: brief.name for id_, brief in briefs_of(session, ids, language=self.language).items()}

    def sources(self, ids: frozenset[str]) -> dict[str, FootnoteSource]:
        """Return sources by id."""
        with Session(self.bind) as session:
            return footnote_sources(session, ids)

    def kin(self, id_: str) -> EventKin:
        """Return what belongs to an event."""
        with Session(self.bind) as session:
            return event_kin(session, id_)

    def events_with(self, record_id: str) -> tuple[str, ...]:
        """Return the events that a record took part in."""
        with Session(self.bind) as session:
            return events_with(session, record_id)


@dataclass(frozen=True, slots=True, eq=False)
class LargeRows:
    """All events as columns, which of them are shown, and the rules and names that stand around them.

    `rows.items` are the records of other kinds that are shown beside the events; `rivals` are the rival dates of events
    by their ids; `countries` are those, by position, of events whose first organization has none but another has one.
    `any_cited` says whether sources are cited for events at all.
    """

    columns: EventColumns
    shown: NDArray[np.bool_]
    rows: TimelineRows
    rivals: Rivals
    countries: dict[int, str]
    any_cited: bool
    asking: Asking


def large_rows(
    session: Reader,
    filters: Filters,
    *,
    language: str,
    show: frozenset[str] = frozenset({"event"}),
) -> LargeRows:
    """Return the events that pass the filters, as columns, and every rule known by then.

    Records of the other kinds in *show* stand beside them; a filter on kinds takes the place of *show*.
    """
    columns = event_columns(session, language=language)
    rivals = {id_: known for id_, each in rivals_of_events(session).items() if (known := known_rivals(each, filters))}
    rows = rows_but_events(session, filters, language=language, show=show)
    asking = Asking(session.get_bind(), filters, language)
    return LargeRows(
        columns, passing_events(session, columns, filters), rows, rivals, _countries(session, columns),
        len(columns.stored.cited_event) > 0, asking,
    )  # fmt: skip


def _countries(session: Reader, columns: EventColumns) -> dict[int, str]:
    """Return the first country of each event whose first organization has none, where another has one."""
    nowhere = np.array([not maker.country for maker in columns.makers] + [False], dtype=np.bool_)
    if not nowhere.any():
        return {}
    led = np.flatnonzero(nowhere[columns.maker]).astype(np.int32)
    first, last = (np.searchsorted(columns.part_event, led, side=side) for side in ("left", "right"))
    ids = {columns.ids[place]: place for place in led[last - first > 1].tolist()}
    found = briefs_of(session, frozenset(ids), language="en") if ids else {}
    return {ids[id_]: brief.country for id_, brief in found.items() if brief.country}


def rows_but_events(session: Reader, filters: Filters, *, language: str, show: frozenset[str]) -> TimelineRows:
    """Return what `timeline_rows` does, but for the events: where they are too many to be looked at."""
    others = briefs_but_events(session, language=language)
    shown = shown_of(others, filters, show)
    items = items_of(session, shown, filters, named=others, only=frozenset(shown)) if shown else ()
    policies = frozenset(id_ for id_, brief in others.items() if brief.kind == "policy")
    rules = rules_of(session, others, filters, cited=citations(session, policies))
    cited = sources_of(items) | {id_ for rule in rules for id_ in rule.sources}
    return rows_around(others, items, rules, sources=footnote_sources(session, cited))


def foremost_rows(session: Reader, filters: Filters, *, language: str, most: int) -> tuple[TimelineRows, int]:
    """Return what `timeline_rows` does, but of the events that pass only the *most* important; and how many are left.

    That is for figures which draw each event by itself.
    """
    foremost = foremost_events(session, filters, language=language, most=most)
    found = found_items(session, frozenset(foremost.ids), filters, language=language)
    around = rows_but_events(session, filters, language=language, show=frozenset())
    items = tuple(found.items.values())
    return replace(around, items=items, sources=around.sources | found.sources), foremost.left_out
