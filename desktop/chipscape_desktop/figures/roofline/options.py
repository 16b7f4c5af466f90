"""The options of the roofline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_
from chipscape_db.metrics import COMPUTE_METRICS
from chipscape_desktop.figures.catalog import Option
from chipscape_desktop.figures.performance.options import Options as Convention
from chipscape_desktop.figures.readings.options import (
    CONVENTION,
    check_names,
    convention,
    convention_options,
    listed,
    word,
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
    check_names(options, ("metric", "chips", "band", "focus", *CONVENTION))
    return RooflineOptions(
        quantity(word({"metric": options.get("metric", _DEFAULT)}, "metric", (_DEFAULT, *COMPUTE_METRICS))),
        quantity(BANDWIDTH),
        listed(options, "chips", CHIPS),
        word(options, "band", ("on", "off")) == "on",
        convention(options),
    )
