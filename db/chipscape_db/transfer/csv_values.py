"""Values of the base as cells of files, and the ids of people and files for those of the base."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection

from chipscape_db.models import Base

Row: TypeAlias = list[str]


def cell(value: object) -> str:
    """Return a value of the base as a cell: nothing for what is not known, line ends as line feeds."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") if "\r" in text or "\0" in text else text


def rows_of(connection: Connection, table: str) -> list[dict[str, Any]]:
    """Return every row of a table of the base by the names of its columns."""
    names = [column.name for column in Base.metadata.tables[table].columns]
    listed = ", ".join(f'"{name}"' for name in names)
    rows = connection.exec_driver_sql(f'SELECT {listed} FROM "{table}"').all()
    return [dict(zip(names, row, strict=True)) for row in rows]


@dataclass(frozen=True, slots=True)
class Slugs:
    """The ids of people and files for those of the base."""

    records: dict[str, str]
    relationships: dict[str, str]

    @staticmethod
    def read(connection: Connection) -> "Slugs":
        """Read the slugs of all records and relationships."""
        records = connection.exec_driver_sql("SELECT id, slug FROM record").all()
        relationships = connection.exec_driver_sql("SELECT id, slug FROM relationship").all()
        return Slugs({row[0]: row[1] for row in records}, {row[0]: row[1] for row in relationships})

    def of(self, identity: str | None) -> str:
        """Return the slug of a record or relationship; empty for none."""
        return self.records.get(identity or "") or self.relationships.get(identity or "", "")
