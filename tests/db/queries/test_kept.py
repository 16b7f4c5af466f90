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


def shown(engine: Engine, language: str = "fr") -> tuple[object, ...]:
    with Session(engine) as session:
        rows = timeline_rows(session, Filters(), language=language, show=frozenset(SHOWABLE))
        counted = {name: sorted(choices, key=str) for name, choices in facets(session, language=language).items()}
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


def end(engine: Engine, nth: int) -> None:
    names = ids(engine, Event.id)
    move_dates(engine, author=ME, record_id=names[nth % len(names)], ends_on="2031")


def weigh(engine: Engine, nth: int) -> None:
    names = ids(engine, Event.id)
    edit_record(engine, author=ME, record_id=names[nth % len(names)], fields={"importance": str(1 + nth % 5)})


def home(engine: Engine, nth: int) -> None:
    names = ids(engine, Organization.id)
    edit_record(engine, author=ME, record_id=names[nth % len(names)], fields={"country": ("CN", "US", "FR")[nth % 3]})


def judge(engine: Engine, nth: int) -> None:
    names = ids(engine, Source.id)
    kind = ("official", "press", "analyst")[nth % 3]
    edit_record(engine, author=ME, record_id=names[nth % len(names)], fields={"source_kind": kind})


def claim(engine: Engine, nth: int) -> None:
    events, sources = ids(engine, Event.id), ids(engine, Source.id)
    values = {"metric": "date.starts-on", "value": f"20{nth % 30:02}", "stance": "reported"}
    values["source_id"] = sources[nth % len(sources)]
    add_claim(engine, author=ME, subject_id=events[nth % len(events)], values=values)


def refuse(engine: Engine, nth: int) -> None:
    with Session(engine) as session:
        dated = select(Claim.id).where(Claim.metric == "date.starts-on", Claim.rank != "deprecated")
        names = session.scalars(dated.order_by(Claim.id)).all()
    if not names:
        return claim(engine, nth)
    set_rank(engine, author=ME, claim_id=names[nth % len(names)], rank="deprecated", reason="a slip")


def uncite(engine: Engine, nth: int) -> None:
    with Session(engine) as session:
        cited = select(Citation.id).join(Event, Event.id == Citation.record_id).order_by(Citation.id)
        names = session.scalars(cited).all()
    delete_citation(engine, author=ME, citation_id=names[nth % len(names)])


def loosen(engine: Engine, nth: int, *, kind: str) -> None:
    with Session(engine) as session:
        wanted = select(Relationship.id).where(Relationship.kind == kind).order_by(Relationship.id)
        names = session.scalars(wanted).all()
    delete_relationship(engine, author=ME, relationship_id=names[nth % len(names)])


def relay(engine: Engine, nth: int) -> None:
    """Let one of the two sources of a record repeat the other."""
    with Session(engine) as session:
        cited = select(Citation.record_id, Citation.source_id).join(Source, Source.id == Citation.source_id)
        cited = cited.where(Citation.record_id.is_not(None), Source.source_kind.not_in(("official", "regulation")))
        sources: dict[str, list[str]] = {}
        for record_id, source_id in session.execute(cited.order_by(Citation.id)):
            sources.setdefault(record_id or "", []).append(source_id)
    pairs = [found for found in sources.values() if len(set(found)) == 2]
    one, other = pairs[nth % len(pairs)]
    edit_record(engine, author=ME, record_id=one, fields={"relays_id": other})


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
    *(partial(loosen, kind=kind) for kind in ("restricts", "serves")),
    say, end, weigh, home, judge, relay, claim, refuse, uncite, leave, copy, undo, redo,
)  # fmt: skip


def named(step: Callable[[Engine, int], None]) -> str:
    """Return the name of a step, with that of its table."""
    if isinstance(step, partial):
        given = next(iter(step.keywords.values()))
        return f"{step.func.__name__}-{given if isinstance(given, str) else given.__name__}"
    return step.__name__


def fresh(path: Path, language: str = "fr") -> tuple[object, ...]:
    engine = open_engine(path, read_only=True)
    try:
        return shown(engine, language)
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


@pytest.mark.parametrize("step", STEPS, ids=map(named, STEPS))
def test_every_step_shows_and_is_seen(starter_copy, step):
    engine, language = open_engine(starter_copy), "fr" if step is say else "en"
    take(partial(rename, table=Organization), engine, 7)  # for undo and redo to have something to go back to
    take(undo, engine, 0) if step is redo else None
    before = shown(engine, language)
    for nth in range(11, 400, 29):
        take(step, engine, nth)
        after = fresh(starter_copy, language)
        assert shown(engine, language) == after
        if after != before:
            break
    assert after != before
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
