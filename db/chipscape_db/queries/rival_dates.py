"""Dates that sources give for a record and that differ from those on its axis."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from chipscape_db.filters import Filters
from chipscape_db.models import Chip, Claim, Event, Policy
from chipscape_db.partial_date import NotADate, PartialDate
from chipscape_db.queries import Reader, within
from chipscape_db.queries.kept import kept_of

_RIVAL_OF = {
    "date.starts-on": "start", "date.effective-on": "start", "date.released-on": "start", "date.announced-on": "start",
    "date.ends-on": "end", "date.ended-on": "end",
}  # fmt: skip

_LIVE = (Claim.__table__.c.metric.in_(_RIVAL_OF), Claim.__table__.c.rank != "deprecated")


@dataclass(frozen=True, slots=True)
class RivalDate:
    """Other dates that sources give for a record: a start, an end or both, as written, and the sources that say so.

    Where only one of the two is claimed, the other is the record's own.
    """

    starts_on: str
    ends_on: str
    sources: tuple[str, ...]


Rivals = dict[str, tuple[RivalDate, ...]]
"""Rival dates by record, in calendar order."""


def rival_dates(session: Reader, own: Mapping[str, tuple[str, str]], *, only: frozenset[str] | None = None) -> Rivals:
    """Return the dates that live claims give records (those in *only*, where given) and that are not *own*.

    *own* holds the start and the end on the axis of each record that may have any, the end empty for none. A claim of
    the announcement counts only for a record that stands on the axis with its announcement.
    """
    kept = kept_of(session)
    claims = kept.read(_dated_claims, of=("claim",)) if only is None else _dated_claims(session, only)
    found: dict[str, dict[tuple[str, str], dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    announced = kept.read(_announced, of=("chip", "policy"))
    for subject_id, metric, value, source_id in claims:
        starts_on, ends_on = own.get(subject_id, ("", ""))
        if not starts_on:
            continue
        if _RIVAL_OF[metric] == "start" and (metric == "date.announced-on") != (subject_id in announced):
            continue
        pair = (value, ends_on) if _RIVAL_OF[metric] == "start" else (starts_on, value)
        if pair != (starts_on, ends_on) and _is_stretch(*pair):
            found[subject_id][pair][source_id] = None
    return {
        id_: tuple(
            RivalDate(start, end, tuple(sources))
            for (start, end), sources in sorted(pairs.items(), key=lambda pair: pair[0])
        )
        for id_, pairs in found.items()
    }


def rivals_of_events(session: Reader) -> Rivals:
    """Return the rival dates of all events, however many events there are that have none."""
    event = Event.__table__.c
    claimed = select(Claim.__table__.c.subject_id).where(*_LIVE)
    dates = select(event.id, event.starts_on, event.ends_on).where(event.id.in_(claimed))
    own = {id_: (starts_on, ends_on or "") for id_, starts_on, ends_on in session.execute(dates)}
    return rival_dates(session, own) if own else {}


def known_rivals(rivals: tuple[RivalDate, ...], filters: Filters) -> tuple[RivalDate, ...]:
    """Return the rival dates that do not lie wholly after the as-of date."""
    if filters.as_of is None:
        return rivals
    known = []
    for rival in rivals:
        earliest = PartialDate.parse(rival.starts_on).earliest
        if earliest is None or earliest <= filters.as_of:
            known.append(rival)
    return tuple(known)


def _dated_claims(session: Reader, only: frozenset[str] | None = None) -> tuple[tuple[str, str, str, str], ...]:
    """Return subject, metric, value and source of every live claim that gives a date."""
    claim = Claim.__table__.c
    query = select(claim.subject_id, claim.metric, claim.value, claim.source_id).where(*_LIVE)
    query = within(query, claim.subject_id, only)
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
