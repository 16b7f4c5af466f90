"""What the timeline shows: dated records with their importance, the rules behind them, and the sources of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select

from chipscape_db.filters import Filters
from chipscape_db.models import Chip, Citation, Claim, Event, Participant, Policy, Record, Relationship
from chipscape_db.partial_date import NotADate, PartialDate, day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, all_briefs, passes
from chipscape_db.queries.event_links import EventLink
from chipscape_db.queries.footnotes import FootnoteSource, all_footnote_sources
from chipscape_db.queries.kept import Kept

SHOWABLE = ("event", "chip", "model", "software", "policy")
"""The kinds of record that can stand on the time axis."""

TABLES = frozenset(
    {
        "record", "record_text", "event", "participant", "chip", "model", "software", "policy", "organization",
        "sector", "citation", "relationship", "source", "claim",
    }
)  # fmt: skip
"""The tables behind the rows; a change to any other leaves the timeline as it is."""

LEAST_IMPORTANCE = 2
_SOURCE_TABLES = ("source", "record:source")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RivalDate:
    """Other dates that sources give for a record: a start, an end or both, as written, and the sources that say so.

    Where only one of the two is claimed, the other is the record's own.
    """

    starts_on: str
    ends_on: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """A dated record on the axis.

    `starts_on` and `ends_on` are partial dates as written; `ends_on` is `..` for what goes on, and empty for what has
    no end of its own or none that is known.
    `organizations`, `countries` are those of the brief, the leading one first; `participants` are (name, role) of an
    event; `sources` holds the ids of the sources cited for it, in the order of their citations.

    `rivals` are dates that live claims give and that differ from the record's own.

    `importance` of an event is the curator's; a chip, model, software or rule is as important as the most important
    event that names it, at least 2.
    """

    id: str
    kind: str
    subkind: str
    title: str
    starts_on: str
    ends_on: str
    importance: int
    organizations: tuple[str, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    participants: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    rivals: tuple[RivalDate, ...] = ()


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
    """Everything the timeline needs; `names` holds the names of the organizations and sectors that occur.

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
    kept = Kept(session)
    everything = all_briefs(session, language=language)
    shown = filters.kinds & frozenset(SHOWABLE) if filters.kinds else show
    cited = kept.read(citations, of=("citation",))
    played, importance = kept.read(_participants, of=("event", "participant"))
    named = _named(played, everything)
    ends = kept.read(ends_of, of=("event", "policy"))
    rivals = rival_dates(session, everything, ends)
    items = tuple(
        TimelineItem(
            brief.id, brief.kind, brief.subkind, brief.name, brief.date, _known_end(brief, ends.get(brief.id), filters),
            importance.get(brief.id, LEAST_IMPORTANCE), brief.organizations, brief.countries,
            tuple(sorted(brief.sectors)), named.get(brief.id, ()), cited.get(brief.id, ()),
            _known_rivals(rivals.get(brief.id, ()), filters),
        )
        for brief in everything.values()
        if brief.kind in shown and brief.date and passes(brief, filters)
    )  # fmt: skip
    rules = rules_of(session, everything, filters, cited=cited, ends=ends)
    cited_by = [item.sources for item in items] + [rule.sources for rule in rules]
    cited_by += [rival.sources for item in items for rival in item.rivals]
    used = {id_ for item in items for id_ in (*item.organizations, *item.sectors)}
    return TimelineRows(
        tuple(sorted(items, key=_by_date(everything))),
        rules,
        {id_: everything[id_].name for id_ in used if id_ in everything},
        {id_: everything[id_].country for id_ in used if id_ in everything},
        _of({id_ for sources in cited_by for id_ in sources}, kept.read(all_footnote_sources, of=_SOURCE_TABLES)),
        kept.read(_effects, of=("relationship",)),
        _of({item.id for item in items}, kept.read(_parts, of=("participant",))),
        frozenset(brief.id for brief in everything.values() if brief.kind == "organization"),
    )


def _by_date(everything: dict[str, Brief]) -> Any:
    def key(item: TimelineItem) -> tuple[int, str]:
        start = everything[item.id].start
        return (start if start is not None else -(10**9), item.id)

    return key


def _known_end(brief: Brief, end: tuple[str, int | None] | None, filters: Filters) -> str:
    """Return the end as written, `..` for what had not ended by the as-of date or is in force, else nothing."""
    if end is None:
        return ".." if brief.subkind == "in-force" else ""
    if filters.as_of and end[1] is not None and end[1] > day_number(filters.as_of):
        return ".."
    return end[0]


def ends_of(session: Reader, *, events: bool = True) -> dict[str, tuple[str, int | None]]:
    """Return the end of each event and rule that has one, as written and as its first day; *events* if wanted."""
    out: dict[str, tuple[str, int | None]] = {}
    event, policy = Event.__table__.c, Policy.__table__.c
    of_events, of_rules = (
        (event.id, event.ends_on, event.ends_on_from),
        (policy.id, policy.ended_on, policy.ended_on_from),
    )
    for columns in (of_events, of_rules) if events else (of_rules,):
        row: Any
        for row in session.execute(select(*columns).where(columns[1].is_not(None))):
            out[row[0]] = (row[1], row[2])
    return out


_RIVAL_OF = {
    "date.starts-on": "start", "date.effective-on": "start", "date.released-on": "start", "date.announced-on": "start",
    "date.ends-on": "end", "date.ended-on": "end",
}  # fmt: skip


def rival_dates(
    session: Reader, everything: dict[str, Brief], ends: dict[str, tuple[str, int | None]]
) -> dict[str, tuple[RivalDate, ...]]:
    """Return the dates that live claims give records and that are not those on their axis, in calendar order.

    A claim of the announcement counts only for a record that stands on the axis with its announcement.
    """
    kept = Kept(session)
    found: dict[str, dict[tuple[str, str], dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    announced = kept.read(_announced, of=("chip", "policy"))
    for subject_id, metric, value, source_id in kept.read(_dated_claims, of=("claim",)):
        brief = everything.get(subject_id)
        if brief is None or not brief.date:
            continue
        if _RIVAL_OF[metric] == "start" and (metric == "date.announced-on") != (subject_id in announced):
            continue
        own_end = ends.get(subject_id, ("", None))[0]
        pair = (value, own_end) if _RIVAL_OF[metric] == "start" else (brief.date, value)
        if pair != (brief.date, own_end) and _is_stretch(*pair):
            found[subject_id][pair][source_id] = None
    return {
        id_: tuple(
            RivalDate(start, end, tuple(sources))
            for (start, end), sources in sorted(pairs.items(), key=lambda pair: pair[0])
        )
        for id_, pairs in found.items()
    }


def _dated_claims(session: Reader) -> tuple[tuple[str, str, str, str], ...]:
    """Return subject, metric, value and source of every live claim that gives a date."""
    claim = Claim.__table__.c
    query = select(claim.subject_id, claim.metric, claim.value, claim.source_id).where(
        claim.metric.in_(_RIVAL_OF), claim.rank != "deprecated"
    )
    return tuple((row[0], row[1], row[2], row[3]) for row in session.execute(query.order_by(claim.id)))


def _is_stretch(starts_on: str, ends_on: str) -> bool:
    """Say whether both are partial dates, the end empty or not before the start."""
    try:
        start = PartialDate.parse(starts_on)
        return not ends_on or not start.is_after(PartialDate.parse(ends_on))
    except NotADate:
        return False


def _announced(session: Reader) -> frozenset[str]:
    """Return the chips and policies that have nothing but the date of their announcement."""
    chip, policy = Chip.__table__.c, Policy.__table__.c
    undated = (
        select(chip.id).where(chip.released_on.is_(None)),
        select(policy.id).where(policy.effective_on.is_(None)),
    )
    return frozenset(id_ for query in undated for (id_,) in session.execute(query))


def _known_rivals(rivals: tuple[RivalDate, ...], filters: Filters) -> tuple[RivalDate, ...]:
    """Return the rival dates that do not lie wholly after the as-of date."""
    if filters.as_of is None:
        return rivals
    known = []
    for rival in rivals:
        earliest = PartialDate.parse(rival.starts_on).earliest
        if earliest is None or earliest <= filters.as_of:
            known.append(rival)
    return tuple(known)


def _effects(session: Reader) -> tuple[tuple[str, str], ...]:
    link = Relationship.__table__.c
    query = select(link.subject_id, link.object_id).where(link.kind == "leads-to").order_by(link.id)
    return tuple((cause, effect) for cause, effect in session.execute(query))


def _parts(session: Reader) -> dict[str, tuple[str, ...]]:
    parts: dict[str, dict[str, None]] = defaultdict(dict)
    query = select(Participant.event_id, Participant.record_id).order_by(Participant.event_id, Participant.record_id)
    for event_id, record_id in session.execute(query):
        parts[event_id][record_id] = None
    return {id_: tuple(records) for id_, records in parts.items()}


def _of(wanted: Set[str], everything: Mapping[str, T]) -> dict[str, T]:
    """Return what there is for the ids wanted, in the order of everything."""
    return {id_: each for id_, each in everything.items() if id_ in wanted}


def citations(session: Reader, *, events: bool = True) -> dict[str, tuple[str, ...]]:
    """Return the sources cited for each record, in the order of their citations; without *events*, of the others."""
    cited: dict[str, dict[str, None]] = defaultdict(dict)
    query = select(Citation.record_id, Citation.source_id).where(Citation.record_id.is_not(None))
    if not events:
        query = query.where(Citation.record_id.in_(select(Record.id).where(Record.kind != "event")))
    for record_id, source_id in session.execute(query.order_by(Citation.record_id, Citation.id)):
        cited[record_id or ""][source_id] = None
    return {id_: tuple(sources) for id_, sources in cited.items()}


def _participants(session: Reader) -> tuple[tuple[tuple[str, str, str], ...], dict[str, int]]:
    """Return who took part in each event, in which role, and the importance of events and of the records they name."""
    event = Event.__table__.c
    importance: dict[str, int] = dict(session.execute(select(event.id, event.importance)).all())
    own = dict(importance)
    query = select(Participant.event_id, Participant.record_id, Participant.role)
    played = []
    for event_id, record_id, role in session.execute(query.order_by(Participant.role != "actor", Participant.role)):
        played.append((event_id, record_id, role))
        importance[record_id] = max(importance.get(record_id, LEAST_IMPORTANCE), own.get(event_id, 0))
    return tuple(played), importance


def _named(
    played: Sequence[tuple[str, str, str]], everything: dict[str, Brief]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the names of those who took part in each event, and in which role."""
    named: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for event_id, record_id, role in played:
        if record_id in everything:
            named[event_id].append((everything[record_id].name, role))
    return {id_: tuple(people) for id_, people in named.items()}


def rules_of(
    session: Reader,
    everything: dict[str, Brief],
    filters: Filters,
    *,
    cited: dict[str, tuple[str, ...]],
    ends: dict[str, tuple[str, int | None]],
) -> tuple[TimelineRule, ...]:
    """Return the rules known by the as-of date, the weightiest first; *everything* holds them among other briefs."""
    weights = Kept(session).read(_weights, of=("relationship", "event", "participant", "policy"))
    as_of = Filters(as_of=filters.as_of)
    rules = [
        TimelineRule(
            brief.id, brief.name, brief.date, _known_end(brief, ends.get(brief.id), filters), weights.get(brief.id, 0),
            cited.get(brief.id, ()),
        )
        for brief in everything.values()
        if brief.kind == "policy" and brief.date and brief.subkind != "proposed" and passes(brief, as_of)
    ]  # fmt: skip
    return tuple(sorted(rules, key=lambda rule: (-rule.weight, rule.starts_on, rule.id)))


def _weights(session: Reader) -> dict[str, int]:
    """Return the weights of the rules that have one; see `TimelineRule`."""
    weights: dict[str, int] = defaultdict(int)
    for (subject_id,) in session.execute(select(Relationship.subject_id).where(Relationship.kind == "restricts")):
        weights[subject_id] += 2
    event = Event.__table__.c
    named = select(Participant.record_id, event.importance).join(Event.__table__, event.id == Participant.event_id)
    named = named.where(Participant.record_id.in_(select(Policy.__table__.c.id)))
    highest: dict[str, int] = defaultdict(int)
    for record_id, importance in session.execute(named):
        weights[record_id] += 1
        highest[record_id] = max(highest[record_id], importance)
    for record_id, importance in highest.items():
        weights[record_id] += 10 * importance
    return dict(weights)
