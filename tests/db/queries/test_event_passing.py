"""Of events read as columns the same pass the filters as of those read a record at a time."""

from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.commands.events import move_dates
from chipscape_db.filters import CERTAINTIES, Filters
from chipscape_db.queries.briefs import briefs
from chipscape_db.queries.event_columns import event_columns
from chipscape_db.queries.event_passing import foremost_events, passing_events
from chipscape_db.queries.timeline import timeline_rows
from chipscape_db.queries.timeline_large import foremost_rows

DAYS = (None, date(2020, 6, 1), date(2023, 1, 5), date(2024, 7, 1))
MANY = 10**6


@pytest.fixture
def engine(starter_copy: Path):
    base = open_base(starter_copy)
    with Session(base.engine) as session:
        ids = [item.id for item in timeline_rows(session, Filters(), language="en").items]
    for id_, end in zip(ids[::4], ("2023/..", "/2030", "2031~", "2024-06", "2030/2031"), strict=False):
        move_dates(base.engine, author="Ada", record_id=id_, starts_on="2019", ends_on=end)
    yield base.engine
    base.close()


def test_the_same_events_pass(engine):
    with Session(engine) as session:
        columns = event_columns(session, language="en")
        sides = {country for maker in columns.makers if (country := maker.country)}
        seen = set()
        for as_of, start, end, country, certainty in product(DAYS[::3], DAYS, DAYS, ("", "CN"), ("", "single")):
            filters = Filters(
                as_of=as_of, start=start, end=end, countries=frozenset({country} & sides),
                certainties=frozenset({certainty} & set(CERTAINTIES)),
            )  # fmt: skip
            slow = {id_ for id_, brief in briefs(session, filters, language="en").items() if brief.kind == "event"}
            quick = {columns.ids[at] for at in np.flatnonzero(passing_events(session, columns, filters)).tolist()}
            assert quick == slow, filters
            seen.add(frozenset(slow))
        assert len(seen) > 20


def test_the_most_important_come_in_the_order_of_time(engine):
    with Session(engine) as session:
        everything = timeline_rows(session, Filters(), language="en").items
        rows, left_out = foremost_rows(session, Filters(), language="en", most=MANY)
        assert (rows.items, left_out) == (everything, 0)
        few, left_out = foremost_rows(session, Filters(), language="en", most=5)
        assert left_out == len(everything) - 5
        least = min(item.importance for item in few.items)
        assert all(item.importance <= least for item in everything if item not in few.items)


def test_words_and_kinds_narrow_them_down(engine):
    with Session(engine) as session:
        name = next(item.title for item in timeline_rows(session, Filters(), language="en").items)
        found = foremost_events(session, Filters(), language="en", words=name.upper(), most=MANY)
        assert 1 <= len(found.ids) < found.total
        assert foremost_events(session, Filters(kinds=frozenset({"chip"})), language="en", most=9).ids == ()
