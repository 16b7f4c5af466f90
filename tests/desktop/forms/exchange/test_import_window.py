"""The import of a table in the window: columns, preview, one step; by mouse, by keyboard, and not by accident."""

import pytest
from PySide6.QtCore import Qt

from chipscape_db.transfer.tables.mapping import read_mapping
from chipscape_desktop import i18n
from chipscape_desktop.forms.exchange.import_window import ImportWindow

TABLE = """Hardware name,Manufacturer,Release date,Memory bandwidth (byte/s),TDP (W),Link,Notes
Ascend 910B,Huawei,2023-08-01,1.6e12,400,https://example.org/910b.pdf,"Two
lines"
Ascent 310,Huawei,2018-10,5.1e10,8,https://example.org/310.pdf,
Orion X1,Nobody Known,2026-02,4e12,600,https://example.org/x1.pdf,
Orion X2,Nvidia,soon,lots,700,,
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "cards.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def shown(qtbot, workspace):
    """A function that opens the import of a file and waits until it was read."""

    def show(path):
        window = ImportWindow(workspace, path)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: not window.running, timeout=10_000)
        return window

    return show


def previewed(qtbot, window):
    window.show_preview()
    qtbot.waitUntil(lambda: window.plan is not None and not window.running, timeout=10_000)


def test_a_table_comes_in_by_keyboard_and_goes_again_by_undo(qtbot, workspace, table, shown, stored):
    window = shown(table)
    qtbot.waitUntil(window.columns.table.hasFocus)
    assert [window.columns.table.item(row, 2).text() for row in range(7)] == [
        "Name of the record", "Field: Designer", "Field: Released", "Claim: Memory bandwidth", "Claim: Power (TDP)",
        "Links to sources", "Words kept as the quote of the citation",
    ]  # fmt: skip
    qtbot.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.plan is not None and not window.running, timeout=10_000)
    assert window.preview.tree.topLevelItem(0).text(1) == "Ascent 310"
    assert "67 % sure" in window.preview.tree.topLevelItem(0).text(4)
    assert window.preview.problems.rowCount() == 4
    with qtbot.waitSignal(workspace.changed, timeout=10_000) as changed:
        qtbot.keyClick(window.import_button, Qt.Key.Key_Space)
    assert changed.args[0].action == "import"
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert stored("SELECT count(*) FROM claim WHERE locator LIKE 'cards.csv, row%'") == 6
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        workspace.undo()
    assert stored("SELECT count(*) FROM claim WHERE locator LIKE 'cards.csv, row%'") == 0


def test_an_unsure_row_is_decided_and_the_mapping_remembers_it(qtbot, workspace, table, shown, tmp_path):
    window = shown(table)
    previewed(qtbot, window)
    assert window.preview.same.isEnabled()
    window.plan = None
    qtbot.mouseClick(window.preview.same, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.plan is not None and not window.running, timeout=10_000)
    assert window.plan.counts["unsure"] == 0
    window.write_mapping(tmp_path / "cards.mapping.toml")
    assert read_mapping(tmp_path / "cards.mapping.toml").matches == (("Ascent 310", "ascend-310"),)
    again = shown(table)
    assert "cards.mapping.toml" in again.columns.told.text()
    assert again.columns.mapping.matches == (("Ascent 310", "ascend-310"),)


def test_what_was_decided_of_a_row_can_be_taken_back(qtbot, workspace, table, shown):
    window = shown(table)
    previewed(qtbot, window)
    page = window.preview

    def decide(button):
        window.plan = None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.plan is not None and not window.running, timeout=10_000)
        return page.current().status

    assert not page.again.isEnabled()
    assert decide(page.out) == "left-out"
    assert not page.out.isEnabled()
    assert decide(page.again) == "unsure"
    assert page.same.isEnabled()
    assert not page.again.isEnabled()
    assert window.columns.mapping.matches == ()


def test_values_are_shown_as_the_language_writes_them(qtbot, workspace, table, shown):
    i18n.set_language("fr")
    window = shown(table)
    previewed(qtbot, window)
    items = [window.preview.tree.topLevelItem(at) for at in range(window.preview.tree.topLevelItemCount())]
    texts = {item.child(at).text(3) for item in items for at in range(item.childCount())}
    assert any(text.replace("\u202f", " ").startswith("1 600") and text.endswith("Go/s") for text in texts), texts


def test_the_meaning_of_a_column_is_changed(qtbot, workspace, table, shown):
    window = shown(table)
    columns = window.columns
    columns.table.setCurrentCell(4, 0)
    box = columns.details.meaning
    box.setCurrentIndex(box.findData("claim-compute.fp16"))
    box.activated.emit(box.currentIndex())
    columns.details.unit.setText("TFLOPS")
    columns.details.unit.editingFinished.emit()
    engine = columns.details.choices["engine"]
    engine.setCurrentIndex(engine.findData("matrix"))
    engine.activated.emit(engine.currentIndex())
    column = columns.mapping.columns[4]
    assert (column.role, column.metric, column.unit, column.engine) == ("claim", "compute.fp16", "TFLOPS", "matrix")
    assert columns.table.item(4, 2).text() == "Claim: FP16 compute"
    columns.table.setCurrentCell(1, 0)
    assert columns.details.missing.isVisibleTo(columns.details)
    columns.details.missing.click()
    previewed(qtbot, window)
    assert [str(problem) for problem in window.plan.problems if problem.column == "Manufacturer"] == []


def test_two_columns_of_names_are_not_possible(qtbot, workspace, table, shown):
    window = shown(table)
    columns = window.columns
    columns.table.setCurrentCell(6, 0)
    box = columns.details.meaning
    box.setCurrentIndex(box.findData("name"))
    box.activated.emit(box.currentIndex())
    assert [column.role for column in columns.mapping.columns].count("name") == 1
    box.setCurrentIndex(box.findData("skip"))
    box.activated.emit(box.currentIndex())
    window.show_preview()
    assert "one column holds the names" in window.fault.text()


def test_a_broken_file_is_told_in_the_window_and_in_french(qtbot, workspace, tmp_path, shown):
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    window = shown(path)
    assert "broken.xlsx is cut off or damaged" in window.fault.text()
    assert not window.next_button.isEnabled()
    i18n.set_language("fr")
    window = shown(path)
    assert "tronqué" in window.fault.text()


def test_escape_stops_what_runs_and_then_closes(qtbot, workspace, table, shown, stored):
    window = shown(table)
    window.show_preview()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.running, timeout=10_000)
    assert window.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert stored("SELECT count(*) FROM changeset") == 1
