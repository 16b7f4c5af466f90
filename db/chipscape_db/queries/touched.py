"""Which records a few steps of the journal can have changed the look of, so that only they are read again."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import select

from chipscape_db.models import Change, Participant
from chipscape_db.queries import Reader, among

_MOST_CHANGES = 200
_MOST_RECORDS = 400
_OF_A_RECORD = frozenset(
    (
        "record", "organization", "chip", "model", "software", "policy", "sector", "event", "record_text", "alias",
        "claim", "participant", "relationship", "relationship_text", "citation", "review_mark", "dismissal",
        "map_place", "saved_figure", "table_view", "snapshot", "former_slug", "source",
    )
)  # fmt: skip
"""The tables whose changes are followed; a change of any other makes everything be read again."""
_LEANT_ON = frozenset(("organization", "chip", "model", "software", "policy"))
_SOURCE_SAYS = ("source_kind", "relays_id")


class Placed(Protocol):
    """A record as far as it leans on others: the organizations that it is told under."""

    @property
    def organizations(self) -> tuple[str, ...]:
        """The ids of its organizations."""
        ...


def touched_records(session: Reader, known: Mapping[str, Placed], *, since: int) -> frozenset[str] | None:
    """Return the ids of the records whose briefs may differ after the changesets from *since* on, itself included.

    None where too much was changed to follow it, or something that many records rest on, such as the kind of a source.
    *known* are the records as they were: those told under a changed organization count too, and so do the events that a
    changed record took part in.
    """
    change, part = Change.__table__.c, Participant.__table__.c
    query = select(change.table_name, change.owner_id, change.before, change.after).where(change.changeset_id >= since)
    changes = session.execute(query.limit(_MOST_CHANGES + 1)).all()
    if len(changes) > _MOST_CHANGES:
        return None
    ids: set[str] = set()
    leant_on: set[str] = set()
    for table, owner, before, after in changes:
        if table not in _OF_A_RECORD or (table == "source" and _weighs(before, after)):
            return None
        if owner:
            ids.add(owner)
            # A name or a claim of it is nobody else's affair; its country or its maker is.
            if table in _LEANT_ON or (table == "record" and (before is None or after is None)):
                leant_on.add(owner)
        if table == "relationship":
            for row in (before, after):
                leant_on.update(row[end] for end in ("subject_id", "object_id") if row)
    ids |= leant_on
    if leant_on:
        ids.update(id_ for id_, placed in known.items() if not leant_on.isdisjoint(placed.organizations))
        took_part = select(part.event_id).where(part.record_id.in_(among(leant_on)))
        ids.update(session.scalars(took_part))
    return frozenset(ids) if len(ids) <= _MOST_RECORDS else None


def _weighs(before: dict[str, Any] | None, after: dict[str, Any] | None) -> bool:
    """Say whether a change of a source can change how well other records are founded."""
    if before is None or after is None:
        return before is not None
    return any(before[name] != after[name] for name in _SOURCE_SAYS)
