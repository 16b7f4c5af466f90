"""Relationships between records, and who took part in an event."""

from collections.abc import Mapping

from sqlalchemy import Engine, select

from chipscape_db import vocabulary as words
from chipscape_db.commands.checks import (
    check_unchanged,
    checked,
    found,
    record_kind,
    slug_is_taken,
    subject_of,
)
from chipscape_db.commands.citations import NewCitation, put_citation
from chipscape_db.commands.deletion import drop_relationship
from chipscape_db.commands.fields import RELATIONSHIP_FIELDS, Field, Stored, check_order, stored
from chipscape_db.errors import N_, Conflict, Invalid
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id, slug_of
from chipscape_db.models import Participant, Record, Relationship, RelationshipText
from chipscape_db.queries.forms import relationship_state

_GONE = N_("This relationship is no longer there; someone deleted it meanwhile.")


def add_relationship(
    engine: Engine,
    *,
    author: str,
    fields: Mapping[str, str],
    texts: Mapping[str, str] | None = None,
    citation: NewCitation | None = None,
    uncited: bool = False,
    relationship_id: str | None = None,
) -> ChangeSummary | None:
    """Tie two records; *fields* as in `fields.RELATIONSHIP_FIELDS`, *texts* are summaries by language.

    Needs a *citation* unless it is said to be *uncited*. Raises `Invalid` with the field at fault.
    """
    identity = relationship_id or new_id()
    subject = " → ".join(subject_of(engine, fields.get(end, "")) for end in ("subject_id", "object_id"))
    with record(engine, "add-relationship", subject, author=author) as (session, out):
        put_relationship(session, identity, fields, citation=citation, uncited=uncited)
        put_relationship_texts(session, identity, texts or {}, {})
    return out[0] if out else None


def put_relationship(
    session: RecordedSession,
    identity: str,
    fields: Mapping[str, str],
    *,
    citation: NewCitation | None = None,
    uncited: bool = False,
) -> None:
    """Add a relationship within the step that *session* records; as `add_relationship`."""
    values = _checked(session, {field.name: "" for field in RELATIONSHIP_FIELDS} | dict(fields))
    if citation is None and not uncited:
        raise Invalid(N_("Name the source of this, or say that it has none yet."), field="citation")
    check_order(values, touched=frozenset(values))
    _refuse_twice(session, values, own_id="")
    ends = [session.get_one(Record, str(values[end])).slug for end in ("subject_id", "object_id")]
    slug = slug_of(f"rel-{ends[0]}-{values['kind']}-{ends[1]}", lambda wanted: slug_is_taken(session, wanted))
    session.add(Relationship(id=identity, slug=slug, **values))
    session.flush()
    if citation is not None:
        put_citation(session, citation, relationship_id=identity)


def edit_relationship(
    engine: Engine,
    *,
    author: str,
    relationship_id: str,
    fields: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    expected: Mapping[str, str] | None = None,
) -> ChangeSummary | None:
    """Change the given fields and summaries of a relationship; *expected* as in `edit_record`, summaries as
    `summary_en`. None when nothing differs."""
    subject = subject_of(engine, relationship_id)
    with record(engine, "edit-relationship", subject, author=author) as (session, out):
        now = relationship_state(session, relationship_id)
        if expected is not None:
            told = dict(now.fields) | {f"summary_{language}": text for language, text in now.texts.items()}
            wanted = dict(fields or {}) | {f"summary_{language}": text for language, text in (texts or {}).items()}
            check_unchanged(told, expected, wanted)
        put_relationship_fields(session, relationship_id, now.fields, fields or {})
        put_relationship_texts(session, relationship_id, texts or {}, now.texts)
    return out[0] if out else None


def put_relationship_fields(
    session: RecordedSession, relationship_id: str, now: Mapping[str, str], fields: Mapping[str, str]
) -> None:
    """Set those fields of a relationship that differ from *now*, within the step that *session* records."""
    row = found(session, Relationship, relationship_id, _GONE)
    values = _checked(session, dict(now) | dict(fields))
    touched = {name for name, value in values.items() if getattr(row, name) != value}
    check_order(values, touched=frozenset(touched))
    if touched & {"subject_id", "kind", "object_id", "starts_on"}:
        _refuse_twice(session, values, own_id=relationship_id)
    for name in touched:
        setattr(row, name, values[name])
    session.flush()


def delete_relationship(engine: Engine, *, author: str, relationship_id: str) -> ChangeSummary | None:
    """Delete a relationship with its summaries and citations."""
    subject = subject_of(engine, relationship_id)
    with record(engine, "delete-relationship", subject, author=author) as (session, out):
        found(session, Relationship, relationship_id, _GONE)
        drop_relationship(session, relationship_id)
    return out[0] if out else None


def add_participant(engine: Engine, *, author: str, event_id: str, record_id: str, role: str) -> ChangeSummary | None:
    """Say that a record took part in an event, in a role (see `vocabulary.PARTICIPANT_ROLES`)."""
    with record(engine, "add-participant", subject_of(engine, event_id), author=author) as (session, out):
        if record_kind(session, event_id) != "event":
            raise Invalid(N_("Only an event has participants."), field="event_id")
        stored(Field("role", "word", words.PARTICIPANT_ROLES, required=True), role)
        kind = record_kind(session, record_id, field="record_id")
        if kind in ("event", "source"):
            raise Invalid(N_("An event or a source does not take part in events; choose another."), field="record_id")
        if session.get(Participant, (event_id, record_id, role)) is not None:
            raise Conflict(N_("This record takes part in that role already."), field="record_id")
        session.add(Participant(event_id=event_id, record_id=record_id, role=role))
    return out[0] if out else None


def delete_participant(
    engine: Engine, *, author: str, event_id: str, record_id: str, role: str
) -> ChangeSummary | None:
    """Say no longer that a record took part in an event in that role."""
    with record(engine, "delete-participant", subject_of(engine, event_id), author=author) as (session, out):
        row = session.get(Participant, (event_id, record_id, role))
        if row is not None:
            session.delete(row)
    return out[0] if out else None


def _checked(session: RecordedSession, texts: Mapping[str, str]) -> dict[str, Stored]:
    """Return the fields of a relationship as stored; raise `Invalid` where they or its ends do not fit."""
    known = {field.name: field for field in RELATIONSHIP_FIELDS}
    for name in texts:
        if name not in known:
            raise Invalid(N_("A relationship has no field '{name}'."), field=name, name=name)
    values = {name: checked(session, known[name], text) for name, text in texts.items()}
    if values["subject_id"] == values["object_id"]:
        raise Invalid(N_("A relationship joins two different records."), field="object_id")
    ends = words.RELATIONSHIP_KINDS[str(values["kind"])]
    subject_kind, object_kind = (record_kind(session, str(values[end])) for end in ("subject_id", "object_id"))
    for field, kind, allowed in (("subject_id", subject_kind, ends.subjects), ("object_id", object_kind, ends.objects)):
        if kind not in allowed:
            raise Invalid(
                N_("A {kind} cannot stand here for “{link}”; choose one of {allowed}."),
                field=field,
                kind=kind,
                link=str(values["kind"]),
                allowed=", ".join(allowed),
            )
    return values


def _refuse_twice(session: RecordedSession, values: Mapping[str, Stored], *, own_id: str) -> None:
    """Refuse a link that is there already for the same start; a symmetric one is there in either direction."""
    pairs = [(values["subject_id"], values["object_id"])]
    if values["kind"] in words.SYMMETRIC_RELATIONSHIPS:
        pairs.append((values["object_id"], values["subject_id"]))
    link = Relationship.__table__.c
    for subject, object_ in pairs:
        query = select(link.id).where(
            link.subject_id == subject, link.object_id == object_, link.kind == values["kind"], link.id != own_id,
            link.starts_on.is_not_distinct_from(values["starts_on"]),
        )  # fmt: skip
        if session.execute(query).first() is not None:
            raise Conflict(N_("This relationship is in the fact base already."), field="object_id")


def put_relationship_texts(
    session: RecordedSession, relationship_id: str, texts: Mapping[str, str], now: Mapping[str, str]
) -> None:
    """Set those summaries of a relationship that differ from *now*, by language; empty is none."""
    for language, text in texts.items():
        clean = str(stored(Field(f"summary_{language}", "long"), text) or "")
        if clean == now.get(language, ""):
            continue
        row = session.get(RelationshipText, (relationship_id, language))
        if row is None:
            session.add(RelationshipText(relationship_id=relationship_id, language=language, text=clean))
        elif clean:
            row.text = clean
        else:
            session.delete(row)
    session.flush()
