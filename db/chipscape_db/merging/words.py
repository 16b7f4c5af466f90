"""Rows and cells as texts that people can tell apart: ids become names, and a row one line."""

from collections.abc import Mapping

from sqlalchemy import Connection

from chipscape_db.merging.journals import KEYS
from chipscape_db.merging.shapes import REFERENCES
from chipscape_db.row_images import Image, Written, owner_of

_SHOWN = {
    "claim": ("metric", "value", "condition"),
    "citation": ("source_id", "field", "locator"),
    "alias": ("alias",),
    "record_text": ("field", "language", "text"),
    "relationship_text": ("language", "text"),
    "participant": ("record_id", "role"),
    "relationship": ("subject_id", "kind", "object_id"),
    "snapshot": ("name",),
}


class Words:
    """Knows the names of the records of both sides."""

    def __init__(self, connection: Connection, coming: Mapping[str, Image]) -> None:
        self._connection = connection
        self._coming = coming
        self._names: dict[str, str] = {}

    def name(self, identity: str) -> str:
        """Return the name of a record, or of the two that a relationship joins; else the id as it is."""
        if identity not in self._names:
            found = self._connection.exec_driver_sql("SELECT name FROM record WHERE id = ?", (identity,)).scalar()
            if found is None and identity in self._coming:
                found = str(self._coming[identity]["name"])
            if found is None:
                ends = self._connection.exec_driver_sql(
                    "SELECT subject_id, object_id FROM relationship WHERE id = ?", (identity,)
                ).first()
                found = " → ".join(self.name(end) for end in ends) if ends else identity
            self._names[identity] = found
        return self._names[identity]

    def cell(self, table: str, column: str, value: object) -> str:
        """Return a value as text; ids as the names they stand for."""
        if value is None:
            return ""
        return self.name(str(value)) if column in REFERENCES[table] else str(value)

    def line(self, table: str, row: Image) -> str:
        """Return what tells a row from others of its table."""
        if table == "record":
            return str(row["name"])
        columns = _SHOWN.get(table) or [name for name in row if name not in KEYS[table]]
        return " · ".join(filter(None, (self.cell(table, name, row[name]) for name in columns)))

    def owner(self, table: str, row: Image) -> tuple[str, str]:
        """Return the id and the name of what a row belongs to."""
        key = {name: row[name] for name in KEYS[table]}
        owner_id = owner_of(Written(table, key, None, row)) or ""
        if table == "relationship":
            return owner_id, self.line(table, row)
        if table in ("saved_figure", "table_view"):
            return owner_id, str(row["name"])
        return owner_id, self.name(owner_id) if owner_id else self.line(table, row)
