"""How long the starter facts take to load, beside the same rows put in by SQLite alone."""

import sqlite3
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

_RUNS = 3
_NOT_FACTS = ("alembic_version", "metric", "property")


def bench_loading() -> dict[str, Any]:
    """Return the median seconds to validate, record and index the starter facts, and to insert the same rows raw.

    The baseline fills the same tables, with the same indices and constraints, in one transaction from rows that are in
    memory already; the journal and the search index, which only we write, are left out of it.
    """
    from chipscape_db.base_file import create_base
    from chipscape_db.engine import open_engine
    from chipscape_db.transfer.csv_load import load_starter

    ours, raw, rows = [], [], 0
    with TemporaryDirectory() as folder:
        for number in range(_RUNS):
            full, bare = Path(folder, f"full{number}.chipscape"), Path(folder, f"bare{number}.chipscape")
            create_base(full, starter=False)
            create_base(bare, starter=False)
            engine = open_engine(full)
            start = perf_counter()
            load_starter(engine, author="bench")
            ours.append(perf_counter() - start)
            engine.dispose()
            tables = _facts(full)
            rows = sum(map(len, tables.values()))
            raw.append(_insert(bare, tables))
    return {
        "load_starter_facts_s": round(median(ours), 3),
        "budget_s": 3.0,
        "baseline": "raw sqlite3 inserts of the same rows",
        "baseline_s": round(median(raw), 3),
        "rows": rows,
    }


def _facts(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table of facts."""
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    tables = [
        name
        for (name,) in names
        if name not in (*_NOT_FACTS, "change", "changeset") and not name.startswith(("search_", "sqlite_"))
    ]
    out = {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}
    connection.close()
    return out


def _insert(path: Path, tables: dict[str, list[tuple[Any, ...]]]) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    start = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA defer_foreign_keys=ON")
    for table, rows in tables.items():
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
    connection.execute("COMMIT")
    seconds = perf_counter() - start
    connection.close()
    return seconds
