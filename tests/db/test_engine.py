"""The engine's settings: what everything else relies on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from chipscape_db.base_file import create_base
from chipscape_db.engine import open_engine
from chipscape_db.errors import ReadOnly


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "é facts #1?.chipscape"
    create_base(made, starter=False)
    return made


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    made = open_engine(path)
    yield made
    made.dispose()


def test_foreign_keys_are_enforced(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("INSERT INTO alias (id, record_id, alias, language) VALUES ('a', 'none', 'x', '')")


def test_what_fails_half_way_is_taken_back_tables_too(engine: Engine) -> None:
    def failing() -> None:
        with engine.execution_options(writing=True).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE half (x)")
            connection.exec_driver_sql("INSERT INTO half VALUES (1)")
            raise LookupError

    with pytest.raises(LookupError):
        failing()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'half'").scalar_one() == 0


def test_a_reader_keeps_its_moment_while_another_writes(engine: Engine) -> None:
    count = "SELECT count(*) FROM property"
    with engine.connect() as reader:
        before = reader.exec_driver_sql(count).scalar_one()
        with engine.execution_options(writing=True).begin() as writer:
            writer.exec_driver_sql("INSERT INTO property VALUES ('x', 'y')")
        assert reader.exec_driver_sql(count).scalar_one() == before
    with engine.connect() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == before + 1


def test_a_second_writer_is_told_to_wait_before_it_reads_anything(engine: Engine) -> None:
    with engine.execution_options(writing=True).begin(), engine.connect() as second:
        second.connection.driver_connection.execute("PRAGMA busy_timeout=1")  # type: ignore[union-attr]
        with pytest.raises(OperationalError, match="locked"):
            second.execution_options(writing=True).begin()


@pytest.mark.parametrize("immutable", [False, True])
def test_a_read_only_engine_refuses_every_write(path: Path, immutable: bool) -> None:
    engine = open_engine(path, read_only=True, immutable=immutable)
    with pytest.raises(ReadOnly, match="open for reading only"), engine.execution_options(writing=True).begin():
        pass
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO property VALUES ('x', 'y')")
    engine.dispose()


def test_an_engine_never_makes_a_file(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "none.chipscape")
    with pytest.raises(OperationalError):
        engine.connect()
    assert list(tmp_path.iterdir()) == []
