"""The rows of CSV files as the plain rows that the fact base stores."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection

from chipscape_db import models
from chipscape_db.identity import id_of, new_id
from chipscape_db.metrics import METRICS
from chipscape_db.models.base import with_bounds
from chipscape_db.transfer.csv_base import COLUMN_OF, TABLE_OF, alias_rows, citation_rows, claim_rows
from chipscape_db.transfer.csv_check import Facts
from chipscape_db.transfer.csv_citations import citation_fingerprints, numbered
from chipscape_db.transfer.csv_claims import fingerprints
from chipscape_db.transfer.csv_contract import TABLES
from chipscape_db.transfer.csv_extras import translated_columns
from chipscape_db.transfer.csv_kept import KnownKept
from chipscape_db.transfer.csv_values import Slugs, rows_of
from chipscape_db.vocabulary import KIND_OF_FILE

PlainRow: TypeAlias = dict[str, Any]
MODEL_OF: dict[str, type[models.Base]] = {
    "record": models.Record,
    "source": models.Source,
    "organization": models.Organization,
    "chip": models.Chip,
    "model": models.Model,
    "software": models.Software,
    "policy": models.Policy,
    "sector": models.Sector,
    "event": models.Event,
    "relationship": models.Relationship,
    "record_text": models.RecordText,
    "relationship_text": models.RelationshipText,
    "participant": models.Participant,
    "alias": models.Alias,
    "claim": models.Claim,
    "citation": models.Citation,
    "statement": models.Statement,
    "statement_text": models.StatementText,
    "statement_source": models.StatementSource,
    "saved_figure": models.SavedFigure,
    "table_view": models.TableView,
    "map_place": models.MapPlace,
    "review_mark": models.ReviewMark,
    "dismissal": models.Dismissal,
    "former_slug": models.FormerSlug,
    "snapshot": models.Snapshot,
}
"""The tables that files fill, those first that others refer to."""


@dataclass(slots=True)
class Known:
    """The ids that a fact base has given already, by what the files know its facts by."""

    records: dict[str, str]
    relationships: dict[str, str]
    statements: dict[str, str]
    claims: dict[str, str]
    citations: dict[tuple[str, ...], str]
    aliases: dict[tuple[str, ...], str]
    marks: dict[str, PlainRow]
    """Of each claim, what claims.csv has no column for."""
    kept: KnownKept

    @staticmethod
    def read(connection: Connection) -> "Known":
        """Read what there is."""
        slugs = Slugs.read(connection)
        claims = claim_rows(connection, slugs)
        prints = fingerprints([row for _, row in claims])
        return Known(
            {slug: identity for identity, slug in slugs.records.items()},
            {slug: identity for identity, slug in slugs.relationships.items()},
            {str(row["number"]): row["id"] for row in rows_of(connection, "statement")},
            {mark: identity for mark, (identity, _) in zip(prints, claims, strict=True)},
            _by_cells(citation_rows(connection, slugs)),
            _by_cells(alias_rows(connection, slugs)),
            {row["id"]: {name: row[name] for name in _MARKS} for row in rows_of(connection, "claim")},
            KnownKept.read(connection, slugs),
        )


_MARKS = ("asserted_on", "asserted_on_from", "asserted_on_to", "rank", "rank_reason", "repeats_id")
_NO_MARKS: PlainRow = dict.fromkeys(_MARKS) | {"rank": "normal"}


def _by_cells(rows: list[tuple[str, list[str]]]) -> dict[tuple[str, ...], str]:
    keys = numbered(row for _, row in rows)
    return {key: identity for key, (identity, _) in zip(keys, rows, strict=True)}


def _texts(name: str, row: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the texts in the English and French columns of a row; English names are the record's own."""
    for stem, field in translated_columns(name).items():
        for language in ("en", "fr"):
            text = row[f"{stem}_{language}"]
            if text and (field, language) != ("name", "en"):
                yield {"field": field, "language": language, "text": text}


class Rows:
    """The plain rows of every table that a folder of facts fills, complete and with their ids."""

    def __init__(self, facts: Facts, known: Known) -> None:
        self.facts = facts
        self.known = known
        self.out: dict[str, list[PlainRow]] = {table: [] for table in MODEL_OF}
        self.taken = {*known.records.values(), *known.relationships.values(), *known.statements.values()}
        self.taken |= {*known.claims.values(), *known.citations.values(), *known.aliases.values()}
        told = self.facts.rows("ids")
        self.told = {(row["of"], row["id"]): row["uuid"] for row in told if row["uuid"] not in self.taken}
        self.records = known.records | self._slugs(KIND_OF_FILE.items(), known.records)
        self.relationships = known.relationships | self._slugs([("relationships", "relationship")], known.relationships)
        self.statements = {
            number: known.statements.get(number) or self._fresh("statement", number)
            for number in facts.sheets["seed_claims"].column("n")
        }

    def _fresh(self, *parts: str) -> str:
        """Return the id that belongs to these parts, or a new one where a renamed fact holds it already."""
        identity = id_of(*parts)
        return identity if identity not in self.taken else new_id()

    def _told(self, file: str, slug: str) -> str | None:
        """Return the UUID that ids.csv gives a record or relationship."""
        return self.told.get(("relationships" if file == "relationships" else "records", slug))

    def _slugs(self, files: Iterable[tuple[str, str]], known: dict[str, str]) -> dict[str, str]:
        return {
            slug: known.get(slug) or self._told(name, slug) or self._fresh(kind, slug)
            for name, kind in files
            for slug in self.facts.sheets[name].column("id")
        }

    def build(self) -> dict[str, list[PlainRow]]:
        """Return the rows by table."""
        for name, table in TABLE_OF.items():
            self._records(name, table)
        self._relationships()
        self._participants()
        self._aliases()
        self._claims()
        self._citations()
        self._statements()
        self._further_texts()
        self.out |= self.known.kept.build(self.facts.sheets, self.records)
        return self.out

    def _records(self, name: str, table: str) -> None:
        dates = MODEL_OF[table].dates
        left_out = {f"{stem}_{language}" for stem in translated_columns(name) for language in ("en", "fr")}
        header = [column.name for column in TABLES[name].columns]
        columns = [(column, COLUMN_OF.get((name, column), column)) for column in header]
        columns = [one for one in columns if one[0] not in left_out and one[1] not in ("id", "name")]
        told = self.facts.rows("source_details")
        details = {row["source_id"]: {key: row[key] or None for key in ("doi", "reliability")} for row in told}
        title = next(column for column in header if COLUMN_OF.get((name, column), column) == "name")
        for row in self.facts.rows(name):
            identity = self.records[row["id"]]
            self.out["record"].append({"id": identity, "kind": table, "slug": row["id"], "name": row[title]})
            detail: PlainRow = {"id": identity}
            if table == "source":
                detail |= details.get(row["id"]) or self.known.kept.details_of(identity)
            for column, stored in columns:
                value: Any = row[column] or None
                if value is not None and column.endswith("_id"):
                    value = self.records[value]
                detail[stored] = int(value) if column == "importance" else value
            self.out[table].append(with_bounds(detail, *dates))
            self.out["record_text"].extend({"record_id": identity, **text} for text in _texts(name, row))

    def _relationships(self) -> None:
        for row in self.facts.rows("relationships"):
            identity = self.relationships[row["id"]]
            plain: PlainRow = {
                "id": identity,
                "slug": row["id"],
                "subject_id": self.records[row["subject_id"]],
                "kind": row["kind"],
                "object_id": self.records[row["object_id"]],
                "starts_on": row["starts_on"] or None,
                "ends_on": row["ends_on"] or None,
            }
            self.out["relationship"].append(with_bounds(plain, "starts_on", "ends_on"))
            for language in ("en", "fr"):
                if row[f"summary_{language}"]:
                    self.out["relationship_text"].append(
                        {"relationship_id": identity, "language": language, "text": row[f"summary_{language}"]}
                    )

    def _participants(self) -> None:
        for event, entity, role in self.facts.sheets["event_participants"].rows:
            ends = {"event_id": self.records[event], "record_id": self.records[entity]}
            self.out["participant"].append({**ends, "role": role})

    def _aliases(self) -> None:
        for cells in self.facts.sheets["aliases"].rows:
            identity = self.known.aliases.get(tuple(cells)) or self._fresh("alias", *cells)
            record, alias, language = cells
            self.out["alias"].append(
                {"id": identity, "record_id": self.records[record], "alias": alias, "language": language}
            )

    def _claims(self) -> None:
        sheet = self.facts.sheets["claims"]
        ids = {mark: self._claim_id(mark) for mark in fingerprints(sheet.rows)}
        quotes = self._quotes()
        marks = {row["claim"]: row for row in self.facts.rows("ranks")}
        for row, mark in zip(self.facts.rows("claims"), ids, strict=True):
            plain: PlainRow = {name: value or None for name, value in row.items() if name != "unit"}
            number = METRICS[row["metric"]].kind == "number"
            plain |= {
                "id": ids[mark],
                "quote": quotes.get(("claims", mark)) or self.known.kept.quotes.get(ids[mark]),
                "subject_id": self.records[row["subject_id"]],
                "source_id": self.records[row["source_id"]],
                "number": float(row["value"]) if number else None,
                "scope_count": int(row["scope_count"]) if row["scope_count"] else None,
            }
            plain |= self.known.marks.get(ids[mark], _NO_MARKS)
            if mark in marks:
                told = marks[mark]
                plain |= {name: told[name] or None for name in ("asserted_on", "rank", "rank_reason")}
                plain["repeats_id"] = ids[told["repeats"]] if told["repeats"] else None
            self.out["claim"].append(with_bounds(plain, "period", "asserted_on"))

    def _claim_id(self, mark: str) -> str:
        known = self.known.claims.get(mark) or self.told.get(("claims", mark))
        return known or (mark if mark not in self.taken else new_id())

    def _citations(self) -> None:
        rows, quotes = self.facts.sheets["citations"].rows, self._quotes()
        for key, mark in zip(numbered(rows), citation_fingerprints(rows), strict=True):
            subject, field, source, locator = key[:4]
            identity = self.known.citations.get(key) or self._fresh("citation", *key)
            self.out["citation"].append(
                {
                    "id": identity,
                    "record_id": self.records.get(subject),
                    "relationship_id": self.relationships.get(subject),
                    "field": field or None,
                    "source_id": self.records[source],
                    "locator": locator or None,
                    "quote": quotes.get(("citations", mark)) or self.known.kept.quotes.get(identity),
                }
            )

    def _quotes(self) -> dict[tuple[str, str], str]:
        return {(row["of"], row["id"]): row["quote"] for row in self.facts.rows("quotes")}

    def _statements(self) -> None:
        for row in self.facts.rows("seed_claims"):
            identity = self.statements[row["n"]]
            self.out["statement"].append({"id": identity, "number": int(row["n"]), "verdict": row["verdict"]})
            for position, source in enumerate(row["source_ids"].split(";") if row["source_ids"] else ()):
                self.out["statement_source"].append(
                    {"statement_id": identity, "position": position, "source_id": self.records[source]}
                )
            texts = _texts("seed_claims", row)
            self.out["statement_text"].extend({"statement_id": identity, **text} for text in texts)

    def _further_texts(self) -> None:
        for identity, field, language, text in self.facts.sheets["texts"].rows:
            told = {"language": language, "text": text}
            if identity in self.records:
                self.out["record_text"].append({"record_id": self.records[identity], "field": field, **told})
            elif identity in self.relationships:
                self.out["relationship_text"].append({"relationship_id": self.relationships[identity], **told})
            else:
                self.out["statement_text"].append({"statement_id": self.statements[identity], "field": field, **told})
