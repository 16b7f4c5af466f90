"""The workspace: rows come in, commands go out, nothing blocks, nothing is left."""

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db.base_file import create_base
from chipscape_db.errors import FactsError, FileFault, Invalid, ReadOnly
from chipscape_db.filters import Filters
from chipscape_db.history import ChangeSummary, record
from chipscape_db.models import Record, Sector
from chipscape_desktop.workspace import Job, Selection, Workspace


class Listener(QObject):
    """Keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Any] = []
        self.threads: set[object] = set()

    def hear(self, answer: object) -> None:
        self.told.append(answer)
        self.threads.add(QThread.currentThread())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "facts.chipscape"
    create_base(made, starter=False)
    return made


@pytest.fixture
def workspace(qtbot: QtBot) -> Iterator[Workspace]:
    made = Workspace("ann")
    yield made
    made.close()


@pytest.fixture
def opened(workspace: Workspace, path: Path, qtbot: QtBot) -> Workspace:
    with qtbot.waitSignal(workspace.opened):
        workspace.open(path)
    qtbot.waitUntil(workspace.idle)
    return workspace


@pytest.fixture
def listener(qtbot: QtBot) -> Listener:
    return Listener()


def add(engine: Engine, *, author: str, slug: str) -> ChangeSummary | None:
    with record(engine, "add", slug, author=author) as (session, out):
        session.add(Sector(slug=slug, name=slug.title()))
    return out[0] if out else None


def refuse(engine: Engine, *, author: str) -> ChangeSummary | None:
    raise Invalid("That is not allowed.")


def names(session: Session) -> list[str]:
    return [name for (name,) in session.query(Record.name).order_by(Record.name)]


def counted(session: Session, answer: int) -> int:
    return answer


def test_rows_come_back_on_the_gui_side(opened: Workspace, listener: Listener, qtbot: QtBot) -> None:
    opened.query(names, listener.hear)
    assert listener.told == []
    assert not opened.idle()
    qtbot.waitUntil(opened.idle)
    assert listener.told == [[]]
    assert listener.threads == {opened.thread()}


def test_a_command_tells_what_changed_and_can_be_undone(opened: Workspace, listener: Listener, qtbot: QtBot) -> None:
    changed, after = Listener(), Listener()
    opened.changed.connect(changed.hear)
    opened.run(partial(add, slug="energy"), after.hear)
    qtbot.waitUntil(opened.idle)
    assert [summary.subject for summary in changed.told] == ["energy"]
    assert after.told == changed.told
    assert opened.undo_state.can_undo
    opened.undo()
    qtbot.waitUntil(opened.idle)
    assert (opened.undo_state.can_undo, opened.undo_state.can_redo) == (False, True)
    opened.redo()
    opened.query(names, listener.hear)
    qtbot.waitUntil(opened.idle)
    assert listener.told == [["Energy"]]
    assert [summary.kind for summary in changed.told] == ["edit", "undo", "redo"]


def test_only_the_newest_question_of_a_kind_is_answered(opened: Workspace, listener: Listener, qtbot: QtBot) -> None:
    for number in range(20):
        opened.query(partial(counted, answer=number), listener.hear, key="palette")
    opened.query(partial(counted, answer=99), listener.hear)
    qtbot.waitUntil(opened.idle)
    assert listener.told == [19, 99]


def test_a_fault_of_the_world_is_told_and_work_goes_on(opened: Workspace, listener: Listener, qtbot: QtBot) -> None:
    failed: list[FactsError] = []
    opened.failed.connect(failed.append)
    opened.run(refuse)
    opened.query(names, listener.hear)
    qtbot.waitUntil(opened.idle)
    assert [str(error) for error in failed] == ["That is not allowed."]
    assert listener.told == [[]]


def test_a_bug_is_raised_on_the_gui_side(opened: Workspace, listener: Listener, qtbot: QtBot) -> None:
    def broken(_session: Session) -> None:
        raise LookupError("a bug")

    with qtbot.captureExceptions() as raised:
        opened.query(broken, listener.hear)
        qtbot.waitUntil(opened.idle)
    assert [kind for kind, _, _ in raised] == [LookupError]


def test_a_file_that_cannot_be_opened_leaves_the_old_one_open(opened: Workspace, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.failed) as failed:
        opened.open(path.with_name("gone.chipscape"))
    assert isinstance(failed.args[0], FileFault)
    assert opened.base is not None
    assert opened.base.path == path


def test_a_read_only_base_takes_no_command(workspace: Workspace, path: Path, qtbot: QtBot) -> None:
    path.chmod(0o444)
    with qtbot.waitSignal(workspace.opened):
        workspace.open(path)
    failed: list[FactsError] = []
    workspace.failed.connect(failed.append)
    workspace.run(partial(add, slug="energy"))
    assert len(failed) == 1
    assert not isinstance(failed[0], ReadOnly)
    assert "write-protected" in str(failed[0])
    qtbot.waitUntil(workspace.idle)


def test_a_new_base_can_be_made_and_a_copy_saved(
    workspace: Workspace, tmp_path: Path, listener: Listener, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(workspace.opened):
        workspace.open(tmp_path / "new.chipscape", create=True, starter=False)
    workspace.save_copy(tmp_path / "copy.chipscape", listener.hear)
    qtbot.waitUntil(workspace.idle)
    assert listener.told == [tmp_path / "copy.chipscape"]
    assert listener.told[0].exists()


def test_work_is_named_and_can_be_cancelled(opened: Workspace, listener: Listener, qtbot: QtBot) -> None:
    activities = Listener()
    opened.activity_changed.connect(activities.hear)
    begun = threading.Event()

    def slow(job: Job) -> str:
        job.report(0.5)
        begun.set()
        while not job.should_stop():
            pass
        return "stopped"

    opened.compute(slow, listener.hear, text="Laying out")
    assert begun.wait(5)
    opened.cancel_activity()
    qtbot.waitUntil(opened.idle)
    assert listener.told == ["stopped"]
    assert activities.told[0].text == "Laying out"
    assert activities.told[0].cancellable
    assert activities.told[-1] is None


def test_a_newer_computation_stops_the_older(opened: Workspace, listener: Listener, qtbot: QtBot) -> None:
    def until_stopped(job: Job) -> str:
        while not job.should_stop():
            pass
        return "old"

    opened.compute(until_stopped, listener.hear, key="layout")
    opened.compute(lambda _job: "new", listener.hear, key="layout")
    qtbot.waitUntil(opened.idle)
    assert listener.told == ["new"]


def test_closing_while_a_question_is_under_way_answers_nobody(path: Path, listener: Listener, qtbot: QtBot) -> None:
    workspace = Workspace("ann")
    with qtbot.waitSignal(workspace.opened):
        workspace.open(path)
    begun, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> list[str]:
        begun.set()
        go_on.wait(5)
        return names(session)

    workspace.query(slow, listener.hear)
    assert begun.wait(5)
    go_on.set()
    workspace.close()
    qtbot.wait(1)
    assert listener.told == []
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith(("database", "layouts"))]
    assert sorted(file.name for file in path.parent.iterdir()) == ["facts.chipscape"]


def test_an_answer_for_something_gone_is_dropped(opened: Workspace, qtbot: QtBot) -> None:
    gone = Listener()
    opened.query(names, gone.hear)
    del gone
    qtbot.waitUntil(opened.idle)


def test_the_way_back_through_selections_is_kept(workspace: Workspace) -> None:
    heard: list[Selection | None] = []
    workspace.selection_changed.connect(heard.append)
    first, second = Selection("record", "a"), Selection("claim", "b")
    for selection in (first, first, second):
        workspace.select(selection)
    workspace.select_back()
    workspace.select_forward()
    workspace.select_forward()
    assert heard == [first, second, first, second]


def test_filters_are_told_once_for_each_change(workspace: Workspace) -> None:
    heard: list[Filters] = []
    workspace.filters_changed.connect(heard.append)
    workspace.change_filters(kinds=frozenset({"chip"}))
    workspace.change_filters(kinds=frozenset({"chip"}))
    workspace.set_filters(Filters())
    assert [each.active for each in heard] == [1, 0]


class Emitter(QObject):
    """Emits what PySide6 6.12.0 dies of on Python 3.11."""

    told = Signal(object, object)


def test_five_thousand_signals_from_another_thread_arrive(qtbot: QtBot) -> None:
    emitter, heard = Emitter(), []

    def hear(flag: object, nothing: object) -> None:
        heard.append((flag, nothing))

    emitter.told.connect(hear)

    def emit() -> None:
        for number in range(5_000):
            emitter.told.emit(number % 2 == 0, None)

    thread = threading.Thread(target=emit)
    thread.start()
    qtbot.waitUntil(lambda: len(heard) == 5_000, timeout=20_000)
    thread.join()
    assert heard[:2] == [(True, None), (False, None)]


def test_five_thousand_questions_are_all_answered(opened: Workspace, listener: Listener, qtbot: QtBot) -> None:
    for number in range(5_000):
        opened.query(partial(counted, answer=number), listener.hear)
    qtbot.waitUntil(opened.idle, timeout=60_000)
    assert listener.told == list(range(5_000))


def test_opening_the_file_that_is_open_leaves_it_as_it_is(opened: Workspace, path: Path, qtbot: QtBot) -> None:
    base = opened.base
    assert base is not None
    faults: list[FactsError] = []
    opened.failed.connect(faults.append)
    opened.open(path.parent / "." / path.name)
    qtbot.waitUntil(opened.idle)
    assert opened.base is base
    assert not base.read_only
    assert faults == []


def test_another_base_is_shown_without_the_filters_of_the_last(opened: Workspace, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "other.chipscape"
    create_base(other, starter=False)
    opened.change_filters(organizations=frozenset({"an id of the first base"}))
    with qtbot.waitSignal(opened.opened):
        opened.open(other)
    qtbot.waitUntil(opened.idle)
    assert opened.filters == Filters()
