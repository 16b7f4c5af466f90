"""What a fact base holds, in a few numbers; standard library only: it is asked often and must answer at once."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from chipscape_db.base_header import read_header
from chipscape_db.errors import N_, FileFault


@dataclass(frozen=True, slots=True)
class BaseInfo:
    """The file, its schema version, its newest changeset and how much it holds of each kind."""

    file: str
    bytes: int
    schema: int
    newest_changeset: int
    newest_author: str
    newest_at: str
    counts: dict[str, int]


_COUNTED = ("relationship", "participant", "claim", "citation", "alias", "statement", "changeset")


def base_info(path: Path) -> BaseInfo:
    """Return what the fact base at *path* holds. Raises `FileFault` or `NewerFile`."""
    version = read_header(path)
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            counts = dict(
                connection.execute("SELECT kind, count(*) FROM record GROUP BY kind ORDER BY kind").fetchall()
            )
            for table in _COUNTED:
                counts[table] = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            newest = connection.execute("SELECT id, author, at FROM changeset ORDER BY id DESC LIMIT 1").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise FileFault(
            N_("{file} is damaged or out of reach ({reason}). Open a backup."), file=path.name, reason=str(error)
        ) from error
    number, author, at = newest or (0, "", "")
    return BaseInfo(str(path), path.stat().st_size, version, number, author, at, counts)
