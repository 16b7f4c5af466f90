"""The engine of one fact base, with the settings of SQLite that everything else relies on."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, QueuePool, create_engine, event

from chipscape_db.errors import N_, ReadOnly

_ALWAYS = ("foreign_keys=ON", "busy_timeout=5000", "cache_size=-32000", "mmap_size=268435456")


def open_engine(path: Path, *, read_only: bool = False, immutable: bool = False) -> Engine:
    """Return an engine for the SQLite file at *path*.

    Foreign keys are enforced, writers wait five seconds for one another, and a transaction begins when we say so: the
    driver's own implicit BEGIN would leave half a schema behind a failing migration. With *read_only* every write
    raises `ReadOnly`; with *immutable* too, no side files are needed or written (and another's writes are not seen).
    """
    location = path.resolve().as_uri()
    mode = "mode=rw" if not read_only else "mode=ro&immutable=1" if immutable else "mode=ro"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"{location}?{mode}", uri=True, check_same_thread=False, isolation_level=None)

    # Named, because without a file in the address SQLAlchemy would give a whole thread one connection.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in _ALWAYS:
            cursor.execute(f"PRAGMA {pragma}")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        else:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        if writing and read_only:
            raise ReadOnly(N_("{file} is open for reading only; save a copy to change it."), file=path.name)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
