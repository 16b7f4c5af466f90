"""Conversions: how a figure under one convention is turned into another by a stated rule, never silently.

Three rules, each exact by definition of the conventions it joins:

* `dense-from-sparse`: 2:4 structured sparsity lets a matrix engine skip two of four products, and makers count the
  skipped ones as done; a sparse figure is twice the dense one (Mishra et al., "Accelerating Sparse Deep Neural
  Networks", arXiv 2104.08378, section 2).
* `both-from-one` and `one-from-both`: a link carries as much in one direction as in the other.
* `per-unit`: compute and memory of a node, board, rack or cluster of so many units, shared out evenly among them; not
  its power, which hosts and switches draw too, nor its links, of which some stay inside.

There is no rule from dense to sparse: not every engine has sparsity. Nothing is said of a figure whose source does not
say its convention: it cannot be converted, only shown as not saying.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from chipscape_db.conventions import Convention
from chipscape_db.errors import N_
from chipscape_db.metrics import Metric

ConversionRule: TypeAlias = Literal["dense-from-sparse", "both-from-one", "one-from-both", "per-unit"]
SPARSITY_FACTOR: Final = 2.0
_ADDITIVE: Final = ("compute", "memory")  # groups of metrics whose values add up over the units of a system
_SHARED_SCOPES: Final = ("gpu", "board", "node", "rack", "cluster")
_SHORTEST_WITHOUT_SPARSITY: Final = 32  # bits

RULE_LABELS: Final = MappingProxyType(
    {
        "dense-from-sparse": N_("2:1 sparsity: the dense figure is half of the sparse one"),
        "both-from-one": N_("both directions carry twice what one does"),
        "one-from-both": N_("one direction carries half of both"),
        "per-unit": N_("shared out evenly among the units of the system"),
    }
)
"""The rules in words, English message ids."""


@dataclass(frozen=True, slots=True)
class Step:
    """One application of a rule: the value as claimed times `factor` is the value under the other convention."""

    rule: ConversionRule
    factor: float


@dataclass(frozen=True, slots=True)
class Conversion:
    """The steps from one convention to another, with both; `factor` is theirs together."""

    before: Convention
    after: Convention
    steps: tuple[Step, ...]

    @property
    def factor(self) -> float:
        """Return what a value is multiplied with."""
        product = 1.0
        for step in self.steps:
            product *= step.factor
        return product


def convert(
    convention: Convention,
    metric: Metric,
    *,
    sparsity: str | None = None,
    direction: str | None = None,
    scopes: Sequence[str | None] | None = None,
) -> Conversion | None:
    """Return how a figure of *metric* under *convention* is brought to what is asked for, None where no rule leads.

    *sparsity* (`dense`) and *direction* (`both`, `one`) are what is wanted, None where anything is; *scopes* are those
    that are let in, the first of them being what a shared figure becomes. A convention that needs no step is no
    conversion: None too.
    """
    steps: list[Step] = []
    after = convention
    bits = metric.bits
    if sparsity == "dense" and convention.sparsity == "sparse":
        if bits is None or bits >= _SHORTEST_WITHOUT_SPARSITY:
            return None
        steps.append(Step("dense-from-sparse", 1 / SPARSITY_FACTOR))
        after = replace(after, sparsity="dense")
    if direction == "both" and convention.direction == "one":
        steps.append(Step("both-from-one", 2.0))
        after = replace(after, direction="both")
    elif direction == "one" and convention.direction == "both":
        steps.append(Step("one-from-both", 0.5))
        after = replace(after, direction="one")
    if scopes is not None and convention.scope not in scopes:
        count = convention.scope_count
        shared = convention.scope in _SHARED_SCOPES and metric.group in _ADDITIVE
        if not shared or not count or count < 2 or None not in scopes:
            return None
        steps.append(Step("per-unit", 1 / count))
        after = replace(after, scope=None, scope_count=None)
    return Conversion(convention, after, tuple(steps)) if steps else None
