"""Where sources contradict each other and nobody has settled it, and where values may not mean the same."""

from collections.abc import Iterator
from dataclasses import replace

from chipscape_db.errors import N_, FieldNames
from chipscape_db.metrics import METRICS
from chipscape_db.queries.claims import ClaimRow, value_of
from chipscape_db.queries.review.findings import Finding, Ground, key_of


def contested(ground: Ground) -> Iterator[Finding]:
    """Find metrics whose live claims under one convention contradict each other while none is preferred."""
    for record_id, by_metric in ground.claims.items():
        for metric, rows in by_metric.items():
            if len(rows) < 2:
                continue
            for group in value_of(metric, rows).groups:
                chosen = group.chosen
                if chosen is None or not chosen.contested or any(row.rank == "preferred" for row in group.claims):
                    continue
                finding = ground.of_record(
                    "contested", record_id, where="claims", metric=FieldNames(metric), claims=chosen.claims,
                    sources=chosen.sources,
                    template=N_(
                        "{metric}: {claims} claims of {sources} independent sources contradict each other; prefer or "
                        "deprecate one, with a reason."
                    ),
                )  # fmt: skip
                evidence = sorted(f"{row.id}{row.value}{row.rank}" for row in group.claims)
                yield replace(finding, key=key_of("contested", record_id, metric, *evidence))


def mixed_conventions(ground: Ground) -> Iterator[Finding]:
    """Find metrics where some claims leave open what others of the same record say: dense or sparse, of what part."""
    for record_id, by_metric in ground.claims.items():
        for metric, rows in by_metric.items():
            live = [row for row in rows if row.is_live]
            fields = [name for name in _said_of(metric) if _is_mixed(live, name)]
            if fields:
                silent = [row.id for row in live if any(getattr(row, name) is None for name in fields)]
                finding = ground.of_record(
                    "mixed-conventions", record_id, where="claims", metric=FieldNames(metric), count=len(silent),
                    total=len(live), fields=FieldNames(",".join(fields)),
                    template=N_(
                        "{metric}: {count} of {total} claims do not say what the others do ({fields}); complete them "
                        "from their source."
                    ),
                )  # fmt: skip
                yield replace(finding, key=key_of("mixed-conventions", record_id, metric, *sorted(silent)))


def _said_of(metric: str) -> tuple[str, ...]:
    return ("sparsity", "scope") if METRICS[metric].is_compute else ("scope",)


def _is_mixed(rows: list[ClaimRow], name: str) -> bool:
    return len({getattr(row, name) is None for row in rows}) == 2
