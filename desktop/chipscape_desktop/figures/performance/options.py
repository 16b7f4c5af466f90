"""The options of the performance figures: words in, checked choices out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast, get_args

from chipscape_db.choice import Rule
from chipscape_db.errors import N_, Invalid
from chipscape_db.metrics import METRICS, Metric, metric
from chipscape_desktop.figures.catalog import check_names, one_of

AxisKind: TypeAlias = Literal["log", "linear"]
Sparsity: TypeAlias = Literal["dense-or-unsaid", "dense", "sparse", "unsaid", "any"]
Engine: TypeAlias = Literal["main", "matrix", "vector", "any"]
Direction: TypeAlias = Literal["both-or-unsaid", "both", "one", "any"]
Scope: TypeAlias = Literal["chip", "die", "gpu", "board", "node", "rack", "cluster", "any"]
ColourBy: TypeAlias = Literal["country", "vendor"]
Labels: TypeAlias = Literal["auto", "all", "none"]
Trends: TypeAlias = Literal["note", "line", "off"]
Facets: TypeAlias = Literal["none", "country", "vendor"]
SizeBy: TypeAlias = Literal["none", "sources", "claims"]

DEFAULT_METRIC: Final = "compute.fp16"
_VECTOR_FIRST: Final = ("compute.fp64", "compute.fp32")
"""Precisions whose quoted peak is that of the ordinary units; of the others it is that of the matrix engine."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is compared and how it is shown.

    `sparsity`: the default shows dense figures and, hollow, those whose source does not say; the rest is strict but for
    `any`, which is labelled as mixed. `engine`: `main` is the matrix engine, for FP64 and FP32 the vector units, and
    what is not said. `scope`: `chip` is the chip as named. `focus` holds ids or slugs of records whose labels come
    first; `baseline` is the slug of the record that the reference line is drawn at. `trend`: where
    doubling times are told. `convert`: what has only figures under another convention is converted where a rule leads
    there (see `conversions`), instead of missing. `facet`: one small figure each; `size`: what the size of a mark says.
    """

    metric: Metric
    scale: AxisKind = "log"
    sparsity: Sparsity = "dense-or-unsaid"
    engine: Engine = "main"
    direction: Direction = "both-or-unsaid"
    scope: Scope = "chip"
    rule: Rule = "written"
    colour: ColourBy = "country"
    labels: Labels = "auto"
    frontier: bool = True
    trend: Trends = "note"
    baseline: str = ""
    focus: frozenset[str] = frozenset()
    convert: bool = False
    facet: Facets = "none"
    size: SizeBy = "none"

    @property
    def has_sparsity(self) -> bool:
        """Say whether 2:4 sparsity exists for the metric: in the short formats of matrix engines."""
        return self.metric.bits is not None and self.metric.bits < 32

    @property
    def wanted_engine(self) -> Literal["matrix", "vector", "any"]:
        """The engine that is compared; figures that do not say are let in unless another would be strict."""
        if self.engine != "main":
            return self.engine
        return "vector" if self.metric.key in _VECTOR_FIRST else "matrix"

    @property
    def mixed(self) -> bool:
        """Say whether figures under different conventions stand on one scale."""
        return (
            self.scope == "any"
            or (self.has_sparsity and self.sparsity == "any")
            or (self.metric.is_compute and self.engine == "any")
            or (self.metric.is_link and self.direction == "any")
        )


CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "scale": get_args(AxisKind),
    "sparsity": get_args(Sparsity),
    "engine": get_args(Engine),
    "direction": get_args(Direction),
    "scope": get_args(Scope),
    "rule": get_args(Rule),
    "colour": get_args(ColourBy),
    "labels": get_args(Labels),
    "frontier": ("on", "off"),
    "trend": get_args(Trends),
    "convert": ("off", "on"),
    "facet": get_args(Facets),
    "size": get_args(SizeBy),
}
"""The words that each option takes, the default first; `metric`, `baseline` and `focus` are free."""


def plotted_metrics() -> tuple[str, ...]:
    """Return the keys of the metrics that can be shown over time: numbers of chips or of models."""
    return tuple(
        key for key, one in METRICS.items() if one.kind == "number" and {"chip", "model"}.intersection(one.applies_to)
    )


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are, `NotFound` for an unknown metric."""
    check_names(options, (*CHOICES, "metric", "baseline", "focus"))
    asked = metric(options.get("metric", DEFAULT_METRIC))
    if asked.key not in plotted_metrics():
        raise Invalid(
            N_("{metric} cannot be shown over time; choose one of {known}."),
            field="metric",
            metric=asked.key,
            known=", ".join(plotted_metrics()),
        )
    words = {name: one_of(name, options.get(name, choices[0]), choices) for name, choices in CHOICES.items()}
    return Options(
        asked,
        cast("AxisKind", words["scale"]),
        cast("Sparsity", words["sparsity"]),
        cast("Engine", words["engine"]),
        cast("Direction", words["direction"]),
        cast("Scope", words["scope"]),
        cast("Rule", words["rule"]),
        cast("ColourBy", words["colour"]),
        cast("Labels", words["labels"]),
        words["frontier"] == "on",
        cast("Trends", words["trend"]),
        options.get("baseline", ""),
        frozenset(filter(None, options.get("focus", "").split(","))),
        words["convert"] == "on",
        cast("Facets", words["facet"]),
        cast("SizeBy", words["size"]),
    )
