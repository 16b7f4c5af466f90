"""What changed in figures since they were seen: in words, with the steps behind it, in window and command line."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.commands.claims import set_rank
from chipscape_db.commands.figures import save_figure
from chipscape_db.figure_content import FigureContent
from chipscape_db.filters import Filters
from chipscape_db.models import Claim, Record
from chipscape_desktop.cli import main
from chipscape_desktop.history.since import Since, asked_of_saved, read_since
from chipscape_desktop.history.since_window import SinceWindow
from chipscape_desktop.history.since_words import heading, sentence
from chipscape_desktop.workspace import Workspace

BANDWIDTH = FigureContent("performance-over-time", {"metric": "memory.bandwidth"})


@pytest.fixture
def base(starter: Path, tmp_path: Path) -> Path:
    """A base with three saved figures, in which a curator preferred a claim afterwards."""
    path = Path(shutil.copy(starter, tmp_path / "facts.chipscape"))
    opened = open_base(path)
    with Session(opened.engine) as session:
        huawei = session.scalars(select(Record.id).where(Record.slug == "huawei")).one()
        chip = session.scalars(select(Record.id).where(Record.slug == "ascend-910b")).one()
        claim = session.scalars(
            select(Claim.id).where(Claim.subject_id == chip, Claim.metric == "memory.bandwidth", Claim.number == 1200)
        ).first()
    save_figure(opened.engine, author="ann", name="Bandwidth", content=BANDWIDTH)
    save_figure(opened.engine, author="ann", name="Stack", content=FigureContent("stack-matrix"))
    only = Filters(organizations=frozenset({huawei}))
    save_figure(opened.engine, author="ann", name="Timeline", content=FigureContent("timeline", filters=only))
    assert claim is not None
    set_rank(opened.engine, author="Bob", claim_id=claim, rank="preferred", reason="the data sheet")
    opened.close()
    return path


def read(path: Path) -> tuple[Since, ...]:
    opened = open_base(path, write=False)
    with Session(opened.engine) as session:
        found = read_since(session, asked_of_saved(session), "en")
    opened.close()
    return found


def test_a_changed_value_is_told_with_the_claim_behind_it(base: Path) -> None:
    bandwidth, stack, timeline = read(base)
    assert not stack.differences
    assert not timeline.differences
    (one,) = bandwidth.differences
    assert sentence(one.difference) == "Ascend 910B: Memory bandwidth (GB/s) 400 \u2192 1,200"
    (cause,) = one.causes
    assert (cause.sentence, cause.author, cause.reason) == (
        "Preferred a claim about Ascend 910B", "Bob", "the data sheet",
    )  # fmt: skip
    assert "Rank: normal \u2192 preferred" in cause.lines
    assert heading(bandwidth).startswith("Bandwidth: 1 change since ")


def test_an_exported_file_tells_what_changed_since(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bandwidth.pptx"
    assert main(["export", str(base), "saved:Bandwidth", str(out)]) == 0
    capsys.readouterr()
    assert main(["since", str(base), str(out)]) == 0
    assert capsys.readouterr().out.startswith("bandwidth.pptx: nothing changed since ")
    assert main(["undo", str(base)]) == 0
    capsys.readouterr()
    assert main(["since", str(base), str(out)]) == 0
    assert "Ascend 910B: Memory bandwidth (GB/s) 1,200 \u2192 400" in capsys.readouterr().out
    other = tmp_path / "other.chipscape"
    assert main(["new", str(other)]) == 0
    capsys.readouterr()
    assert main(["since", str(other), str(out)]) == 0
    assert "it is from another one" in capsys.readouterr().out


def test_the_command_line_tells_all_and_takes_over(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["since", str(base), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["figure"] for one in told] == ["Bandwidth", "Stack", "Timeline"]
    assert told[0]["differences"][0]["causes"][0]["author"] == "Bob"
    assert main(["since", str(base), "saved:Bandwidth", "--take-over", "--author", "ann", "--lang", "fr"]) == 0
    assert "400 \u2192 1\u202f200" in capsys.readouterr().out
    assert main(["since", str(base), "saved:Bandwidth"]) == 0
    assert "nothing changed since" in capsys.readouterr().out
    assert main(["undo", str(base)]) == 0
    capsys.readouterr()
    assert main(["since", str(base), "saved:Bandwidth"]) == 0
    assert "1 change since" in capsys.readouterr().out


@pytest.fixture
def workspace(qtbot: QtBot, base: Path) -> Iterator[Workspace]:
    made = Workspace("ann")
    with qtbot.waitSignal(made.opened):
        made.open(base)
    yield made
    made.close()


def test_rows_open_records_and_what_was_seen_is_taken_over_and_undone(workspace: Workspace, qtbot: QtBot) -> None:
    window = SinceWindow(workspace)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: len(window.found()) == 3)
    top = window.tree.topLevelItem(0)
    assert top is not None
    assert (top.text(0), top.text(1)) == ("Bandwidth", "1 changed")
    window.tree.setCurrentItem(top.child(0))
    window.tree.setFocus()
    qtbot.keyClick(window.tree, Qt.Key.Key_Return)
    assert workspace.selection is not None
    assert workspace.selection.kind == "record"
    assert window.seen_button.isEnabled()
    window.seen_button.click()
    qtbot.waitUntil(lambda: bool(window.found()) and not window.found()[0].differences)
    assert not window.seen_button.isEnabled()
    workspace.undo()
    qtbot.waitUntil(lambda: bool(window.found()[0].differences))
    with qtbot.waitSignal(window.show_wanted) as asked:
        window.show_button.click()
    assert asked.args[0].name == "Bandwidth"


def test_of_very_many_rows_what_is_drawn_is_compared(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chipscape_desktop.history.since._MOST_ROWS", 10)
    bandwidth, _stack, timeline = read(base)
    assert not timeline.differences
    (one,) = bandwidth.differences
    assert one.difference.name == "Ascend 910B"
    assert one.difference.fields[0][0] == "Says"
    assert [cause.author for cause in one.causes] == ["Bob"]


def test_the_command_line_says_that_nothing_is_saved(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["since", str(starter)]) == 0
    assert capsys.readouterr().out == "No figure is saved yet.\n"
