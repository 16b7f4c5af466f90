"""A mapping suggested from the names of the columns, the units in them, and what their cells hold."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import replace
from typing import Final

from chipscape_db.commands.fields import RECORD_FIELDS
from chipscape_db.errors import FactsError
from chipscape_db.metrics import METRICS, Metric
from chipscape_db.transfer.tables.cells import date_in, date_order, decimal_sign, is_blank, links_of, value_in
from chipscape_db.transfer.tables.mapping import Column, Mapping
from chipscape_db.transfer.tables.raw import RawTable

_UNIT: Final = re.compile(r"[(\[]([^()\[\]]{1,24})[)\]]\s*$|(?:,| in) ([A-Za-zµ$€%²/^]{1,12})\s*$")
_SAMPLE: Final = 200
_METRIC_WORDS: Final = (
    (r"\bfp ?64\b|double[ -]precision", "compute.fp64"),
    (r"\btf ?32\b|tensor ?float", "compute.tf32"),
    (r"\bfp ?32\b|single[ -]precision", "compute.fp32"),
    (r"\bfp ?16\b|half[ -]precision", "compute.fp16"),
    (r"\bbf ?16\b|bfloat", "compute.bf16"),
    (r"\bfp ?8\b", "compute.fp8"),
    (r"\bfp ?4\b", "compute.fp4"),
    (r"\bint ?8\b", "compute.int8"),
    (r"\bint ?4\b", "compute.int4"),
    (r"memory (?:type|technology)|type de m[ée]moire", "memory.type"),
    (r"memory[\w ]*bandwidth|bande passante m[ée]moire|d[ée]bit m[ée]moire|(?:hbm|vram) bandwidth", "memory.bandwidth"),
    (r"interconnect|intra-?node|nvlink|chip-to-chip|scale-up|d'interconnexion", "interconnect.bandwidth"),
    (r"memory (?:size|capacity)|\bv?ram\b|\bhbm\b|m[ée]moire|^memory\b", "memory.capacity"),
    (r"\btdp\b|thermal design|power (?:draw|consumption)|^(?:max )?power\b|puissance", "power.tdp"),
    (r"die (?:size|area)|surface", "die.area"),
    (r"transistor", "die.transistors"),
    (r"process (?:size|node)|technology node|^(?:process|node)\b|gravure|finesse", "process.node"),
    (r"price|msrp|\bcost\b|prix", "price"),
    (r"(?:production|units|volume)[\w ]*(?:shipped|produced|volume|sold)?", "production.volume"),
    (r"active param", "model.active-parameters"),
    (r"param", "model.parameters"),
    (r"training (?:tokens|dataset|data)|dataset size|tokens d'entra", "model.training-tokens"),
    (r"training (?:compute|flop)|calcul d'entra", "model.training-compute"),
    (r"context", "model.context"),
    (r"revenue|chiffre d'affaires", "org.revenue"),
    (r"market share|part de march", "org.market-share"),
)  # fmt: skip
_NOT_METRICS: Final = re.compile(
    r"efficien|per (?:watt|dollar|second per)|/ ?w\b|source|link|note|clock|bus\b|int ?16", re.I
)
_FIELD_WORDS: Final[MappingType[str, str]] = {
    "designer_id": r"^(?:manufacturer|designer|vendor|maker|company|brand|constructeur|fabricant|concepteur)",
    "foundry_id": r"^(?:foundry|fab\b|fabbed|fonderie)",
    "developer_id": r"^(?:developer|organi[sz]ation|author|lab\b|company|vendor|maker|d[ée]veloppeur)",
    "authority_id": r"^(?:authority|issuer|agency|issued by|autorit)",
    "parent_id": r"^(?:parent|owner|holding|maison m)",
    "released_on": r"^(?:release|launch|publication|available|availability|date de sortie|sortie|date$)",
    "announced_on": r"^(?:announce|presented|annonc)",
    "effective_on": r"^(?:effective|in force|entry into force|entr[ée]e en vigueur)",
    "ended_on": r"^(?:ended|end date|repealed|until|fin)",
    "starts_on": r"^(?:start|date$|day|from|d[ée]but)",
    "ends_on": r"^(?:end|to$|until|fin)",
    "founded_on": r"^(?:founded|foundation|established|cr[ée]ation|fond[ée]e)",
    "published_on": r"^(?:published|publication|date$)",
    "family": r"^(?:family|series|product line|famille|gamme)",
    "architecture": r"architecture",
    "form_factor": r"form[ -]?factor|^format",
    "status": r"^(?:status|statut)",
    "openness": r"^(?:openness|open[ -]|ouverture|model accessibility)",
    "licence": r"^licen[cs]e",
    "modality": r"^(?:modality|domain|modalit)",
    "layer": r"^(?:layer|couche)",
    "country": r"^(?:country|pays)",
    "website": r"^(?:website|homepage|site)",
    "url": r"^(?:url|link|address|adresse)",
    "publisher": r"^(?:publisher|journal|[ée]diteur)",
    "author": r"^(?:author|auteur)",
    "language": r"^(?:language|langue)",
    "org_kind": r"^(?:kind|type|nature)",
    "source_kind": r"^(?:kind|type|nature)",
    "event_kind": r"^(?:kind|type|nature)",
    "importance": r"^importance",
    "name_native": r"^(?:native name|name \(native\)|nom natif)",
}
_NAME_WORDS: Final = re.compile(
    r"^(?:(?:hardware|chip|accelerator|gpu|model|product|card|system|organi[sz]ation|company|event)[ _-]?name|name|nom"
    r"|hardware|chip|accelerator|model|product|title|titre|organi[sz]ation|company|mod[èe]le|puce|produit)$",
    re.I,
)  # fmt: skip
_KIND_WORDS: Final = (
    ("chip", r"flop|tdp|transistor|die size|memory bandwidth|process size|foundry|fonderie|gravure|accelerator|gpu"),
    ("model", r"param|training|context|openness|modality|licen[cs]e"),
    ("event", r"importance|^start|^ends?\b|participants"),
    ("policy", r"authority|effective|in force|autorit|vigueur"),
    ("source", r"publisher|^url$|author"),
    ("organization", r"country|founded|website|revenue|pays|fond[ée]e"),
    ("software", r"layer|framework|runtime|couche"),
)


def suggest_mapping(table: RawTable, *, kind: str = "") -> Mapping:
    """Return what the table seems to say; *kind* is the kind of record of its rows where that is known."""
    kind = kind or _kind(table.header)
    name = _name_column(table)
    decimal = decimal_sign(cell for row in table.rows[:_SAMPLE] for cell in row)
    columns: list[Column] = []
    taken: set[str] = set()
    for at, header in enumerate(table.header):
        cells = [row[at] for row in table.rows[:_SAMPLE] if not is_blank(row[at])]
        column = Column(header, "name") if header == name else _suggested(header, cells, kind, decimal, taken)
        taken.add(column.field)
        columns.append(column)
    dates = [row[at] for at, column in enumerate(columns) if column.field.endswith("_on") for row in table.rows]
    first = next((column.name for column in columns if column.role == "source"), "")
    special = {column.metric: _sources_for(column, columns) for column in columns if column.role == "claim" and first}
    columns = [_with_source(column, special.get(column.metric, "")) for column in columns]
    return Mapping(
        kind,
        tuple(columns),
        title=_title(table.file),
        decimal=decimal,
        date_order=date_order(dates),
        sheet=table.sheet if len(table.sheets) > 1 else "",
    )


def _kind(header: Sequence[str]) -> str:
    scores = {
        kind: sum(bool(re.search(pattern, one, re.I)) for one in header) for kind, pattern in _KIND_WORDS
    }  # fmt: skip
    return max(scores, key=lambda kind: scores[kind]) if any(scores.values()) else "chip"


def _name_column(table: RawTable) -> str:
    """Return the column of the names: so called, else the first of texts that hardly repeat."""
    for header in table.header:
        if _NAME_WORDS.match(header.strip()):
            return header
    for at, header in enumerate(table.header):
        cells = [row[at] for row in table.rows[:_SAMPLE] if row[at]]
        letters = [cell for cell in cells if re.search(r"[^\W\d]", cell) and len(cell) <= 120 and not links_of(cell)]
        if cells and len(letters) >= 0.8 * len(cells) and len(set(cells)) >= 0.9 * len(cells):
            return header
    return table.header[0]


def _suggested(header: str, cells: list[str], kind: str, decimal: str, taken: set[str]) -> Column:
    plain = " ".join(header.casefold().replace("_", " ").split())
    if not cells:
        return Column(header)
    linked = sum(bool(links_of(cell)) for cell in cells)
    if linked >= 0.5 * len(cells) and kind != "source":
        return Column(header, "source")
    metric = _metric(plain, kind)
    if metric is not None:
        column = _claim(header, plain, metric, cells, decimal)
        if column is not None:
            return column
    for field in RECORD_FIELDS[kind]:
        pattern = _FIELD_WORDS.get(field.name, "")
        if pattern and field.name not in taken and re.search(pattern, plain):
            if field.form == "date" and not _mostly(cells, _is_date):
                continue
            return Column(header, "field", field=field.name)
    if re.match(r"^(?:id|slug|key|identifiant)$", plain):
        return Column(header, "key")
    if re.search(r"alias|other names?|also known|autres? noms?", plain):
        return Column(header, "alias")
    if re.search(r"^(?:notes?|comments?|remarks?|remarques?|commentaires?)\b", plain):
        return Column(header, "note")
    if re.match(r"^(?:summary|description|r[ée]sum[ée])", plain):
        return Column(header, "summary", language="fr" if plain.startswith(("rés", "res")) else "en")
    return Column(header)


def _metric(plain: str, kind: str) -> Metric | None:
    if _NOT_METRICS.search(plain):
        return None
    for pattern, key in _METRIC_WORDS:
        if re.search(pattern, plain) and kind in METRICS[key].applies_to:
            return METRICS[key]
    return None


def _claim(header: str, plain: str, metric: Metric, cells: list[str], decimal: str) -> Column | None:
    """Return the column as a claim if most of its cells can be read so, with the unit that the header names."""
    match = _UNIT.search(header)
    unit = next((part.strip() for part in match.groups() if part), "") if match else ""
    for tried in dict.fromkeys((unit, "")):
        good = sum(_is_value(cell, metric, tried, decimal) for cell in cells)
        if good >= 0.5 * len(cells) and (tried or metric.kind == "text" or not unit or _has_units(cells)):
            conventions: dict[str, str] = {}
            if metric.is_compute:
                conventions["engine"] = "matrix" if re.search(r"tensor|matrix", plain) else ""
                conventions["sparsity"] = "sparse" if "spars" in plain else "dense" if "dense" in plain else ""
            if metric.is_link:
                conventions["direction"] = "both" if re.search("bidirect|total", plain) else "unsaid"
            if re.search(r"per board|par carte", plain):
                conventions["scope"] = "board"
            elif re.search(r"per (?:chip|package)|par puce", plain):
                conventions["scope"] = "package"
            return Column(header, "claim", metric=metric.key, unit=tried, **conventions)
    return None


def _has_units(cells: list[str]) -> bool:
    return _mostly(cells, lambda cell: bool(re.search(r"[A-Za-z%]", re.sub(r"[eE][+-]?\d", "", cell))))


def _is_value(cell: str, metric: Metric, unit: str, decimal: str) -> bool:
    try:
        value_in(cell, metric, unit=unit, decimal=decimal)
    except FactsError:
        return False
    return True


def _is_date(cell: str) -> bool:
    return any(_dated(cell, order) for order in ("dmy", "mdy"))


def _dated(cell: str, order: str) -> bool:
    try:
        date_in(cell, order)
    except FactsError:
        return False
    return True


def _mostly(cells: list[str], test: Callable[[str], bool]) -> bool:
    return sum(bool(test(cell)) for cell in cells) >= 0.6 * len(cells)


def _sources_for(claim: Column, columns: Sequence[Column]) -> str:
    """Return the column of links that speaks of this metric alone, such as 'Source for the price'."""
    word = METRICS[claim.metric].label.split()[0].casefold()
    named = [column.name for column in columns if column.role == "source" and word in column.name.casefold()]
    return named[0] if named else ""


def _with_source(column: Column, source: str) -> Column:
    return replace(column, source=source) if source and column.role == "claim" else column


def _title(file: str) -> str:
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", file)
    return " ".join(re.sub(r"[_-]+", " ", stem).split()) or file
