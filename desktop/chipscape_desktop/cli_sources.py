"""The command line's jobs on sources: bibliographies in and out, duplicates, copies, what rests on one."""

import argparse
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from chipscape_db.errors import N_, FileFault
from chipscape_desktop.cli_facts import opened, reading, record_id, say


def register(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands of this module to the parser by means of *command*."""
    formats = ("csl", "bibtex", "ris")
    out = command("export-sources", export_sources, "Write the sources as CSL-JSON, BibTeX or RIS.", json=False)
    out.add_argument("out", type=Path, metavar="OUT", help="its suffix names the format: .json, .bib, .ris; or -")
    out.add_argument("--format", choices=formats, help="whatever the suffix says")
    out.add_argument("--source", action="append", default=[], metavar="SLUG", help="only this one (repeatable)")
    back = command("import-sources", import_bibliography, "Add the sources of a bibliography as one undoable step.")
    back.add_argument("table", type=Path, metavar="BIBLIOGRAPHY")
    back.add_argument("--format", choices=formats, help="whatever the suffix says")
    command("source-duplicates", duplicates, "List sources that share a DOI, an address or a title; exit 1 if any do.")
    rests = command("rests-on", rests_on, "List what rests on a source.")
    rests.add_argument("source", metavar="SOURCE", help="its slug")
    rests.add_argument("--deprecate", metavar="REASON", help="deprecate every claim of it, as one undoable step")
    keep = command("keep-copy", keep_copy, "Keep a copy of a source (PDF, HTML, image, text) in the base.", json=False)
    keep.add_argument("source", metavar="SOURCE", help="its slug")
    keep.add_argument("copy", type=Path, metavar="COPY", help="the file to keep")
    keep.add_argument("--taken-on", type=date.fromisoformat, metavar="DATE", help="the day it was read (today)")
    for made in (back, rests, keep):
        made.add_argument("--author", default="", help="who does it, for the history")


def export_sources(asked: Namespace) -> int:
    """Write the sources as a bibliography; to standard output where OUT is `-`."""
    from chipscape_db.queries.bibliography import bibliography
    from chipscape_db.transfer.bibliography import format_of, write_bibliography

    form = asked.format or format_of(asked.out)
    with reading(asked.file) as session:
        wanted = [record_id(session, slug) for slug in asked.source]
        text = write_bibliography(bibliography(session, wanted or None), form)
    if str(asked.out) == "-":
        sys.stdout.write(text)
        return 0
    try:
        asked.out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise FileFault(
            N_("{file} cannot be written: {reason}."), file=asked.out.name, reason=error.strerror or "?"
        ) from error
    return 0


def import_bibliography(asked: Namespace) -> int:
    """Add the sources of a bibliography as one undoable step."""
    from chipscape_db.commands.bibliography import ImportedSources, import_sources
    from chipscape_db.transfer.bibliography import format_of, read_bibliography, read_text

    entries = read_bibliography(read_text(asked.table), asked.format or format_of(asked.table))
    told = ImportedSources()
    with opened(asked.file, write=True) as base:
        import_sources(base.engine, author=asked.author, entries=entries, name=asked.table.name, told=told)
    say(
        asked,
        {"added": told.added, "changed": told.changed, "known": told.known},
        [f"{told.added} added, {told.changed} completed, {told.known} known already"],
    )
    return 0


def duplicates(asked: Namespace) -> int:
    """List sources that share a DOI, an address or a title; 1 when there are any."""
    from chipscape_db.queries.sources import source_duplicates

    with reading(asked.file) as session:
        groups = source_duplicates(session)
    answer = [{"by": group[0].by, "sources": [same.slug for same in group]} for group in groups]
    lines = [f"same {group[0].by}: {', '.join(same.slug for same in group)}" for group in groups]
    say(asked, answer, lines or ["No duplicates."])
    return 1 if groups else 0


def rests_on(asked: Namespace) -> int:
    """List what rests on a source; with a reason, deprecate every claim of it as one step."""
    from chipscape_db.commands.claims import deprecate_resting
    from chipscape_db.queries.sources import resting_on

    if asked.deprecate is not None:
        with opened(asked.file, write=True) as base:
            from sqlalchemy.orm import Session

            with Session(base.engine) as session:
                source_id = record_id(session, asked.source)
            deprecate_resting(base.engine, author=asked.author, source_id=source_id, reason=asked.deprecate)
    with reading(asked.file) as session:
        rows = resting_on(session, record_id(session, asked.source), language="en")
    answer = [
        {"kind": row.kind, "of": row.name, "field": row.field, "metric": row.metric, "value": row.value,
         "unit": row.unit, "rank": row.rank, "locator": row.locator}
        for row in rows
    ]  # fmt: skip
    lines = [
        f"{row.kind:<13} {row.name}: "
        + (f"{row.metric} {row.value} {row.unit}".rstrip() if row.kind == "claim" else row.field or "the whole")
        + (f"  ({row.rank})" if row.rank not in ("", "normal") else "")
        for row in rows
    ]
    say(asked, answer, lines or ["Nothing rests on it."])
    return 0


def keep_copy(asked: Namespace) -> int:
    """Keep a copy of a source in the base."""
    from sqlalchemy.orm import Session

    from chipscape_db.commands.snapshots import add_snapshot
    from chipscape_db.snapshot_file import read_snapshot

    content = read_snapshot(asked.copy)
    with opened(asked.file, write=True) as base:
        with Session(base.engine) as session:
            source_id = record_id(session, asked.source)
        day = asked.taken_on or date.today()
        add_snapshot(
            base.engine, author=asked.author, source_id=source_id, name=asked.copy.name, content=content,
            taken_on=day.isoformat(),
        )  # fmt: skip
    return 0
