"""What the ecosystem map shows: records, the relationships that hold between them, and the sources of each."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, TypeAlias

from sqlalchemy import select

from chipscape_db.choice import choose_default
from chipscape_db.errors import N_, NotFound
from chipscape_db.figure_content import MAP_NOTES, FigureContent
from chipscape_db.filters import Filters
from chipscape_db.metrics import metric
from chipscape_db.models import Citation, MapPlace, Organization, Relationship, SavedFigure, Source
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, briefs_but_events, certainties, passes
from chipscape_db.queries.claims import claims_by_metric
from chipscape_db.queries.footnotes import FootnoteSource, footnote_sources
from chipscape_db.queries.layers import layers

SHOWABLE = ("organization", "chip", "model", "software", "policy", "sector")
"""The kinds of record that relationships join."""

TABLES = frozenset(
    {
        "record", "record_text", "relationship", "citation", "organization", "chip", "model", "software", "policy",
        "sector", "source", "map_place", "saved_figure",
    }
)  # fmt: skip
"""The tables behind the rows; a change to any other leaves the map as it is."""


Clock: TypeAlias = Literal["valid", "known", "both"]
Change: TypeAlias = Literal["added", "gone", "changed"]


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
class MapNotes:
    """The texts and areas on a map, as annotations in units of the layout, kept like a saved figure."""

    id: str
    content: FigureContent


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the map is asked for besides the filters.

    `arrangement` names the places that are wanted, `metric` the metric whose values are. `clock` says which moment is
    meant by a date: `valid`, when it was so; `known`, when a source had said so; `both` compares the two. With `since`
    the moment of that day is compared with that of the as-of date.
    """

    arrangement: str = ""
    metric: str = ""
    clock: Clock = "valid"
    since: date | None = None


@dataclass(frozen=True, slots=True)
class EcosystemRows:
    """Everything the map needs; `names` holds the names of the organizations and sectors that are filtered by.

    `layers` holds the layer of the stack in which each record stands (see `queries.layers`), `places` where somebody
    put records in the arrangement that was asked for, `parents` the organization that each organization belongs to,
    `values` the chosen value of the metric that was asked for, and `changes` what became of records and relationships
    between two moments (nothing for those that are at both), where two are `compared`; `notes` are the
    texts and areas that somebody put on the map in that arrangement.
    """

    nodes: tuple[EcosystemNode, ...]
    edges: tuple[EcosystemEdge, ...]
    sources: dict[str, FootnoteSource]
    names: dict[str, str]
    layers: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    compared: bool = False
    notes: MapNotes | None = None


_PLAIN = Asked()


def ecosystem(
    session: Reader, filters: Filters, *, language: str, always: str = "", asked: Asked = _PLAIN
) -> EcosystemRows:
    """Return the records that pass the filters and the relationships that hold between them.

    The record with the slug *always* is there whatever the filters; raises `NotFound` where no such record can be on
    the map. A relationship bows to the filter on certainty by its own citations, to the dates by its own from-to: one
    that had ended before the as-of date is gone, and what a rule restricts ends with the rule. Undated ones pass. Of
    two moments that are compared, what is at either is there.
    """
    everything = briefs_but_events(session, language=language)
    if always and not any(brief.slug == always and brief.kind in SHOWABLE for brief in everything.values()):
        raise NotFound(N_("There is no record {slug} that could be on the map."), field="center", slug=always)
    cited_records, cited_links = _citations(session)
    facts = _Facts(
        everything, always, tuple(_links(session)), certainties(session, of_relationships=True), cited_records,
        cited_links, {} if asked.clock == "valid" else _published(session),
    )  # fmt: skip
    before, after = _moments(facts, filters, asked)
    shown = {**before.shown, **after.shown}
    edges = {edge.id: edge for edge in (*after.edges, *before.edges)}
    order = {link[0]: place for place, link in enumerate(facts.links)}
    nodes = tuple(
        _node(brief, everything, cited_records.get(brief.id, ()))
        for brief in sorted(shown.values(), key=lambda brief: brief.slug)
    )
    wanted = {id_ for node in nodes for id_ in node.sources} | {id_ for edge in edges.values() for id_ in edge.sources}
    named = (filters.organizations | filters.sectors) & everything.keys()
    return EcosystemRows(
        nodes, tuple(sorted(edges.values(), key=lambda edge: order[edge.id])), footnote_sources(session, wanted),
        {id_: everything[id_].name for id_ in named}, layers(session, everything, (link[1:4] for link in facts.links)),
        map_places(session, asked.arrangement), _parents(session), _values(session, asked.metric, filters),
        {} if before is after else _changes(before, after), before is not after,
        map_notes(session, asked.arrangement),
    )  # fmt: skip


def notes_name(arrangement: str) -> str:
    """Return the name of the saved figure that holds the texts and areas of an arrangement of the map."""
    return f"{MAP_NOTES}{arrangement}"


def map_notes(session: Reader, arrangement: str) -> MapNotes | None:
    """Return the texts and areas of an arrangement, None where there never were any."""
    if not arrangement:
        return None
    query = select(SavedFigure.id, SavedFigure.figure, SavedFigure.content)
    row = session.execute(query.where(SavedFigure.name == notes_name(arrangement))).first()
    return None if row is None else MapNotes(row.id, FigureContent.from_json(row.figure, row.content))


def map_places(session: Reader, arrangement: str) -> dict[str, tuple[float, float]]:
    """Return where somebody put records in one arrangement of the map, by the id of the record."""
    if not arrangement:
        return {}
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


@dataclass(frozen=True, slots=True)
class _Facts:
    """What every moment of the map is made of; `published` says on which day the first of some sources came out."""

    everything: dict[str, Brief]
    always: str
    links: tuple[tuple[Any, ...], ...]
    founded: dict[str, str]
    cited_records: dict[str, tuple[str, ...]]
    cited_links: dict[str, tuple[str, ...]]
    published: dict[str, int]

    def told(self, sources: tuple[str, ...]) -> int | None:
        """Return the day on which the first of the sources came out, None where none is dated."""
        return min((self.published[id_] for id_ in sources if id_ in self.published), default=None)


@dataclass(frozen=True, slots=True)
class _Moment:
    shown: dict[str, Brief]
    edges: tuple[EcosystemEdge, ...]


def _moments(facts: _Facts, filters: Filters, asked: Asked) -> tuple[_Moment, _Moment]:
    """Return the two moments that are compared, twice the same one where there is nothing to compare."""
    if asked.since is not None or asked.clock == "both":
        filters = replace(filters, as_of=filters.as_of or date.today())
    if asked.clock == "both":
        return _moment(facts, filters, "known"), _moment(facts, filters, "valid")
    now = _moment(facts, filters, asked.clock)
    if asked.since is None:
        return now, now
    return _moment(facts, replace(filters, as_of=asked.since), asked.clock), now


def _moment(facts: _Facts, filters: Filters, clock: Clock) -> _Moment:
    day = _day(filters.as_of) if clock == "known" else None
    if clock == "known":
        filters = replace(filters, as_of=None)

    def known(sources: tuple[str, ...]) -> bool:
        told = facts.told(sources)
        return day is None or told is None or told <= day

    shown = {
        id_: brief
        for id_, brief in facts.everything.items()
        if brief.kind in SHOWABLE
        and (brief.slug == facts.always or (passes(brief, filters) and known(facts.cited_records.get(id_, ()))))
    }
    edges = []
    for id_, kind, subject_id, object_id, starts_on, ends_on, first, last in facts.links:
        subject = shown.get(subject_id)
        if subject is None or object_id not in shown:
            continue
        certainty = facts.founded.get(id_, "")
        if filters.certainties and certainty not in filters.certainties:
            continue
        sources = facts.cited_links.get(id_, ())
        end = subject.end if kind == "restricts" and last is None else last
        if holds(first, end, filters=filters) and known(sources):
            edges.append(
                EcosystemEdge(id_, kind, subject_id, object_id, starts_on or "", ends_on or "", certainty, sources)
            )
    return _Moment(shown, tuple(edges))


def _changes(before: _Moment, after: _Moment) -> dict[str, Change]:
    """Say what is only at the later moment, only at the earlier, and whose relationships are not the same."""
    out: dict[str, Change] = {}
    earlier, later = ({edge.id: edge for edge in moment.edges} for moment in (before, after))
    for id_ in later.keys() - earlier.keys():
        out[id_] = "added"
    for id_ in earlier.keys() - later.keys():
        out[id_] = "gone"
    for id_ in list(out):
        edge = later.get(id_) or earlier[id_]
        out[edge.subject] = out[edge.object] = "changed"
    for id_ in after.shown.keys() - before.shown.keys():
        out[id_] = "added"
    for id_ in before.shown.keys() - after.shown.keys():
        out[id_] = "gone"
    return out


def _links(session: Reader) -> list[tuple[Any, ...]]:
    link = Relationship.__table__.c
    query = select(
        link.id, link.kind, link.subject_id, link.object_id, link.starts_on, link.ends_on, link.starts_on_from,
        link.ends_on_to,
    ).order_by(link.slug)  # fmt: skip
    return [tuple(row) for row in session.execute(query)]


def _published(session: Reader) -> dict[str, int]:
    source = Source.__table__.c
    query = select(source.id, source.published_on_from).where(source.published_on_from.is_not(None))
    return dict(session.execute(query).all())


def _parents(session: Reader) -> dict[str, str]:
    organization = Organization.__table__.c
    query = select(organization.id, organization.parent_id).where(organization.parent_id.is_not(None))
    return dict(session.execute(query).all())


def _values(session: Reader, key: str, filters: Filters) -> dict[str, float]:
    """Return the chosen value of a metric by record; raises `NotFound` for a metric that there is not."""
    if not key:
        return {}
    asked = metric(key)
    chosen = {
        id_: choose_default([row.fact() for row in rows], asked)
        for id_, rows in claims_by_metric(session, key, as_of=filters.as_of).items()
    }
    return {id_: one.value for id_, one in chosen.items() if one is not None}


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
