"""The options of the gap: the metric and its convention, and which two sides are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_, Invalid
from chipscape_db.metrics import METRICS
from chipscape_desktop.figures.catalog import Option, checked_words
from chipscape_desktop.figures.performance.declared import OPTIONS as PERFORMANCE
from chipscape_desktop.figures.performance.options import DEFAULT_METRIC
from chipscape_desktop.figures.performance.options import Options as Convention
from chipscape_desktop.figures.performance.options import parse as parse_convention

COUNTRIES: Final[Mapping[str, str]] = {
    "CN": N_("China"),
    "US": N_("United States"),
    "europe": N_("Europe"),
    "east-asia": N_("Taiwan, Korea, Japan"),
    "TW": N_("Taiwan"),
    "KR": N_("South Korea"),
    "JP": N_("Japan"),
    "GB": N_("United Kingdom"),
    "FR": N_("France"),
    "DE": N_("Germany"),
    "IL": N_("Israel"),
}
REST: Final = "rest"
_CONVENTION: Final = ("sparsity", "direction", "scope", "engine", "rule")
_MORE: Final = ("engine", "rule", "scope", "direction")


def gap_metrics() -> tuple[str, ...]:
    """Return the keys of the metrics of chips of which more, or less, is better."""
    return tuple(
        key
        for key, one in METRICS.items()
        if one.kind == "number" and "chip" in one.applies_to and one.better is not None and not one.has_period
    )


def _declared() -> tuple[Option, ...]:
    known = {one.name: one for one in PERFORMANCE}
    sides = tuple(COUNTRIES.items())
    shared = (
        Option(one.name, one.label, one.kind, one.default, one.choices, one.record_kind, more=name in _MORE)
        for name in _CONVENTION
        for one in (known[name],)
    )
    counted = (("released", N_("What was released")), ("announced", N_("What was announced, too")))
    return (
        Option("metric", N_("Metric"), "metric", DEFAULT_METRIC, tuple((key, "") for key in gap_metrics())),
        Option("home", N_("Side"), "choice", "CN", sides),
        Option("away", N_("Against"), "choice", REST, ((REST, N_("Everyone else")), *sides)),
        Option("home_maker", N_("Maker for the side"), "record", "", record_kind="organization", more=True),
        Option("away_maker", N_("Maker against it"), "record", "", record_kind="organization", more=True),
        *shared,
        Option("counted", N_("Counted"), "choice", "released", counted, more=True),
    )


OPTIONS: Final = _declared()


@dataclass(frozen=True, slots=True)
class Options:
    """What is compared: `home` and `away` are words of `COUNTRIES` (or `REST`), or makers' slugs where given."""

    convention: Convention
    home: str = "CN"
    away: str = REST
    home_maker: str = ""
    away_maker: str = ""
    announced: bool = False


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are, `NotFound` for an unknown metric."""
    words = checked_words(OPTIONS, options)
    convention = parse_convention({name: words[name] for name in (*_CONVENTION, "metric")})
    if convention.metric.key not in gap_metrics():
        raise Invalid(
            N_("{metric} has no better or worse; choose one of {known}."),
            field="metric",
            metric=convention.metric.key,
            known=", ".join(gap_metrics()),
        )
    return Options(
        convention, words["home"], words["away"], words["home_maker"], words["away_maker"],
        words["counted"] == "announced",
    )  # fmt: skip
