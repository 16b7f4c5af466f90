"""The command line's answer on claims: the chosen value of each metric, its spread, and every rival with its source."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from chipscape_db.queries.claims import ClaimRow, ConventionGroup, MetricValue, values_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.choice import Chosen

_REASONS = {
    "only": "the only claim",
    "agreed": "all claims agree",
    "point": "a value comes before a limit",
    "preferred-rank": "preferred by a curator",
    "stance": "the stance that counts most",
    "source-kind": "the kind of source that counts most",
    "newest": "the newest source",
    "exact": "an exact value comes before an approximate one",
    "most-sources": "most independent sources say so",
    "lower-value": "the lower of two that are otherwise alike",
    "alphabet": "the first in the alphabet of otherwise alike",
}


def claims_report(
    session: "Session", record_id: str, metric: str | None = None, *, as_of: date | None = None
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return what is claimed of a record, by metric and convention, as plain values for JSON and as lines to print.

    With *as_of* only what was known on that day. Both are empty when nothing is claimed.
    """
    values = values_of(session, record_id, metric, as_of=as_of)
    return [_answer(value) for value in values], [line for value in values for line in _lines(value)]


def _answer(value: MetricValue) -> dict[str, Any]:
    return {
        "metric": value.metric,
        "unit": value.unit,
        "chosen": None if value.chosen is None else value.chosen.claim.text,
        "contested": value.contested,
        "claims": value.claims,
        "independent_sources": value.sources,
        "conventions": [_group(group) for group in value.groups],
    }


def _group(group: ConventionGroup) -> dict[str, Any]:
    chosen = group.chosen
    return {
        "convention": str(group.convention.basis),
        "chosen": None if chosen is None else {
            "claim": chosen.claim.id,
            "value": chosen.claim.text,
            "reason": chosen.reason,
            "low": chosen.low,
            "high": chosen.high,
            "low_is_open": chosen.open_low,
            "high_is_open": chosen.open_high,
            "contested": chosen.contested,
            "independent_sources": chosen.sources,
            "agreeing_sources": chosen.agreeing,
        },
        "claims": [_claim(row) for row in group.claims],
    }  # fmt: skip


def _claim(row: ClaimRow) -> dict[str, Any]:
    return {
        "claim": row.id, "value": row.value, "number": row.number, "convention": str(row.convention),
        "stance": row.stance, "rank": row.rank, "rank_reason": row.rank_reason, "asserted_on": row.asserted_on,
        "note": row.note, "repeats": row.repeats_id,
        "source": {
            "slug": row.source_slug, "name": row.source_name, "publisher": row.publisher, "kind": row.source_kind,
            "published_on": row.published_on, "url": row.url, "locator": row.locator, "root": row.root_id,
        },
    }  # fmt: skip


def _lines(value: MetricValue) -> list[str]:
    unit = f" {value.unit}" if value.unit else ""
    shown = "no value may stand for it" if value.chosen is None else f"{value.chosen.claim.text}{unit}"
    out = [f"{value.metric}: {shown}; {_count(value.claims, 'claim')}, {_count(value.sources, 'independent source')}"]
    for group in value.groups:
        out.append(f"  {str(group.convention.basis) or 'convention not said'}: {_verdict(group.chosen, unit)}")
        out += [line for row in _ordered(group) for line in _claim_lines(row, group.chosen, unit)]
    return out


def _verdict(chosen: "Chosen | None", unit: str) -> str:
    if chosen is None:
        return "nothing chosen"
    text = f"{chosen.claim.text}{unit} ({_REASONS[chosen.reason]})"
    if chosen.low is not None and chosen.high is not None and chosen.low != chosen.high:
        text += f", from {chosen.low:g} to {chosen.high:g}{', contested' if chosen.contested else ''}"
    return f"{text}, {chosen.agreeing} of {_count(chosen.sources, 'independent source')}"


def _ordered(group: ConventionGroup) -> Sequence[ClaimRow]:
    chosen_id = None if group.chosen is None else group.chosen.claim.id
    return sorted(group.claims, key=lambda row: (row.id != chosen_id, not row.is_live))


def _claim_lines(row: ClaimRow, chosen: "Chosen | None", unit: str) -> list[str]:
    mark = "*" if chosen is not None and row.id == chosen.claim.id else "-"
    how = [row.bound, row.stance, None if row.rank == "normal" else f"{row.rank}: {row.rank_reason}"]
    told = ", ".join(filter(None, how))
    where = " ".join(filter(None, (row.url, f"({row.locator})" if row.locator else None)))
    return [
        f"    {mark} {row.value}{unit}  {told}  [{row.source_slug}] {row.source_name}",
        *([f"        {where}"] if where else []),
    ]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
