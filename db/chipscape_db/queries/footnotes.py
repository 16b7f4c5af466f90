"""The sources of a figure, as its footnotes need them."""

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass

from sqlalchemy import select

from chipscape_db.models import Citation, Claim, Record, Source
from chipscape_db.queries import Reader, among


@dataclass(frozen=True, slots=True)
class FootnoteSource:
    """A source as a footnote needs it; empty texts where nothing is said."""

    id: str
    title: str
    publisher: str
    published_on: str
    url: str


def footnote_sources(session: Reader, wanted: Set[str]) -> dict[str, FootnoteSource]:
    """Return the sources with these ids, by id."""
    return {source.id: source for source in _sources(session, wanted)}


def all_footnote_sources(session: Reader) -> dict[str, FootnoteSource]:
    """Return every source, by id."""
    return {source.id: source for source in _sources(session)}


def _sources(session: Reader, only: Set[str] | None = None) -> Iterator[FootnoteSource]:
    source, record = Source.__table__.c, Record.__table__.c
    query = select(source.id, record.name, source.publisher, source.published_on, source.url).join(
        Record.__table__, record.id == source.id
    )
    if only is not None:
        query = query.where(source.id.in_(among(sorted(only))))
    for row in session.execute(query):
        yield FootnoteSource(row[0], row[1], row[2] or "", row[3] or "", row[4] or "")


def source_addresses(session: Reader, ids: Collection[str]) -> dict[str, str]:
    """Return the address of the source behind each of *ids* that has one.

    That is a claim's own source, and of a record or relationship the first source cited for it; sources lead to
    themselves.
    """
    wanted = among(ids)
    url = Source.url.is_not(None)
    cited = select(Citation.record_id, Citation.relationship_id, Source.url).join(
        Source, Source.id == Citation.source_id
    )
    found: dict[str, str] = {}
    for column in (Citation.record_id, Citation.relationship_id):
        for record_id, link_id, address in session.execute(cited.where(url, column.in_(wanted)).order_by(Citation.id)):
            found.setdefault(record_id or link_id or "", address or "")
    claims = select(Claim.id, Source.url).join(Source, Source.id == Claim.source_id).where(url, Claim.id.in_(wanted))
    own = select(Source.id, Source.url).where(url, Source.id.in_(wanted))
    for query in (claims, own):
        found.update({id_: address for id_, address in session.execute(query) if address})
    return found


Cited = dict[str, tuple[str, ...]]
"""Ids of sources by what they are cited for, each once, in order."""


def cited_sources(session: Reader) -> tuple[Cited, Cited]:
    """Return the sources cited for each record, and those cited for each relationship, by id."""
    records: dict[str, dict[str, None]] = {}
    links: dict[str, dict[str, None]] = {}
    query = select(Citation.record_id, Citation.relationship_id, Citation.source_id).order_by(Citation.source_id)
    for record_id, link_id, source_id in session.execute(query):
        if record_id is not None:
            records.setdefault(record_id, {})[source_id] = None
        elif link_id is not None:
            links.setdefault(link_id, {})[source_id] = None
    return ({id_: tuple(ids) for id_, ids in records.items()}, {id_: tuple(ids) for id_, ids in links.items()})
