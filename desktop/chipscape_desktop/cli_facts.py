"""The command line's jobs on facts: create, check, load, dump, search, claims, history, undo."""

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipscape_db.errors import N_, Invalid, NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.base_file import FactBase
    from chipscape_db.history import ChangeSummary


@contextmanager
def opened(path: Path, *, write: bool = False) -> "Iterator[FactBase]":
    """Open the fact base at *path*, for writing only where asked, and let it go again."""
    from chipscape_db.base_file import open_base
    from chipscape_db.faults import explained

    base = open_base(path, write=write)
    try:
        if write and base.read_only_because is not None:
            raise base.read_only_because
        with explained():
            yield base
    finally:
        base.close()


@contextmanager
def reading(path: Path) -> "Iterator[Session]":
    """Open the fact base at *path* for reading and yield a session."""
    from sqlalchemy.orm import Session

    with opened(path) as base, Session(base.engine) as session:
        yield session


def say(asked: Namespace, answer: Any, lines: list[str]) -> None:
    """Print the answer as JSON when asked for, else its lines."""
    if asked.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            print(line)


def new(asked: Namespace) -> int:
    """Create a fact base."""
    from chipscape_db.base_file import create_base

    create_base(asked.file, starter=not asked.empty)
    return 0


def info(asked: Namespace) -> int:
    """Say what a fact base holds."""
    from chipscape_db.base_info import base_info

    told = base_info(asked.file)
    lines = [f"{told.file}: {told.bytes:,} bytes, schema {told.schema}, newest change {told.newest_changeset}"]
    lines += [f"{count:>9,}  {name}" for name, count in told.counts.items()]
    say(asked, asdict(told), lines)
    return 0


def load(asked: Namespace) -> int:
    """Load a folder of CSV files."""
    from chipscape_db.transfer.csv_load import load_folder
    from chipscape_db.transfer.problems import BadFacts

    with opened(asked.file, write=True) as base:
        try:
            summary = load_folder(base.engine, asked.folder, author=asked.author)
        except BadFacts as error:
            if asked.json:
                say(asked, {"problems": [str(problem) for problem in error.problems]}, [])
                return 1
            raise
    say_change(asked, summary, "Nothing to load: the fact base holds all of it already.")
    return 0


def dump(asked: Namespace) -> int:
    """Write all facts to a folder of CSV files."""
    from chipscape_db.transfer.csv_dump import dump_folder

    with reading(asked.file) as session:
        dump_folder(session, asked.folder)
    return 0


def search(asked: Namespace) -> int:
    """Find records."""
    from chipscape_db.search import search as find

    with reading(asked.file) as session:
        hits = find(session, " ".join(asked.words), limit=asked.limit)
    lines = [f"{hit.kind:<13} {hit.slug:<40} {hit.name}" + (f"  ({hit.detail})" if hit.detail else "") for hit in hits]
    say(asked, [asdict(hit) for hit in hits], lines or ["Nothing found."])
    return 0


def record_id(session: "Session", slug: str) -> str:
    """Return the id of a record by its slug, or by one that it had before a merge; raises `NotFound` in words."""
    from sqlalchemy import select

    from chipscape_db.models import FormerSlug, Record
    from chipscape_db.search import search as find

    found = session.scalar(select(Record.id).where(Record.slug == slug))
    found = found or session.scalar(select(FormerSlug.record_id).where(FormerSlug.slug == slug))
    if found is None:
        near = ", ".join(hit.slug for hit in find(session, slug, limit=3))
        if near:
            raise NotFound(N_("There is no record {slug}; did you mean {near}?"), slug=slug, near=near)
        raise NotFound(N_("There is no record {slug}; find its slug with `search`."), slug=slug)
    return found


def claims(asked: Namespace) -> int:
    """Show the rival claims about a record."""
    from chipscape_db.metrics import METRICS
    from chipscape_desktop.cli_claims import claims_report

    if asked.metric and asked.metric not in METRICS:
        raise Invalid(
            N_("There is no metric {metric}; there are {names}."), metric=asked.metric, names=", ".join(METRICS)
        )
    with reading(asked.file) as session:
        answer, lines = claims_report(session, record_id(session, asked.record), asked.metric, as_of=asked.as_of)
    say(asked, answer, lines or ["No claims."])
    return 0


def history(asked: Namespace) -> int:
    """List the changes, newest first."""
    from chipscape_db.queries.history import HistoryFilter, changesets

    with reading(asked.file) as session:
        wanted = HistoryFilter(
            author=asked.by,
            start=asked.since.isoformat() if asked.since else "",
            owner_id=record_id(session, asked.record) if asked.record else "",
            words=tuple((word, frozenset[str]()) for word in asked.words),
        )
        rows = changesets(session, limit=asked.limit, wanted=wanted)
    lines = [
        f"{row.id:>5}  {row.at[:19]}  {row.author or '-':<12} {row.kind:<7} {row.action} {row.subject}"
        + ("  (undone)" if row.undone else "")
        + (f"  [{row.reason}]" if row.reason else "")
        + (f"  (after the review by {row.reviewed_by})" if row.reviewed_by else "")
        for row in rows
    ]
    say(asked, [asdict(row) for row in rows], lines or ["No changes yet."])
    return 0


def undo(asked: Namespace) -> int:
    """Take back the newest change."""
    from chipscape_db import reverting

    with opened(asked.file, write=True) as base:
        say_change(asked, reverting.undo(base.engine, author=asked.author), "Nothing to undo.")
    return 0


def redo(asked: Namespace) -> int:
    """Do again what was undone last."""
    from chipscape_db import reverting

    with opened(asked.file, write=True) as base:
        say_change(asked, reverting.redo(base.engine, author=asked.author), "Nothing to redo.")
    return 0


def revert(asked: Namespace) -> int:
    """Take back one earlier change."""
    from chipscape_db import reverting

    with opened(asked.file, write=True) as base:
        summary = reverting.revert(
            base.engine, asked.changeset, author=asked.author, reason=asked.reason, leave_later=asked.leave_later
        )
        say_change(asked, summary, "")
    return 0


def say_change(asked: Namespace, summary: "ChangeSummary | None", nothing: str) -> None:
    """Print what a command changed, or the sentence *nothing*."""
    if summary is None or not summary.tables:
        say(asked, None, [nothing])
    else:
        told = {
            "changeset": summary.changeset_id, "kind": summary.kind, "action": summary.action,
            "subject": summary.subject, "tables": sorted(summary.tables),
        }  # fmt: skip
        say(asked, told, [f"Change {summary.changeset_id}: {summary.kind} {summary.action} {summary.subject}".rstrip()])


def compact_(asked: Namespace) -> int:
    """Make the file of a base smaller."""
    from chipscape_db.compacting import compact

    with opened(asked.file, write=True) as base:
        done = compact(base.engine)
    told = {"copies": done.copies, "before": done.before, "after": done.after}
    say(
        asked,
        told,
        [f"{done.copies} undone copies removed; {done.before / 1e6:.1f} MB before, {done.after / 1e6:.1f} MB now"],
    )
    return 0
