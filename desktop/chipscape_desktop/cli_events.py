"""The command line's jobs on calendar and timeline files: take events in from one."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from chipscape_desktop.cli_facts import opened, say


def register(command: Callable[..., ArgumentParser]) -> None:
    """Add the command to those there are."""
    from chipscape_db.vocabulary import EVENT_KINDS

    made = command("import-events", import_events, "Import the events of a calendar or TimelineJS file.")
    made.add_argument("events", type=Path, metavar="EVENTS", help="an .ics or .json file")
    made.add_argument("--dry-run", action="store_true", help="only say what would change")
    made.add_argument("--kind", default="research", choices=EVENT_KINDS, help="of events whose file names none")
    made.add_argument("--author", default="", help="who does it, for the history")


def import_events(asked: Namespace) -> int:
    """Take the events of a calendar or TimelineJS file in as one step, or say what that would change."""
    from chipscape_db.commands.happenings import import_happenings, plan_happenings, read_event_file
    from chipscape_db.transfer.whole_file import read_whole

    happenings = read_event_file(read_whole(asked.events), name=asked.events.name)
    with opened(asked.file, write=True) as base:
        plan = plan_happenings(base.engine, happenings, kind=asked.kind)
        summary = None
        if not asked.dry_run:
            summary = import_happenings(
                base.engine, author=asked.author, happenings=happenings, name=asked.events.name, kind=asked.kind
            )
    answer = {
        "new": plan.count("new"), "changed": plan.count("changed"), "same": plan.count("same"),
        "other": plan.count("other"), "sources": plan.sources, "dry_run": asked.dry_run,
        "changeset": None if summary is None else summary.changeset_id,
        "entries": [
            {"state": one.state, "title": one.title, "starts_on": one.starts_on, "left_out": list(one.left_out)}
            for one in plan.entries
        ],
    }  # fmt: skip
    verb = "would be" if asked.dry_run else "were"
    lines = [
        f"{plan.count('new')} events {verb} added, {plan.count('changed')} changed, {plan.count('same')} are there "
        f"already, {plan.count('other')} entries are no events; {plan.sources} sources {verb} added.",
        *(f"{one.title}: not imported: {', '.join(one.left_out)}" for one in plan.entries if one.left_out),
    ]
    say(asked, answer, lines)
    return 0
