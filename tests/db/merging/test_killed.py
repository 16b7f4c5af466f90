"""kill -9, a full disk and a locked file in mid save, import and merge: before or after, never between."""

import hashlib
import json
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.checks import check_base
from chipscape_db.engine import open_engine
from chipscape_db.errors import FileFault, ReadOnly
from chipscape_db.merging.applying import merge
from chipscape_db.merging.other_side import read_other
from chipscape_db.models import Base
from chipscape_db.transfer.tables.importing import import_table
from chipscape_db.transfer.tables.reading import read_table
from chipscape_db.transfer.tables.suggestion import suggest_mapping

# One process that has everything imported gives birth to a worker for each line it reads, so that a round is short.
WORKERS = """
import json, os, sys
from pathlib import Path
from chipscape_db.base_file import open_base
from chipscape_db.commands.records import add_record, edit_record
from chipscape_db.commands.citations import NewCitation
from chipscape_db.merging.applying import merge
from chipscape_db.merging.other_side import read_other
from chipscape_db.transfer.tables.importing import import_table
from chipscape_db.transfer.tables.reading import read_table
from chipscape_db.transfer.tables.suggestion import suggest_mapping

def do(job, path, other):
    base = open_base(Path(path))
    assert not base.read_only, base.read_only_because
    print(os.getpid(), flush=True)
    if job == "save":
        texts = {("summary", language): "Coal " * 50 for language in ("en", "fr")}
        aliases = [(f"Name {number}", "") for number in range(150)]
        edit_record(base.engine, author="ann", record_id="c1", texts=texts, aliases=aliases, fields={"family": "F"})
    elif job == "import":
        table = read_table(Path(other))
        import_table(base.engine, author="ann", table=table, mapping=suggest_mapping(table))
    else:
        merge(base.engine, author="ann", theirs=read_other(Path(other)))
    base.close()

while line := sys.stdin.readline():
    job = json.loads(line)
    child = os.fork()
    if not child:
        try:
            do(*job)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""


def table_of(count: int) -> str:
    """Return a table of chips with claims and links."""
    rows = ["Name,Designer,Release date,TDP (W),Memory (GB),Memory bandwidth (GB/s),Link"]
    rows += [
        f"Card {n},Maker 1,202{n % 6},{100 + n},{n + 1},{n + 500},https://example.org/{n}.pdf" for n in range(count)
    ]
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def stage(ancestor: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A base to work on, a table, and a colleague's base that holds the table already."""
    folder = tmp_path_factory.mktemp("stage")
    (folder / "cards.csv").write_text(table_of(60), encoding="utf-8")
    for name in ("base", "other"):
        with closing(sqlite3.connect(ancestor)) as source, closing(sqlite3.connect(folder / name)) as target:
            source.backup(target)
    other = open_base(folder / "other")
    table = read_table(folder / "cards.csv")
    import_table(other.engine, author="bob", table=table, mapping=suggest_mapping(table))
    other.close()
    return {"save": folder / "base", "import": folder / "cards.csv", "merge": folder / "other", "base": folder / "base"}


def state(path: Path) -> str:
    """Return a digest of all facts, having opened and checked the base; ids given at random do not count."""
    base = open_base(path)
    assert not base.read_only
    with Session(base.engine) as session:
        assert [str(found) for found in check_base(session)] == []
    with base.engine.connect() as connection:
        steps = connection.exec_driver_sql("SELECT count(*) FROM changeset").scalar_one()
        told: dict[str, Any] = {"steps": steps}
        for name in Base.metadata.tables:
            if name in ("change", "changeset", "property", "snapshot_content"):
                continue
            columns = "alias" if name == "alias" else "*"
            found = connection.exec_driver_sql(f'SELECT {columns} FROM "{name}"').all()
            told[name] = sorted(map(repr, found))
        orphans = "SELECT count(*) FROM change WHERE changeset_id NOT IN (SELECT id FROM changeset)"
        assert connection.exec_driver_sql(orphans).scalar_one() == 0
    base.close()
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class Workers:
    """Sends jobs to the process that gives birth to workers, and kills those."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.stdin, self.stdout = process.stdin, process.stdout

    def run(self, job: str, path: Path, other: Path, *, kill_after: float | None) -> None:
        """Let a worker do a job; kill it after so many seconds, or let it end."""
        self.stdin.write(json.dumps([job, str(path), str(other)]) + "\n")
        self.stdin.flush()
        worker = int(self.stdout.readline())
        if kill_after is not None:
            # The worker says nothing more, so this waits for the time given, or less should it end.
            select.select([self.stdout], [], [], kill_after)
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        assert self.stdout.readline() == "dead\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor kill -9")
@pytest.mark.parametrize("job", ["save", "import", "merge"])
@pytest.mark.parametrize("rounds", [12, pytest.param(200, marks=pytest.mark.slow)])
def test_a_job_that_is_killed_was_done_whole_or_not_at_all(
    stage: dict[str, Path], tmp_path: Path, job: str, rounds: int
) -> None:
    moments, seen = random.Random(rounds), {"before": 0, "after": 0}
    with subprocess.Popen(
        [sys.executable, "-c", WORKERS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        workers = Workers(process)
        whole = tmp_path / "whole.chipscape"
        shutil.copy(stage["base"], whole)
        before = state(whole)
        workers.run(job, whole, stage[job], kill_after=None)
        after = state(whole)
        assert before != after
        # The time between the two is found out by halves: the job's own pace on this machine decides.
        low, high = 0.0, 1.0
        for number in range(rounds):
            path = tmp_path / f"{number}.chipscape"
            shutil.copy(stage["base"], path)
            moment = moments.uniform(low, high)
            workers.run(job, path, stage[job], kill_after=moment)
            now = state(path)
            assert now in (before, after)
            seen["before" if now == before else "after"] += 1
            # Aim at the moment of the commit: narrower around it, but never so narrow that nothing else is met.
            if now == before:
                low = max(low, min(moment * 0.7, high * 0.9))
            else:
                high = min(high, max(moment * 1.3, low * 1.1 + 0.002))
            path.unlink()
        process.stdin.close()  # type: ignore[union-attr]
    assert sum(seen.values()) == rounds
    assert seen["before"]


@pytest.mark.parametrize("job", ["import", "merge"])
def test_a_full_disk_is_said_and_nothing_was_changed(stage: dict[str, Path], tmp_path: Path, job: str) -> None:
    path = tmp_path / "full.chipscape"
    shutil.copy(stage["base"], path)
    before = state(path)
    engine = open_engine(path)

    @event.listens_for(engine, "connect")
    def _no_more_pages(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 6}")

    with pytest.raises(FileFault, match=r"^The disk is full; nothing was changed"):
        _do(job, engine, stage[job])
    engine.dispose()
    assert state(path) == before


@pytest.mark.parametrize("job", ["import", "merge"])
def test_a_base_open_for_reading_only_is_said(stage: dict[str, Path], tmp_path: Path, job: str) -> None:
    path = tmp_path / "locked.chipscape"
    shutil.copy(stage["base"], path)
    before = state(path)
    engine = open_engine(path, read_only=True)
    with pytest.raises(ReadOnly, match="open for reading only"):
        _do(job, engine, stage[job])
    engine.dispose()
    assert state(path) == before


def _do(job: str, engine: Any, other: Path) -> None:
    if job == "import":
        table = read_table(other)
        import_table(engine, author="ann", table=table, mapping=suggest_mapping(table))
    else:
        merge(engine, author="ann", theirs=read_other(other))
