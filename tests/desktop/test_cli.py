"""The command line: what each command answers, with which exit code, and what it leaves alone."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.history import record
from chipscape_db.models import Record
from chipscape_desktop import cli, cli_facts
from chipscape_desktop.cli import main

HEAVY = """
import sys
from chipscape_desktop.cli import main
code = main(sys.argv[1:])
loaded = [name for name in ("PySide6", "pyqtgraph", "sqlalchemy", "numpy", "babel") if name in sys.modules]
print(code, *loaded, file=sys.stderr)
"""


class Answer:
    """Runs commands and keeps what the last one said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *arguments: object) -> int:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, *arguments: object) -> Any:
        assert self(*arguments, "--json") == 0, self.err
        assert self.err == ""
        return json.loads(self.out)

    def refused(self, *arguments: object) -> str:
        assert self(*arguments) == 1
        assert self.out == ""
        assert self.err.count("\n") == 1
        return self.err.strip()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Answer:
    return Answer(capsys)


@pytest.fixture
def empty(tmp_path: Path, run: Answer) -> Path:
    path = tmp_path / "facts.chipscape"
    assert run("new", path, "--empty") == 0
    return path


def rename(path: Path, slug: str, name: str) -> None:
    base = open_base(path)
    with record(base.engine, f"rename {name}", name, author="ann") as (session, _):
        session.query(Record).filter_by(slug=slug).one().name = name
    base.close()


def name_of(path: Path, slug: str) -> str:
    base = open_base(path, write=False)
    with Session(base.engine) as session:
        name = session.query(Record.name).filter_by(slug=slug).scalar()
    base.close()
    return str(name)


def test_new_makes_a_base_and_never_replaces_one(run: Answer, empty: Path) -> None:
    assert run.json("info", empty)["counts"]["changeset"] == 0
    assert run.refused("new", empty) == "facts.chipscape exists already; choose another name."


def test_info_counts_what_there_is(run: Answer, starter: Path) -> None:
    told = run.json("info", starter)
    assert told.keys() == {"file", "bytes", "schema", "newest_changeset", "newest_author", "newest_at", "counts"}
    assert told["counts"]["chip"] > 100
    assert run("info", starter) == 0
    assert f"{told['counts']['claim']:,}  claim" in run.out


def test_check_finds_nothing_wrong_with_the_starter_facts(run: Answer, starter: Path) -> None:
    assert run.json("check", starter) == []
    assert run("check", starter) == 0
    assert run.out == "0 problems\n"


def test_check_answers_with_1_when_something_is_wrong(run: Answer, starter_copy: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(starter_copy)
    connection.execute("UPDATE search_entry SET names = 'x' WHERE id = 1")
    connection.commit()
    connection.close()
    assert run("check", starter_copy, "--json") == 1
    assert {"code", "severity", "record", "text", "key"} == json.loads(run.out)[0].keys()


def test_dump_and_load_bring_the_same_facts_and_loading_twice_changes_nothing(
    run: Answer, starter: Path, empty: Path, tmp_path: Path
) -> None:
    assert run("dump", starter, tmp_path / "csv") == 0
    told = run.json("load", empty, tmp_path / "csv", "--author", "ann")
    assert told["changeset"] == 1
    assert (told["kind"], told["action"]) == ("edit", "load")
    assert "record" in told["tables"]
    assert run("load", empty, tmp_path / "csv") == 0
    assert run.out.startswith("Nothing to load")
    assert run.json("history", empty)[0]["author"] == "ann"
    chips = tmp_path / "csv" / "chips.csv"
    chips.write_text(chips.read_text(encoding="utf-8").replace("shipping", "shiping", 1), encoding="utf-8")
    assert "chips.csv" in run.refused("load", empty, tmp_path / "csv")
    assert run("load", empty, tmp_path / "csv", "--json") == 1
    assert "chips.csv" in json.loads(run.out)["problems"][0]


def test_search_finds_by_any_name(run: Answer, starter: Path) -> None:
    hits = run.json("search", starter, "Ascend", "910B", "--limit", "3")
    assert hits[0] == {
        "id": hits[0]["id"], "slug": "ascend-910b", "kind": "chip", "name": "Ascend 910B", "detail": "",
    }  # fmt: skip
    assert len(hits) == 3
    assert run("search", starter, "qqqq") == 0
    assert run.out == "Nothing found.\n"


def test_claims_tell_the_chosen_value_its_rivals_and_their_sources(run: Answer, starter: Path) -> None:
    (told,) = run.json("claims", starter, "ascend-910b", "compute.fp16")
    assert (told["metric"], told["unit"], told["contested"]) == ("compute.fp16", "TFLOPS", True)
    first = told["conventions"][0]
    assert (first["chosen"]["low"], first["chosen"]["high"]) == (256, 320)
    assert first["chosen"]["independent_sources"] == 3
    assert first["chosen"]["reason"]
    for claim in first["claims"]:
        assert {"value", "convention", "stance", "rank", "source"} <= claim.keys()
        assert {"slug", "name", "url", "locator"} <= claim["source"].keys()
        assert claim["source"]["url"].startswith("http")
    assert run("claims", starter, "ascend-910b", "compute.fp16") == 0
    assert "280 TFLOPS" in run.out
    assert "from 256 to 320, contested" in run.out
    for claim in first["claims"]:
        assert claim["source"]["slug"] in run.out


def test_claims_as_of_a_day_are_those_known_by_then(run: Answer, starter: Path) -> None:
    def known(day: str) -> int:
        return sum(each["claims"] for each in run.json("claims", starter, "nvidia-h100-sxm", "--as-of", day))

    assert known("1990-01-01") < known("2026-12-31")


def test_a_record_that_is_not_there_suggests_near_ones(run: Answer, starter: Path) -> None:
    told = run.refused("claims", starter, "ascend-910b9")
    assert told.startswith("There is no record ascend-910b9")
    assert "did you mean ascend-910" in run.refused("claims", starter, "ascend 910")
    assert "compute.fp16" in run.refused("claims", starter, "ascend-910b", "compute.fp17")


def test_undo_redo_and_revert_say_what_they_did(run: Answer, starter_copy: Path) -> None:
    was = name_of(starter_copy, "huawei")
    rename(starter_copy, "huawei", "Hua Wei")
    assert run.json("undo", starter_copy)["kind"] == "undo"
    assert name_of(starter_copy, "huawei") == was
    assert run.json("redo", starter_copy)["kind"] == "redo"
    assert name_of(starter_copy, "huawei") == "Hua Wei"
    steps = run.json("history", starter_copy, "--limit", "3")
    assert [step["kind"] for step in steps] == ["redo", "undo", "edit"]
    rename(starter_copy, "huawei", "HW")
    assert "a later change touched" in run.refused("revert", starter_copy, steps[-1]["id"])
    newest = run.json("history", starter_copy)[0]["id"]
    assert run.json("revert", starter_copy, newest, "--author", "bob")["kind"] == "revert"
    assert run.json("history", starter_copy)[0]["author"] == "bob"
    assert name_of(starter_copy, "huawei") == "Hua Wei"


def test_undo_and_redo_are_signed_like_any_change(run: Answer, starter_copy: Path) -> None:
    rename(starter_copy, "huawei", "Hua Wei")
    for step, author in (("undo", "ann"), ("redo", "bob")):
        run.json(step, starter_copy, "--author", author)
        newest = run.json("history", starter_copy)[0]
        assert (newest["kind"], newest["author"]) == (step, author)


def test_nothing_to_undo_is_said(run: Answer, empty: Path) -> None:
    assert run("undo", empty) == 0
    assert run.out == "Nothing to undo.\n"
    assert run.json("redo", empty) is None


def test_figures_are_listed_and_exported(run: Answer, starter: Path, tmp_path: Path) -> None:
    names = run.json("figures")
    assert {"timeline", "performance-over-time", "ecosystem"} <= names.keys()
    out = tmp_path / "figure.svg"
    asked = ("--size", "1200x800", "--theme", "light", "--lang", "fr", "--as-of", "2024-01-01", "--country", "CN")
    assert run("export", starter, "timeline", out, *asked) == 0
    assert run.out == run.err == ""
    assert out.read_text(encoding="utf-8").startswith("<")
    assert "there are timeline" in run.refused("export", starter, "timelin", out)
    run.refused("export", starter, "timeline", tmp_path / "figure.docx")


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("nothing",), ("info",), ("claims", "f", "r", "--as-of", "2024"), ("revert", "f", "one"),
        ("history", "f", "--limit", "many"), ("export", "f", "timeline", "o.svg", "--size", "9"),
        ("export", "f", "timeline", "o.svg", "--theme", "pink"), ("export", "f", "timeline", "o.svg", "--option", "x"),
    ],
)  # fmt: skip
def test_bad_arguments_are_code_2(run: Answer, arguments: tuple[str, ...]) -> None:
    assert run(*arguments) == 2
    assert "usage:" in run.err


@pytest.mark.parametrize("command", ["info", "check", "history", "undo", "redo", "search x", "dump out", "load out"])
def test_a_file_that_is_not_there_is_one_line_and_code_1(run: Answer, tmp_path: Path, command: str) -> None:
    name, *more = command.split()
    told = run.refused(name, tmp_path / "gone.chipscape", *(tmp_path / part for part in more))
    assert told == f"There is no file gone.chipscape in {tmp_path}."


def test_a_base_open_elsewhere_is_not_written_to(run: Answer, starter_copy: Path) -> None:
    base = open_base(starter_copy)
    told = run.refused("undo", starter_copy)
    base.close()
    assert "is already open in process" in told


def test_a_bug_is_code_70_with_its_traceback(run: Answer, monkeypatch: pytest.MonkeyPatch, empty: Path) -> None:
    def broken(_asked: object) -> int:
        raise LookupError("a bug")

    monkeypatch.setattr(cli_facts, "info", broken)
    assert run("info", empty) == cli.BUG == 70
    assert "LookupError: a bug" in run.err


@pytest.mark.parametrize(
    ("command", "barred"),
    [
        ("info {file}", {"PySide6", "pyqtgraph", "sqlalchemy", "numpy", "babel"}),
        ("check {file}", {"PySide6", "pyqtgraph"}),
        ("search {file} huawei", {"PySide6", "pyqtgraph", "numpy"}),
        ("claims {file} ascend-910b", {"PySide6", "pyqtgraph"}),
        ("figures", {"PySide6", "pyqtgraph"}),
        ("export {file} timeline {out}", {"PySide6", "pyqtgraph"}),
    ],
)
def test_no_window_library_is_loaded_where_nothing_is_painted(
    starter: Path, tmp_path: Path, command: str, barred: set[str]
) -> None:
    arguments = [part.format(file=starter, out=tmp_path / "figure.svg") for part in command.split()]
    done = subprocess.run([sys.executable, "-c", HEAVY, *arguments], capture_output=True, text=True, check=True)
    code, *loaded = done.stderr.split()
    assert code == "0", done.stderr
    assert not barred & set(loaded)
