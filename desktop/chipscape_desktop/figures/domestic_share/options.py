"""The options of the domestic share: whose links, of which kinds, and what is done with undated ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_
from chipscape_db.queries.domestic_share import KINDS
from chipscape_desktop.figures.catalog import Option, checked_words
from chipscape_desktop.figures.gap.options import COUNTRIES

_KIND_WORDS: Final = {
    "all": N_("All three"),
    "runs-on": N_("Runs on"),
    "trained-on": N_("Trained on"),
    "buys-from": N_("Buys from"),
}
PERIODS: Final = (("half", N_("Half-years")), ("quarter", N_("Quarters")), ("year", N_("Years")))
OPTIONS: Final = (
    Option("country", N_("Of"), "choice", "CN", tuple(COUNTRIES.items())),
    Option("links", N_("Links"), "choice", "all", tuple(_KIND_WORDS.items())),
    Option(
        "undated", N_("Links without a date"), "choice", "release",
        (("release", N_("Dated by the model's release")), ("out", N_("Left out"))),
    ),
    Option("period", N_("Counted by"), "choice", "half", PERIODS, more=True),
    Option("rules", N_("Rules"), "choice", "on", (("on", N_("Shown")), ("off", N_("Hidden"))), more=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What is counted; `release` dates a link without a date by the release of the model that it starts from."""

    country: str = "CN"
    kinds: tuple[str, ...] = KINDS
    release: bool = True
    period: str = "half"
    rules: bool = True


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are."""
    words = checked_words(OPTIONS, options)
    kinds = KINDS if words["links"] == "all" else (words["links"],)
    return Options(words["country"], kinds, words["undated"] == "release", words["period"], words["rules"] == "on")
