"""Tables set up, edited and filled from a spreadsheet, by keyboard."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from chipscape_desktop import i18n
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.forms.facts_view import FactsView
from chipscape_desktop.forms.paste_dialog import PasteDialog
from chipscape_desktop.forms.pasting import guess_columns, read_cells
from chipscape_desktop.forms.rows_dialog import RowsDialog
from chipscape_desktop.forms.table_setup import TableSetup

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def view(qtbot, workspace):
    view = FactsView(workspace)
    qtbot.addWidget(view)
    view.resize(1310, 640)
    view.show()
    qtbot.waitUntil(lambda: view.table.facts.rowCount() > 0)
    return view


@pytest.fixture
def show(qtbot, view):
    def show(key):
        view.show_table(key)
        qtbot.waitUntil(lambda: view.table.facts.table.key == key and view.table.facts.rowCount() > 0)
        view.table.setFocus()
        view.table.setCurrentIndex(view.table.facts.index(0, 0))
        return view.table

    return show


def column(table, name):
    place = table.facts.table.column(name)
    return [table.facts.stored(row, place) for row in range(table.facts.rowCount())]


def test_rows_are_sorted_by_several_columns_by_keyboard(qtbot, view, show):
    table = show("chip")
    status, released = (table.facts.table.column(name) for name in ("status", "released_on"))
    table.setCurrentIndex(table.facts.index(0, status))
    qtbot.keyClick(table, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: column(table, "status")[0] == "announced")
    table.setCurrentIndex(table.facts.index(0, released))
    qtbot.keyClick(table, Qt.Key.Key_F3, SHIFT)
    qtbot.waitUntil(lambda: len(table.facts.sorting) == 2)
    shipping = [date for date, state in zip(column(table, "released_on"), column(table, "status"), strict=True)
                if state == "shipping" and date]  # fmt: skip
    assert shipping == sorted(shipping, key=lambda date: date[:4])
    assert table.facts.headerData(released, Qt.Orientation.Horizontal).endswith("2↑")


def test_columns_are_filtered_moved_and_kept_as_a_view_that_undo_takes_back(qtbot, view, show, workspace, stored):
    table = show("chip")
    table.setCurrentIndex(table.facts.index(0, table.facts.table.column("released_on")))
    qtbot.keyClick(table, Qt.Key.Key_Left, CTRL | SHIFT)
    qtbot.keyClick(view, Qt.Key.Key_F, CTRL | SHIFT)
    line = QGuiApplication.focusObject()
    qtbot.keyClicks(line, ">=2025")
    qtbot.waitUntil(lambda: all(date >= "2025" for date in column(table, "released_on")))
    rows = table.facts.rowCount()
    assert 0 < rows < 100
    setup = table.current_setup("ascend")
    assert setup.filters == {"released_on": ">=2025"}
    with qtbot.waitSignal(workspace.changed):
        view.choosing.views.save("chip", setup, "New ones")
    qtbot.waitUntil(lambda: [one.name for one in view.choosing.views.views] == ["New ones"])
    view.choosing.views._reset("chip")
    show("model")
    show("chip")
    qtbot.waitUntil(lambda: table.facts.rowCount() > 100)
    assert table.current_setup().columns != setup.columns
    view.choosing.views.choose(view.choosing.views.views[0].id)
    qtbot.waitUntil(lambda: 0 < table.facts.rowCount() < rows)
    assert table.current_setup("ascend") == setup
    assert TableSetup.from_json(setup.to_json()) == setup
    menu = view.choosing.views.menu("chip", setup)
    assert any("New ones" in action.text() for action in menu.actions())
    menu.deleteLater()
    with qtbot.waitSignal(workspace.changed):
        workspace.undo()
    assert stored("SELECT count(*) FROM table_view") == 0


def test_a_word_and_a_record_are_changed_in_their_cells(qtbot, view, show, workspace, stored, id_of):
    table = show("chip")
    row = table.facts.row_of(id_of("ascend-910b"))
    place = table.facts.table.column("status")
    table.setCurrentIndex(table.facts.index(row, place))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    combo = table.findChild(CalmCombo)
    combo.setCurrentIndex(combo.findData("cancelled"))
    with qtbot.waitSignal(workspace.changed):
        combo.activated.emit(combo.currentIndex())
    assert stored("SELECT status FROM chip WHERE id = ?", id_of("ascend-910b")) == "cancelled"
    place = table.facts.table.column("foundry_id")
    with qtbot.waitSignal(workspace.changed):
        table.facts.setData(table.facts.index(row, place), id_of("tsmc"))
    assert stored("SELECT foundry_id FROM chip WHERE id = ?", id_of("ascend-910b")) == id_of("tsmc")


def test_one_field_is_changed_in_all_selected_rows(qtbot, view, show, workspace, stored):
    table = show("chip")
    before = stored("SELECT count(*) FROM chip WHERE status = 'cancelled'")
    flags = QItemSelectionModel.SelectionFlag
    for row in (3, 5):
        table.selectionModel().select(table.facts.index(row, 0), flags.Select | flags.Rows)
    qtbot.keyClick(table, Qt.Key.Key_Return, ALT)
    dialog = view.findChild(RowsDialog)
    assert len(dialog.ids) == 3
    dialog.fields.setCurrentIndex(dialog.fields.findData("status"))
    dialog.box.combo.setCurrentIndex(dialog.box.combo.findData("cancelled"))
    dialog.reason.setText("The maker said so.")
    with qtbot.waitSignal(workspace.changed) as changed:
        qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    assert changed.args[0].action == "edit-rows"
    assert stored("SELECT count(*) FROM chip WHERE status = 'cancelled'") == before + 3
    with qtbot.waitSignal(workspace.changed):
        workspace.undo()
    assert stored("SELECT count(*) FROM chip WHERE status = 'cancelled'") == before


def paste(qtbot, view, text):
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(view.table, Qt.Key.Key_V, CTRL)
    dialog = view.findChild(PasteDialog)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    return dialog


def test_twelve_events_are_pasted_of_which_two_are_there_and_the_whole_is_undone(
    qtbot, view, show, workspace, stored, id_of
):
    table = show("event")
    first, second = (column(table, "name")[row] for row in (0, 5))
    dates = column(table, "starts_on")
    kinds = ("Model release", "model-release", "policy", "Partnership")
    lines = ["Name\tKind\tStarts\tImportance\tRemark"]
    lines += [
        f"New event {number}\t{kinds[number % 4]}\tJune 202{number % 7}\t{number % 5 + 1}\tx" for number in range(10)
    ]
    lines += [f"{first}\tpolicy\t{dates[0]}\t3\t", f'"{second.upper()}"\tpolicy\t{dates[5]}\t3\t']
    before = stored("SELECT count(*) FROM event")
    dialog = paste(qtbot, view, "\r\n".join(lines))
    assert dialog.header
    assert dialog.columns == ("name", "event_kind", "starts_on", "importance", "")
    assert dialog.plan.counts(dialog.fates) == {"add": 10, "change": 0, "skip": 2, "faults": 0}
    assert first in dialog.grid.item(11, 1).text()
    dialog.source.open_with_record(id_of("seed-note"), "The note")
    dialog.source.changed.emit()
    qtbot.waitUntil(dialog.paste_button.isEnabled)
    with qtbot.waitSignal(workspace.changed) as changed:
        qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    assert changed.args[0].action == "paste-rows"
    assert stored("SELECT count(*) FROM event") == before + 10
    assert stored("SELECT starts_on FROM event JOIN record USING (id) WHERE name = 'New event 3'") == "2023-06"
    assert (
        stored("SELECT count(*) FROM citation WHERE record_id IN (SELECT id FROM record WHERE name LIKE 'New event%')")
        == 10
    )
    with qtbot.waitSignal(workspace.changed):
        workspace.undo()
    assert stored("SELECT count(*) FROM event") == before


def test_pasted_events_without_importance_take_the_usual_one(qtbot, view, show, workspace, stored):
    show("event")
    dialog = paste(qtbot, view, "Name\tKind\tStarts\nPasted event\tpolicy\t2026-02-03")
    assert dialog.plan.counts(dialog.fates) == {"add": 1, "change": 0, "skip": 0, "faults": 0}
    with qtbot.waitSignal(workspace.changed):
        dialog.paste()
    assert stored("SELECT importance FROM event JOIN record USING (id) WHERE name = 'Pasted event'") == 2


def test_what_no_pasted_column_says_is_named(qtbot, view, show):
    show("event")
    dialog = paste(qtbot, view, "Name\tKind\nUndated event\tpolicy")
    assert dialog.grid.item(1, 1).text() == "Starts: This must not be empty."


def test_what_cannot_be_pasted_is_said_at_its_row_and_left_out_by_choice(qtbot, view, show, workspace, stored):
    show("chip")
    good, bad = "X1\tHuawei\t2025\tshipping", "X2\tNobody Inc\tsomeday\tshipping"
    text = "\n".join(("Name\tDesigner\tReleased\tStatus", good, bad, good))
    dialog = paste(qtbot, view, text)
    assert dialog.plan.counts(dialog.fates) == {"add": 1, "change": 0, "skip": 1, "faults": 1}
    assert not dialog.paste_button.isEnabled()
    assert "Nobody Inc" in dialog.grid.item(2, 1).text()
    assert "Repeats row 1" in dialog.grid.item(3, 1).text()
    dialog.grid.setFocus()
    flags = QItemSelectionModel.SelectionFlag
    dialog.grid.setCurrentCell(2, 0, flags.ClearAndSelect | flags.Rows)
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Space)
    assert dialog.paste_button.isEnabled()
    with qtbot.waitSignal(workspace.changed):
        dialog.paste()
    assert stored("SELECT count(*) FROM chip JOIN record USING (id) WHERE name = 'X1'") == 1


def test_rows_copied_edited_and_pasted_back_change_what_is_there(qtbot, view, show, workspace, stored, id_of):
    table = show("chip")
    slug = table.facts.table.column("slug")
    table.setColumnHidden(slug, False)
    table.select_id(id_of("ascend-910b"))
    QGuiApplication.clipboard().clear()
    table.copy()
    qtbot.waitUntil(lambda: "\n" in QGuiApplication.clipboard().text())
    text = QGuiApplication.clipboard().text()
    dialog = paste(qtbot, view, text)
    assert dialog.plan.counts(dialog.fates) == {"add": 0, "change": 0, "skip": 1, "faults": 0}
    dialog.reject()
    dialog.deleteLater()
    qtbot.waitUntil(lambda: view.findChild(PasteDialog) is None)
    dialog = paste(qtbot, view, text.replace("shipping", "discontinued").replace("Shipping", "Discontinued"))
    assert dialog.plan.counts(dialog.fates)["change"] == 1
    with qtbot.waitSignal(workspace.changed):
        dialog.paste()
    assert stored("SELECT status FROM chip WHERE id = ?", id_of("ascend-910b")) == "discontinued"


def test_claims_are_pasted_with_their_units_and_sources(qtbot, view, show, workspace, stored, id_of):
    show("claim")
    text = (
        "Subject\tMetric\tValue\tUnit\tStance\tSource\tSparsity\n"
        "Ascend 910B\tMemory bandwidth\t1.6\tTB/s\treported\tseed-note\t\n"
        "Ascend 910B\tmemory.capacity\t64\tGB\treported\tseed-note\t\n"
        "Ascend 910B\tMemory capacity\t64\tparsec\treported\tseed-note\t\n"
    )
    before = stored("SELECT count(*) FROM claim")
    dialog = paste(qtbot, view, text)
    told = dialog.plan.counts(dialog.fates)
    assert told["faults"] == 1
    assert dialog.plan.rows[0].faults == ()
    dialog.turn(3)
    with qtbot.waitSignal(workspace.changed):
        dialog.paste()
    assert stored("SELECT count(*) FROM claim") == before + told["add"]
    assert stored("SELECT number FROM claim ORDER BY rowid DESC LIMIT 1") in (1600.0, 64.0)


def test_cells_and_headings_are_read_as_spreadsheets_write_them():
    assert read_cells('a\tb\r\n"x\ny"\t"say ""hi"""\r\n\t\n') == (("a", "b"), ("x\ny", 'say "hi"'))
    assert guess_columns("chip", [("X1", "Huawei")], ["name", "designer_id"]) == (("name", "designer_id"), False)
    assert guess_columns("chip", [("designer", "NAME", "name", "?")], []) == (("designer_id", "name", "", ""), True)
    i18n.set_language("fr")
    try:
        assert guess_columns("event", [("Nom", "Début")], [])[0][0] == "name"
    finally:
        i18n.set_language("en")
