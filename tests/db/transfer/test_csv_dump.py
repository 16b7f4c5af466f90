import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db.engine import open_engine
from chipscape_db.errors import FileFault
from chipscape_db.history import record
from chipscape_db.identity import id_of, new_id
from chipscape_db.models import (
    Alias,
    Chip,
    Citation,
    Claim,
    Event,
    Record,
    RecordText,
    Relationship,
    RelationshipText,
    Source,
    StatementText,
)
from chipscape_db.transfer.csv_check import check_folder
from chipscape_db.transfer.csv_contract import TABLES
from chipscape_db.transfer.csv_dump import dump_folder
from chipscape_db.transfer.csv_load import STARTER_FOLDER, load_folder

Tables = dict[str, list[list[str]]]
Write = Callable[[Tables], Path]
NewEngine = Callable[[], Engine]


def texts(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every CSV file in a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def test_the_starter_facts_come_back_byte_for_byte(starter: Path, tmp_path: Path) -> None:
    engine = open_engine(starter, read_only=True)
    dump_folder(engine, tmp_path / "out")
    engine.dispose()
    assert texts(tmp_path / "out") == texts(STARTER_FOLDER)


def test_a_session_can_be_dumped_too(small: Tables, write: Write, engine: Engine, tmp_path: Path) -> None:
    folder = write(small)
    load_folder(engine, folder, author="me")
    with Session(engine) as session:
        dump_folder(session, tmp_path / "out")
    assert texts(tmp_path / "out") == texts(folder)


def _curate(engine: Engine) -> None:
    """Write by hand what the contract has no column for."""
    a1, source = id_of("chip", "a1"), id_of("source", "s-one")
    claim = {"metric": "memory.capacity", "stance": "reported", "source_id": source}
    with record(engine, "curate", "all", author="me") as (session, _):
        vague = Chip(slug="vague", name="Vague\u00a0one", announced_on="2025~", released_on="2025-06/2025-09")
        session.add_all(
            [vague, Event(slug="season", name="A season", event_kind="supply", starts_on="2025-21", importance=2)]
        )
        session.flush()
        session.add_all(
            [
                RecordText(record_id=a1, field="summary", language="zh-Hant", text="一張卡"),
                RecordText(record_id=a1, field="name", language="fr", text="A un"),
                RecordText(record_id=source, field="summary", language="en", text="Told first."),
                RelationshipText(
                    relationship_id=id_of("relationship", "rel-acme-designs-a1"), language="de", text="So."
                ),
                StatementText(statement_id=id_of("statement", "1"), field="comment", language="de", text="Ja."),
                Relationship(
                    slug="rel-a1-again", subject_id=vague.id, kind="succeeds", object_id=a1, starts_on="2025?"
                ),
                Alias(record_id=vague.id, alias="’typographic’", language="zh-Hans"),
                Citation(record_id=a1, field="name", source_id=source),
                Citation(record_id=a1, field="name", source_id=source),
                Claim(
                    id="first",
                    subject_id=vague.id,
                    value="80",
                    number=80,
                    rank="preferred",
                    rank_reason="Read it.",
                    **claim,
                ),
                Claim(id="twin", subject_id=vague.id, value="80", number=80, asserted_on="2025-01~", **claim),
                Claim(subject_id=a1, value="64", number=64, asserted_on="2024", repeats_id="first", **claim),
                Source(slug="loose", name="Loose", source_kind="press", url="a shelf", language="zh-Hant"),
            ]
        )


def test_what_people_enter_survives_dump_and_load(
    small: Tables, write: Write, new_engine: NewEngine, tmp_path: Path
) -> None:
    engine, other = new_engine(), new_engine()
    load_folder(engine, write(small), author="me")
    _curate(engine)
    dump_folder(engine, tmp_path / "one")
    assert {"texts.csv", "ranks.csv", "exceptions.csv"} <= texts(tmp_path / "one").keys()
    assert check_folder(tmp_path / "one") == []
    load_folder(other, tmp_path / "one", author="me")
    dump_folder(other, tmp_path / "two")
    assert texts(tmp_path / "two") == texts(tmp_path / "one")
    with other.connect() as connection:
        said = connection.exec_driver_sql(
            "SELECT c.value, c.rank, c.rank_reason, c.asserted_on, r.value FROM claim c LEFT JOIN claim r "
            "ON r.id = c.repeats_id WHERE c.metric = 'memory.capacity' ORDER BY c.value, c.rank DESC"
        ).all()
    assert [tuple(row) for row in said] == [
        ("64", "normal", None, "2024", "80"),
        ("80", "preferred", "Read it.", None, None),
        ("80", "normal", None, "2025-01~", None),
    ]


def test_however_long_a_text_is_it_survives_dump_and_load(
    small: Tables, write: Write, new_engine: NewEngine, tmp_path: Path
) -> None:
    engine, other = new_engine(), new_engine()
    load_folder(engine, write(small), author="me")
    long = 'He said "no", twice,\nand went on. ' * 10_000
    assert len(long) > 131_072  # the most that Python's reader takes unless told otherwise
    with record(engine, "note", "a1", author="me") as (session, _):
        session.query(Claim).filter_by(metric="compute.fp16").one().note = long.strip()
    dump_folder(engine, tmp_path / "one")
    assert check_folder(tmp_path / "one") == []
    load_folder(other, tmp_path / "one", author="me")
    with Session(other) as session:
        assert session.query(Claim).filter_by(metric="compute.fp16").one().note == long.strip()


def test_loading_its_own_dump_leaves_a_base_as_it_is(
    small: Tables, write: Write, engine: Engine, tmp_path: Path
) -> None:
    load_folder(engine, write(small), author="me")
    _curate(engine)
    dump_folder(engine, tmp_path / "one")
    assert load_folder(engine, tmp_path / "one", author="me").tables == frozenset()


def test_loading_plain_files_keeps_what_a_curator_has_settled(
    small: Tables, write: Write, engine: Engine, tmp_path: Path
) -> None:
    folder = write(small)
    load_folder(engine, folder, author="me")
    with record(engine, "rank", "a1", author="me") as (session, _):
        claim = session.query(Claim).filter_by(metric="compute.fp16").one()
        claim.rank, claim.rank_reason = "deprecated", "An old sheet."
    assert load_folder(engine, folder, author="me").tables == frozenset()


_ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc")),
        st.sampled_from("=+-@,;\"'\n\t\r\u2028 盘古שלום🎉é"),
    ),
    min_size=1,
    max_size=20,
)


@given(_ANY_TEXT, _ANY_TEXT, _ANY_TEXT)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives(empty_base: Path, name: str, summary: str, locator: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        engines = []
        for number in (1, 2):
            (folder / f"{number}.chipscape").write_bytes(empty_base.read_bytes())
            engines.append(open_engine(folder / f"{number}.chipscape"))
        with record(engines[0], "add", name, author="me") as (session, _):
            chip, source = (
                Chip(id=new_id(), slug="c", name=name),
                Source(id=new_id(), slug="s", name=name, source_kind="press"),
            )
            session.add_all([chip, source])
            session.flush()
            session.add_all(
                [
                    RecordText(record_id=chip.id, field="summary", language="fr", text=summary),
                    RecordText(record_id=chip.id, field="summary", language="ar", text=summary),
                    Alias(record_id=chip.id, alias=summary),
                    Citation(record_id=chip.id, source_id=source.id, locator=locator),
                ]
            )
        dump_folder(engines[0], folder / "one")
        load_folder(engines[1], folder / "one", author="me")
        dump_folder(engines[1], folder / "two")
        with Session(engines[1]) as session:
            loaded = session.query(Record).filter_by(slug="c").one().name
        for engine in engines:
            engine.dispose()
        assert texts(folder / "one") == texts(folder / "two")
        assert loaded == name.replace("\r\n", "\n").replace("\r", "\n")


def test_a_dump_replaces_an_earlier_one_and_keeps_its_readme(engine: Engine, small: Tables, write: Write) -> None:
    folder = write(small)
    (folder / "README.md").write_text("Ours.", encoding="utf-8")
    (folder / "texts.csv").write_text("id,field,language,text\n", encoding="utf-8")
    dump_folder(engine, folder)
    assert {path.name for path in folder.iterdir()} == {table.file for table in TABLES.values()} | {"README.md"}
    assert (folder / "chips.csv").read_text(encoding="utf-8").count("\n") == 1
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".chipscape-")] == []


def test_a_dump_goes_into_an_empty_folder(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    dump_folder(engine, tmp_path / "out")
    assert len(texts(tmp_path / "out")) == len(TABLES)


@pytest.mark.parametrize("name", ["thesis.docx", "chips.csv"])
def test_a_folder_that_is_not_a_dump_is_left_alone(engine: Engine, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / name).write_text("precious", encoding="utf-8")
    with pytest.raises(FileFault):
        dump_folder(engine, folder)
    assert [path.read_text(encoding="utf-8") for path in folder.iterdir()] == ["precious"]


def test_a_file_in_the_way_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("precious", encoding="utf-8")
    with pytest.raises(FileFault, match="is a file"):
        dump_folder(engine, tmp_path / "out")


def test_a_place_that_is_not_there_is_told_in_words(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="Choose another place"):
        dump_folder(engine, tmp_path / "no" / "such" / "place")
