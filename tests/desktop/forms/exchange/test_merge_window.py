"""A colleague's copy comes in through the window: differences, conflicts side by side, one step (task 19)."""

from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import Qt

from chipscape_db.base_file import copy_base, open_base
from chipscape_db.commands.records import edit_record
from chipscape_db.merging.pack import PACK_SUFFIX
from chipscape_desktop.forms.exchange.merge_window import MergeWindow
from chipscape_desktop.forms.exchange.pack_window import PackWindow
from chipscape_desktop.widgets.progress_line import ProgressLine
from chipscape_desktop.workspace import Activity

FACTS = ({"family": "Theirs"}, {"form_factor": "OAM"}, {"status": "discontinued"}, {"architecture": "Da Vinci 9"})


class Gate:
    def opened(self, _answer) -> None:
        """Nothing: whoever waited goes on."""


@pytest.fixture
def colleague(qtbot, workspace, id_of, tmp_path):
    """A copy in which five facts of one chip changed, one of them against ours."""
    path = tmp_path / "colleague.chipscape"
    copy_base(workspace.base.engine, path)
    base, chip = open_base(path), id_of("ascend-910b")
    for fields in FACTS:
        edit_record(base.engine, author="Chen", record_id=chip, fields=fields)
    edit_record(base.engine, author="Chen", record_id=chip, texts={("name", "fr"): "Leur nom"})
    base.close()
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        workspace.run(partial(edit_record, record_id=chip, fields={"family": "Ours"}))
    return path


def shown(qtbot, workspace, path):
    window = MergeWindow(workspace, path)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not window.running, timeout=10_000)
    return window


def test_five_facts_come_in_and_the_one_against_ours_is_settled_by_keyboard(qtbot, workspace, colleague, stored):
    window = shown(qtbot, workspace, colleague)
    assert "5 changes by Chen" in window.summary.text()
    assert window.conflicts.topLevelItemCount() == 1
    item = window.conflicts.topLevelItem(0)
    assert (item.text(0), item.text(1), item.text(2)) == ("Ascend 910B", "Family", "Ascend")
    assert "Ours (Ada" in item.text(3)
    assert "Theirs (Chen" in item.text(4)
    assert not window.merge_button.isEnabled()
    qtbot.waitUntil(window.conflicts.hasFocus)
    qtbot.keyClick(window.theirs, Qt.Key.Key_Space)
    assert window.merge_button.isEnabled()
    qtbot.waitUntil(window.merge_button.hasFocus)
    with qtbot.waitSignal(workspace.changed, timeout=10_000) as changed:
        qtbot.keyClick(window.merge_button, Qt.Key.Key_Space)
    assert changed.args[0].action == "merge"
    select = "SELECT {} FROM chip JOIN record USING (id) WHERE slug = 'ascend-910b'"
    assert [stored(select.format(name)) for name in ("family", "form_factor", "status", "architecture")] == [
        "Theirs", "OAM", "discontinued", "Da Vinci 9",
    ]  # fmt: skip
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        workspace.undo()
    assert stored(select.format("family")) == "Ours"
    assert stored(select.format("status")) == "shipping"


def test_everything_by_the_newest_and_what_is_known_already(qtbot, workspace, colleague, stored):
    window = shown(qtbot, workspace, colleague)
    qtbot.mouseClick(window.newest, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        qtbot.mouseClick(window.merge_button, Qt.MouseButton.LeftButton)
    assert stored("SELECT family FROM chip JOIN record USING (id) WHERE slug = 'ascend-910b'") == "Ours"
    again = shown(qtbot, workspace, colleague)
    assert "nothing to merge" in again.summary.text()
    assert not again.merge_button.isEnabled()


def test_a_merge_that_is_cancelled_changes_nothing_and_can_be_done_again(qtbot, workspace, colleague, stored):
    window = shown(qtbot, workspace, colleague)
    window.settle_by_newest()
    go, gate = Event(), Gate()
    workspace.query(lambda _session: go.wait(10), gate.opened)  # keeps the worker busy till the merge is cancelled
    window.bring_together()
    assert window.progress.isVisible()
    qtbot.mouseClick(window.cancel, Qt.MouseButton.LeftButton)
    go.set()
    qtbot.waitUntil(lambda: not window.running, timeout=10_000)
    assert "cancelled" in window.fault.text()
    assert window.isVisible()
    assert not window.progress.isVisible()
    assert stored("SELECT count(*) FROM changeset WHERE action = 'merge'") == 0
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        qtbot.mouseClick(window.merge_button, Qt.MouseButton.LeftButton)


def test_the_bar_follows_its_own_work_alone(qtbot, workspace):
    line = ProgressLine(workspace)
    qtbot.addWidget(line)
    line.begin("mine")
    assert line.isVisible()
    assert line.maximum() == 0
    workspace.activity_changed.emit(Activity("other", 0.9))
    assert line.maximum() == 0
    workspace.activity_changed.emit(Activity("mine", 0.42))
    assert (line.value(), line.maximum(), line.toolTip()) == (42, 100, "42%")
    line.rest()
    assert not line.isVisible()


def test_what_is_no_base_is_told(qtbot, workspace, tmp_path):
    path = tmp_path / "letter.chipscape"
    path.write_text("Dear colleague", encoding="utf-8")
    window = shown(qtbot, workspace, path)
    assert "not a Chipscape fact base" in window.fault.text()
    assert not window.merge_button.isEnabled()


def test_a_pack_is_written_from_the_window_and_merged_elsewhere(qtbot, workspace, colleague, tmp_path, stored):
    window = PackWindow(workspace)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.done_with, timeout=10_000) as told:
        window.write(tmp_path / "mine")
    assert told.args[0].startswith(f"1 change was written to mine{PACK_SUFFIX}")
    assert (tmp_path / f"mine{PACK_SUFFIX}").is_file()
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        workspace.undo()
    window = PackWindow(workspace)
    qtbot.addWidget(window)
    window.show()
    qtbot.keyClicks(window.day, "some day")
    assert window.since.isChecked()
    window.write(tmp_path / "other")
    assert "not understood as a date" in window.fault.text()
