"""Delete a record, with or without what refers to it."""

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
    Participant,
    Record,
    RecordText,
    Relationship,
    RelationshipText,
    StatementSource,
)
from chipscape_db.queries.forms import MODEL_OF_KIND, REFERENCES, touched_by


def delete_record(engine: Engine, *, author: str, record_id: str, take_along: bool = False) -> ChangeSummary | None:
    """Delete a record with its own texts, names and citations.

    Where anything else refers to it, `StillReferenced` says how much; with *take_along* claims, relationships, parts in
    events and citations of it go too and fields that refer to it are emptied. Undo brings everything back. Raises
    `NotFound` when the record is gone.
    """
    with record(engine, "delete-record", subject_of(engine, record_id), author=author) as (session, out):
        row = found(session, Record, record_id, N_("This record is no longer there; someone deleted it meanwhile."))
        others = touched_by(session, record_id)
        if others.total and not take_along:
            raise StillReferenced(
                N_(
                    "'{name}' is still referred to by {claims} claims, {relationships} relationships, {citations} "
                    "citations, {parts} parts in events, {fields} fields of other records and {statements} statements; "
                    "delete them along with it, or let them refer to something else first."
                ),
                name=row.name,
                claims=others.claims + others.claims_resting,
                relationships=others.relationships,
                citations=others.citing,
                parts=others.participations,
                fields=others.references,
                statements=others.statements,
            )
        _let_go(session, record_id)
        own = session.get_one(MODEL_OF_KIND[row.kind], record_id)
        _delete(session, Alias, Alias.record_id == record_id)
        _delete(session, RecordText, RecordText.record_id == record_id)
        _delete(session, Participant, Participant.event_id == record_id)
        _delete(session, Citation, Citation.record_id == record_id)
        session.delete(own)
    return out[0] if out else None


def _let_go(session: RecordedSession, record_id: str) -> None:
    """Delete or empty whatever else refers to a record, the dependent rows first."""
    drop_claims(session, or_(Claim.subject_id == record_id, Claim.source_id == record_id))
    links = or_(Relationship.subject_id == record_id, Relationship.object_id == record_id)
    for link_id in session.scalars(select(Relationship.id).where(links)).all():
        drop_relationship(session, link_id)
    _delete(session, Citation, Citation.source_id == record_id)
    _delete(session, Participant, Participant.record_id == record_id)
    _delete(session, StatementSource, StatementSource.source_id == record_id)
    for model, name in REFERENCES:
        column = getattr(model, name)
        for row in session.scalars(select(model).where(column == record_id)):
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
