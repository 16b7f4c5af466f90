"""The dialog that takes in events: it says what would change, and does it as one step."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from chipscape_desktop.forms.event_import import EventImportDialog
from chipscape_desktop.workspace import Workspace

FILE = {"events": [{"start_date": {"year": 2025}, "text": {"headline": "A new thing"}}]}


@pytest.fixture
def workspace(qtbot, starter_copy: Path) -> Iterator[Workspace]:
    made = Workspace("Tester")
    with qtbot.waitSignal(made.opened, timeout=10_000):
        made.open(starter_copy)
    yield made
    made.close()


def dialog_for(qtbot, workspace: Workspace, path: Path) -> EventImportDialog:
    dialog = EventImportDialog(workspace, path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(workspace.idle, timeout=10_000)
    return dialog


def test_it_shows_what_would_change_and_imports_it_by_keyboard(qtbot, workspace, tmp_path):
    path = tmp_path / "t.json"
    path.write_text(json.dumps(FILE))
    dialog = dialog_for(qtbot, workspace, path)
    assert dialog.summary.text() == "1 event is new, 0 change, 0 are there already."
    assert [dialog.table.item(0, column).text() for column in range(3)] == ["added", "2025", "A new thing"]
    qtbot.waitUntil(dialog.take.hasFocus)
    with qtbot.waitSignal(workspace.changed, timeout=10_000) as changed:
        qtbot.keyClick(dialog.take, Qt.Key.Key_Return)
    assert changed.args[0].action == "import-events"
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
    again = dialog_for(qtbot, workspace, path)
    assert not again.take.isEnabled()


def test_a_broken_file_is_told_in_the_dialog(qtbot, workspace, tmp_path):
    path = tmp_path / "t.ics"
    path.write_text("nonsense")
    dialog = dialog_for(qtbot, workspace, path)
    assert "t.ics is not a calendar" in dialog.summary.text()
    assert not dialog.take.isEnabled()
    dialog = dialog_for(qtbot, workspace, tmp_path / "gone.json")
    assert "gone.json could not be read" in dialog.summary.text()
