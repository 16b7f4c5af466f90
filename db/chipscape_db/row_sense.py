"""Whether a row makes sense on its own: what to ask of one that was put together from an earlier and a later state."""

from collections.abc import Mapping
from typing import Any, Final

from chipscape_db.metrics import METRICS
from chipscape_db.partial_date import PartialDate

_IN_ORDER: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "policy": (("announced_on", "effective_on"), ("effective_on", "ended_on")),
    "event": (("starts_on", "ends_on"),),
    "relationship": (("starts_on", "ends_on"),),
}
"""Dates of which the second may not lie wholly before the first."""


def clashing(table: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of two fields of a row that cannot both be as they are; empty where the row makes sense."""
    for first, second in _IN_ORDER.get(table, ()):
        start, end = row[first], row[second]
        if start and end and PartialDate.parse(start).is_after(PartialDate.parse(end)):
            return first, second
    return _clashing_in_claim(row) if table == "claim" else ()


def _clashing_in_claim(row: Mapping[str, Any]) -> tuple[str, ...]:
    metric = METRICS.get(row["metric"])
    if metric is None:
        return ()
    if (row["number"] is None) == (metric.kind == "number"):
        return "metric", "value"
    taken = {
        "sparsity": metric.is_compute, "engine": metric.is_compute, "direction": metric.is_link,
        "period": metric.has_period, "bound": metric.kind == "number",
    }  # fmt: skip
    for name, takes in taken.items():
        if row[name] and not takes:
            return "metric", name
    if metric.is_link and not row["direction"]:
        return "metric", "direction"
    if row["scope_count"] is not None and row["scope"] is None:
        return "scope_count", "scope"
    if row["rank"] != "normal" and not row["rank_reason"]:
        return "rank", "rank_reason"
    return ()
