"""Facts in CSV files brought into a fact base: checked whole, then written as one changeset that can be undone."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect

from chipscape_db import models
from chipscape_db.errors import N_
from chipscape_db.history import ChangeSummary, RecordedSession, writing
from chipscape_db.transfer.csv_check import Facts, read_facts
from chipscape_db.transfer.csv_contract import CITED, HOLDERS_OF_IDS
from chipscape_db.transfer.csv_former import follow_merges
from chipscape_db.transfer.csv_kept import put_bytes
from chipscape_db.transfer.csv_rows import MODEL_OF, Known, PlainRow, Rows
from chipscape_db.transfer.csv_values import rows_of
from chipscape_db.transfer.problems import BadFacts, Problem, Problems
from chipscape_db.vocabulary import KIND_OF_FILE

STARTER_FOLDER = Path(__file__).parents[1] / "seed"
_TOLD_WHOLE = {
    "record_text": ("record", "record_id"),
    "relationship_text": ("relationship", "relationship_id"),
    "statement_text": ("statement", "statement_id"),
    "statement_source": ("statement", "statement_id"),
}
"""The tables whose rows a row of a file tells all of: whose they are, and the column that says so."""


def load_starter(engine: Engine, *, author: str) -> ChangeSummary:
    """Load the starter facts into a new base, as the step that undo does not go behind."""
    return _load(engine, STARTER_FOLDER, kind="starter", subject="Starter facts", author=author)


def load_folder(engine: Engine, folder: Path, *, author: str) -> ChangeSummary:
    """Load the facts of *folder*: what is new is added, what differs is changed, what is absent there stays.

    Facts are known again by their ids, claims by what is claimed. The whole is one changeset; where nothing differs
    none is written, and the summary returned names no table and has the id 0. Raises `BadFacts` with every problem
    when anything is wrong with any row; then nothing is loaded.
    """
    return _load(engine, folder, kind="edit", subject=folder.resolve().name, author=author)


def _load(engine: Engine, folder: Path, *, kind: str, subject: str, author: str) -> ChangeSummary:
    facts = read_facts(folder)
    with writing(engine, kind, "load", subject, author=author) as (session, out):
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        facts = follow_merges(connection, facts)
        _refuse_clashes(connection, facts, folder)
        rows = Rows(facts, Known.read(connection)).build()
        put_bytes(connection, facts.sheets["snapshots"], folder)
        stored = {table: _by_key(table, rows_of(connection, table)) for table in MODEL_OF}
        for table, model in MODEL_OF.items():
            session.insert_rows(model, [row for row in rows[table] if _key(table, row) not in stored[table]])
        for table in MODEL_OF:
            _change(session, table, rows[table], stored[table])
        _remove_emptied(session, facts, rows, stored)
    return out[0] if out else ChangeSummary(0, kind, "load", subject, frozenset(), frozenset())


def _key_columns(table: str) -> list[str]:
    return [column.name for column in models.Base.metadata.tables[table].primary_key.columns]


_KEYS = {table: _key_columns(table) for table in MODEL_OF}


def _key(table: str, row: PlainRow) -> tuple[Any, ...]:
    return tuple(row[name] for name in _KEYS[table])


def _by_key(table: str, rows: list[PlainRow]) -> dict[tuple[Any, ...], PlainRow]:
    return {_key(table, row): row for row in rows}


def _change(
    session: RecordedSession, table: str, rows: list[PlainRow], stored: dict[tuple[Any, ...], PlainRow]
) -> None:
    """Change the stored rows that differ, through the session, which records them."""
    for row in rows:
        before = stored.get(_key(table, row))
        if before is None or before == row:
            continue
        target = session.get_one(MODEL_OF[table], _identity(table, row))
        for name, value in row.items():
            if before[name] != value:
                setattr(target, name, value)
    session.flush()


def _identity(table: str, row: PlainRow) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in inspect(MODEL_OF[table]).primary_key)


def _remove_emptied(
    session: RecordedSession,
    facts: Facts,
    rows: dict[str, list[PlainRow]],
    stored: dict[str, dict[tuple[Any, ...], PlainRow]],
) -> None:
    """Remove the texts and sources whose cells are empty now in rows that the files do hold."""
    told = {table: {row["id"] for row in rows[table]} for table in ("record", "relationship", "statement")}
    for table, (owner, column) in _TOLD_WHOLE.items():
        kept = {_key(table, row) for row in rows[table]}
        for key, row in stored[table].items():
            if row[column] in told[owner] and key not in kept and _has_a_cell(table, row, facts):
                session.delete(session.get_one(MODEL_OF[table], _identity(table, row)))


def _has_a_cell(table: str, row: PlainRow, facts: Facts) -> bool:
    """Say whether the files can be silent about a row only by an empty cell."""
    if table == "statement_source":
        return True
    if row["language"] not in ("en", "fr"):
        return bool(facts.sheets["texts"].rows)
    return bool(row.get("field") != "name" or facts.sheets["texts"].rows)


def _refuse_clashes(connection: Connection, facts: Facts, folder: Path) -> None:
    """Raise `BadFacts` where an id of the files belongs to a fact of another kind in the base."""
    stored: dict[str, str] = dict(connection.exec_driver_sql("SELECT slug, kind FROM record").all())
    links = {row[0] for row in connection.exec_driver_sql("SELECT slug FROM relationship")}
    stored |= dict.fromkeys(links, "relationship")
    problems = Problems()
    for name in dict.fromkeys((*HOLDERS_OF_IDS, *CITED)):
        sheet, kind = facts.sheets[name], KIND_OF_FILE.get(name, "relationship")
        for line, slug in zip(sheet.lines, sheet.column("id"), strict=True):
            if stored.get(slug, kind) != kind:
                template = N_("'{id}' is of kind {kind} in the fact base already; give this one another id.")
                problems.add(Problem(sheet.table.file, line, "id", template, {"id": slug, "kind": stored[slug]}))
    if problems.count:
        raise BadFacts(folder.name, problems.listed())
