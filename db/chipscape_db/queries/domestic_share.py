"""Who runs on, trains on and buys from whom: the links to chips and their makers, with the countries of both ends."""

from dataclasses import dataclass

from sqlalchemy import select

from chipscape_db.filters import Filters
from chipscape_db.models import Chip, Organization, Relationship
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import briefs_but_events, passes
from chipscape_db.queries.footnotes import FootnoteSource, cited_sources, footnote_sources
from chipscape_db.queries.rule_days import RuleDay, rule_days

KINDS = ("runs-on", "trained-on", "buys-from")


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link from a model or buyer to a chip or its maker.

    `country` is that of who acts (the model's developer, the buyer), `chip_country` that of the chip's designer or the
    seller. `start` and `end` are the days since 1970 that the link's own start may mean, None where it has none;
    `ended` is the last day it may have held, None where it still does; `released` is the middle of the days on which
    the model that it starts from came out. `date` is the start as the base has it.
    """

    id: str
    kind: str
    subject_id: str
    subject: str
    object: str
    country: str
    chip_country: str
    date: str
    start: int | None
    end: int | None
    ended: int | None
    released: float | None
    sources: tuple[str, ...]

    @property
    def day(self) -> float | None:
        """The middle of the days on which the link may have started."""
        if self.start is None:
            return None
        return (self.start + (self.start if self.end is None else self.end)) / 2


@dataclass(frozen=True, slots=True)
class ShareRows:
    """The links in the order of their slugs, the rules, and the sources of both by id."""

    links: tuple[ShareLink, ...]
    rules: tuple[RuleDay, ...]
    sources: dict[str, FootnoteSource]


def domestic_share(session: Reader, filters: Filters, *, language: str) -> ShareRows:
    """Return the links of `KINDS` that end in a chip or a maker of chips; filters apply to who acts.

    With an as-of date, links that began later are left out.
    """
    everything = briefs_but_events(session, language=language)
    makers = {id_ for id_ in session.execute(select(Chip.designer_id).distinct()).scalars() if id_}
    parents = dict(session.execute(select(Organization.id, Organization.parent_id)).all())
    makers |= {parent for id_ in makers if (parent := parents.get(id_))}
    _records, cited = cited_sources(session)
    as_of = None if filters.as_of is None else day_number(filters.as_of)
    shown = Filters(
        countries=filters.countries,
        organizations=filters.organizations,
        sectors=filters.sectors,
        as_of=filters.as_of,
    )
    query = (
        select(
            Relationship.id, Relationship.kind, Relationship.subject_id, Relationship.object_id, Relationship.starts_on,
            Relationship.starts_on_from, Relationship.starts_on_to, Relationship.ends_on_to,
        )
        .where(Relationship.kind.in_(KINDS))
        .order_by(Relationship.slug)
    )  # fmt: skip
    links = []
    for row in session.execute(query):
        subject, target = everything.get(row.subject_id), everything.get(row.object_id)
        if subject is None or target is None or not passes(subject, shown):
            continue
        if subject.kind == "software" or (target.kind != "chip" and target.id not in makers):
            continue
        if as_of is not None and row.starts_on_from is not None and row.starts_on_from > as_of:
            continue
        released = None
        if subject.kind == "model" and subject.start is not None:
            released = (subject.start + (subject.start if subject.end is None else subject.end)) / 2
        links.append(
            ShareLink(
                row.id, row.kind, subject.id, subject.name, target.name, subject.country, target.country,
                row.starts_on or "", row.starts_on_from, row.starts_on_to, row.ends_on_to, released,
                cited.get(row.id, ()),
            )
        )  # fmt: skip
    rules = rule_days(session, language=language, as_of=filters.as_of)
    wanted = {id_ for sources in (*(one.sources for one in links), *(one.sources for one in rules)) for id_ in sources}
    return ShareRows(tuple(links), rules, footnote_sources(session, wanted))
