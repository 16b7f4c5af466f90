"""The claims of a row: each cell one value, known again by where it stands, so that a second import adds nothing."""

import re

from chipscape_db.metrics import METRICS
from chipscape_db.models.base import with_bounds
from chipscape_db.transfer.tables.cells import value_in
from chipscape_db.transfer.tables.mapping import Column, Mapping
from chipscape_db.transfer.tables.plan import CellChange, PlainRow, Writes
from chipscape_db.transfer.tables.stored import CONVENTIONS, Stored

_MOVABLE = ("value", "number", "locator", "note", "stance")


class RowClaims:
    """Compares the values of cells with the claims that are there."""

    def __init__(self, stored: Stored, mapping: Mapping, file: str, writes: Writes) -> None:
        self._stored, self._mapping, self._file, self._writes = stored, mapping, file, writes

    def put(
        self, column: Column, text: str, *, subject_id: str, source_id: str, line: int, by_way_of: str = ""
    ) -> CellChange | None:
        """Note what a cell claims; None where the base holds it already. Raises `Invalid` for what is no such value."""
        metric = METRICS[column.metric]
        value = value_in(text, metric, unit=column.unit, decimal=self._mapping.decimal)
        return self.put_value(
            column, value, printed=text, subject_id=subject_id, source_id=source_id, line=line, by_way_of=by_way_of
        )

    def put_value(
        self, column: Column, value: str, *, printed: str, subject_id: str, source_id: str, line: int, by_way_of: str
    ) -> CellChange | None:
        """Note a claim whose value is as the base holds it; `printed` is how the cell has it."""
        claim = self._claim(column, value, printed, subject_id, source_id, line, by_way_of)
        there = [
            row
            for row in self._stored.claims[subject_id, column.metric]
            if all(row[name] == claim[name] for name in CONVENTIONS)
        ]
        cell = re.compile(rf".+, row \d+, {re.escape(column.name)}")
        same_cell = [row for row in there if cell.fullmatch(row["locator"] or "")]
        shown = METRICS[column.metric].unit
        if same_cell:
            before = same_cell[0]
            changed = {name: claim[name] for name in _MOVABLE if claim[name] != before[name]}
            if not changed:
                return None
            self._writes.updates.append(("claim", before["id"], changed))
            old = before["value"]
            before |= changed
            return CellChange(column.name, "claim", column.metric, f"{old} {shown}".strip(), f"{value} {shown}".strip())
        if any(row["value"] == value for row in there):
            return None
        self._writes.insert("claim", claim)
        self._stored.claims[subject_id, column.metric].append(claim)
        return CellChange(column.name, "claim", column.metric, "", f"{value} {shown}".strip())

    def _claim(
        self, column: Column, value: str, printed: str, subject_id: str, source_id: str, line: int, by_way_of: str
    ) -> PlainRow:
        metric = METRICS[column.metric]
        told = f"{printed} ({column.unit})" if column.unit and metric.kind == "number" else printed
        note = f"Printed as {told}" + (f" in {by_way_of}" if by_way_of else "")
        plain: PlainRow = {
            "subject_id": subject_id,
            "metric": metric.key,
            "value": value,
            "number": float(value) if metric.kind == "number" else None,
            "sparsity": column.sparsity or None,
            "engine": column.engine or None,
            "scope": column.scope or None,
            "scope_count": int(column.scope_count) if column.scope_count else None,
            "direction": column.direction or ("unsaid" if metric.is_link else None),
            "bound": column.bound or None,
            "period": column.period or None,
            "condition": column.condition or None,
            "stance": column.stance or self._mapping.stance,
            "source_id": source_id,
            "locator": f"{self._file}, row {line}, {column.name}",
            "quote": None,
            "note": note if by_way_of or told != value else None,
            "asserted_on": self._mapping.asserted_on or None,
            "rank": "normal",
            "rank_reason": None,
            "repeats_id": None,
        }
        parts = [str(plain[name] or "") for name in ("subject_id", "metric", *CONVENTIONS)]
        plain["id"] = self._stored.new_id("imported-claim", *parts, column.name)
        return with_bounds(plain, "period", "asserted_on")
