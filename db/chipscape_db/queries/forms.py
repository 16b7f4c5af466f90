"""What a form shows of one record: its fields, texts and names, what it rests on and what hangs on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from chipscape_db import models
from chipscape_db.commands.fields import CLAIM_FIELDS, RECORD_FIELDS, RELATIONSHIP_FIELDS, shown
from chipscape_db.errors import N_, NotFound
from chipscape_db.models import (
    Alias,
    Citation,
    Claim,
    Event,
    Participant,
    Record,
    RecordText,
    Relationship,
    RelationshipText,
    Source,
    StatementSource,
)
from chipscape_db.queries import Reader, among
from chipscape_db.queries.briefs import names_in
from chipscape_db.queries.claims import ClaimRow, claims_of
from chipscape_db.queries.reviews import Review, review_of
from chipscape_db.queries.sources import Resting, SnapshotRow, resting_on, snapshots_of

MODEL_OF_KIND: Mapping[str, type[Record]] = {
    "organization": models.Organization,
    "chip": models.Chip,
    "model": models.Model,
    "software": models.Software,
    "policy": models.Policy,
    "sector": models.Sector,
    "event": models.Event,
    "source": models.Source,
}


@dataclass(frozen=True, slots=True)
class RecordState:
    """A record as a form edits it: `fields` by name, `texts` by (field, language), `aliases` as (alias, language).

    Every value is a text, empty where nothing is said; references are ids.
    """

    id: str
    slug: str
    kind: str
    fields: Mapping[str, str]
    texts: Mapping[tuple[str, str], str]
    aliases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A source cited for a record or relationship (`field` empty: for the whole of it), the place and its words."""

    id: str
    field: str
    source_id: str
    source_name: str
    publisher: str
    source_kind: str
    published_on: str
    url: str
    locator: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A relationship as seen from one record: `inverse` says that the record is its object, `other` the other end."""

    id: str
    kind: str
    inverse: bool
    other_id: str
    other_name: str
    other_kind: str
    starts_on: str
    ends_on: str
    citations: int


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A record's part in an event: seen from the event `id` is the record, seen from the record it is the event."""

    id: str
    name: str
    kind: str
    role: str


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """Everything that the form of a record shows; `names` holds the names of the records that its fields refer to.

    Of a source, `resting` is what rests on it and `snapshots` are its copies.
    """

    state: RecordState
    names: Mapping[str, str]
    citations: tuple[CitationRow, ...]
    claims: tuple[ClaimRow, ...]
    links: tuple[LinkRow, ...]
    participants: tuple[ParticipantRow, ...]
    review: Review | None = None
    resting: tuple[Resting, ...] = ()
    snapshots: tuple[SnapshotRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationshipState:
    """A relationship as a form edits it, with its citations; every value is a text."""

    id: str
    slug: str
    fields: Mapping[str, str]
    texts: Mapping[str, str]
    names: Mapping[str, str]
    citations: tuple[CitationRow, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """How much else refers to a record, and would go or be emptied with it."""

    claims: int
    claims_resting: int
    relationships: int
    citing: int
    participations: int
    references: int
    statements: int

    @property
    def total(self) -> int:
        """The number of all of them."""
        return (
            self.claims + self.claims_resting + self.relationships + self.citing + self.participations
            + self.references + self.statements
        )  # fmt: skip


def record_state(session: Reader, record_id: str) -> RecordState:
    """Return the editable state of a record; raise `NotFound` when it is gone."""
    row = session.execute(select(Record.slug, Record.kind, Record.name).where(Record.id == record_id)).first()
    if row is None:
        raise NotFound(N_("This record is no longer there; someone deleted it meanwhile."))
    slug, kind, name = row
    own = MODEL_OF_KIND[kind].__table__.c
    stored: Any = session.execute(select(*own).where(own.id == record_id)).mappings().one()
    fields = {field.name: shown(stored.get(field.name)) for field in RECORD_FIELDS[kind]}
    fields["name"] = name
    texts = {
        (field, language): text
        for field, language, text in session.execute(
            select(RecordText.field, RecordText.language, RecordText.text).where(RecordText.record_id == record_id)
        )
    }
    aliases = session.execute(
        select(Alias.alias, Alias.language).where(Alias.record_id == record_id).order_by(Alias.language, Alias.alias)
    )
    return RecordState(record_id, slug, kind, fields, texts, tuple((alias, language) for alias, language in aliases))


def record_sheet(session: Reader, record_id: str, *, language: str) -> RecordSheet:
    """Return everything that the form of a record shows, names in *language*; raise `NotFound` when it is gone."""
    state = record_state(session, record_id)
    named = {state.fields[field.name] for field in RECORD_FIELDS[state.kind] if field.form == "record"} - {""}
    return RecordSheet(
        state,
        names_of(session, named, language=language),
        citations_of(session, record_id=record_id, language=language),
        tuple(claims_of(session, record_id, language=language)),
        links_of(session, record_id, language=language),
        participants_of(session, record_id, language=language),
        review_of(session, record_id),
        resting_on(session, record_id, language=language) if state.kind == "source" else (),
        snapshots_of(session, record_id) if state.kind == "source" else (),
    )


def relationship_state(session: Reader, relationship_id: str, *, language: str = "en") -> RelationshipState:
    """Return the editable state of a relationship; raise `NotFound` when it is gone."""
    own = Relationship.__table__.c
    stored: Any = session.execute(select(*own).where(own.id == relationship_id)).mappings().first()
    if stored is None:
        raise NotFound(N_("This relationship is no longer there; someone deleted it meanwhile."))
    texts = dict(
        session.execute(
            select(RelationshipText.language, RelationshipText.text).where(
                RelationshipText.relationship_id == relationship_id
            )
        ).all()
    )
    return RelationshipState(
        relationship_id,
        stored["slug"],
        {field.name: shown(stored[field.name]) for field in RELATIONSHIP_FIELDS},
        texts,
        names_of(session, {stored["subject_id"], stored["object_id"]}, language=language),
        citations_of(session, relationship_id=relationship_id, language=language),
    )


def claim_state(session: Reader, claim_id: str) -> dict[str, str]:
    """Return the fields of a claim as a form edits them, with `subject_id`, `rank` and `rank_reason`."""
    own = Claim.__table__.c
    stored: Any = session.execute(select(*own).where(own.id == claim_id)).mappings().first()
    if stored is None:
        raise NotFound(N_("This claim is no longer there; someone deleted it meanwhile."))
    names = [field.name for field in CLAIM_FIELDS]
    return {name: shown(stored[name]) for name in ("subject_id", *names, "rank", "rank_reason")}


def names_of(session: Reader, ids: set[str], *, language: str) -> dict[str, str]:
    """Return the names of records in a language, by id."""
    if not ids:
        return {}
    own = dict(session.execute(select(Record.id, Record.name).where(Record.id.in_(among(ids)))).all())
    translated = select(RecordText.record_id, RecordText.text).where(
        RecordText.field == "name", RecordText.language == language, RecordText.record_id.in_(among(ids))
    )
    return own | dict(session.execute(translated).all())


def citations_of(
    session: Reader, *, record_id: str | None = None, relationship_id: str | None = None, language: str
) -> tuple[CitationRow, ...]:
    """Return what is cited for a record or for a relationship, the whole first, then field by field."""
    owner = Citation.record_id == record_id if record_id else Citation.relationship_id == relationship_id
    source, name = Source.__table__.c, Record.__table__.c
    query = (
        select(Citation.id, Citation.field, Citation.source_id, name.name, source.publisher, source.source_kind,
               source.published_on, source.url, Citation.locator, Citation.quote)
        .join(Source.__table__, source.id == Citation.source_id)
        .join(Record.__table__, name.id == Citation.source_id)
        .where(owner)
        .order_by(Citation.field.is_not(None), Citation.field, name.name, Citation.id)
    )  # fmt: skip
    names = names_in(session, language)
    return tuple(
        CitationRow(id_, field or "", source_id, names.get(source_id, title), *(shown(value) for value in rest))
        for id_, field, source_id, title, *rest in session.execute(query)
    )


def links_of(session: Reader, record_id: str, *, language: str) -> tuple[LinkRow, ...]:
    """Return the relationships of a record: those it is the subject of, then the others, by kind and name."""
    cited = dict(
        session.execute(
            select(Citation.relationship_id, func.count())
            .where(Citation.relationship_id.is_not(None))
            .group_by(Citation.relationship_id)
        ).all()
    )
    names = names_in(session, language)
    link, other = Relationship.__table__.c, Record.__table__.c
    out = []
    for inverse, here, there in ((False, link.subject_id, link.object_id), (True, link.object_id, link.subject_id)):
        query = (
            select(link.id, link.kind, other.id, other.name, other.kind, link.starts_on, link.ends_on)
            .select_from(Relationship.__table__.join(Record.__table__, other.id == there))
            .where(here == record_id)
            .order_by(link.kind, other.name)
        )
        out += [
            LinkRow(id_, kind, inverse, other_id, names.get(other_id, name), other_kind, shown(start), shown(end),
                    cited.get(id_, 0))
            for id_, kind, other_id, name, other_kind, start, end in session.execute(query)
        ]  # fmt: skip
    return tuple(out)


def participants_of(session: Reader, record_id: str, *, language: str) -> tuple[ParticipantRow, ...]:
    """Return who took part in an event, or, of any other record, the events that it took part in, newest first."""
    names = names_in(session, language)
    other, event = Record.__table__.c, Event.__table__.c
    is_event = session.scalar(select(event.id).where(event.id == record_id)) is not None
    here, there = Participant.record_id, Participant.event_id
    if is_event:
        here, there = there, here
    query = select(other.id, other.name, other.kind, Participant.role).join(Participant, there == other.id)
    query = query.where(here == record_id)
    if is_event:
        query = query.order_by(Participant.role, other.name)
    else:
        query = query.join(Event.__table__, event.id == other.id).order_by(event.starts_on_from.desc(), other.name)
    return tuple(
        ParticipantRow(id_, names.get(id_, name), kind, role) for id_, name, kind, role in session.execute(query)
    )


REFERENCES = tuple(
    (MODEL_OF_KIND[kind], field.name) for kind, fields in RECORD_FIELDS.items() for field in fields
    if field.form == "record"
)  # fmt: skip
"""The fields by which one record refers to another."""


def touched_by(session: Reader, record_ids: str | Collection[str]) -> Touched:
    """Return how much else refers to a record, or to any of several."""
    ids = among([record_ids] if isinstance(record_ids, str) else record_ids)

    def count(model: type[models.Base], *where: Any) -> int:
        return session.scalar(select(func.count()).select_from(model.__table__).where(*where)) or 0

    claim, link, part = Claim.__table__.c, Relationship.__table__.c, Participant.__table__.c
    return Touched(
        claims=count(Claim, claim.subject_id.in_(ids)),
        claims_resting=count(Claim, claim.source_id.in_(ids), claim.subject_id.not_in(ids)),
        relationships=count(Relationship, or_(link.subject_id.in_(ids), link.object_id.in_(ids))),
        citing=count(Citation, Citation.__table__.c.source_id.in_(ids)),
        participations=count(Participant, part.record_id.in_(ids), part.event_id.not_in(ids)),
        references=sum(
            count(model, model.__table__.c[name].in_(ids), model.__table__.c.id.not_in(ids))
            for model, name in REFERENCES
        ),
        statements=count(StatementSource, StatementSource.__table__.c.source_id.in_(ids)),
    )


def named_by(session: Reader, record_ids: Collection[str], *, language: str, limit: int = 8) -> list[str]:
    """Return the names of some of the records that refer to these, by relationships, events and fields."""
    ids = among(record_ids)
    link, part = Relationship.__table__.c, Participant.__table__.c
    found: dict[str, None] = {}
    queries = [
        select(link.object_id).where(link.subject_id.in_(ids), link.object_id.not_in(ids)),
        select(link.subject_id).where(link.object_id.in_(ids), link.subject_id.not_in(ids)),
        select(part.event_id).where(part.record_id.in_(ids), part.event_id.not_in(ids)),
        select(Claim.subject_id).where(Claim.source_id.in_(ids), Claim.subject_id.not_in(ids)),
        select(Citation.record_id).where(Citation.source_id.in_(ids), Citation.record_id.is_not(None)),
    ]
    queries += [
        select(model.__table__.c.id).where(model.__table__.c[name].in_(ids), model.__table__.c.id.not_in(ids))
        for model, name in REFERENCES
    ]
    for query in queries:
        found |= dict.fromkeys(session.execute(query.limit(limit + 1)).scalars())
    names = names_of(session, set(found), language=language)
    return sorted((names[one] for one in found if one in names), key=str.casefold)[: limit + 1]
