"""What every command asks before it writes: is it there, is it as the form saw it, does it refer to what is."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from chipscape_db.commands.fields import Field, Stored, stored
from chipscape_db.errors import N_, Conflict, Invalid, NotFound
from chipscape_db.faults import explained
from chipscape_db.history import RecordedSession
from chipscape_db.models import Base, Citation, Claim, FormerSlug, Record, Relationship

Row = TypeVar("Row", bound=Base)


def found(session: RecordedSession, table: type[Row], row_id: str, gone: str) -> Row:
    """Return a row by its id; raise `NotFound` with the sentence *gone* where there is none."""
    row = session.get(table, row_id)
    if row is None:
        raise NotFound(gone)
    return row


def record_kind(session: RecordedSession, record_id: str, *, field: str = "") -> str:
    """Return the kind of a record; raise `Invalid` for *field* (or `NotFound`) where there is none."""
    kind = session.scalar(select(Record.kind).where(Record.id == record_id))
    if kind is None:
        if field:
            raise Invalid(N_("This record is not in the fact base; choose another or add it first."), field=field)
        raise NotFound(N_("This record is no longer there; someone deleted it meanwhile."))
    return kind


def subject_of(engine: Engine, identity: str) -> str:
    """Return what the history calls a record, relationship, claim or citation: the names of the records it is about."""
    with explained(), Session(engine) as session:
        name = session.scalar(select(Record.name).where(Record.id == identity))
        if name is not None:
            return name
        citation = session.get(Citation, identity)
        if citation is not None:
            identity = citation.record_id or citation.relationship_id or ""
        claim = session.get(Claim, identity)
        link = session.get(Relationship, identity)
        ids = [link.subject_id, link.object_id] if link else [claim.subject_id if claim else identity]
        names = [session.scalar(select(Record.name).where(Record.id == one)) or "" for one in ids]
    return " → ".join(names)


def check_reference(session: RecordedSession, field: Field, value: Stored, *, own_id: str = "") -> None:
    """Raise `Invalid` where a field refers to no record, to one of the wrong kind, or to itself."""
    if field.form != "record" or not isinstance(value, str):
        return
    if value == own_id:
        raise Invalid(N_("A record cannot refer to itself here; choose another."), field=field.name)
    kind = record_kind(session, value, field=field.name)
    if field.refers_to and kind != field.refers_to:
        raise Invalid(
            N_("This must be a record of another kind: {wanted}, not {kind}."),
            field=field.name,
            wanted=field.refers_to,
            kind=kind,
        )


def checked(session: RecordedSession, field: Field, text: str, *, own_id: str = "") -> Stored:
    """Return what the base holds for the text of a field, references looked up; raise `Invalid` where it may not."""
    value = stored(field, text)
    check_reference(session, field, value, own_id=own_id)
    return value


def check_unchanged(now: Mapping[str, str], expected: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Raise `Conflict` where somebody changed a field meanwhile that is *wanted* to change.

    *now* is what is stored, *expected* what the form was opened with; a field that both sides changed alike is no
    conflict, and one that the form leaves alone is none either.
    """
    for name, value in wanted.items():
        if name in expected and now.get(name, "") not in (expected[name], value):
            raise Conflict(
                N_("This was changed meanwhile to '{now}'; look at it again before you save."),
                field=name,
                now=now.get(name, ""),
            )


def slug_is_taken(session: RecordedSession, slug: str) -> bool:
    """Say whether a record or a relationship has this slug, or a record had it; they share one name space."""
    return session.get(FormerSlug, slug) is not None or any(
        session.scalar(select(table.id).where(table.slug == slug)) is not None for table in (Record, Relationship)
    )
