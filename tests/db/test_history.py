"""The one door for writes: each step whole or not at all, told field by field."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Engine, delete, insert, update
from sqlalchemy.orm import Session

from chipscape_db import history
from chipscape_db.base_file import create_base
from chipscape_db.engine import open_engine
from chipscape_db.errors import Invalid, StillReferenced
from chipscape_db.history import ChangeSummary, UnrecordedWriteError, record
from chipscape_db.models import Alias, Change, Changeset, Chip, Organization, Record, RecordText, Sector

Rows: TypeAlias = dict[str, list[tuple[Any, ...]]]
FactsOf: TypeAlias = Callable[[Path], Rows]
AssertWhole: TypeAlias = Callable[..., int]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "facts.chipscape"
    create_base(made, starter=False)
    return made


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    made = open_engine(path)
    yield made
    made.dispose()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """A clock that stands still until its one entry is changed."""
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    monkeypatch.setattr(history, "_now", lambda: now[0].isoformat(timespec="microseconds"))
    return now


def add(engine: Engine, slug: str = "energy") -> str:
    with record(engine, "add", slug, author="ann") as (session, _):
        sector = Sector(slug=slug, name=slug.title())
        session.add(sector)
        session.flush()
        return sector.id


def rename(engine: Engine, id_: str, name: str, *, author: str = "ann") -> ChangeSummary | None:
    with record(engine, "rename", name, author=author) as (session, out):
        session.get_one(Record, id_).name = name
    return out[0] if out else None


def steps(engine: Engine) -> list[tuple[str, str, str]]:
    with Session(engine) as session:
        return [(step.kind, step.action, step.author) for step in session.query(Changeset).order_by(Changeset.id)]


def changes(engine: Engine) -> list[Change]:
    with Session(engine) as session:
        return session.query(Change).order_by(Change.id).all()


def test_a_step_says_who_did_what_when_with_each_row_before_and_after(engine: Engine, clock: list[datetime]) -> None:
    id_ = add(engine)
    clock[0] += timedelta(hours=1)
    summary = rename(engine, id_, "Power")
    assert summary is not None
    assert (summary.kind, summary.action, summary.subject) == ("edit", "rename", "Power")
    assert summary.tables == {"record"}
    assert summary.owners == {id_}
    with Session(engine) as session:
        step = session.get_one(Changeset, summary.changeset_id)
        assert (step.author, step.at) == ("ann", "2026-01-01T01:00:00.000000+00:00")
    last = changes(engine)[-1]
    assert (last.table_name, last.row_key, last.owner_id) == ("record", {"id": id_}, id_)
    assert last.before == {"id": id_, "kind": "sector", "slug": "energy", "name": "Energy"}
    assert last.after == {"id": id_, "kind": "sector", "slug": "energy", "name": "Power"}


def test_a_row_of_a_kind_is_recorded_in_both_its_tables(engine: Engine) -> None:
    with record(engine, "add", "x", author="") as (session, _):
        session.add(Chip(slug="x1", name="X1", released_on="2025-06"))
    written = {change.table_name: change.after for change in changes(engine)}
    assert written.keys() == {"record", "chip"}
    assert written["chip"] is not None
    assert (written["chip"]["released_on_from"], written["chip"]["released_on_to"]) == (20240, 20269)


def test_a_step_that_changes_nothing_leaves_no_history(engine: Engine) -> None:
    id_ = add(engine)
    assert rename(engine, id_, "Energy") is None
    assert len(steps(engine)) == 1


def test_a_step_that_fails_leaves_neither_facts_nor_history(engine: Engine, path: Path, facts_of: FactsOf) -> None:
    id_ = add(engine)
    before = facts_of(path)

    def failing() -> None:
        with record(engine, "edit", "x", author="ann") as (session, _):
            session.get_one(Record, id_).name = "Other"
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        failing()
    assert facts_of(path) == before
    assert len(steps(engine)) == 1


def test_what_the_schema_forbids_is_said_in_words(
    engine: Engine, path: Path, facts_of: FactsOf, assert_whole: AssertWhole
) -> None:
    add(engine)
    with record(engine, "add", "x", author="") as (session, _):
        session.add(Organization(slug="maker", name="Maker", org_kind="company"))
        session.flush()
        maker = session.query(Organization).one().id
        session.add(Chip(slug="x1", name="X1", designer_id=maker))
    before = facts_of(path)
    with pytest.raises(Invalid, match=r"The same entry exists already \(record.slug\)"):
        add(engine)
    with (
        pytest.raises(Invalid, match="missing or not allowed"),
        record(engine, "add", "x", author="") as (session, _),
    ):
        session.add(Sector(slug="Not A Slug", name="X"))
    with pytest.raises(StillReferenced), record(engine, "delete", "x", author="") as (session, _):
        session.delete(session.get_one(Organization, maker))
    assert facts_of(path) == before
    assert_whole(path)


class TestOnlyOneDoor:
    @pytest.mark.parametrize(
        "statement",
        [
            update(Record).values(name="x"),
            delete(Alias),
            insert(Record).values(id="x", kind="sector", slug="x", name="x"),
        ],
        ids=["update", "delete", "insert"],
    )
    def test_bulk_statements_are_refused(
        self, engine: Engine, path: Path, statement: object, facts_of: FactsOf
    ) -> None:
        add(engine)
        before = facts_of(path)
        with pytest.raises(UnrecordedWriteError), record(engine, "x", "x", author="") as (session, _):
            session.execute(statement)  # type: ignore[call-overload]
        assert facts_of(path) == before

    def test_many_plain_rows_are_recorded_when_they_are_whole(
        self, engine: Engine, path: Path, assert_whole: AssertWhole
    ) -> None:
        rows = [
            {"id": f"id{number}", "record_id": add(engine, f"s{number}"), "alias": "a", "language": ""}
            for number in range(3)
        ]
        with record(engine, "load", "x", author="") as (session, out):
            session.insert_rows(Alias, rows)
        assert out[0].tables == {"alias"}
        assert assert_whole(path) == 4
        with (
            pytest.raises(UnrecordedWriteError, match="language"),
            record(engine, "load", "x", author="") as (session, _),
        ):
            session.insert_rows(Alias, [{"id": "x", "record_id": rows[0]["record_id"], "alias": "b"}])
        assert assert_whole(path) == 4

    def test_removing_a_text_goes_through_the_session(
        self, engine: Engine, path: Path, assert_whole: AssertWhole
    ) -> None:
        id_ = add(engine)
        with record(engine, "edit", "x", author="") as (session, _):
            session.add(RecordText(record_id=id_, field="summary", language="en", text="Coal"))
        with record(engine, "edit", "x", author="") as (session, _):
            session.delete(session.query(RecordText).one())
        assert changes(engine)[-1].after is None
        assert_whole(path)


class TestOneStepForEditsOfOneField:
    def test_repeated_edits_within_a_minute_are_one_step(self, engine: Engine, clock: list[datetime]) -> None:
        id_ = add(engine)
        for second, name in enumerate(("P", "Po", "Power")):
            clock[0] += timedelta(seconds=20 + second)
            rename(engine, id_, name)
        assert [action for _, action, _ in steps(engine)] == ["add", "rename"]
        last = changes(engine)[-1]
        assert last.before is not None
        assert last.after is not None
        assert (last.before["name"], last.after["name"]) == ("Energy", "Power")

    def test_a_pause_of_more_than_a_minute_begins_a_new_step(self, engine: Engine, clock: list[datetime]) -> None:
        id_ = add(engine)
        rename(engine, id_, "Power")
        clock[0] += timedelta(seconds=61)
        rename(engine, id_, "Grid")
        assert len(steps(engine)) == 3

    def test_another_author_field_or_record_begins_a_new_step(self, engine: Engine, clock: list[datetime]) -> None:
        id_, other = add(engine), add(engine, "banks")
        rename(engine, id_, "A")
        rename(engine, id_, "B", author="bob")
        rename(engine, other, "C", author="bob")
        with record(engine, "rename", "x", author="bob") as (session, _):
            session.get_one(Record, other).slug = "other"
        assert len(steps(engine)) == 6

    def test_typing_back_what_was_there_is_kept_as_a_step(
        self, engine: Engine, clock: list[datetime], path: Path, assert_whole: AssertWhole
    ) -> None:
        id_ = add(engine)
        rename(engine, id_, "Power")
        rename(engine, id_, "Energy")
        assert_whole(path)
        assert changes(engine)[-1].before != changes(engine)[-1].after
