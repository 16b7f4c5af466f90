"""What the window loads before it is painted: Qt, and little else."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chipscape_desktop.app import Start
from chipscape_desktop.settings import Settings
from chipscape_desktop.shell.main_window import MainWindow
from chipscape_desktop.workspace import Workspace

LOADED = "import sys, chipscape_desktop.app; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    heavy = {"sqlalchemy", "alembic", "numpy", "pyqtgraph", "babel", "sqlite3", "email", "http", "ssl"}
    assert not heavy & set(done.stdout.split())


SOURCES_READ = """
import linecache
from chipscape_desktop.plain_imports import import_plainly
import_plainly()  # before PySide6: nothing to take back
import PySide6.QtCore
import_plainly()
import chipscape_db.queries.timeline
print(*(name for name in linecache.cache if name.endswith(".py") and ("sqlalchemy" in name or "chipscape_db" in name)))
"""


def test_importing_a_module_reads_no_source_text() -> None:
    done = subprocess.run([sys.executable, "-c", SOURCES_READ], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


FIRST_SCREEN = """
import sys
from importlib import import_module
from chipscape_desktop.shell.main_window import INSPECTOR, SCREENS
import_module(SCREENS["timeline"][0])
import_module(INSPECTOR)
print(*sys.modules)
"""


def test_the_first_screen_loads_nothing_that_it_does_not_show() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_SCREEN], capture_output=True, text=True, check=True)
    later = {
        "networkx", "chipscape_desktop.figures.performance", "chipscape_desktop.figures.ecosystem",
        "chipscape_desktop.shell.inspector.pages", "chipscape_db.history", "chipscape_db.reverting",
    }  # fmt: skip
    assert not later & set(done.stdout.split())


def test_a_screen_that_only_another_version_has_does_not_keep_a_base_from_opening(
    qtbot: QtBot, starter_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path / "home"))
    workspace = Workspace("Tester")
    window = MainWindow(workspace, Settings(last_screen="telescope", author_asked=True))
    qtbot.addWidget(window)
    with qtbot.waitSignal(workspace.opened, timeout=20_000):
        Start(window, starter_copy).open()
    assert window.screen_name() == "timeline"
    qtbot.waitUntil(workspace.idle, timeout=20_000)
    workspace.close()
