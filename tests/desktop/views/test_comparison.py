"""The comparison on the timeline screen, by mouse and by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chipscape_desktop.figures.hit import reading_order
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.views.timeline.comparison import ComparisonView
from chipscape_desktop.views.timeline.screen import TimelineScreen
from chipscape_desktop.workspace import Workspace


@pytest.fixture
def screen(qtbot, starter_copy: Path) -> Iterator[TimelineScreen]:
    install_fonts()
    workspace = Workspace("Tester")
    with qtbot.waitSignal(workspace.opened, timeout=10_000):
        workspace.open(starter_copy)
    made = TimelineScreen(workspace)
    qtbot.addWidget(made)
    made.resize(1310, 700)
    made.show()
    qtbot.waitUntil(lambda: made.current_spec() is not None, timeout=10_000)
    yield made
    workspace.close()


def compared(qtbot, screen: TimelineScreen) -> ComparisonView:
    qtbot.mouseClick(screen.timeline.panel.compare, Qt.MouseButton.LeftButton)
    view = screen.comparison
    assert view is not None
    qtbot.waitUntil(lambda: view.current_spec() is not None, timeout=10_000)
    QApplication.processEvents()
    return view


def test_the_button_turns_the_timeline_into_the_comparison_and_escape_back(qtbot, screen):
    assert screen.figure_name == "timeline"
    view = compared(qtbot, screen)
    assert screen.figure_name == "milestones"
    assert screen.current_spec() is view.current_spec()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert screen.figure_name == "timeline"


def test_other_organizations_are_read_and_one_alone_is_refused_in_words(qtbot, screen):
    view = compared(qtbot, screen)
    view.controls.choose("organizations", "huawei,google,baidu")
    qtbot.waitUntil(lambda: view.current_spec() is not None and len(view.current_spec().sides) == 3, timeout=10_000)
    view.controls.choose("organizations", "huawei")
    qtbot.waitUntil(lambda: view.current_spec() is None, timeout=10_000)
    assert "two organizations" in view.fault.text()


def test_a_mark_selects_its_record_by_mouse_and_by_keyboard(qtbot, screen):
    view = compared(qtbot, screen)
    drawing = view.canvas.drawing()
    place = next(p for p in reading_order(drawing) if p.ref.kind == "record" and "Ascend 910," in p.ref.title)
    view.canvas.setFocus()
    from PySide6.QtCore import QPoint

    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(place.x), round(place.y)))
    assert view._workspace.selection is not None
    assert view._workspace.selection.id == place.ref.ids[0]
    view._workspace.select(None)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert view._workspace.selection is not None


def test_the_table_shows_the_milestones_and_chooses_their_records(qtbot, screen):
    view = compared(qtbot, screen)
    qtbot.mouseClick(view.as_table, Qt.MouseButton.LeftButton)
    assert view.table.isVisible()
    assert view.table.table().rows[0][0] == "First chip"
    view.table.setFocus()
    view.table.selectRow(0)
    assert view._workspace.selection is not None
    assert view._workspace.selection.id == view.table.table().refs[0].ids[0]


def test_it_speaks_the_language_in_force(qtbot, screen):
    from chipscape_desktop import i18n

    view = compared(qtbot, screen)
    before = view.current_spec()
    i18n.set_language("fr")
    view.retranslate()
    view.reload()
    qtbot.waitUntil(lambda: view.current_spec() is not before, timeout=10_000)
    assert "face à" in view.current_spec().caption.title


def test_asking_for_the_timeline_again_shows_it(qtbot, screen):
    compared(qtbot, screen)
    screen.to_front()
    assert screen.figure_name == "timeline"
