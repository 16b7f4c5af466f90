from functools import partial

import pytest

from chipscape_db.commands.records import rename_record
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
