"""The sources of a figure, as its footnotes need them."""

from collections.abc import Set
from dataclasses import dataclass

from sqlalchemy import select

from chipscape_db.models import Record, Source
from chipscape_db.queries import Reader


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
    source, record = Source.__table__.c, Record.__table__.c
    query = select(source.id, record.name, source.publisher, source.published_on, source.url).join(
        Record.__table__, record.id == source.id
    )
    return {
        row[0]: FootnoteSource(row[0], row[1], row[2] or "", row[3] or "", row[4] or "")
        for row in session.execute(query)
        if row[0] in wanted
    }
