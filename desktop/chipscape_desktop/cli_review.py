"""The command line's jobs on the quality of the facts: check as a gate, the review queue, and merges of records."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from chipscape_db.errors import N_, Invalid, NotFound
from chipscape_desktop.cli_facts import opened, reading, record_id, say, say_change
from chipscape_desktop.cli_progress import shown_progress

if TYPE_CHECKING:
    from chipscape_db.queries.review.findings import Finding

_CHECKS: Final = (
    "damage", "impossible", "uncited", "contested", "duplicate", "stale-single", "mixed-conventions", "single-source",
    "stale", "missing",
)  # fmt: skip
_WEIGHTS: Final = ("error", "warning", "note")
_Command = Callable[..., ArgumentParser]


def add_commands(command: _Command) -> None:
    """Declare the subcommands."""
    gate = command("check", check, "Check a fact base; exit 1 when something is wrong, 0 when all is well.")
    gate.add_argument("--fail-on", choices=_WEIGHTS, default="error", help="the least weight that counts (error)")
    gate.add_argument("--strict", action="store_true", help="every finding counts that is not settled")
    queue = command("review", review, "List what a curator should look at: uncited, contested, stale, duplicates, ...")
    queue.add_argument("--check", choices=_CHECKS, action="append", default=[], help="only this check (repeatable)")
    queue.add_argument("--about", metavar="SLUG", help="only this record and what belongs to it")
    queue.add_argument("--settled", action="store_true", help="list what was settled, with the reasons")
    queue.add_argument("--days", action="store_true", help="count instead what each person changed and settled a day")
    settle = command("settle", settle_finding, "Settle a finding without changing facts, with a reason.")
    settle.add_argument("key", metavar="KEY", help="its key, see `review --json`")
    settle.add_argument("--reason", required=True, metavar="TEXT", help="why, for others to follow")
    reopen = command("reopen", reopen_finding, "Open a settled finding again.")
    reopen.add_argument("key", metavar="KEY", help="its key, see `review --settled --json`")
    joining = command("merge-records", merge, "Merge two records that are one, as one undoable step.")
    joining.add_argument("kept", metavar="KEPT", help="the slug of the record that stays")
    joining.add_argument("lost", metavar="LOST", help="the slug of the one that becomes part of it")
    joining.add_argument("--take", action="append", default=[], metavar="FIELD", help="take this field from LOST")
    joining.add_argument("--reason", default="", metavar="TEXT", help="why, for the history")
    for made in (settle, reopen, joining):
        made.add_argument("--author", default="", help="who does it, for the history")


def check(asked: Namespace) -> int:
    """Check a fact base; 1 when something is wrong that weighs as much as asked, and was not settled."""
    from chipscape_db.checks import check_base
    from chipscape_db.queries.review.findings import CHECKS
    from chipscape_db.queries.review.queue import review as findings_of

    least = "note" if asked.strict else asked.fail_on
    counting = _WEIGHTS[: _WEIGHTS.index(least) + 1]
    with reading(asked.file) as session:
        grave = check_base(session)
        told = [
            {"code": one.code, "severity": "error", "record": one.record, "text": str(one), "key": ""}
            for one in grave
            if one.code not in ("uncited", "date-order")
        ]
        if not any(one.code in ("damaged", "dangling") for one in grave):
            told += [
                _plain(one)
                for one in findings_of(session)
                if one.settled is None and one.code != "damage" and CHECKS[one.code] in counting
            ]
    lines = [str(one["text"]) for one in told]
    say(asked, told, [*lines, "1 problem" if len(told) == 1 else f"{len(told)} problems"])
    return 1 if told else 0


def review(asked: Namespace) -> int:
    """List the review queue, or what people did by day."""
    from chipscape_db.queries.review import queue

    with reading(asked.file) as session:
        if asked.days:
            days = queue.workdays(session)
            lines = [
                f"{one.day}  {one.author or '-':<16} {one.changes:>6} changes  {one.settled:>6} settled" for one in days
            ]
            answer = [asdict(one) for one in days]
            say(asked, answer, lines or ["No changes yet."])
            return 0
        progress = shown_progress(asked.file.name)
        found = [one for one in queue.review(session, progress=progress) if (one.settled is not None) == asked.settled]
        progress.at(1.0)
        if asked.about:
            about = _belonging(session, record_id(session, asked.about))
            found = [one for one in found if about.intersection(one.owners)]
    if asked.check:
        found = [one for one in found if one.code in asked.check]
    lines = [f"{one.severity:<8} {one.code:<17} {one}" + _why(one) for one in found]
    say(asked, [_plain(one) for one in found], lines or ["Nothing to review."])
    return 0


def _why(finding: "Finding") -> str:
    settled = finding.settled
    return "" if settled is None else f"  [{settled.author or '-'}, {settled.at[:10]}: {settled.reason}]"


def _plain(finding: "Finding") -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": finding.code, "severity": finding.severity, "record": finding.slug, "text": str(finding),
        "key": finding.key,
    }  # fmt: skip
    if finding.settled is not None:
        told["settled"] = {"reason": finding.settled.reason, "author": finding.settled.author, "at": finding.settled.at}
    return told


def _belonging(session: Any, owner: str) -> set[str]:
    """Return a record and those that count as its own: what an organization makes, and the events it took part in."""
    from chipscape_db.filters import Filters
    from chipscape_db.queries.briefs import briefs

    filters = replace(Filters(), organizations=frozenset({owner}))
    return {owner, *briefs(session, filters, language="en")}


def settle_finding(asked: Namespace) -> int:
    """Settle one finding."""
    from chipscape_db.commands.review import settle_findings

    with opened(asked.file, write=True) as base:
        finding = _finding(base.engine, asked.key, settled=False)
        say_change(
            asked, settle_findings(base.engine, author=asked.author, findings=[finding], reason=asked.reason), ""
        )
    return 0


def reopen_finding(asked: Namespace) -> int:
    """Open one settled finding again."""
    from chipscape_db.commands.review import reopen_findings

    with opened(asked.file, write=True) as base:
        finding = _finding(base.engine, asked.key, settled=True)
        say_change(asked, reopen_findings(base.engine, author=asked.author, findings=[finding]), "")
    return 0


def _finding(engine: Any, key: str, *, settled: bool) -> "Finding":
    from sqlalchemy.orm import Session

    from chipscape_db.queries.review.queue import review as findings_of

    with Session(engine) as session:
        found: Iterable[Finding] = findings_of(session)
        for one in found:
            if one.key == key and (one.settled is not None) == settled:
                return one
    raise NotFound(N_("There is no such finding: {key}; list them with `review --json`."), key=key)


def merge(asked: Namespace) -> int:
    """Merge two records."""
    from sqlalchemy.orm import Session

    from chipscape_db.commands.record_merge import Choices, filling, merge_records
    from chipscape_db.queries.forms import record_state

    with opened(asked.file, write=True) as base:
        with Session(base.engine) as session:
            kept, lost = (record_state(session, record_id(session, slug)) for slug in (asked.kept, asked.lost))
        unknown = [name for name in asked.take if name not in lost.fields]
        if unknown:
            raise Invalid(N_("A {kind} has no field '{name}'."), kind=lost.kind, name=unknown[0])
        filled = filling(kept, lost)
        choices = Choices(filled.fields | frozenset(asked.take), filled.texts)
        summary = merge_records(
            base.engine, author=asked.author, kept_id=kept.id, lost_id=lost.id, choices=choices, reason=asked.reason
        )
        say_change(asked, summary, "")
    return 0
