"""What ties records together, and the names and texts they carry."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from chipscape_db import vocabulary as words
from chipscape_db.identity import new_id
from chipscape_db.models.base import Base, one_of


class Relationship(Base):
    """A typed, directed, dated link between two records."""

    __tablename__ = "relationship"
    __table_args__ = (
        one_of("kind", tuple(words.RELATIONSHIP_KINDS)),
        CheckConstraint("slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'", name="slug_form"),
        CheckConstraint("subject_id <> object_id", name="two_records"),
    )
    dates = ("starts_on", "ends_on")

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    subject_id: Mapped[str] = mapped_column(ForeignKey("record.id"), index=True)
    kind: Mapped[str]
    object_id: Mapped[str] = mapped_column(ForeignKey("record.id"), index=True)
    starts_on: Mapped[str | None]
    starts_on_from: Mapped[int | None]
    starts_on_to: Mapped[int | None]
    ends_on: Mapped[str | None]
    ends_on_from: Mapped[int | None]
    ends_on_to: Mapped[int | None]


class Participant(Base):
    """A record that took part in an event, in a role."""

    __tablename__ = "participant"
    __table_args__ = (one_of("role", words.PARTICIPANT_ROLES),)

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class Alias(Base):
    """Another name to find a record by, in a language where it has one."""

    __tablename__ = "alias"
    __table_args__ = (
        CheckConstraint("length(alias) > 0", name="alias_not_empty"),
        Index("uq_alias_record_id_alias_language", "record_id", "alias", "language", unique=True),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"))
    alias: Mapped[str]
    language: Mapped[str] = mapped_column(default="")


class RecordText(Base):
    """A text of a record in one language: its `summary`, or its `name` where that is translated."""

    __tablename__ = "record_text"
    __table_args__ = (one_of("field", words.RECORD_TEXT_FIELDS),)

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class RelationshipText(Base):
    """The summary of a relationship in one language."""

    __tablename__ = "relationship_text"

    relationship_id: Mapped[str] = mapped_column(ForeignKey("relationship.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
