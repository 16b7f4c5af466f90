"""The review on the facts screen: from a finding to where it is mended, settled, or merged, by keyboard."""

from threading import Event

import pytest
from PySide6.QtCore import Qt

from chipscape_db.commands.records import add_record
from chipscape_desktop.forms import review_panel
from chipscape_desktop.forms.facts_view import FactsView
from chipscape_desktop.forms.merge_dialog import MergeDialog
from chipscape_desktop.workspace import Selection


class Gate:
    def __init__(self) -> None:
        self.answers: list[object] = []

    def opened(self, answer) -> None:
        self.answers.append(answer)


CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot, workspace, id_of):
    add_record(workspace.base.engine, author="Ada", kind="organization", record_id="double", uncited=True,
               fields={"name": "Hua Wei", "org_kind": "company", "website": "https://h.example"})  # fmt: skip
    view = FactsView(workspace)
    qtbot.addWidget(view)
    view.resize(1310, 700)
    view.show()
    qtbot.waitUntil(lambda: view.table.facts.rowCount() > 0)
    view.reviewing.open()
    qtbot.waitUntil(lambda: view.reviewing.panel.model.rowCount() > 0)
    return view


@pytest.fixture
def panel(view):
    return view.reviewing.panel


def choose(qtbot, panel, code, words=""):
    panel.checks.setCurrentIndex(panel.checks.findData(code))
    panel.filter.setText(words)
    qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
    return panel.current()


def test_enter_leads_to_where_a_finding_is_mended(qtbot, view, panel, workspace):
    finding = choose(qtbot, panel, "uncited")
    assert (finding.id, workspace.selection.id) == ("double", "double")
    assert "Uncited (1)" in panel.checks.currentText()
    qtbot.waitUntil(lambda: view.form.record_id == "double")
    assert view.reviewing.is_open
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert view.form.tabs.currentWidget() is view.form.sources
    finding = choose(qtbot, panel, "missing", "hua-wei")
    assert finding.field == "country"
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert view.form.tabs.currentWidget() is view.form.fields


def test_a_reading_that_is_cancelled_says_so_and_can_be_begun_again(qtbot, panel, workspace):
    go, gate = Event(), Gate()
    workspace.compute(lambda _job: go.wait(10), gate.opened)  # keeps the worker busy till the reading is cancelled
    before = panel.model.rowCount()
    panel.read()
    workspace.cancel_activity()
    go.set()
    qtbot.waitUntil(panel.again.isVisible, timeout=10_000)
    assert panel.model.rowCount() == before
    assert "cancelled" in panel.told.text()
    with qtbot.waitSignal(panel.reading.done, timeout=20_000) as done:
        qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    assert done.args[0] is not None
    assert not panel.again.isVisible()


def test_questions_to_the_base_are_answered_while_the_facts_are_looked_through(qtbot, panel, workspace):
    go, gate = Event(), Gate()
    workspace.compute(lambda _job: go.wait(10), gate.opened)
    panel.read()
    workspace.query(lambda session: session.get_bind() is not None, gate.opened)
    qtbot.waitUntil(lambda: gate.answers == [True], timeout=10_000)
    assert panel.reading.running
    go.set()
    qtbot.waitUntil(workspace.idle, timeout=20_000)
    assert not panel.reading.running


def test_the_queue_has_room_for_several_rows_after_work_in_the_form(qtbot, view, panel, workspace, id_of):
    view.reviewing.close()
    view.resize(940, 620)
    workspace.select(Selection("record", id_of("ascend-910b")))
    qtbot.waitUntil(lambda: view.form.record_id == id_of("ascend-910b"))
    view.room.make()
    view.reviewing.open()
    qtbot.waitUntil(lambda: panel.table.viewport().height() >= 4 * panel.table.rowHeight(0))


def test_a_contested_metric_opens_its_first_claim(qtbot, view, panel):
    finding = choose(qtbot, panel, "contested")
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.form.record_id == finding.id and bool(view.form.claims.current_id()))
    metrics = {claim.id: claim.metric for claim in view.form.sheet.claims}
    assert metrics[view.form.claims.current_id()] == finding.params["metric"]


def test_a_finding_about_a_relationship_opens_its_row(qtbot, view, panel):
    finding = choose(qtbot, panel, "stale-single", "→")
    assert finding.kind == "relationship"
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.form.record_id == finding.owners[0])
    qtbot.waitUntil(lambda: view.form.tabs.currentWidget() is view.form.links)
    assert view.form.links.current_id() == finding.id
    assert view.reviewing.is_open


def test_findings_are_settled_with_a_reason_listed_and_undone(qtbot, view, panel, workspace, monkeypatch):
    monkeypatch.setattr(review_panel, "ask_why", lambda *_a, **_k: "An internal note.")
    finding = choose(qtbot, panel, "uncited")
    with qtbot.waitSignal(workspace.changed) as changed:
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert changed.args[0].action == "settle-findings"
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    assert "1 settled" in panel.today.text()
    panel.settled.setChecked(True)
    assert panel.model.findings[0].key == finding.key
    panel.table.selectRow(0)
    assert "An internal note." in panel.told.text()
    with qtbot.waitSignal(workspace.changed):
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    panel.settled.setChecked(False)
    assert panel.model.rowCount() == 1
    for _ in range(2):
        with qtbot.waitSignal(workspace.changed):
            workspace.undo()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)


def test_the_shared_filters_narrow_the_queue(qtbot, view, panel, workspace, id_of):
    before = panel.model.rowCount()
    workspace.change_filters(organizations=frozenset({id_of("huawei")}))
    qtbot.waitUntil(lambda: 0 < panel.model.rowCount() < before)
    choose(qtbot, panel, "stale-single")
    assert panel.model.rowCount() > 0


def test_a_suspected_double_is_merged_field_by_field_and_undone(qtbot, view, panel, workspace, stored, id_of):
    huawei = id_of("huawei")
    finding = choose(qtbot, panel, "duplicate", "Hua Wei")
    assert set(finding.owners) == {"double", huawei}
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    dialog = view.findChild(MergeDialog)
    qtbot.waitUntil(lambda: dialog.pair is not None)
    if dialog.kept_id != huawei:
        dialog.swap_round()
        qtbot.waitUntil(lambda: dialog.pair.kept.state.id == huawei)
    dialog.groups["website"].button(1).setChecked(True)
    dialog.groups["name"].button(0).setChecked(True)
    assert dialog.choices().fields == {"website"}
    dialog.reason.setText("One firm.")
    with qtbot.waitSignal(workspace.changed) as changed:
        qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    assert changed.args[0].action == "merge-records"
    assert stored("SELECT website FROM organization WHERE id = ?", huawei) == "https://h.example"
    assert stored("SELECT count(*) FROM record WHERE id = 'double'") == 0
    assert stored("SELECT reason FROM changeset ORDER BY id DESC LIMIT 1") == "One firm."
    with qtbot.waitSignal(workspace.changed):
        workspace.undo()
    assert stored("SELECT count(*) FROM record WHERE id = 'double'") == 1


def test_choosing_a_table_leaves_the_review(qtbot, view):
    view.kinds.setCurrentRow(2)
    assert not view.reviewing.is_open
    assert view.bar.isVisible()
    qtbot.waitUntil(lambda: view.table.facts.table.key == "model")


def test_two_selected_rows_are_merged_and_one_asks_for_the_other(qtbot, view, workspace, id_of):
    view.reviewing.close()
    assert view.pages.currentWidget() is view.table
    view.table.select_id("double")
    qtbot.keyClick(view.table, Qt.Key.Key_M, CTRL)
    dialog = view.findChild(MergeDialog)
    assert not dialog.merge_button.isEnabled()
    dialog.picker.set_record(id_of("huawei"), "Huawei")
    dialog.picker.picked.emit(id_of("huawei"))
    qtbot.waitUntil(lambda: dialog.pair is not None and dialog.merge_button.isEnabled())
    dialog.picker.picked.emit(id_of("ascend-910b"))
    qtbot.waitUntil(lambda: not dialog.message.isHidden())
    assert not dialog.merge_button.isEnabled()
    dialog.reject()
