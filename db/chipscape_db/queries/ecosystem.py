"""What the ecosystem map shows: records, the relationships that hold between them, and the sources of each."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from chipscape_db.errors import N_, NotFound
from chipscape_db.filters import Filters
from chipscape_db.models import Citation, MapPlace, Relationship
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, all_briefs, certainties, passes
from chipscape_db.queries.footnotes import FootnoteSource, footnote_sources
from chipscape_db.queries.layers import layers

SHOWABLE = ("organization", "chip", "model", "software", "policy", "sector")
"""The kinds of record that relationships join."""

TABLES = frozenset(
    {
        "record", "record_text", "relationship", "citation", "organization", "chip", "model", "software", "policy",
        "sector", "source", "map_place",
    }
)  # fmt: skip
"""The tables behind the rows; a change to any other leaves the map as it is."""


@dataclass(frozen=True, slots=True)
class EcosystemNode:
    """A record on the map.

    `vendor_slug` and `vendor_name` are those of its leading organization (an organization's own); `sources` are the
    ids of the sources cited for it; `date` is a partial date as written, empty where there is none.
    """

    id: str
    slug: str
    kind: str
    subkind: str
    name: str
    country: str
    vendor_slug: str
    vendor_name: str
    date: str
    certainty: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EcosystemEdge:
    """A relationship between two records on the map, read from `subject` to `object` (ids).

    `certainty` is one of `CERTAINTIES`, empty if uncited; `sources` are the ids of the sources cited for it.
    """

    id: str
    kind: str
    subject: str
    object: str
    starts_on: str
    ends_on: str
    certainty: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EcosystemRows:
    """Everything the map needs; `names` holds the names of the organizations and sectors that are filtered by.

    `layers` holds the layer of the stack in which each record stands (see `queries.layers`), `places` where somebody
    put records in the arrangement that was asked for.
    """

    nodes: tuple[EcosystemNode, ...]
    edges: tuple[EcosystemEdge, ...]
    sources: dict[str, FootnoteSource]
    names: dict[str, str]
    layers: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[float, float]] = field(default_factory=dict)


def ecosystem(
    session: Reader, filters: Filters, *, language: str, always: str = "", arrangement: str = ""
) -> EcosystemRows:
    """Return the records that pass the filters and the relationships that hold between them.

    The record with the slug *always* is there whatever the filters; raises `NotFound` where no such record can be on
    the map. A relationship bows to the filter on certainty by its own citations, to the dates by its own from-to: one
    that had ended before the as-of date is gone, and what a rule restricts ends with the rule. Undated ones pass.
    """
    everything = all_briefs(session, language=language)
    if always and not any(brief.slug == always and brief.kind in SHOWABLE for brief in everything.values()):
        raise NotFound(N_("There is no record {slug} that could be on the map."), field="center", slug=always)
    shown = {
        id_: brief
        for id_, brief in everything.items()
        if brief.kind in SHOWABLE and (passes(brief, filters) or brief.slug == always)
    }
    cited_records, cited_links = _citations(session)
    edges = _edges(session, shown, filters, cited=cited_links)
    nodes = tuple(
        _node(brief, everything, cited_records.get(brief.id, ()))
        for brief in sorted(shown.values(), key=lambda brief: brief.slug)
    )
    wanted = {id_ for node in nodes for id_ in node.sources} | {id_ for edge in edges for id_ in edge.sources}
    named = (filters.organizations | filters.sectors) & everything.keys()
    return EcosystemRows(
        nodes, edges, footnote_sources(session, wanted), {id_: everything[id_].name for id_ in named},
        layers(session, everything), map_places(session, arrangement),
    )  # fmt: skip


def map_places(session: Reader, arrangement: str) -> dict[str, tuple[float, float]]:
    """Return where somebody put records in one arrangement of the map, by the id of the record."""
    place = MapPlace.__table__.c
    query = select(place.record_id, place.x, place.y).where(place.arrangement == arrangement)
    return {id_: (x, y) for id_, x, y in session.execute(query)}


def holds(start: int | None, end: int | None, *, filters: Filters) -> bool:
    """Say whether something that holds from one day to another (None: not known, or open) passes the date filters."""
    as_of, low, high = (_day(one) for one in (filters.as_of, filters.start, filters.end))
    if start is not None and ((as_of is not None and start > as_of) or (high is not None and start > high)):
        return False
    return end is None or not ((as_of is not None and end < as_of) or (low is not None and end < low))


def _day(day: date | None) -> int | None:
    return None if day is None else day_number(day)


def _node(brief: Brief, everything: dict[str, Brief], sources: tuple[str, ...]) -> EcosystemNode:
    vendor = everything.get(brief.organizations[0]) if brief.organizations else None
    return EcosystemNode(
        brief.id, brief.slug, brief.kind, brief.subkind, brief.name, brief.country,
        vendor.slug if vendor else "", vendor.name if vendor else "", brief.date, brief.certainty, sources,
    )  # fmt: skip


def _edges(
    session: Reader, shown: dict[str, Brief], filters: Filters, *, cited: dict[str, tuple[str, ...]]
) -> tuple[EcosystemEdge, ...]:
    founded = certainties(session, of_relationships=True)
    link = Relationship.__table__.c
    query = select(
        link.id, link.kind, link.subject_id, link.object_id, link.starts_on, link.ends_on, link.starts_on_from,
        link.ends_on_to,
    ).order_by(link.slug)  # fmt: skip
    edges = []
    row: Any
    for row in session.execute(query):
        subject = shown.get(row.subject_id)
        if subject is None or row.object_id not in shown:
            continue
        certainty = founded.get(row.id, "")
        if filters.certainties and certainty not in filters.certainties:
            continue
        end = subject.end if row.kind == "restricts" and row.ends_on_to is None else row.ends_on_to
        if holds(row.starts_on_from, end, filters=filters):
            edges.append(
                EcosystemEdge(
                    row.id, row.kind, row.subject_id, row.object_id, row.starts_on or "", row.ends_on or "",
                    certainty, cited.get(row.id, ()),
                )
            )  # fmt: skip
    return tuple(edges)


def _citations(session: Reader) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return the ids of the sources cited for each record and for each relationship, each once, in order."""
    records: dict[str, dict[str, None]] = defaultdict(dict)
    links: dict[str, dict[str, None]] = defaultdict(dict)
    query = select(Citation.record_id, Citation.relationship_id, Citation.source_id)
    for record_id, link_id, source_id in session.execute(query.order_by(Citation.source_id)):
        if record_id is not None:
            records[record_id][source_id] = None
        elif link_id is not None:
            links[link_id][source_id] = None
    return {id_: tuple(ids) for id_, ids in records.items()}, {id_: tuple(ids) for id_, ids in links.items()}
