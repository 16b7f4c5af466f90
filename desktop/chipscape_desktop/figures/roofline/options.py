"""The options of the roofline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_
from chipscape_db.metrics import COMPUTE_METRICS
from chipscape_desktop.figures.catalog import Option, checked_words, one_of
from chipscape_desktop.figures.performance.options import Options as Convention
from chipscape_desktop.figures.readings.options import (
    convention,
    convention_options,
    listed,
)
from chipscape_desktop.figures.readings.quantities import Quantity, quantity

_DEFAULT: Final = "compute.fp16"
CHIPS: Final = "ascend-910b,ascend-910c,nvidia-a100-80gb-sxm,nvidia-h100-sxm,nvidia-h20"
BANDWIDTH: Final = "memory.bandwidth"

OPTIONS: Final = (
    Option("metric", N_("Compute"), "metric", _DEFAULT, tuple((key, "") for key in COMPUTE_METRICS)),
    Option("chips", N_("Chips"), "records", CHIPS, record_kind="chip"),
    Option("band", N_("Range of the claims"), "choice", "on", (("on", N_("Shown")), ("off", N_("Hidden")))),
    *convention_options(),
)


@dataclass(frozen=True, slots=True)
class RooflineOptions:
    """Whose roofs (slugs) are drawn, in which number format."""

    compute: Quantity
    bandwidth: Quantity
    chips: tuple[str, ...]
    band: bool
    convention: Convention


def parse(options: Mapping[str, str]) -> RooflineOptions:
    """Read the options of a request; raises `Invalid` and `NotFound` in words."""
    words = checked_words(OPTIONS, options)
    return RooflineOptions(
        quantity(one_of("metric", words["metric"], COMPUTE_METRICS)),
        quantity(BANDWIDTH),
        listed(words["chips"]),
        words["band"] == "on",
        convention(options),
    )
