"""Marks of review, and which changes came after one."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from chipscape_db.models import Change, Changeset, ReviewMark
from chipscape_db.queries import Reader

_MARK = "review_mark"
_BESIDE = (_MARK, "map_place")


@dataclass(frozen=True, slots=True)
class Review:
    """Who looked a record through and when (ISO 8601, UTC), how many changes came since, and who made the last."""

    author: str
    at: str
    changes_since: int
    last_author: str


def review_of(session: Reader, record_id: str) -> Review | None:
    """Return the mark of review of a record, None where it has none."""
    mark = session.execute(select(ReviewMark.author, ReviewMark.at).where(ReviewMark.record_id == record_id)).first()
    if mark is None:
        return None
    marked = session.scalar(
        select(Change.changeset_id)
        .where(Change.owner_id == record_id, Change.table_name == _MARK)
        .order_by(Change.id.desc())
        .limit(1)
    )
    later = session.execute(
        select(Changeset.id, Changeset.author)
        .join(Change, Change.changeset_id == Changeset.id)
        .where(Change.owner_id == record_id, Change.table_name.not_in(_BESIDE), Changeset.id > (marked or 0))
        .distinct()
        .order_by(Changeset.id)
    ).all()
    return Review(mark.author, mark.at, len(later), later[-1].author if later else "")


def after_review(session: Reader, changeset_ids: Collection[int]) -> dict[int, str]:
    """Return those of the changesets that changed a record while it was marked as reviewed, and who had marked it."""
    if not changeset_ids:
        return {}
    marks = session.execute(
        select(Change.changeset_id, Change.owner_id, Change.after).where(Change.table_name == _MARK).order_by(Change.id)
    ).all()
    if not marks:
        return {}
    by_record: dict[str, list[tuple[int, str | None]]] = {}
    for step, record_id, after in marks:
        by_record.setdefault(record_id, []).append((step, None if after is None else after["author"]))
    touched = session.execute(
        select(Change.changeset_id, Change.owner_id)
        .where(
            Change.owner_id.in_(by_record), Change.table_name.not_in(_BESIDE),
            Change.changeset_id.between(min(changeset_ids), max(changeset_ids)),
        )
        .distinct()
    )  # fmt: skip
    out: dict[int, str] = {}
    wanted = set(changeset_ids)
    for step, record_id in touched:
        before = [author for at, author in by_record[record_id or ""] if at < step]
        if step in wanted and before and before[-1] is not None:
            out[step] = before[-1]
    return out
