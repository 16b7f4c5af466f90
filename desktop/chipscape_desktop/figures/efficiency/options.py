"""The options of the efficiency plane."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_, P_
from chipscape_desktop.figures.catalog import Option, checked_words
from chipscape_desktop.figures.performance.declared import choice_option
from chipscape_desktop.figures.performance.options import Options as Convention
from chipscape_desktop.figures.readings.options import (
    convention,
    convention_options,
    quantity_option,
)
from chipscape_desktop.figures.readings.quantities import Quantity, quantity

_Y, _X = "compute.fp16", "power.tdp"
_SIZES: Final = (
    ("none", N_("The same for all")), ("sources", N_("Independent sources")),
    ("memory.capacity", N_("Memory capacity")), ("memory.bandwidth", N_("Memory bandwidth")),
    ("die.area", N_("Die area")), ("power.tdp", N_("Power (TDP)")), ("price", N_("Price")),
)  # fmt: skip

OPTIONS: Final = (
    quantity_option("y", N_("Upwards"), _Y),
    quantity_option("x", N_("To the right"), _X),
    choice_option("scale"),
    choice_option("colour"),
    Option("size", N_("Size"), "choice", "none", _SIZES, more=True),
    choice_option("facet"),
    Option("lines", N_("Lines of one ratio"), "choice", "on", (("on", N_("Shown")), ("off", N_("Hidden"))), more=True),
    Option("labels", N_("Labels"), "choice", "auto",
           (("auto", N_("The most important")), ("none", P_("labels", "None"))), more=True),
    *convention_options(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EfficiencyOptions:
    """What is set against what, and how it is shown; `size` names a metric or `sources`, empty for none."""

    y: Quantity
    x: Quantity
    log: bool
    size: str
    facet: str
    lines: bool
    convention: Convention

    @property
    def inputs(self) -> tuple[str, ...]:
        """The keys of the metrics whose claims are needed."""
        size = (self.size,) if self.size not in ("", "sources") else ()
        return tuple(dict.fromkeys((*self.y.inputs, *self.x.inputs, *size)))


def parse(options: Mapping[str, str]) -> EfficiencyOptions:
    """Read the options of a request; raises `Invalid` and `NotFound` in words."""
    words = checked_words(OPTIONS, options)
    return EfficiencyOptions(
        quantity(words["y"]),
        quantity(words["x"]),
        words["scale"] == "log",
        "" if words["size"] == "none" else words["size"],
        words["facet"],
        words["lines"] == "on",
        convention(options, colour=words["colour"], labels=words["labels"]),
    )
