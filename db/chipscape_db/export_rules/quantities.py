"""What the export rules look at, computed from claims, each with the range that rival claims leave open.

**Total Processing Performance** is "2 x MacTOPS x bit length of the operation, aggregated over all processing units on
the integrated circuit", dense, the largest over all precisions: see `derived.total_processing_performance`.
**Performance density** is "TPP divided by applicable die area", the "die area of logic dies manufactured with a process
node that uses a non-planar transistor architecture", in mm2 (15 CFR 774 Supp. 1, ECCN 3A090, Technical Notes; 88 FR
73458). **Transfer rate** is the aggregate over all inputs and outputs in both directions, volatile memories apart (87
FR 62186); a figure for one direction counts twice.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from chipscape_db.choice import Chosen, ClaimFact, choose_default
from chipscape_db.derived import SPARSITY_UNSAID, total_processing_performance
from chipscape_db.export_rules.rules import QuantityKey
from chipscape_db.metrics import COMPUTE_METRICS, METRICS, metric

AREA_OF_PARENT: Final = "area-of-parent"
"""Caveat: the die area is that of the chip of which this is a variant."""
AREA_BOUNDED: Final = "area-bounded"
"""Caveat: only one die or only the whole package is known, so the area is no more than bounded."""
TPP_PARTIAL: Final = "tpp-partial"
"""Caveat: nothing is claimed for a format of 16 bits or less, where a chip has its peak; TPP is at least this."""
RATE_DOUBLED: Final = "rate-doubled"
"""Caveat: the source gives one direction; the rate counts both."""
RATE_UNSAID: Final = "rate-direction-unsaid"
"""Caveat: the source does not say whether it counts one direction or both; both readings are in the range."""
RATE_PARTIAL: Final = "rate-partial"
"""Caveat: the source counts some of the links only, so the whole is at least that."""

_ONE_CHIP: Final = (None, "package")
_SPARSE_BITS: Final = 19  # 2:4 sparsity exists in formats up to TF32
_SHORT_BITS: Final = 16

Claims = Mapping[str, Sequence[ClaimFact]]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a chip: the value that stands for it and the range in which it must lie.

    `value` is None where no point is known; the range may be bounded all the same (0 and infinity where it is not).
    `chosen` are the choices it was computed from, the decisive one first, and `metrics` the keys that they are of.
    """

    key: QuantityKey
    value: float | None = None
    low: float = 0.0
    high: float = math.inf
    chosen: tuple[Chosen, ...] = ()
    caveats: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()

    @property
    def is_bounded(self) -> bool:
        """Say whether anything at all is known."""
        return self.low > 0 or math.isfinite(self.high)

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Return the claims behind it, those of the decisive choice first and its chosen claim at the very front."""
        ids = (id_ for one in self.chosen for id_ in (one.claim.id, *one.claim_ids))
        return tuple(dict.fromkeys(ids))


def choices(claims: Claims, *, keys: Iterable[str] = COMPUTE_METRICS) -> dict[str, Chosen]:
    """Return the choice for each metric among claims on the chip as named; sparse figures never count."""
    found = {}
    for key in keys:
        usable = [
            one
            for one in claims.get(key, ())
            if one.convention.scope in _ONE_CHIP and one.convention.sparsity != "sparse"
        ]
        chosen = choose_default(usable, metric(key))
        if chosen is not None and chosen.low is not None:
            found[key] = chosen
    return found


def tpp(claims: Claims, *, unsaid_is_sparse: bool = False) -> Quantity:
    """Return the Total Processing Performance.

    Where a source does not say whether it counts sparse operations its figure is taken as it is, with a caveat; with
    *unsaid_is_sparse* it is halved instead, to see whether that would change anything. With nothing but FP64, FP32 and
    TF32 known no point stands for it: the largest product is at least what these give.
    """
    found = choices(claims)
    if unsaid_is_sparse:
        found = {key: _halved(one) if _may_be_sparse(key, one) else one for key, one in found.items()}
    made = total_processing_performance(found)
    if made is None:
        return Quantity("tpp")
    # Of precisions with equal products the one that is said to be dense speaks for all.
    leaves = sorted(made.inputs, key=lambda leaf: (-leaf.value * (METRICS[leaf.key].bits or 0), len(leaf.caveats)))
    keys = tuple(leaf.key for leaf in leaves)
    chosen = tuple(leaf.chosen for leaf in leaves if leaf.chosen is not None)
    low = 0.0 if made.open_low else made.low
    if not any((METRICS[key].bits or 0) <= _SHORT_BITS for key in keys):
        return Quantity("tpp", None, low, math.inf, chosen, (TPP_PARTIAL,), keys)
    unsaid = _may_be_sparse(keys[0], chosen[0])
    high = math.inf if made.open_high else made.high
    return Quantity("tpp", made.value, low, high, chosen, (SPARSITY_UNSAID,) if unsaid else (), keys)


def has_unsaid(total: Quantity) -> bool:
    """Say whether some figure behind a TPP does not say whether it is dense, in a format that may be sparse."""
    return any(_may_be_sparse(key, one) for key, one in zip(total.metrics, total.chosen, strict=True))


def _may_be_sparse(key: str, chosen: Chosen | None) -> bool:
    bits = METRICS[key].bits
    return chosen is not None and chosen.convention.sparsity is None and bits is not None and bits <= _SPARSE_BITS


def _halved(one: Chosen) -> Chosen:
    assert one.low is not None
    assert one.high is not None
    return replace(one, claim=replace(one.claim, value=one.value / 2), low=one.low / 2, high=one.high / 2)


def die_area(claims: Claims, parent: Sequence[ClaimFact] = ()) -> Quantity:
    """Return the applicable die area.

    Claims of `die.area` on the chip as named are taken to be that. One die of a chip is the least it can be, and a
    whole package the most. Without any of these, the area is that of *parent*, the chip of which this is a variant,
    unless something there speaks of several dies: a variant may have one of two.
    """
    rows = claims.get("die.area", ())
    whole = choose_default([one for one in rows if one.convention.scope is None], METRICS["die.area"])
    if whole is not None:
        return _plain("area", whole)
    dies = [one for one in rows if one.is_live and one.convention.scope == "die" and one.value]
    packages = [one for one in rows if one.is_live and one.convention.scope == "package" and one.value]
    if dies or packages:
        low = min((one.value * (one.convention.scope_count or 1) for one in dies if one.value), default=0.0)
        high = max((one.value for one in packages if one.value), default=math.inf)
        behind = (choose_default(group, METRICS["die.area"]) for group in (dies, packages))
        return Quantity("area", None, low, max(low, high), tuple(one for one in behind if one), (AREA_BOUNDED,))
    if parent and all(one.convention.scope is None and one.convention.condition is None for one in parent):
        inherited = choose_default(parent, METRICS["die.area"])
        if inherited is not None:
            return replace(_plain("area", inherited), caveats=(AREA_OF_PARENT,))
    return Quantity("area")


def density(total: Quantity, area: Quantity) -> Quantity:
    """Return TPP over applicable die area, with the range of both."""
    if not total.is_bounded or not area.is_bounded:
        return Quantity("density")
    value = total.value / area.value if total.value is not None and area.value else None
    low = total.low / area.high if math.isfinite(area.high) else 0.0
    high = total.high / area.low if area.low > 0 else math.inf
    caveats = tuple(dict.fromkeys(total.caveats + area.caveats))
    return Quantity("density", value, low, high, total.chosen + area.chosen, caveats)


def transfer_rate(claims: Claims) -> Quantity:
    """Return the aggregate bidirectional transfer rate in GB/s.

    A figure for one direction counts twice; one that does not say may be either. A figure under a condition counts
    some links only (a bus, one link), so that the whole is at least that; what runs between the dies of one package
    is not an input or output and is left out.
    """
    rows = [
        one
        for one in claims.get("interconnect.bandwidth", ())
        if one.is_live and one.stance != "measured" and one.convention.scope in _ONE_CHIP and one.value is not None
    ]
    plain = [one for one in rows if one.convention.condition is None]
    if not plain:
        parts = [one for one in rows if not _is_inside(one)]
        best = max(parts, key=lambda one: one.value or 0.0, default=None)
        chosen = None if best is None else choose_default([best], METRICS["interconnect.bandwidth"])
        if best is None or chosen is None or best.value is None:
            return Quantity("rate")
        caveats = (RATE_PARTIAL, *((RATE_DOUBLED,) if best.convention.direction == "one" else ()))
        low = best.value * (2 if best.convention.direction == "one" else 1)
        return Quantity("rate", None, low, math.inf, (chosen,), caveats)
    chosen = choose_default(plain, METRICS["interconnect.bandwidth"])
    if chosen is None:
        return Quantity("rate")
    says = chosen.convention.direction
    same = [one for one in plain if one.convention.direction == says]
    factors = {"both": (1, 1), "one": (2, 2)}.get(says or "", (1, 2))
    values = [one.value for one in same if one.value is not None]
    caveat = {"both": (), "one": (RATE_DOUBLED,)}.get(says or "", (RATE_UNSAID,))
    value = chosen.value * factors[0]
    return Quantity("rate", value, min(values) * factors[0], max(values) * factors[1], (chosen,), caveat)


def memory_bandwidth(claims: Claims) -> Quantity:
    """Return the memory bandwidth of the chip as named, in GB/s."""
    chosen = choices(claims, keys=("memory.bandwidth",)).get("memory.bandwidth")
    return Quantity("dram") if chosen is None else _plain("dram", chosen)


def _is_inside(claim: ClaimFact) -> bool:
    said = (claim.convention.condition or "").casefold()
    return "package" in said or "inside" in said


def _plain(key: QuantityKey, chosen: Chosen) -> Quantity:
    assert chosen.low is not None
    assert chosen.high is not None
    low = 0.0 if chosen.open_low else chosen.low
    return Quantity(key, chosen.value, low, math.inf if chosen.open_high else chosen.high, (chosen,))
