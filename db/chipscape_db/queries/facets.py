"""What the filters can be set to, with how many records each choice would leave."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from chipscape_db.columns.size import is_large
from chipscape_db.filters import CERTAINTIES
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import all_briefs, briefs_but_events

TABLES = frozenset(
    ("record", "record_text", "organization", "chip", "model", "software", "policy", "sector", "event", "source",
     "participant", "relationship", "citation")
)  # fmt: skip
"""The tables that the choices are counted from."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a filter can take: the value, its name where the base holds one, and how many records have it."""

    value: str
    name: str
    count: int


def facets(session: Reader, *, language: str) -> Mapping[str, tuple[Choice, ...]]:
    """Return the choices of each filter (`kinds`, `countries`, `organizations`, `sectors`, `certainties`)."""
    large = is_large(session.connection())
    records = (briefs_but_events if large else all_briefs)(session, language=language)
    all_of = chain.from_iterable
    counted: dict[str, Counter[str]] = {
        "kinds": Counter(brief.kind for brief in records.values()),
        "countries": Counter(all_of(brief.countries for brief in records.values())),
        "organizations": Counter(all_of(brief.organizations for brief in records.values())),
        "sectors": Counter(all_of(brief.sectors for brief in records.values())),
        "certainties": Counter(brief.certainty for brief in records.values()),
    }
    if large:
        from chipscape_db.queries.event_columns import event_columns
        from chipscape_db.queries.event_counts import count_by

        of_events = count_by(session, event_columns(session, language=language))
        counted = {name: counts + of_events[name] for name, counts in counted.items()}
    out = {}
    for name, counts in counted.items():
        choices = [
            Choice(value, records[value].name if value in records else "", count)
            for value, count in counts.most_common()
            if value
        ]
        if name == "certainties":
            choices.sort(key=lambda choice: CERTAINTIES.index(choice.value))
        out[name] = tuple(choices)
    return out
