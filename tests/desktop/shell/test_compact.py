"""The file is made smaller from the menu and on the command line."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chipscape_desktop import cli
from chipscape_desktop.settings import Settings
from chipscape_desktop.shell.main_window import MainWindow
from chipscape_desktop.workspace import Workspace


def test_the_menu_says_how_large_the_file_is_now(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path))
    window = MainWindow(workspace, Settings(author_asked=True))
    qtbot.addWidget(window)
    window.show()
    window._opened(workspace.base)
    window.actions_["compact"].trigger()
    qtbot.waitUntil(window.notice.isVisible, timeout=20_000)
    assert "MB now, it had" in window.notice._text.text()
    qtbot.waitUntil(workspace.idle, timeout=20_000)


def test_the_command_says_so_too(starter_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compact", str(starter_copy)]) == 0
    assert "0 undone copies removed" in capsys.readouterr().out
