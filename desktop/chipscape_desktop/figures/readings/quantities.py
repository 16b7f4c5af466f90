"""What the figures of chips can show: metrics, what is computed from them, and what somebody achieved of a peak."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from chipscape_db.derived import DERIVED
from chipscape_db.errors import N_, NotFound
from chipscape_db.metrics import COMPUTE_METRICS, METRICS, PEAK_METRICS, Better, Metric
from chipscape_desktop.figures.performance.words import metric_name
from chipscape_desktop.i18n import _

QuantityKind: TypeAlias = Literal["metric", "derived", "achieved", "share"]
ACHIEVED: Final = "achieved."
SHARE: Final = "share."
_CHIP_METRICS: Final = tuple(key for key, one in METRICS.items() if one.kind == "number" and "chip" in one.applies_to)
_UNITS: Final = MappingProxyType(
    {
        "GB": N_("GB"), "GB/s": N_("GB/s"), "mm2": N_("mm²"), "1e9": N_("billion"), "units/year": N_("units a year"),
        "percent": N_("%"), "B/FLOP": N_("bytes/FLOP"), "B/OP": N_("bytes/OP"), "TPP/mm2": N_("TPP/mm²"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that can be read of a chip.

    `metric` is the metric that it is, or is of; of a computed one the precision, None where it spans them all. `inputs`
    are the keys of the metrics whose claims are needed. A `share` is what was achieved over the peak, in percent.
    """

    key: str
    kind: QuantityKind
    unit: str
    better: Better | None
    metric: Metric | None
    inputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in the language in force."""
        return _name(self)

    @property
    def unit_words(self) -> str:
        """The unit in words short enough for an axis."""
        return _(_UNITS[self.unit]) if self.unit in _UNITS else self.unit


def _name(one: Quantity) -> str:
    metric = one.metric
    if one.kind == "achieved" and metric is not None:
        return _("{metric}, measured").format(metric=metric_name(metric))
    if one.kind == "share" and metric is not None:
        return _("{metric}, measured over peak").format(metric=metric_name(metric))
    if one.kind == "derived":
        label = _(DERIVED[one.key].label)
        return f"{label}, {precision(metric)}" if metric is not None else label
    assert metric is not None
    return metric_name(metric)


def precision(metric: Metric) -> str:
    """Return the short name of a number format: `FP16`, `INT8`."""
    return metric.key.partition(".")[2].upper()


@cache
def quantities() -> Mapping[str, Quantity]:
    """Return every quantity by its key: the metrics, what is derived from them, what was achieved."""
    found = [Quantity(key, "metric", METRICS[key].unit, METRICS[key].better, METRICS[key], (key,))
             for key in _CHIP_METRICS]  # fmt: skip
    for key, one in DERIVED.items():
        about = None if one.precision is None else METRICS[one.precision]
        found.append(Quantity(key, "derived", one.unit, one.better, about, _inputs(key, one.precision)))
    for key in PEAK_METRICS:
        peak = METRICS[key]
        found.append(Quantity(f"{ACHIEVED}{key}", "achieved", peak.unit, peak.better, peak, (key,)))
        found.append(Quantity(f"{SHARE}{key}", "share", "percent", "higher", peak, (key,)))
    return MappingProxyType({one.key: one for one in found})


def _inputs(key: str, about: str | None) -> tuple[str, ...]:
    if about is None:
        return (*COMPUTE_METRICS, "die.area") if key.endswith("density") else COMPUTE_METRICS
    if "bytes" in key:
        return about, "memory.bandwidth"
    return about, "price" if "price" in key else "power.tdp"


def quantity(key: str) -> Quantity:
    """Return the quantity called *key*; raise `NotFound` in words for any other."""
    try:
        return quantities()[key]
    except KeyError:
        raise NotFound(
            N_("There is no metric '{key}'; the metrics are {known}."), key=key, known=", ".join(quantities())
        ) from None
