from functools import partial

import pytest

from chipscape_db.commands.deletion import delete_record
from chipscape_db.commands.records import edit_record
from chipscape_desktop import notices
from chipscape_desktop.history import window as window_module
from chipscape_desktop.history.window import HistoryWindow
from chipscape_desktop.workspace import Selection


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
    rows = [window.lines.topLevelItem(place) for place in range(window.lines.topLevelItemCount())]
    items = [row.child(place) for row in rows for place in range(row.childCount())]
    return {tuple(item.text(column) for column in range(3)) for item in items}


@pytest.fixture(autouse=True)
def reason(monkeypatch):
    """Whoever takes something back says why."""
    monkeypatch.setattr(window_module, "ask_why", lambda *_args, **_kwargs: "It was wrong.")


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
    window.list.setCurrentItem(window.list.topLevelItem(0))
    assert "Why: It was wrong." in window.hint.text()


def test_a_later_change_in_the_way_is_told_and_the_rest_taken_back_by_choice(
    qtbot, window, workspace, id_of, stored, monkeypatch
):
    with qtbot.waitSignal(workspace.changed):
        workspace.run(partial(edit_record, record_id=id_of("ascend-910b"), fields={"name": "Second"}))
    qtbot.waitUntil(lambda: window.list.topLevelItemCount() == 4)
    choose(qtbot, window, 2)
    told = []
    monkeypatch.setattr(notices, "ask", lambda _question, **texts: told.append(texts["detail"]) or True)
    with qtbot.waitSignal(workspace.changed):
        window.revert()
    assert "later change touched the same Name" in told[0]
    record = id_of("ascend-910b")
    assert stored("SELECT name FROM record WHERE id = ?", record) == "Second"
    assert stored("SELECT r.slug FROM chip c JOIN record r ON r.id = c.foundry_id WHERE c.id = ?", record) == "smic"


def test_deleted_records_are_restored_with_all_that_went(qtbot, window, workspace, stored, id_of):
    record = id_of("ascend-910b")
    before = stored("SELECT count(*) FROM claim")
    with qtbot.waitSignal(workspace.changed):
        workspace.run(partial(delete_record, record_id=record, take_along=True, reason="A double."))
    qtbot.waitUntil(lambda: window.list.topLevelItemCount() == 4)
    window.filters.kind.setCurrentIndex(window.filters.kind.findData("deleted"))
    window.filters.kind.activated.emit(0)
    qtbot.waitUntil(lambda: window.list.topLevelItemCount() == 1)
    choose(qtbot, window, 0)
    assert window.revert_button.text() == "Restore what was deleted"
    assert "Why: A double." in window.hint.text()
    rows = [window.lines.topLevelItem(place).text(0) for place in range(window.lines.topLevelItemCount())]
    assert any("claim, deleted" in row for row in rows)
    with qtbot.waitSignal(workspace.changed):
        window.revert()
    assert stored("SELECT count(*) FROM claim") == before
    assert stored("SELECT name FROM record WHERE id = ?", record) == "First"


def test_the_beginning_cannot_be_taken_back(window):
    window.list.setCurrentItem(window.list.topLevelItem(2))
    assert not window.revert_button.isEnabled()


def shown(window):
    return [window.list.topLevelItem(place).text(1) for place in range(window.list.topLevelItemCount())]


def test_the_list_is_narrowed_by_words_people_days_and_the_record_selected(qtbot, window, workspace, id_of):
    window.filters.words.setText("starter")
    qtbot.waitUntil(lambda: shown(window) == ["Loaded the starter facts"])
    window.filters.words.setText("zzz")
    qtbot.waitUntil(lambda: window.empty.isVisible() and not shown(window))
    window.filters.words.setText("1987")
    qtbot.waitUntil(lambda: shown(window) == ["Changed Huawei"])
    window.filters.words.clear()
    qtbot.waitUntil(lambda: len(shown(window)) == 3)
    workspace.select(Selection("record", id_of("ascend-910b")))
    qtbot.waitUntil(window.filters.only.isEnabled)
    window.filters.only.setChecked(True)
    qtbot.waitUntil(lambda: shown(window) == ["Changed Ascend 910B", "Loaded the starter facts"])
    window.filters.only.setChecked(False)
    window.filters.author.setCurrentIndex(window.filters.author.findData("Ada"))
    window.filters.author.activated.emit(1)
    qtbot.waitUntil(lambda: len(shown(window)) == 2)
    window.filters.end.setText("2020")
    qtbot.waitUntil(lambda: not shown(window))
    window.filters.end.setText("someday")
    qtbot.waitUntil(lambda: len(shown(window)) == 2)
    assert window.filters.end.property("state") == "error"
