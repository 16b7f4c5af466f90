"""A fact base as rows of the text form: what `csv_dump` writes, and what `csv_load` finds facts again by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection

from chipscape_db.transfer.csv_claims import fingerprints
from chipscape_db.transfer.csv_contract import ALL_TABLES, TABLES
from chipscape_db.transfer.csv_extras import translated_columns
from chipscape_db.transfer.csv_kept import id_rows, kept_rows, quote_rows
from chipscape_db.transfer.csv_read import sort_key
from chipscape_db.transfer.csv_values import Row, Slugs, cell, rows_of

COLUMN_OF: Mapping[tuple[str, str], str] = {
    ("sources", "title"): "name",
    ("sources", "kind"): "source_kind",
    ("organizations", "kind"): "org_kind",
    ("events", "title_en"): "name",
    ("events", "kind"): "event_kind",
    ("sectors", "name_en"): "name",
}
"""The columns of the base that have another name in the files."""

TABLE_OF: Mapping[str, str] = {
    "sources": "source",
    "organizations": "organization",
    "chips": "chip",
    "models": "model",
    "software": "software",
    "policies": "policy",
    "sectors": "sector",
    "events": "event",
}
"""The table of the base behind each file of records."""


def claim_rows(connection: Connection, slugs: Slugs) -> list[tuple[str, Row]]:
    """Return (id, cells) of every claim in the order of claims.csv."""
    units: dict[str, str] = dict(connection.exec_driver_sql("SELECT key, unit FROM metric").all())
    out = []
    for row in rows_of(connection, "claim"):
        rest = tuple(cell(row[name]) for name in ("rank", "rank_reason", "asserted_on", "quote"))
        row |= {
            "subject_id": slugs.of(row["subject_id"]),
            "source_id": slugs.of(row["source_id"]),
            "unit": units[row["metric"]],
        }
        out.append((row["id"], [cell(row[name]) for name in TABLES["claims"].header], rest))
    return _in_order(out)


def citation_rows(connection: Connection, slugs: Slugs) -> list[tuple[str, Row]]:
    """Return (id, cells) of every citation in the order of citations.csv."""
    out = [
        (
            row["id"],
            [
                slugs.of(row["record_id"] or row["relationship_id"]),
                cell(row["field"]),
                slugs.of(row["source_id"]),
                cell(row["locator"]),
            ],
            (cell(row["quote"]),),
        )
        for row in rows_of(connection, "citation")
    ]
    return _in_order(out)


def _in_order(rows: Iterable[tuple[str, Row, tuple[str, ...]]]) -> list[tuple[str, Row]]:
    """Sort rows by their cells, equal ones by the rest of what they say: ids may differ from base to base."""
    ordered = sorted(rows, key=lambda one: (one[1], one[2], one[0]))
    return [(identity, cells) for identity, cells, _ in ordered]


def alias_rows(connection: Connection, slugs: Slugs) -> list[tuple[str, Row]]:
    """Return (id, cells) of every alias in the order of aliases.csv."""
    rows = rows_of(connection, "alias")
    out = [(row["id"], [slugs.of(row["record_id"]), cell(row["alias"]), cell(row["language"])]) for row in rows]
    return sorted(out, key=lambda one: (one[1], one[0]))


class _Texts:
    """The texts of the base; those that no column takes are left for texts.csv."""

    def __init__(self, connection: Connection, slugs: Slugs, numbers: dict[str, str]) -> None:
        self.texts: dict[tuple[str, str, str], str] = {}
        for row in rows_of(connection, "record_text"):
            self._put(slugs.of(row["record_id"]), row["field"], row["language"], row["text"])
        for row in rows_of(connection, "relationship_text"):
            self._put(slugs.of(row["relationship_id"]), "summary", row["language"], row["text"])
        for row in rows_of(connection, "statement_text"):
            self._put(numbers[row["statement_id"]], row["field"], row["language"], row["text"])

    def _put(self, identity: str, field: str, language: str, text: str) -> None:
        if text:
            self.texts[identity, field, language] = cell(text)

    def take(self, name: str, identity: str) -> dict[str, str]:
        """Return the cells of the English and French columns of one row, and keep the rest."""
        cells = {}
        for stem, field in translated_columns(name).items():
            for language in ("en", "fr"):
                if (field, language) != ("name", "en"):
                    cells[f"{stem}_{language}"] = self.texts.pop((identity, field, language), "")
        return cells


def base_rows(connection: Connection) -> dict[str, list[Row]]:
    """Return the rows of every file that the base needs but `exceptions.csv`, each file's in its canonical order."""
    slugs = Slugs.read(connection)
    statements = rows_of(connection, "statement")
    texts = _Texts(connection, slugs, {row["id"]: str(row["number"]) for row in statements})
    names: dict[str, str] = dict(connection.exec_driver_sql("SELECT id, name FROM record").all())
    out: dict[str, list[Row]] = {}
    for file, table in TABLE_OF.items():
        header = TABLES[file].header
        columns = [COLUMN_OF.get((file, name), name) for name in header]
        out[file] = []
        for row in rows_of(connection, table):
            identity = slugs.of(row["id"])
            told = texts.take(file, identity)
            row |= {name: slugs.of(row[name]) for name in row if name.endswith("_id")}
            row |= {"id": identity, "name": names[row["id"]]} | told
            out[file].append([cell(row[column]) for column in columns])
    out["relationships"] = []
    for row in rows_of(connection, "relationship"):
        told = texts.take("relationships", row["slug"])
        row |= {"id": row["slug"], "subject_id": slugs.of(row["subject_id"]), "object_id": slugs.of(row["object_id"])}
        row |= told
        out["relationships"].append([cell(row[name]) for name in TABLES["relationships"].header])
    out["event_participants"] = [
        [slugs.of(row["event_id"]), slugs.of(row["record_id"]), row["role"]]
        for row in rows_of(connection, "participant")
    ]
    claims = claim_rows(connection, slugs)
    out["claims"] = [row for _, row in claims]
    citations = citation_rows(connection, slugs)
    out["citations"] = [row for _, row in citations]
    out["aliases"] = [row for _, row in alias_rows(connection, slugs)]
    out["seed_claims"] = _statement_rows(connection, statements, slugs, texts)
    out["texts"] = [[*key, text] for key, text in texts.texts.items()]
    out["ranks"] = _rank_rows(connection, claims)
    out |= kept_rows(connection, slugs)
    out["quotes"] = quote_rows(connection, claims, citations)
    out["ids"] = id_rows(connection, claims)
    return {file: sorted(rows, key=partial(sort_key, ALL_TABLES[file])) for file, rows in out.items()}


def _statement_rows(
    connection: Connection, statements: Iterable[dict[str, Any]], slugs: Slugs, texts: _Texts
) -> list[Row]:
    sources = defaultdict(list)
    for row in sorted(rows_of(connection, "statement_source"), key=lambda row: row["position"]):
        sources[row["statement_id"]].append(slugs.of(row["source_id"]))
    out = []
    for row in statements:
        told = texts.take("seed_claims", str(row["number"]))
        cells = {"n": str(row["number"]), "verdict": row["verdict"], "source_ids": ";".join(sources[row["id"]])} | told
        out.append([cells[name] for name in TABLES["seed_claims"].header])
    return out


def _rank_rows(connection: Connection, claims: list[tuple[str, Row]]) -> list[Row]:
    print_of = dict(zip((identity for identity, _ in claims), fingerprints([row for _, row in claims]), strict=True))
    marked = connection.exec_driver_sql(
        "SELECT id, asserted_on, rank, rank_reason, repeats_id FROM claim "
        "WHERE rank <> 'normal' OR rank_reason <> '' OR asserted_on <> '' OR repeats_id IS NOT NULL"
    )
    return [[print_of[row[0]], cell(row[1]), row[2], cell(row[3]), print_of.get(row[4], "")] for row in marked.all()]
