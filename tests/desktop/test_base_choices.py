"""What is kept for one fact base between starts."""

import json

import pytest

from chipscape_desktop.base_choices import load_choices, save_choices
from chipscape_desktop.paths import config_folder

BASE = "01997a3e-7c1d-7b3e-9f00-1234567890ab"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path / "home"))


def test_each_base_and_each_part_keeps_its_own():
    assert save_choices(BASE, "timeline", {"lanes": "kind"})
    assert save_choices(BASE, "map", {"layout": "force"})
    assert save_choices("other", "timeline", {"lanes": "none"})
    assert load_choices(BASE, "timeline") == {"lanes": "kind"}
    assert load_choices(BASE, "map") == {"layout": "force"}
    assert load_choices("other", "timeline") == {"lanes": "none"}
    assert save_choices(BASE, "timeline", {})
    assert load_choices(BASE, "timeline") == {}
    assert load_choices(BASE, "map") == {"layout": "force"}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"timeline": 3}', "[" * 100_000])
def test_what_cannot_be_read_is_as_if_nothing_was_kept(content):
    path = config_folder() / "bases" / f"{BASE}.json"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    assert load_choices(BASE, "timeline") == {}
    assert save_choices(BASE, "timeline", {"lanes": "kind"})
    assert json.loads(path.read_text())["timeline"] == {"lanes": "kind"}


@pytest.mark.parametrize("base_id", ["", "../elsewhere", "a/b", "C:\\x"])
def test_an_id_that_is_none_names_no_file(base_id):
    assert not save_choices(base_id, "timeline", {"lanes": "kind"})
    assert load_choices(base_id, "timeline") == {}


def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    assert not save_choices(BASE, "timeline", {"lanes": "kind"})
