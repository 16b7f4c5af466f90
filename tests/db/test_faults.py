"""What the world does to a base in mid-write: one sentence, and nothing half."""

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError

from chipscape_db.base_file import create_base, open_base
from chipscape_db.engine import open_engine
from chipscape_db.errors import FactsError, FileFault, Invalid, StillReferenced
from chipscape_db.faults import explained
from chipscape_db.history import record
from chipscape_db.models import Alias, RecordText, Sector
from chipscape_db.search import out_of_step

# One process that has everything imported gives birth to a writer for each line it reads, so that a round is short.
WRITERS = """
import itertools, os, sys
from pathlib import Path
from chipscape_db.base_file import open_base
from chipscape_db.history import record
from chipscape_db.models import Alias, RecordText, Sector

def write():
    base = open_base(Path(sys.argv[1]))
    assert not base.read_only, base.read_only_because
    print(os.getpid(), flush=True)
    for number in itertools.count():
        with record(base.engine, "add", f"{os.getpid()}-{number}", author="ann") as (session, _):
            sector = Sector(slug=f"s-{os.getpid()}-{number}", name="Energy")
            session.add(sector)
            session.flush()
            session.add(RecordText(record_id=sector.id, field="summary", language="en", text="Coal " * 200))
            session.add(Alias(record_id=sector.id, alias="Power"))

while sys.stdin.readline():
    child = os.fork()
    if not child:
        write()
    os.waitpid(child, 0)
    print("dead", flush=True)
"""
ROWS_PER_STEP = 4


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "facts.chipscape"
    create_base(made, starter=False)
    return made


def kill_in_mid_write(writers: "subprocess.Popen[str]", *, after: float) -> None:
    assert writers.stdin is not None
    assert writers.stdout is not None
    writers.stdin.write("one\n")
    writers.stdin.flush()
    writer = int(writers.stdout.readline())
    # The writer says nothing more, so this waits for the time given, or less should it die.
    select.select([writers.stdout], [], [], after)
    os.kill(writer, signal.SIGKILL)
    assert writers.stdout.readline() == "dead\n"


def assert_sound(path: Path, assert_whole: Callable[..., int]) -> int:
    base = open_base(path)
    assert not base.read_only
    with base.engine.connect() as connection:
        assert out_of_step(connection) == set()
        assert connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('integrity-check')")
    base.close()
    return assert_whole(path, rows_per_step=ROWS_PER_STEP)


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor kill -9")
@pytest.mark.parametrize("rounds", [20, pytest.param(300, marks=pytest.mark.slow)])
def test_a_base_whose_writer_is_killed_holds_whole_steps_only(
    path: Path, assert_whole: Callable[..., int], rounds: int
) -> None:
    moments, steps = random.Random(rounds), 0
    with subprocess.Popen(
        [sys.executable, "-c", WRITERS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writers:
        for number in range(1, rounds + 1):
            kill_in_mid_write(writers, after=moments.uniform(0.001, 0.3))
            if number % 5 == 0:
                now = assert_sound(path, assert_whole)
                assert now >= steps
                steps = now
    assert steps > 0


def add(engine: Engine, slug: str, text: str) -> None:
    with record(engine, "add", slug, author="ann") as (session, _):
        sector = Sector(slug=slug, name="Energy")
        session.add(sector)
        session.flush()
        session.add(RecordText(record_id=sector.id, field="summary", language="en", text=text))
        session.add(Alias(record_id=sector.id, alias="Power"))


def test_a_full_disk_is_said_and_nothing_was_changed(
    path: Path, facts_of: Callable[[Path], Any], assert_whole: Callable[..., int]
) -> None:
    engine = open_engine(path)

    @event.listens_for(engine, "connect")
    def _no_more_pages(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 4}")

    before = facts_of(path)
    with pytest.raises(FileFault, match=r"^The disk is full; nothing was changed. Free some room and try again\.$"):
        add(engine, "large", "Coal " * 20_000)
    engine.dispose()
    assert facts_of(path) == before
    assert assert_whole(path) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of files")
def test_a_disk_that_takes_no_more_is_said_and_nothing_was_changed(
    path: Path, facts_of: Callable[[Path], Any], assert_whole: Callable[..., int]
) -> None:
    before = facts_of(path)
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from chipscape_db.base_file import open_base\n"
        "from chipscape_db.errors import FactsError\n"
        "from chipscape_db.history import record\n"
        "from chipscape_db.models import RecordText, Sector\n"
        "base = open_base(Path(sys.argv[1]))\n"
        "size = Path(sys.argv[1]).stat().st_size\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10_000, size + 10_000))\n"
        "try:\n"
        "    with record(base.engine, 'add', 'x', author='') as (session, _):\n"
        "        sector = Sector(slug='large', name='Large')\n"
        "        session.add(sector)\n"
        "        session.flush()\n"
        "        session.add(RecordText(record_id=sector.id, field='summary', language='en', text='x' * 3_000_000))\n"
        "except FactsError as error: print(error)\n"
        "base.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "nothing was changed" in done.stdout
    assert done.stdout.count("\n") == 1
    assert facts_of(path) == before
    assert assert_whole(path) == 0


@pytest.mark.parametrize(
    ("told", "kind", "sentence"),
    [
        ("database or disk is full", FileFault, "The disk is full"),
        ("disk I/O error", FileFault, "The disk did not take the data"),
        ("database is locked", FileFault, "Another program is writing"),
        ("attempt to write a readonly database", FileFault, "cannot be written to"),
        ("database disk image is malformed", FileFault, "damaged or out of reach"),
        ("file is not a database", FileFault, "damaged or out of reach"),
        ("unable to open database file", FileFault, "damaged or out of reach"),
    ],
)
def test_faults_of_the_file_are_said_in_words(told: str, kind: type[FactsError], sentence: str) -> None:
    with pytest.raises(kind, match=sentence), explained():
        raise DatabaseError("INSERT", None, Exception(told))


@pytest.mark.parametrize(
    ("told", "kind", "sentence"),
    [
        ("FOREIGN KEY constraint failed", StillReferenced, "still refer"),
        ("UNIQUE constraint failed: record.slug", Invalid, r"exists already \(record.slug\)"),
        ("CHECK constraint failed: ck_chip_status_known", Invalid, r"not allowed \(ck_chip_status_known\)"),
        ("NOT NULL constraint failed: event.starts_on", Invalid, r"missing or not allowed \(event.starts_on\)"),
    ],
)
def test_broken_rules_are_said_in_words(told: str, kind: type[FactsError], sentence: str) -> None:
    with pytest.raises(kind, match=sentence), explained():
        raise IntegrityError("INSERT", None, Exception(told))


def test_a_bug_flies_on() -> None:
    with pytest.raises(DatabaseError, match="no such column"), explained():
        raise DatabaseError("SELECT", None, Exception("no such column: nmae"))
