import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from chipscape_db.columns import size
from chipscape_db.queries import tables
from chipscape_desktop import i18n, notices
from chipscape_desktop.forms import deleting
from chipscape_desktop.forms.facts_view import FactsView
from chipscape_desktop.workspace import Selection


@pytest.fixture
def view(qtbot, workspace):
    view = FactsView(workspace)
    qtbot.addWidget(view)
    view.resize(1310, 640)
    view.show()
    qtbot.waitUntil(lambda: view.table.facts.rowCount() > 0)
    return view


@pytest.fixture
def chip(qtbot, view, workspace, id_of):
    """The view with the Ascend 910B open in the form; returns its id."""
    record_id = id_of("ascend-910b")
    workspace.select(Selection("record", record_id))
    qtbot.waitUntil(lambda: view.form.record_id == record_id and view.table.current_id() == record_id)
    return record_id


def name_field(view):
    return view.form.fields._fields["name"].line


def test_a_selection_made_elsewhere_opens_its_table_row_and_form(view, chip):
    assert view.key == "chip"
    assert view.form.title.text() == "Ascend 910B"
    assert view.form.tabs.tabText(1).startswith("Claims")
    assert "Rests on" in view.form.fields._rests_on.text()


def test_a_row_picked_by_keyboard_is_selected_everywhere(qtbot, view, chip, workspace):
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert workspace.selection == Selection("record", view.table.current_id())
    assert workspace.selection.id != chip
    qtbot.waitUntil(lambda: view.form.record_id == workspace.selection.id)


def test_a_name_is_changed_in_the_form_by_keyboard_and_undone(qtbot, view, chip, workspace, stored):
    line = name_field(view)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Ascend 910B plus")
    assert line.property("state") == "changed"
    assert view.form.save_button.isEnabled()
    with qtbot.waitSignal(workspace.changed) as changed:
        qtbot.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert changed.args[0].action == "edit-record"
    qtbot.waitUntil(lambda: not view.form.is_dirty)
    assert stored("SELECT name FROM record WHERE id = ?", chip) == "Ascend 910B plus"
    workspace.undo()
    qtbot.waitUntil(lambda: view.form.title.text() == "Ascend 910B" and name_field(view).text() == "Ascend 910B")
    assert stored("SELECT name FROM record WHERE id = ?", chip) == "Ascend 910B"


def test_a_name_is_changed_in_the_table_by_keyboard(qtbot, view, chip, workspace, stored):
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    editor = view.table.findChild(QLineEdit)
    qtbot.keyClicks(editor, "Ascend 910 B")
    with qtbot.waitSignal(workspace.changed):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert stored("SELECT name FROM record WHERE id = ?", chip) == "Ascend 910 B"
    qtbot.waitUntil(lambda: view.form.title.text() == "Ascend 910 B")


def test_what_cannot_be_read_is_said_under_its_field(qtbot, view, chip):
    released = view.form.fields._fields["released_on"]
    qtbot.keyClicks(released.line, " someday")
    view.form.save()
    assert "someday" in released.error.text()
    assert not released.error.isHidden()
    released.line.setText("early 2026")
    assert released.error.isHidden()
    assert released.value() == "2026-37"
    assert released.note.text() == "early 2026: 1 January 2026 – 30 April 2026"


def test_what_the_base_refuses_is_said_under_its_field(qtbot, view, workspace, id_of):
    policy = id_of("bis-2022-10-07-rule")
    workspace.select(Selection("record", policy))
    qtbot.waitUntil(lambda: view.form.record_id == policy)
    ended = view.form.fields._fields["ended_on"]
    ended.line.setText("2001")
    view.form.save()
    qtbot.waitUntil(lambda: not ended.error.isHidden())
    assert "2001" in ended.error.text()
    assert workspace.told == []
    qtbot.keyClick(ended.line, Qt.Key.Key_Escape)
    assert not view.form.is_dirty


def test_a_form_with_edits_asks_before_it_is_left(qtbot, view, chip, monkeypatch):
    asked = []

    def stay(question, **answers):
        asked.append(question)
        return False

    monkeypatch.setattr(notices, "ask", stay)
    name_field(view).setText("Half done")
    assert not view.may_leave()
    view.table.setCurrentIndex(view.table.facts.index(0, 0))
    assert len(asked) == 2
    assert view.form.record_id == chip
    assert name_field(view).text() == "Half done"
    assert view.table.current_id() == chip


def test_the_rows_are_sorted_filtered_and_copied(qtbot, view, workspace):
    view.show_table("chip")
    qtbot.waitUntil(lambda: view.table.facts.table.key == "chip")
    everything = view.table.facts.rowCount()
    view.bar.filter.setText("ascend huawei")
    qtbot.waitUntil(lambda: 0 < view.table.facts.rowCount() < everything)
    released = view.table.facts.table.column("released_on")
    view.table.sort_by(((released, True),))
    qtbot.waitUntil(lambda: view.table.facts.stored(0, released) > "2025")
    assert view.table.facts.stored(view.table.facts.rowCount() - 1, released) == ""
    view.table.selectRow(0)
    view.table.setFocus()
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "\n" in QGuiApplication.clipboard().text())
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["Name", "Designer"]
    assert lines[1].split("\t")[1] == "Huawei"
    view.bar.filter.setText("nothing is called this")
    qtbot.waitUntil(lambda: view.table.facts.rowCount() == 0)
    assert view.pages.currentWidget() is view.empty
    assert "nothing is called this" in view.empty.text()


def test_the_shared_filters_narrow_the_table(qtbot, view, workspace):
    before = view.table.facts.rowCount()
    workspace.change_filters(countries=frozenset({"FR"}))
    qtbot.waitUntil(lambda: 0 < view.table.facts.rowCount() < before)
    assert "of" in view.bar.count.text()


def test_a_new_record_needs_a_source_and_then_is_selected(qtbot, view, workspace, stored):
    view.show_table("sector")
    qtbot.waitUntil(lambda: view.table.facts.table.key == "sector")
    view.edits.add()
    assert view.form.is_new
    name_field(view).setText("Agriculture")
    view.form.save()
    source = view.form.fields._evidence["source_id"]
    qtbot.waitUntil(lambda: not source.error.isHidden())
    view.form.fields._evidence["uncited"].box.setChecked(True)
    with qtbot.waitSignal(workspace.changed):
        view.form.save()
    record_id = stored("SELECT id FROM record WHERE slug = 'agriculture'")
    qtbot.waitUntil(lambda: view.table.current_id() == record_id and view.form.record_id == record_id)


def test_deleting_says_what_goes_too_and_keeps_the_reason(qtbot, view, chip, workspace, monkeypatch, stored):
    said = []

    def agree(question, **answers):
        said.append((question, answers["detail"]))
        return "Never made."

    monkeypatch.setattr(deleting, "ask_why", agree)
    view.table.setFocus()
    with qtbot.waitSignal(workspace.changed):
        qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    assert "Ascend 910B" in said[0][0]
    assert "36 claims" in said[0][1]
    assert "Among those that refer to it: " in said[0][1]
    assert "Ascend 910C" in said[0][1]
    assert stored("SELECT count(*) FROM record WHERE id = ?", chip) == 0
    assert stored("SELECT reason FROM changeset ORDER BY id DESC LIMIT 1") == "Never made."
    qtbot.waitUntil(lambda: view.form.sheet is None)
    with qtbot.waitSignal(workspace.changed):
        workspace.undo()
    qtbot.waitUntil(lambda: view.form.record_id == chip)


def test_all_selected_rows_are_deleted_in_one_step(qtbot, view, chip, workspace, monkeypatch, stored):
    monkeypatch.setattr(deleting, "ask_why", lambda question, **_answers: said.append(question) or "")
    said = []
    before = stored("SELECT count(*) FROM chip")
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.table.selected_ids()) == 3
    with qtbot.waitSignal(workspace.changed):
        qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    assert said == ["Delete 3 records?"]
    assert stored("SELECT count(*) FROM chip") == before - 3
    with qtbot.waitSignal(workspace.changed):
        workspace.undo()
    assert stored("SELECT count(*) FROM chip") == before


def test_a_claim_is_added_with_its_unit_preferred_and_undone(qtbot, view, chip, workspace, stored, id_of):
    form = view.form
    form.show_tab("claims")
    form.claims.do("add", "")
    fields = form.claims.editor.fields
    fields["metric"].combo.setCurrentIndex(fields["metric"].combo.findData("memory.bandwidth"))
    assert fields["sparsity"].isHidden()
    qtbot.keyClicks(fields["value"].line, "3.2 TB/s")
    assert fields["value"].note.text() == "Stored as 3,200 GB/s"
    fields["stance"].combo.setCurrentIndex(fields["stance"].combo.findData("reported"))
    form.save()
    assert not fields["source_id"].error.isHidden() or form.claims.editor is not None
    qtbot.waitUntil(lambda: not fields["source_id"].error.isHidden())
    fields["source_id"].open_with_record(id_of("seed-note"), "The note")
    with qtbot.waitSignal(workspace.changed):
        form.save()
    claim_id = stored("SELECT id FROM claim WHERE subject_id = ? AND number = 3200", chip)
    qtbot.waitUntil(lambda: form.claims.editor is None and claim_id in form.claims._claims)
    form.claims.do("prefer", claim_id)
    form.claims.editor.fields["rank_reason"].text.setPlainText("Because.")
    with qtbot.waitSignal(workspace.changed):
        form.claims.editor.save()
    assert stored("SELECT rank_reason FROM claim WHERE id = ?", claim_id) == "Because."
    for _ in range(2):
        with qtbot.waitSignal(workspace.changed):
            workspace.undo()
    assert stored("SELECT count(*) FROM claim WHERE id = ?", claim_id) == 0


def test_a_record_is_picked_as_one_types(qtbot, view, chip, id_of):
    designer = view.form.fields._fields["designer_id"]
    designer.picker.setFocus()
    designer.picker.selectAll()
    qtbot.keyClicks(designer.picker, "Cambric")
    assert designer.problem()
    qtbot.waitUntil(lambda: designer.picker._found.rowCount() > 0)
    designer.picker._chosen(designer.picker._found.index(0, 0))
    assert designer.value() == id_of("cambricon")
    assert designer.is_changed
    assert not designer.problem()


def test_every_label_follows_the_language(qtbot, view, chip):
    i18n.set_language("fr")
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    for widget in view.findChildren(type(view.form)) + view.findChildren(type(view.bar)):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: view.kinds.count() > 0)
    assert view.form.kind.text().startswith("puce")
    assert view.bar.combo.itemText(1).startswith("Puces")


def test_a_form_below_the_table_takes_room_by_what_it_shows(qtbot, view, workspace, id_of):
    view.resize(1000, 700)
    QCoreApplication.processEvents()
    with_nothing = view.form.height()
    assert with_nothing < view.table.height()
    workspace.select(Selection("record", id_of("ascend-910b")))
    qtbot.waitUntil(lambda: view.form.height() > with_nothing)
    assert view.form.height() >= view.splitter.height() * 0.5


def test_of_very_many_events_those_with_the_words_and_the_selected_one_are_listed(
    qtbot, view, workspace, id_of, monkeypatch
):
    monkeypatch.setattr(size, "MANY", 1)
    monkeypatch.setattr(tables, "MOST_EVENTS", 5)
    view.show_table("event")
    qtbot.waitUntil(lambda: view.table.facts.rowCount() == 5)
    assert view.bar.count.text().startswith("5 of ")
    assert "most important" in view.bar.count.toolTip()
    shown = {view.table.facts.row_id(row) for row in range(5)}
    with workspace.base.engine.connect() as connection:
        other = next(id_ for id_ in connection.exec_driver_sql("SELECT id FROM event").scalars() if id_ not in shown)
    workspace.select(Selection("record", other))
    qtbot.waitUntil(lambda: view.table.current_id() == other)
    assert view.table.facts.rowCount() == 6
    view.bar.focus_filter()
    qtbot.keyClicks(view.bar.filter, "ascend")
    qtbot.waitUntil(
        lambda: (
            all("ascend" in view.table.facts.index(row, 0).data().lower() for row in range(view.table.facts.rowCount()))
            and view.table.facts.rowCount() > 0
        )
    )
