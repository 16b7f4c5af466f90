"""What the windows for facts from elsewhere ask of the workers: pure functions, whose faults come back as answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chipscape_db.errors import FactsError
from chipscape_desktop.workspace import Job

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from chipscape_db.history import ChangeSummary
    from chipscape_db.merging.journals import Journal
    from chipscape_db.merging.plan import MergePlan
    from chipscape_db.transfer.tables.mapping import Mapping
    from chipscape_db.transfer.tables.plan import Plan
    from chipscape_db.transfer.tables.raw import RawTable


@dataclass(frozen=True, slots=True)
class Opened:
    """A table with what its columns seem to mean, or do according to the mapping that lies beside it."""

    table: "RawTable"
    mapping: "Mapping"
    from_file: str = ""


def open_table(_job: Job, *, path: Path, sheet: str = "", kind: str = "") -> "Opened | FactsError":
    """Read a table and suggest its mapping; a mapping saved beside it is used instead."""
    from chipscape_db.transfer.tables.mapping import SUFFIX, read_mapping
    from chipscape_db.transfer.tables.reading import read_table
    from chipscape_db.transfer.tables.suggestion import suggest_mapping

    try:
        beside = path.with_name(path.stem + SUFFIX)
        if beside.is_file() and not sheet and not kind:
            mapping = read_mapping(beside)
            table = read_table(
                path, sheet=mapping.sheet, header_row=mapping.header_row, encoding=mapping.encoding,
                separator=mapping.separator,
            )  # fmt: skip
            return Opened(table, mapping, beside.name)
        table = read_table(path, sheet=sheet)
        return Opened(table, suggest_mapping(table, kind=kind))
    except FactsError as fault:
        return fault


def preview(job: Job, *, engine: "Engine", table: "RawTable", mapping: "Mapping") -> "Plan | FactsError":
    """Say what an import would do."""
    from chipscape_db.faults import explained
    from chipscape_db.transfer.tables.planning import plan_import

    try:
        with explained(), engine.connect() as connection:
            return plan_import(connection, table, mapping, progress=job.progress())
    except FactsError as fault:
        return fault


def import_table(
    engine: "Engine", *, author: str, job: Job, table: "RawTable", mapping: "Mapping"
) -> "ChangeSummary | None":
    """Bring the table in as one step."""
    from chipscape_db.transfer.tables.importing import import_table as bring_in

    summary, _plan = bring_in(engine, author=author, table=table, mapping=mapping, progress=job.progress())
    return summary


def open_other(job: Job, *, engine: "Engine", path: Path) -> "tuple[Journal, MergePlan] | FactsError":
    """Read the other side of a merge and say what merging it would do."""
    from chipscape_db.faults import explained
    from chipscape_db.merging.other_side import read_other
    from chipscape_db.merging.three_way import plan_merge

    progress = job.progress()
    try:
        theirs = read_other(path, progress=progress.part(0.0, 0.4))
        with explained(), engine.connect() as connection:
            return theirs, plan_merge(connection, theirs, progress=progress.part(0.4, 1.0))
    except FactsError as fault:
        return fault


def merge(
    engine: "Engine", *, author: str, job: Job, theirs: "Journal", decisions: dict[str, str]
) -> "ChangeSummary | None":
    """Merge the other side as one step."""
    from chipscape_db.merging.applying import merge as bring_together

    return bring_together(engine, author=author, theirs=theirs, decisions=decisions, progress=job.progress())[0]


def write_pack(_job: Job, *, engine: "Engine", path: Path, name: str, since: str) -> "int | FactsError":
    """Write a change pack and return how many changes it holds."""
    from chipscape_db.faults import explained
    from chipscape_db.merging.pack import write_pack as write

    try:
        with explained(), engine.connect() as connection:
            return write(connection, path, name=name, since=since)
    except FactsError as fault:
        return fault
