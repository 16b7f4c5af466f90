"""Delete records, with or without what refers to them, claims and relationships."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Engine, or_, select

from chipscape_db.commands.checks import found, subject_of
from chipscape_db.errors import N_, StillReferenced
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.models import (
    Alias,
    Base,
    Citation,
    Claim,
    Dismissal,
    FormerSlug,
    MapPlace,
    Participant,
    Record,
    RecordText,
    Relationship,
    RelationshipText,
    ReviewMark,
    Snapshot,
    StatementSource,
)
from chipscape_db.queries import among
from chipscape_db.queries.forms import MODEL_OF_KIND, REFERENCES, touched_by


def delete_record(
    engine: Engine, *, author: str, record_id: str, take_along: bool = False, reason: str = ""
) -> ChangeSummary | None:
    """Delete one record; as `delete_records`."""
    return delete_records(engine, author=author, record_ids=[record_id], take_along=take_along, reason=reason)


def delete_records(
    engine: Engine, *, author: str, record_ids: Collection[str], take_along: bool = False, reason: str = ""
) -> ChangeSummary | None:
    """Delete records with their own texts, names, citations and marks, as one step.

    Where anything else refers to them, `StillReferenced` says how much; with *take_along* claims, relationships, parts
    in events and citations of them go too and fields that refer to them are emptied. Undo brings everything back.
    Raises `NotFound` when one of them is gone.
    """
    ids = list(dict.fromkeys(record_ids))
    with record(engine, "delete-record", _subject(engine, ids), author=author, reason=reason) as (session, out):
        gone = N_("This record is no longer there; someone deleted it meanwhile.")
        rows = [found(session, Record, record_id, gone) for record_id in ids]
        others = touched_by(session, ids)
        if others.total and not take_along:
            raise StillReferenced(
                N_(
                    "'{name}' is still referred to by {claims} claims, {relationships} relationships, {citations} "
                    "citations, {parts} parts in events, {fields} fields of other records and {statements} statements; "
                    "delete them along with it, or let them refer to something else first."
                ),
                name=", ".join(row.name for row in rows[:3]) + (" …" if len(rows) > 3 else ""),
                claims=others.claims + others.claims_resting,
                relationships=others.relationships,
                citations=others.citing,
                parts=others.participations,
                fields=others.references,
                statements=others.statements,
            )
        _let_go(session, ids)
        for table, column in _OWN:
            _delete(session, table, column.in_(among(ids)))
        for row in rows:
            session.delete(session.get_one(MODEL_OF_KIND[row.kind], row.id))
    return out[0] if out else None


def delete_facts(
    engine: Engine, *, author: str, table: str, ids: Collection[str], reason: str = ""
) -> ChangeSummary | None:
    """Delete claims or relationships (*table* is `claim` or `relationship`) as one step; raises `NotFound`."""
    model: type[Claim | Relationship] = Claim if table == "claim" else Relationship
    gone = N_("One of these rows is no longer there; someone deleted it meanwhile.")
    first = subject_of(engine, next(iter(ids), ""))
    one = "delete-claim" if table == "claim" else "delete-relationship"
    action, subject = (one, first) if len(ids) == 1 else (f"{one}s", str(len(ids)))
    with record(engine, action, subject, author=author, reason=reason) as (session, out):
        for row_id in ids:
            found(session, model, row_id, gone)
        if table == "claim":
            drop_claims(session, Claim.id.in_(among(ids)))
        else:
            for row_id in ids:
                drop_relationship(session, row_id)
    return out[0] if out else None


_OWN: tuple[tuple[type[Base], Any], ...] = (
    (Alias, Alias.record_id),
    (RecordText, RecordText.record_id),
    (Participant, Participant.event_id),
    (Citation, Citation.record_id),
    (Snapshot, Snapshot.source_id),
    (ReviewMark, ReviewMark.record_id),
    (Dismissal, Dismissal.record_id),
    (FormerSlug, FormerSlug.record_id),
    (MapPlace, MapPlace.record_id),
)
"""What belongs to a record and goes with it."""


def _subject(engine: Engine, ids: Sequence[str]) -> str:
    names = [subject_of(engine, one) for one in ids[:3]]
    return ", ".join(names) + (f" … ({len(ids)})" if len(ids) > 3 else "")


def _let_go(session: RecordedSession, ids: Collection[str]) -> None:
    """Delete or empty whatever else refers to records, the dependent rows first."""
    listed = among(ids)
    drop_claims(session, or_(Claim.subject_id.in_(listed), Claim.source_id.in_(listed)))
    links = or_(Relationship.subject_id.in_(listed), Relationship.object_id.in_(listed))
    for link_id in session.scalars(select(Relationship.id).where(links)).all():
        drop_relationship(session, link_id)
    _delete(session, Citation, Citation.source_id.in_(listed))
    _delete(session, Participant, Participant.record_id.in_(listed))
    _delete(session, StatementSource, StatementSource.source_id.in_(listed))
    for model, name in REFERENCES:
        column = getattr(model, name)
        for row in session.scalars(select(model).where(column.in_(listed))):
            setattr(row, name, None)
    session.flush()


def drop_claims(session: RecordedSession, where: Any) -> None:
    """Delete claims; those that repeat one of them from now on stand for themselves."""
    claims = session.scalars(select(Claim).where(where)).all()
    gone = {claim.id for claim in claims}
    for claim in session.scalars(select(Claim).where(Claim.repeats_id.is_not(None))):
        if claim.repeats_id in gone:
            claim.repeats_id = None
    session.flush()
    for claim in claims:
        session.delete(claim)
    session.flush()


def drop_relationship(session: RecordedSession, relationship_id: str) -> None:
    """Delete a relationship with its summaries and citations."""
    _delete(session, RelationshipText, RelationshipText.relationship_id == relationship_id)
    _delete(session, Citation, Citation.relationship_id == relationship_id)
    _delete(session, Relationship, Relationship.id == relationship_id)


def _delete(session: RecordedSession, table: type[Base], where: Any) -> None:
    for row in session.scalars(select(table).where(where)).all():
        session.delete(row)
    session.flush()
