"""Fact bases as files: made whole, copied whole, and every way to be wrong told in one sentence."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from chipscape_db.base_file import FactBase, copy_base, create_base, open_base
from chipscape_db.base_header import APPLICATION_ID, SCHEMA_VERSION, read_header
from chipscape_db.base_info import base_info
from chipscape_db.errors import FileFault, NewerFile, ReadOnly
from chipscape_db.history import record
from chipscape_db.models import Sector

HOLDER = """
import sys
from pathlib import Path
from chipscape_db.base_file import open_base
base = open_base(Path(sys.argv[1]))
print("held" if base.lock else "read only", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "facts.chipscape"
    create_base(path, starter=False)
    return path


@pytest.fixture
def opened() -> Iterator[list[FactBase]]:
    bases: list[FactBase] = []
    yield bases
    for base in bases:
        base.close()


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def one_sentence(error: BaseException) -> str:
    told = str(error)
    assert "\n" not in told
    assert told.endswith(".")
    assert re.search(r"Error|Traceback|sqlite3|sqlalchemy", told, re.IGNORECASE) is None, told
    return told


def refused(path: Path) -> str:
    """Open and inspect a file that must be refused; return the sentence, having seen that nothing was changed."""
    before = digest(path) if path.is_file() else None
    beside = sorted(path.parent.iterdir())
    told = set()
    for attempt in (read_header, open_base, base_info):
        with pytest.raises(FileFault) as caught:
            attempt(path)
        told.add(one_sentence(caught.value))
    assert len(told) == 1
    assert (digest(path) if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == beside
    return told.pop()


def patch(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def add_sector(base: FactBase, slug: str = "energy") -> None:
    with record(base.engine, "add", slug, author="ann") as (session, _):
        session.add(Sector(slug=slug, name=slug.title()))


def sectors(base: FactBase) -> list[str]:
    with base.engine.connect() as connection:
        return list(connection.execute(text("SELECT slug FROM record WHERE kind = 'sector' ORDER BY slug")).scalars())


class TestMaking:
    def test_a_new_base_is_marked_as_ours(self, empty: Path) -> None:
        connection = sqlite3.connect(empty)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        connection.close()
        assert list(empty.parent.iterdir()) == [empty]

    def test_an_existing_file_is_never_replaced_by_a_new_base(self, empty: Path) -> None:
        before = digest(empty)
        with pytest.raises(FileFault, match=r"facts\.chipscape exists already; choose another name"):
            create_base(empty)
        assert digest(empty) == before

    def test_a_folder_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(FileFault, match="could not be written") as caught:
            create_base(tmp_path / "none" / "facts.chipscape")
        one_sentence(caught.value)

    def test_what_a_lost_base_left_behind_is_not_played_into_a_new_one(self, tmp_path: Path) -> None:
        lost = tmp_path / "lost.chipscape"
        create_base(lost, starter=False)
        base = open_base(lost)
        add_sector(base)
        log = (lost.with_name("lost.chipscape-wal")).read_bytes()
        base.close()
        path = tmp_path / "facts.chipscape"
        path.with_name("facts.chipscape-wal").write_bytes(log)
        create_base(path, starter=False)
        again = open_base(path)
        assert sectors(again) == []
        again.close()

    def test_a_full_disk_leaves_no_half_base(self, tmp_path: Path) -> None:
        code = (
            "import resource, sys; from pathlib import Path; from chipscape_db.base_file import create_base;"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000));"
            "from chipscape_db.errors import FileFault\n"
            "try: create_base(Path(sys.argv[1]))\n"
            "except FileFault as error: print(error)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "facts.chipscape")], capture_output=True, text=True, check=True
        )
        assert re.search("disk|written", done.stdout), done
        assert list(tmp_path.iterdir()) == []


class TestCopying:
    def test_a_copy_holds_the_same_facts_and_history(self, empty: Path, opened: list[FactBase]) -> None:
        base = open_base(empty)
        opened.append(base)
        add_sector(base)
        copy_base(base.engine, empty.with_name("copy.chipscape"))
        copied = open_base(empty.with_name("copy.chipscape"))
        opened.append(copied)
        assert sectors(copied) == ["energy"]
        assert base_info(copied.path).newest_changeset == 1

    def test_a_copy_replaces_what_was_there_with_its_side_files(self, empty: Path, opened: list[FactBase]) -> None:
        target = empty.with_name("old.chipscape")
        create_base(target, starter=False)
        old = open_base(target)
        add_sector(old, "old")
        log = target.with_name("old.chipscape-wal").read_bytes()
        old.close()
        target.with_name("old.chipscape-wal").write_bytes(log)
        base = open_base(empty)
        opened.append(base)
        add_sector(base, "new")
        copy_base(base.engine, target)
        copied = open_base(target)
        opened.append(copied)
        assert sectors(copied) == ["new"]

    def test_a_base_is_not_copied_over_itself_or_over_one_that_is_open(
        self, empty: Path, opened: list[FactBase]
    ) -> None:
        other = empty.with_name("other.chipscape")
        create_base(other, starter=False)
        opened += [open_base(empty), open_base(other)]
        for target in (empty, other):
            before = digest(target)
            with pytest.raises(FileFault, match=r"is open in process \d+ on .*; choose another name"):
                copy_base(opened[0].engine, target)
            assert digest(target) == before
        add_sector(opened[0])
        assert sectors(opened[0]) == ["energy"]

    def test_no_room_for_a_copy_leaves_the_old_file(self, empty: Path) -> None:
        target = empty.with_name("target.chipscape")
        shutil.copy(empty, target)
        before = digest(target)
        code = (
            "import resource, sys; from pathlib import Path\n"
            "from chipscape_db.base_file import copy_base, open_base\n"
            "from chipscape_db.errors import FileFault\n"
            "base = open_base(Path(sys.argv[1]))\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
            "try: copy_base(base.engine, Path(sys.argv[2]))\n"
            "except FileFault as error: print(error)\n"
            "base.close()"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(empty), str(target)], capture_output=True, text=True, check=True
        )
        assert "target.chipscape" in done.stdout
        assert digest(target) == before
        assert sorted(file.name for file in empty.parent.iterdir()) == ["facts.chipscape", "target.chipscape"]


class TestWhatIsNoSoundBase:
    def test_a_missing_file_is_named_with_its_folder(self, tmp_path: Path) -> None:
        assert refused(tmp_path / "gone.chipscape") == f"There is no file gone.chipscape in {tmp_path}."

    def test_a_folder_is_no_base(self, tmp_path: Path) -> None:
        folder = tmp_path / "facts.chipscape"
        folder.mkdir()
        assert refused(folder) == "facts.chipscape is a folder, not a fact base."

    def test_an_empty_file_is_no_base(self, tmp_path: Path) -> None:
        path = tmp_path / "facts.chipscape"
        path.touch()
        assert "is not a Chipscape fact base; nothing in it was changed" in refused(path)

    def test_a_text_file_renamed_is_no_base(self, tmp_path: Path) -> None:
        path = tmp_path / "facts.chipscape"
        path.write_text("chip,maker\nAscend 910B,Huawei\n" * 100, encoding="utf-8")
        assert "is not a Chipscape fact base; nothing in it was changed" in refused(path)

    def test_another_programs_database_is_recognised(self, tmp_path: Path) -> None:
        path = tmp_path / "facts.chipscape"
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE bookmark (url TEXT)")
        connection.commit()
        connection.close()
        assert "is a database of another program" in refused(path)

    @pytest.mark.parametrize("kept", [0.99, 0.5, 0.01])
    def test_a_truncated_base_is_cut_off(self, empty: Path, kept: float) -> None:
        os.truncate(empty, int(empty.stat().st_size * kept))
        assert "is cut off: part of it is missing" in refused(empty)

    def test_a_header_cut_in_the_middle_is_cut_off(self, empty: Path) -> None:
        os.truncate(empty, 60)
        assert "is cut off: part of it is missing" in refused(empty)

    def test_a_base_of_a_newer_version_asks_for_an_update(self, empty: Path) -> None:
        patch(empty, 60, (SCHEMA_VERSION + 1).to_bytes(4, "big"))
        with pytest.raises(NewerFile):
            read_header(empty)
        assert "was written by a newer version of Chipscape; update the application" in refused(empty)

    def test_a_base_whose_inside_is_garbage_is_damaged(self, empty: Path, opened: list[FactBase]) -> None:
        size = empty.stat().st_size
        patch(empty, 4096, b"\xa5" * (size - 4096))
        before = digest(empty)
        with pytest.raises(FileFault, match="is damaged or out of reach") as caught:
            base_info(empty)
        assert "\n" not in str(caught.value)
        assert digest(empty) == before


class TestReadOnly:
    def test_a_write_protected_file_is_open_for_reading_only(self, empty: Path, opened: list[FactBase]) -> None:
        empty.chmod(0o444)
        before = digest(empty)
        base = open_base(empty)
        opened.append(base)
        assert base.read_only
        assert str(base.read_only_because) == "facts.chipscape is write-protected, so it is open for reading only."
        assert sectors(base) == []
        with pytest.raises(ReadOnly, match="save a copy to change it"):
            add_sector(base)
        assert digest(empty) == before
        assert list(empty.parent.iterdir()) == [empty]

    def test_a_write_protected_folder_makes_its_bases_read_only(self, empty: Path, opened: list[FactBase]) -> None:
        empty.parent.chmod(0o555)
        try:
            before = digest(empty)
            base = open_base(empty)
            opened.append(base)
            assert "is in a folder that cannot be written to" in str(base.read_only_because)
            assert sectors(base) == []
            assert digest(empty) == before
            assert list(empty.parent.iterdir()) == [empty]
        finally:
            empty.parent.chmod(0o755)

    def test_a_base_opened_for_reading_takes_no_lock(self, empty: Path, opened: list[FactBase]) -> None:
        opened += [open_base(empty, write=False), open_base(empty)]
        assert opened[0].read_only
        assert not opened[1].read_only

    def test_an_older_base_that_cannot_be_written_to_is_not_opened(self, empty: Path) -> None:
        patch(empty, 60, (SCHEMA_VERSION - 1).to_bytes(4, "big"))
        empty.chmod(0o444)
        with pytest.raises(FileFault, match="from an older version") as caught:
            open_base(empty)
        one_sentence(caught.value)

    def test_an_older_base_is_brought_up_to_date_and_a_copy_of_it_kept(
        self, empty: Path, opened: list[FactBase]
    ) -> None:
        patch(empty, 60, (SCHEMA_VERSION - 1).to_bytes(4, "big"))
        base = open_base(empty)
        opened.append(base)
        add_sector(base)
        base.close()
        assert read_header(empty) == SCHEMA_VERSION
        assert read_header(empty.with_name(f"facts.chipscape.v{SCHEMA_VERSION - 1}")) == SCHEMA_VERSION - 1


class TestOpenedTwice:
    def test_the_second_program_reads_only_and_names_the_first(self, empty: Path, opened: list[FactBase]) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(empty)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            base = open_base(empty)
            opened.append(base)
            told = str(base.read_only_because)
            assert f"is already open in process {holder.pid} on " in told
            assert told.endswith("so it is open for reading only here.")
            assert sectors(base) == []
            with pytest.raises(ReadOnly):
                add_sector(base)
            holder.kill()
        after = open_base(empty)
        opened.append(after)
        assert not after.read_only, "a killed holder lets the base go"
        add_sector(after)
        assert sectors(after) == ["energy"]

    def test_a_reader_sees_what_the_writer_has_written(self, empty: Path, opened: list[FactBase]) -> None:
        opened += [open_base(empty), open_base(empty)]
        add_sector(opened[0])
        assert opened[1].read_only
        assert sectors(opened[1]) == ["energy"]

    def test_closing_lets_the_next_one_write_and_leaves_nothing_beside_the_file(self, empty: Path) -> None:
        for slug in ("first", "second"):
            base = open_base(empty)
            add_sector(base, slug)
            base.close()
        assert list(empty.parent.iterdir()) == [empty]


class TestLeftByAKilledProgram:
    def test_a_log_left_behind_is_part_of_the_base(self, empty: Path, opened: list[FactBase]) -> None:
        code = (
            "import os, sys; from pathlib import Path; from chipscape_db.base_file import open_base;"
            "from chipscape_db.history import record; from chipscape_db.models import Sector\n"
            "base = open_base(Path(sys.argv[1]))\n"
            "with record(base.engine, 'add', 'x', author='') as (session, _):\n"
            "    session.add(Sector(slug='kept', name='Kept'))\n"
            "os.kill(os.getpid(), 9)"
        )
        subprocess.run([sys.executable, "-c", code, str(empty)], check=False)
        assert empty.with_name("facts.chipscape-wal").stat().st_size > 0
        empty.chmod(0o444)
        reader = open_base(empty)
        assert sectors(reader) == ["kept"]
        reader.close()
        empty.chmod(0o644)
        base = open_base(empty)
        opened.append(base)
        assert sectors(base) == ["kept"]

    def test_a_file_short_because_its_log_was_being_folded_in_is_not_called_cut_off(self, empty: Path) -> None:
        pages = int.from_bytes(empty.read_bytes()[28:32], "big")
        patch(empty, 28, (pages + 10).to_bytes(4, "big"))
        assert "cut off" in refused(empty)
        empty.with_name("facts.chipscape-wal").write_bytes(b"frames")
        assert read_header(empty) == SCHEMA_VERSION
