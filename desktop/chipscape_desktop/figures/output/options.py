"""The options of the output figure: which figures, of whom, and for when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from chipscape_db.choice import Rule
from chipscape_db.errors import N_, P_
from chipscape_db.metrics import METRICS, Metric
from chipscape_desktop.figures.catalog import Option, checked_words
from chipscape_desktop.figures.performance.declared import OPTIONS as PERFORMANCE

_METRICS: Final = ("production.volume", "org.market-share", "org.revenue")
_RULE: Final = next(one for one in PERFORMANCE if one.name == "rule")
_YEARS: Final = tuple((str(year), str(year)) for year in range(2027, 2020, -1))
OPTIONS: Final = (
    Option("metric", N_("Metric"), "choice", _METRICS[0], tuple((key, METRICS[key].label) for key in _METRICS)),
    Option("country", N_("Of"), "choice", "CN",
           (("CN", N_("China")), ("US", N_("United States")), ("all", N_("All countries")))),
    Option("maker", N_("Maker"), "record", "", record_kind="organization"),
    Option("year", N_("Year"), "choice", "all", (("all", N_("all years")), *_YEARS)),
    Option("show", N_("Rows"), "choice", "all",
           (("all", P_("rows", "All")), ("rivals", N_("With rival claims")))),
    Option("scale", N_("Scale"), "choice", "auto",
           (("auto", N_("by metric")), ("log", N_("log")), ("linear", N_("linear"))), more=True),
    Option("rule", _RULE.label, "choice", _RULE.default, _RULE.choices, more=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What is shown: `country` is a code or `all`, `maker` a slug in its place, `year` four digits or `all`."""

    metric: Metric
    country: str = "CN"
    maker: str = ""
    year: str = "all"
    rivals: bool = False
    log: bool = True
    rule: Rule = "written"


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are."""
    words = checked_words(OPTIONS, options)
    metric = METRICS[words["metric"]]
    log = words["scale"] == "log" or (words["scale"] == "auto" and metric.unit != "percent")
    return Options(
        metric, words["country"], words["maker"], words["year"], words["show"] == "rivals", log,
        cast("Rule", words["rule"]),
    )  # fmt: skip
