"""The menu *View* marks which screen, theme and language is in force, for the eye and for screen readers."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAction
from pytestqt.qtbot import QtBot

from chipscape_desktop import i18n, settings
from chipscape_desktop.actions import ACTIONS
from chipscape_desktop.shell.main_window import MainWindow
from chipscape_desktop.workspace import Workspace

CHOICES = {choice: [one.id for one in ACTIONS if one.choice == choice] for choice in ("screen", "theme", "language")}


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path))
    made = MainWindow(workspace, settings.Settings(theme="light", author_asked=True))
    qtbot.addWidget(made)
    made.show()
    made._opened(workspace.base)
    return made


def in_force(window: MainWindow, choice: str) -> list[str]:
    return [name for name in CHOICES[choice] if window.actions_[name].isChecked()]


def test_one_of_each_choice_is_marked_and_the_mark_follows(window: MainWindow, qtbot: QtBot) -> None:
    assert in_force(window, "theme") == ["theme-light"]
    assert in_force(window, "language") == ["language-en"]
    assert in_force(window, "screen") == ["timeline"]
    window.actions_["theme-dark"].trigger()
    window.actions_["theme-dark"].trigger()  # choosing again what is in force leaves it there
    assert in_force(window, "theme") == ["theme-dark"]
    window.actions_["performance"].trigger()
    assert in_force(window, "screen") == ["performance"]
    window.actions_["language-fr"].trigger()
    assert in_force(window, "language") == ["language-fr"]
    window.actions_["language-en"].trigger()
    window.actions_["theme-light"].trigger()
    assert i18n.language() == "en"


def test_no_icon_stands_in_the_place_of_a_mark(window: MainWindow) -> None:
    checkable = [action for action in window.findChildren(QAction) if action.objectName() and action.isCheckable()]
    assert {action.objectName() for action in checkable} >= {name for names in CHOICES.values() for name in names}
    assert not any(action.isIconVisibleInMenu() for action in checkable)


def test_screen_readers_hear_which_is_in_force(window: MainWindow) -> None:
    menu = window._menus["view"]
    read = QAccessible.queryAccessibleInterface(menu)
    heard = {}
    for action in menu.actions():
        item = read.child(menu.actions().index(action))
        heard[item.text(QAccessible.Text.Name)] = item.state()
    assert heard["Light theme"].checkable
    assert heard["Light theme"].checked
    assert heard["English"].checked
    assert not heard["Dark theme"].checked
    assert not heard["Français"].checked


def test_the_palette_marks_what_is_in_force(window: MainWindow, qtbot: QtBot) -> None:
    window.open_palette("theme")
    listed = window.palette_panel.list
    qtbot.waitUntil(lambda: listed.count() >= 4, timeout=5_000)
    texts = [listed.item(row).text() for row in range(listed.count())]
    assert [text for text in texts if "✓" in text] == ["Light theme   ✓"]
