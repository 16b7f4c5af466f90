"""Which event leads to which, by the relationships that say so, with their sources."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from chipscape_db.filters import Filters
from chipscape_db.models import Citation, Relationship
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader, among

MOST = 5_000


@dataclass(frozen=True, slots=True)
class EventLink:
    """A relationship *leads-to* from the event `cause` to the event `effect`; `sources` are ids, as cited for it."""

    id: str
    cause: str
    effect: str
    sources: tuple[str, ...] = ()


def event_links(session: Reader, filters: Filters) -> tuple[EventLink, ...]:
    """Return the links known by the as-of date, the oldest entry first, at most 5,000: no drawing holds more."""
    link = Relationship.__table__.c
    query = select(link.id, link.subject_id, link.object_id, link.starts_on_from).where(link.kind == "leads-to")
    rows = session.execute(query.order_by(link.id).limit(MOST)).all()
    if filters.as_of is not None:
        day = day_number(filters.as_of)
        rows = [row for row in rows if row.starts_on_from is None or row.starts_on_from <= day]
    cited: dict[str, dict[str, None]] = defaultdict(dict)
    if rows:
        # In this order SQLite goes by the links, not through every citation of a large base.
        sources = (
            select(Citation.relationship_id, Citation.source_id)
            .where(Citation.relationship_id.in_(among(row.id for row in rows)))
            .order_by(Citation.relationship_id, Citation.id)
        )
        for id_, source_id in session.execute(sources):
            cited[id_ or ""][source_id] = None
    return tuple(EventLink(row.id, row.subject_id, row.object_id, tuple(cited.get(row.id, ()))) for row in rows)
