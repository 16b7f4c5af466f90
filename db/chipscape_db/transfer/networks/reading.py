"""What a network file is given from a fact base: records, relationships, their fields, dates, sources and places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select

from chipscape_db.commands.fields import RECORD_FIELDS
from chipscape_db.filters import Filters
from chipscape_db.models import MapPlace
from chipscape_db.partial_date import day_of
from chipscape_db.queries import Reader
from chipscape_db.queries.ecosystem import EcosystemNode, ecosystem
from chipscape_db.transfer.csv_values import rows_of
from chipscape_db.transfer.networks.content import SCALE, FileEdge, FileNode, NetworkFile, Place, Spell, clean

_BEGINS: Final = ("founded_on", "released_on", "announced_on", "effective_on")
_ENDS: Final = ("ended_on",)
_SOURCE_FIELDS: Final = ("source_kind", "publisher", "author", "url", "published_on", "language", "note", "doi")


def read_network(
    session: Reader,
    *,
    filters: Filters | None = None,
    language: str = "en",
    records: Collection[str] | None = None,
    links: Collection[str] | None = None,
    places: Mapping[str, Place] | None = None,
    arrangement: str = "",
    title: str = "",
) -> NetworkFile:
    """Return what passes the filters as a network for a file; of it only *records* and *links* (ids) where given.

    *places* are in units of the map by the id of the record, y downwards; without them those kept in the base for the
    *arrangement* (for any, where none is named) are taken.
    """
    rows = ecosystem(session, filters or Filters(), language=language)
    nodes = [node for node in rows.nodes if records is None or node.id in records]
    known = {node.id for node in nodes}
    edges = [
        row for row in rows.edges
        if row.subject in known and row.object in known and (links is None or row.id in links)
    ]  # fmt: skip
    slugs: dict[str, str] = dict(session.connection().exec_driver_sql("SELECT id, slug FROM record").all())
    placed = dict(places) if places is not None else kept_places(session, arrangement)
    details = _details(session, slugs)
    texts = _texts(session, "record_text", "record_id")
    file_nodes = tuple(_node(node, details, texts, slugs, placed.get(node.id)) for node in nodes)
    said = _texts(session, "relationship_text", "relationship_id")
    stored = {row["id"]: row for row in rows_of(session.connection(), "relationship")}
    names = {node.id: node.slug for node in nodes}
    file_edges = []
    for row in edges:
        own = stored[row.id]
        values = {
            "kind": row.kind, "starts_on": row.starts_on, "ends_on": row.ends_on, "uuid": row.id,
            "certainty": row.certainty, "sources": _listed(row.sources, slugs), **said.get(row.id, {}),
        }  # fmt: skip
        spell = _spell(own["starts_on_from"], own["ends_on_to"])
        file_edges.append(
            FileEdge(own["slug"], names[row.subject], names[row.object], row.kind, _filled(values), spells=spell)
        )
    cited = {id_ for node in nodes for id_ in node.sources} | {id_ for row in edges for id_ in row.sources}
    return NetworkFile(file_nodes, tuple(file_edges), title, _sources(session, cited), ours=True)


def kept_places(session: Reader, arrangement: str = "") -> dict[str, Place]:
    """Return where records were put on the map, by id; those of one arrangement, or of the first that has any."""
    where = MapPlace.__table__.c
    query = select(where.record_id, where.arrangement, where.x, where.y).order_by(where.arrangement)
    out: dict[str, Place] = {}
    for record_id, own, x, y in session.execute(query):
        if not arrangement or own == arrangement:
            out.setdefault(record_id, (x, y))
    return out


def _node(
    node: EcosystemNode,
    details: Mapping[str, dict[str, Any]],
    texts: Mapping[str, dict[str, str]],
    slugs: Mapping[str, str],
    place: Place | None,
) -> FileNode:
    row = details[node.id]
    values = {"kind": node.kind, "country": node.country, "vendor": node.vendor_name, "date": node.date}
    for field in RECORD_FIELDS[node.kind]:
        value = row.get(field.name)
        if field.name != "name" and value is not None:
            name = field.name.removesuffix("_id")
            values[name] = slugs.get(str(value), "") if field.form == "record" else str(value)
    values |= {
        "uuid": node.id, "certainty": node.certainty, "sources": _listed(node.sources, slugs),
        **texts.get(node.id, {}),
    }  # fmt: skip
    begins = next((row[f"{name}_from"] for name in _BEGINS if row.get(f"{name}_from") is not None), None)
    ends = next((row[f"{name}_to"] for name in _ENDS if row.get(f"{name}_to") is not None), None)
    scaled = None if place is None else (round(place[0] * SCALE, 6), round(place[1] * SCALE, 6))
    return FileNode(node.slug, clean(node.name), _filled(values), scaled, _spell(begins, ends))


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {name: clean(text) for name, text in values.items() if text}


def _spell(start: int | None, end: int | None) -> tuple[Spell, ...]:
    if start is None and end is None:
        return ()
    return (("" if start is None else day_of(start).isoformat(), "" if end is None else day_of(end).isoformat()),)


def _listed(ids: Iterable[str], slugs: Mapping[str, str]) -> str:
    return "; ".join(sorted(slugs[id_] for id_ in ids))


def _details(session: Reader, slugs: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the own fields of every record that can be on a map."""
    out: dict[str, dict[str, Any]] = {id_: {} for id_ in slugs}
    for table in ("organization", "chip", "model", "software", "policy"):
        for row in rows_of(session.connection(), table):
            out[row["id"]] = row
    return out


def _texts(session: Reader, table: str, column: str) -> dict[str, dict[str, str]]:
    """Return the summaries by owner, each under `summary_<language>`."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows_of(session.connection(), table):
        if row.get("field", "summary") == "summary":
            out[row[column]][f"summary_{row['language']}"] = row["text"]
    return out


def _sources(session: Reader, cited: Collection[str]) -> tuple[Mapping[str, str], ...]:
    """Return the sources with these ids and those that they relay, by slug."""
    named = {row["id"]: row for row in rows_of(session.connection(), "record") if row["kind"] == "source"}
    rows = {row["id"]: row for row in rows_of(session.connection(), "source")}
    wanted = set(cited)
    waiting = list(cited)
    while waiting:
        relayed = rows[waiting.pop()]["relays_id"]
        if relayed and relayed not in wanted:
            wanted.add(relayed)
            waiting.append(relayed)
    out = []
    for id_ in wanted:
        told = {"slug": named[id_]["slug"], "uuid": id_, "name": named[id_]["name"]}
        if rows[id_]["relays_id"]:
            told["relays"] = named[rows[id_]["relays_id"]]["slug"]
        out.append(_filled(told | {name: rows[id_][name] or "" for name in _SOURCE_FIELDS}))
    return tuple(sorted(out, key=lambda one: one["slug"]))
