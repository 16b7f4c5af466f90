"""Model releases with their openness and country, and the rules they are held against."""

from dataclasses import dataclass, replace

from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import briefs_but_events, passes
from chipscape_db.queries.footnotes import FootnoteSource, cited_sources, footnote_sources
from chipscape_db.queries.rule_days import RuleDay, rule_days


@dataclass(frozen=True, slots=True)
class Release:
    """A model that came out: `openness` is a word of the vocabulary, empty where it is not said.

    `country` is that of its developer; `first` and `last` are the days since 1970 that `date` may mean, None for a
    model without a date.
    """

    id: str
    name: str
    developer: str
    country: str
    openness: str
    date: str
    first: int | None
    last: int | None
    sources: tuple[str, ...]

    @property
    def day(self) -> float | None:
        """The middle of the days on which it may have come out."""
        return None if self.first is None else (self.first + (self.first if self.last is None else self.last)) / 2


@dataclass(frozen=True, slots=True)
class OpennessRows:
    """The releases by date and name, the rules, and the sources of both by id."""

    releases: tuple[Release, ...]
    rules: tuple[RuleDay, ...]
    sources: dict[str, FootnoteSource]


def openness(session: Reader, filters: Filters, *, language: str) -> OpennessRows:
    """Return the models that pass the filters; the filter of kinds does not apply."""
    everything = briefs_but_events(session, language=language)
    cited, _links = cited_sources(session)
    shown = replace(filters, kinds=frozenset({"model"}))
    releases = [
        Release(
            one.id, one.name, everything[one.organizations[0]].name if one.organizations else "", one.country,
            one.subkind, one.date, one.start, one.end, cited.get(one.id, ()),
        )
        for one in everything.values()
        if passes(one, shown)
    ]  # fmt: skip
    releases.sort(key=_order)
    rules = rule_days(session, language=language, as_of=filters.as_of)
    wanted = {id_ for sources in (*(r.sources for r in releases), *(r.sources for r in rules)) for id_ in sources}
    return OpennessRows(tuple(releases), rules, footnote_sources(session, wanted))


def _order(one: Release) -> tuple[bool, float, str]:
    return one.day is None, one.day or 0.0, one.name
