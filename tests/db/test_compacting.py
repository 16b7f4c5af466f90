"""The file is made smaller by what nothing can bring back, and by nothing else."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.checks import check_base
from chipscape_db.commands.records import edit_record
from chipscape_db.commands.snapshots import add_snapshot, delete_snapshot
from chipscape_db.compacting import compact
from chipscape_db.errors import Conflict, ReadOnly
from chipscape_db.next_steps import next_redo
from chipscape_db.reverting import redo, revert, undo

PAGE = b"<html>" + random.Random(1).randbytes(1_500_000).hex().encode() + b"</html>"


@pytest.fixture
def engine(starter_copy: Path) -> Iterator[Engine]:
    base = open_base(starter_copy)
    yield base.engine
    base.close()


def id_of(engine: Engine, slug: str) -> str:
    with engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT id FROM record WHERE slug = ?", (slug,)).scalar_one())


def keep(engine: Engine, content: bytes = PAGE, name: str = "s1") -> None:
    add_snapshot(
        engine, author="Ada", source_id=id_of(engine, "seed-note"), name=f"{name}.html", content=content,
        taken_on="2025-06-30", snapshot_id=name,
    )  # fmt: skip


def contents(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM snapshot_content").scalar_one())


def copies(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT id FROM snapshot ORDER BY id").scalars())


def edit(engine: Engine) -> None:
    edit_record(engine, author="Ada", record_id=id_of(engine, "ascend-910b"), fields={"family": "Another"})


def test_what_undo_and_redo_can_bring_back_stays(engine: Engine) -> None:
    keep(engine)
    undo(engine, author="Ada")
    assert compact(engine).copies == 0
    redo(engine, author="Ada")
    assert copies(engine) == ["s1"]
    delete_snapshot(engine, author="Ada", snapshot_id="s1")
    edit(engine)
    assert compact(engine).copies == 0
    undo(engine, author="Ada")
    undo(engine, author="Ada")
    assert (contents(engine), copies(engine)) == (1, ["s1"])


def test_an_undone_copy_goes_when_redo_is_gone_and_the_file_gets_smaller(engine: Engine, starter_copy: Path) -> None:
    keep(engine, PAGE + b"<!-- kept -->", "kept")
    keep(engine)
    undo(engine, author="Ada")
    taken_back = next_redo(engine)
    assert taken_back is not None
    edit(engine)
    done = compact(engine)
    assert done.copies == 1
    assert done.after < done.before - len(PAGE) * 0.9
    assert starter_copy.stat().st_size == done.after
    assert (contents(engine), copies(engine)) == (1, ["kept"])
    with Session(engine) as session:
        assert check_base(session) == []
    with pytest.raises(Conflict, match=r"s1\.html.*was removed when the file was made smaller"):
        revert(engine, taken_back, author="Ada")
    assert copies(engine) == ["kept"]
    keep(engine)  # from its source, as the sentence says
    assert contents(engine) == 2
    assert compact(engine).copies == 0


def test_undo_goes_on_after_the_file_was_made_smaller(engine: Engine) -> None:
    edit(engine)
    compact(engine)
    summary = undo(engine, author="Ada")
    assert summary is not None
    assert summary.action == "edit-record"


def test_a_base_open_for_reading_stays_as_it_is(starter_copy: Path) -> None:
    base = open_base(starter_copy, write=False)
    with pytest.raises(ReadOnly):
        compact(base.engine)
    base.close()
