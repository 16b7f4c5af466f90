"""Derived metrics: what is computed from chosen values, with its formula, its derivation and the spread of its inputs.

Spreads follow interval arithmetic: the lowest quotient is the lowest dividend over the highest divisor, and the bounds
of a maximum are the maxima of the bounds. They say how far the claims let the result go, not how likely that is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from chipscape_db.choice import Chosen
from chipscape_db.errors import N_, NotFound
from chipscape_db.metrics import COMPUTE_METRICS, METRICS, Better

_TPP: Final = "derived.tpp"
_DENSITY: Final = "derived.performance-density"
_PER_WATT: Final = "derived.compute-per-watt"
_BYTES: Final = "derived.bytes-per-operation"
_PRICE: Final = "derived.price-per-compute"
_PER_PRICE: Final = "derived.compute-per-price"
_SYSTEMS: Final = ("node", "rack", "cluster")
_RULE: Final = "15 CFR Part 774, Supplement No. 1, ECCN 3A090, Note 2"
SPARSITY_UNSAID: Final = "sparsity-unsaid"
"""Caveat: an input does not say whether it counts sparse operations, and was taken as it is."""


@dataclass(frozen=True, slots=True)
class DerivedMetric:
    """A computed metric; `label` and `formula` are English message ids, `source` says where the formula is from.

    `precision` is the compute metric that it is about, None where it spans them all.
    """

    key: str
    label: str
    unit: str
    formula: str
    source: str
    better: Better | None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """A value with the tree of what it was computed from: a leaf has a choice, any other node has inputs.

    `decisive` is the input that a maximum was taken from. `caveats` are codes, see the constants of this module.
    """

    key: str
    value: float
    low: float
    high: float
    open_low: bool
    open_high: bool
    chosen: Chosen | None = None
    inputs: tuple["Derivation", ...] = ()
    decisive: str | None = None
    caveats: tuple[str, ...] = ()

    def leaves(self) -> Iterator["Derivation"]:
        """Yield the chosen values that this rests on."""
        if not self.inputs:
            yield self
        for one in self.inputs:
            yield from one.leaves()

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Return every claim that stands behind the value or its spread, once each."""
        found = (claim_id for leaf in self.leaves() if leaf.chosen for claim_id in leaf.chosen.claim_ids)
        return tuple(dict.fromkeys(found))


def _registry() -> dict[str, DerivedMetric]:
    ratio = N_("by definition: the quotient of two specified peaks")
    found = []
    for key in COMPUTE_METRICS:
        unit, name = METRICS[key].unit, key.partition(".")[2]
        found += [
            DerivedMetric(
                f"{_PER_WATT}.{name}", N_("Compute per watt"), f"{unit}/W", N_("compute / power"), ratio, "higher", key
            ),
            DerivedMetric(
                f"{_BYTES}.{name}",
                N_("Bytes per operation"),
                "B/FLOP" if unit == "TFLOPS" else "B/OP",
                N_("memory bandwidth / compute"),
                ratio,
                "higher",
                key,
            ),
            DerivedMetric(
                f"{_PRICE}.{name}", N_("Price per compute"), f"USD/{unit}", N_("price / compute"), ratio, "lower", key
            ),
            DerivedMetric(
                f"{_PER_PRICE}.{name}",
                N_("Compute per price"),
                f"{unit}/USD",
                N_("compute / price"),
                ratio,
                "higher",
                key,
            ),
        ]
    found += [
        DerivedMetric(
            _TPP,
            N_("Total Processing Performance"),
            "TPP",
            N_("2 × MacTOPS × bit length, that is TOPS × bits, dense, the largest over all precisions"),
            _RULE,
            None,
        ),
        DerivedMetric(
            _DENSITY, N_("Performance density"), "TPP/mm2", N_("TPP / applicable die area"), _RULE, None
        ),
    ]  # fmt: skip
    return {one.key: one for one in found}


DERIVED: Final[Mapping[str, DerivedMetric]] = MappingProxyType(_registry())


def derived_metric(key: str) -> DerivedMetric:
    """Return the derived metric called *key*; raise `NotFound` in words for any other."""
    try:
        return DERIVED[key]
    except KeyError:
        raise NotFound(N_("There is no derived metric '{key}'."), key=key) from None


def derive(key: str, chosen: Mapping[str, Chosen]) -> Derivation | None:
    """Return the derived metric *key* of a record from its chosen values by metric key.

    None where an input is missing or zero, or where inputs are of different scopes: a die's compute over a rack's power
    is no ratio of anything. Raises `NotFound` for an unknown key.
    """
    one = derived_metric(key)
    if key == _TPP:
        return total_processing_performance(chosen)
    if key == _DENSITY:
        return performance_density(chosen)
    assert one.precision is not None
    compute = _leaf(one.precision, chosen)
    if key.startswith(_PER_WATT):
        return _quotient(key, compute, _leaf("power.tdp", chosen))
    if key.startswith(_PER_PRICE):
        return _quotient(key, compute, _leaf("price", chosen))
    if key.startswith(_PRICE):
        return _quotient(key, _leaf("price", chosen), compute)
    return _quotient(key, _leaf("memory.bandwidth", chosen), compute, factor=1e-3)  # GB/s over 10^12 operations/s


def achieved_share(key: str, achieved: Chosen, peak: Chosen) -> Derivation | None:
    """Return what somebody measured over the peak, in percent; None where either has no number or the peak is zero."""
    parts = [
        None if one.low is None or one.high is None else
        Derivation(name, one.value, one.low, one.high, one.open_low, one.open_high, chosen=one)
        for name, one in (("achieved", achieved), ("peak", peak))
    ]  # fmt: skip
    return _quotient(key, parts[0], parts[1], factor=100.0)


def derive_all(chosen: Mapping[str, Chosen]) -> dict[str, Derivation]:
    """Return every derived metric that the chosen values of a record allow."""
    found = ((key, derive(key, chosen)) for key in DERIVED)
    return {key: derivation for key, derivation in found if derivation is not None}


def total_processing_performance(chosen: Mapping[str, Chosen]) -> Derivation | None:
    """Return the TPP of one integrated circuit: TOPS times the bit length of the operands, the largest over precisions.

    The rule counts 2 x MacTOPS, and a multiply-accumulate is two of the operations that makers count, so dense TOPS are
    taken as they are. Sparse figures and those of nodes, racks and clusters are left out, as the rule wants. Where the
    source does not say whether a figure is dense, the result carries the caveat `SPARSITY_UNSAID`.
    """
    products = []
    for key in COMPUTE_METRICS:
        leaf, bits = _leaf(key, chosen), METRICS[key].bits
        if leaf is None or leaf.chosen is None or bits is None:
            continue
        convention = leaf.chosen.convention
        if convention.sparsity == "sparse" or convention.scope in _SYSTEMS:
            continue
        products.append((leaf, bits))
    if not products:
        return None
    winner, bits = max(products, key=lambda product: product[0].value * product[1])
    products = [(leaf, each) for leaf, each in products if _scope(leaf) == _scope(winner)]
    return Derivation(
        _TPP,
        winner.value * bits,
        max(leaf.low * each for leaf, each in products),
        max(leaf.high * each for leaf, each in products),
        all(leaf.open_low for leaf, _ in products),
        any(leaf.open_high for leaf, _ in products),
        inputs=tuple(leaf for leaf, _ in products),
        decisive=winner.key,
        caveats=winner.caveats,
    )


def performance_density(chosen: Mapping[str, Chosen]) -> Derivation | None:
    """Return TPP over the applicable die area in mm2.

    Applicable is the area of logic dies made at a non-planar node; the claims of `die.area` are taken to be that.
    """
    tpp = total_processing_performance(chosen)
    area = _leaf("die.area", chosen)
    if tpp is None or area is None or _scope(tpp) != _scope(area):
        return None
    return _quotient(_DENSITY, tpp, area)


def _scope(node: Derivation) -> tuple[str | None, int | None]:
    """Return scope and count of a leaf, or of the input that decides a maximum."""
    leaf = next((one for one in node.inputs if one.key == node.decisive), node)
    if leaf.chosen is None:
        return None, None
    convention = leaf.chosen.convention
    return convention.scope, convention.scope_count


def _leaf(key: str, chosen: Mapping[str, Chosen]) -> Derivation | None:
    one = chosen.get(key)
    if one is None or one.low is None or one.high is None:
        return None
    unsaid = METRICS[key].is_compute and one.convention.sparsity is None
    return Derivation(
        key,
        one.value,
        one.low,
        one.high,
        one.open_low,
        one.open_high,
        chosen=one,
        caveats=(SPARSITY_UNSAID,) if unsaid else (),
    )


def _quotient(
    key: str, dividend: Derivation | None, divisor: Derivation | None, *, factor: float = 1.0
) -> Derivation | None:
    if dividend is None or divisor is None or divisor.low <= 0 or _scope(dividend) != _scope(divisor):
        return None
    return Derivation(
        key,
        dividend.value / divisor.value * factor,
        dividend.low / divisor.high * factor,
        dividend.high / divisor.low * factor,
        dividend.open_low or divisor.open_high,
        dividend.open_high or divisor.open_low,
        inputs=(dividend, divisor),
        caveats=tuple(dict.fromkeys(dividend.caveats + divisor.caveats)),
    )
