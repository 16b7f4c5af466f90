"""What belongs to one event: its causes and effects, and the events that name the same; asked for one at a time."""

from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from chipscape_db.models import Participant, Record, Relationship
from chipscape_db.queries import Reader


@dataclass(frozen=True, slots=True)
class EventKin:
    """The ids of the events that lead to one, that it leads to, and that share enough of its participants."""

    causes: frozenset[str] = frozenset()
    effects: frozenset[str] = frozenset()
    alike: tuple[str, ...] = ()


def event_kin(session: Reader, event_id: str) -> EventKin:
    """Return what belongs to an event.

    Events are alike that share a participant which is no organization, or two organizations: each organization shared
    counts 1, everything else 2, and 2 are needed.
    """
    link = Relationship.__table__.c
    causes, effects = set(), set()
    pairs = select(link.subject_id, link.object_id).where(
        link.kind == "leads-to", or_(link.subject_id == event_id, link.object_id == event_id)
    )
    for cause, effect in session.execute(pairs):
        if cause == event_id:
            effects.add(effect)
        if effect == event_id:
            causes.add(cause)
    own, other = aliased(Participant), aliased(Participant)
    rare = case((Record.kind != "organization", other.record_id))
    weight = func.count(other.record_id.distinct()) + func.count(rare.distinct())
    alike = (
        select(other.event_id)
        .join(own, own.record_id == other.record_id)
        .join(Record.__table__, Record.id == other.record_id)
        .where(own.event_id == event_id, other.event_id != event_id)
        .group_by(other.event_id)
        .having(weight >= 2)
    )
    return EventKin(frozenset(causes), frozenset(effects), tuple(session.scalars(alike)))


def events_with(session: Reader, record_id: str) -> tuple[str, ...]:
    """Return the ids of the events that a record took part in."""
    query = select(Participant.event_id).where(Participant.record_id == record_id).distinct()
    return tuple(session.scalars(query.order_by(Participant.event_id)))
