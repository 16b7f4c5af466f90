"""Claims settled, sources looked at and reviewed records changed, by the forms."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from chipscape_db.commands.reviews import mark_reviewed
from chipscape_db.commands.snapshots import add_snapshot
from chipscape_desktop import i18n
from chipscape_desktop.forms.claims_panel import why_text
from chipscape_desktop.forms.facts_view import FactsView
from chipscape_desktop.forms.snapshot_viewer import SnapshotViewer, inert_text
from chipscape_desktop.shell.author_dialog import AuthorDialog, initials_of
from chipscape_desktop.workspace import Selection


@pytest.fixture
def view(qtbot, workspace):
    view = FactsView(workspace)
    qtbot.addWidget(view)
    view.resize(1310, 760)
    view.show()
    qtbot.waitUntil(lambda: view.table.facts.rowCount() > 0, timeout=20_000)
    return view


@pytest.fixture
def opened(qtbot, view, workspace, id_of):
    """A function that opens the form of a record by its slug and returns the record's id."""

    def open_form(slug):
        record_id = id_of(slug)
        workspace.select(Selection("record", record_id))
        qtbot.waitUntil(lambda: view.form.record_id == record_id and workspace.idle(), timeout=20_000)
        return record_id

    return open_form


@pytest.fixture
def blog(stored):
    return stored(
        "SELECT slug FROM claim JOIN record ON record.id = source_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    )


def alt(qtbot, view, key):
    view.table.setFocus()
    qtbot.keyClick(view.table, key, Qt.KeyboardModifier.AltModifier)


def test_rivals_stand_under_metric_and_convention_with_the_reason_for_the_chosen_one(qtbot, view, opened):
    opened("ascend-910b")
    panel = view.form.claims
    alt(qtbot, view, Qt.Key.Key_2)
    assert view.form.tabs.currentWidget() is panel
    headings = [panel.tree.topLevelItem(row).text(0) for row in range(panel.tree.topLevelItemCount())]
    assert "FP16 compute, convention not said (3 claims, 3 independent sources)" in headings
    claim = next(row for row in panel._claims.values() if row.metric == "compute.fp16" and row.is_live)
    panel.go_to(claim.id)
    assert panel.detail.text().startswith("Why 280 TFLOPS?")
    assert not panel.plot.isHidden()
    assert all(why_text(value) for value in panel._values.values())


def test_words_around_a_value_set_the_conventions_and_go_with_them(qtbot, view, opened):
    opened("ascend-910b")
    view.form.claims.do("add", "")
    editor = view.form.claims.editor
    editor.fields["metric"].choose("compute.fp16")
    line = editor.fields["value"].line
    line.setText("about 376 TFLOPS dense")
    assert editor.fields["value"].value() == "376"
    assert (editor.fields["sparsity"].value(), editor.fields["bound"].value()) == ("dense", "about")
    assert editor.fields["value"].note.text() == "Stored as 376 TFLOPS, dense, about"
    line.setText("376 TFLOPS")
    assert (editor.fields["sparsity"].value(), editor.fields["bound"].value()) == ("", "")
    i18n.set_language("fr")
    editor.fields["metric"].choose("memory.bandwidth")
    line.setText("1,2 To/s")
    assert editor.fields["value"].value() == "1200"


def test_several_claims_of_one_source_are_entered_one_after_the_other(qtbot, view, workspace, opened, id_of, stored):
    chip = opened("ascend-910b")
    before = stored("SELECT count(*) FROM claim WHERE subject_id = ?", chip)
    view.form.claims.do("add", "")
    editor = view.form.claims.editor
    editor.fields["source_id"].open_with_record(id_of("seed-note"), "Note")
    editor.fields["stance"].choose("reported")
    for metric, value in (("memory.capacity", "64 GB"), ("power.tdp", "310 W")):
        editor.fields["metric"].choose(metric)
        editor.fields["value"].line.setText(value)
        with qtbot.waitSignal(workspace.changed, timeout=20_000):
            qtbot.keyClick(editor.fields["value"].line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: editor.fields["value"].value() == "", timeout=20_000)
        assert editor.fields["source_id"].value() == id_of("seed-note")
        assert editor.fields["metric"].value() == ""
    assert view.form.claims.editor is editor
    assert stored("SELECT count(*) FROM claim WHERE subject_id = ?", chip) == before + 2
    assert not editor.is_dirty or editor.fields["stance"].value() == "reported"


def test_a_claim_is_said_to_repeat_another(qtbot, view, workspace, opened, stored):
    opened("ascend-910b")
    panel = view.form.claims
    first, second = [row for row in panel._claims.values() if row.metric == "compute.fp16"][:2]
    panel.go_to(second.id)
    qtbot.mouseClick(panel.buttons["repeats"], Qt.MouseButton.LeftButton)
    panel.editor.fields["repeats_id"].choose(first.id)
    with qtbot.waitSignal(workspace.changed, timeout=20_000):
        panel.editor.save()
    assert stored("SELECT repeats_id FROM claim WHERE id = ?", second.id) == first.id
    qtbot.waitUntil(lambda: panel.editor is None and panel._claims[second.id].repeats_id == first.id, timeout=20_000)
    workspace.undo()
    qtbot.waitUntil(lambda: panel._claims[second.id].repeats_id is None, timeout=20_000)


def test_everything_that_rests_on_a_source_is_deprecated_at_once_and_taken_back(
    qtbot, view, workspace, opened, blog, stored
):
    source = opened(blog)
    alt(qtbot, view, Qt.Key.Key_6)
    panel = view.form.resting
    assert view.form.tabs.currentWidget() is panel
    count = panel.live
    assert count > 10
    button = panel.buttons["deprecate"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    editor = panel.editor
    editor.save()
    qtbot.waitUntil(lambda: not editor.fields["rank_reason"].error.isHidden(), timeout=20_000)
    editor.fields["rank_reason"].text.setPlainText("It took its figures back.")
    with qtbot.waitSignal(workspace.changed, timeout=20_000):
        editor.save()
    sql = "SELECT count(*) FROM claim WHERE source_id = ? AND rank = 'deprecated'"
    assert stored(sql, source) >= count
    qtbot.waitUntil(lambda: panel.live == 0 and panel.editor is None, timeout=20_000)
    workspace.undo()
    qtbot.waitUntil(lambda: panel.live == count, timeout=20_000)


def test_a_citation_is_changed_and_keeps_the_words_of_the_source(qtbot, view, workspace, opened, stored):
    opened("ascend-910b")
    panel = view.form.sources
    row = panel._citations[0]
    panel.go_to(row.id)
    panel.do("edit", row.id)
    panel.editor.fields["quote"].text.setPlainText("The 910B is made at SMIC.")
    with qtbot.waitSignal(workspace.changed, timeout=20_000):
        panel.editor.save()
    assert stored("SELECT quote FROM citation WHERE id = ?", row.id) == "The 910B is made at SMIC."
    assert stored("SELECT source_id FROM citation WHERE id = ?", row.id) == row.source_id


def test_a_record_is_marked_as_reviewed_and_later_changes_ask_first(qtbot, view, workspace, opened, stored):
    chip = opened("ascend-910b")
    with qtbot.waitSignal(workspace.changed, timeout=20_000):
        qtbot.mouseClick(view.form.review.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.form.review.label.text().startswith("Reviewed by Ada"), timeout=20_000)
    line = view.form.fields._fields["family"].line
    line.setText("Other")
    with qtbot.waitSignal(workspace.held, timeout=20_000) as held:
        view.form.save()
    workspace.give_up(held.args[0])
    assert "reviewed by Ada" in view.form.message.text()
    assert stored("SELECT family FROM chip WHERE id = ?", chip) != "Other"
    assert view.form.is_dirty
    with qtbot.waitSignal(workspace.held, timeout=20_000) as held:
        view.form.save()
    with qtbot.waitSignal(workspace.changed, timeout=20_000):
        workspace.go_on(held.args[0])
    assert stored("SELECT family FROM chip WHERE id = ?", chip) == "Other"
    qtbot.waitUntil(lambda: "1 change since, by Ada" in view.form.review.label.text(), timeout=20_000)
    assert not view.form.is_dirty
    assert workspace.told == []


def test_two_who_edit_one_record_do_not_overwrite_each_other(qtbot, view, workspace, opened, stored):
    from chipscape_db.commands.records import edit_record

    chip = opened("ascend-910b")
    field = view.form.fields._fields["family"]
    field.line.setText("Mine")
    edit_record(workspace.base.engine, author="Bob", record_id=chip, fields={"family": "Theirs"})
    view.form.save()
    qtbot.waitUntil(lambda: not field.error.isHidden(), timeout=20_000)
    assert "Theirs" in field.error.text()
    assert stored("SELECT family FROM chip WHERE id = ?", chip) == "Theirs"
    assert field.line.text() == "Mine"


PAGE = b"""<html><head><title>x</title><script>steal()</script><style>p {}</style></head>
<body onload="run()"><h1>The 910B</h1><p>It has <b>64&nbsp;GB</b>.<br>Two lines.</p>
<img src="https://tracker.example/x.png"><table><tr><td>FP16</td><td>320</td></tr></table></body></html>"""


def test_a_page_is_shown_as_its_words_only(qtbot, workspace, view, opened, id_of):
    assert inert_text(PAGE.decode()) == "The 910B\n\nIt has 64 GB.\nTwo lines.\n\nFP16 | 320"
    opened("seed-note")
    add_snapshot(
        workspace.base.engine, author="Ada", source_id=id_of("seed-note"), name="a.html", content=PAGE,
        taken_on="2025-06-30",
    )  # fmt: skip
    view._read_form(workspace.selection)
    panel = view.form.copies
    qtbot.waitUntil(lambda: len(panel._copies) == 1, timeout=20_000)
    panel.do("edit", next(iter(panel._copies)))
    qtbot.waitUntil(lambda: panel.viewer is not None and panel.viewer.isVisible(), timeout=20_000)
    assert "steal" not in panel.viewer.text.toPlainText()
    assert panel.viewer.text.isReadOnly()
    panel.viewer.close()


def test_a_pdf_leaves_only_as_a_read_only_file_of_its_own(qtbot, monkeypatch):
    from pathlib import Path

    from PySide6.QtGui import QDesktopServices

    from chipscape_db.queries.sources import SnapshotRow

    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    row = SnapshotRow("s", "../x;rm -rf.pdf", "application/pdf", "ab" * 32, 9, "2025-06-30")
    viewer = SnapshotViewer(row, b"%PDF-1.7 ")
    qtbot.addWidget(viewer)
    buttons = {button.text() for button in viewer.findChildren(QPushButton)}
    assert "Open in the PDF program" in buttons
    assert opened == []
    viewer.open_outside()
    (path,) = opened
    assert path.read_bytes() == b"%PDF-1.7 "
    assert path.stat().st_mode & 0o777 == 0o400
    assert path.name == "abababababababab.pdf"


def test_a_file_is_kept_by_its_path_and_refused_in_words(qtbot, view, workspace, opened, tmp_path, stored):
    opened("seed-note")
    panel = view.form.copies
    panel.do("add", "")
    program = tmp_path / "page.html"
    program.write_bytes(b"\x7fELF\x00\x01")
    panel.editor.fields["file"].line.setText(str(program))
    panel.editor.save()
    qtbot.waitUntil(lambda: not panel.editor.fields["file"].error.isHidden(), timeout=20_000)
    program.write_bytes(PAGE)
    with qtbot.waitSignal(workspace.changed, timeout=20_000):
        panel.editor.save()
    assert stored("SELECT media_type FROM snapshot") == "text/html"


def test_initials_follow_the_name_until_somebody_writes_others(qtbot):
    dialog = AuthorDialog("", "")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.name, "Ada Lovelace")
    assert dialog.said() == ("Ada Lovelace", "AL")
    dialog.initials.clear()
    qtbot.keyClicks(dialog.initials, "AdL")
    qtbot.keyClicks(dialog.name, "-Byron")
    assert dialog.said() == ("Ada Lovelace-Byron", "AdL")
    assert initials_of("Jean-Luc Martin") == "JLM"


def test_a_mark_set_elsewhere_is_seen(qtbot, view, workspace, opened):
    chip = opened("ascend-910b")
    mark_reviewed(workspace.base.engine, author="Bob", record_id=chip)
    view._read_form(workspace.selection)
    qtbot.waitUntil(lambda: "Bob" in view.form.review.label.text(), timeout=20_000)


def test_the_keyboard_reaches_save_right_after_the_last_field(qtbot, view, opened):
    opened("ascend-910b")
    view.form.show_tab("claims")
    panel = view.form.claims
    claim = next(iter(panel._claims))
    panel.go_to(claim)
    panel.do("prefer", claim)
    editor = panel.editor
    qtbot.waitUntil(lambda: editor.fields["rank_reason"].editor.hasFocus(), timeout=20_000)
    for expected in (editor.cancel_button, editor.save_button):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Tab)
        assert expected.hasFocus()
