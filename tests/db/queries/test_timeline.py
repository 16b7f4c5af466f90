"""The rows of the timeline, from the real starter facts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.filters import Filters
from chipscape_db.queries.timeline import timeline_rows


@pytest.fixture(scope="module")
def session(starter: Path) -> Iterator[Session]:
    base = open_base(starter, write=False)
    with Session(base.engine) as opened:
        yield opened
    base.close()


def test_all_events_come_in_the_order_of_their_dates(session):
    rows = timeline_rows(session, Filters(), language="en")
    assert len(rows.items) == 277
    assert rows.items[0].title == "AlexNet shows the power of GPUs for deep learning"
    assert {item.kind for item in rows.items} == {"event"}
    years = [int(item.starts_on[:4]) for item in rows.items]
    assert years == sorted(years)
    assert all(item.sources for item in rows.items)
    assert set(rows.sources) >= {source for item in rows.items for source in item.sources}


def test_titles_come_in_the_language_asked_for(session):
    titles = {item.title for item in timeline_rows(session, Filters(), language="fr").items}
    assert "Google met en service son premier TPU" in titles


def test_chips_and_rules_join_where_wanted_and_a_filter_on_kinds_decides(session):
    show = frozenset({"event", "chip", "policy"})
    kinds = {item.kind for item in timeline_rows(session, Filters(), language="en", show=show).items}
    assert kinds == show
    filtered = timeline_rows(session, Filters(kinds=frozenset({"model"})), language="en", show=show)
    assert {item.kind for item in filtered.items} == {"model"}


def test_the_leading_organization_is_the_actor(session):
    rows = timeline_rows(session, Filters(), language="en")
    item = next(item for item in rows.items if item.title == "US requires licences for Nvidia's H20")
    assert rows.names[item.organizations[0]].startswith("US ")
    assert ("Nvidia H20", "subject") in item.participants


def test_the_as_of_date_hides_later_events_rules_and_ends(session):
    early = timeline_rows(session, Filters(as_of=date(2023, 1, 1)), language="en")
    assert max(item.starts_on for item in early.items) <= "2023-01-01"
    ends = {rule.title: rule.ends_on for rule in early.rules}
    october = next(title for title in ends if title.startswith("October 7, 2022 rule"))
    assert ends[october] == ".."
    assert not [title for title in ends if title.startswith("October 17, 2023 rule")]
    now = {rule.title: rule.ends_on for rule in timeline_rows(session, Filters(), language="en").rules}
    assert now[october] == "2023-11-17"


def test_rules_are_ranked_by_the_events_that_name_them_and_by_what_they_restrict(session):
    rules = timeline_rows(session, Filters(), language="en").rules
    assert [rule.weight for rule in rules] == sorted((rule.weight for rule in rules), reverse=True)
    assert rules[0].title == "October 17, 2023 rule on advanced computing"
    assert "October 7, 2022" in " ".join(rule.title for rule in rules[:6])
    assert not [rule for rule in rules if rule.title == "GAIN AI Act"]


def test_the_number_of_queries_does_not_grow_with_the_facts(session):
    engine = session.get_bind()
    counted = []

    def count(_connection, _cursor, statement, *_rest):
        counted.append(statement)

    timeline_rows(session, Filters(), language="en")
    event.listen(engine, "before_cursor_execute", count)
    try:
        timeline_rows(session, Filters(), language="en")
        all_of_it = len(counted)
        counted.clear()
        timeline_rows(session, Filters(as_of=date(2016, 1, 1)), language="en")
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len(counted) == all_of_it < 30
