"""What is kept from one read to the next is what a fresh read would give, whatever was done in between."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from chipscape_db import reverting
from chipscape_db.commands.citations import delete_citation
from chipscape_db.commands.claims import add_claim, set_rank
from chipscape_db.commands.deletion import delete_records
from chipscape_db.commands.events import duplicate_event, move_dates
from chipscape_db.commands.records import edit_record, rename_record
from chipscape_db.commands.relationships import delete_participant, delete_relationship
from chipscape_db.engine import open_engine
from chipscape_db.errors import FactsError
from chipscape_db.filters import Filters
from chipscape_db.history import record
from chipscape_db.models import Chip, Citation, Claim, Event, Organization, Participant, Policy, Relationship, Source
from chipscape_db.queries.facets import facets
from chipscape_db.queries.kept import Kept, kept_of
from chipscape_db.queries.timeline import SHOWABLE, timeline_rows

ME = "Ada"
_words = count()


def shown(engine: Engine) -> tuple[object, ...]:
    with Session(engine) as session:
        rows = timeline_rows(session, Filters(), language="fr", show=frozenset(SHOWABLE))
        counted = {name: sorted(choices, key=str) for name, choices in facets(session, language="fr").items()}
        return rows, list(rows.sources), counted


def ids(engine: Engine, column: Any) -> Sequence[Any]:
    with Session(engine) as session:
        return session.scalars(select(column).order_by(column)).all()


def rename(engine: Engine, nth: int, *, table: Any) -> None:
    names = ids(engine, table.id)
    rename_record(engine, author=ME, record_id=names[nth % len(names)], name=f"Name {next(_words)}")


def say(engine: Engine, nth: int) -> None:
    names = ids(engine, Chip.id)
    edit_record(engine, author=ME, record_id=names[nth % len(names)], texts={("name", "fr"): f"Nom {next(_words)}"})


def move(engine: Engine, nth: int, *, table: Any) -> None:
    names = ids(engine, table.id)
    move_dates(engine, author=ME, record_id=names[nth % len(names)], starts_on=f"20{nth % 20:02}")


def home(engine: Engine, nth: int) -> None:
    names = ids(engine, Organization.id)
    edit_record(engine, author=ME, record_id=names[nth % len(names)], fields={"country": ("CN", "US", "FR")[nth % 3]})


def relay(engine: Engine, nth: int) -> None:
    names = ids(engine, Source.id)
    kind = ("official", "press", "analyst")[nth % 3]
    edit_record(engine, author=ME, record_id=names[nth % len(names)], fields={"source_kind": kind})


def claim(engine: Engine, nth: int) -> None:
    events, sources = ids(engine, Event.id), ids(engine, Source.id)
    values = {"metric": "date.starts-on", "value": f"20{nth % 30:02}", "stance": "reported"}
    values["source_id"] = sources[nth % len(sources)]
    add_claim(engine, author=ME, subject_id=events[nth % len(events)], values=values)


def refuse(engine: Engine, nth: int) -> None:
    names = ids(engine, Claim.id)
    set_rank(engine, author=ME, claim_id=names[-1 - nth % 40], rank="deprecated", reason="a slip")


def uncite(engine: Engine, nth: int) -> None:
    names = ids(engine, Citation.id)
    delete_citation(engine, author=ME, citation_id=names[nth % len(names)])


def loosen(engine: Engine, nth: int) -> None:
    names = ids(engine, Relationship.id)
    delete_relationship(engine, author=ME, relationship_id=names[nth % len(names)])


def leave(engine: Engine, nth: int) -> None:
    with Session(engine) as session:
        parts = session.scalars(select(Participant).order_by(Participant.event_id, Participant.record_id)).all()
        part = parts[nth % len(parts)]
    delete_participant(engine, author=ME, event_id=part.event_id, record_id=part.record_id, role=part.role)


def copy(engine: Engine, nth: int) -> None:
    names = ids(engine, Event.id)
    duplicate_event(engine, author=ME, event_id=names[nth % len(names)], name=f"Copy {next(_words)}")


def delete(engine: Engine, nth: int, *, table: Any) -> None:
    names = ids(engine, table.id)
    delete_records(engine, author=ME, record_ids=[names[nth % len(names)]], take_along=True)


def undo(engine: Engine, _nth: int) -> None:
    reverting.undo(engine, author=ME)


def redo(engine: Engine, _nth: int) -> None:
    reverting.redo(engine, author=ME)


STEPS: tuple[Callable[[Engine, int], None], ...] = (
    *(partial(rename, table=table) for table in (Organization, Event, Source)),
    *(partial(move, table=table) for table in (Event, Chip, Policy)),
    *(partial(delete, table=table) for table in (Event, Policy, Organization)),
    say, home, relay, claim, refuse, uncite, loosen, leave, copy, undo, redo,
)  # fmt: skip


def fresh(path: Path) -> tuple[object, ...]:
    engine = open_engine(path, read_only=True)
    try:
        return shown(engine)
    finally:
        engine.dispose()


def take(step: Callable[[Engine, int], None], engine: Engine, nth: int) -> None:
    with suppress(FactsError):  # refused, so nothing was changed
        step(engine, nth)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 500)), min_size=1, max_size=4))
def test_after_any_steps_what_is_shown_is_what_a_fresh_read_shows(starter, steps):
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(starter, Path(folder, "facts.chipscape")))
        engine = open_engine(path)
        shown(engine)
        for step, nth in steps:
            take(step, engine, nth)
            assert shown(engine) == fresh(path)
        engine.dispose()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: getattr(step, "__name__", str(step)[:40]))
def test_every_step_is_seen(starter_copy, step):
    engine = open_engine(starter_copy)
    shown(engine)
    take(partial(rename, table=Organization), engine, 7)  # for undo and redo to have something to go back to
    shown(engine)
    take(step, engine, 11)
    assert shown(engine) == fresh(starter_copy)
    engine.dispose()


def test_only_tables_that_changed_are_read_again(starter_copy):
    engine = open_engine(starter_copy)
    reads = []

    def read(session: Session, name: str) -> int:
        reads.append(name)
        return len(reads)

    def asked() -> tuple[int, int]:
        with Session(engine) as session:
            kept = Kept(session)
            return kept.read(read, "chips", of=("chip", "record:chip")), kept.read(read, "sources", of=("source",))

    first = asked()
    assert asked() == first
    assert reads == ["chips", "sources"]
    rename(engine, 3, table=Organization)
    assert asked() == first
    rename(engine, 3, table=Chip)
    assert asked() == (3, first[1])
    assert reads == ["chips", "sources", "chips"]
    engine.dispose()


def test_a_session_that_sees_less_of_the_journal_is_not_answered_with_what_came_later(starter_copy):
    engine = open_engine(starter_copy)
    with Session(engine) as early:
        before = Kept(early).read(names, of=("record:organization",))
        rename(engine, 0, table=Organization)
        with Session(engine) as late:
            after = Kept(late).read(names, of=("record:organization",))
        assert after != before
        assert Kept(early).read(names, of=("record:organization",)) == before
    with Session(engine) as again:
        assert Kept(again).read(names, of=("record:organization",)) == after
    engine.dispose()


def test_all_reads_of_a_transaction_share_what_is_kept_and_the_next_one_looks_again(starter_copy):
    engine = open_engine(starter_copy)
    with Session(engine) as session:
        first = kept_of(session)
        before = first.read(names, of=("record:organization",))
        rename(engine, 0, table=Organization)
        assert kept_of(session) is first
        assert kept_of(session).read(names, of=("record:organization",)) == before
        session.rollback()
        assert kept_of(session) is not first
        assert kept_of(session).read(names, of=("record:organization",)) == names(session) != before
    engine.dispose()


def test_what_a_step_sees_before_it_is_written_is_kept_for_nobody(starter_copy):
    engine = open_engine(starter_copy)
    with Session(engine) as session:
        before = Kept(session).read(names, of=("record:organization",))
    with suppress(ZeroDivisionError), record(engine, "rename", "x", author=ME) as (session, _):
        session.scalars(select(Organization).limit(1)).one().name = "Never written"
        session.flush()
        assert Kept(session).read(names, of=("record:organization",)) != before
        raise ZeroDivisionError
    with Session(engine) as session:
        assert Kept(session).read(names, of=("record:organization",)) == before
    engine.dispose()


def names(session: Session) -> tuple[str, ...]:
    return tuple(session.scalars(select(Organization.name).order_by(Organization.id)))
