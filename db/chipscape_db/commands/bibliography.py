"""Sources from a bibliography: new ones are added, known ones completed, as one step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Engine, select

from chipscape_db.commands.checks import slug_is_taken
from chipscape_db.commands.fields import RECORD_FIELDS, shown, stored
from chipscape_db.commands.records import put_fields
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identifiers import doi_in, url_key
from chipscape_db.identity import new_id, slug_of
from chipscape_db.models import Record, Source
from chipscape_db.queries.forms import RecordState
from chipscape_db.transfer.bibliography import Entry

_TOLD = ("name", "source_kind", "publisher", "author", "published_on", "url", "doi", "language", "reliability", "note")


@dataclass(slots=True)
class ImportedSources:
    """What an import did: how many sources were new, how many completed, how many there already."""

    added: int = 0
    changed: int = 0
    known: int = 0


def import_sources(
    engine: Engine, *, author: str, entries: Sequence[Entry], name: str, told: ImportedSources | None = None
) -> ChangeSummary | None:
    """Add the sources of a bibliography called *name*, as one step; *told* receives what came of each.

    An entry that we wrote ourselves (its id is in the base) sets the fields of its source anew. One that is known by
    its DOI, its address or its slug fills only what the base does not say yet: nothing is overwritten. None when
    nothing changes; nothing is written when an entry is refused, and the first refusal is raised.
    """
    told = told if told is not None else ImportedSources()
    told.added = told.changed = told.known = 0  # it may be done again, after a person was asked about a reviewed source
    with record(engine, "import-sources", name, author=author) as (session, out):
        known = _Known(session)
        placed = [(entry, _put(session, entry, known, told)) for entry in entries]
        for entry, source_id in placed:
            relayed = known.by_slug.get(entry.relays) if entry.relays else None
            if relayed and relayed != source_id:
                now = known.states[source_id]
                if not now.fields["relays_id"] or known.is_ours(entry):
                    put_fields(session, now, {"relays_id": relayed})
    return out[0] if out else None


class _Known:
    """The sources that are there, by everything that they are known by."""

    def __init__(self, session: RecordedSession) -> None:
        source, told = Source.__table__.c, Record.__table__.c
        names = [field.name for field in RECORD_FIELDS["source"] if field.name != "name"]
        rows = session.execute(
            select(told.id, told.slug, told.name, *(source[name] for name in names)).select_from(
                Source.__table__.join(Record.__table__, told.id == source.id)
            )
        )
        self.states: dict[str, RecordState] = {}
        self.by_slug: dict[str, str] = {}
        self.by_doi: dict[str, str] = {}
        self.by_url: dict[str, str] = {}
        for id_, slug, name, *values in rows:
            fields = {"name": name} | {key: shown(value) for key, value in zip(names, values, strict=True)}
            self.add(RecordState(id_, slug, "source", fields, {}, ()))

    def add(self, state: RecordState) -> None:
        """Know one more source."""
        self.states[state.id] = state
        self.by_slug.setdefault(state.slug, state.id)
        url, doi = state.fields["url"], state.fields["doi"]
        if doi or doi_in(url):
            self.by_doi.setdefault(doi or doi_in(url) or "", state.id)
        if url:
            self.by_url.setdefault(url_key(url), state.id)

    def is_ours(self, entry: Entry) -> bool:
        return entry.id in self.states

    def find(self, entry: Entry) -> str | None:
        doi = entry.doi or doi_in(entry.url) or ""
        return (
            (entry.id if self.is_ours(entry) else None)
            or (self.by_doi.get(doi) if doi else None)
            or (self.by_url.get(url_key(entry.url)) if entry.url else None)
            or (self.by_slug.get(entry.slug) if entry.id else None)
        )


def _put(session: RecordedSession, entry: Entry, known: _Known, told: ImportedSources) -> str:
    """Add or complete one source and return its id."""
    texts = {name: getattr(entry, name) for name in _TOLD}
    there = known.find(entry)
    if there is not None:
        now = known.states[there]
        if known.is_ours(entry):
            wanted = {name: text for name, text in texts.items() if text != now.fields[name]}
        else:
            wanted = {name: text for name, text in texts.items() if text and not now.fields[name]}
        put_fields(session, now, wanted)
        known.states[there] = replace(now, fields=dict(now.fields) | wanted)
        told.changed += bool(wanted)
        told.known += not wanted
        return there
    values = {field.name: stored(field, texts.get(field.name, "")) for field in RECORD_FIELDS["source"]}
    identity = entry.id or new_id()
    wanted_slug = entry.slug if entry.id else str(values["name"])
    slug = slug_of(wanted_slug, lambda asked: slug_is_taken(session, asked))
    session.add(Source(id=identity, slug=slug, **values))
    session.flush()
    fields = {field.name: shown(values[field.name]) for field in RECORD_FIELDS["source"]}
    known.add(RecordState(identity, slug, "source", fields, {}, ()))
    if entry.slug and entry.slug != slug:
        known.by_slug.setdefault(entry.slug, identity)
    told.added += 1
    return identity
