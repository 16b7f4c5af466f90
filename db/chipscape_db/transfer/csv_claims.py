"""What does not fit together in a claim: its metric, unit, number, conventions and period."""

from collections import Counter
from collections.abc import Iterator

from chipscape_db.errors import N_
from chipscape_db.identity import id_of
from chipscape_db.metrics import METRICS, Metric
from chipscape_db.transfer.csv_cells import Fault, is_partial_date, number_fault
from chipscape_db.transfer.csv_contract import CLAIM_KEY, TABLES
from chipscape_db.transfer.csv_read import Sheet

_AT = {name: number for number, name in enumerate(TABLES["claims"].header)}
_KEY = tuple(_AT[name] for name in CLAIM_KEY)


def claim_key(row: list[str]) -> tuple[str, ...]:
    """Return the cells of a row of claims.csv that say what is claimed."""
    return tuple(row[at] for at in _KEY)


def fingerprints(rows: list[list[str]]) -> list[str]:
    """Return the fingerprint of each row of claims.csv, the same in every fact base; a repeated claim is numbered."""
    seen: Counter[tuple[str, ...]] = Counter()
    out = []
    for row in rows:
        key = claim_key(row)
        out.append(id_of("claim", *key, *([str(seen[key])] if seen[key] else [])))
        seen[key] += 1
    return out


def claim_faults(sheet: Sheet) -> Iterator[tuple[int, str, Fault]]:
    """Yield (row, column, fault) for the claims of a sheet."""
    first_of: dict[tuple[str, ...], int] = {}
    for index, row in enumerate(sheet.rows):
        for column, fault in _row_faults(row):
            yield index, column, fault
        first = first_of.setdefault(claim_key(row), index)
        if first != index and sheet.rows[first] != row:
            template = N_(
                "the source says this in row {row} already; keep one of them, or tell them apart in 'condition'."
            )
            yield index, "", Fault(template, {"row": sheet.lines[first]}, grave=False)


def _row_faults(row: list[str]) -> Iterator[tuple[str, Fault]]:
    """Yield (column, fault) for one claim, by what its metric takes."""
    metric = METRICS.get(row[1])
    if metric is None:
        if row[1]:
            yield "metric", Fault(N_("'{metric}' is not a known metric; README.md lists them."), {"metric": row[1]})
        return
    value, unit = row[2:4]
    if unit != metric.unit:
        template = N_("{metric} is in {unit}; convert the value and write the unit so.")
        if not metric.unit:
            template = N_("{metric} has no unit; leave the cell empty.")
        yield "unit", Fault(template, {"metric": metric.key, "unit": metric.unit})
    fault = number_fault(value) if value and metric.kind == "number" else None
    if fault is not None:
        yield "value", fault
    if value and metric.is_date and not is_partial_date(value):
        template = N_("'{value}' is not a date; write it as 2025, 2025-06 or 2025-06-30.")
        yield "value", Fault(template, {"value": value})
    yield from _convention_faults(row, metric)


def _convention_faults(row: list[str], metric: Metric) -> Iterator[tuple[str, Fault]]:
    if row[_AT["scope_count"]] and not row[_AT["scope"]]:
        yield "scope_count", Fault(N_("there is a count without a scope; say what is counted in 'scope'."))
    not_taken = [
        *(() if metric.is_compute else ("sparsity", "engine")),
        *(() if metric.is_link else ("direction",)),
        *(() if metric.has_period else ("period",)),
    ]
    for column in not_taken:
        if row[_AT[column]]:
            template = N_("{metric} has no {column}; leave the cell empty, or say it in 'condition'.")
            yield column, Fault(template, {"metric": metric.key, "column": column})
    if metric.is_link and not row[_AT["direction"]]:
        yield "direction", Fault(N_("a link needs its direction; write both, one or unsaid."), grave=False)
