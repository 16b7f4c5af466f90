"""The command line's jobs on what others changed: merge a base or a change pack, and make a pack."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipscape_desktop.cli_facts import opened, say
from chipscape_desktop.cli_progress import shown_progress

if TYPE_CHECKING:
    from chipscape_db.merging.plan import Conflict, MergePlan

_SHOWN = 40


def register(command: Callable[..., ArgumentParser]) -> None:
    """Add the commands to those there are."""
    merge = command("merge", merge_, "Bring in what was changed in another base or a change pack, as one step.")
    merge.add_argument("other", type=Path, metavar="OTHER", help="a fact base or a .chipscape-pack")
    merge.add_argument("--dry-run", action="store_true", help="only say what it would do")
    merge.add_argument(
        "--settle", type=_settling, action="append", default=[], metavar="RULE|KEY=SIDE",
        help="how conflicts are settled: mine, theirs or newest; or KEY=mine, KEY=theirs for one (repeatable)",
    )  # fmt: skip
    merge.add_argument("--author", default="", help="who does it, for the history")
    pack = command("pack", pack_, "Write what was changed to one small file that can be sent and merged.")
    pack.add_argument("out", type=Path, metavar="OUT", help="the file, by custom ending in .chipscape-pack")
    pack.add_argument("--since", default="", metavar="WHEN", help="a day, or the number of a changeset (everything)")


def _settling(text: str) -> tuple[str, str]:
    key, found, side = text.rpartition("=")
    if (found and side in ("mine", "theirs")) or (not found and side in ("mine", "theirs", "newest")):
        return key, side
    raise ArgumentTypeError(f"{text!r} is no rule; write mine, theirs, newest, or KEY=mine or KEY=theirs")


def merge_(asked: Namespace) -> int:
    """Merge another base or a pack; 1 when conflicts are open."""
    from chipscape_db.merging.applying import Unsettled, merge
    from chipscape_db.merging.other_side import read_other
    from chipscape_db.merging.three_way import plan_merge

    rule = next((side for key, side in asked.settle if not key), "")
    decisions = {key: side for key, side in asked.settle if key}
    progress = shown_progress(asked.other.name)
    theirs = read_other(asked.other, progress=progress.part(0.0, 0.3))
    number = None
    with opened(asked.file, write=not asked.dry_run) as base:
        try:
            if asked.dry_run:
                with base.engine.connect() as connection:
                    plan = plan_merge(
                        connection, theirs, rule=rule, decisions=decisions, progress=progress.part(0.3, 1.0)
                    )
            else:
                summary, plan = merge(
                    base.engine, author=asked.author, theirs=theirs, rule=rule, decisions=decisions,
                    progress=progress.part(0.3, 1.0),
                )  # fmt: skip
                number = None if summary is None else summary.changeset_id
        except Unsettled as fault:
            plan = fault.plan
    progress.at(1.0)
    refused = not asked.dry_run and bool(plan.open)
    say(asked, _told(plan, number, dry=asked.dry_run), _lines(plan, number, dry=asked.dry_run))
    return 1 if refused else 0


def pack_(asked: Namespace) -> int:
    """Write a change pack."""
    from chipscape_db.merging.pack import write_pack

    with opened(asked.file) as base, base.engine.connect() as connection:
        count = write_pack(connection, asked.out, name=asked.file.name, since=asked.since)
    say(asked, {"file": str(asked.out), "steps": count}, [f"{asked.out.name}: {count} changes"])
    return 0


def _told(plan: "MergePlan", number: int | None, *, dry: bool) -> dict[str, Any]:
    return {
        "changeset": number,
        "dry_run": dry,
        "counts": plan.counts,
        "differences": [asdict(one) for one in plan.differences],
        "conflicts": [asdict(one) for one in plan.conflicts],
        "renamed": [list(one) for one in plan.renamed],
        "steps": [{"uuid": step.uuid, "author": step.author, "at": step.at, "action": step.action,
                   "subject": step.subject} for step in plan.steps],
    }  # fmt: skip


def _lines(plan: "MergePlan", number: int | None, *, dry: bool) -> list[str]:
    if plan.does_nothing:
        return ["Nothing to merge: this base knows all of it already."]
    counts = plan.counts
    out = [f"{counts['steps']} changes of others; {counts['written']} rows written, {counts['deleted']} deleted"]
    if dry or plan.open:
        for one in plan.differences[:_SHOWN]:
            field = f" {one.field}" if one.field else f" ({one.table})"
            out.append(f"{one.owner}{field}: {one.before or '-'} -> {one.after or '-'}  [{one.author or '-'}]")
        if len(plan.differences) > _SHOWN:
            out.append(f"... and {len(plan.differences) - _SHOWN} more; --json lists all")
    out += [_conflict(one) for one in plan.conflicts if dry or plan.open]
    out += [f"{old} is called {new} now, because both sides had one" for old, new in plan.renamed]
    if plan.open:
        out.append(f"{len(plan.open)} conflicts are open: --settle mine|theirs|newest, or --settle KEY=mine|theirs")
        if not dry:
            out.append("Nothing was merged.")
    elif not dry:
        out.append("Merged; nothing differed." if number is None else f"Change {number}: merge {plan.name}")
    return out


def _conflict(one: "Conflict") -> str:
    state = f"settled: {one.settled}" if one.settled else "open"
    if one.kind.startswith("deleted"):
        side = "there" if one.kind == "deleted-there" else "here"
        told = f"{one.owner} ({one.table}, {one.ancestor}) was deleted {side}, and the other side went on with it"
    else:
        mine, theirs = one.mine_by[1] or "-", one.theirs_by[1] or "-"
        told = f"{one.owner} {one.field}: mine '{one.mine}' ({mine}), theirs '{one.theirs}' ({theirs})"
    return f"conflict {one.key}: {told} [{state}]"
