"""An import done: planned anew inside the transaction that writes it, so that what was previewed is what is done."""

from sqlalchemy import Engine

from chipscape_db import models
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.progress import QUIET, Progress
from chipscape_db.transfer.csv_rows import MODEL_OF
from chipscape_db.transfer.tables.mapping import Mapping
from chipscape_db.transfer.tables.plan import Plan, Writes
from chipscape_db.transfer.tables.planning import plan_import
from chipscape_db.transfer.tables.raw import RawTable


def import_table(
    engine: Engine,
    *,
    author: str,
    table: RawTable,
    mapping: Mapping,
    progress: Progress = QUIET,
) -> tuple[ChangeSummary | None, Plan]:
    """Bring a table in as one undoable step; the summary is None where the base holds all of it already.

    What has problems stays out, cell by cell; the plan returned lists it. Raises `Invalid` for a mapping that does not
    fit, and `Stopped` when cancelled; then nothing is written.
    """
    with record(engine, "import", table.file, author=author) as (session, out):
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        plan = plan_import(connection, table, mapping, progress=progress.part(0.0, 0.7))
        _write(session, plan.writes)
        progress.at(0.95)
    return (out[0] if out else None), plan


def _write(session: RecordedSession, writes: Writes) -> None:
    for table, model in MODEL_OF.items():
        session.insert_rows(model, writes.inserts.get(table, []))
    for table, identity, values in writes.updates:
        model = models.Record if table == "record" else MODEL_OF[table]
        row = session.get_one(model, identity)
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()
