"""The timeline's choices outlive the application, for each fact base by itself, and can be reset."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chipscape_desktop.base_choices import load_choices, save_choices
from chipscape_desktop.figures.timeline.lanes import Wishes
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.views.timeline import memory
from chipscape_desktop.views.timeline.choices import LANES, RULES, SHOW, SNAPS, Choices
from chipscape_desktop.views.timeline.memory import Kept
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Workspace

BASE = "01997a3e-7c1d-7b3e-9f00-1234567890ab"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path / "home"))


@pytest.fixture
def workspace(qtbot, starter_copy: Path) -> Iterator[Workspace]:
    install_fonts()
    made = Workspace("Tester")
    with qtbot.waitSignal(made.opened, timeout=10_000):
        made.open(starter_copy)
    yield made
    made.close()


def shown(qtbot, workspace: Workspace) -> TimelineView:
    view = TimelineView(workspace)
    qtbot.addWidget(view)
    view.resize(1310, 700)
    view.show()
    qtbot.waitUntil(lambda: view.current_spec() is not None and workspace.idle(), timeout=10_000)
    QApplication.processEvents()
    return view


def changed(qtbot, view: TimelineView, do) -> None:
    before = view.current_spec()
    do()
    qtbot.waitUntil(lambda: view.current_spec() is not before and view.workspace.idle(), timeout=10_000)
    QApplication.processEvents()


def test_another_start_shows_the_timeline_as_it_was_left(qtbot, workspace):
    view = shown(qtbot, workspace)
    keys = [lane.key for lane in view.current_spec().lanes]
    rules = [id_ for id_, _title in view.current_spec().known_rules][1:3]
    wishes = Wishes((keys[2], keys[0]), frozenset({keys[3]}), frozenset({keys[1]}))
    changed(qtbot, view, lambda: view.panel.choose_wishes(wishes))
    changed(qtbot, view, lambda: view.panel.choose_bands(tuple(rules)))
    changed(qtbot, view, lambda: view.panel.choose(replace(view.panel.choices(), show=("events", "chips"))))
    view.panel.editing.click()
    view.panel.snapping.chosen.emit("month")
    view.panel.snapping.choose("month")
    view.panel.snap_wanted.emit("month")
    left, choices = view.current_spec(), view.panel.choices()
    again = shown(qtbot, workspace)
    assert again.panel.choices() == choices
    assert [lane.key for lane in again.current_spec().lanes] == [lane.key for lane in left.lanes]
    assert [rule.id for rule in again.current_spec().rules] == [rule.id for rule in left.rules]
    assert not again.editing.can_edit
    assert not again.panel.editing.isChecked()
    assert again.editing.unit() == "month"
    assert again.panel.snapping.unit() == "month"


def test_each_grouping_keeps_its_own_lanes(qtbot, workspace):
    view = shown(qtbot, workspace)
    by_maker = [lane.key for lane in view.current_spec().lanes]
    changed(qtbot, view, lambda: view.headers.put(by_maker[0], 1))
    changed(qtbot, view, lambda: view.panel.lanes.setCurrentIndex(LANES.index("country")))
    by_country = [lane.key for lane in view.current_spec().lanes]
    changed(qtbot, view, lambda: view.headers.hide(by_country[1]))
    changed(qtbot, view, lambda: view.panel.lanes.setCurrentIndex(LANES.index("organization")))
    assert [lane.key for lane in view.current_spec().lanes][:2] == [by_maker[1], by_maker[0]]
    again = shown(qtbot, workspace)
    changed(qtbot, again, lambda: again.panel.lanes.setCurrentIndex(LANES.index("country")))
    assert by_country[1] not in [lane.key for lane in again.current_spec().lanes]


def test_records_that_are_gone_are_left_out_quietly(qtbot, workspace):
    first = shown(qtbot, workspace)
    before = first.current_spec()
    base_id = first._base_id
    gone = "01997a3e-0000-7000-8000-000000000000"
    wishes = Wishes((gone,), frozenset({gone}), frozenset({gone}))
    memory.save(base_id, Kept(Choices(wishes=wishes, bands=(gone,))))
    again = shown(qtbot, workspace)
    assert [lane.key for lane in again.current_spec().lanes] == [lane.key for lane in before.lanes]
    assert [rule.id for rule in again.current_spec().rules] == [rule.id for rule in before.rules]
    assert again.current_spec().rules_wanted == "important"


def test_all_of_it_can_be_reset(qtbot, workspace):
    view = shown(qtbot, workspace)
    usual = [lane.key for lane in view.current_spec().lanes]
    changed(qtbot, view, lambda: view.headers.put(usual[0], 2))
    view.panel.editing.click()
    view.panel.snap_wanted.emit("year")
    assert load_choices(view._base_id, "timeline")
    changed(qtbot, view, view.panel._reset.trigger)
    assert [lane.key for lane in view.current_spec().lanes] == usual
    assert view.editing.can_edit
    assert view.editing.chosen is None
    assert load_choices(view._base_id, "timeline") == {}


def test_the_unit_is_chosen_by_keyboard(qtbot, workspace):
    view = shown(qtbot, workspace)
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_S)
    menu = view.panel.snapping
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert view.editing.unit() == "month"
    assert load_choices(view._base_id, "timeline")["snap"] == "month"


WORDS = st.text("abc-~", min_size=1, max_size=4)
WISHES = st.builds(
    Wishes, st.lists(WORDS, unique=True).map(tuple), st.frozensets(WORDS), st.frozensets(WORDS)
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(LANES), st.lists(st.sampled_from(SHOW), min_size=1, unique=True), st.booleans(),
    st.sampled_from(RULES), st.dictionaries(st.sampled_from(LANES), WISHES), st.lists(WORDS, unique=True),
    st.booleans(), st.sampled_from(SNAPS), st.booleans(),
)  # fmt: skip
def test_whatever_is_kept_comes_back(lanes, show, every, rules, wishes, bands, arrows, snap, editing):
    show = tuple(name for name in SHOW if name in show)
    choices = Choices(lanes, show, every, rules, wishes.get(lanes, Wishes()), tuple(bands), arrows)
    memory.save(BASE, Kept(choices, wishes, snap, editing))
    kept = memory.load(BASE)
    assert kept.choices == choices
    assert (kept.snap, kept.editing) == (snap, editing)
    assert {name: each for name, each in kept.wishes.items() if each != Wishes()} == {
        name: each for name, each in wishes.items() if each != Wishes()
    }


@pytest.mark.parametrize(
    "stored",
    [
        {"lanes": 3, "show": "events", "rules": None, "wishes": [], "bands": {}, "snap": "week"},
        {"lanes": "moon", "show": [], "wishes": {"kind": {"order": 4, "hidden": [1, None]}, "moon": {}, "country": 9}},
    ],
)
def test_what_is_not_understood_takes_its_default(stored):
    save_choices(BASE, "timeline", stored)
    kept = memory.load(BASE)
    assert kept.choices == Choices()
    assert kept.snap == ""
    assert all(each == Wishes() for each in kept.wishes.values())
