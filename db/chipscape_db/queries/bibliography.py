"""Sources of a fact base as a bibliography tells of them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import aliased

from chipscape_db.models import Record, Source
from chipscape_db.queries import Reader
from chipscape_db.transfer.bibliography import Entry


def bibliography(session: Reader, source_ids: Collection[str] | None = None) -> list[Entry]:
    """Return the sources of these ids, or all of them, by slug."""
    source, record, relayed = Source.__table__.c, Record.__table__.c, aliased(Record.__table__)
    query = (
        select(
            record.slug, record.name, source.source_kind, source.publisher, source.author, source.url, source.doi,
            source.published_on, source.language, source.reliability, relayed.c.slug, source.note, record.id,
        )
        .select_from(
            Source.__table__.join(Record.__table__, record.id == source.id).outerjoin(
                relayed, relayed.c.id == source.relays_id
            )
        )
        .order_by(record.slug)
    )  # fmt: skip
    wanted = None if source_ids is None else set(source_ids)
    return [
        Entry(*(value or "" for value in row)) for row in session.execute(query) if wanted is None or row[-1] in wanted
    ]
