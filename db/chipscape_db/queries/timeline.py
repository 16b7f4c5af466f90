"""What the timeline shows: dated records with their importance, the rules behind them, and the sources of each."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select

from chipscape_db.filters import Filters
from chipscape_db.models import Event, Participant, Policy, Relationship
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, all_briefs, passes
from chipscape_db.queries.event_links import EventLink
from chipscape_db.queries.footnotes import FootnoteSource, all_footnote_sources
from chipscape_db.queries.kept import kept_of
from chipscape_db.queries.rival_dates import RivalDate as RivalDate
from chipscape_db.queries.timeline_items import TimelineItem as TimelineItem
from chipscape_db.queries.timeline_items import citations, ends_of, items_of, known_end, sources_of

SHOWABLE = ("event", "chip", "model", "software", "policy")
"""The kinds of record that can stand on the time axis."""

TABLES = frozenset(
    {
        "record", "record_text", "event", "participant", "chip", "model", "software", "policy", "organization",
        "sector", "citation", "relationship", "source", "claim",
    }
)  # fmt: skip
"""The tables behind the rows; a change to any other leaves the timeline as it is."""

_SOURCE_TABLES = ("source", "record:source")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TimelineRule:
    """A rule as a band: from when it took effect (else was announced) to when it ended (`..`: still in force).

    `weight` ranks rules for room: ten times the importance of the most important event that names it, plus twice the
    number of records that it restricts, plus the number of events that name it.
    """

    id: str
    title: str
    starts_on: str
    ends_on: str
    weight: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineRows:
    """Everything the timeline needs; `names` holds the names of all organizations and sectors.

    `effects` are pairs of events of which the first leads to the second; `parts` holds for an event the records that
    took part in it, `makers` those of them that are organizations. `links` are the relationships behind the effects,
    where they were asked for.
    """

    items: tuple[TimelineItem, ...]
    rules: tuple[TimelineRule, ...]
    names: dict[str, str]
    countries: dict[str, str]
    sources: dict[str, FootnoteSource]
    effects: tuple[tuple[str, str], ...] = ()
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    makers: frozenset[str] = frozenset()
    links: tuple[EventLink, ...] = ()


def timeline_rows(
    session: Reader, filters: Filters, *, language: str, show: frozenset[str] = frozenset({"event"})
) -> TimelineRows:
    """Return the dated records of the kinds in *show* that pass the filters, and every rule known by then.

    A filter on kinds takes the place of *show*: whoever asks for chips sees chips. Rules are the background and bow
    to the as-of date only. Reads a fixed number of tables, whatever their size, and again only those that have changed.
    """
    everything = all_briefs(session, language=language)
    shown = shown_of(everything, filters, show)
    kept = kept_of(session)
    items = items_of(session, shown, filters, named=everything)
    rules = rules_of(session, everything, filters, cited=kept.read(citations, of=("citation",)))
    cited = sources_of(items) | {id_ for rule in rules for id_ in rule.sources}
    return rows_around(
        everything, items, rules,
        sources=_of(cited, kept.read(all_footnote_sources, of=_SOURCE_TABLES)),
        effects=kept.read(_effects, of=("relationship",)),
        parts=_of(set(shown), kept.read(_parts, of=("participant",))),
    )  # fmt: skip


def shown_of(records: Mapping[str, Brief], filters: Filters, show: frozenset[str]) -> dict[str, Brief]:
    """Return the dated records of the kinds in *show*, or else of those filtered by, that pass the filters."""
    wanted = filters.kinds & frozenset(SHOWABLE) if filters.kinds else show
    return {
        id_: brief for id_, brief in records.items() if brief.kind in wanted and brief.date and passes(brief, filters)
    }


def rows_around(
    everything: Mapping[str, Brief],
    items: tuple[TimelineItem, ...],
    rules: tuple[TimelineRule, ...],
    *,
    sources: dict[str, FootnoteSource],
    effects: tuple[tuple[str, str], ...] = (),
    parts: Mapping[str, tuple[str, ...]] | None = None,
) -> TimelineRows:
    """Return items and rules with the names that stand around them; *everything* holds all records but events."""
    makers = {id_: brief for id_, brief in everything.items() if brief.kind == "organization"}
    return TimelineRows(
        items,
        rules,
        {id_: brief.name for id_, brief in everything.items() if brief.kind in ("organization", "sector")},
        {id_: brief.country for id_, brief in makers.items()},
        sources,
        effects,
        dict(parts or {}),
        frozenset(makers),
    )


def _effects(session: Reader) -> tuple[tuple[str, str], ...]:
    link = Relationship.__table__.c
    query = select(link.subject_id, link.object_id).where(link.kind == "leads-to").order_by(link.id)
    return tuple((cause, effect) for cause, effect in session.execute(query))


def _parts(session: Reader) -> dict[str, tuple[str, ...]]:
    parts: dict[str, dict[str, None]] = defaultdict(dict)
    part = Participant.__table__.c
    query = select(part.event_id, part.record_id).order_by(part.event_id, part.record_id)
    for event_id, record_id in session.execute(query):
        parts[event_id][record_id] = None
    return {id_: tuple(records) for id_, records in parts.items()}


def _of(wanted: Set[str], everything: Mapping[str, T]) -> dict[str, T]:
    """Return what there is for the ids wanted, in the order of everything."""
    return {id_: each for id_, each in everything.items() if id_ in wanted}


def rules_of(
    session: Reader, everything: Mapping[str, Brief], filters: Filters, *, cited: Mapping[str, tuple[str, ...]]
) -> tuple[TimelineRule, ...]:
    """Return the rules known by the as-of date, the weightiest first; *everything* holds them among other briefs."""
    ends = ends_of(session, frozenset(id_ for id_, brief in everything.items() if brief.kind == "policy"))
    weights = kept_of(session).read(_weights, of=("relationship", "event", "participant", "policy"))
    as_of = Filters(as_of=filters.as_of)
    rules = [
        TimelineRule(
            brief.id, brief.name, brief.date, known_end(brief, ends.get(brief.id), filters), weights.get(brief.id, 0),
            cited.get(brief.id, ()),
        )
        for brief in everything.values()
        if brief.kind == "policy" and brief.date and brief.subkind != "proposed" and passes(brief, as_of)
    ]  # fmt: skip
    return tuple(sorted(rules, key=lambda rule: (-rule.weight, rule.starts_on, rule.id)))


def _weights(session: Reader) -> dict[str, int]:
    """Return the weights of the rules that have one; see `TimelineRule`."""
    weights: dict[str, int] = defaultdict(int)
    link, event, part = Relationship.__table__.c, Event.__table__.c, Participant.__table__.c
    for (subject_id,) in session.execute(select(link.subject_id).where(link.kind == "restricts")):
        weights[subject_id] += 2
    named = select(part.record_id, event.importance).join(Event.__table__, event.id == part.event_id)
    named = named.where(part.record_id.in_(select(Policy.__table__.c.id)))
    highest: dict[str, int] = defaultdict(int)
    for record_id, importance in session.execute(named):
        weights[record_id] += 1
        highest[record_id] = max(highest[record_id], importance)
    for record_id, importance in highest.items():
        weights[record_id] += 10 * importance
    return dict(weights)
