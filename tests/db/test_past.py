"""The base as it was: every later step taken back in a copy, the base itself untouched."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from chipscape_db import reverting
from chipscape_db.base_file import open_base
from chipscape_db.commands.claims import add_claim, set_rank
from chipscape_db.commands.records import rename_record
from chipscape_db.errors import NotFound
from chipscape_db.models import Base, Claim, Record
from chipscape_db.past import base_as_it_was
from chipscape_db.queries.properties import base_state
from chipscape_db.queries.since import step_of, touches_since

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def base(starter: Path, tmp_path: Path) -> Iterator[Engine]:
    opened = open_base(Path(shutil.copy(starter, tmp_path / "facts.chipscape")))
    yield opened.engine
    opened.close()


def everything(session: Session) -> Rows:
    """Return all rows of all tables that hold facts or the journal."""
    return {
        table.name: sorted(map(tuple, session.execute(select(table)).all()), key=repr)
        for table in Base.metadata.sorted_tables
    }


def state(engine: Engine) -> tuple[str, Rows]:
    with Session(engine) as session:
        return base_state(session).changeset, everything(session)


def test_any_earlier_state_comes_back_whole_and_the_base_stays(base: Engine) -> None:
    with Session(base) as session:
        chip = session.scalars(select(Record.id).where(Record.slug == "ascend-910b")).one()
        claim = session.scalars(select(Claim.id).where(Claim.subject_id == chip)).first()
        source = session.scalars(select(Claim.source_id).where(Claim.subject_id == chip)).first()
    assert claim is not None
    states = [state(base)]
    set_rank(base, author="ann", claim_id=claim, rank="deprecated", reason="old")
    states.append(state(base))
    add_claim(base, author="ann", subject_id=chip, values={
        "metric": "memory.bandwidth", "value": "999", "source_id": source or "", "stance": "reported"})  # fmt: skip
    states.append(state(base))
    rename_record(base, author="bob", record_id=chip, name="Ascend 910B2")
    states.append(state(base))
    reverting.undo(base, author="bob")
    states.append(state(base))
    for changeset, rows in states:
        with base_as_it_was(base, changeset) as past:
            assert everything(past) == rows
            assert base_state(past).changeset == changeset
    assert state(base) == states[-1]


def test_a_change_of_another_base_is_told(base: Engine) -> None:
    with pytest.raises(NotFound, match="it is from another one"), base_as_it_was(base, "nobody"):
        pass


def test_later_steps_are_listed_with_their_rows(base: Engine) -> None:
    changeset, _rows = state(base)
    with Session(base) as session:
        claim = session.scalars(select(Claim.id)).first()
    assert claim is not None
    set_rank(base, author="ann", claim_id=claim, rank="preferred", reason="why not")
    with Session(base) as session:
        step = step_of(session, changeset)
        assert step is not None
        touches = touches_since(session, step.id)
        assert [(one.table, one.row_id, one.author, one.reason) for one in touches] == [
            ("claim", claim, "ann", "why not")
        ]
        assert step_of(session, "nobody") is None
