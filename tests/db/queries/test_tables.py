from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from chipscape_db.columns import size
from chipscape_db.engine import open_engine
from chipscape_db.filters import Filters
from chipscape_db.queries import tables
from chipscape_db.queries.counts import counts
from chipscape_db.queries.tables import TABLES, fact_table


@pytest.fixture(scope="module")
def engine(starter):
    engine = open_engine(starter, read_only=True)
    yield engine
    engine.dispose()


@pytest.fixture
def read(engine):
    def run(key, filters=Filters(), language="en"):  # noqa: B008 - frozen
        with Session(engine) as session:
            return fact_table(session, key, filters=filters, language=language)

    return run


@pytest.mark.parametrize("key", TABLES)
def test_every_table_holds_every_row_of_its_kind_in_as_few_queries(engine, read, key):
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    table = read(key)
    event.remove(engine, "before_cursor_execute", note)
    with Session(engine) as session:
        assert table.total == len(table.ids) == counts(session)[key]
    assert len(asked) <= 8
    assert all(len(column) == len(table.ids) for column in (*table.cells, *table.days.values(), table.owners))
    assert len(table.cells) == len(table.columns)


def test_cells_name_records_and_keep_dates_as_written(read):
    table = read("chip")
    row = table.cells[0].index("Ascend 910B")
    told = {column.name: table.cells[place][row] for place, column in enumerate(table.columns)}
    assert told["designer_id"] in ("Huawei", "HiSilicon")
    assert told["slug"] == "ascend-910b"
    assert int(told["claims"]) > 5
    assert int(told["citations"]) > 0
    released = table.column("released_on")
    dated = [place for place, text in enumerate(table.cells[released]) if text]
    assert all(table.days["released_on"][place] is not None for place in dated)


def test_names_are_those_of_the_language(read):
    english, french = read("sector"), read("sector", language="fr")
    assert set(english.cells[0]) != set(french.cells[0])
    assert french.translated
    assert not english.translated


def test_the_shared_filters_hold_in_every_table(read):
    china = Filters(countries=frozenset({"CN"}))
    for key in ("organization", "chip", "relationship", "claim"):
        some, all_ = read(key, china), read(key)
        assert 0 < len(some.ids) < len(all_.ids) == some.total
    assert len(read("chip", Filters(kinds=frozenset({"model"}))).ids) == 0
    assert len(read("source", Filters(kinds=frozenset({"model"}))).ids) == 0
    assert len(read("source", china).ids) == read("source").total
    assert len(read("event", Filters(as_of=date(2020, 1, 1))).ids) < read("event").total


def test_of_very_many_events_the_most_important_that_have_the_words_are_there(read, engine, monkeypatch):
    every = read("event")
    china = Filters(countries=frozenset({"CN"}))
    filtered = read("event", china)
    monkeypatch.setattr(size, "MANY", 1)
    assert set(read("event").ids) == set(every.ids)
    assert set(read("event", china).ids) == set(filtered.ids)
    assert read("event", Filters(kinds=frozenset({"chip"}))).ids == ()
    monkeypatch.setattr(tables, "MOST_EVENTS", 10)
    some = read("event")
    assert some.partial
    assert len(some.ids) == 10
    assert some.total == len(every.ids)
    importance = dict(zip(every.ids, every.cells[every.column("importance")], strict=True))
    assert min(importance[id_] for id_ in some.ids) >= sorted(importance.values())[-10]
    left = next(id_ for id_ in every.ids if id_ not in some.ids)
    with Session(engine) as session:
        with_it = fact_table(session, "event", filters=Filters(), language="en", also=left)
        named = fact_table(session, "event", filters=Filters(), language="en", words="ASCEND 910")
    assert set(with_it.ids) == {*some.ids, left}
    assert named.ids
    assert all("Ascend" in name and "910" in name for name in named.cells[0])


def test_other_tables_are_filtered_alike_where_events_are_very_many(read, monkeypatch):
    filters = Filters(countries=frozenset({"CN"}), as_of=date(2022, 1, 1))
    few = {key: set(read(key, filters).ids) for key in TABLES if key != "event"}
    monkeypatch.setattr(size, "MANY", 1)
    assert {key: set(read(key, filters).ids) for key in TABLES if key != "event"} == few
