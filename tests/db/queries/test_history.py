"""The journal as people read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db import reverting
from chipscape_db.base_file import create_base
from chipscape_db.engine import open_engine
from chipscape_db.history import record
from chipscape_db.models import Chip, Record, Sector
from chipscape_db.queries.history import changesets, field_changes


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    create_base(tmp_path / "facts.chipscape", starter=False)
    made = open_engine(tmp_path / "facts.chipscape")
    yield made
    made.dispose()


def add(engine: Engine, slug: str) -> str:
    with record(engine, "add", slug, author="ann") as (session, _):
        sector = Sector(slug=slug, name=slug.title())
        session.add(sector)
        session.flush()
        return sector.id


def undone(engine: Engine) -> list[int]:
    with Session(engine) as session:
        return sorted(step.id for step in changesets(session) if step.undone)


def test_the_newest_comes_first_and_only_those_of_one_record_when_asked(engine: Engine) -> None:
    first = add(engine, "energy")
    add(engine, "banks")
    with Session(engine) as session:
        assert [step.subject for step in changesets(session)] == ["banks", "energy"]
        assert [step.subject for step in changesets(session, limit=1)] == ["banks"]
        assert [step.subject for step in changesets(session, owner_id=first)] == ["energy"]


def test_what_was_undone_is_marked_until_it_is_done_again(engine: Engine) -> None:
    add(engine, "energy")
    reverting.undo(engine, author="")
    assert undone(engine) == [1]
    reverting.redo(engine, author="")
    assert undone(engine) == [2]
    reverting.undo(engine, author="")
    assert undone(engine) == [1, 3]


def test_fields_are_told_before_and_after_without_what_is_computed(engine: Engine) -> None:
    with record(engine, "add", "X1", author="") as (session, out):
        session.add(Chip(slug="x1", name="X1", released_on="2025-06"))
    with record(engine, "edit", "X1", author="") as (session, edited):
        chip = session.query(Chip).one()
        chip.released_on, chip.family = "2025-07", "X"
    with Session(engine) as session:
        made = {(change.field, change.before, change.after) for change in field_changes(session, out[0].changeset_id)}
        assert {("name", "", "X1"), ("released_on", "", "2025-06")} <= made
        changes = field_changes(session, edited[0].changeset_id)
        assert {(change.owner, change.field, change.before, change.after) for change in changes} == {
            ("X1", "released_on", "2025-06", "2025-07"),
            ("X1", "family", "", "X"),
        }


def test_what_is_gone_is_still_named(engine: Engine) -> None:
    id_ = add(engine, "energy")
    with record(engine, "delete", "Energy", author="") as (session, out):
        session.delete(session.get_one(Record, id_))
    with Session(engine) as session:
        changes = field_changes(session, out[0].changeset_id)
    assert ("Energy", "name", "Energy", "") in {(each.owner, each.field, each.before, each.after) for each in changes}
