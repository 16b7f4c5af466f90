"""Everything the inspector shows of one record or relationship."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from chipscape_db.choice import Rule
from chipscape_db.models import (
    Alias,
    Base,
    Chip,
    Citation,
    Claim,
    Event,
    Model,
    Organization,
    Participant,
    Policy,
    Record,
    RecordText,
    Relationship,
    RelationshipText,
    Software,
    Source,
)
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import certainties, names_in
from chipscape_db.queries.claims import MetricValue, values_of
from chipscape_db.queries.history import ChangesetRow, changesets
from chipscape_db.vocabulary import PARTICIPANT_ROLES

_MAPPED: dict[str, type[Base]] = {
    "organization": Organization, "chip": Chip, "model": Model, "software": Software, "policy": Policy,
    "event": Event, "source": Source,
}  # fmt: skip
_HIDDEN = {"id", "kind", "slug", "name", "name_native"}
_MOST = 400


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One filled field of a record: `value` as stored; `record_id` where it names another record, with its name."""

    field: str
    value: str
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A relationship seen from one end: `inverse` when the record shown is its object."""

    id: str
    kind: str
    inverse: bool
    other_id: str
    other_name: str
    other_kind: str
    starts_on: str
    ends_on: str
    certainty: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event that the record took part in."""

    id: str
    name: str
    starts_on: str
    role: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A record that took part in the event shown, and its role there."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A source cited for the whole or, with `field`, for one field."""

    id: str
    source_id: str
    name: str
    publisher: str
    published_on: str
    source_kind: str
    url: str
    field: str
    locator: str


@dataclass(frozen=True, slots=True)
class RestRow:
    """Something that rests on a source: a claim (with its metric and value), or a cited record or relationship."""

    kind: str
    id: str
    record_id: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One record or relationship (`kind` tells) with all that hangs on it."""

    id: str
    kind: str
    slug: str
    name: str
    native: str
    country: str
    summary: str
    aliases: tuple[str, ...]
    fields: tuple[FieldRow, ...]
    values: tuple[MetricValue, ...]
    links: tuple[LinkRow, ...]
    events: tuple[EventRow, ...]
    parts: tuple[PartRow, ...]
    citations: tuple[CitationRow, ...]
    rests: tuple[RestRow, ...]
    history: tuple[ChangesetRow, ...]


def record_dossier(
    session: Reader, record_id: str, *, language: str, as_of: date | None = None, rule: Rule = "written"
) -> Dossier | None:
    """Return all there is on a record, None when it is gone; claims not known on *as_of* are left out.

    Values are chosen by *rule*.
    """
    record = session.get(Record, record_id)
    if record is None:
        return None
    names = names_in(session, language)
    row = _row(session, record)
    texts = _texts(session, RecordText, RecordText.record_id, record_id)
    return Dossier(
        id=record.id,
        kind=record.kind,
        slug=record.slug,
        name=names.get(record.id, record.name),
        native=row.get("name_native") or "",
        country=_country(session, record.kind, row),
        summary=_in(texts, language),
        aliases=tuple(session.scalars(select(Alias.alias).where(Alias.record_id == record_id).order_by(Alias.alias))),
        fields=_fields(session, row, names),
        values=tuple(values_of(session, record_id, language=language, as_of=as_of, rule=rule)),
        links=_links(session, record_id, names, as_of),
        events=_events(session, record_id, names, as_of),
        parts=_parts(session, record_id, names) if record.kind == "event" else (),
        citations=_citations(session, Citation.record_id == record_id, names),
        rests=_rests(session, record_id, names) if record.kind == "source" else (),
        history=tuple(changesets(session, owner_id=record_id, limit=50)),
    )


def relationship_dossier(session: Reader, relationship_id: str, *, language: str) -> Dossier | None:
    """Return all there is on a relationship, None when it is gone; `fields` names its two ends and its dates."""
    link = session.get(Relationship, relationship_id)
    if link is None:
        return None
    names = names_in(session, language)
    ends = {
        record.id: record
        for record in session.scalars(select(Record).where(Record.id.in_((link.subject_id, link.object_id))))
    }
    shown = {id_: names.get(id_, record.name) for id_, record in ends.items()}
    fields = [
        FieldRow("subject", shown[link.subject_id], link.subject_id),
        FieldRow("kind", link.kind),
        FieldRow("object", shown[link.object_id], link.object_id),
    ]
    fields += [FieldRow(name, value) for name in ("starts_on", "ends_on") if (value := getattr(link, name))]
    query = select(RelationshipText.language, RelationshipText.text)
    texts = dict(session.execute(query.where(RelationshipText.relationship_id == relationship_id)).all())
    return Dossier(
        id=link.id, kind="relationship", slug=link.slug, name=f"{shown[link.subject_id]} → {shown[link.object_id]}",
        native="", country="", summary=_in(texts, language), aliases=(), fields=tuple(fields), values=(), links=(),
        events=(), parts=(), rests=(),
        citations=_citations(session, Citation.relationship_id == relationship_id, names),
        history=tuple(changesets(session, owner_id=relationship_id, limit=50)),
    )  # fmt: skip


def _row(session: Reader, record: Record) -> dict[str, Any]:
    mapped = _MAPPED.get(record.kind)
    if mapped is None:
        return {}
    table = mapped.__table__
    found = session.execute(select(table).where(table.c.id == record.id)).mappings().first()
    return dict(found) if found is not None else {}


def _texts(session: Reader, mapped: type[RecordText], owner: Any, owner_id: str) -> dict[str, str]:
    query = select(mapped.language, mapped.text).where(owner == owner_id, mapped.field == "summary")
    return dict(session.execute(query).all())


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _country(session: Reader, kind: str, row: dict[str, Any]) -> str:
    if kind == "organization":
        return row.get("country") or ""
    maker = row.get("designer_id") or row.get("developer_id") or row.get("authority_id")
    return (session.scalar(select(Organization.country).where(Organization.id == maker)) or "") if maker else ""


def _fields(session: Reader, row: dict[str, Any], names: dict[str, str]) -> tuple[FieldRow, ...]:
    out = []
    for field, value in row.items():
        if value in (None, "") or field in _HIDDEN or field.endswith(("_from", "_to")):
            continue
        if field.endswith("_id"):
            name = names.get(value) or session.scalar(select(Record.name).where(Record.id == value)) or ""
            out.append(FieldRow(field, name, value))
        else:
            out.append(FieldRow(field, str(value)))
    return tuple(out)


def _links(session: Reader, record_id: str, names: dict[str, str], as_of: date | None) -> tuple[LinkRow, ...]:
    founded = certainties(session, of_relationships=True)
    out = []
    for near, far, inverse in (
        (Relationship.subject_id, Relationship.object_id, False),
        (Relationship.object_id, Relationship.subject_id, True),
    ):
        query = (
            select(
                Relationship.id,
                Relationship.kind,
                far,
                Record.name,
                Record.kind,
                Relationship.starts_on,
                Relationship.ends_on,
            )
            .join(Record, Record.id == far)
            .where(near == record_id)
        )
        if as_of is not None:
            query = query.where(
                (Relationship.starts_on_from.is_(None)) | (Relationship.starts_on_from <= day_number(as_of))
            )
        for id_, kind, other, name, other_kind, starts, ends in session.execute(query):
            out.append(
                LinkRow(
                    id_,
                    kind,
                    inverse,
                    other,
                    names.get(other, name),
                    other_kind,
                    starts or "",
                    ends or "",
                    founded.get(id_, ""),
                )
            )
    return tuple(sorted(out, key=lambda link: (link.kind, link.inverse, link.other_name.casefold())))


def _events(session: Reader, record_id: str, names: dict[str, str], as_of: date | None) -> tuple[EventRow, ...]:
    query = (
        select(Event.id, Record.name, Event.starts_on, Participant.role)
        .select_from(Participant.__table__)
        .join(Event.__table__, Event.__table__.c.id == Participant.event_id)
        .join(Record.__table__, Record.__table__.c.id == Participant.event_id)
        .where(Participant.record_id == record_id)
        .order_by(Event.__table__.c.starts_on_from.desc())
    )
    if as_of is not None:
        query = query.where(Event.__table__.c.starts_on_from <= day_number(as_of))
    return tuple(
        EventRow(id_, names.get(id_, name), starts, role) for id_, name, starts, role in session.execute(query)
    )


def _parts(session: Reader, event_id: str, names: dict[str, str]) -> tuple[PartRow, ...]:
    """Return who and what took part in an event, those who act first."""
    query = (
        select(Participant.record_id, Record.name, Participant.role)
        .join(Record, Record.id == Participant.record_id)
        .where(Participant.event_id == event_id)
    )
    found = [PartRow(id_, names.get(id_, name), role) for id_, name, role in session.execute(query)]
    return tuple(sorted(found, key=lambda part: (PARTICIPANT_ROLES.index(part.role), part.name.casefold())))


def _citations(session: Reader, which: Any, names: dict[str, str]) -> tuple[CitationRow, ...]:
    source, record = Source.__table__.c, Record.__table__.c
    query = (
        select(
            Citation.id, Citation.source_id, record.name, source.publisher, source.published_on, source.source_kind,
            source.url, Citation.field, Citation.locator,
        )
        .join(Source.__table__, source.id == Citation.source_id)
        .join(Record.__table__, record.id == Citation.source_id)
        .where(which)
        .order_by(source.source_kind, record.name)
    )  # fmt: skip
    found: list[Any] = list(session.execute(query).all())
    return tuple(
        CitationRow(row[0], row[1], names.get(row[1], row[2]), *(cell or "" for cell in row[3:])) for row in found
    )


def _rests(session: Reader, source_id: str, names: dict[str, str]) -> tuple[RestRow, ...]:
    """Return what rests on a source: claims first, then cited records and relationships."""
    out = [
        RestRow("claim", id_, subject, names.get(subject, name), f"{metric} {value}")
        for id_, subject, name, metric, value in session.execute(
            select(Claim.id, Claim.subject_id, Record.name, Claim.metric, Claim.value)
            .join(Record, Record.id == Claim.subject_id)
            .where(Claim.source_id == source_id)
            .order_by(Record.name, Claim.metric)
            .limit(_MOST)
        )
    ]
    out += [
        RestRow("record", id_, id_, names.get(id_, name), field or "")
        for id_, name, field in session.execute(
            select(Record.id, Record.name, Citation.field)
            .join(Citation, Citation.record_id == Record.id)
            .where(Citation.source_id == source_id)
            .order_by(Record.name)
            .limit(_MOST)
        )
    ]
    subject, target = aliased(Record), aliased(Record)
    out += [
        RestRow(
            "relationship", id_, subject_id, f"{names.get(subject_id, first)} → {names.get(target_id, second)}", kind
        )
        for id_, subject_id, target_id, first, second, kind in session.execute(
            select(Relationship.id, subject.id, target.id, subject.name, target.name, Relationship.kind)
            .join(Citation, Citation.relationship_id == Relationship.id)
            .join(subject, subject.id == Relationship.subject_id)
            .join(target, target.id == Relationship.object_id)
            .where(Citation.source_id == source_id)
            .order_by(subject.name)
            .limit(_MOST)
        )
    ]
    return tuple(out)
