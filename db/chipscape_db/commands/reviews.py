"""Marks of review: say that somebody has looked a record through, and say it no longer."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from chipscape_db.commands.checks import found, record_kind, subject_of
from chipscape_db.errors import N_
from chipscape_db.history import ChangeSummary, record
from chipscape_db.models import ReviewMark


def mark_reviewed(engine: Engine, *, author: str, record_id: str) -> ChangeSummary | None:
    """Mark a record as looked through by *author* now; from then on later changes of it say so."""
    with record(engine, "mark-reviewed", subject_of(engine, record_id), author=author) as (session, out):
        record_kind(session, record_id)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        mark = session.get(ReviewMark, record_id)
        if mark is None:
            session.add(ReviewMark(record_id=record_id, author=author, at=now))
        else:
            mark.author, mark.at = author, now
    return out[0] if out else None


def unmark_reviewed(engine: Engine, *, author: str, record_id: str) -> ChangeSummary | None:
    """Take the mark of review off a record; raises `NotFound` where there is none."""
    with record(engine, "unmark-reviewed", subject_of(engine, record_id), author=author) as (session, out):
        session.delete(found(session, ReviewMark, record_id, N_("This record is not marked as reviewed.")))
    return out[0] if out else None
