"""Events from files: one step, nothing twice, nothing half."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from chipscape_db import reverting
from chipscape_db.base_file import create_base, open_base
from chipscape_db.commands.happenings import Plan, import_happenings, plan_happenings
from chipscape_db.commands.records import add_record
from chipscape_db.errors import Invalid
from chipscape_db.models import Changeset, Citation, Event, Participant, Record, Source
from chipscape_db.transfer.happenings import CitedSource, Happening

SOURCE = CitedSource("src-a", "A page", "https://example.org/a", "Somebody", "2025-06", "press", "p. 3")
LAUNCH = Happening(
    "event-launch", "event", (("en", "A launch"), ("fr", "Un lancement")), "2025-06", "", "chip-launch", 4,
    (("en", "Why it counts."),), (("acme", "Acme", "actor"), ("", "Nobody", "actor")), (SOURCE,),
)  # fmt: skip


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty base of this test's own."""
    create_base(tmp_path / "facts.chipscape", starter=False)
    base = open_base(tmp_path / "facts.chipscape")
    yield base.engine
    base.close()


@pytest.fixture
def acme(engine: Engine) -> None:
    add_record(engine, author="ann", kind="organization", fields={"name": "Acme", "org_kind": "company"}, uncited=True)


def take(engine: Engine, *happenings: Happening) -> Plan:
    plan = plan_happenings(engine, happenings, kind="research")
    import_happenings(engine, author="ann", happenings=happenings, name="x.ics", kind="research")
    return plan


def counts(engine: Engine) -> tuple[int, int, int, int]:
    with Session(engine) as session:
        return tuple(session.query(table).count() for table in (Event, Participant, Citation, Source))


@pytest.mark.usefixtures("acme")
def test_an_event_comes_with_its_texts_participants_and_sources(engine):
    plan = take(engine, LAUNCH)
    assert [entry.state for entry in plan.entries] == ["new"]
    assert plan.entries[0].left_out == ("Nobody",)
    assert plan.sources == 1
    assert counts(engine) == (1, 1, 1, 1)
    with Session(engine) as session:
        event = session.scalars(select(Event)).one()
        assert (event.slug, event.name, event.starts_on, event.event_kind) == (
            "event-launch", "A launch", "2025-06", "chip-launch",
        )  # fmt: skip
        source = session.scalars(select(Source)).one()
        assert (source.slug, source.url, source.published_on) == ("src-a", "https://example.org/a", "2025-06")


@pytest.mark.usefixtures("acme")
def test_the_same_file_again_changes_nothing(engine):
    take(engine, LAUNCH)
    before = counts(engine)
    plan = plan_happenings(engine, [LAUNCH], kind="policy")
    assert [entry.state for entry in plan.entries] == ["same"]
    assert import_happenings(engine, author="ann", happenings=[LAUNCH], name="x.ics", kind="policy") is None
    assert counts(engine) == before


@pytest.mark.usefixtures("acme")
def test_a_changed_title_changes_the_event_and_undo_takes_the_import_back(engine):
    take(engine, LAUNCH)
    later = Happening(
        "event-launch", "event", (("en", "A quiet launch"),), "2025-06-02", sources=(CitedSource("", "B", "https://example.org/b"),)
    )  # fmt: skip
    assert [entry.state for entry in take(engine, later).entries] == ["changed"]
    with Session(engine) as session:
        event = session.scalars(select(Event)).one()
        assert (event.name, event.starts_on, event.importance) == ("A quiet launch", "2025-06-02", 4)
    assert counts(engine) == (1, 1, 2, 2)
    reverting.undo(engine, author="ann")
    reverting.undo(engine, author="ann")
    assert counts(engine) == (0, 0, 0, 0)


def test_what_has_no_slug_is_known_by_its_title_and_date(engine):
    foreign = Happening("", "event", (("en", "A talk"),), "2025-06-30")
    assert [entry.state for entry in take(engine, foreign, foreign).entries] == ["new", "same"]
    assert [entry.state for entry in take(engine, foreign).entries] == ["same"]
    with Session(engine) as session:
        event = session.scalars(select(Event)).one()
        assert (event.slug, event.event_kind, event.importance) == ("event-2025-06-30-a-talk", "research", 2)


def test_sources_are_known_by_their_address(engine):
    first = Happening("", "event", (("en", "One"),), "2025", sources=(SOURCE,))
    second = Happening("", "event", (("en", "Two"),), "2025", sources=(CitedSource("", "x", SOURCE.url),))
    take(engine, first, second)
    assert counts(engine)[3] == 1


def test_records_that_are_no_events_are_left_alone(engine):
    chip = Happening("chip-a", "chip", (("en", "A"),), "2025")
    assert [entry.state for entry in take(engine, chip).entries] == ["other"]
    with Session(engine) as session:
        assert session.query(Record).count() == 0


def test_one_bad_entry_and_nothing_is_written(engine):
    bad = Happening("", "event", (("en", "Bad"),), "2025", "2024")
    with pytest.raises(Invalid, match="Entry 2, “Bad”"):
        import_happenings(engine, author="ann", happenings=[LAUNCH, bad], name="x", kind="policy")
    assert counts(engine) == (0, 0, 0, 0)


def test_a_plan_writes_nothing(engine):
    plan_happenings(engine, [LAUNCH], kind="policy")
    assert counts(engine) == (0, 0, 0, 0)
    with Session(engine) as session:
        assert session.query(Changeset).count() == 0


def test_what_a_summary_has_no_room_for_is_told(engine):
    long = Happening("", "event", (("en", "A talk"),), "2025", summaries=(("en", "a" * 300 + "and the rest"),))
    plan = take(engine, long)
    assert plan.entries[0].left_out == ("and the rest",)
    assert [entry.state for entry in take(engine, long).entries] == ["same"]
