"""Dated records as items of the timeline: all of them, or those of a few ids out of very many."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from chipscape_db.filters import Filters
from chipscape_db.models import Citation, Event, Participant, Policy, Record
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader, among, within
from chipscape_db.queries.briefs import Brief, briefs_of
from chipscape_db.queries.footnotes import FootnoteSource, footnote_sources
from chipscape_db.queries.kept import kept_of
from chipscape_db.queries.rival_dates import RivalDate, known_rivals, rival_dates

LEAST_IMPORTANCE = 2

Only = frozenset[str] | None
"""The ids of the records that a question is about, None for all."""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """A dated record on the axis.

    `starts_on` and `ends_on` are partial dates as written; `ends_on` is `..` for what goes on, and empty for what has
    no end of its own or none that is known.
    `organizations`, `countries` are those of the brief, the leading one first; `participants` are (name, role) of an
    event; `sources` holds the ids of the sources cited for it, in the order of their citations.

    `rivals` are dates that live claims give and that differ from the record's own.

    `importance` of an event is the curator's; a chip, model, software or rule is as important as the most important
    event that names it, at least 2.
    """

    id: str
    kind: str
    subkind: str
    title: str
    starts_on: str
    ends_on: str
    importance: int
    organizations: tuple[str, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    participants: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    rivals: tuple[RivalDate, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundItems:
    """Items by id, in the order of time, and the sources that are cited for them and for their rival dates."""

    items: dict[str, TimelineItem]
    sources: dict[str, FootnoteSource]


def items_of(
    session: Reader, shown: Mapping[str, Brief], filters: Filters, *, named: Mapping[str, Brief], only: Only = None
) -> tuple[TimelineItem, ...]:
    """Return dated records as items, in the order of time; *named* holds the participants of events too.

    Reads a fixed number of tables: all of them, and again only those that changed, or (*only*) what concerns some ids.
    """
    kept = kept_of(session)
    if only is None:
        cited, ends = kept.read(citations, of=("citation",)), kept.read(ends_of, of=("event", "policy"))
        played, importance = kept.read(_participants, of=("event", "participant"))
    else:
        cited, ends = citations(session, only), ends_of(session, only)
        played, importance = _participants(session, only)
    people = _people(played, named)
    own = {id_: (brief.date, ends.get(id_, ("", None))[0]) for id_, brief in shown.items()}
    rivals = rival_dates(session, own, only=only)
    items = [
        TimelineItem(
            brief.id, brief.kind, brief.subkind, brief.name, brief.date, known_end(brief, ends.get(brief.id), filters),
            importance.get(brief.id, LEAST_IMPORTANCE), brief.organizations, brief.countries,
            tuple(sorted(brief.sectors)), people.get(brief.id, ()), cited.get(brief.id, ()),
            known_rivals(rivals.get(brief.id, ()), filters),
        )
        for brief in shown.values()
    ]  # fmt: skip

    def by_date(item: TimelineItem) -> tuple[int, str]:
        start = shown[item.id].start
        return (start if start is not None else -(10**9), item.id)

    return tuple(sorted(items, key=by_date))


def found_items(session: Reader, ids: frozenset[str], filters: Filters, *, language: str) -> FoundItems:
    """Return the items of these ids with their sources, without reading what others there are."""
    taking_part = select(Participant.record_id).where(Participant.event_id.in_(among(ids)))
    named = briefs_of(session, ids | frozenset(session.scalars(taking_part)), language=language)
    shown = {id_: brief for id_, brief in named.items() if id_ in ids and brief.date}
    items = items_of(session, shown, filters, named=named, only=ids)
    return FoundItems({item.id: item for item in items}, footnote_sources(session, sources_of(items)))


def sources_of(items: tuple[TimelineItem, ...]) -> frozenset[str]:
    """Return the ids of the sources of items and of their rival dates."""
    own = {id_ for item in items for id_ in item.sources}
    return frozenset(own | {id_ for item in items for rival in item.rivals for id_ in rival.sources})


def known_end(brief: Brief, end: tuple[str, int | None] | None, filters: Filters) -> str:
    """Return the end as written, `..` for what had not ended by the as-of date or is in force, else nothing."""
    if end is None:
        return ".." if brief.subkind == "in-force" else ""
    if filters.as_of and end[1] is not None and end[1] > day_number(filters.as_of):
        return ".."
    return end[0]


def ends_of(session: Reader, only: Only = None) -> dict[str, tuple[str, int | None]]:
    """Return the end of each event and rule that has one, as written and as its first day."""
    out: dict[str, tuple[str, int | None]] = {}
    event, policy = Event.__table__.c, Policy.__table__.c
    row: Any
    for columns in (
        (event.id, event.ends_on, event.ends_on_from),
        (policy.id, policy.ended_on, policy.ended_on_from),
    ):
        query = within(select(*columns).where(columns[1].is_not(None)), columns[0], only)
        for row in session.execute(query):
            out[row[0]] = (row[1], row[2])
    return out


def citations(session: Reader, only: Only = None) -> dict[str, tuple[str, ...]]:
    """Return the sources cited for each record, in the order of their citations."""
    cited: dict[str, dict[str, None]] = defaultdict(dict)
    citation = Citation.__table__.c
    query = select(citation.record_id, citation.source_id).where(citation.record_id.is_not(None))
    query = within(query, citation.record_id, only)
    for record_id, source_id in session.execute(query.order_by(citation.record_id, citation.id)):
        cited[record_id or ""][source_id] = None
    return {id_: tuple(sources) for id_, sources in cited.items()}


def _participants(session: Reader, only: Only = None) -> tuple[tuple[tuple[str, str, str], ...], dict[str, int]]:
    """Return who took part in each event, in which role, and the importance of events and of the records they name."""
    event, part, record = Event.__table__.c, Participant.__table__.c, Record.__table__.c
    importance: dict[str, int] = dict(session.execute(within(select(event.id, event.importance), event.id, only)).all())
    query = within(select(part.event_id, part.record_id, part.role), part.event_id, only)
    in_order = query.order_by(part.role != "actor", part.role, part.record_id)
    played = tuple((event_id, record_id, role) for event_id, record_id, role in session.execute(in_order))
    highest = (
        select(part.record_id, func.max(event.importance))
        .join(Event.__table__, event.id == part.event_id)
        .join(Record.__table__, record.id == part.record_id)
        .where(record.kind.not_in(("event", "organization", "sector")))
    )
    row: Any
    for row in session.execute(within(highest, part.record_id, only).group_by(part.record_id)):
        importance[row[0]] = max(LEAST_IMPORTANCE, row[1])
    return played, importance


def _people(
    played: Sequence[tuple[str, str, str]], named: Mapping[str, Brief]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the names of those who took part in each event, and in which role."""
    people: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for event_id, record_id, role in played:
        if record_id in named:
            people[event_id].append((named[record_id].name, role))
    return {id_: tuple(each) for id_, each in people.items()}
