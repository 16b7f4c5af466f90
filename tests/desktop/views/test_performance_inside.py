"""What a mark that stands for several facts opens on the performance screen: a list, by mouse and by keyboard."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chipscape_desktop.figures.catalog import inside_of
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.views.performance.view import PerformanceView
from chipscape_desktop.workspace import Workspace


@pytest.fixture
def view(workspace: Workspace, qtbot: QtBot) -> PerformanceView:
    made = PerformanceView(workspace)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.show_figure("stack-matrix")
    qtbot.waitUntil(partial(_is_matrix, made), timeout=10_000)
    return made


def _is_matrix(view: PerformanceView) -> bool:
    return hasattr(view.current_spec(), "rows") and view.canvas.drawing() is not None


def test_a_cell_lists_its_facts_and_each_is_selected(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    spec = view.current_spec()
    cell = next(cell for cell in spec.rows[0].cells if cell.layer == "foundry")
    view.canvas.activated.emit(cell.ref)
    assert view.inside.isVisible()
    opened = inside_of(spec, cell.ref)
    assert workspace.selection is not None
    assert workspace.selection.id == opened[0].ids[0]
    kinds = {workspace.selection.kind}
    for _each in opened[1:]:
        qtbot.keyClick(view.inside._list, Qt.Key.Key_Down)
        kinds.add(workspace.selection.kind)
    assert kinds == {"record", "relationship"}
    qtbot.keyClick(view.inside, Qt.Key.Key_Escape)
    assert not view.inside.isVisible()


def test_a_tie_lists_its_relationships(view: PerformanceView, workspace: Workspace) -> None:
    tie = view.current_spec().rows[0].ties[0]
    view.canvas.activated.emit(tie.ref)
    assert workspace.selection is not None
    assert workspace.selection.kind == "relationship"


def test_other_organizations_are_read_anew(view: PerformanceView, qtbot: QtBot) -> None:
    view.controls.choose("organizations", "huawei,google,baidu")
    qtbot.waitUntil(lambda: len(view.current_spec().rows) == 3, timeout=10_000)
    assert not inside_of(view.current_spec(), Ref("record", ("nobody",)))


def test_a_relationship_in_the_table_is_selected(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    view.show_figure("domestic-share")
    qtbot.waitUntil(lambda: hasattr(view.current_spec(), "panels"), timeout=10_000)
    view.show_table(True)
    ref = view.current_spec().table.refs[0]
    view.table.rows_chosen.emit([ref])
    assert workspace.selection is not None
    assert (workspace.selection.kind, workspace.selection.id) == ("relationship", ref.ids[0])
