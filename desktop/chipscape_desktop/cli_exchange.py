"""The command line's jobs on facts from elsewhere: tables, other bases, change packs."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipscape_desktop.cli_facts import opened, say

if TYPE_CHECKING:
    from chipscape_db.transfer.tables.mapping import Mapping
    from chipscape_db.transfer.tables.plan import Plan
    from chipscape_db.transfer.tables.raw import RawTable

_SHOWN_ROWS = 20


def register(command: Callable[..., ArgumentParser]) -> None:
    """Add the commands to those there are."""
    table = command("import", import_, "Bring in a table (CSV, TSV, XLSX) as one undoable step.")
    table.add_argument("table", type=Path, metavar="TABLE")
    table.add_argument("--mapping", type=Path, metavar="M", help="what its columns mean (guessed without)")
    table.add_argument("--dry-run", action="store_true", help="only say what it would do")
    table.add_argument("--author", default="", help="who does it, for the history")
    mapping = command(
        "suggest-mapping", suggest_mapping, "Print what the columns of a table seem to mean.", file=False, json=False
    )
    mapping.add_argument("table", type=Path, metavar="TABLE")
    mapping.add_argument("--kind", default="", help="the kind of record of its rows (guessed without)")
    mapping.add_argument("--sheet", default="", help="the sheet of a workbook (the first with facts)")


def suggest_mapping(asked: Namespace) -> int:
    """Print the mapping that a table suggests."""
    from chipscape_db.transfer.tables.mapping import to_toml
    from chipscape_db.transfer.tables.reading import read_table
    from chipscape_db.transfer.tables.suggestion import suggest_mapping as suggested

    print(to_toml(suggested(read_table(asked.table, sheet=asked.sheet), kind=asked.kind)), end="")
    return 0


def import_(asked: Namespace) -> int:
    """Bring a table in as one undoable step, or say what that would do."""
    table, mapping = _table(asked.table, asked.mapping)
    with opened(asked.file, write=not asked.dry_run) as base:
        if asked.dry_run:
            from chipscape_db.transfer.tables.planning import plan_import

            with base.engine.connect() as connection:
                plan = plan_import(connection, table, mapping)
            number = None
        else:
            from chipscape_db.transfer.tables.importing import import_table

            summary, plan = import_table(base.engine, author=asked.author, table=table, mapping=mapping)
            number = None if summary is None else summary.changeset_id
    say(asked, _told(plan, number, dry=asked.dry_run), _lines(plan, number, dry=asked.dry_run))
    return 0


def _table(path: Path, mapping_path: Path | None) -> "tuple[RawTable, Mapping]":
    from chipscape_db.transfer.tables.mapping import Mapping, read_mapping
    from chipscape_db.transfer.tables.reading import read_table
    from chipscape_db.transfer.tables.suggestion import suggest_mapping as suggested

    mapping: Mapping | None = None if mapping_path is None else read_mapping(mapping_path)
    told = mapping if mapping is not None else Mapping("", ())
    table = read_table(
        path, sheet=told.sheet, header_row=told.header_row, encoding=told.encoding, separator=told.separator
    )  # fmt: skip
    return table, mapping if mapping is not None else suggested(table)


def _told(plan: "Plan", number: int | None, *, dry: bool) -> dict[str, Any]:
    return {
        "changeset": number,
        "dry_run": dry,
        "counts": plan.counts,
        "problem_count": plan.problem_count,
        "problems": [
            {"row": one.row, "column": one.column, "text": one.template.format(**one.params)} for one in plan.problems
        ],
        "rows": [asdict(row) for row in plan.rows],
    }


def _lines(plan: "Plan", number: int | None, *, dry: bool) -> list[str]:
    counts = plan.counts
    out = [
        f"{counts['new']} new, {counts['changed']} changed, {counts['same']} the same, {counts['unsure']} unsure, "
        f"{counts['left-out']} left out; {counts['claims']} claims and {counts['sources']} sources new"
    ]
    if dry:
        for row in plan.rows[:_SHOWN_ROWS]:
            out.append(f"row {row.line}: {row.status} {row.name}" + (f" = {row.record}" if row.record else ""))
            out += [f"    {one.column}: {one.before or '-'} -> {one.after!r} ({one.what})" for one in row.changes]
        if len(plan.rows) > _SHOWN_ROWS:
            out.append(f"... and {len(plan.rows) - _SHOWN_ROWS} more rows; --json lists all")
    out += [str(problem) for problem in plan.problems[:_SHOWN_ROWS]]
    if plan.problem_count > _SHOWN_ROWS:
        out.append(f"... and {plan.problem_count - _SHOWN_ROWS} more problems; --json lists them")
    if not dry:
        out.append(
            "Nothing to import: the fact base holds all of it already." if number is None else f"Change {number}"
        )
    return out
