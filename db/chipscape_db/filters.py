"""The filters and the as-of date that all views share."""

from dataclasses import dataclass
from datetime import date

CERTAINTIES = ("official", "corroborated", "single")
"""How well a fact is founded: a maker's or authority's own source; two independent sources; one source only."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show. An empty set means "any"; `organizations` and `sectors` hold record ids.

    `start` and `end` bound the dates of what is shown; `as_of` hides what had not happened, or was not known, by then.
    """

    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    certainties: frozenset[str] = frozenset()
    start: date | None = None
    end: date | None = None
    as_of: date | None = None

    @property
    def active(self) -> int:
        """The number of filters in use, the as-of date not counted."""
        sets = (self.kinds, self.countries, self.organizations, self.sectors, self.certainties)
        return sum(map(bool, sets)) + (self.start is not None or self.end is not None)
