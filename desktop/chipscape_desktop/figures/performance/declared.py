"""The options of performance over time as a panel offers them: their names and words for people."""

from typing import Final

from chipscape_db.errors import N_, P_
from chipscape_desktop.figures.catalog import Option
from chipscape_desktop.figures.performance.options import CHOICES, DEFAULT_METRIC, plotted_metrics

_WORDS: Final = {
    "sparsity": (
        N_("Sparsity"),
        {
            "dense-or-unsaid": N_("dense or not said"),
            "dense": N_("dense only"),
            "sparse": N_("sparse"),
            "unsaid": N_("not said"),
            "any": N_("any (mixed)"),
        },
    ),
    "direction": (
        N_("Direction"),
        {
            "both-or-unsaid": N_("both or not said"),
            "both": N_("both only"),
            "one": N_("one"),
            "any": N_("any (mixed)"),
        },
    ),
    "scope": (
        N_("Per"),
        {
            "chip": N_("chip"),
            "die": N_("die"),
            "gpu": N_("GPU of a system"),
            "board": N_("board"),
            "node": N_("node"),
            "rack": N_("rack"),
            "cluster": N_("cluster"),
            "any": N_("any (mixed)"),
        },
    ),
    "scale": (N_("Scale"), {"log": N_("log"), "linear": N_("linear")}),
    "colour": (N_("Colour"), {"country": N_("country"), "vendor": N_("maker")}),
    "engine": (
        N_("Engine"),
        {
            "main": N_("The usual one of the format"),
            "matrix": N_("Matrix engine"),
            "vector": N_("Vector units"),
            "any": N_("Any (mixed)"),
        },
    ),
    "rule": (
        N_("Of rival claims show"),
        {
            "written": N_("What the usual rule chooses"),
            "maker": N_("The maker's word"),
            "measured-first": N_("What was measured"),
            "conservative": N_("The least favourable"),
            "optimistic": N_("The most favourable"),
        },
    ),
    "labels": (
        N_("Labels"),
        {"auto": N_("The most important"), "all": N_("All that fit"), "none": P_("labels", "None")},
    ),
    "frontier": (N_("Best-so-far lines"), {"on": N_("Shown"), "off": N_("Hidden")}),
    "trend": (
        N_("Doubling time"),
        {"note": N_("In the notes"), "line": N_("As lines and in the notes"), "off": N_("Not computed")},
    ),
    "convert": (
        N_("Other conventions"),
        {"off": N_("Shown as missing"), "on": N_("Converted where a rule leads there")},
    ),
    "facet": (
        N_("Small figures"),
        {"none": N_("One for all"), "country": N_("One for each country"), "vendor": N_("One for each maker")},
    ),
    "size": (
        N_("Size of the marks"),
        {
            "none": N_("The same for all"),
            "sources": N_("By independent sources"),
            "claims": N_("By claims"),
        },
    ),
}
_IN_ROW = ("sparsity", "direction", "scope", "scale", "colour")


def choice_option(name: str, *, first: str | None = None, more: bool | None = None) -> Option:
    """Return an option of words as a panel offers it, with *first* as its default; *more* puts it behind More."""
    label, words = _WORDS[name]
    default = CHOICES[name][0] if first is None else first
    order = (default, *(word for word in CHOICES[name] if word != default))
    choices = tuple((word, words[word]) for word in order)
    return Option(name, label, "choice", default, choices, more=name not in _IN_ROW if more is None else more)


OPTIONS: Final = (
    Option("metric", N_("Metric"), "metric", DEFAULT_METRIC, tuple((key, "") for key in plotted_metrics())),
    *(choice_option(name) for name in _WORDS),
    Option("baseline", N_("Line across at"), "record", "", record_kind="chip", more=True),
)
"""All but `focus`, which the selection makes."""
