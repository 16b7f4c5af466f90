"""Undo, redo and revert: which changeset is next, and how one is taken back."""

from collections.abc import Iterable
from json import JSONEncoder

from sqlalchemy import Connection, Engine, String, select, type_coerce
from sqlalchemy.orm import Session

from chipscape_db.compacting import check_content
from chipscape_db.errors import N_, Conflict, FieldNames, Invalid, NotFound
from chipscape_db.history import ChangeSummary, writing
from chipscape_db.models import Change, Changeset
from chipscape_db.next_steps import next_redo, next_undo
from chipscape_db.row_images import Image, Written, image, put
from chipscape_db.row_sense import clashing

_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def revert(
    engine: Engine, changeset_id: int, *, author: str, reason: str = "", leave_later: bool = False
) -> ChangeSummary:
    """Take back any earlier changeset as a new one; raises `Conflict` where a later change stands in the way.

    With *leave_later* what was changed since stays as it is and the rest is taken back.
    """
    return _revert(engine, changeset_id, kind="revert", author=author, reason=reason, leave_later=leave_later)


def undo(engine: Engine, *, author: str) -> ChangeSummary | None:
    """Take back the newest step that is not undone yet; None when there is none."""
    target = next_undo(engine)
    return None if target is None else _revert(engine, target, kind="undo", author=author)


def redo(engine: Engine, *, author: str) -> ChangeSummary | None:
    """Do again the step undone last; None when there is none or something else was done since."""
    target = next_redo(engine)
    return None if target is None else _revert(engine, target, kind="redo", author=author)


def _revert(
    engine: Engine, changeset_id: int, *, kind: str, author: str, reason: str = "", leave_later: bool = False
) -> ChangeSummary:
    with Session(engine) as reading:
        step = reading.get(Changeset, changeset_id)
        if step is None:
            raise NotFound(N_("There is no change number {number} in the history."), number=changeset_id)
        if step.part_of_id is not None:
            template = N_("Change number {number} came with a merge, number {merge}; take that one back instead.")
            raise Invalid(template, number=changeset_id, merge=step.part_of_id)
        action, subject = step.action, step.subject
        merged = reading.scalar(select(Changeset.id).where(Changeset.part_of_id == changeset_id).limit(1)) is not None
        again = kind in ("undo", "redo") and _takes_back_a_merge(reading, step)
    with writing(engine, kind, action, subject, author=author, reverts=changeset_id, reason=reason) as (session, out):
        written = take_back(session.connection(), changeset_id, leave_later=leave_later)
        session.info["recorder"].written.extend(written)
        # What a merge brought counts as known; a merge that changed no fact is undone to make it unknown again.
        session.info["recorder"].even_empty = merged or again
    if not out:
        raise Invalid(N_("Change number {number} left nothing to take back."), number=changeset_id)
    return out[0]


def _takes_back_a_merge(session: Session, step: Changeset) -> bool:
    """Say whether a step is an undo (or the undo of one, and so on) of a merge."""
    while step.reverts_id is not None:
        if session.scalar(select(Changeset.id).where(Changeset.part_of_id == step.reverts_id).limit(1)) is not None:
            return True
        step = session.get_one(Changeset, step.reverts_id)
    return False


def take_back(connection: Connection, changeset_id: int, *, leave_later: bool = False) -> list[Written]:
    """Walk the changes of a changeset backwards on *connection*, field by field, and return what was written.

    A later change of another field of the same row stays. Where one touched the same field, `Conflict` says which, and
    the caller's transaction then writes nothing; with *leave_later* what is there now stays and the rest is taken back.
    """
    query = select(Change.table_name, Change.row_key, Change.before, Change.after)
    rows = connection.execute(query.where(Change.changeset_id == changeset_id).order_by(Change.id.desc()))
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    out = []
    for table, key, before, after in rows.all():
        now = image(connection, table, key)
        wanted, fields = _taken_back(now, before, after)
        if fields is not None and not leave_later:
            raise _in_the_way(connection, changeset_id, table=table, key=key, fields=fields)
        if wanted == now:
            continue
        if wanted is not None and wanted != before and (clash := clashing(table, wanted)):
            raise Conflict(
                N_(
                    "Change number {number} cannot be taken back: with what was changed since, {fields} would not fit "
                    "together."
                ),
                number=changeset_id,
                fields=FieldNames(",".join(clash)),
            )
        check_content(connection, table, wanted)
        put(connection, table, key, old=now, new=wanted)
        out.append(Written(table, key, now, wanted))
    return out


def _taken_back(now: Image | None, before: Image | None, after: Image | None) -> tuple[Image | None, list[str] | None]:
    """Return the row with one change taken back, and what stands in the way: None, or the fields (none: the row)."""
    if now == after:
        return before, None
    if now is None or before is None or after is None:
        return now, None if now == before else []
    fields = [name for name in after if before[name] != after[name]]
    later = {name for name in fields if now[name] not in (after[name], before[name])}
    # What is computed from a field stays with it.
    later |= {"number"} & set(fields) if "value" in later else set()
    later |= {name for name in fields if name.removesuffix("_from").removesuffix("_to") in later}
    return now | {name: before[name] for name in fields if name not in later}, sorted(later) or None


def _in_the_way(
    connection: Connection, changeset_id: int, *, table: str, key: Image, fields: Iterable[str]
) -> Conflict:
    """Return the conflict that names the later change of the same row, or of the same fields of it."""
    wanted = [name for name in fields if not name.endswith(("_from", "_to"))]
    query = select(Changeset.id, Changeset.author, Change.before, Change.after).join(
        Change, Change.changeset_id == Changeset.id
    )
    query = query.where(Change.table_name == table, Changeset.id > changeset_id).order_by(Change.id.desc())
    later, author = 0, ""
    for number, who, before, after in connection.execute(
        query.where(type_coerce(Change.row_key, String) == _encode(key))
    ):
        if not wanted or before is None or after is None or any(before[name] != after[name] for name in wanted):
            later, author = number, who
            break
    return Conflict(
        N_(
            "Change number {number} cannot be taken back: a later change touched the same {fields}, number {later} "
            "by {author}; take that one back first."
        ),
        number=changeset_id,
        fields=FieldNames(",".join(wanted) or table),
        later=later,
        author=author or "-",
    )
