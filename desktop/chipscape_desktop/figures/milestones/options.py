"""The options of the milestones figure: words in, checked choices out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_, P_
from chipscape_desktop.figures.catalog import Option

OPTIONS: Final = (
    Option("organizations", N_("Organizations"), "records", "huawei,nvidia", record_kind="organization"),
    Option(
        "milestones", N_("Milestones"), "choice", "all",
        (("all", P_("events", "All")), ("chips", N_("Of chips")), ("models", N_("Of models and software"))),
    ),
    Option(
        "events", N_("Events"), "choice", "important",
        (
            ("important", P_("events", "Important ones")), ("all", P_("events", "All")), ("none", P_("events", "None")),
        ),
    ),
    Option("rules", N_("Rules"), "choice", "important",
           (("important", P_("rules", "Important ones")), ("none", P_("rules", "None")))),
)  # fmt: skip
READ_BY: Final = frozenset({"organizations"})
MOST = 6
"""How many organizations one figure can hold and still be read."""

_LEAST = {"important": 4, "all": 1, "none": 6}
_KINDS = {"all": ("chip", "model", "software"), "chips": ("chip",), "models": ("model", "software")}


@dataclass(frozen=True, slots=True)
class Options:
    """What is compared: slugs of organizations, the first the one that the lags are told against; which milestones by
    kind of record; events from which importance on (6: none); whether rules stand behind."""

    organizations: tuple[str, ...]
    kinds: tuple[str, ...]
    least_importance: int
    rules: bool


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request."""
    named = options.get("organizations") or OPTIONS[0].default
    slugs = tuple(dict.fromkeys(slug.strip() for slug in named.split(",") if slug.strip()))[:MOST]
    return Options(
        slugs,
        _KINDS[options.get("milestones", "all")],
        _LEAST[options.get("events", "important")],
        options.get("rules", "important") != "none",
    )
