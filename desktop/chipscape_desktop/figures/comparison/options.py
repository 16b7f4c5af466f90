"""The options of the comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_, P_
from chipscape_desktop.figures.catalog import Option, checked_words
from chipscape_desktop.figures.performance.options import Options as Convention
from chipscape_desktop.figures.readings.options import (
    convention,
    convention_options,
    listed,
    quantity_choices,
)
from chipscape_desktop.figures.readings.quantities import Quantity, quantity

BASELINE: Final = "nvidia-a100-80gb-sxm"
CHIPS: Final = "ascend-910b"
METRICS: Final = "compute.fp16,compute.int8,memory.capacity,memory.bandwidth,interconnect.bandwidth,power.tdp"

OPTIONS: Final = (
    Option("baseline", N_("100 % is"), "record", BASELINE, record_kind="chip"),
    Option("chips", N_("Compared chips"), "records", CHIPS, record_kind="chip"),
    Option("metrics", N_("Metrics"), "metrics", METRICS, quantity_choices()),
    Option("form", P_("drawing", "Form"), "choice", "dumbbell", (("dumbbell", N_("dumbbells")), ("bars", N_("bars")))),
    Option("scale", N_("Scale"), "choice", "linear", (("linear", N_("linear")), ("log", N_("log"))), more=True),
    *convention_options(),
)


@dataclass(frozen=True, slots=True)
class ComparisonOptions:
    """Which chips are compared with which baseline (slugs), in which quantities, drawn how."""

    baseline: str
    chips: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    bars: bool
    log: bool
    convention: Convention


def parse(options: Mapping[str, str]) -> ComparisonOptions:
    """Read the options of a request; raises `Invalid` and `NotFound` in words."""
    words = checked_words(OPTIONS, options)
    return ComparisonOptions(
        words["baseline"],
        listed(words["chips"]),
        tuple(quantity(key) for key in listed(words["metrics"])),
        words["form"] == "bars",
        words["scale"] == "log",
        convention(options),
    )
