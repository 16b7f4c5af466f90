"""The base as it was after an earlier change: rebuilt from the journal in a copy of its own, which nobody else sees."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from chipscape_db.engine import open_engine
from chipscape_db.errors import N_, NotFound
from chipscape_db.models import Change, Changeset
from chipscape_db.row_images import put


@contextmanager
def base_as_it_was(engine: Engine, changeset: str) -> Iterator[Session]:
    """Yield a session on the facts as they were after the changeset of that UUID; raises `NotFound` for an unknown one.

    A copy of the base is made beside the system's other temporary files, every later step is taken back in it, row by
    row, and it is gone afterwards. The base itself is only read.
    """
    with tempfile.TemporaryDirectory(prefix="chipscape-past-") as folder:
        path = Path(folder, "past.chipscape")
        with closing(sqlite3.connect(path)) as target, engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.backup(target)
        past = open_engine(path)
        try:
            with past.connect() as connection:
                _go_back(connection, changeset)
            with Session(past) as session:
                yield session
        finally:
            past.dispose()


def _go_back(connection: Connection, changeset: str) -> None:
    """Take back every step after a changeset, newest first, and forget it in the journal."""
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # before the transaction: within one it does nothing
    connection.rollback()
    last = connection.scalar(select(Changeset.id).where(Changeset.uuid == changeset))
    if last is None:
        raise NotFound(N_("This base does not know the change that the figure was made up to: it is from another one."))
    # What came along with a merge only tells who did what elsewhere; the merge itself has the rows.
    rows = connection.execute(
        select(Change.table_name, Change.row_key, Change.before, Change.after)
        .join(Changeset, Changeset.id == Change.changeset_id)
        .where(Change.changeset_id > last, Changeset.part_of_id.is_(None))
        .order_by(Change.id.desc())
    ).all()
    for table, key, before, after in rows:
        put(connection, table, key, old=after, new=before)
    connection.exec_driver_sql("DELETE FROM change WHERE changeset_id > ?", (last,))
    connection.exec_driver_sql("DELETE FROM changeset WHERE id > ?", (last,))
    connection.commit()
