"""`chipscape-cli`: every job without a window and without a display.

Exit codes: 0 done, 1 the world's fault (one line on standard error), 2 bad arguments, 70 a bug (traceback),
130 cancelled by Ctrl+C.
"""

import argparse
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from chipscape_db.errors import FactsError
from chipscape_desktop.cli_progress import wipe_out

BUG = 70
CANCELLED = 130
_THEMES = ("print", "light", "dark", "contrast")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        code: int = asked.run(asked)
    except FactsError as error:
        wipe_out()
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:  # what was not finished is not written: every change is one transaction
        print("\nCancelled.", file=sys.stderr)
        return CANCELLED
    except Exception:
        traceback.print_exc()
        return BUG
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="chipscape-cli",
        description="Sourced facts on AI hardware: load, search, check, undo and export, without a window.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    from chipscape_desktop import (
        cli_classify,
        cli_events,
        cli_exchange,
        cli_facts,
        cli_figures,
        cli_frames,
        cli_merge,
        cli_networks,
        cli_review,
        cli_since,
        cli_sources,
    )
    from chipscape_desktop.cli_arguments import add_sizes, day, option, pages

    def command(
        name: str, run: object, help_text: str, *, file: bool = True, json: bool = True
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_text, description=help_text)
        made.set_defaults(run=run)
        if file:
            made.add_argument("file", type=Path, metavar="FILE", help="the fact base")
        if json:
            made.add_argument("--json", action="store_true", help="answer in JSON")
        return made

    new = command("new", cli_facts.new, "Create a fact base with the starter facts.", json=False)
    new.add_argument("--empty", action="store_true", help="create it empty")
    command("info", cli_facts.info, "Say what a fact base holds.")
    cli_review.add_commands(command)
    load = command("load", cli_facts.load, "Load a folder of CSV files as one undoable step.")
    load.add_argument("folder", type=Path, metavar="FOLDER")
    command("compact", cli_facts.compact_, "Remove undone copies of sources, and make the file smaller.")
    dump = command("dump", cli_facts.dump, "Write all facts to a folder of CSV files.", json=False)
    dump.add_argument("folder", type=Path, metavar="FOLDER")
    search = command("search", cli_facts.search, "Find records by name, alias, summary or source.")
    search.add_argument("words", nargs="+", metavar="WORDS")
    search.add_argument("--limit", type=int, default=30, help="how many at the most (30)")
    claims = command("claims", cli_facts.claims, "Show the rival claims about a record, with their sources.")
    claims.add_argument("record", metavar="RECORD", help="its slug, such as ascend-910b")
    claims.add_argument("metric", nargs="?", metavar="METRIC", help="such as compute.fp16")
    claims.add_argument("--as-of", type=day, metavar="DATE", help="only what was known on that day")
    binding = command("classify", cli_classify.classify, "Say which export rule binds a chip, with the derivation.")
    binding.add_argument("chips", nargs="*", metavar="CHIP", help="its slug, such as nvidia-h20; all chips without")
    binding.add_argument("--as-of", type=day, metavar="DATE", help="the day whose rules count (today)")
    binding.add_argument(
        "--stack", action="append", default=[], type=cli_classify.stack, metavar="GBPS/MM2",
        help="a memory stack, by bandwidth in GB/s over area in mm2, such as 819/110 (repeatable)",
    )  # fmt: skip
    history = command("history", cli_facts.history, "List the changes, newest first.")
    history.add_argument("words", nargs="*", metavar="WORDS", help="only changes that hold these words")
    history.add_argument("--by", metavar="NAME", help="only this author's")
    history.add_argument("--record", metavar="SLUG", help="only this record's and those of its relationships")
    history.add_argument("--since", type=day, metavar="DATE", help="only from this day on")
    history.add_argument("--limit", type=int, default=50, help="how many at the most (50)")
    undo = command("undo", cli_facts.undo, "Take back the newest change.")
    redo = command("redo", cli_facts.redo, "Do again what was undone last.")
    revert = command("revert", cli_facts.revert, "Take back one earlier change.")
    revert.add_argument("changeset", type=int, metavar="CHANGESET", help="its number in the history")
    revert.add_argument("--leave-later", action="store_true", help="leave what was changed since, take back the rest")
    revert.add_argument("--reason", default="", metavar="TEXT", help="why, for the history")
    for made in (load, undo, redo, revert):
        made.add_argument("--author", default="", help="who does it, for the history")

    cli_sources.register(command)
    cli_events.register(command)
    cli_networks.register(command)
    cli_exchange.register(command)
    cli_merge.register(command)
    command("figures", cli_figures.figures, "List the figures that can be exported.", file=False)
    export = command("export", cli_figures.export, "Write a figure with its sources to a file.", json=False)
    export.add_argument("figure", metavar="FIGURE", help="its name, see `figures`; or saved:NAME")
    export.add_argument("out", type=Path, metavar="OUT", help="the file; its suffix names the format")
    add_sizes(export)
    cli_figures.add_shapes(export)
    export.add_argument(
        "--pages", type=pages, default=1, metavar="N", help="a timeline as PDF over so many pages side by side (1)"
    )
    export.add_argument("--theme", choices=_THEMES, default="print")
    export.add_argument("--lang", choices=("en", "fr"), default="en")
    export.add_argument("--as-of", type=day, metavar="DATE", help="the day whose knowledge is shown")
    export.add_argument("--from", dest="start", type=day, metavar="DATE", help="leave out what was before")
    export.add_argument("--to", dest="end", type=day, metavar="DATE", help="leave out what came after")
    export.add_argument(
        "--organization", action="append", default=[], metavar="SLUG", help="only its facts (repeatable)"
    )
    export.add_argument("--country", action="append", default=[], metavar="CODE", help="only this country (repeatable)")
    export.add_argument(
        "--kind", action="append", default=[], metavar="KIND", help="only this kind of record (repeatable)"
    )
    export.add_argument("--sector", action="append", default=[], metavar="SLUG", help="only this sector (repeatable)")
    export.add_argument(
        "--option", type=option, action="append", default=[], metavar="NAME=VALUE", help="an option of the figure"
    )
    cli_frames.register(command)
    cli_since.register(command)
    bench = command(
        "bench", cli_figures.bench, "Measure, each figure beside its baseline; always JSON.", file=False, json=False
    )
    bench.add_argument("only", nargs="*", metavar="NAME", help="measure only these")
    return parser


if __name__ == "__main__":
    sys.exit(main())
