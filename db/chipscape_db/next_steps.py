"""Which step undo and redo would take back next."""

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from chipscape_db.models import Changeset


def next_undo(engine: Engine) -> int | None:
    """Return the id of the changeset that undo would take back.

    The journal alone decides, read from the newest step back, so undo works after a restart: an undo hides the step
    it took back, a redo is a step like any other.
    """
    hidden: set[int] = set()
    for step_id, kind, reverts_id, part_of_id in _backwards(engine):
        if kind == "starter":
            return None
        if kind == "undo":
            hidden.add(reverts_id or 0)
        elif step_id not in hidden and part_of_id is None:
            return step_id
    return None


def next_redo(engine: Engine) -> int | None:
    """Return the id of the undo that redo would take back."""
    done_again: set[int] = set()
    for step_id, kind, reverts_id, part_of_id in _backwards(engine):
        if part_of_id is not None:
            continue
        if kind == "redo":
            done_again.add(reverts_id or 0)
        elif kind != "undo":
            return None
        elif step_id not in done_again:
            return step_id
    return None


def within_reach(engine: Engine) -> frozenset[int]:
    """Return the ids of all changesets that undo, and redo as it stands, could take back one after the other."""
    hidden: set[int] = set()
    done_again: set[int] = set()
    out: set[int] = set()
    redoes = True
    for step_id, kind, reverts_id, part_of_id in _backwards(engine):
        if kind == "undo":
            hidden.add(reverts_id or 0)
            if redoes and part_of_id is None and step_id not in done_again:
                out.add(step_id)
        elif part_of_id is None:
            if kind == "redo":
                done_again.add(reverts_id or 0)
            else:
                redoes = False
            if step_id not in hidden and kind != "starter":
                out.add(step_id)
        if kind == "starter":
            break
    return frozenset(out)


def _backwards(engine: Engine) -> Iterator[tuple[int, str, int | None, int | None]]:
    """Yield the id, kind, target and merge of every step, the newest first, reading no more than are asked for."""
    step = Changeset.__table__.c
    query = select(step.id, step.kind, step.reverts_id, step.part_of_id).order_by(step.id.desc())
    with Session(engine) as session, closing(session.execute(query.execution_options(yield_per=100))) as rows:
        for row in rows:
            yield row.id, row.kind, row.reverts_id, row.part_of_id
