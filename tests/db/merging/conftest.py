"""A small base and copies of it, each as one curator has it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db.base_file import FactBase, create_base, open_base
from chipscape_db.commands.citations import NewCitation
from chipscape_db.commands.claims import add_claim
from chipscape_db.commands.records import add_record
from chipscape_db.commands.relationships import add_relationship
from chipscape_db.models import Base, Record
from chipscape_db.transfer.csv_dump import dump_folder


@pytest.fixture(scope="session")
def ancestor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with two sources, two makers, three chips, their claims and a relationship, made by Zoe."""
    path = tmp_path_factory.mktemp("ancestor") / "ancestor.chipscape"
    create_base(path, starter=False)
    base = open_base(path)
    engine = base.engine
    for number in (1, 2):
        fields = {"name": f"Source {number}", "source_kind": "press"}
        add_record(engine, author="Zoe", kind="source", fields=fields, record_id=f"s{number}")
    for number in (1, 2):
        fields = {"name": f"Maker {number}", "org_kind": "company"}
        add_record(
            engine, author="Zoe", kind="organization", fields=fields, record_id=f"m{number}", citation=NewCitation("s1")
        )  # fmt: skip
    for number in (1, 2, 3):
        fields = {"name": f"Chip {number}", "designer_id": "m1"}
        add_record(
            engine, author="Zoe", kind="chip", fields=fields, record_id=f"c{number}", citation=NewCitation("s1"),
            texts={("summary", "en"): "A chip."},
        )  # fmt: skip
        values = {"metric": "power.tdp", "value": f"{number}00", "stance": "stated", "source_id": "s1"}
        add_claim(engine, author="Zoe", subject_id=f"c{number}", values=values, claim_id=f"k{number}")
    fields = {"subject_id": "m1", "kind": "designs", "object_id": "c1"}
    add_relationship(engine, author="Zoe", fields=fields, citation=NewCitation("s1"))
    base.close()
    return path


@pytest.fixture
def curators(ancestor: Path, tmp_path: Path) -> Iterator[Callable[..., FactBase]]:
    """A function that opens a copy of the small base (or of another) under a name."""
    bases: list[FactBase] = []

    def _open(name: str, *, of: Path = ancestor) -> FactBase:
        path = tmp_path / f"{name}.chipscape"
        with closing(sqlite3.connect(of)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
        bases.append(open_base(path))
        return bases[-1]

    yield _open
    for base in bases:
        base.close()


def _facts(engine: Engine, folder: Path) -> dict[str, str]:
    """Return the text form of a base, without the UUIDs: what both entered has one of its own on either side."""
    dump_folder(engine, folder)
    paths = [path for path in sorted(folder.glob("*.csv")) if path.name != "ids.csv"]
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def _rows(engine: Engine) -> dict[str, list[str]]:
    """Return every row of every table but the history."""
    beside = {"change", "changeset", "property", "snapshot_content"}
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()))
            for name in Base.metadata.tables
            if name not in beside
        }


def _named(engine: Engine, record_id: str) -> str:
    with Session(engine) as session:
        return session.get_one(Record, record_id).name


@pytest.fixture(scope="session")
def read() -> SimpleNamespace:
    """Ways to look at a base."""
    return SimpleNamespace(facts=_facts, rows=_rows, name=_named)
