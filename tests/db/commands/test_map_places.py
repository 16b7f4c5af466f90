"""Records are put on the map and let go, each an undoable step."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.commands.deletion import delete_record
from chipscape_db.commands.map_places import place_records, release_records
from chipscape_db.errors import Invalid, NotFound
from chipscape_db.models import Record
from chipscape_db.queries.ecosystem import map_places
from chipscape_db.reverting import redo, undo


@pytest.fixture
def base(starter_copy: Path):
    base = open_base(starter_copy)
    yield base
    base.close()


def places(base, arrangement="force"):
    with Session(base.engine) as session:
        return map_places(session, arrangement)


def ids(base, *slugs):
    with Session(base.engine) as session:
        return [session.scalars(select(Record.id).where(Record.slug == slug)).one() for slug in slugs]


def test_places_are_kept_per_arrangement_moved_let_go_and_undone(base) -> None:
    huawei, asml = ids(base, "huawei", "asml")
    place_records(base.engine, author="A", arrangement="force", places={huawei: (1.0, 2.0), asml: (3.0, 4.0)})
    place_records(base.engine, author="A", arrangement="stack", places={huawei: (9.0, 9.0)})
    assert places(base) == {huawei: (1.0, 2.0), asml: (3.0, 4.0)}
    place_records(base.engine, author="A", arrangement="force", places={asml: (5.0, 5.0)})
    assert places(base)[asml] == (5.0, 5.0)
    undo(base.engine, author="A")
    assert places(base)[asml] == (3.0, 4.0)
    release_records(base.engine, author="A", arrangement="force", record_ids=(asml,))
    assert places(base) == {huawei: (1.0, 2.0)}
    undo(base.engine, author="A")
    redo(base.engine, author="A")
    release_records(base.engine, author="A", arrangement="force")
    assert places(base) == {}
    assert places(base, "stack") == {huawei: (9.0, 9.0)}


def test_nothing_changed_is_no_step(base) -> None:
    (huawei,) = ids(base, "huawei")
    place_records(base.engine, author="A", arrangement="force", places={huawei: (1.0, 2.0)})
    assert place_records(base.engine, author="A", arrangement="force", places={huawei: (1.0, 2.0)}) is None
    assert release_records(base.engine, author="A", arrangement="radial") is None


def test_what_cannot_be_is_refused_whole(base) -> None:
    (huawei,) = ids(base, "huawei")
    with pytest.raises(Invalid):
        place_records(base.engine, author="A", arrangement="force", places={huawei: (float("nan"), 0.0)})
    with pytest.raises(NotFound):
        place_records(base.engine, author="A", arrangement="force", places={huawei: (1.0, 1.0), "no-one": (0.0, 0.0)})
    assert places(base) == {}


def test_a_record_that_is_deleted_takes_its_places_along_and_brings_them_back(base) -> None:
    (huawei,) = ids(base, "huawei")
    place_records(base.engine, author="A", arrangement="hand", places={huawei: (1.0, 2.0)})
    delete_record(base.engine, author="A", record_id=huawei, take_along=True)
    assert places(base, "hand") == {}
    undo(base.engine, author="A")
    assert places(base, "hand") == {huawei: (1.0, 2.0)}
