"""The closed registry of metrics: what can be claimed of a record, in which unit, and how to read it.

The contract is the table of metrics in `seed/README.md`; a test holds the two together. Labels are English message
ids, translated where they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from chipscape_db.errors import N_, NotFound

Better: TypeAlias = Literal["higher", "lower"]
ValueKind: TypeAlias = Literal["number", "text"]
Dimension: TypeAlias = Literal[
    "float-rate", "integer-rate", "data", "data-rate", "power", "area", "length", "money", "volume", "count", "tokens",
    "operations", "share", "text", "date",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: every claim of it is in `unit`; its number counts that unit.

    `better` is None where more is neither good nor bad. Of a peak metric, a measured value is what somebody achieved,
    never the peak. `has_period` allows the period that a yearly figure, price or share is for. `bits` is the length of
    one operand in bits, for compute metrics (19 for TF32). `applies_to` names kinds of record.
    """

    key: str
    label: str
    unit: str
    dimension: Dimension
    applies_to: tuple[str, ...]
    better: Better | None = None
    kind: ValueKind = "number"
    is_peak: bool = False
    has_period: bool = False
    bits: int | None = None

    @property
    def group(self) -> str:
        """Return the part before the dot: `compute`, `memory`, `org` and so on; `price` stands for itself."""
        return self.key.partition(".")[0]

    @property
    def is_compute(self) -> bool:
        """Say whether claims of this may name sparsity and engine."""
        return self.bits is not None

    @property
    def is_date(self) -> bool:
        """Say whether claims of this are partial dates."""
        return self.dimension == "date"

    @property
    def is_link(self) -> bool:
        """Say whether claims of this must name a direction."""
        return self.key == "interconnect.bandwidth"


_CHIP: Final = ("chip",)
_MODEL: Final = ("model",)
_ORGANIZATION: Final = ("organization",)


def _compute(name: str, label: str, bits: int) -> Metric:
    integer = name.startswith("int")
    return Metric(
        f"compute.{name}",
        label,
        "TOPS" if integer else "TFLOPS",
        "integer-rate" if integer else "float-rate",
        _CHIP,
        better="higher",
        is_peak=True,
        bits=bits,
    )


_REGISTRY: Final = (
    _compute("fp64", N_("FP64 compute"), 64),
    _compute("fp32", N_("FP32 compute"), 32),
    _compute("tf32", N_("TF32 compute"), 19),
    _compute("bf16", N_("BF16 compute"), 16),
    _compute("fp16", N_("FP16 compute"), 16),
    _compute("fp8", N_("FP8 compute"), 8),
    _compute("fp4", N_("FP4 compute"), 4),
    _compute("int8", N_("INT8 compute"), 8),
    _compute("int4", N_("INT4 compute"), 4),
    Metric("memory.capacity", N_("Memory capacity"), "GB", "data", _CHIP, better="higher"),
    Metric("memory.bandwidth", N_("Memory bandwidth"), "GB/s", "data-rate", _CHIP, better="higher", is_peak=True),
    Metric("memory.type", N_("Memory type"), "", "text", _CHIP, kind="text"),
    Metric(
        "interconnect.bandwidth",
        N_("Interconnect bandwidth"),
        "GB/s",
        "data-rate",
        _CHIP,
        better="higher",
        is_peak=True,
    ),
    Metric("power.tdp", N_("Power (TDP)"), "W", "power", _CHIP, better="lower"),
    Metric("die.area", N_("Die area"), "mm2", "area", _CHIP),
    Metric("die.transistors", N_("Transistors"), "1e9", "count", _CHIP, better="higher"),
    Metric("process.node", N_("Process node"), "nm", "length", _CHIP, better="lower"),
    Metric("price", N_("Price"), "USD", "money", _CHIP, better="lower", has_period=True),
    Metric(
        "production.volume",
        N_("Production volume"),
        "units/year",
        "volume",
        (*_CHIP, *_ORGANIZATION),
        better="higher",
        has_period=True,
    ),
    Metric("model.parameters", N_("Parameters"), "1e9", "count", _MODEL),
    Metric("model.active-parameters", N_("Active parameters"), "1e9", "count", _MODEL),
    Metric("model.training-tokens", N_("Training tokens"), "1e12", "tokens", _MODEL),
    Metric("model.training-compute", N_("Training compute"), "FLOP", "operations", _MODEL),
    Metric("model.context", N_("Context length"), "tokens", "tokens", _MODEL, better="higher"),
    Metric("org.revenue", N_("Revenue"), "USD", "money", _ORGANIZATION, better="higher", has_period=True),
    Metric("org.market-share", N_("Market share"), "percent", "share", _ORGANIZATION, better="higher", has_period=True),
    Metric("date.starts-on", N_("Start"), "", "date", ("event",), kind="text"),
    Metric("date.ends-on", N_("End"), "", "date", ("event",), kind="text"),
    Metric("date.announced-on", N_("Announcement"), "", "date", ("chip", "policy"), kind="text"),
    Metric("date.released-on", N_("Release"), "", "date", ("chip", "model", "software"), kind="text"),
    Metric("date.effective-on", N_("Entry into force"), "", "date", ("policy",), kind="text"),
    Metric("date.ended-on", N_("End of validity"), "", "date", ("policy",), kind="text"),
)

METRICS: Final[Mapping[str, Metric]] = MappingProxyType({metric.key: metric for metric in _REGISTRY})
COMPUTE_METRICS: Final = tuple(metric.key for metric in _REGISTRY if metric.is_compute)
PEAK_METRICS: Final = tuple(metric.key for metric in _REGISTRY if metric.is_peak)

GROUP_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "compute": N_("Compute"),
        "memory": N_("Memory"),
        "interconnect": N_("Interconnect"),
        "power": N_("Power"),
        "die": N_("Die"),
        "process": N_("Process"),
        "price": N_("Price"),
        "production": N_("Production"),
        "model": N_("Model"),
        "org": N_("Organization"),
        "date": N_("Date"),
    }
)


def metric(key: str) -> Metric:
    """Return the metric called *key*; raise `NotFound` in words for any other."""
    try:
        return METRICS[key]
    except KeyError:
        raise NotFound(
            N_("There is no metric '{key}'; the metrics are {known}."), key=key, known=", ".join(METRICS)
        ) from None


def metrics_of(record_kind: str) -> tuple[Metric, ...]:
    """Return the metrics that can be claimed of records of a kind, in the order of the registry."""
    return tuple(one for one in _REGISTRY if record_kind in one.applies_to)
