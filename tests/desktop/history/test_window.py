from functools import partial

import pytest

from chipscape_db.commands.records import edit_record
from chipscape_desktop.history.window import HistoryWindow


@pytest.fixture
def window(qtbot, workspace, id_of):
    edits = {"ascend-910b": {"name": "First", "foundry_id": id_of("tsmc")}, "huawei": {"founded_on": "1987"}}
    for slug, fields in edits.items():
        with qtbot.waitSignal(workspace.changed):
            workspace.run(partial(edit_record, record_id=id_of(slug), fields=fields))
    window = HistoryWindow(workspace)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.list.topLevelItemCount() == 3)
    return window


def choose(qtbot, window, place):
    window.list.setCurrentItem(window.list.topLevelItem(place))
    qtbot.waitUntil(lambda: window.lines.topLevelItemCount() > 0)


def lines(window):
    items = (window.lines.topLevelItem(place) for place in range(window.lines.topLevelItemCount()))
    return {tuple(item.text(column) for column in range(3)) for item in items}


def test_a_change_is_told_field_by_field_in_words(qtbot, window):
    choose(qtbot, window, 1)
    assert lines(window) == {("Name", "Ascend 910B", "First"), ("Foundry", "SMIC", "TSMC")}
    assert window.heading.text() == "Changed Ascend 910B"
    assert "Ada" in window.hint.text()


def test_an_earlier_change_is_taken_back_and_the_list_follows(qtbot, window, workspace, stored):
    choose(qtbot, window, 1)
    with qtbot.waitSignal(workspace.changed):
        window.revert()
    qtbot.waitUntil(lambda: window.list.topLevelItemCount() == 4)
    assert stored("SELECT name FROM record WHERE slug = 'ascend-910b'") == "Ascend 910B"
    assert window.list.topLevelItem(0).text(1) == "Taken back: Changed Ascend 910B"


def test_a_later_change_in_the_way_is_told_in_words(qtbot, window, workspace, id_of):
    with qtbot.waitSignal(workspace.changed):
        workspace.run(partial(edit_record, record_id=id_of("ascend-910b"), fields={"name": "Second"}))
    qtbot.waitUntil(lambda: window.list.topLevelItemCount() == 4)
    choose(qtbot, window, 2)
    with qtbot.waitSignal(workspace.failed) as failed:
        window.revert()
    assert "later change" in str(failed.args[0])


def test_the_beginning_cannot_be_taken_back(window):
    window.list.setCurrentItem(window.list.topLevelItem(2))
    assert not window.revert_button.isEnabled()


def test_the_list_is_narrowed_by_words(window):
    window.filter.setText("starter")
    assert [window.list.topLevelItem(place).isHidden() for place in range(3)] == [True, True, False]
    window.filter.setText("zzz")
    assert window.empty.isVisible()
