"""What an import would do, row by row: a difference that people look through before anything is written."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from chipscape_db.transfer.problems import Problem

PlainRow: TypeAlias = dict[str, Any]

STATUSES: Final = ("new", "changed", "same", "unsure", "left-out")
"""A record that is added, gets something, has all of it already, may be one that is there, or stays out."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """What one cell does: `what` is `set`, `keep`, `claim`, `rival-date`, `alias`, `summary`, `cite` or `quote`.

    `field` is the name of the field or metric; `before` is empty where there was nothing. With `keep`, `after` is what
    the table says and the base does not take.
    """

    column: str
    what: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What becomes of one row; `record` is the slug of the record it speaks of (or may), `confidence` 0 to 1."""

    line: int
    name: str
    status: str
    record: str = ""
    record_name: str = ""
    confidence: float = 0.0
    why: str = ""
    changes: tuple[CellChange, ...] = ()


@dataclass(slots=True)
class Writes:
    """The rows to be written: new ones by table, and changes of stored ones as (table, key, new values)."""

    inserts: dict[str, list[PlainRow]] = field(default_factory=dict)
    updates: list[tuple[str, str, PlainRow]] = field(default_factory=list)

    def insert(self, table: str, row: PlainRow) -> None:
        """Note a new row."""
        self.inserts.setdefault(table, []).append(row)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole of an import before it is done."""

    file: str
    rows: tuple[RowPlan, ...]
    problems: tuple[Problem, ...]
    problem_count: int
    writes: Writes

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each status, and how many claims and sources are new."""
        told = Counter(row.status for row in self.rows)
        out = {status: told[status] for status in STATUSES}
        out["claims"] = len(self.writes.inserts.get("claim", ()))
        out["sources"] = len(self.writes.inserts.get("source", ()))
        return out

    @property
    def does_nothing(self) -> bool:
        """Say whether nothing would be written."""
        return not any(self.writes.inserts.values()) and not self.writes.updates
