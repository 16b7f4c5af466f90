"""Words that people write around a quantity - "312 TFLOPS dense", "about 400 W", "jusqu'à 3,2 To/s" - as conventions.

Words of English and French are always understood. What is left is the quantity itself, for `units.parse_quantity`.
"""

import re
from collections.abc import Mapping
from typing import Final

from chipscape_db.metrics import Metric

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "sparsity": {
        "dense": r"dense|without sparsity|sans parcimonie",
        "sparse": r"(?:with )?(?:2:4 )?sparsity|sparse|(?:avec )?parcimonie|parcimonieux|creux|creuse",
    },
    "engine": {
        "matrix": r"(?:matrix|tensor|cube)(?: engines?| cores?| units?)?|moteur matriciel|matriciel",
        "vector": r"vector(?: engines?| cores?| units?)?|moteur vectoriel|vectoriel",
    },
    "scope": {
        "die": r"per die|/die|par die|par puce nue", "package": r"per package|par bo[iî]tier",
        "gpu": r"per gpu|par gpu", "board": r"per (?:board|card)|par carte", "node": r"per node|par n(?:oe|œ)ud",
        "rack": r"per rack|par rack|par baie", "cluster": r"per cluster|par grappe",
    },
    "direction": {
        "both": r"both directions|bidirectional|bi-directional|deux sens|bidirectionnel",
        "one": r"(?:in )?one direction|each way|per direction|unidirectional|par sens|un sens|unidirectionnel",
    },
    "bound": {
        "about": r"about|around|approximately|approx\.?|roughly|circa|ca\.|~|≈|environ|à peu près|quelque",
        "at-least": r"at least|more than|over|≥|>=|>|au moins|plus de|minimum",
        "at-most": r"up to|at most|less than|under|≤|<=|<|au plus|jusqu['’]à|moins de|maximum",
    },
}  # fmt: skip
_PATTERNS: Final = tuple(
    (field, word, re.compile(rf"(?<![\w]){'(?:' + pattern + ')'}(?![\w])", re.IGNORECASE))
    for field, words in _WORDS.items()
    for word, pattern in words.items()
)
_SIGNS: Final = re.compile(r"([<>]=?|[~≈≥≤])")
_DIGIT: Final = re.compile(r"[0-9]")


def takes(metric: Metric, field: str) -> bool:
    """Say whether claims of a metric may have a convention of that name."""
    if field in ("sparsity", "engine"):
        return metric.is_compute
    if field == "direction":
        return metric.is_link
    return metric.kind == "number"


def split_conventions(text: str, metric: Metric) -> tuple[str, dict[str, str]]:
    """Return *text* without the words of conventions that the metric has, and what they say by field.

    Nothing is taken away where no digit would be left, nor words of conventions that the metric does not have.
    """
    rest, told = _SIGNS.sub(r" \1 ", text), dict[str, str]()
    if metric.kind != "number" or not _DIGIT.search(text):
        return text, {}
    for field, word, pattern in _PATTERNS:
        if field not in told and takes(metric, field) and (match := pattern.search(rest)):
            told[field] = word
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    if not told:
        return text, {}
    return " ".join(re.sub(r"[(),;]+\s*$|\(\s*\)", "", " ".join(rest.split())).split()).strip(" ,;"), told
