"""Rows as SQLite stores them, so that what is taken back is what was there, without type conversion."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection
from sqlalchemy.orm import Mapper

Image: TypeAlias = dict[str, Any]

_OWNER_COLUMNS = {
    "relationship": "id",
    "relationship_text": "relationship_id",
    "participant": "event_id",
    "claim": "subject_id",
    "statement": "id",
    "statement_text": "statement_id",
    "statement_source": "statement_id",
    "metric": "key",
    "snapshot": "source_id",
}


@dataclass(frozen=True, slots=True)
class Written:
    """One row of one table before and after a write."""

    table: str
    key: Image
    before: Image | None
    after: Image | None


def key_of(mapper: Mapper[Any], target: Any) -> Image:
    """Return the primary key of a mapped object by column name."""
    values = mapper.primary_key_from_instance(target)
    return dict(zip((column.name for column in mapper.primary_key), values, strict=True))


def owner_of(written: Written) -> str | None:
    """Return the id of the record, relationship or statement that a row belongs to."""
    row = written.after or written.before or {}
    owner: str | None
    if written.table in _OWNER_COLUMNS:
        owner = row[_OWNER_COLUMNS[written.table]]
    elif written.table == "citation":
        owner = row["record_id"] or row["relationship_id"]
    else:
        owner = row.get("record_id") or row.get("id")
    return owner


def _where(key: Image) -> str:
    return " AND ".join(f'"{column}" = ?' for column in key)


def _driver(connection: Connection) -> Any:
    """Return the driver's own connection: an undo may touch ten thousand rows, one statement each."""
    return connection.connection.driver_connection


def image(connection: Connection, table: str, key: Image) -> Image | None:
    """Return the row of *table* with that primary key, or None."""
    cursor = _driver(connection).execute(f'SELECT * FROM "{table}" WHERE {_where(key)}', tuple(key.values()))
    row = cursor.fetchone()
    return None if row is None else dict(zip((column[0] for column in cursor.description), row, strict=True))


def put(connection: Connection, table: str, key: Image, *, old: Image | None, new: Image | None) -> None:
    """Make the row *new* where it was *old*; None stands for no row."""
    execute = _driver(connection).execute
    if new is None:
        execute(f'DELETE FROM "{table}" WHERE {_where(key)}', tuple(key.values()))
        return
    columns = [f'"{column}"' for column in new]
    if old is None:
        marks = ", ".join("?" * len(columns))
        execute(f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({marks})', tuple(new.values()))
    else:
        sets = ", ".join(f"{column} = ?" for column in columns)
        execute(f'UPDATE "{table}" SET {sets} WHERE {_where(key)}', (*new.values(), *key.values()))
