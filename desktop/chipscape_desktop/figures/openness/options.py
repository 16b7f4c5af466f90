"""The options of the openness figure: which countries have a panel, what is a bar, and which rules are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_
from chipscape_desktop.figures.catalog import Option, checked_words
from chipscape_desktop.figures.gap.options import COUNTRIES

_TWO: Final = "CN,US"
SIDES: Final[Mapping[str, str]] = {
    _TWO: N_("China, United States"),
    "CN,US,rest": N_("China, United States, the rest"),
    "all": N_("All in one"),
    **{word: label for word, label in COUNTRIES.items() if word in ("CN", "US", "europe", "FR")},
}
OPTIONS: Final = (
    Option("panels", N_("Panels"), "choice", _TWO, tuple(SIDES.items())),
    Option("period", N_("Counted by"), "choice", "quarter",
           (("quarter", N_("Quarters")), ("half", N_("Half-years")), ("year", N_("Years")))),
    Option("share", N_("Open share"), "choice", "on", (("on", N_("Shown")), ("off", N_("Hidden")))),
    Option("rules", N_("Rules"), "choice", "on", (("on", N_("Shown")), ("off", N_("Hidden"))), more=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What is shown: `panels` are words of `COUNTRIES`, `rest` or `all`; `share` draws the open share of four bins."""

    panels: tuple[str, ...] = ("CN", "US")
    period: str = "quarter"
    share: bool = True
    rules: bool = True


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are."""
    words = checked_words(OPTIONS, options)
    return Options(tuple(words["panels"].split(",")), words["period"], words["share"] == "on", words["rules"] == "on")
