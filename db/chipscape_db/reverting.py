"""Undo, redo and revert: which changeset is next, and how one is taken back."""

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from chipscape_db.errors import N_, Conflict, Invalid, NotFound
from chipscape_db.history import ChangeSummary, writing
from chipscape_db.models import Change, Changeset
from chipscape_db.row_images import Written, image, put


def revert(engine: Engine, changeset_id: int, *, author: str) -> ChangeSummary:
    """Take back any earlier changeset as a new one; raises `Conflict` where a later change stands in the way."""
    return _revert(engine, changeset_id, kind="revert", author=author)


def undo(engine: Engine, *, author: str) -> ChangeSummary | None:
    """Take back the newest step that is not undone yet; None when there is none."""
    target = next_undo(engine)
    return None if target is None else _revert(engine, target, kind="undo", author=author)


def redo(engine: Engine, *, author: str) -> ChangeSummary | None:
    """Do again the step undone last; None when there is none or something else was done since."""
    target = next_redo(engine)
    return None if target is None else _revert(engine, target, kind="redo", author=author)


def _revert(engine: Engine, changeset_id: int, *, kind: str, author: str) -> ChangeSummary:
    with Session(engine) as reading:
        step = reading.get(Changeset, changeset_id)
        if step is None:
            raise NotFound(N_("There is no change number {number} in the history."), number=changeset_id)
        action, subject = step.action, step.subject
    with writing(engine, kind, action, subject, author=author, reverts=changeset_id) as (session, out):
        session.info["recorder"].written.extend(take_back(session.connection(), changeset_id))
    if not out:
        raise Invalid(N_("Change number {number} left nothing to take back."), number=changeset_id)
    return out[0]


def next_undo(engine: Engine) -> int | None:
    """Return the id of the changeset that undo would take back.

    The journal alone decides, read from the newest step back, so undo works after a restart: an undo hides the step
    it took back, a redo is a step like any other.
    """
    hidden: set[int] = set()
    for step_id, kind, reverts_id in _backwards(engine):
        if kind == "starter":
            return None
        if kind == "undo":
            hidden.add(reverts_id or 0)
        elif step_id not in hidden:
            return step_id
    return None


def next_redo(engine: Engine) -> int | None:
    """Return the id of the undo that redo would take back."""
    done_again: set[int] = set()
    for step_id, kind, reverts_id in _backwards(engine):
        if kind == "redo":
            done_again.add(reverts_id or 0)
        elif kind != "undo":
            return None
        elif step_id not in done_again:
            return step_id
    return None


def _backwards(engine: Engine) -> Iterator[tuple[int, str, int | None]]:
    """Yield the id, kind and target of every step, the newest first, reading no more of them than are asked for."""
    query = select(Changeset.id, Changeset.kind, Changeset.reverts_id).order_by(Changeset.id.desc())
    with Session(engine) as session, closing(session.execute(query.execution_options(yield_per=100))) as rows:
        for row in rows:
            yield row.id, row.kind, row.reverts_id


def take_back(connection: Connection, changeset_id: int) -> list[Written]:
    """Walk the changes of a changeset backwards on *connection* and return what was written.

    Raises `Conflict` when a row no longer is as the changeset left it; the caller's transaction then writes nothing.
    """
    query = select(Change.table_name, Change.row_key, Change.before, Change.after)
    rows = connection.execute(query.where(Change.changeset_id == changeset_id).order_by(Change.id.desc()))
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    out = []
    for table, key, before, after in rows.all():
        if image(connection, table, key) != after:
            raise Conflict(
                N_("Change number {number} cannot be taken back: a later change touched the same {table} ({key})."),
                number=changeset_id,
                table=table,
                key=", ".join(str(part) for part in key.values()),
            )
        put(connection, table, key, old=after, new=before)
        out.append(Written(table, key, after, before))
    return out
