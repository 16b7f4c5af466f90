"""Building a figure on a worker: the window is not kept waiting, and only what was asked last is shown."""

import threading
from functools import partial
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from chipscape_db.errors import FactsError, Invalid
from chipscape_desktop.figures.catalog import Request, figure
from chipscape_desktop.views.performance.building import Building, Built
from chipscape_desktop.views.performance.hosting import read_figure
from chipscape_desktop.views.performance.view import PerformanceView
from chipscape_desktop.workspace import Workspace


class Watched:
    """A figure of the catalogue that remembers in which threads it was built, and is built only when let."""

    def __init__(self, name: str) -> None:
        self._figure = figure(name)
        self.threads: list[threading.Thread] = []
        self.let = threading.Event()
        self.refuses: FactsError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._figure, name)

    def build(self, rows: Any, request: Request) -> Any:
        self.threads.append(threading.current_thread())
        assert self.let.wait(10)
        if self.refuses is not None:
            raise self.refuses
        return self._figure.build(rows, request)


@pytest.fixture
def view(workspace: Workspace, qtbot: QtBot) -> PerformanceView:
    made = PerformanceView(workspace)
    qtbot.addWidget(made)
    made.resize(1000, 680)
    made.show()
    made.show_figure("export-control")
    qtbot.waitUntil(lambda: made.current_spec() is not None and workspace.idle(), timeout=10_000)
    return made


def watched(view: PerformanceView) -> Watched:
    one = Watched(view.figure_name)
    view.shown.figure = one
    return one


def test_a_figure_is_built_beside_the_window(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    one, before = watched(view), view.current_spec()
    view.controls.choose("trail", "off")
    qtbot.waitUntil(lambda: bool(one.threads), timeout=5_000)
    assert view.current_spec() is before  # and the window goes on meanwhile
    assert view.current_request().options == {}  # which is what a file of the figure would say
    one.let.set()
    qtbot.waitUntil(lambda: view.current_spec() is not before, timeout=5_000)
    assert view.current_request().options == {"trail": "off"}
    assert threading.main_thread() not in one.threads


def test_of_many_options_in_a_row_the_last_is_shown(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    one, before = watched(view), view.current_spec()
    shown: list[object] = []
    view.shown.built.connect(shown.append)
    view.controls.choose("trail", "off")
    view.controls.choose("trail", "on")
    view.controls.choose("trail", "off")
    one.let.set()
    qtbot.waitUntil(workspace.idle, timeout=10_000)
    assert len(shown) == 1
    assert view.current_spec() is shown[0]
    assert view.current_spec() is not before


def test_a_figure_that_was_left_does_not_come_back(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    one = watched(view)
    view.controls.choose("trail", "off")
    qtbot.waitUntil(lambda: bool(one.threads), timeout=5_000)
    view.show_figure("ranking")
    one.let.set()
    qtbot.waitUntil(lambda: view.current_spec() is not None and workspace.idle(), timeout=10_000)
    drawing = view.canvas.drawing()
    assert drawing is not None
    assert drawing.title == view.current_spec().caption.title
    assert view.current_view().x == pytest.approx(figure("ranking").home(view.current_spec()).x)


def test_what_cannot_be_built_is_told_and_the_figure_stays(
    view: PerformanceView, workspace: Workspace, qtbot: QtBot
) -> None:
    one, before = watched(view), view.current_spec()
    one.refuses = Invalid("Not a word for this option.")
    one.let.set()
    with qtbot.waitSignal(workspace.failed, timeout=5_000) as told:
        view.controls.choose("trail", "off")
    assert told.args == [one.refuses]
    assert view.current_spec() is before
    one.refuses = None
    view.controls.choose("trail", "on")
    qtbot.waitUntil(lambda: view.current_spec() is not before, timeout=5_000)


def test_the_fault_of_an_older_question_is_not_told(workspace: Workspace, qtbot: QtBot) -> None:
    got: list[Built] = []
    answers: list[Any] = []
    building = Building(workspace, "tested", workspace)
    building.done.connect(got.append)
    keeper = _Keeper(answers)
    request = Request(workspace.filters, "en", {})
    workspace.query(partial(read_figure, name="export-control", request=request), keeper.keep)
    qtbot.waitUntil(lambda: bool(answers), timeout=5_000)
    one = Watched("export-control")
    one.refuses = Invalid("Not a word for this option.")
    building.ask(one, answers[0][1], request=request)
    building.forget()
    one.let.set()
    qtbot.waitUntil(workspace.idle, timeout=5_000)
    assert one.threads
    assert got == []


class _Keeper:
    def __init__(self, answers: list[Any]) -> None:
        self._answers = answers

    def keep(self, answer: Any) -> None:
        self._answers.append(answer)
