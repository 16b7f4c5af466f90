"""What the base holds already, as an import asks for it: by name, by address, by what is claimed."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from chipscape_db.identity import id_of, new_id, slug_of
from chipscape_db.transfer.csv_values import rows_of
from chipscape_db.transfer.tables.cells import address_key
from chipscape_db.transfer.tables.matching import Matcher, folded
from chipscape_db.transfer.tables.plan import Writes

CONVENTIONS = ("sparsity", "engine", "scope", "scope_count", "direction", "bound", "period", "condition", "source_id")


class Stored:
    """The base at one moment, read once; what the import adds meanwhile is taken as there."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        records = connection.exec_driver_sql("SELECT id, slug, name FROM record").all()
        links = connection.exec_driver_sql("SELECT id, slug FROM relationship").all()
        former = connection.exec_driver_sql("SELECT slug FROM former_slug").all()
        self.names: dict[str, str] = {row[0]: row[2] for row in records}
        self.slugs: dict[str, str] = {row[0]: row[1] for row in records}
        self.taken_slugs = {row[1] for row in (*records, *links)} | {row[0] for row in former}
        self.taken_ids = {row[0] for row in (*records, *links)}
        self.new_records: dict[tuple[str, str], str] = {}
        self._matchers: dict[str, Matcher] = {}
        self._details: dict[str, dict[str, dict[str, Any]]] = {}

    def matcher(self, kind: str) -> Matcher:
        """Return the records of a kind by their names."""
        if kind not in self._matchers:
            self._matchers[kind] = Matcher(self.connection, kind)
        return self._matchers[kind]

    def details(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return the rows of the table of a kind by id."""
        if kind not in self._details:
            self._details[kind] = {row["id"]: row for row in rows_of(self.connection, kind)}
        return self._details[kind]

    def new_slug(self, name: str) -> str:
        """Return a free slug for a name and take it."""
        slug = slug_of(name, lambda wanted: wanted in self.taken_slugs)
        self.taken_slugs.add(slug)
        return slug

    def new_id(self, *parts: str) -> str:
        """Return the id that belongs to these parts, the same in every base, or a random one where it is taken."""
        identity = id_of(*parts)
        if identity in self.taken_ids:
            identity = new_id()
        self.taken_ids.add(identity)
        return identity

    @cached_property
    def claims(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """The claims by subject and metric."""
        out: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(self.connection, "claim"):
            out[row["subject_id"], row["metric"]].append(row)
            self.taken_ids.add(row["id"])
        return out

    @cached_property
    def citations(self) -> dict[str, list[dict[str, Any]]]:
        """The citations by record."""
        out: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(self.connection, "citation"):
            self.taken_ids.add(row["id"])
            if row["record_id"]:
                out[row["record_id"]].append(row)
        return out

    @cached_property
    def aliases(self) -> dict[str, set[str]]:
        """The folded other names by record."""
        out: dict[str, set[str]] = defaultdict(set)
        for row in rows_of(self.connection, "alias"):
            self.taken_ids.add(row["id"])
            out[row["record_id"]].add(folded(row["alias"]))
        return out

    @cached_property
    def summaries(self) -> set[tuple[str, str]]:
        """The (record, language) that have a summary."""
        rows = self.connection.exec_driver_sql("SELECT record_id, language FROM record_text WHERE field = 'summary'")
        return {(row[0], row[1]) for row in rows}

    @cached_property
    def sources_by_address(self) -> dict[str, str]:
        """The ids of sources by what their addresses share."""
        rows = self.connection.exec_driver_sql("SELECT id, url FROM source WHERE url <> '' ORDER BY id DESC").all()
        return {address_key(row[1]): row[0] for row in rows}

    @cached_property
    def official_hosts(self) -> set[str]:
        """The hosts of the organizations' own pages."""
        rows = self.connection.exec_driver_sql("SELECT website FROM organization WHERE website <> ''").all()
        return {address_key(row[0]).partition("/")[0] for row in rows}

    def cite(
        self, writes: Writes, record_id: str, source_id: str, *, locator: str | None, field: str | None, quote: str = ""
    ) -> bool:
        """Note a citation unless there is one of that source for the same field; False where there was."""
        there = self.citations[record_id]
        for row in there:
            if (row["source_id"], row["field"]) == (source_id, field):
                if quote and row["quote"] != quote:
                    writes.updates.append(("citation", row["id"], {"quote": quote}))
                    row["quote"] = quote
                    return True
                return False
        identity = self.new_id("imported-citation", record_id, field or "", source_id)
        row = {
            "id": identity, "record_id": record_id, "relationship_id": None, "field": field, "source_id": source_id,
            "locator": locator, "quote": quote or None,
        }  # fmt: skip
        there.append(row)
        writes.insert("citation", dict(row))
        return True
