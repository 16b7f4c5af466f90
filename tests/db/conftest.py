"""What must hold between a journal and the tables it tells of."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Rows = dict[str, list[tuple[Any, ...]]]
_NOT_FACTS = ("alembic_version", "changeset", "change", "sqlite_sequence", "event_column")


def _facts_of(path: Path) -> Rows:
    """Return every row of every table of facts, in a fixed order, as SQLite stores it."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in names
            if name not in _NOT_FACTS and not name.startswith("search_")
        }
    finally:
        connection.close()


def _assert_whole(path: Path, *, rows_per_step: int | None = None) -> int:
    """Assert that the file is sound and each changeset whole; return the number of changesets.

    The newest image of every row the journal speaks of is the row in its table, and each image before is the one after
    of the step that touched the row last.
    """
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        assert [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        newest: dict[tuple[str, str], Any] = {}
        steps: dict[int, int] = {row[0]: 0 for row in connection.execute("SELECT id FROM changeset")}
        for change in connection.execute("SELECT * FROM change ORDER BY id").fetchall():
            steps[change["changeset_id"]] += 1
            row = (change["table_name"], change["row_key"])
            before, after = (None if change[at] is None else json.loads(change[at]) for at in ("before", "after"))
            assert newest.get(row) == before, row
            newest[row] = after
        for (table, key), after in newest.items():
            columns = json.loads(key)
            where = " AND ".join(f'"{column}" = ?' for column in columns)
            found = connection.execute(f'SELECT * FROM "{table}" WHERE {where}', tuple(columns.values())).fetchone()
            assert (None if found is None else dict(found)) == after, (table, key)
        if rows_per_step is not None:
            assert set(steps.values()) <= {rows_per_step}
        return len(steps)
    finally:
        connection.close()


@pytest.fixture(scope="session")
def facts_of() -> Callable[[Path], Rows]:
    """A function from a base to every row of every table of facts, as SQLite stores them."""
    return _facts_of


@pytest.fixture(scope="session")
def assert_whole() -> Callable[..., int]:
    """A function that asserts that a base and its journal are sound and agree, and returns the number of changesets."""
    return _assert_whole
