"""One writer a base, by a lock that dies with its process."""

import subprocess
import sys
from pathlib import Path

from chipscape_db.base_lock import BaseLock

RACE = """
import sys
from pathlib import Path
from chipscape_db.base_lock import BaseLock
path, got = Path(sys.argv[1]), 0
for _ in range(300):
    lock = BaseLock(path)
    if lock.acquire():
        inside = path.with_name("inside")
        inside.mkdir()   # fails when another process is inside too
        inside.rmdir()
        got += 1
        lock.release()
print(got)
"""


def test_a_lock_is_held_once_and_names_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "facts.chipscape"
    first, second = BaseLock(path), BaseLock(path)
    assert first.acquire()
    assert not second.acquire()
    assert second.holder().startswith("process ")
    second.release()
    assert not second.acquire(), "who does not hold it cannot let it go"
    first.release()
    assert second.acquire()
    second.release()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_file_left_behind_bars_nobody(tmp_path: Path) -> None:
    lock = BaseLock(tmp_path / "facts.chipscape")
    lock.path.write_text('{"process": 1, "host": "elsewhere"}', encoding="utf-8")
    assert lock.acquire()
    assert "elsewhere" not in lock.holder()
    lock.release()


def test_a_holder_that_cannot_be_read_is_another_program(tmp_path: Path) -> None:
    lock = BaseLock(tmp_path / "facts.chipscape")
    for content in ("", "{", "[]", '{"process": 1}'):
        lock.path.write_text(content, encoding="utf-8")
        assert lock.holder() == "another program"


def test_two_processes_are_never_inside_together(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RACE, str(tmp_path / "facts.chipscape")]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _number in range(3)
    ]
    answers = [process.communicate(timeout=60) for process in running]
    assert [error for _, error in answers] == ["", "", ""]
    assert sum(int(told) for told, _ in answers) > 0
