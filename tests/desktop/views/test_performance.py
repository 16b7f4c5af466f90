"""The performance screen: what it reads, what choosing and pointing do."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from chipscape_db.commands.claims import set_rank
from chipscape_desktop.figures.catalog import figure
from chipscape_desktop.figures.drawing import Drawing, Marks, Text
from chipscape_desktop.figures.hit import Walk
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.theme import current_palette
from chipscape_desktop.views.performance.view import PerformanceView
from chipscape_desktop.workspace import Selection, Workspace


@pytest.fixture
def workspace(starter: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Workspace]:
    opened = Workspace(author="test")
    with qtbot.waitSignal(opened.opened, timeout=10_000):
        opened.open(Path(shutil.copy(starter, tmp_path / "facts.chipscape")))
    yield opened
    opened.close()


@pytest.fixture
def view(workspace: Workspace, qtbot: QtBot) -> PerformanceView:
    made = PerformanceView(workspace)
    qtbot.addWidget(made)
    made.resize(1000, 680)
    made.show()
    qtbot.waitUntil(partial(ready, made), timeout=10_000)
    return made


def ready(view: PerformanceView) -> bool:
    return view.current_spec() is not None


def spec_of(view: PerformanceView) -> PerformanceSpec:
    spec = view.current_spec()
    assert spec is not None
    return spec


def drawn(view: PerformanceView) -> Drawing:
    drawing = view.canvas.drawing()
    assert drawing is not None
    return drawing


def index_of(view: PerformanceView, name: str) -> int:
    return next(i for i, ref in enumerate(spec_of(view).points.refs) if ref.title.startswith(f"{name}:"))


def test_the_screen_shows_what_its_request_exports(view: PerformanceView) -> None:
    again = figure(view.figure_name).layout(
        spec_of(view), size=view.current_size(), palette=current_palette(), measure=default_measure(),
        view=view.current_view(),
    )  # fmt: skip
    shown = drawn(view)
    assert (again.width, again.height, again.title) == (shown.width, shown.height, shown.title)
    for one, other in zip(shown.layers, again.layers, strict=True):
        assert [item.text for item in one.items if isinstance(item, Text)] == [
            item.text for item in other.items if isinstance(item, Text)
        ]
        assert [item.x.tolist() for item in one.items if isinstance(item, Marks)] == [
            item.x.tolist() for item in other.items if isinstance(item, Marks)
        ]


def test_a_click_selects_the_chip(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    ref = spec_of(view).points.refs[index_of(view, "Ascend 310")]
    place = Walk(drawn(view)).position(ref)
    assert place is not None
    with qtbot.waitSignal(workspace.selection_changed, timeout=2_000):
        qtbot.mouseClick(
            view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(place.x), round(place.y)), delay=20
        )
    assert workspace.selection == Selection("record", ref.ids[0])
    assert view.current_request().options["focus"] == ref.ids[0]


def test_the_card_says_value_range_and_sources(view: PerformanceView) -> None:
    ref = spec_of(view).points.refs[index_of(view, "Ascend 910B")]
    text = view._card(ref)
    for part in ("Ascend 910B", "Huawei", "280\u00a0TFLOPS", "256–320", "3 independent sources", "2022"):
        assert part in text
    tick = next(tick for tick in spec_of(view).ticks.refs if tick.ids[1] == ref.ids[0])
    assert tick.title.split(":")[0].split(",")[0] in view._card(tick)


def test_controls_change_the_figure(view: PerformanceView, qtbot: QtBot) -> None:
    before = spec_of(view)
    view.controls.choose("sparsity", "dense")
    assert len(spec_of(view).points.x) < len(before.points.x)
    view.controls.choose("metric", "memory.capacity")
    qtbot.waitUntil(lambda: "Memory capacity" in spec_of(view).caption.title, timeout=5_000)
    assert view.current_request().options == {"metric": "memory.capacity", "sparsity": "dense"}
    assert view.current_view().x == pytest.approx(spec_of(view).home.x)
    view.controls.choose("metric", "compute.fp16")
    view.controls.choose("sparsity", "dense-or-unsaid")
    assert view.current_request().options == {}


def test_the_view_stays_where_it_is_when_only_the_look_changes(view: PerformanceView) -> None:
    view.canvas.zoom(0.5)
    zoomed = view.current_view()
    view.controls.choose("colour", "vendor")
    assert view.current_view() == zoomed
    view.controls.choose("scale", "linear")
    assert view.current_view() != zoomed


def test_filters_apply(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.set_filters(replace(workspace.filters, countries=frozenset({"CN"})))
    qtbot.waitUntil(lambda: spec_of(view).colours == ("china",), timeout=5_000)


def test_nothing_left_by_the_filters_offers_to_clear_them(
    view: PerformanceView, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.set_filters(replace(workspace.filters, countries=frozenset({"AQ"})))
    qtbot.waitUntil(view._clear.isVisible, timeout=5_000)
    qtbot.mouseClick(view._clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.canvas.isVisible, timeout=5_000)
    assert workspace.filters.active == 0


def test_deprecating_a_claim_changes_the_figure(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    i = index_of(view, "Ascend 910B")
    chosen = spec_of(view).points.refs[i].ids[1]
    workspace.run(partial(set_rank, claim_id=chosen, rank="deprecated", reason="withdrawn"))
    qtbot.waitUntil(lambda: "2 claims" in spec_of(view).points.refs[index_of(view, "Ascend 910B")].title, timeout=5_000)
    workspace.undo()
    qtbot.waitUntil(lambda: "3 claims" in spec_of(view).points.refs[index_of(view, "Ascend 910B")].title, timeout=5_000)


def test_controls_are_reachable_by_keyboard(view: PerformanceView) -> None:
    for box in (view.controls._metric, *view.controls._boxes.values()):
        assert box.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert all("&" in label.text() and label.buddy() is not None for label in view.controls._labels.values())
