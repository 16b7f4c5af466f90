"""The columns of a base's events in the base itself: written with large steps, brought up to date from the journal.

They belong to one changeset. What the journal tells since then is read again for the events it touches; where that is
too much, or rows came or went without the journal, they are of no use and everything is read.
"""

import json
from typing import Any

import numpy as np
from sqlalchemy import Connection

from chipscape_db.base_header import SCHEMA_VERSION
from chipscape_db.columns.packed import Ids, PackedIds, PackedTexts
from chipscape_db.columns.patching import patched
from chipscape_db.columns.reading import read_columns
from chipscape_db.columns.size import count_events, is_large
from chipscape_db.columns.stored import StoredColumns
from chipscape_db.moment import Moment, first_after, moment_of
from chipscape_db.vocabulary import EVENT_KINDS, PARTICIPANT_ROLES

MOST_TOUCHED = 5_000
"""Of more events than this the columns are not patched but read anew."""

_FORM = 1  # of the columns; a change of their meaning counts on
_ARRAYS = {
    "first": np.int32, "last": np.int32, "importance": np.int8, "kind": np.int8, "odd": np.int32, "ended": np.int32,
    "end_first": np.int32, "end_last": np.int32, "took_event": np.int32, "took_record": np.int32, "took_role": np.int8,
    "cited_event": np.int32, "cited_source": np.int32, "named_event": np.int32, "named_language": np.int32,
}  # fmt: skip
_TEXTS = ("ids", "names", "odd_texts", "end_texts", "took", "cited", "named", "languages")
_ENDS = ":ends"
_STATE = "state"
_FOLLOWED = ("record", "event", "participant", "citation", "record_text")
_TOUCHED = f"""
SELECT owner_id FROM change WHERE changeset_id >= ? AND table_name IN {_FOLLOWED}
UNION SELECT json_extract(before, '$.record_id') FROM change WHERE changeset_id >= ? AND table_name = 'citation'
LIMIT ?
"""
_ADDED = f"""
SELECT table_name, count(*) FROM change
WHERE changeset_id > ? AND before IS NULL AND table_name IN {_FOLLOWED} GROUP BY table_name
"""


def kept_columns(connection: Connection) -> StoredColumns | None:
    """Return the columns that the base keeps, brought up to date; None where there are none that can be."""
    state = _state(connection)
    if state is None:
        return None
    columns = _load(connection, state["count"])
    return None if columns is None else brought_up(connection, columns, since=Moment(*state["moment"]))


def brought_up(connection: Connection, columns: StoredColumns, *, since: Moment) -> StoredColumns | None:
    """Return columns that were right at a moment as they are now; None where that cannot be told from the journal."""
    touched = _touched(connection, since)
    if touched is None:
        return None
    if touched:
        columns = patched(columns, read_columns(connection, touched), touched)
    return columns if len(columns) == count_events(connection) else None


def current_columns(connection: Connection) -> StoredColumns:
    """Return the columns of the base as it is now, from what it keeps where that is possible."""
    return kept_columns(connection) or read_columns(connection)


def are_fresh(connection: Connection) -> bool:
    """Say whether the kept columns are those of the newest changeset, or close enough to be patched at no cost."""
    state = _state(connection)
    if state is None or state["count"] == 0:
        return False
    touched = _touched(connection, Moment(*state["moment"]))
    return touched is not None and len(touched) <= MOST_TOUCHED // 10


def refresh(connection: Connection, *, many: int | None = None) -> None:
    """Write the columns of *many* events (else of a large base) anew in the caller's transaction, or drop them."""
    if is_large(connection) if many is None else count_events(connection) >= many:
        _write(connection, current_columns(connection))
    else:
        connection.exec_driver_sql("DELETE FROM event_column")


def out_of_step(connection: Connection) -> bool:
    """Say whether the base keeps columns that are not what its events say."""
    kept = kept_columns(connection)
    if kept is None:
        return False
    fresh = read_columns(connection)
    # What was patched may say the same in another order; only then are rows made of a million events.
    return not _is_same(kept, fresh) and as_rows(kept) != as_rows(fresh)


def _is_same(one: StoredColumns, other: StoredColumns) -> bool:
    """Say whether two columns are the same to the byte."""
    texts = [(getattr(one, name), getattr(other, name)) for name in _TEXTS]
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in _ARRAYS) and all(
        type(here) is type(there) and here.block == there.block for here, there in texts
    )


def as_rows(columns: StoredColumns) -> dict[str, tuple[Any, ...]]:
    """Return what the columns say of each event, by id, in a form to compare."""
    out: dict[str, list[Any]] = {}
    ids = list(columns.ids)
    numbers = (columns.first, columns.last, columns.importance, columns.kind)
    for id_, name, *said in zip(ids, columns.names, *(each.tolist() for each in numbers), strict=True):
        out[id_] = [name, *said, [], [], [], [], []]
    for event, text in zip(columns.odd.tolist(), columns.odd_texts, strict=True):
        out[ids[event]][5].append(text)
    ends = zip(columns.end_first.tolist(), columns.end_last.tolist(), columns.end_texts, strict=True)
    for event, end in zip(columns.ended.tolist(), ends, strict=True):
        out[ids[event]][6].append(end)
    took, cited, languages = list(columns.took), list(columns.cited), list(columns.languages)
    for event, record, role in zip(columns.took_event, columns.took_record, columns.took_role.tolist(), strict=True):
        out[ids[event]][7].append((took[record], role))
    for event, source in zip(columns.cited_event, columns.cited_source, strict=True):
        out[ids[event]][8].append(cited[source])
    for event, language, name in zip(columns.named_event, columns.named_language, columns.named, strict=True):
        out[ids[event]][9].append((languages[language], name))
    return {id_: (*row[:5], *(tuple(each) for each in row[5:9]), tuple(sorted(row[9]))) for id_, row in out.items()}


def _last_rows(connection: Connection) -> dict[str, int]:
    """Return the newest row number of each table: what is added by others than us shows in it."""
    return {
        table: connection.exec_driver_sql(f"SELECT coalesce(max(rowid), 0) FROM {table}").scalar_one()
        for table in _FOLLOWED
    }


def _state(connection: Connection) -> dict[str, Any] | None:
    """Return what the kept columns belong to, None where that is nothing that we know."""
    row = connection.exec_driver_sql("SELECT data FROM event_column WHERE name = ?", (_STATE,)).first()
    try:
        state = None if row is None else json.loads(row[0])
        if state is None or [state["form"], state["kinds"], state["roles"]] != _words():
            return None
        moment, before = Moment(*state["moment"]), dict(state["rows"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return state if _only_as_journalled(connection, before, moment) else None


def _only_as_journalled(connection: Connection, before: dict[str, int], moment: Moment) -> bool:
    """Say whether no more rows came since than the journal tells of."""
    now = _last_rows(connection)
    if now == before:
        return True
    added: dict[str, int] = dict(connection.exec_driver_sql(_ADDED, (moment.id,)).all())
    return all(now[table] <= before.get(table, 0) + added.get(table, 0) for table in _FOLLOWED)


def _words() -> list[Any]:
    return [[_FORM, SCHEMA_VERSION], list(EVENT_KINDS), list(PARTICIPANT_ROLES)]


def _touched(connection: Connection, since: Moment) -> frozenset[str] | None:
    """Return the owners of what the journal changed since; None where that is too much, or not this journal."""
    first = first_after(connection, since)
    if first is None:
        return None
    found = connection.exec_driver_sql(_TOUCHED, (first, first, MOST_TOUCHED + 1)).scalars().all()
    return None if len(found) > MOST_TOUCHED else frozenset(filter(None, found))


def _write(connection: Connection, columns: StoredColumns) -> None:
    form, kinds, roles = _words()
    moment = moment_of(connection)
    state = {
        "form": form, "kinds": kinds, "roles": roles, "moment": [moment.id, moment.uuid, moment.at],
        "count": len(columns), "rows": _last_rows(connection),
    }  # fmt: skip
    blobs: dict[str, bytes] = {name: getattr(columns, name).tobytes() for name in _ARRAYS}
    for name in _TEXTS:
        texts: Ids = getattr(columns, name)
        blobs[name] = texts.block
        if isinstance(texts, PackedTexts):
            blobs[name + _ENDS] = texts.ends.astype(np.int32).tobytes()
    blobs[_STATE] = json.dumps(state).encode()
    connection.exec_driver_sql("DELETE FROM event_column")
    insert = "INSERT INTO event_column (name, data) VALUES (?, ?)"
    for pair in blobs.items():
        connection.exec_driver_sql(insert, pair)


def _load(connection: Connection, count: int) -> StoredColumns | None:
    """Return the columns as they are kept, None where they do not fit together."""
    rows: dict[str, int] = dict(connection.exec_driver_sql("SELECT name, rowid FROM event_column").all())
    driver: Any = connection.connection.driver_connection

    def block(name: str) -> bytes:
        # As an open blob: a select would copy every byte once more.
        with driver.blobopen("event_column", "data", rows[name], readonly=True) as blob:
            content: bytes = blob.read()
        return content

    def packed(name: str) -> Any:
        if name + _ENDS in rows:
            return PackedTexts(block(name), np.frombuffer(block(name + _ENDS), dtype=np.int32))
        return PackedIds(block(name))

    try:
        parts: dict[str, Any] = {name: np.frombuffer(block(name), dtype=kind) for name, kind in _ARRAYS.items()}
        columns = StoredColumns(**parts, **{name: packed(name) for name in _TEXTS})
    except (KeyError, ValueError):
        return None
    return columns if len(columns) == count and columns.is_whole() else None
