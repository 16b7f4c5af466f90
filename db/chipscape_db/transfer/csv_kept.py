"""What curators keep beside the facts - figures, views, places, marks, quotes, copies of sources - as files."""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from chipscape_db.errors import N_
from chipscape_db.identity import id_of, new_id
from chipscape_db.transfer.csv_cells import Fault
from chipscape_db.transfer.csv_citations import citation_fingerprints
from chipscape_db.transfer.csv_claims import fingerprints
from chipscape_db.transfer.csv_contract import EXTRA_TABLES
from chipscape_db.transfer.csv_read import Sheet
from chipscape_db.transfer.csv_values import Row, Slugs, cell, rows_of

SNAPSHOTS: Final = "snapshots"
"""The folder beside the files that holds the bytes of copies of sources, each named by its SHA-256."""

KEPT: Final[Mapping[str, tuple[str, int]]] = {
    "figures": ("saved_figure", 1),
    "table_views": ("table_view", 1),
    "map_places": ("map_place", 2),
    "reviews": ("review_mark", 1),
    "dismissals": ("dismissal", 1),
    "former_slugs": ("former_slug", 1),
    "snapshots": ("snapshot", 6),
}
"""The files whose rows are rows of a table of the base, and how many cells, from the left, tell a row from others."""

_BY_NAME: Final = {"figures": "figure", "table_views": "table-view"}


def kept_rows(connection: Connection, slugs: Slugs) -> dict[str, list[Row]]:
    """Return the rows of the files in `KEPT` and of `source_details.csv`."""
    out: dict[str, list[Row]] = {}
    for file, (table, _key) in KEPT.items():
        header = EXTRA_TABLES[file].header
        out[file] = []
        for row in rows_of(connection, table):
            row |= {name: slugs.of(row[name]) for name in ("record_id", "source_id") if name in row}
            row["table"] = row.get("table_name")
            out[file].append([cell(row[name]) for name in header])
    told = connection.exec_driver_sql(
        "SELECT r.slug, s.doi, s.reliability FROM source s JOIN record r ON r.id = s.id "
        "WHERE s.doi <> '' OR s.reliability IS NOT NULL"
    )
    out["source_details"] = [[row[0], cell(row[1]), cell(row[2])] for row in told.all()]
    return out


def quote_rows(connection: Connection, claims: list[tuple[str, Row]], citations: list[tuple[str, Row]]) -> list[Row]:
    """Return the rows of quotes.csv, given the claims and citations as their own files have them."""
    out = []
    for file, rows, marks in (
        ("claims", claims, fingerprints([row for _, row in claims])),
        ("citations", citations, citation_fingerprints([row for _, row in citations])),
    ):
        quotes: dict[str, str] = dict(
            connection.exec_driver_sql(f"SELECT id, quote FROM {file[:-1]} WHERE quote <> ''").all()
        )
        out += [
            [file, mark, cell(quotes[one])] for (one, _), mark in zip(rows, marks, strict=True) if one in quotes
        ]  # fmt: skip
    return out


def id_rows(connection: Connection, claims: list[tuple[str, Row]]) -> list[Row]:
    """Return the rows of ids.csv: what has another UUID than the one that belongs to its id or fingerprint."""
    records = connection.exec_driver_sql("SELECT kind, slug, id FROM record").all()
    links = connection.exec_driver_sql("SELECT slug, id FROM relationship").all()
    out = [["records", slug, own] for kind, slug, own in records if own != id_of(kind, slug)]
    out += [["relationships", slug, own] for slug, own in links if own != id_of("relationship", slug)]
    marks = fingerprints([row for _, row in claims])
    return out + [["claims", mark, own] for (own, _), mark in zip(claims, marks, strict=True) if own != mark]


def snapshot_bytes(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Yield the hash and the bytes of every copy of a source that the base speaks of, one at a time."""
    hashes = connection.exec_driver_sql("SELECT DISTINCT sha256 FROM snapshot ORDER BY sha256").all()
    for (sha256,) in hashes:
        content = connection.exec_driver_sql(
            "SELECT content FROM snapshot_content WHERE sha256 = ?", (sha256,)
        ).scalar_one()
        yield sha256, content


def kept_faults(sheets: Mapping[str, Sheet], folder: Path | None) -> Iterator[tuple[str, int, str, Fault]]:
    """Yield (file, row, column, fault) for the files beside the contract; bytes only with a folder."""
    for file, (_table, cells) in KEPT.items():
        yield from _repeated(sheets[file], file, cells)
    yield from _repeated(sheets["source_details"], "source_details", 1)
    yield from _repeated(sheets["quotes"], "quotes", 2)
    yield from _repeated(sheets["ids"], "ids", 2)
    seen: set[str] = set()
    for index, uuid in enumerate(sheets["ids"].column("uuid")):
        if uuid in seen:
            yield "ids", index, "uuid", Fault(N_("another row has this UUID already; each fact has its own."))
        seen.add(uuid)
    for file in _BY_NAME:
        for index, text in enumerate(sheets[file].column("content")):
            if text and not _is_json(text):
                yield file, index, "content", Fault(N_("this is not well-formed JSON; take it from another dump."))
    known = {
        "claims": (sheets["claims"], fingerprints),
        "citations": (sheets["citations"], citation_fingerprints),
    }
    marks = {name: set(prints(sheet.rows)) for name, (sheet, prints) in known.items()} if sheets["quotes"].rows else {}
    for index, (of, mark, _quote) in enumerate(sheets["quotes"].rows):
        if of in marks and mark and mark not in marks[of] and sheets[of].whole:
            template = N_("'{value}' is the fingerprint of no row of {file}; remove it, or undo the change there.")
            yield "quotes", index, "id", Fault(template, {"value": mark, "file": f"{of}.csv"})
    for axis in ("x", "y"):
        for index, text in enumerate(sheets["map_places"].column(axis)):
            if text and not _is_real(text):
                yield "map_places", index, axis, Fault(N_("'{value}' is not a number."), {"value": text})
    if folder is not None:
        yield from _byte_faults(sheets["snapshots"], folder)


def _repeated(sheet: Sheet, file: str, cells: int) -> Iterator[tuple[str, int, str, Fault]]:
    seen: dict[tuple[str, ...], int] = {}
    for index, row in enumerate(sheet.rows):
        first = seen.setdefault(tuple(row[:cells]), index)
        if first != index and sheet.rows[first] != row:
            template = N_("row {row} speaks of the same already; keep one of them.")
            yield file, index, "", Fault(template, {"row": sheet.lines[first]})


def _byte_faults(sheet: Sheet, folder: Path) -> Iterator[tuple[str, int, str, Fault]]:
    for index, row in enumerate(sheet.rows):
        told = dict(zip(sheet.table.header, row, strict=True))
        path = folder / SNAPSHOTS / told["sha256"]
        if not _is_hash(told["sha256"]):
            yield "snapshots", index, "sha256", Fault(N_("this is not a SHA-256; it has 64 digits and letters a to f."))
        elif not path.is_file():
            yield (
                "snapshots",
                index,
                "sha256",
                Fault(N_("the file {file} is missing."), {"file": f"{SNAPSHOTS}/{path.name}"}),
            )
        elif str(path.stat().st_size) != told["size"]:
            template = N_("the file {file} has {count} bytes, not {expected}.")
            params: dict[str, object] = {"file": path.name, "count": path.stat().st_size, "expected": told["size"]}
            yield "snapshots", index, "size", Fault(template, params)
        elif hashlib.sha256(path.read_bytes()).hexdigest() != told["sha256"]:
            yield (
                "snapshots",
                index,
                "sha256",
                Fault(N_("the file {file} holds other bytes than its name says."), {"file": path.name}),
            )


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_real(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class KnownKept:
    """What a base keeps already: ids by the cells that tell a row from others, and what only other files speak of."""

    ids: dict[tuple[str, ...], str]
    details: dict[str, dict[str, Any]]
    quotes: dict[str, str | None]

    @staticmethod
    def read(connection: Connection, slugs: Slugs) -> "KnownKept":
        """Read what there is."""
        ids: dict[tuple[str, ...], str] = {}
        for row in rows_of(connection, "saved_figure"):
            ids["figures", cell(row["name"])] = row["id"]
        for row in rows_of(connection, "table_view"):
            ids["table_views", cell(row["name"])] = row["id"]
        header = EXTRA_TABLES["snapshots"].header
        for row in rows_of(connection, "snapshot"):
            own = row["id"]
            row["source_id"] = slugs.of(row["source_id"])
            ids["snapshots", *(cell(row[name]) for name in header)] = own
        details = connection.exec_driver_sql("SELECT id, doi, reliability FROM source").all()
        quotes: dict[str, str | None] = {}
        for table in ("claim", "citation"):
            quotes |= dict(connection.exec_driver_sql(f"SELECT id, quote FROM {table} WHERE quote <> ''").all())
        return KnownKept(ids, {row[0]: {"doi": row[1], "reliability": row[2]} for row in details}, quotes)

    def build(self, sheets: Mapping[str, Sheet], records: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
        """Return the plain rows of the tables that the files in `KEPT` fill."""
        out: dict[str, list[dict[str, Any]]] = {table: [] for table, _ in KEPT.values()}
        for file, (table, cells) in KEPT.items():
            for row in sheets[file].rows:
                plain: dict[str, Any] = dict(zip(sheets[file].table.header, row, strict=True))
                if file in _BY_NAME:
                    plain["id"] = self.ids.get((file, row[0])) or self._fresh(_BY_NAME[file], row[0])
                elif file == "snapshots":
                    plain["id"] = self.ids.get((file, *row)) or self._fresh("snapshot", *row[:cells])
                    plain["size"] = int(plain["size"])
                if "table" in plain:
                    plain["table_name"] = plain.pop("table")
                for name in ("record_id", "source_id"):
                    if name in plain:
                        plain[name] = records[plain[name]] if plain[name] else None
                for axis in ("x", "y"):
                    if axis in plain:
                        plain[axis] = float(plain[axis])
                out[table].append(plain)
        return out

    def _fresh(self, *parts: str) -> str:
        identity = id_of(*parts)
        return identity if identity not in self.ids.values() else new_id()

    def details_of(self, source_id: str) -> dict[str, Any]:
        """Return what only source_details.csv says of a source, as the base has it now."""
        return self.details.get(source_id, {"doi": None, "reliability": None})


def put_bytes(connection: Connection, sheet: Sheet, folder: Path) -> None:
    """Store the bytes of the copies that *sheet* speaks of; they lie beside the journal, each once."""
    for sha256 in dict.fromkeys(sheet.column("sha256")):
        content = (folder / SNAPSHOTS / sha256).read_bytes()
        store_bytes(connection, [(sha256, content)])


def store_bytes(connection: Connection, contents: Iterable[tuple[str, bytes]]) -> None:
    """Store bytes by their hash where they are not stored yet."""
    for sha256, content in contents:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO snapshot_content (sha256, content) VALUES (?, ?)", (sha256, content)
        )
