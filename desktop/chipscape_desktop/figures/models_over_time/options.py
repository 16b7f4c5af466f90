"""The options of models over time: which metrics, what colour means, and which values growth is fitted to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast

from chipscape_db.choice import Rule
from chipscape_db.errors import N_, P_
from chipscape_desktop.figures.catalog import Option, checked_words
from chipscape_desktop.figures.performance.declared import OPTIONS as PERFORMANCE

Fit: TypeAlias = Literal["largest", "every", "off"]
_BOTH: Final = "both"
_SHOWN: Final = {
    _BOTH: N_("Training compute and parameters"),
    "model.training-compute": N_("Training compute"),
    "model.parameters": N_("Parameters"),
    "model.active-parameters": N_("Active parameters"),
    "model.training-tokens": N_("Training tokens"),
    "model.context": N_("Context length"),
}
_RULE: Final = next(one for one in PERFORMANCE if one.name == "rule")
OPTIONS: Final = (
    Option("show", N_("Shown"), "choice", _BOTH, tuple(_SHOWN.items())),
    Option("colour", N_("Colour"), "choice", "country",
           (("country", N_("country")), ("openness", N_("openness")), ("all", N_("all alike")))),
    Option("fit", N_("Doubling time of"), "choice", "largest",
           (("largest", N_("the largest so far")), ("every", N_("every model")), ("off", N_("not computed")))),
    Option("labels", N_("Labels"), "choice", "auto",
           (("auto", N_("The most important")), ("none", P_("labels", "None"))), more=True),
    Option("rule", _RULE.label, "choice", _RULE.default, _RULE.choices, more=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What is shown: a panel for each of `metrics`; `colour` is `country`, `openness` or `all`."""

    metrics: tuple[str, ...] = ("model.training-compute", "model.parameters")
    colour: str = "country"
    fit: Fit = "largest"
    labels: bool = True
    rule: Rule = "written"


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are."""
    words = checked_words(OPTIONS, options)
    shown = Options().metrics if words["show"] == _BOTH else (words["show"],)
    return Options(
        shown, words["colour"], cast("Fit", words["fit"]), words["labels"] == "auto", cast("Rule", words["rule"])
    )
