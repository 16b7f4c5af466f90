"""The options of the table of specifications."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_
from chipscape_desktop.figures.catalog import Option, checked_words
from chipscape_desktop.figures.performance.options import Options as Convention
from chipscape_desktop.figures.readings.options import (
    convention,
    convention_options,
    listed,
    quantity_choices,
)
from chipscape_desktop.figures.readings.quantities import Quantity, quantity

CHIPS: Final = "ascend-910b,ascend-910c,nvidia-a100-80gb-sxm,nvidia-h100-sxm,nvidia-h20"
METRICS: Final = (
    "compute.fp64,compute.fp32,compute.bf16,compute.fp16,compute.fp8,compute.int8,"
    "memory.capacity,memory.bandwidth,interconnect.bandwidth,power.tdp,die.area,die.transistors,process.node,price,"
    "derived.compute-per-watt.fp16,derived.bytes-per-operation.fp16,share.compute.fp16"
)

OPTIONS: Final = (
    Option("chips", N_("Chips"), "records", CHIPS, record_kind="chip"),
    Option("metrics", N_("Metrics"), "metrics", METRICS, quantity_choices()),
    Option("range", N_("Range of the claims"), "choice", "on", (("on", N_("Shown")), ("off", N_("Hidden")))),
    *convention_options(),
)


@dataclass(frozen=True, slots=True)
class TableOptions:
    """Which chips (slugs) stand side by side, in which quantities; `ranges` are shown under contested values."""

    chips: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    ranges: bool
    convention: Convention


def parse(options: Mapping[str, str]) -> TableOptions:
    """Read the options of a request; raises `Invalid` and `NotFound` in words."""
    words = checked_words(OPTIONS, options)
    return TableOptions(
        listed(words["chips"]),
        tuple(quantity(key) for key in listed(words["metrics"])),
        words["range"] == "on",
        convention(options),
    )
