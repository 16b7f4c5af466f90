"""The fields of a row: what its cells say of the record itself, checked as a form would check it."""

from chipscape_db.commands.fields import RECORD_FIELDS, Field, Stored, stored
from chipscape_db.errors import N_, FactsError, Invalid
from chipscape_db.metrics import METRICS
from chipscape_db.models.base import with_bounds
from chipscape_db.models.records import Record
from chipscape_db.partial_date import PartialDate
from chipscape_db.transfer.tables.cells import date_in, links_of
from chipscape_db.transfer.tables.mapping import Column, Mapping
from chipscape_db.transfer.tables.matching import SURE, folded
from chipscape_db.transfer.tables.plan import Writes
from chipscape_db.transfer.tables.row_sources import RowSources
from chipscape_db.transfer.tables.stored import Stored as Base

_COUNTRIES = {
    "china": "CN", "chine": "CN", "prc": "CN", "hongkong": "HK", "taiwan": "TW", "unitedstates": "US", "usa": "US",
    "unitedstatesofamerica": "US", "etatsunis": "US", "france": "FR", "germany": "DE", "allemagne": "DE",
    "unitedkingdom": "GB", "uk": "GB", "royaumeuni": "GB", "japan": "JP", "japon": "JP", "korea": "KR",
    "southkorea": "KR", "coree": "KR", "coreedusud": "KR", "netherlands": "NL", "paysbas": "NL", "israel": "IL",
    "canada": "CA", "switzerland": "CH", "suisse": "CH", "singapore": "SG", "singapour": "SG", "india": "IN",
    "inde": "IN", "saudiarabia": "SA", "arabiesaoudite": "SA", "unitedarabemirates": "AE", "uae": "AE",
    "emiratsarabesunis": "AE", "russia": "RU", "russie": "RU", "italy": "IT", "italie": "IT", "spain": "ES",
    "espagne": "ES", "sweden": "SE", "suede": "SE", "finland": "FI", "finlande": "FI",
}  # fmt: skip


class RowFields:
    """Turns cells into what the columns of the base hold, records named by their ids."""

    def __init__(self, stored_: Base, mapping: Mapping, writes: Writes, sources: RowSources) -> None:
        self._stored, self._mapping, self._writes, self._sources = stored_, mapping, writes, sources
        self.fields = {field.name: field for field in RECORD_FIELDS[mapping.kind]}

    def value(self, column: Column, text: str, *, line: int) -> Stored:
        """Return what the base would hold for a cell; raises `Invalid` where it may not."""
        field = self.fields[column.field]
        if field.form == "date":
            return date_in(text, self._mapping.date_order)
        if field.form == "record":
            return self._reference(field, column, text, line)
        if field.form == "country":
            text = _COUNTRIES.get(folded(text), text.upper())
        elif field.form == "word":
            text = _word(field, text)
        elif field.form == "url":
            text = next(iter(links_of(text)), text)
        elif field.form == "language":
            text = text.lower()[:2]
        return stored(field, text)

    def missing(self, row: dict[str, Stored]) -> list[str]:
        """Return the fields that a new record must have and this one lacks."""
        return [name for name, field in self.fields.items() if field.required and not row.get(name)]

    def detail(self, identity: str, values: dict[str, Stored]) -> dict[str, object]:
        """Return a whole row of the table of the kind."""
        detail: dict[str, object] = {"id": identity} | {
            name: values.get(name) for name in self.fields if name != "name"
        }
        if self._mapping.kind == "source":
            detail |= {"doi": None, "reliability": None}
        return with_bounds(detail, *_model(self._mapping.kind).dates)

    def rival_metric(self, field: str) -> str:
        """Return the metric under which a date may be claimed beside the record's own; empty where there is none."""
        key = f"date.{field.replace('_', '-')}"
        return key if key in METRICS and self._mapping.kind in METRICS[key].applies_to else ""

    def _reference(self, field: Field, column: Column, text: str, line: int) -> Stored:
        kind = field.refers_to or "organization"
        match = self._stored.matcher(kind).best(text)
        if match is not None and match.confidence >= SURE:
            return match.record_id
        added = self._stored.new_records.get((kind, folded(text)))
        if added:
            return added
        if column.missing != "add" or kind not in ("organization", "source"):
            if match is not None:
                template = N_(
                    "'{text}' may be {name}, but this is not sure; write it as the base does, or add an alias."
                )
                raise Invalid(template, field=field.name, text=text, name=match.name)
            template = N_("'{text}' is not in the fact base; add it first, or let the import add what is missing.")
            raise Invalid(template, field=field.name, text=text)
        return self._added(kind, text, line, column)

    def _added(self, kind: str, name: str, line: int, column: Column) -> str:
        slug = self._stored.new_slug(name)
        identity = self._stored.new_id(kind, slug)
        self._stored.names[identity], self._stored.slugs[identity] = name, slug
        self._stored.new_records[kind, folded(name)] = identity
        self._writes.insert("record", {"id": identity, "kind": kind, "slug": slug, "name": name})
        other = RowFields(self._stored, Mapping(kind, ()), self._writes, self._sources)
        word = {"org_kind": "company"} if kind == "organization" else {"source_kind": "reference"}
        self._writes.insert(kind, other.detail(identity, dict(word)))
        if kind != "source":
            self._stored.cite(
                self._writes, identity, self._sources.table(), locator=f"row {line}, {column.name}", field=None
            )
        return identity


def more_precise(new: str, old: str) -> bool | None:
    """Say whether one date lies within the other: True if the new one is the narrower, False if not, None if apart."""
    try:
        first, second = PartialDate.parse(new), PartialDate.parse(old)
    except FactsError:
        return None
    if first.contains(second):
        return False
    return True if second.contains(first) else None


def _word(field: Field, text: str) -> str:
    plain = folded(text)
    return next((word for word in field.words if folded(word) == plain), text)


def _model(kind: str) -> type[Record]:
    from chipscape_db.queries.forms import MODEL_OF_KIND

    return MODEL_OF_KIND[kind]
