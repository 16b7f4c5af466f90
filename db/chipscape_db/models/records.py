"""Records: the things facts are about. One table for what all share, one more for each kind."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from chipscape_db import vocabulary as words
from chipscape_db.identity import new_id
from chipscape_db.models.base import Base, one_of


def _record_key() -> Any:
    return mapped_column(ForeignKey("record.id"), primary_key=True)


def _reference(table: str) -> Any:
    return mapped_column(ForeignKey(f"{table}.id"), index=True)


class Record(Base):
    """What every record has: a UUID, a slug for people and files, a kind and an everyday name."""

    __tablename__ = "record"
    __table_args__: Any = (
        one_of("kind", words.RECORD_KINDS),
        CheckConstraint("length(name) > 0", name="name_not_empty"),
        CheckConstraint("slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'", name="slug_form"),
        Index("ix_record_kind_name", "kind", "name"),
    )
    __mapper_args__ = {"polymorphic_on": "kind"}

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Organization(Record):
    """A company, authority, laboratory, foundry, university or consortium."""

    __tablename__ = "organization"
    __table_args__ = (
        one_of("org_kind", words.ORGANIZATION_KINDS),
        CheckConstraint("country GLOB '[A-Z][A-Z]'", name="country_form"),
    )
    __mapper_args__ = {"polymorphic_identity": "organization"}
    dates = ("founded_on",)

    id: Mapped[str] = _record_key()
    name_native: Mapped[str | None]
    org_kind: Mapped[str]
    country: Mapped[str | None]
    parent_id: Mapped[str | None] = _reference("organization")
    founded_on: Mapped[str | None]
    founded_on_from: Mapped[int | None]
    founded_on_to: Mapped[int | None]
    website: Mapped[str | None]


class Chip(Record):
    """A chip, card, server, rack or cluster."""

    __tablename__ = "chip"
    __table_args__ = (one_of("status", words.CHIP_STATUSES),)
    __mapper_args__ = {"polymorphic_identity": "chip"}
    dates = ("announced_on", "released_on")

    id: Mapped[str] = _record_key()
    designer_id: Mapped[str | None] = _reference("organization")
    family: Mapped[str | None]
    architecture: Mapped[str | None]
    foundry_id: Mapped[str | None] = _reference("organization")
    announced_on: Mapped[str | None]
    announced_on_from: Mapped[int | None]
    announced_on_to: Mapped[int | None]
    released_on: Mapped[str | None]
    released_on_from: Mapped[int | None]
    released_on_to: Mapped[int | None]
    status: Mapped[str | None]
    form_factor: Mapped[str | None]


class Model(Record):
    """A trained model or a family of them."""

    __tablename__ = "model"
    __table_args__ = (one_of("openness", words.OPENNESS), one_of("modality", words.MODALITIES))
    __mapper_args__ = {"polymorphic_identity": "model"}
    dates = ("released_on",)

    id: Mapped[str] = _record_key()
    developer_id: Mapped[str | None] = _reference("organization")
    family: Mapped[str | None]
    released_on: Mapped[str | None]
    released_on_from: Mapped[int | None]
    released_on_to: Mapped[int | None]
    openness: Mapped[str | None]
    licence: Mapped[str | None]
    modality: Mapped[str | None]


class Software(Record):
    """A framework, compiler, runtime, library, platform or server of models."""

    __tablename__ = "software"
    __table_args__ = (one_of("openness", words.OPENNESS), one_of("layer", words.SOFTWARE_LAYERS))
    __mapper_args__ = {"polymorphic_identity": "software"}
    dates = ("released_on",)

    id: Mapped[str] = _record_key()
    developer_id: Mapped[str | None] = _reference("organization")
    layer: Mapped[str]
    released_on: Mapped[str | None]
    released_on_from: Mapped[int | None]
    released_on_to: Mapped[int | None]
    openness: Mapped[str | None]
    licence: Mapped[str | None]


class Policy(Record):
    """A rule, law, order or plan of an authority."""

    __tablename__ = "policy"
    __table_args__ = (one_of("status", words.POLICY_STATUSES),)
    __mapper_args__ = {"polymorphic_identity": "policy"}
    dates = ("announced_on", "effective_on", "ended_on")

    id: Mapped[str] = _record_key()
    authority_id: Mapped[str | None] = _reference("organization")
    announced_on: Mapped[str | None]
    announced_on_from: Mapped[int | None]
    announced_on_to: Mapped[int | None]
    effective_on: Mapped[str | None]
    effective_on_from: Mapped[int | None]
    effective_on_to: Mapped[int | None]
    ended_on: Mapped[str | None]
    ended_on_from: Mapped[int | None]
    ended_on_to: Mapped[int | None]
    status: Mapped[str]


class Sector(Record):
    """A part of the economy that organizations and models serve."""

    __tablename__ = "sector"
    __mapper_args__ = {"polymorphic_identity": "sector"}

    id: Mapped[str] = _record_key()


class Event(Record):
    """Something that happened, or is said to have happened, on a partial date."""

    __tablename__ = "event"
    __table_args__ = (
        one_of("event_kind", words.EVENT_KINDS),
        CheckConstraint("importance BETWEEN 1 AND 5", name="importance_known"),
        Index("ix_event_starts_on_from", "starts_on_from"),
    )
    __mapper_args__ = {"polymorphic_identity": "event"}
    dates = ("starts_on", "ends_on")

    id: Mapped[str] = _record_key()
    event_kind: Mapped[str]
    starts_on: Mapped[str]
    starts_on_from: Mapped[int | None]
    starts_on_to: Mapped[int | None]
    ends_on: Mapped[str | None]
    ends_on_from: Mapped[int | None]
    ends_on_to: Mapped[int | None]
    importance: Mapped[int]


class Source(Record):
    """Something read: a page, paper, rule or data sheet; `relays_id` is the source that it repeats."""

    __tablename__ = "source"
    __table_args__ = (
        one_of("source_kind", words.SOURCE_KINDS),
        CheckConstraint("relays_id <> id", name="relays_another"),
        one_of("reliability", words.RELIABILITIES),
    )
    __mapper_args__ = {"polymorphic_identity": "source"}
    dates = ("published_on",)

    id: Mapped[str] = _record_key()
    publisher: Mapped[str | None]
    author: Mapped[str | None]
    url: Mapped[str | None]
    published_on: Mapped[str | None]
    published_on_from: Mapped[int | None]
    published_on_to: Mapped[int | None]
    source_kind: Mapped[str]
    language: Mapped[str | None]
    relays_id: Mapped[str | None] = _reference("source")
    note: Mapped[str | None]
    doi: Mapped[str | None]
    reliability: Mapped[str | None]
