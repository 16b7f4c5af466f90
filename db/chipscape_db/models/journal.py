"""The journal: every named edit with each row before and after, which is also the undo history."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from chipscape_db.identity import new_id
from chipscape_db.models.base import Base, one_of

CHANGESET_KINDS = ("starter", "edit", "undo", "redo", "revert")


class Changeset(Base):
    """One named edit by one author at one time; `reverts_id` is the changeset that it takes back.

    `reason` says why, where the author said it. A changeset that came with another base is part of the merge that
    brought it (`part_of_id`): it tells who did what, and is taken back with the merge alone.
    """

    __tablename__ = "changeset"
    __table_args__ = (one_of("kind", CHANGESET_KINDS), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True, default=new_id)
    kind: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    author: Mapped[str]
    at: Mapped[str]
    reverts_id: Mapped[int | None] = mapped_column(ForeignKey("changeset.id"))
    reason: Mapped[str | None]
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("changeset.id"), index=True)


class Change(Base):
    """One row before and after, as SQLite stores it; no before is an insert, no after a delete.

    `owner_id` is the record or relationship the row belongs to, so that a record's history is one look-up.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    changeset_id: Mapped[int] = mapped_column(ForeignKey("changeset.id"), index=True)
    table_name: Mapped[str]
    owner_id: Mapped[str | None] = mapped_column(index=True)
    row_key: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Property(Base):
    """A named property of the fact base itself: its UUID, its title."""

    __tablename__ = "property"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
