"""Undo, redo and revert: to any depth, over restarts, and refused in words where a later change stands in the way."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db import reverting
from chipscape_db.base_file import create_base
from chipscape_db.engine import open_engine
from chipscape_db.errors import Conflict, Invalid, NotFound
from chipscape_db.history import record
from chipscape_db.models import Alias, Changeset, Chip, Event, Organization, Record, RecordText, Sector
from chipscape_db.next_steps import next_redo, next_undo
from chipscape_db.search import out_of_step
from chipscape_db.transfer.csv_dump import dump_folder
from chipscape_db.transfer.csv_load import load_folder

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


def add(engine: Engine, slug: str) -> str:
    with record(engine, "add", slug, author="ann") as (session, _):
        sector = Sector(slug=slug, name=slug.title())
        session.add(sector)
        session.flush()
        return sector.id


def rename(engine: Engine, id_: str, name: str) -> int:
    with record(engine, f"rename to {name}", name, author="ann") as (session, out):
        session.get_one(Record, id_).name = name
    return out[0].changeset_id


def names(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [name for (name,) in session.query(Record.name).order_by(Record.name)]


def undo(engine: Engine) -> bool:
    return reverting.undo(engine, author="ann") is not None


def redo(engine: Engine) -> bool:
    return reverting.redo(engine, author="ann") is not None


def test_undo_and_redo_walk_the_whole_history_over_restarts(
    path: Path, facts_of: FactsOf, assert_whole: AssertWhole
) -> None:
    states: list[Rows] = [facts_of(path)]
    for number in range(5):
        engine = open_engine(path)
        add(engine, f"s{number}")
        engine.dispose()
        states.append(facts_of(path))

    def again(step: Callable[[Engine], bool]) -> bool:
        engine = open_engine(path)
        done = step(engine)
        engine.dispose()
        return done

    for _round in range(2):
        for state in states[-2::-1]:
            assert again(undo)
            assert facts_of(path) == state
        assert not again(undo)
        for state in states[1:]:
            assert again(redo)
            assert facts_of(path) == state
        assert not again(redo)
    assert_whole(path)


def test_a_new_edit_ends_what_can_be_redone(engine: Engine) -> None:
    add(engine, "a")
    add(engine, "b")
    assert undo(engine)
    assert next_redo(engine) is not None
    add(engine, "c")
    assert next_redo(engine) is None
    assert not redo(engine)
    assert names(engine) == ["A", "C"]
    assert undo(engine)
    assert undo(engine)
    assert names(engine) == []


def test_a_redone_step_can_be_undone_again(engine: Engine) -> None:
    add(engine, "a")
    for _round in range(3):
        assert undo(engine)
        assert names(engine) == []
        assert redo(engine)
        assert names(engine) == ["A"]


def test_an_undo_says_what_it_took_back(engine: Engine) -> None:
    id_ = add(engine, "a")
    summary = reverting.undo(engine, author="bob")
    assert summary is not None
    assert (summary.kind, summary.action, summary.subject) == ("undo", "add", "a")
    assert summary.owners == {id_}
    with Session(engine) as session:
        step = session.get_one(Changeset, summary.changeset_id)
        assert (step.reverts_id, step.author) == (1, "bob")


def test_any_earlier_step_can_be_reverted_alone(engine: Engine) -> None:
    add(engine, "a")
    b = add(engine, "b")
    renamed = rename(engine, b, "Beta")
    add(engine, "c")
    summary = reverting.revert(engine, renamed, author="ann")
    assert summary.kind == "revert"
    assert names(engine) == ["A", "B", "C"]
    assert undo(engine)
    assert names(engine) == ["A", "Beta", "C"]


def test_a_later_change_that_stands_in_the_way_is_said_and_nothing_written(
    engine: Engine, path: Path, facts_of: FactsOf, assert_whole: AssertWhole
) -> None:
    id_ = add(engine, "a")
    first = rename(engine, id_, "Alpha")
    rename(engine, id_, "Aleph")
    before, steps = facts_of(path), assert_whole(path)
    for step in (1, first):
        with pytest.raises(
            Conflict, match=f"Change number {step} cannot be taken back: a later change touched"
        ) as told:
            reverting.revert(engine, step, author="ann")
        assert "\n" not in str(told.value)
    assert facts_of(path) == before
    assert assert_whole(path) == steps


def test_what_others_refer_to_meanwhile_is_not_taken_away(
    engine: Engine, path: Path, facts_of: FactsOf, assert_whole: AssertWhole
) -> None:
    with record(engine, "add", "Maker", author="") as (session, out):
        session.add(Organization(slug="maker", name="Maker", org_kind="company"))
    with record(engine, "add", "X1", author="") as (session, _):
        session.add(Chip(slug="x1", name="X1", designer_id=session.query(Organization).one().id))
    before = facts_of(path)
    with pytest.raises(Exception, match="still refer to this"):
        reverting.revert(engine, out[0].changeset_id, author="")
    assert facts_of(path) == before
    assert_whole(path)


def test_a_number_that_is_not_in_the_history_is_said(engine: Engine) -> None:
    with pytest.raises(NotFound, match="no change number 99"):
        reverting.revert(engine, 99, author="")


def test_a_step_taken_back_twice_is_refused(engine: Engine) -> None:
    add(engine, "a")
    reverting.revert(engine, 1, author="")
    with pytest.raises((Conflict, Invalid)):
        reverting.revert(engine, 1, author="")


def test_the_starter_facts_cannot_be_undone(starter_copy: Path, facts_of: FactsOf) -> None:
    engine = open_engine(starter_copy)
    before = facts_of(starter_copy)
    assert not undo(engine)
    add(engine, "a")
    assert undo(engine)
    assert not undo(engine)
    assert facts_of(starter_copy) == before
    engine.dispose()


def test_loading_a_folder_is_one_step_to_undo(starter: Path, path: Path, tmp_path: Path, facts_of: FactsOf) -> None:
    source = open_engine(starter, read_only=True)
    with Session(source) as session:
        dump_folder(session, tmp_path / "csv")
    source.dispose()
    engine = open_engine(path)
    add(engine, "mine")
    before = facts_of(path)
    load_folder(engine, tmp_path / "csv", author="ann")
    after = facts_of(path)
    assert after != before
    start = perf_counter()
    assert undo(engine)
    assert perf_counter() - start < 20
    assert facts_of(path) == before
    assert redo(engine)
    assert facts_of(path) == after
    with engine.connect() as connection:
        assert out_of_step(connection) == set()
    engine.dispose()


class Edits:
    """Random edits of a small base."""

    def __init__(self, engine: Engine, seed: int) -> None:
        self._engine, self._random, self._made = engine, random.Random(seed), 0

    def one(self) -> None:
        """Do one edit that changes something."""
        with record(self._engine, f"edit {self._random.random()}", "x", author="ann") as (session, _):
            sectors = session.query(Sector).order_by(Sector.slug).all()
            what = self._random.choice(("add", "add", "rename", "alias", "text", "delete") if sectors else ("add",))
            self._made += 1
            if what == "add":
                session.add(Sector(slug=f"s{self._made}", name=f"Sector {self._made}"))
                return
            sector = self._random.choice(sectors)
            texts = session.query(RecordText).filter_by(record_id=sector.id).all()
            aliases = session.query(Alias).filter_by(record_id=sector.id).all()
            if what == "rename":
                sector.name, sector.slug = f"Name {self._made}", f"renamed-{self._made}"
            elif what == "alias":
                session.add(Alias(record_id=sector.id, alias=f"盘古 {self._made}"))
            elif what == "text" and not texts:
                session.add(RecordText(record_id=sector.id, field="summary", language="fr", text=f"é{self._made}"))
            elif what == "text":
                texts[0].text += "!"
            else:
                for row in (*texts, *aliases):
                    session.delete(row)
                session.flush()
                session.delete(sector)


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), plan=st.lists(st.sampled_from("eeuur"), min_size=4, max_size=25))
def test_any_walk_of_edits_undos_and_redos_comes_back_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, seed: int, plan: list[str], facts_of: FactsOf, assert_whole: AssertWhole
) -> None:
    path = tmp_path_factory.mktemp("walk") / "facts.chipscape"
    create_base(path, starter=False)
    engine = open_engine(path)
    edits = Edits(engine, seed)
    states, at = [facts_of(path)], 0
    for step in plan:
        if step == "e":
            edits.one()
            del states[at + 1 :]
            states.append(facts_of(path))
            at += 1
        elif step == "u":
            assert undo(engine) == (at > 0)
            at = max(at - 1, 0)
        else:
            assert redo(engine) == (at < len(states) - 1)
            at = min(at + 1, len(states) - 1)
        assert facts_of(path) == states[at]
    while at:
        assert undo(engine)
        at -= 1
        assert facts_of(path) == states[at]
    with engine.connect() as connection:
        assert out_of_step(connection) == set()
    engine.dispose()
    assert_whole(path)


def test_what_to_undo_next_is_found_without_reading_a_long_history(engine: Engine) -> None:
    with engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) "
            "INSERT INTO changeset (id, uuid, kind, action, subject, author, at) "
            "SELECT i, i, 'edit', 'x', 'x', '', '2026-01-01T00:00:00+00:00' FROM n"
        )
    start = perf_counter()
    for _run in range(20):
        assert next_undo(engine) == 50_000
        assert next_redo(engine) is None
    assert (perf_counter() - start) / 20 < 0.05


def test_a_later_change_of_another_field_stays(engine: Engine) -> None:
    with record(engine, "add", "Maker", author="ann") as (session, _):
        session.add(Organization(slug="maker", name="Maker", org_kind="company"))

    def change(**fields: str) -> int:
        with record(engine, f"edit {fields}", "Maker", author="ann") as (session, out):
            for name, value in fields.items():
                setattr(session.query(Organization).one(), name, value)
        return out[0].changeset_id

    first = change(country="US", founded_on="1999")
    change(website="https://maker.example")
    reverting.revert(engine, first, author="bob", reason="The wrong maker.")
    with Session(engine) as session:
        row = session.query(Organization).one()
        assert (row.country, row.founded_on, row.founded_on_from, row.website) == (
            None, None, None, "https://maker.example",
        )  # fmt: skip
        assert session.query(Changeset).order_by(Changeset.id.desc()).first().reason == "The wrong maker."
    second = change(country="CN", founded_on="2001")
    change(founded_on="2002")
    with pytest.raises(Conflict, match=r"founded_on, number \d+ by ann"):
        reverting.revert(engine, second, author="bob")
    reverting.revert(engine, second, author="bob", leave_later=True)
    with Session(engine) as session:
        row = session.query(Organization).one()
        assert (row.country, row.founded_on, row.founded_on_from) == (None, "2002", 11688)


def test_what_would_not_fit_together_is_not_taken_back(engine: Engine) -> None:
    with record(engine, "add", "Event", author="ann") as (session, _):
        session.add(Event(slug="e", name="E", event_kind="policy", starts_on="2020", ends_on="2025", importance=1))
    with record(engine, "edit", "Event", author="ann") as (session, out):
        session.query(Event).one().starts_on = "2010"
    with record(engine, "edit end", "Event", author="ann") as (session, _):
        session.query(Event).one().ends_on = "2015"
    with pytest.raises(Conflict, match="starts_on,ends_on would not fit"):
        reverting.revert(engine, out[0].changeset_id, author="ann")
