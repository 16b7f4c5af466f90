"""Records in brief, filtered as the views share it: what every figure needs to know about each record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from chipscape_db.columns.size import is_large
from chipscape_db.filters import Filters
from chipscape_db.models import (
    Chip,
    Citation,
    Event,
    Model,
    Organization,
    Participant,
    Policy,
    Record,
    RecordText,
    Relationship,
    Software,
    Source,
)
from chipscape_db.moment import Moment, first_after, moment_of
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader, within
from chipscape_db.queries.kept import kept_of
from chipscape_db.queries.touched import touched_records
from chipscape_db.vocabulary import RECORD_KINDS

_BUT_EVENTS = tuple(kind for kind in RECORD_KINDS if kind not in ("source", "event"))


@dataclass(frozen=True, slots=True)
class Brief:
    """A record as figures need it.

    `subkind` is the organization's, event's or software's own kind; `countries` and `organizations` are those of the
    record itself, its maker, its authority or its participants, the first the leading one; `start` and `end` are days
    since 1970-01-01 and `date` the partial date they come from; `certainty` is one of `CERTAINTIES`, empty if uncited.
    """

    id: str
    slug: str
    kind: str
    name: str
    subkind: str
    countries: tuple[str, ...]
    organizations: tuple[str, ...]
    sectors: frozenset[str]
    date: str
    start: int | None
    end: int | None
    certainty: str

    @property
    def country(self) -> str:
        """The leading country, empty when unknown."""
        return self.countries[0] if self.countries else ""


def source_roots(session: Reader) -> dict[str, str]:
    """Return for each source the id of the source at the end of its relays: equal roots are one independent source."""
    source = Source.__table__.c
    relays = dict(session.execute(select(source.id, source.relays_id)).all())
    roots: dict[str, str] = {}
    for source_id in relays:
        here, seen = source_id, {source_id}
        while (above := relays.get(here)) and above not in seen:
            here = above
            seen.add(above)
        roots[source_id] = here
    return roots


def certainty_of(source_kinds: set[str], independent: int) -> str:
    """Return how well something is founded, from the kinds of its sources and how many are independent."""
    if source_kinds & {"official", "regulation"}:
        return "official"
    return "corroborated" if independent > 1 else "single" if independent else ""


def certainties(
    session: Reader, *, of_relationships: bool = False, only: frozenset[str] | None = None
) -> dict[str, str]:
    """Return how well each cited record (or relationship) is founded, by id; of those in *only* where it is given."""
    citation, source = Citation.__table__.c, Source.__table__.c
    owner = citation.relationship_id if of_relationships else citation.record_id
    query = select(owner, citation.source_id, source.source_kind).join(
        Source.__table__, source.id == citation.source_id
    )
    roots = kept_of(session).read(source_roots, of=("source",))
    kinds: dict[str, set[str]] = defaultdict(set)
    independent: dict[str, set[str]] = defaultdict(set)
    row: Any
    for row in session.execute(within(query.where(owner.is_not(None)), owner, only)):
        owner_id, source_id, kind = row
        kinds[owner_id].add(kind)
        independent[owner_id].add(roots[source_id])
    return {owner_id: certainty_of(kinds[owner_id], len(independent[owner_id])) for owner_id in kinds}


def names_in(session: Reader, language: str, *, only: frozenset[str] | None = None) -> dict[str, str]:
    """Return the names of the records that have one of their own in *language*; of those in *only* where given."""
    text = RecordText.__table__.c
    query = select(text.record_id, text.text).where(text.field == "name", text.language == language)
    return dict(session.execute(within(query, text.record_id, only)).all())


@dataclass(frozen=True, slots=True)
class _Kept:
    """The last answer, in which language and at which moment of the journal it was right."""

    language: str
    moment: Moment
    briefs: dict[str, Brief]


_kept: "WeakKeyDictionary[Engine | Connection, dict[bool, _Kept]]" = WeakKeyDictionary()


def all_briefs(session: Reader, *, language: str) -> dict[str, Brief]:
    """Return every record but the sources, by id, whatever the filters.

    Every view asks for them after every edit, so the last answer is kept for as long as the journal stands still, and
    brought up to date where the journal says that few of them are touched; it is shared, and not for changing.
    """
    return _briefs(session, language, events=True)


def briefs_but_events(session: Reader, *, language: str) -> dict[str, Brief]:
    """Return every record but sources and events, by id, whatever the filters; kept and shared as `all_briefs`.

    Whoever has no use for events asks for these: events may be a million.
    """
    if is_large(session.connection()):
        return _briefs(session, language, events=False)
    return {id_: brief for id_, brief in all_briefs(session, language=language).items() if brief.kind != "event"}


def _briefs(session: Reader, language: str, *, events: bool) -> dict[str, Brief]:
    connection = session.connection()
    every, moment = _kept.setdefault(session.get_bind(), {}), moment_of(connection)
    kept = every.get(events)
    if kept is not None and (kept.language, kept.moment) == (language, moment):
        return kept.briefs
    touched = None
    if kept is not None and kept.language == language:
        first = first_after(connection, kept.moment)
        touched = None if first is None else touched_records(session, kept.briefs, since=first)
    if kept is None or touched is None:
        others = select(Record.id).where(Record.kind.in_(_BUT_EVENTS))
        found = _all_briefs(session, language, only=None if events else frozenset(session.scalars(others)))
    else:
        fresh = _all_briefs(session, language, only=touched)
        if not events:
            fresh = {id_: brief for id_, brief in fresh.items() if brief.kind != "event"}
        found = {id_: fresh.get(id_, brief) for id_, brief in kept.briefs.items() if id_ not in touched or id_ in fresh}
        found |= fresh
    every[events] = _Kept(language, moment, found)
    return found


def briefs_of(session: Reader, ids: frozenset[str], *, language: str) -> dict[str, Brief]:
    """Return the records with these ids, by id, without regard to how many others there are; sources are left out."""
    return _all_briefs(session, language, only=ids)


def _all_briefs(session: Reader, language: str, *, only: frozenset[str] | None = None) -> dict[str, Brief]:
    """Return every record but the sources, or those of the ids in *only*."""
    kept = kept_of(session)
    names = names_in(session, language, only=only)
    countries = kept.read(_countries, of=("organization",))
    founded = certainties(session, only=only)
    sectors = kept.read(_sectors, of=("relationship",))
    record, part = Record.__table__.c, Participant.__table__.c
    query = select(record.id, record.slug, record.kind, record.name).where(record.kind != "source")
    records = session.execute(within(query, record.id, only)).all()
    participants = defaultdict(list)
    taking_part = select(part.event_id, part.record_id).order_by(part.role != "actor", part.record_id)
    for event_id, record_id in session.execute(within(taking_part, part.event_id, only)):
        participants[event_id].append(record_id)
    kinds = frozenset(RECORD_KINDS) if participants else frozenset(row.kind for row in records)
    details = _details(session, kinds, None if only is None else only.union(*participants.values()))
    makers = {id_: maker for id_, (_, maker, *_) in details.items() if maker}
    out = {}
    for id_, slug, kind, name in records:
        subkind, maker, date, start, end = details.get(id_, ("", None, None, None, None))
        if kind == "organization":
            organizations = [id_]
        elif kind == "event":
            organizations = [makers.get(each, each) for each in participants[id_]]
        else:
            organizations = [maker] if maker else []
        own = tuple(dict.fromkeys(each for each in organizations if each in countries))
        where = tuple(dict.fromkeys(country for each in own if (country := countries[each])))
        served = (
            frozenset({id_})
            if kind == "sector"
            else sectors.get(id_, frozenset()).union(*(sectors.get(each, frozenset()) for each in own))
        )
        out[id_] = Brief(
            id_, slug, kind, names.get(id_, name), subkind or "", where, own, served, date or "", start, end,
            founded.get(id_, ""),
        )  # fmt: skip
    return out


def briefs(session: Reader, filters: Filters, *, language: str) -> dict[str, Brief]:
    """Return the records that pass the filters, by id; sources are never among them."""
    return {id_: brief for id_, brief in all_briefs(session, language=language).items() if passes(brief, filters)}


def passing_among(session: Reader, ids: Iterable[str], filters: Filters, *, language: str) -> frozenset[str]:
    """Return those of the records with these ids that pass the filters; of very many events it looks at no others."""
    wanted = frozenset(ids)
    if is_large(session.connection()):
        known = briefs_but_events(session, language=language)
        known = known | _all_briefs(session, language, only=wanted - known.keys())
    else:
        known = all_briefs(session, language=language)
    return frozenset(id_ for id_ in wanted if id_ in known and passes(known[id_], filters))


def passes(brief: Brief, filters: Filters) -> bool:
    """Say whether a record passes the filters; one without a date passes every date filter."""
    if filters.kinds and brief.kind not in filters.kinds:
        return False
    if filters.countries and not filters.countries.intersection(brief.countries):
        return False
    if filters.organizations and not filters.organizations.intersection(brief.organizations):
        return False
    if filters.sectors and not filters.sectors & brief.sectors:
        return False
    if filters.certainties and brief.certainty not in filters.certainties:
        return False
    if filters.as_of and brief.start is not None and brief.start > day_number(filters.as_of):
        return False
    if filters.end and brief.start is not None and brief.start > day_number(filters.end):
        return False
    if brief.kind == "event" and brief.end is None:
        return True  # it goes on
    last = brief.end if brief.end is not None else brief.start
    return not (filters.start and last is not None and last < day_number(filters.start))


def _countries(session: Reader) -> dict[str, str | None]:
    organization = Organization.__table__.c
    return dict(session.execute(select(organization.id, organization.country)).all())


def _sectors(session: Reader) -> dict[str, frozenset[str]]:
    served: dict[str, set[str]] = defaultdict(set)
    link = Relationship.__table__.c
    query = select(link.subject_id, link.object_id).where(link.kind == "serves")
    for subject_id, sector_id in session.execute(query):
        served[subject_id].add(sector_id)
    return {id_: frozenset(sectors) for id_, sectors in served.items()}


def _details(
    session: Reader, kinds: frozenset[str], only: frozenset[str] | None = None
) -> dict[str, tuple[str | None, str | None, str | None, int | None, int | None]]:
    """Return for each record of these kinds: its own kind, its maker, its date as written, and the days it may span."""

    def rows(kind: str, query: Any, column: Any) -> Iterable[Any]:
        return session.execute(within(query, column, only)) if kind in kinds else ()

    out: dict[str, tuple[str | None, str | None, str | None, int | None, int | None]] = {}
    row: Any
    query: Any
    t = Organization.__table__.c
    for row in rows("organization", select(t.id, t.org_kind, t.founded_on, t.founded_on_from), t.id):
        out[row.id] = (row.org_kind, row.id, row.founded_on, row.founded_on_from, None)
    t = Chip.__table__.c
    query = select(t.id, t.designer_id, t.announced_on, t.announced_on_from, t.released_on, t.released_on_from,
                   t.released_on_to, t.announced_on_to, t.status)  # fmt: skip
    for row in rows("chip", query, t.id):
        if row.released_on:
            dated = (row.released_on, row.released_on_from, row.released_on_to)
        else:
            dated = (row.announced_on, row.announced_on_from, row.announced_on_to)
        out[row.id] = (row.status, row.designer_id, *dated)
    mapped: Any
    for kind, mapped, own in (("model", Model, "openness"), ("software", Software, "layer")):
        t = mapped.__table__.c
        query = select(t.id, t[own], t.developer_id, t.released_on, t.released_on_from, t.released_on_to)
        for row in rows(kind, query, t.id):
            out[row[0]] = tuple(row[1:])
    t = Policy.__table__.c
    query = select(t.id, t.status, t.authority_id, t.effective_on, t.effective_on_from, t.announced_on,
                   t.announced_on_from, t.ended_on_to)  # fmt: skip
    for row in rows("policy", query, t.id):
        date, start = (
            (row.effective_on, row.effective_on_from) if row.effective_on else (row.announced_on, row.announced_on_from)
        )
        out[row.id] = (row.status, row.authority_id, date, start, row.ended_on_to)
    t = Event.__table__.c
    query = select(t.id, t.event_kind, t.starts_on, t.starts_on_from, t.starts_on_to, t.ends_on, t.ends_on_to)
    for row in rows("event", query, t.id):
        last = row.ends_on_to if row.ends_on else row.starts_on_to  # of an open end there is no last day
        out[row.id] = (row.event_kind, None, row.starts_on, row.starts_on_from, last)
    return out
