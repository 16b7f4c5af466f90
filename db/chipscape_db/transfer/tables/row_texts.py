"""What hangs on the record of a row besides claims: other names, a summary, and what it is cited from."""

from chipscape_db.errors import N_, Invalid
from chipscape_db.transfer.tables.mapping import Column, Mapping
from chipscape_db.transfer.tables.matching import folded
from chipscape_db.transfer.tables.plan import CellChange, Writes
from chipscape_db.transfer.tables.row_sources import RowSources
from chipscape_db.transfer.tables.stored import Stored
from chipscape_db.vocabulary import LONGEST_SUMMARY


class RowTexts:
    """Compares names, summaries and citations with those that are there."""

    def __init__(self, stored: Stored, mapping: Mapping, writes: Writes, sources: RowSources) -> None:
        self._stored, self._mapping, self._writes, self._sources = stored, mapping, writes, sources

    def aliases(self, column: Column, identity: str, text: str) -> list[CellChange]:
        """Note the other names in a cell, between which stand semicolons or line ends, that are not there yet."""
        out = []
        there = self._stored.aliases[identity]
        for alias in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
            if folded(alias) in there or folded(alias) == folded(self._stored.names[identity]):
                continue
            there.add(folded(alias))
            row = {"id": self._stored.new_id("imported-alias", identity, alias), "record_id": identity, "alias": alias}
            self._writes.insert("alias", {**row, "language": column.language})
            out.append(CellChange(column.name, "alias", "aliases", "", alias))
        return out

    def summary(self, column: Column, identity: str, text: str) -> list[CellChange]:
        """Note a summary where there is none in its language; raises `Invalid` for one that is too long."""
        clean, language = " ".join(text.split()), column.language or "en"
        if not clean or (identity, language) in self._stored.summaries:
            return []
        if len(clean) > LONGEST_SUMMARY:
            template = N_("the text has {count} characters; shorten it to {longest}.")
            raise Invalid(template, count=len(clean), longest=LONGEST_SUMMARY)
        row = {"record_id": identity, "field": "summary", "language": language, "text": clean}
        self._writes.insert("record_text", row)
        return [CellChange(column.name, "summary", "summary", "", clean)]

    def citations(
        self, identity: str, pages: dict[str, list[str]], quote: str, *, line: int, column: str
    ) -> list[CellChange]:
        """Note that the record is cited from the pages of its row and from the table, whose words are the *quote*."""
        out = []
        for name, ids in pages.items():
            for source_id in ids:
                if self._stored.cite(self._writes, identity, source_id, locator=None, field=None):
                    out.append(CellChange(name, "cite", "citation", "", self._stored.names[source_id]))
        own = self._sources.table()
        if self._stored.cite(self._writes, identity, own, locator=f"row {line}", field=None, quote=quote):
            shown = quote or self._sources.title
            out.append(CellChange(column, "quote" if quote else "cite", "citation", "", shown))
        return out
