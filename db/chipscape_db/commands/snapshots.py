"""Copies of sources: keep one in the fact base, and keep it no longer."""

from hashlib import sha256

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db.commands.checks import found, record_kind, subject_of
from chipscape_db.commands.fields import Field, stored
from chipscape_db.errors import N_, Conflict, Invalid
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id
from chipscape_db.models import Snapshot, SnapshotContent
from chipscape_db.snapshot_file import check_size, media_type, safe_name

_NAME = Field("file", required=True)
_TAKEN_ON = Field("taken_on", "date", required=True)


def add_snapshot(
    engine: Engine,
    *,
    author: str,
    source_id: str,
    name: str,
    content: bytes,
    taken_on: str,
    snapshot_id: str | None = None,
) -> ChangeSummary | None:
    """Keep a copy of a source as it was read on a day.

    The bytes lie beside the journal, once for each hash: taking the step back and doing it again costs nothing. Raises
    `Invalid` for what is too large or of a kind that is not kept, `Conflict` for a copy that the source has already.
    """
    check_size(len(content))
    kind = media_type(content)
    with record(engine, "add-snapshot", subject_of(engine, source_id), author=author) as (session, out):
        if record_kind(session, source_id) != "source":
            raise Invalid(N_("Only sources have copies."), field="source_id")
        hashed = sha256(content).hexdigest()
        _keep(session, hashed, content)
        if session.query(Snapshot.id).filter_by(source_id=source_id, sha256=hashed).first() is not None:
            raise Conflict(N_("This source has this very copy already."), field="file")
        session.add(
            Snapshot(
                id=snapshot_id or new_id(),
                source_id=source_id,
                name=safe_name(str(stored(_NAME, name)), kind),
                media_type=kind,
                sha256=hashed,
                size=len(content),
                taken_on=str(stored(_TAKEN_ON, taken_on)),
            )
        )
    return out[0] if out else None


def delete_snapshot(engine: Engine, *, author: str, snapshot_id: str) -> ChangeSummary | None:
    """Keep a copy no longer; undo brings it back. Raises `NotFound`."""
    gone = N_("This copy is no longer there; someone deleted it meanwhile.")
    with Session(engine) as reading:
        row = reading.get(Snapshot, snapshot_id)
        source_id = row.source_id if row else ""
    with record(engine, "delete-snapshot", subject_of(engine, source_id), author=author) as (session, out):
        session.delete(found(session, Snapshot, snapshot_id, gone))
    return out[0] if out else None


def _keep(session: RecordedSession, hashed: str, content: bytes) -> None:
    if session.get(SnapshotContent, hashed) is None:
        session.add(SnapshotContent(sha256=hashed, content=content))
        session.flush()
