"""The only door for writes: every edit is one recorded, revertible changeset, written with its rows or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from json import JSONEncoder
from typing import Any

from sqlalchemy import Connection, Engine, Table, event, inspect, select
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from chipscape_db import search
from chipscape_db.faults import explained
from chipscape_db.models import Base, Change, Changeset, Property, SnapshotContent
from chipscape_db.review import refuse_reviewed
from chipscape_db.row_images import Image, Written, image, key_of, owner_of

_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ONE_STEP = timedelta(seconds=60)
_LARGE_STEP = 10_000  # rows written, from which on what is derived of all events is written anew


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """What a changeset touched; views decide from this whether to read again."""

    changeset_id: int
    kind: str
    action: str
    subject: str
    tables: frozenset[str]
    owners: frozenset[str]


class UnrecordedWriteError(RuntimeError):
    """A write that the history would not see: a bug of ours."""


@dataclass(slots=True)
class _Recorder:
    written: list[Written] = field(default_factory=list)
    pending: dict[int, dict[str, Image | None]] = field(default_factory=dict)
    parts: list[int] = field(default_factory=list)  # changesets that came along and are parts of this step
    even_empty: bool = False  # write the step though no row changed


class RecordedSession(Session):
    """A session whose every flush is recorded; bulk statements are refused, `insert_rows` is the recorded way."""

    def insert_rows(self, table: type[Base], rows: list[dict[str, Any]]) -> None:
        """Insert many plain rows at once; each row must name every column of the table.

        Raises `UnrecordedWriteError` for a row that leaves a column out: its image would not be what is stored.
        """
        if not rows:
            return
        stored = inspect(table).local_table
        assert isinstance(stored, Table)
        columns = [column.name for column in stored.columns]
        for row in rows:
            if row.keys() != set(columns):
                raise UnrecordedWriteError(f"{stored.name}: {sorted(row.keys() ^ set(columns))}")
        self.flush()
        marks = ", ".join("?" * len(columns))
        names = ", ".join(f'"{name}"' for name in columns)
        self.connection().exec_driver_sql(
            f'INSERT INTO "{stored.name}" ({names}) VALUES ({marks})',
            [tuple(row[name] for name in columns) for row in rows],
        )
        keys = [column.name for column in stored.primary_key]
        recorder: _Recorder = self.info["recorder"]
        recorder.written.extend(
            Written(stored.name, {name: row[name] for name in keys}, None, {name: row[name] for name in columns})
            for row in rows
        )


@contextmanager
def record(
    engine: Engine, action: str, subject: str, *, author: str, reason: str = ""
) -> Iterator[tuple[RecordedSession, list[ChangeSummary]]]:
    """Run one named step in one transaction and write its history with it.

    `action` is the key of the action (see `chipscape_desktop.change_words`), `subject` the name of what it is done to,
    `reason` why, where the author said it. The list receives one `ChangeSummary` when the step changed anything. On any
    error nothing is written. With the option `asks_before_reviewed` of the engine, `Reviewed` is raised where the step
    changes a record that somebody has marked as reviewed.
    """
    with writing(engine, "edit", action, subject, author=author, reason=reason) as step:
        yield step


@contextmanager
def writing(
    engine: Engine,
    kind: str,
    action: str,
    subject: str,
    *,
    author: str,
    reverts: int | None = None,
    reason: str = "",
) -> Iterator[tuple[RecordedSession, list[ChangeSummary]]]:
    """Run one step of any *kind* (see `CHANGESET_KINDS`); everything but undo and its kin goes through `record`."""
    out: list[ChangeSummary] = []
    with explained(), RecordedSession(engine.execution_options(writing=True)) as session, session.begin():
        recorder = session.info["recorder"] = _Recorder()
        yield session, out
        session.flush()
        if recorder.written or recorder.parts or recorder.even_empty:
            if kind == "edit" and engine.get_execution_options().get("asks_before_reviewed"):
                refuse_reviewed(session.connection(), recorder.written)
            step = Changeset(
                kind=kind, action=action, subject=subject, author=author, at=_now(), reverts_id=reverts,
                reason=reason.strip() or None,
            )  # fmt: skip
            out.append(_journal(session, recorder, step))


def _json(stored: Image | None) -> str | None:
    return None if stored is None else _encode(stored)


def moment() -> str:
    """Return this moment as the journal writes it."""
    return _now()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _journal(session: RecordedSession, recorder: _Recorder, step: Changeset) -> ChangeSummary:
    """Write the changeset and its changes, and bring what is derived up to date, in the caller's transaction."""
    connection = session.connection()
    owners = frozenset(filter(None, (owner_of(written) for written in recorder.written)))
    tables = frozenset(written.table for written in recorder.written)
    earlier = None if recorder.parts else _same_edit(session, recorder, step)
    if earlier is not None:
        change, changeset = earlier
        change.after = recorder.written[0].after
        changeset.at = step.at
        session.flush()
        step_id = changeset.id
    else:
        session.add(step)
        session.flush()
        step_id = step.id
        for part_id in recorder.parts:
            connection.exec_driver_sql("UPDATE changeset SET part_of_id = ? WHERE id = ?", (step_id, part_id))
        # At the driver, with tuples: the journal is most of the work of a large import.
        rows = [
            (step_id, written.table, owner_of(written), *map(_json, (written.key, written.before, written.after)))
            for written in recorder.written
        ]
        insert = "INSERT INTO change (changeset_id, table_name, owner_id, row_key, before, after)"
        if rows:
            connection.exec_driver_sql(f"{insert} VALUES (?, ?, ?, ?, ?, ?)", rows)
    search.reindex(connection, owners)
    if len(recorder.written) >= _LARGE_STEP:
        from chipscape_db.columns.keeping import refresh

        refresh(connection)
    return ChangeSummary(step_id, step.kind, step.action, step.subject, tables, owners)


def _same_edit(session: Session, recorder: _Recorder, step: Changeset) -> tuple[Change, Changeset] | None:
    """Return the newest step when this one only goes on with it: same field, same author, within a minute."""
    if step.kind != "edit" or len(recorder.written) != 1:
        return None
    new = recorder.written[0]
    last = session.scalars(select(Changeset).order_by(Changeset.id.desc()).limit(1)).first()
    told = ("edit", step.action, step.author, step.reason)
    if last is None or (last.kind, last.action, last.author, last.reason) != told:
        return None
    if datetime.fromisoformat(step.at) - datetime.fromisoformat(last.at) > _ONE_STEP:
        return None
    changes = session.scalars(select(Change).where(Change.changeset_id == last.id).limit(2)).all()
    if len(changes) != 1:
        return None
    old = changes[0]
    if (old.table_name, old.row_key) != (new.table, new.key) or not (
        old.before and old.after and new.before and new.after
    ):
        return None
    touched = {name for name in old.after if old.before[name] != old.after[name]}
    touching = {name for name in new.after if new.before[name] != new.after[name]}
    return (old, last) if touched == touching and old.before != new.after else None


def _tables(mapper: Mapper[Any]) -> list[Table]:
    return [table for table in mapper.tables if isinstance(table, Table)]


def _recorder_of(target: Any) -> _Recorder | None:
    session = inspect(target).session
    if isinstance(target, (Changeset, Change, Property, SnapshotContent)) or not isinstance(session, RecordedSession):
        return None
    return session.info.get("recorder")


@event.listens_for(Base, "before_update", propagate=True)
@event.listens_for(Base, "before_delete", propagate=True)
def _before(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    recorder = _recorder_of(target)
    if recorder is not None:
        key = key_of(mapper, target)
        recorder.pending[id(target)] = {t.name: image(connection, t.name, key) for t in _tables(mapper)}


@event.listens_for(Base, "after_insert", propagate=True)
@event.listens_for(Base, "after_update", propagate=True)
def _after(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    _note(mapper, connection, target, _tables(mapper))


@event.listens_for(Base, "after_delete", propagate=True)
def _after_delete(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    _note(mapper, connection, target, _tables(mapper)[::-1])


def _note(mapper: Mapper[Any], connection: Connection, target: Any, tables: list[Table]) -> None:
    """Keep the images of a row of every table the class is mapped to, in the order written."""
    recorder = _recorder_of(target)
    if recorder is None:
        return
    key, earlier = key_of(mapper, target), recorder.pending.pop(id(target), {})
    for table in tables:
        before, after = earlier.get(table.name), image(connection, table.name, key)
        if before != after:
            recorder.written.append(Written(table.name, key, before, after))


@event.listens_for(RecordedSession, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        raise UnrecordedWriteError(str(state.statement))
