from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from chipscape_db.history import record
from chipscape_db.identity import id_of
from chipscape_db.models import Chip, Claim, Event, Record, RecordText
from chipscape_db.next_steps import next_undo
from chipscape_db.reverting import redo, undo
from chipscape_db.search import search
from chipscape_db.transfer.csv_base import base_rows
from chipscape_db.transfer.csv_load import STARTER_FOLDER, load_folder, load_starter
from chipscape_db.transfer.problems import BadFacts

Tables = dict[str, list[list[str]]]
Write = Callable[[Tables], Path]
FILLED = ("record", "relationship", "claim", "citation", "alias", "participant", "record_text", "statement")


def counts(engine: Engine) -> list[int]:
    """Return how many rows the tables of facts and the search index hold."""
    with engine.connect() as connection:
        tables = (*FILLED, "search_entry")
        return [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables]


def test_facts_get_the_ids_that_belong_to_them_in_every_base(small: Tables, write: Write, engine: Engine) -> None:
    summary = load_folder(engine, write(small), author="me")
    assert (summary.kind, summary.action, summary.subject) == ("edit", "load", "facts")
    assert id_of("chip", "a1") in summary.owners
    with Session(engine) as session:
        chip = session.get_one(Chip, id_of("chip", "a1"))
        assert (chip.name, chip.designer_id, chip.released_on) == ("A1", id_of("organization", "acme"), "2024-02-29")
        assert chip.released_on_from == chip.released_on_to == 19_782
        event = session.get_one(Event, id_of("event", "event-x"))
        assert event.name == "It happens"
        french = session.get_one(RecordText, (event.id, "name", "fr"))
        assert french.text == "Cela arrive"
        numbers = {claim.metric: claim.number for claim in session.scalars(select(Claim))}
        assert numbers == {
            "compute.fp16": 320.0,
            "interconnect.bandwidth": 392.0,
            "memory.type": None,
            "org.revenue": 4.5e10,
        }
        assert [hit.slug for hit in search(session, "顶")] == ["acme"]


def test_one_bad_row_loads_nothing(small: Tables, write: Write, engine: Engine) -> None:
    small["claims"][2][2] = "many"
    with pytest.raises(BadFacts) as caught:
        load_folder(engine, write(small), author="me")
    assert [str(problem) for problem in caught.value.problems] == [
        "claims.csv:3: value: 'many' is not a plain number; write it as 1000, 0.5 or 4.51e+23."
    ]
    assert "claims.csv:3" in str(caught.value)
    assert not any(counts(engine))
    assert next_undo(engine) is None


def test_loading_again_changes_nothing_and_says_so(small: Tables, write: Write, engine: Engine) -> None:
    folder = write(small)
    first = load_folder(engine, folder, author="me")
    again = load_folder(engine, folder, author="me")
    assert (again.tables, again.owners) == (frozenset(), frozenset())
    assert next_undo(engine) == first.changeset_id


def test_undo_of_a_load_empties_the_base_and_redo_fills_it(small: Tables, write: Write, engine: Engine) -> None:
    load_folder(engine, write(small), author="me")
    full = counts(engine)
    undo(engine, author="me")
    assert not any(counts(engine))
    redo(engine, author="me")
    assert counts(engine) == full


def test_what_differs_is_changed_in_place_and_can_be_undone(small: Tables, write: Write, engine: Engine) -> None:
    load_folder(engine, write(small), author="me")
    with engine.connect() as connection:
        before = base_rows(connection)
    small["chips"][1][1] = "A1 Pro"
    small["chips"][1][7] = "2024-03"
    small["claims"][1][12] = "measured"
    small["events"][1][2] = "Ça arrive"
    small["citations"].insert(2, ["a1", "name", "s-one", ""])
    summary = load_folder(engine, write(small), author="me")
    assert summary.tables == {"record", "chip", "claim", "record_text", "citation"}
    assert summary.owners == {id_of("chip", "a1"), id_of("event", "event-x")}
    with Session(engine) as session:
        chip = session.get_one(Chip, id_of("chip", "a1"))
        assert (chip.name, chip.released_on_from) == ("A1 Pro", 19_783)
        assert [hit.slug for hit in search(session, "A1 Pro")] == ["a1"]
    undo(engine, author="me")
    with engine.connect() as connection:
        assert base_rows(connection) == before


def test_what_is_absent_from_the_files_stays(small: Tables, write: Write, engine: Engine) -> None:
    load_folder(engine, write(small), author="me")
    full = counts(engine)
    small["aliases"].pop()
    small["claims"].pop()
    small["event_participants"].pop()
    load_folder(engine, write(small), author="me")
    assert counts(engine) == full


def test_an_emptied_cell_empties_the_text(small: Tables, write: Write, engine: Engine) -> None:
    load_folder(engine, write(small), author="me")
    small["chips"][1][-1] = ""
    small["seed_claims"][1][4] = "s-one"
    small["exceptions"] = [["file", "id", "column"], ["chips", "a1", "summary_fr"]]
    summary = load_folder(engine, write(small), author="me")
    assert summary.tables == {"record_text", "statement_source"}
    with Session(engine) as session:
        assert session.get(RecordText, (id_of("chip", "a1"), "summary", "fr")) is None


def test_a_renamed_record_keeps_its_id_and_leaves_its_slug_to_another(
    small: Tables, write: Write, engine: Engine
) -> None:
    load_folder(engine, write(small), author="me")
    with record(engine, "rename", "m1", author="me") as (session, _):
        session.get_one(Record, id_of("model", "m1")).slug = "m1-old"
    load_folder(engine, write(small), author="me")
    with Session(engine) as session:
        ids = {row.slug: row.id for row in session.scalars(select(Record).where(Record.kind == "model"))}
    assert ids["m1-old"] == id_of("model", "m1") != ids["m1"]


def test_an_id_of_another_kind_in_the_base_is_refused(small: Tables, write: Write, engine: Engine) -> None:
    load_folder(engine, write(small), author="me")
    full = counts(engine)
    for row in (*small["sectors"], *small["citations"]):
        row[0] = row[0].replace("finance", "m2")
    small["citations"].sort(key=lambda row: (row[0] != "subject_id", row))
    for row in (*small["models"], *small["citations"]):
        row[0] = "finance" if row[0] == "m1" else row[0]
    small["citations"].sort(key=lambda row: (row[0] != "subject_id", row))
    with pytest.raises(BadFacts) as caught:
        load_folder(engine, write(small), author="me")
    assert [(one.file, one.row, one.column) for one in caught.value.problems] == [("models.csv", 2, "id")]
    assert "is of kind sector in the fact base already" in str(caught.value)
    assert counts(engine) == full


def test_the_starter_facts_load_as_a_step_that_undo_stops_at(engine: Engine) -> None:
    summary = load_starter(engine, author="")
    assert summary.kind == "starter"
    assert next_undo(engine) is None
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    again = load_folder(engine, STARTER_FOLDER, author="me")
    assert again.tables == frozenset()
