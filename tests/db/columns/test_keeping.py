"""The columns of events that a base keeps: whatever was done since, they say what a fresh reading says."""

import json
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event as listening
from sqlalchemy.orm import Session

from chipscape_db import history
from chipscape_db.base_file import copy_base, open_base
from chipscape_db.checks import check_base
from chipscape_db.columns import keeping, size
from chipscape_db.columns.keeping import as_rows, kept_columns, refresh
from chipscape_db.columns.reading import read_columns
from chipscape_db.commands.citations import NewCitation, add_citation
from chipscape_db.commands.deletion import delete_record
from chipscape_db.commands.events import add_event, duplicate_event, move_dates
from chipscape_db.commands.record_merge import merge_records
from chipscape_db.commands.records import edit_record
from chipscape_db.commands.relationships import add_participant
from chipscape_db.engine import open_engine
from chipscape_db.errors import FactsError, FileFault
from chipscape_db.filters import Filters
from chipscape_db.moment import Moment, moment_of
from chipscape_db.next_steps import next_undo
from chipscape_db.queries.event_columns import event_columns, keep_columns
from chipscape_db.queries.timeline import timeline_rows
from chipscape_db.reverting import redo, undo

ME = "Ada"
NUMBER = st.integers(0, 300)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("add", "copy", "move", "end", "rename", "translate", "weigh", "delete", "take part", "cite", "merge",
             "delete source", "delete organization", "undo", "redo", "write")
        ),
        NUMBER,
        st.sampled_from(("2024", "2024-05", "2024-05-06", "2024~", "2023/2024", "2023/..", "2024-33", "..", "")),
    ),
    max_size=8,
)  # fmt: skip


def ids_of(engine, table):
    with engine.connect() as connection:
        return list(connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY id").scalars())


def do(engine, step):
    name, number, date = step
    events = ids_of(engine, "event")
    event = events[number % len(events)]
    organizations = ids_of(engine, "organization")
    organization = organizations[number % len(organizations)]
    sources = ids_of(engine, "source")
    source = sources[number % len(sources)]
    if name == "add":
        fields = {"name": f"New {number}", "event_kind": "policy", "starts_on": date, "importance": "3"}
        add_event(engine, author=ME, fields=fields, actor_id=organization)
    elif name == "copy":
        duplicate_event(engine, author=ME, event_id=event, name=f"Copy {number}")
    elif name == "move":
        move_dates(engine, author=ME, record_id=event, starts_on=date)
    elif name == "end":
        move_dates(engine, author=ME, record_id=event, ends_on=date)
    elif name == "rename":
        edit_record(engine, author=ME, record_id=event, fields={"name": f"Ünderen {number}"})
    elif name == "translate":
        edit_record(engine, author=ME, record_id=event, texts={("name", "fr"): f"Évènement {number}"})
    elif name == "weigh":
        edit_record(engine, author=ME, record_id=event, fields={"importance": "5", "event_kind": "incident"})
    elif name == "delete":
        delete_record(engine, author=ME, record_id=event, take_along=True)
    elif name == "take part":
        add_participant(engine, author=ME, event_id=event, record_id=organization, role="partner")
    elif name == "cite":
        add_citation(engine, author=ME, record_id=event, citation=NewCitation(source, ""))
    elif name == "merge":
        merge_records(engine, author=ME, kept_id=event, lost_id=events[(number + 7) % len(events)], reason="twins")
    elif name == "delete source":
        delete_record(engine, author=ME, record_id=source, take_along=True)
    elif name == "delete organization":
        delete_record(engine, author=ME, record_id=organization, take_along=True)
    elif name == "write":
        write(engine)
    else:
        (undo if name == "undo" else redo)(engine, author=ME)


def write(engine):
    with engine.execution_options(writing=True).begin() as connection:
        refresh(connection, many=1)


def fresh_and_kept(engine):
    with engine.connect() as connection:
        kept = kept_columns(connection)
        return as_rows(read_columns(connection)), None if kept is None else as_rows(kept)


@pytest.fixture
def engine(starter_copy):
    base = open_base(starter_copy)
    yield base.engine
    base.close()


@pytest.fixture(scope="module")
def shared(starter):
    with TemporaryDirectory() as folder:
        base = open_base(Path(shutil.copy(starter, Path(folder) / "facts.chipscape")))
        yield base.engine
        base.close()


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_after_any_steps_the_columns_are_what_a_fresh_reading_gives(shared, steps):
    engine = shared
    write(engine)
    with Session(engine) as session:
        event_columns(session, language="en")
    for step in steps:
        with suppress(FactsError):
            do(engine, step)
        fresh, kept = fresh_and_kept(engine)
        assert kept == fresh
        with Session(engine) as session:
            assert as_rows(event_columns(session, language="en").stored) == fresh
    while next_undo(engine) is not None:
        undo(engine, author=ME)
    fresh, kept = fresh_and_kept(engine)
    assert kept == fresh


def test_they_say_what_the_rows_say(engine):
    write(engine)
    with Session(engine) as session:
        for language in ("en", "fr"):
            columns = event_columns(session, language=language)
            rows = timeline_rows(session, Filters(), language=language)
            said = {
                id_: (columns.titles[at], columns.starts_on[at], columns.ends_on[at])
                for at, id_ in enumerate(columns.ids)
            }
            assert said == {item.id: (item.title, item.starts_on, item.ends_on) for item in rows.items}
            leading = {
                id_: columns.makers[columns.maker[at]].id if columns.maker[at] >= 0 else ""
                for at, id_ in enumerate(columns.ids)
            }
            assert len(list(columns.starts_on)) == len(list(columns.ends_on)) == len(columns)
            assert leading == {item.id: (*item.organizations, "")[0] for item in rows.items}


def test_a_step_that_goes_on_with_the_last_one_is_seen(engine):
    event = ids_of(engine, "event")[3]
    edit_record(engine, author=ME, record_id=event, fields={"name": "One"})
    write(engine)
    with Session(engine) as session:
        event_columns(session, language="en")
    edit_record(engine, author=ME, record_id=event, fields={"name": "Two"})
    fresh, kept = fresh_and_kept(engine)
    assert kept == fresh
    assert fresh[event][0] == "Two"
    with Session(engine) as session:
        columns = event_columns(session, language="en")
    assert columns.titles[columns.ids.find(event)] == "Two"


def test_a_small_base_keeps_none(engine):
    write(engine)
    with engine.execution_options(writing=True).begin() as connection:
        refresh(connection)
        assert kept_columns(connection) is None
        assert connection.exec_driver_sql("SELECT count(*) FROM event_column").scalar_one() == 0


def test_a_copy_takes_them_along(engine, tmp_path):
    write(engine)
    copy_base(engine, tmp_path / "copy.chipscape")
    base = open_base(tmp_path / "copy.chipscape", write=False)
    fresh, kept = fresh_and_kept(base.engine)
    base.close()
    assert kept == fresh


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM event_column WHERE name = 'last'",
        "DELETE FROM event_column WHERE name = 'ids'",
        "UPDATE event_column SET data = x'00' WHERE name = 'first'",
        "UPDATE event_column SET data = x'' WHERE name = 'kind'",
        "UPDATE event_column SET data = zeroblob(length(data)) WHERE name = 'names:ends'",
        "UPDATE event_column SET data = CAST(hex(data) || '00' AS BLOB) WHERE name = 'cited_source'",
        "UPDATE event_column SET data = CAST(replace(hex(data), '0', '7') AS BLOB) WHERE name = 'took_record'",
        "UPDATE event_column SET data = x'7b' WHERE name = 'state'",
        "UPDATE event_column SET data = '[]' WHERE name = 'state'",
        "UPDATE event_column SET data = '{\"form\": [1, 1]}' WHERE name = 'state'",
        "UPDATE event_column SET data = replace(data, '\"policy\"', '\"rule\"') WHERE name = 'state'",
        "UPDATE changeset SET uuid = 'another' WHERE id = (SELECT max(id) FROM changeset)",
    ],
)
def test_what_does_not_fit_is_ignored(engine, damage):
    write(engine)
    with engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(damage)
    fresh, kept = fresh_and_kept(engine)
    assert kept is None
    with Session(engine) as session:
        assert as_rows(event_columns(session, language="en").stored) == fresh


def test_rows_written_by_another_tool_are_seen(engine):
    write(engine)
    event = ids_of(engine, "event")[0]
    for statement in (
        "INSERT INTO record (id, kind, slug, name) VALUES ('other', 'event', 'other', 'Other')",
        "DELETE FROM participant WHERE event_id = '{event}'",
        "INSERT INTO participant (event_id, record_id, role) SELECT '{event}', id, 'affected' FROM chip LIMIT 1",
    ):
        with engine.execution_options(writing=True).begin() as connection:
            connection.exec_driver_sql(statement.format(event=event))
    _fresh, kept = fresh_and_kept(engine)
    assert kept is None


def test_the_check_tells_columns_that_are_out_of_step(engine):
    write(engine)
    with Session(engine) as session:
        assert [finding.code for finding in check_base(session)] == []
    with engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE event SET importance = 6 - importance")
    with Session(engine) as session:
        assert [finding.code for finding in check_base(session)] == ["event-columns"]


def test_more_changes_than_are_worth_following_make_everything_be_read(engine, monkeypatch):
    write(engine)
    monkeypatch.setattr(keeping, "MOST_TOUCHED", 2)
    for number, event in enumerate(ids_of(engine, "event")[:3]):
        edit_record(engine, author=ME, record_id=event, fields={"name": f"Another {number}"})
        fresh, kept = fresh_and_kept(engine)
        assert kept == (fresh if number < 2 else None)
    with Session(engine) as session:
        assert as_rows(event_columns(session, language="en").stored) == fresh


def test_a_large_step_writes_them_and_so_does_its_undo(engine, monkeypatch):
    monkeypatch.setattr(history, "_LARGE_STEP", 2)
    monkeypatch.setattr(size, "MANY", 1)

    def written_for():
        with engine.connect() as connection:
            row = connection.exec_driver_sql("SELECT data FROM event_column WHERE name = 'state'").first()
            return None if row is None else Moment(*json.loads(row[0])["moment"])

    def newest():
        with engine.connect() as connection:
            return moment_of(connection)

    assert written_for() is None
    do(engine, ("add", 1, "2024"))  # a record, an event and who took part in it
    assert written_for() == newest()
    undo(engine, author=ME)
    assert written_for() == newest()
    do(engine, ("rename", 1, ""))
    assert written_for() != newest()
    fresh, kept = fresh_and_kept(engine)
    assert kept == fresh
    monkeypatch.setattr(size, "MANY", 10**6)
    do(engine, ("add", 2, "2024"))
    assert written_for() is None


def test_a_base_that_cannot_be_written_to_is_left_alone(starter, monkeypatch):
    monkeypatch.setattr(size, "MANY", 1)
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        keep_columns(session)
        assert len(event_columns(session, language="en")) == len(ids_of(base.engine, "event"))
    base.close()


def rows_of_state(engine):
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT rowid, data FROM event_column WHERE name = 'state'").all()


def test_reading_a_large_base_writes_them_once_and_again_when_they_are_of_no_use(engine, monkeypatch):
    def keep():
        with Session(engine) as session:
            keep_columns(session)
        return rows_of_state(engine)

    assert keep() == []  # a small base
    monkeypatch.setattr(size, "MANY", 1)
    first = keep()
    fresh, kept = fresh_and_kept(engine)
    assert kept == fresh
    do(engine, ("rename", 1, ""))
    assert keep() == first  # a few changes are followed
    monkeypatch.setattr(keeping, "MOST_TOUCHED", 0)
    again = keep()
    assert again != first
    assert keep() == again
    fresh, kept = fresh_and_kept(engine)
    assert kept == fresh


def test_a_disk_too_full_for_them_leaves_the_base_as_it_was(starter_copy, monkeypatch):
    engine = open_engine(starter_copy)

    @listening.listens_for(engine, "connect")
    def _few_more_pages(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    do(engine, ("rename", 1, ""))  # there is room for a small step
    before, _kept = fresh_and_kept(engine)
    monkeypatch.setattr(size, "MANY", 1)
    with Session(engine) as session:
        keep_columns(session)
        assert as_rows(event_columns(session, language="en").stored) == before
    monkeypatch.setattr(history, "_LARGE_STEP", 1)
    with pytest.raises(FileFault, match=r"^The disk is full; nothing was changed"):
        do(engine, ("rename", 2, ""))
    assert fresh_and_kept(engine) == (before, None)
    assert rows_of_state(engine) == []
    engine.dispose()
