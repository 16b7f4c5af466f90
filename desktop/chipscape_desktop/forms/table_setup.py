"""How a table is set up: which columns in which order and width, sorted and filtered by what."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chipscape_db.queries.tables import FactTable


@dataclass(frozen=True, slots=True)
class TableSetup:
    """A table as somebody set it up; columns are named, so that a setup outlives a new column.

    `columns` are those shown, from the left (empty: those shown at first); `sorting` names columns and whether from the
    end, `filters` holds what is typed over columns, `words` what is typed over the table.
    """

    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    sorting: tuple[tuple[str, bool], ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    def to_json(self) -> str:
        """Return it as text, always the same for the same setup."""
        told = {
            "columns": list(self.columns), "widths": dict(sorted(self.widths.items())),
            "sorting": [list(one) for one in self.sorting], "filters": dict(sorted(self.filters.items())),
            "words": self.words,
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "TableSetup":
        """Read a setup; what cannot be read is left as it is at first."""
        try:
            told: Any = json.loads(text)
            return cls(
                tuple(str(name) for name in told.get("columns", ())),
                {str(name): int(width) for name, width in told.get("widths", {}).items()},
                tuple((str(name), bool(down)) for name, down in told.get("sorting", ())),
                {str(name): str(typed) for name, typed in told.get("filters", {}).items()},
                str(told.get("words", "")),
            )
        except (ValueError, TypeError, AttributeError):
            return cls()

    def shown(self, table: FactTable) -> tuple[str, ...]:
        """Return the columns of a table that are shown, from the left."""
        there = {column.name for column in table.columns}
        kept = tuple(name for name in self.columns if name in there)
        return kept or tuple(column.name for column in table.columns if column.shown)
