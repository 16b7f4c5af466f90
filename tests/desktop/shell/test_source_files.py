from functools import partial

import pytest

from chipscape_db.commands.records import rename_record
from chipscape_db.commands.reviews import mark_reviewed
from chipscape_desktop import notices
from chipscape_desktop.settings import Settings
from chipscape_desktop.shell.author_dialog import AuthorDialog
from chipscape_desktop.shell.main_window import MainWindow


@pytest.fixture
def window(qtbot, workspace, tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path / "home"))
    window = MainWindow(workspace, Settings(author_asked=True))
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize("suffix", [".bib", ".json", ".ris"])
def test_sources_leave_and_come_back_unchanged(qtbot, window, tmp_path, suffix):
    path = tmp_path / f"sources{suffix}"
    window.sources.export_to(path)
    qtbot.waitUntil(lambda: "written to" in window.notice.text(), timeout=20_000)
    window.sources.import_from(path)
    qtbot.waitUntil(lambda: "known already" in window.notice.text(), timeout=20_000)
    assert window.notice.text().startswith("0 new sources")
    # The first time an address is put in its stored form; from then on nothing is left to do.
    window.notice.dismiss()
    window.sources.import_from(path)
    qtbot.waitUntil(lambda: "0 completed" in window.notice.text(), timeout=20_000)


def test_a_reviewed_source_is_completed_only_when_agreed_and_told_only_then(
    qtbot, window, workspace, tmp_path, stored, monkeypatch
):
    lacking = "FROM source WHERE url IS NOT NULL AND doi IS NULL AND language IS NOT NULL ORDER BY id"
    source, url = stored(f"SELECT id {lacking}"), stored(f"SELECT url {lacking}")
    mark_reviewed(workspace.base.engine, author="Bob", record_id=source)
    path = tmp_path / "one.ris"
    path.write_text(f"TY  - ELEC\nTI  - Anything\nUR  - {url}\nDO  - 10.1234/chips\nER  - \n", encoding="utf-8")
    answers = [False, True]
    monkeypatch.setattr(notices, "ask", lambda *_asked, **_rest: answers.pop(0))
    with qtbot.waitSignal(workspace.held, timeout=20_000):
        window.sources.import_from(path)
    assert stored("SELECT doi FROM source WHERE id = ?", source) is None
    assert "completed" not in window.notice.text()
    with qtbot.waitSignal(workspace.changed, timeout=20_000):
        window.sources.import_from(path)
    assert stored("SELECT doi FROM source WHERE id = ?", source) == "10.1234/chips"
    assert window.notice.text() == "0 new sources, 1 completed, 0 known already."


def test_a_file_that_is_no_bibliography_is_told_in_words(qtbot, window, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a,b")
    window.sources.import_from(path)
    qtbot.waitUntil(lambda: "no bibliography" in window.notice.text(), timeout=20_000)


def test_who_signs_is_asked_once(qtbot, workspace, tmp_path, monkeypatch, id_of):

    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path / "home"))
    window = MainWindow(workspace, Settings())
    qtbot.addWidget(window)
    window.show()
    for name in ("Huawei 1", "Huawei 2"):
        window.notice.dismiss()
        with qtbot.waitSignal(workspace.changed, timeout=20_000):
            workspace.run(partial(rename_record, record_id=id_of("huawei"), name=name))
        asked = "Your changes are signed" in window.notice.text()
        assert asked == (name == "Huawei 1")
    window.files.ask_author()

    dialog = window.findChild(AuthorDialog)
    dialog.name.setText("Ada Lovelace")
    dialog.initials.setText("AL")
    dialog.accept()
    assert workspace.author == "Ada Lovelace (AL)"
    assert window.settings.author == "Ada Lovelace"
