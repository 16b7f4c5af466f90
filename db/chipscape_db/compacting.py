"""Making the file of a fact base smaller: bytes of copies that nothing can bring back go, and free pages with them."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from chipscape_db.errors import N_, Conflict
from chipscape_db.faults import explained
from chipscape_db.next_steps import within_reach
from chipscape_db.row_images import Image


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many copies went, and how many bytes the file had and has."""

    copies: int
    before: int
    after: int


def compact(engine: Engine) -> Compacted:
    """Remove the bytes of undone copies, and return the free pages of the file to the disk; no fact changes.

    Kept is what a copy of a source refers to, and what undo or redo could still bring back. What only the history could
    bring back, an undo taken back by hand, is then refused in words (see `check_content`). Raises `FileFault` and
    `ReadOnly` where the file cannot be written to; the bytes are removed whole or not at all.
    """
    steps = within_reach(engine)
    with explained():
        with engine.connect() as connection:
            before = _size(connection)
        with engine.execution_options(writing=True).begin() as connection:
            gone = _unreachable(connection, steps)
            for sha256 in gone:
                connection.exec_driver_sql("DELETE FROM snapshot_content WHERE sha256 = ?", (sha256,))
        with engine.connect() as connection:
            # Outside of any transaction: SQLite writes the file anew beside it and copies it back as one.
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with engine.connect() as connection:
            after = _size(connection)
    return Compacted(len(gone), before, after)


def check_content(connection: Connection, table: str, wanted: Image | None) -> None:
    """Raise `Conflict` where a row that is to come back speaks of a copy whose bytes were removed."""
    if table != "snapshot" or wanted is None:
        return
    query = "SELECT 1 FROM snapshot_content WHERE sha256 = ?"
    if connection.exec_driver_sql(query, (wanted["sha256"],)).scalar() is None:
        template = N_("The copy “{name}” was removed when the file was made smaller; keep it again from its source.")
        raise Conflict(template, name=wanted["name"])


def _size(connection: Connection) -> int:
    pages, size = (connection.exec_driver_sql(f"PRAGMA {name}").scalar() or 0 for name in ("page_count", "page_size"))
    return int(pages) * int(size)


def _unreachable(connection: Connection, steps: frozenset[int]) -> list[str]:
    """Return the hashes that no copy has and that no step within the reach of undo and redo could bring back."""
    kept = set(connection.exec_driver_sql("SELECT sha256 FROM snapshot").scalars())
    rows = connection.exec_driver_sql(
        "SELECT changeset_id, json_extract(before, '$.sha256') FROM change "
        "WHERE table_name = 'snapshot' AND before IS NOT NULL"
    )
    kept |= {sha256 for changeset_id, sha256 in rows.all() if changeset_id in steps}
    stored = connection.exec_driver_sql("SELECT sha256 FROM snapshot_content ORDER BY sha256").scalars()
    return [sha256 for sha256 in stored.all() if sha256 not in kept]
