"""Which of very many events pass the filters, and which of those come first, without an object for each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipscape_db.columns.packed import Places
from chipscape_db.filters import CERTAINTIES, Filters
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.event_columns import EventColumns, event_columns
from chipscape_db.queries.event_counts import certainties_of_events


def passing_events(session: Reader, columns: EventColumns, filters: Filters) -> NDArray[np.bool_]:
    """Say of each event whether it passes the filters, by the same rules as `briefs.passes`."""
    shown = np.ones(len(columns), dtype=np.bool_)
    for latest in (filters.as_of, filters.end):
        if latest is not None:
            shown &= columns.first <= day_number(latest)
    if filters.start is not None:
        ended = np.where(columns.lasting, columns.end_last, columns.last)
        shown &= ended >= day_number(filters.start)
    for wanted, own in (
        (filters.organizations, [{maker.id} for maker in columns.makers]),
        (filters.countries, [{maker.country} for maker in columns.makers]),
        (filters.sectors, [set(maker.sectors) for maker in columns.makers]),
    ):
        if wanted:
            fits = np.array([bool(wanted & each) for each in own], dtype=np.bool_)
            among = np.zeros(len(columns), dtype=np.bool_)
            among[columns.part_event[fits[columns.part_maker]]] = True
            shown &= among
    if filters.certainties:
        wanted_numbers = [CERTAINTIES.index(word) for word in CERTAINTIES if word in filters.certainties]
        shown &= np.isin(certainties_of_events(session, columns), wanted_numbers)
    return shown


@dataclass(frozen=True, slots=True)
class Foremost:
    """The ids of the most important events, how many pass besides, and how many events there are in all."""

    ids: tuple[str, ...]
    left_out: int
    total: int


def foremost_events(session: Reader, filters: Filters, *, language: str, words: str = "", most: int) -> Foremost:
    """Return the most important events that pass the filters and whose names hold all *words*."""
    columns = event_columns(session, language=language)
    if filters.kinds and "event" not in filters.kinds:
        return Foremost((), 0, len(columns))
    places: Places = np.flatnonzero(passing_events(session, columns, filters))
    sought = words.casefold().split()
    if sought:
        places = np.intersect1d(places, np.array(columns.titles.matching(sought, most=len(columns)), dtype=np.int64))
    foremost = places[np.argsort(-columns.importance[places], kind="stable")[:most]]
    ids = tuple(columns.ids[place] for place in foremost.tolist())
    return Foremost(ids, len(places) - len(ids), len(columns))
