import json

import pytest
from PySide6.QtWidgets import QMainWindow

from chipscape_desktop.settings import MOST_RECENT_FILES, Settings, load_settings, save_settings, settings_path
from chipscape_desktop.window_state import restore_window, save_window


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path / "home"))


def store(text):
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(text, encoding="utf-8")


def test_without_a_file_there_are_defaults():
    assert load_settings() == Settings()


def test_what_is_saved_comes_back():
    settings = Settings(language="fr", author="Ève Martin", initials="ÈM", recent_files=("/a", "/b"))
    assert save_settings(settings)
    assert load_settings() == settings


def test_unknown_keys_are_kept():
    store('{"language": "fr", "telescope": {"length": 3}}')
    save_settings(load_settings())
    stored = json.loads(settings_path().read_text(encoding="utf-8"))
    assert stored["telescope"] == {"length": 3}
    assert stored["language"] == "fr"


@pytest.mark.parametrize("text", ["{", "[]", "\udcff", ""], ids=["cut", "list", "bytes", "empty"])
def test_a_broken_file_is_kept_aside(text, expect_log):
    expect_log("settings are broken")
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_bytes(text.encode(errors="surrogateescape"))
    assert load_settings() == Settings()
    assert settings_path().with_suffix(".broken.json").read_bytes() == text.encode(errors="surrogateescape")
    assert not settings_path().exists()


def test_a_value_of_the_wrong_kind_takes_its_default(expect_log):
    expect_log("theme is not of its kind")
    store('{"theme": 3, "language": "fr"}')
    assert load_settings() == Settings(language="fr")


def test_a_folder_that_cannot_be_written_loses_nothing(tmp_path, monkeypatch):
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    monkeypatch.setenv("CHIPSCAPE_HOME", str(blocker))
    assert not save_settings(Settings())
    assert blocker.read_text() == "not a folder"


def test_saving_leaves_no_parts():
    save_settings(Settings())
    save_settings(Settings(theme="dark"))
    assert [path.name for path in settings_path().parent.iterdir()] == ["settings.json"]


def test_recent_files_have_the_newest_first_and_no_doubles(tmp_path):
    settings = Settings()
    files = [tmp_path / f"{number}.chipscape" for number in range(MOST_RECENT_FILES + 2)]
    for path in [*files, files[3]]:
        settings = settings.with_recent_file(path)
    assert settings.last_file == settings.recent_files[0] == str(files[3])
    assert len(settings.recent_files) == len(set(settings.recent_files)) == MOST_RECENT_FILES
    gone = settings.without_recent_file(files[3])
    assert gone.last_file == ""
    assert str(files[3]) not in gone.recent_files


def test_a_window_comes_back_where_it_stood(qtbot):
    windows = []
    for _ in range(2):
        window = QMainWindow()
        window.setObjectName("main")
        qtbot.addWidget(window)
        windows.append(window)
    assert not restore_window(windows[0])
    windows[0].resize(611, 433)
    save_window(windows[0])
    assert restore_window(windows[1])
    assert (windows[1].width(), windows[1].height()) == (611, 433)
