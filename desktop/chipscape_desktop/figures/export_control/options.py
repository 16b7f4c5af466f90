"""The options of the export-control figure: words in, checked choices out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_, P_
from chipscape_desktop.figures.catalog import Option, checked_words

IN_FORCE: Final = "in-force"

OPTIONS: Final = (
    Option("designer", N_("Maker"), "record", "", record_kind="organization"),
    Option(
        "rule", N_("Rule"), "choice", IN_FORCE,
        (
            (IN_FORCE, N_("in force on the as-of date")),
            ("bis-2022-10-07-rule", N_("October 2022")),
            ("bis-2023-10-17-rule", N_("October 2023")),
        ),
    ),
    Option("trail", N_("Cut-down variants"), "choice", "on", (("on", N_("Shown")), ("off", N_("Hidden")))),
    Option("labels", N_("Labels"), "choice", "auto",
           (("auto", N_("The most important")), ("none", P_("labels", "None")))),
)  # fmt: skip
"""All but `focus`, which the selection makes, as a panel offers them."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the plane is shown.

    `designer` is the slug of the only maker to show, empty for all; `trail` draws the arrows from a chip to what was
    cut down from it; `focus` holds ids or slugs of records whose labels come first. `rule` is the slug of the rule by
    which chips are judged, on its first day but with all that is known on the as-of date, or `IN_FORCE`.
    """

    designer: str = ""
    trail: bool = True
    labels: bool = True
    focus: frozenset[str] = frozenset()
    rule: str = IN_FORCE


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are."""
    words = checked_words(OPTIONS, options)
    return Options(
        words["designer"],
        words["trail"] == "on",
        words["labels"] == "auto",
        frozenset(filter(None, options.get("focus", "").split(","))),
        words["rule"],
    )
