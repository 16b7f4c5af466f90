"""The options of the ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_
from chipscape_desktop.figures.catalog import Option, checked_words
from chipscape_desktop.figures.performance.declared import choice_option
from chipscape_desktop.figures.performance.options import Options as Convention
from chipscape_desktop.figures.readings.options import (
    convention,
    convention_options,
    quantity_option,
)
from chipscape_desktop.figures.readings.quantities import Quantity, quantity

_DEFAULT: Final = "compute.fp16"

OPTIONS: Final = (
    quantity_option("metric", N_("Metric"), _DEFAULT),
    Option(
        "order", N_("Order"), "choice", "best",
        (("best", N_("best first")), ("name", N_("name")), ("date", N_("newest first"))),
    ),
    Option(
        "count", N_("Bars at first"), "choice", "20",
        (("20", N_("20")), ("10", N_("10")), ("40", N_("40")), ("all", N_("all"))), more=True,
    ),
    Option("scale", N_("Scale"), "choice", "linear", (("linear", N_("linear")), ("log", N_("log")))),
    choice_option("colour"),
    *convention_options(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RankingOptions:
    """What is ranked, in which order, how many rows are in view at first, on which scale."""

    quantity: Quantity
    order: str
    count: int | None
    log: bool
    convention: Convention


def parse(options: Mapping[str, str]) -> RankingOptions:
    """Read the options of a request; raises `Invalid` and `NotFound` in words."""
    words = checked_words(OPTIONS, options)
    return RankingOptions(
        quantity(words["metric"]),
        words["order"],
        None if words["count"] == "all" else int(words["count"]),
        words["scale"] == "log",
        convention(options, colour=words["colour"]),
    )
