"""Search: what people type finds what they mean, best first, whatever they type."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from chipscape_db import reverting
from chipscape_db.base_file import create_base
from chipscape_db.engine import open_engine
from chipscape_db.history import record
from chipscape_db.models import Alias, Organization, Record, RecordText, Sector
from chipscape_db.search import out_of_step, rebuild, search, words_of


@pytest.fixture(scope="module")
def facts(starter: Path) -> Iterator[Session]:
    engine = open_engine(starter, read_only=True)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "facts.chipscape"
    create_base(path, starter=False)
    made = open_engine(path)
    yield made
    made.dispose()


def slugs(session: Session, text: str, limit: int = 30) -> list[str]:
    return [hit.slug for hit in search(session, text, limit=limit)]


def find(engine: Engine, text: str) -> list[str]:
    with Session(engine) as session:
        return slugs(session, text)


def add(engine: Engine, slug: str, name: str, summary: str = "", aliases: tuple[str, ...] = ()) -> str:
    with record(engine, "add", name, author="ann") as (session, _):
        sector = Sector(slug=slug, name=name)
        session.add(sector)
        session.flush()
        if summary:
            session.add(RecordText(record_id=sector.id, field="summary", language="en", text=summary))
        session.add_all(Alias(record_id=sector.id, alias=alias) for alias in aliases)
        return sector.id


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Huawei", "huawei"),
        ("huaw", "huawei"),
        ("h", "huawei"),
        ("  BAIDU ", "baidu"),
        ("华为", "huawei"),
        ("为", "huawei"),
        ("Ascend 910B", "ascend-910b"),
        ("ascend-910b", "ascend-910b"),
        ("ascend910b", "ascend-910b"),
        ("910b ascend", "ascend-910b"),
        ("éner", "energy"),
        ("ener", "energy"),
        ("énergie", "energy"),
        ("e\u0301ner", "energy"),
        ("ＨＵＡＷＥＩ", "huawei"),
    ],
)
def test_the_best_match_comes_first(facts: Session, typed: str, first: str) -> None:
    assert slugs(facts, typed)[0] == first


@pytest.mark.parametrize("typed", ["pangu", "盘古"])
def test_pangu_is_found_in_both_scripts_models_before_sources(facts: Session, typed: str) -> None:
    hits = search(facts, typed)
    assert hits[0].kind == "model"
    assert "pangu" in hits[0].slug
    kinds = [hit.kind == "source" for hit in hits]
    assert kinds == sorted(kinds)


def test_every_word_must_be_found(facts: Session) -> None:
    assert slugs(facts, "huawei zzzz") == []
    assert set(slugs(facts, "huawei cloud", 500)) <= set(slugs(facts, "huawei", 5000))


def test_a_hit_says_what_it_is(facts: Session) -> None:
    hit = search(facts, "huawei")[0]
    assert (hit.slug, hit.kind, hit.name, hit.detail) == ("huawei", "organization", "Huawei", "华为")


def test_a_summary_is_found_after_the_names(engine: Engine) -> None:
    add(engine, "a", "Power grids", summary="Ships and harbours")
    add(engine, "b", "Harbours")
    add(engine, "c", "Sea", aliases=("Old harbours",))
    assert find(engine, "harbours") == ["b", "c", "a"]


def test_the_very_name_comes_before_longer_ones(engine: Engine) -> None:
    for number in range(5):
        add(engine, f"e{number}", f"Energy {number:04}")
    add(engine, "plain", "Energy")
    assert find(engine, "energy")[0] == "plain"
    assert find(engine, "energy 0003")[0] == "e3"


@pytest.mark.parametrize(
    "typed",
    [
        '"', '"*', "*", "'", "NEAR(a b)", "huawei NEAR baidu", "AND", "OR NOT", "(", ")", "names:huawei", "^huawei",
        "-", "+", "\\", "%", "_", "__", "🙂", "a🙂b", "\x00", "a\x00b", ";DROP TABLE record;--", "{names}",
        "\ud7ff", "\ue000", "²", "ß", "İ", "ﬃ", "\u0301", "हिन्दी", "ไทย", "x" * 10_000, "盘" * 10_000,
        "a b " * 2_500, '" OR 1=1 ' * 500,
    ],
)  # fmt: skip
def test_nothing_typed_breaks_the_search(facts: Session, typed: str) -> None:
    assert isinstance(search(facts, typed), list)


@given(st.text(max_size=60))
def test_any_text_may_be_typed(facts: Session, typed: str) -> None:
    assert len(search(facts, typed, limit=5)) <= 5


@settings(max_examples=20)
@given(st.text(alphabet="aé盘古 -9ＨßŒ\u0301", max_size=12))
def test_what_a_name_says_finds_it(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    if not words_of(name):
        return
    path = tmp_path_factory.mktemp("named") / "facts.chipscape"
    create_base(path, starter=False)
    made = open_engine(path)
    add(made, "it", name)
    try:
        assert find(made, name) == ["it"]
        assert find(made, name.upper()) == ["it"]
    finally:
        made.dispose()


def test_nothing_typed_finds_nothing(facts: Session) -> None:
    assert search(facts, "") == search(facts, " \t") == search(facts, "...") == []


def test_the_index_follows_edits_and_undo(engine: Engine) -> None:
    sector_id = add(engine, "energy", "Energy", summary="Coal mines", aliases=("Power",))
    assert find(engine, "energy") == find(engine, "power") == find(engine, "coal") == ["energy"]
    with record(engine, "edit", "Energy", author="ann") as (session, _):
        session.get_one(Record, sector_id).name = "Mining"
        session.delete(session.scalars(select(Alias)).one())
        session.scalars(select(RecordText)).one().text = "Gold"
    assert find(engine, "energy") == ["energy"], "the slug is a name to search by too"
    assert find(engine, "power") == find(engine, "coal") == []
    assert find(engine, "mining") == find(engine, "gold") == ["energy"]
    reverting.undo(engine, author="ann")
    assert find(engine, "mining") == find(engine, "gold") == []
    assert find(engine, "power") == find(engine, "coal") == ["energy"]
    reverting.undo(engine, author="ann")
    assert find(engine, "energy") == find(engine, "coal") == []
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM search_name").scalar_one() == 0
        assert out_of_step(connection) == set()


def test_a_native_name_is_found_as_soon_as_it_is_written(engine: Engine) -> None:
    with record(engine, "add", "x", author="") as (session, _):
        session.add(Organization(slug="smic", name="SMIC", name_native="中芯国际", org_kind="foundry", country="CN"))
    assert find(engine, "中芯") == find(engine, "芯国") == find(engine, "smic") == ["smic"]
    assert find(engine, "芯中") == []


def test_an_entry_that_is_not_what_the_facts_say_is_noticed_and_rebuilt(starter_copy: Path) -> None:
    made = open_engine(starter_copy)
    with made.execution_options(writing=True).begin() as connection:
        assert out_of_step(connection) == set()
        changed = connection.exec_driver_sql("SELECT id FROM record WHERE slug = 'huawei'").scalar_one()
        connection.exec_driver_sql("UPDATE record SET name = 'Hawei' WHERE slug = 'huawei'")
        assert out_of_step(connection) == {changed}
        rebuild(connection)
        assert out_of_step(connection) == set()
    assert find(made, "hawei")[0] == "huawei"
    made.dispose()


def test_a_key_press_costs_a_bounded_number_of_rows(starter: Path) -> None:
    made = open_engine(starter, read_only=True)
    with Session(made) as session:
        seen: list[int] = []
        for typed in ("a", "s", "h", "chip", "the", "huawei"):
            steps = 0

            def count() -> int:
                nonlocal steps
                steps += 1
                return 0

            driver = session.connection().connection.driver_connection
            assert driver is not None
            driver.set_progress_handler(count, 1000)
            search(session, typed)
            driver.set_progress_handler(None, 0)
            seen.append(steps)
        assert max(seen) < 200, seen
    made.dispose()
