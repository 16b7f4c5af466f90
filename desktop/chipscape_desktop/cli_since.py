"""The command line's job on figures seen before: what changed in them since."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipscape_desktop.cli_facts import opened, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from chipscape_desktop.history.since import Asked, Since


def register(command: "Callable[..., ArgumentParser]") -> None:
    """Add the subcommand."""
    made = command("since", since, "Say what changed in figures since they were saved, taken over or exported.")
    made.add_argument(
        "figures", nargs="*", metavar="FIGURE", help="saved:NAME, or a file that was exported; all saved ones without"
    )
    made.add_argument("--take-over", action="store_true", help="remember of saved figures that they were seen as now")
    made.add_argument("--lang", choices=("en", "fr"), default="en")
    made.add_argument("--author", default="", help="who takes over, for the history")


def since(asked: Namespace) -> int:
    """Print the differences of each figure, and what made them."""
    from sqlalchemy.orm import Session

    from chipscape_db.commands.figures import take_over_as_seen
    from chipscape_desktop import i18n
    from chipscape_desktop.history.since import asked_of_file, asked_of_saved, read_since
    from chipscape_desktop.history.since_words import difference_lines, heading

    i18n.set_language(asked.lang)
    with opened(asked.file, write=asked.take_over) as base:
        with Session(base.engine) as session:
            figures: list[Asked] = []
            for name in asked.figures:
                if name.startswith("saved:"):
                    figures += asked_of_saved(session, name.removeprefix("saved:"))
                else:
                    figures.append(asked_of_file(Path(name)))
            found = read_since(session, figures or asked_of_saved(session), asked.lang)
        lines = [line for one in found for line in (heading(one), *(f"  {text}" for text in difference_lines(one)))]
        say(asked, [_plain(one) for one in found], lines or [i18n._("No figure is saved yet.")])
        ids = [one.asked.figure_id for one in found if one.asked.figure_id and not one.problem]
        if asked.take_over and ids:
            take_over_as_seen(base.engine, author=asked.author, figure_ids=ids)
    return 0


def _plain(one: "Since") -> dict[str, Any]:
    return {
        "figure": one.asked.name,
        "seen": one.at,
        "problem": one.problem,
        "differences": [
            {
                "fate": each.difference.fate,
                "name": each.difference.name,
                "record": each.difference.ref.ids[0] if each.difference.ref.ids else "",
                "fields": [
                    {"field": head, "before": before, "after": after} for head, before, after in each.difference.fields
                ],
                "causes": [
                    {"changeset": cause.changeset_id, "did": cause.sentence, "author": cause.author, "at": cause.at,
                     "reason": cause.reason, "changes": list(cause.lines)}
                    for cause in each.causes
                ],
            }
            for each in one.differences
        ],
    }  # fmt: skip
