"""Walking through the parts of the window by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chipscape_desktop import settings
from chipscape_desktop.shell.help_window import ShortcutSheet, keys_of
from chipscape_desktop.shell.main_window import MainWindow
from chipscape_desktop.views.focus_frame import FocusFrame
from chipscape_desktop.workspace import Workspace


@pytest.fixture
def window(qtbot, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path))
    made = MainWindow(workspace, settings.Settings())
    qtbot.addWidget(made)
    made.show()
    made._opened(workspace.base)
    made.activateWindow()
    qtbot.waitUntil(lambda: made.current() is not None and made.current().current_spec() is not None, timeout=20_000)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.current().timeline.canvas, timeout=10_000)
    return made


def part_with_keyboard(window: MainWindow) -> str:
    focused = QApplication.focusWidget()
    timeline = window.current().timeline
    named = {"canvas": timeline.canvas, "controls": timeline.panel, "rail": window.rail, "top bar": window.top_bar,
             "inspector": window.inspector}  # fmt: skip
    return next(name for name, part in named.items() if part is focused or part.isAncestorOf(focused))


def test_f6_walks_through_all_parts_and_back(qtbot, window: MainWindow) -> None:
    seen = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(part_with_keyboard(window))
    assert seen == ["inspector", "top bar", "rail", "controls", "canvas"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert part_with_keyboard(window) == "controls"


def test_a_part_is_entered_where_it_was_left(qtbot, window: MainWindow) -> None:
    field = window.current().timeline.panel.jump
    field.setFocus()
    window.parts.next()
    assert part_with_keyboard(window) == "canvas"
    window.parts.previous()
    assert QApplication.focusWidget() is field


def test_a_hidden_part_is_passed_over(window: MainWindow) -> None:
    window.toggle_inspector()
    window.parts.next()
    assert part_with_keyboard(window) == "top bar"


def test_a_figure_is_framed_while_the_keyboard_is_there_but_not_after_a_click(qtbot, window: MainWindow) -> None:
    canvas = window.current().timeline.canvas
    frame = canvas.findChild(FocusFrame)
    window.parts.next()
    window.parts.previous()
    assert frame.shown
    corner = canvas.grab().toImage().pixelColor(1, 200)
    window.parts.next()
    assert not frame.shown
    assert canvas.grab().toImage().pixelColor(1, 200) != corner
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not frame.shown


def test_finding_works_from_the_inspector_and_escape_leads_to_the_figure(qtbot, window: MainWindow) -> None:
    window.inspector.browser.setFocus()
    qtbot.keyClick(window.inspector.browser, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = window.current().timeline.panel.jump
    assert QApplication.focusWidget() is field
    qtbot.keyClicks(field, "Ascend")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.selection is not None, timeout=10_000)
    first = window.workspace.selection
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert part_with_keyboard(window) == "canvas"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: window.workspace.selection != first, timeout=10_000)


def test_the_sheet_begins_with_the_keys_of_the_screen(qtbot, window: MainWindow) -> None:
    assert ("add an event there", "Insert", "double click on an empty place") in keys_of("timeline")
    sheet = ShortcutSheet("timeline", window)
    qtbot.addWidget(sheet)
    text = sheet.findChild(type(window.inspector.browser)).toPlainText()
    assert text.index("On this screen") < text.index("add an event there") < text.index("Everywhere")
