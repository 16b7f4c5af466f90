"""Events from calendar and timeline files: what a file would change, and taking it in as one step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from chipscape_db import vocabulary as words
from chipscape_db.commands.checks import checked, slug_is_taken
from chipscape_db.commands.citations import NewCitation, put_citation
from chipscape_db.commands.fields import RECORD_FIELDS, Stored, check_order
from chipscape_db.commands.records import put_fields, put_texts
from chipscape_db.errors import N_, Invalid
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id, slug_of
from chipscape_db.models import Alias, Citation, Event, Participant, Record, Source
from chipscape_db.queries.forms import record_state
from chipscape_db.transfer.happenings import EVENT, CitedSource, Happening

DEFAULT_IMPORTANCE = 2
STATES = ("new", "changed", "same", "other")
"""What becomes of an entry: added, changed, nothing (all of it is there), or left alone (it is no event)."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What one entry of a file comes to: its state, its title and date, and in words what of it could not be taken."""

    state: str
    title: str
    starts_on: str
    slug: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """What a file comes to, entry by entry; `sources` counts the sources that it adds."""

    entries: list[Planned] = field(default_factory=list)
    sources: int = 0

    def count(self, state: str) -> int:
        """Return how many entries are in a state."""
        return sum(entry.state == state for entry in self.entries)


class _DryRunError(Exception):
    """Ends a transaction whose outcome was only asked for."""


def plan_happenings(engine: Engine, happenings: Sequence[Happening], *, kind: str) -> Plan:
    """Return what taking the entries in would change; writes nothing. Raises `Invalid` where one cannot be taken."""
    plan = Plan()
    try:
        with record(engine, "import-events", "", author="") as (session, _out):
            _take(session, happenings, kind, plan)
            raise _DryRunError
    except _DryRunError:
        return plan


def import_happenings(
    engine: Engine, *, author: str, happenings: Sequence[Happening], name: str, kind: str
) -> ChangeSummary | None:
    """Take the events of the file *name* in as one step; None when all of it is there already.

    An event is known by its slug, else by its title on the same date; what the file says of it replaces what is there,
    what the file is silent on stays, and participants and sources are added. *kind* is for events whose file names
    none. Raises `Invalid` with the number of the entry and the field at fault; then nothing is written.
    """
    with record(engine, "import-events", name, author=author) as (session, out):
        _take(session, happenings, kind, Plan())
    return out[0] if out else None


def _take(session: RecordedSession, happenings: Iterable[Happening], kind: str, plan: Plan) -> None:
    known = _Known(session)
    for number, one in enumerate(happenings, 1):
        if one.record != EVENT:
            plan.entries.append(Planned("other", one.title("en"), one.starts_on, one.slug))
            continue
        try:
            plan.entries.append(_take_one(session, one, kind, known))
        except Invalid as error:
            raise Invalid(
                N_("Entry {number}, “{title}”: {problem} Nothing was imported."),
                field=error.field, number=number, title=one.title("en")[:80], problem=str(error),
            ) from error  # fmt: skip
    plan.sources = known.added


class _Known:
    """What entries may refer to, by slug, address, or name."""

    def __init__(self, session: Session) -> None:
        self.slugs = {
            slug: (id_, kind) for id_, slug, kind in session.execute(select(Record.id, Record.slug, Record.kind))
        }
        self.addresses = {url: id_ for id_, url in session.execute(select(Source.id, Source.url)) if url}
        self.names: dict[str, str] = {}
        for id_, alias in session.execute(select(Alias.record_id, Alias.alias)):
            self.names.setdefault(alias.casefold(), id_)
        for id_, name in session.execute(select(Record.id, Record.name).where(Record.kind != "source")):
            self.names[name.casefold()] = id_
        record_, event = Record.__table__.c, Event.__table__.c
        self.titles = {
            (name.casefold(), starts_on): id_
            for id_, name, starts_on in session.execute(
                select(event.id, record_.name, event.starts_on).join(Record.__table__, record_.id == event.id)
            )
        }
        self.added = 0


def _take_one(session: RecordedSession, one: Happening, kind: str, known: _Known) -> Planned:
    title = one.title("en")
    found, what = known.slugs.get(one.slug, ("", ""))
    if found and what != EVENT:
        raise Invalid(N_("its id belongs to a record that is no event; give it another."), field="id")
    found = found or known.titles.get((title.casefold(), one.starts_on), "")
    fields = {"name": title, "starts_on": one.starts_on}
    # A file that knows of no end, kind or importance leaves those that are there.
    fields |= {name: text for name, text in (("ends_on", one.ends_on), ("event_kind", one.kind)) if text}
    if one.importance:
        fields["importance"] = str(one.importance)
    texts = {("name", code): text for code, text in one.titles if code != "en"}
    texts |= {("summary", code): text[: words.LONGEST_SUMMARY] for code, text in one.summaries}
    before = len(session.info["recorder"].written)
    if found:
        state = record_state(session, found)
        put_fields(session, state, fields)
        put_texts(session, state, texts)
    else:
        found = _add(session, one, {"event_kind": kind, "importance": str(DEFAULT_IMPORTANCE), **fields})
        put_texts(session, record_state(session, found), texts)
        known.titles[title.casefold(), one.starts_on] = found
        known.slugs[one.slug] = (found, EVENT)
    # What a summary has no room for is told, never dropped in silence.
    rest = tuple(text[words.LONGEST_SUMMARY :] for _code, text in one.summaries if len(text) > words.LONGEST_SUMMARY)
    left_out = (*_people(session, found, one, known), *rest)
    _cite(session, found, one, known)
    session.flush()
    changed = len(session.info["recorder"].written) > before
    is_new = changed and any(
        written.table == "event" and written.before is None and written.key == {"id": found}
        for written in session.info["recorder"].written[before:]
    )
    return Planned("new" if is_new else "changed" if changed else "same", title, one.starts_on, one.slug, left_out)


def _add(session: RecordedSession, one: Happening, fields: dict[str, str]) -> str:
    values: dict[str, Stored] = {
        each.name: checked(session, each, fields.get(each.name, "")) for each in RECORD_FIELDS[EVENT]
    }
    check_order(values, touched=frozenset(values), kind=EVENT)
    wanted = one.slug if one.slug and one.slug == slug_of(one.slug, lambda _slug: False) else ""
    slug = wanted or slug_of(f"event {one.starts_on} {one.title('en')}", lambda taken: slug_is_taken(session, taken))
    identity = new_id()
    session.add(Event(id=identity, slug=slug, **values))
    session.flush()
    return identity


def _people(session: RecordedSession, event_id: str, one: Happening, known: _Known) -> tuple[str, ...]:
    """Add the participants that the base knows; return the names of the others."""
    query = select(Participant.record_id, Participant.role).where(Participant.event_id == event_id)
    there = {(record_id, role) for record_id, role in session.execute(query)}
    left_out = []
    for slug, name, role in one.participants:
        id_ = known.slugs.get(slug, ("", ""))[0] or known.names.get(name.casefold(), "")
        if not id_ or role not in words.PARTICIPANT_ROLES:
            left_out.append(name or slug)
        elif (id_, role) not in there:
            session.add(Participant(event_id=event_id, record_id=id_, role=role))
            there.add((id_, role))
    session.flush()
    return tuple(left_out)


def _cite(session: RecordedSession, event_id: str, one: Happening, known: _Known) -> None:
    there = {
        (source_id, locator or "")
        for source_id, locator in session.execute(
            select(Citation.source_id, Citation.locator).where(Citation.record_id == event_id)
        )
    }
    for cited in one.sources:
        id_, kind = known.slugs.get(cited.slug, ("", ""))
        id_ = id_ if kind == "source" else known.addresses.get(cited.url, "") or _add_source(session, cited, known)
        if (id_, cited.locator) not in there:
            put_citation(session, NewCitation(id_, cited.locator), record_id=event_id)
            there.add((id_, cited.locator))


def _add_source(session: RecordedSession, cited: CitedSource, known: _Known) -> str:
    told = {
        "name": cited.title, "source_kind": cited.kind or "reference", "publisher": cited.publisher,
        "published_on": cited.published_on, "url": cited.url,
    }  # fmt: skip
    values: dict[str, Stored] = {
        each.name: checked(session, each, told.get(each.name, "")) for each in RECORD_FIELDS["source"]
    }
    identity = new_id()
    slug = cited.slug if cited.slug == slug_of(cited.slug or " ", lambda _slug: False) else ""
    slug = slug or slug_of(cited.title, lambda taken: slug_is_taken(session, taken))
    session.add(Source(id=identity, slug=slug, **values))
    session.flush()
    known.slugs[slug] = (identity, "source")
    if cited.url:
        known.addresses[cited.url] = identity
    known.added += 1
    return identity


def read_event_file(content: bytes, *, name: str) -> list[Happening]:
    """Return the entries of a calendar (`.ics`) or a TimelineJS (`.json`) file; raises `FileFault`."""
    from chipscape_db.transfer.calendars import read_calendar
    from chipscape_db.transfer.timelinejs import read_timelinejs

    return read_timelinejs(content, name=name) if name.lower().endswith(".json") else read_calendar(content, name=name)
