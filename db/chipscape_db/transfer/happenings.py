"""Dated records as calendar and timeline files hold them, whichever format: read from a base, told to the writers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from chipscape_db.models import Citation, Event, Participant, Policy, Record, RecordText, Source
from chipscape_db.partial_date import PartialDate, day_of
from chipscape_db.queries import Reader, among
from chipscape_db.queries.briefs import briefs_but_events, briefs_of

EVENT = "event"


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source behind an event; `slug` is empty for one that a file from elsewhere names by its address only."""

    slug: str
    title: str
    url: str = ""
    publisher: str = ""
    published_on: str = ""
    kind: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """A dated record: an event, or another record that stands on a timeline (`record` is its kind).

    `slug` is empty in files from elsewhere. `titles` and `summaries` are (language, text), the English one first.
    `starts_on` and `ends_on` are partial dates as written, `ends_on` `..` for what goes on and empty for none.
    `kind` and `importance` are those of an event, 0 where nothing is said. `participants` are (slug, name, role).
    """

    slug: str
    record: str
    titles: tuple[tuple[str, str], ...]
    starts_on: str
    ends_on: str = ""
    kind: str = ""
    importance: int = 0
    summaries: tuple[tuple[str, str], ...] = ()
    participants: tuple[tuple[str, str, str], ...] = ()
    sources: tuple[CitedSource, ...] = ()

    def title(self, language: str) -> str:
        """Return the title in a language, else in the first there is."""
        return _in(self.titles, language)

    def summary(self, language: str) -> str:
        """Return the summary in a language, else in the first there is, else nothing."""
        return _in(self.summaries, language)

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        """The first and the last day that the dates may mean, None where open."""
        start = PartialDate.parse(self.starts_on)
        if not self.ends_on:
            return start.earliest, start.latest
        if self.ends_on == "..":
            return start.earliest, None
        return start.earliest, PartialDate.parse(self.ends_on).latest


@dataclass(frozen=True, slots=True)
class Era:
    """A rule in force, as an era behind the events: `ends_on` is empty while it is in force."""

    slug: str
    title: str
    starts_on: str
    ends_on: str


def read_happenings(session: Reader, ids: Collection[str], *, language: str) -> list[Happening]:
    """Return the dated records with these ids by date, with titles in all languages; others are left out."""
    briefs = briefs_of(session, frozenset(ids), language=language)
    wanted = {id_ for id_ in ids if id_ in briefs and briefs[id_].date}
    these = among(sorted(wanted))
    names = session.execute(select(Record.id, Record.name).where(Record.id.in_(these)))
    titles = {id_: {"en": name} for id_, name in names}
    summaries: dict[str, dict[str, str]] = {}
    texts = select(RecordText.record_id, RecordText.field, RecordText.language, RecordText.text)
    for id_, field, code, text in session.execute(texts.where(RecordText.record_id.in_(these))):
        (titles if field == "name" else summaries).setdefault(id_, {})[code] = text
    details = select(Event.id, Event.event_kind, Event.ends_on, Event.importance).where(Event.id.in_(these))
    events = {id_: (kind, ends_on or "", importance) for id_, kind, ends_on, importance in session.execute(details)}
    people = _participants(session, these)
    sources = _sources(session, these)
    out = []
    for id_ in sorted(wanted, key=lambda one: (briefs[one].start or 0, briefs[one].slug)):
        brief = briefs[id_]
        kind, ends_on, importance = events.get(id_, ("", "", 0))
        out.append(
            Happening(
                brief.slug, brief.kind, _ordered(titles[id_]), brief.date, ends_on, kind, importance,
                _ordered(summaries.get(id_, {})), people.get(id_, ()), sources.get(id_, ()),
            )
        )  # fmt: skip
    return out


def read_eras(session: Reader, *, language: str) -> list[Era]:
    """Return the rules that took or take effect, by date."""
    briefs = briefs_but_events(session, language=language)
    eras = [
        Era(briefs[id_].slug, briefs[id_].name, briefs[id_].date, ended or "")
        for id_, ended, status in session.execute(select(Policy.id, Policy.ended_on, Policy.status))
        if briefs[id_].date and status != "proposed"
    ]
    return sorted(eras, key=lambda era: (PartialDate.parse(era.starts_on), era.slug))


def plain_parts(text: str) -> tuple[int, int | None, int | None] | None:
    """Return (year, month, day) of a date written as plain as `2025-06`, the missing parts None; None for others."""
    parts = text.split("-")
    if not (1 <= len(parts) <= 3 and all(part.isascii() and part.isdecimal() for part in parts)):
        return None
    if len(parts[0]) != 4 or (len(parts) > 1 and not 1 <= int(parts[1]) <= 12):
        return None
    numbers = [int(part) for part in parts]
    return numbers[0], (numbers[1] if len(parts) > 1 else None), (numbers[2] if len(parts) > 2 else None)


def span_text(first: date, last: date) -> str:
    """Return the shortest partial date that means exactly the days *first* to *last*."""
    for text in (f"{first.year:04}", f"{first.year:04}-{first.month:02}", first.isoformat()):
        meant = PartialDate.parse(text)
        if (meant.earliest, meant.latest) == (first, last):
            return text
    return f"{first.isoformat()}/{last.isoformat()}"


def day_after(day: date) -> date | None:
    """Return the next day, None after the last that there is."""
    return None if day == date.max else day_of(day.toordinal() - date(1970, 1, 1).toordinal() + 1)


def _in(texts: tuple[tuple[str, str], ...], language: str) -> str:
    told = dict(texts)
    return told.get(language) or next(iter(told.values()), "")


def _ordered(texts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(texts.items(), key=lambda item: (item[0] != "en", item[0])))


def _participants(session: Reader, these: Any) -> dict[str, tuple[tuple[str, str, str], ...]]:
    query = select(Participant.event_id, Record.slug, Record.name, Participant.role).join(
        Record.__table__, Record.id == Participant.record_id
    )
    query = query.where(Participant.event_id.in_(these))
    found: dict[str, list[tuple[str, str, str]]] = {}
    for event_id, slug, name, role in session.execute(query.order_by(Record.slug, Participant.role)):
        found.setdefault(event_id, []).append((slug, name, role))
    return {id_: tuple(people) for id_, people in found.items()}


def _sources(session: Reader, these: Any) -> dict[str, tuple[CitedSource, ...]]:
    record, source = Record.__table__.c, Source.__table__.c
    query = (
        select(
            Citation.record_id, record.slug, record.name, source.url, source.publisher, source.published_on,
            source.source_kind, Citation.locator,
        )
        .join(Source.__table__, source.id == Citation.source_id)
        .join(Record.__table__, record.id == source.id)
        .where(Citation.record_id.in_(these))
        .order_by(Citation.record_id, record.slug, Citation.locator)
    )  # fmt: skip
    found: dict[str, dict[CitedSource, None]] = {}
    for id_, slug, name, url, publisher, published, kind, locator in session.execute(query):
        cited = CitedSource(slug, name, url or "", publisher or "", published or "", kind, locator or "")
        found.setdefault(id_ or "", {})[cited] = None
    return {id_: tuple(cited) for id_, cited in found.items()}
