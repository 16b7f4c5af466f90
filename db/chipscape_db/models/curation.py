"""What curators keep beside the facts: copies of sources, marks of review, settled findings, old names, table views."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from chipscape_db.identity import new_id
from chipscape_db.models.base import Base


class Snapshot(Base):
    """A copy of a source as it was read on a day; its bytes are the `SnapshotContent` of that hash."""

    __tablename__ = "snapshot"
    __table_args__ = (CheckConstraint("size >= 0", name="size_known"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("snapshot_content.sha256"), index=True)
    size: Mapped[int]
    taken_on: Mapped[str]


class SnapshotContent(Base):
    """Bytes by their SHA-256, kept beside the journal: an undo takes the snapshot back, a redo finds its bytes."""

    __tablename__ = "snapshot_content"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class ReviewMark(Base):
    """A record that somebody has looked through; later edits of it say so."""

    __tablename__ = "review_mark"

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    author: Mapped[str]
    at: Mapped[str]


class Dismissal(Base):
    """A finding of the review that somebody has settled with a reason; `key` is the finding's own identity."""

    __tablename__ = "dismissal"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason_not_empty"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str | None] = mapped_column(ForeignKey("record.id"), index=True)
    reason: Mapped[str]
    author: Mapped[str]
    at: Mapped[str]


class FormerSlug(Base):
    """A slug that a merged or renamed record had; none is used again, so that old references lead here."""

    __tablename__ = "former_slug"

    slug: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), index=True)


class TableView(Base):
    """A table as somebody set it up, under a name: columns, order and filters as JSON in `content`."""

    __tablename__ = "table_view"
    __table_args__ = (CheckConstraint("length(name) > 0", name="name_not_empty"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    table_name: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str]
