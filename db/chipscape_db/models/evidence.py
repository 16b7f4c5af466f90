"""Evidence: what sources claim, what they are cited for, and the statements of a note checked against them."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from chipscape_db import vocabulary as words
from chipscape_db.identity import new_id
from chipscape_db.models.base import Base, one_of


class Metric(Base):
    """A metric of the registry, so that the schema itself knows which metrics and units exist."""

    __tablename__ = "metric"

    key: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str]


class Claim(Base):
    """One source's value for one metric of one record, under its convention.

    `value` is the text as stored in files; `number` the same as a number (empty for texts).
    """

    __tablename__ = "claim"
    __table_args__ = (
        one_of("sparsity", words.SPARSITIES),
        one_of("engine", words.ENGINES),
        one_of("scope", words.SCOPES),
        one_of("direction", words.DIRECTIONS),
        one_of("bound", words.BOUNDS),
        one_of("stance", words.STANCES),
        one_of("rank", words.RANKS),
        CheckConstraint(
            "scope_count IS NULL OR (scope_count > 0 AND scope IS NOT NULL)", name="scope_count_of_a_scope"
        ),
        CheckConstraint("rank = 'normal' OR length(rank_reason) > 0", name="rank_has_a_reason"),
        CheckConstraint("length(value) > 0", name="value_not_empty"),
        CheckConstraint("repeats_id <> id", name="repeats_another"),
        Index("ix_claim_subject_id_metric", "subject_id", "metric"),
    )
    dates = ("period", "asserted_on")

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    subject_id: Mapped[str] = mapped_column(ForeignKey("record.id"))
    metric: Mapped[str] = mapped_column(ForeignKey("metric.key"), index=True)
    value: Mapped[str]
    number: Mapped[float | None]
    sparsity: Mapped[str | None]
    engine: Mapped[str | None]
    scope: Mapped[str | None]
    scope_count: Mapped[int | None]
    direction: Mapped[str | None]
    bound: Mapped[str | None]
    period: Mapped[str | None]
    period_from: Mapped[int | None]
    period_to: Mapped[int | None]
    condition: Mapped[str | None]
    stance: Mapped[str]
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), index=True)
    locator: Mapped[str | None]
    quote: Mapped[str | None]
    note: Mapped[str | None]
    asserted_on: Mapped[str | None]
    asserted_on_from: Mapped[int | None]
    asserted_on_to: Mapped[int | None]
    rank: Mapped[str] = mapped_column(default="normal")
    rank_reason: Mapped[str | None]
    repeats_id: Mapped[str | None] = mapped_column(ForeignKey("claim.id"), index=True)


class Citation(Base):
    """Ties a record or a relationship, or one field of it, to a source at a place in it."""

    __tablename__ = "citation"
    __table_args__ = (CheckConstraint("(record_id IS NULL) <> (relationship_id IS NULL)", name="one_subject"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    record_id: Mapped[str | None] = mapped_column(ForeignKey("record.id"), index=True)
    relationship_id: Mapped[str | None] = mapped_column(ForeignKey("relationship.id"), index=True)
    field: Mapped[str | None]
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), index=True)
    locator: Mapped[str | None]
    quote: Mapped[str | None]


class Statement(Base):
    """A statement of a note, with the verdict that the sources give it."""

    __tablename__ = "statement"
    __table_args__ = (one_of("verdict", words.VERDICTS),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(unique=True)
    verdict: Mapped[str]


class StatementText(Base):
    """A statement's wording, or the comment on its verdict, in one language."""

    __tablename__ = "statement_text"
    __table_args__ = (one_of("field", ("statement", "comment")),)

    statement_id: Mapped[str] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class StatementSource(Base):
    """A source that decides a statement; `position` keeps their order."""

    __tablename__ = "statement_source"

    statement_id: Mapped[str] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), index=True)
