"""The schema's history: every released schema opens, and models and migrations say the same."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db import migrations, reverting
from chipscape_db.base_file import create_base, open_base
from chipscape_db.base_header import SCHEMA_VERSION, read_header
from chipscape_db.engine import open_engine
from chipscape_db.metrics import METRICS
from chipscape_db.models import Metric, Record
from chipscape_db.search import out_of_step, search

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
VERSIONS = Path(migrations.__file__).parent / "versions"


def stored() -> list[Path]:
    return sorted(SCHEMAS.glob("*.sqlite"))


def test_every_released_schema_is_stored() -> None:
    released = sorted(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))
    assert [path.stem for path in stored()] == released
    assert int(released[-1]) == SCHEMA_VERSION


@pytest.mark.parametrize("schema", stored(), ids=lambda path: path.stem)
def test_a_stored_schema_opens_with_its_facts_and_history(schema: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(schema, tmp_path / "facts.chipscape"))
    base = open_base(path)
    try:
        migrations.check(base.engine)
        with Session(base.engine) as session:
            assert [(record.slug, record.name) for record in session.query(Record)] == [("energy", "Energy")]
            assert [hit.slug for hit in search(session, "能源")] == ["energy"]
            assert out_of_step(session.connection()) == set()
        assert reverting.undo(base.engine, author="ann") is not None
        with Session(base.engine) as session:
            assert session.query(Record).count() == 0
    finally:
        base.close()


def test_an_upgraded_base_says_its_version_to_others_while_it_is_open(tmp_path: Path) -> None:
    path = Path(shutil.copy(stored()[0], tmp_path / "facts.chipscape"))
    first = open_base(path)
    try:
        assert read_header(path) == SCHEMA_VERSION
        second = open_base(path)
        assert second.read_only_because is not None
        assert "already open" in str(second.read_only_because)
        second.close()
    finally:
        first.close()


def test_an_upgraded_schema_is_the_schema_of_a_new_base(tmp_path: Path) -> None:
    def schema(path: Path) -> set[tuple[str, ...]]:
        """Return each statement as its lines in order: a table made anew may name its constraints in another order."""
        connection = sqlite3.connect(path)
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        connection.close()
        return {tuple(sorted(line.strip().rstrip(",") for line in row[0].splitlines())) for row in rows}

    create_base(tmp_path / "new.chipscape", starter=False)
    for each in stored():
        path = Path(shutil.copy(each, tmp_path / "old.chipscape"))
        open_base(path).close()
        assert schema(path) == schema(tmp_path / "new.chipscape")


def test_the_schema_knows_the_metrics_of_the_registry(tmp_path: Path) -> None:
    create_base(tmp_path / "facts.chipscape", starter=False)
    engine = open_engine(tmp_path / "facts.chipscape")
    with Session(engine) as session:
        assert {metric.key: metric.unit for metric in session.query(Metric)} == {
            key: metric.unit for key, metric in METRICS.items()
        }
    engine.dispose()


def test_a_migration_that_fails_leaves_no_half_schema(tmp_path: Path) -> None:
    path = tmp_path / "facts.chipscape"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE sector (in_the_way TEXT)")
    connection.commit()
    connection.close()
    engine = open_engine(path)
    with pytest.raises(Exception, match="sector already exists"):
        migrations.upgrade(engine)
    engine.dispose()
    connection = sqlite3.connect(path)
    assert [row[0] for row in connection.execute("SELECT name FROM sqlite_master")] == ["sector"]
    connection.close()
