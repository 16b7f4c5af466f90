"""How far a command is stands on the terminal while it works, and nowhere afterwards."""

import io
import shutil
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from chipscape_db.base_file import open_base
from chipscape_db.commands.records import rename_record
from chipscape_db.models import Record
from chipscape_desktop.cli import main
from chipscape_desktop.cli_progress import shown_progress

WIPED = "\r\033[K"


class Terminal(io.StringIO):
    """Where a person reads what goes wrong."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def other(starter: Path, tmp_path: Path) -> Path:
    path = Path(shutil.copy(starter, tmp_path / "other.chipscape"))
    base = open_base(path)
    with base.engine.connect() as connection:
        chip = connection.scalar(Record.__table__.select().where(Record.slug == "ascend-910b"))
    rename_record(base.engine, author="Ada", record_id=str(chip), name="Another")
    base.close()
    return path


def test_it_is_written_over_itself_and_wiped_out() -> None:
    with redirect_stderr(Terminal()) as terminal:
        progress = shown_progress("facts")
        progress.at(0.42)
        assert terminal.getvalue() == "\rfacts: 42%\033[K"
        progress.at(1.0)
    assert terminal.getvalue().endswith(WIPED)


def test_a_merge_leaves_nothing_of_it(starter_copy: Path, other: Path) -> None:
    with redirect_stderr(Terminal()) as terminal:
        assert main(["merge", str(starter_copy), str(other)]) == 0
    assert "other.chipscape: " in terminal.getvalue()
    assert terminal.getvalue().endswith(WIPED)


def test_a_fault_stands_on_a_line_of_its_own(other: Path, tmp_path: Path) -> None:
    with redirect_stderr(Terminal()) as terminal:
        assert main(["merge", str(tmp_path / "missing.chipscape"), str(other)]) == 1
    told, _, fault = terminal.getvalue().rpartition(WIPED)
    assert "other.chipscape: " in told
    assert fault.startswith("There is no file missing.chipscape")


def test_a_file_gets_none_of_it(starter_copy: Path, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["merge", str(starter_copy), str(other)]) == 0
    assert capsys.readouterr().err == ""
