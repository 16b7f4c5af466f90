"""The performance screen: what it reads, what choosing and pointing do."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from chipscape_db.commands.claims import set_rank
from chipscape_desktop.export.jobs import ExportJob, export_figure
from chipscape_desktop.figures.catalog import figure, names, options_of, table_of
from chipscape_desktop.figures.drawing import Drawing, Marks, Ref, Text
from chipscape_desktop.figures.hit import Walk
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.theme import current_palette
from chipscape_desktop.views.performance.gallery import OTHER_SCREENS, chart_names
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


def settled(workspace: Workspace, qtbot: QtBot) -> None:
    qtbot.waitUntil(workspace.idle, timeout=10_000)


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
    assert workspace.selection == Selection("record", ref.ids[0], "compute.fp16")
    settled(workspace, qtbot)
    assert view.current_request().options["focus"] == ref.ids[0]


def test_the_card_says_value_range_and_sources(view: PerformanceView) -> None:
    ref = spec_of(view).points.refs[index_of(view, "Ascend 910B")]
    text = view.pointing.card(ref)
    for part in ("Ascend 910B", "Huawei", "280\u00a0TFLOPS", "256–320", "3 independent sources", "2022"):
        assert part in text
    tick = next(tick for tick in spec_of(view).ticks.refs if tick.ids[1] == ref.ids[0])
    assert tick.title.split(":")[0].split(",")[0] in view.pointing.card(tick)


def test_controls_change_the_figure(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    before = spec_of(view)
    view.controls.choose("sparsity", "dense")
    settled(workspace, qtbot)
    assert len(spec_of(view).points.x) < len(before.points.x)
    view.controls.choose("metric", "memory.capacity")
    qtbot.waitUntil(lambda: "Memory capacity" in spec_of(view).caption.title, timeout=5_000)
    assert view.current_request().options == {"metric": "memory.capacity", "sparsity": "dense"}
    settled(workspace, qtbot)
    assert view.current_view().x == pytest.approx(spec_of(view).home.x)
    view.controls.choose("metric", "compute.fp16")
    view.controls.choose("sparsity", "dense-or-unsaid")
    settled(workspace, qtbot)
    assert view.current_request().options == {}


def test_the_view_stays_where_it_is_when_only_the_look_changes(
    view: PerformanceView, workspace: Workspace, qtbot: QtBot
) -> None:
    view.canvas.zoom(0.5)
    zoomed, before = view.current_view(), spec_of(view)
    view.controls.choose("colour", "vendor")
    settled(workspace, qtbot)
    assert spec_of(view).colours != before.colours
    assert view.current_view() == zoomed
    view.controls.choose("scale", "linear")
    settled(workspace, qtbot)
    assert view.current_view() != zoomed


def test_filters_apply(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.set_filters(replace(workspace.filters, countries=frozenset({"CN"})))
    qtbot.waitUntil(lambda: spec_of(view).colours == ("china",), timeout=5_000)


def test_nothing_left_by_the_filters_offers_to_clear_them(
    view: PerformanceView, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.set_filters(replace(workspace.filters, countries=frozenset({"AQ"})))
    qtbot.waitUntil(view._empty.clear.isVisible, timeout=5_000)
    qtbot.mouseClick(view._empty.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.canvas.isVisible, timeout=5_000)
    assert workspace.filters.active == 0


def test_deprecating_a_claim_changes_the_figure(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    i = index_of(view, "Ascend 910B")
    chosen = spec_of(view).points.refs[i].ids[1]
    workspace.run(partial(set_rank, claim_id=chosen, rank="deprecated", reason="withdrawn"))
    qtbot.waitUntil(lambda: "2 claims" in spec_of(view).points.refs[index_of(view, "Ascend 910B")].title, timeout=5_000)
    workspace.undo()
    qtbot.waitUntil(lambda: "3 claims" in spec_of(view).points.refs[index_of(view, "Ascend 910B")].title, timeout=5_000)


def test_the_gallery_offers_every_chart_and_arrows_switch_it(view: PerformanceView, qtbot: QtBot) -> None:
    view.resize(1300, 700)
    assert view.gallery.isVisible()
    assert not view.header.box.isVisible()
    assert chart_names() == tuple(name for name in names() if name not in OTHER_SCREENS)
    qtbot.keyClick(view.gallery, Qt.Key.Key_Down)
    assert view.figure_name == chart_names()[1]
    qtbot.waitUntil(partial(ready, view), timeout=10_000)
    assert drawn(view).title == view.current_spec().caption.title
    qtbot.keyClick(view.gallery, Qt.Key.Key_Up)
    assert view.figure_name == chart_names()[0]


@pytest.mark.parametrize("name", chart_names())
def test_every_chart_is_hosted_with_its_options(view: PerformanceView, qtbot: QtBot, name: str) -> None:
    view.show_figure(name)
    qtbot.waitUntil(partial(ready, view), timeout=10_000)
    assert set(view.controls.boxes) == {option.name for option in options_of(figure(name))}
    assert view.current_request().options == {}
    assert view.current_view().x == pytest.approx(figure(name).home(view.current_spec()).x)
    ref = Walk(drawn(view)).order()[0].ref
    assert ref.title.partition(":")[0].split(",")[0].split()[0] in view.pointing.card(ref)


def test_each_figure_keeps_its_options(view: PerformanceView, qtbot: QtBot) -> None:
    view.controls.choose("colour", "vendor")
    view.show_figure("export-control")
    view.controls.choose("trail", "off")
    view.show_figure("performance-over-time")
    assert view.controls.options() == {"colour": "vendor"}
    view.show_figure("export-control")
    assert view.controls.options() == {"trail": "off"}
    qtbot.waitUntil(partial(ready, view), timeout=10_000)


def test_a_narrow_window_has_a_list_of_names_instead_of_the_gallery(view: PerformanceView, qtbot: QtBot) -> None:
    assert not view.gallery.isVisible()
    assert view.header.box.isVisible()
    view.header.box.setFocus()
    qtbot.keyClick(view.header.box, Qt.Key.Key_Down)
    assert view.figure_name == view.header.box.currentData() == chart_names()[1]
    view.resize(1300, 700)
    view.header.gallery.click()
    assert not view.gallery.isVisible()
    assert view.header.box.isVisible()


def test_pictures_are_drawn_once_until_facts_change(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    thumbnails = view.gallery.thumbnails
    view.resize(1300, 700)
    qtbot.waitUntil(lambda: all(thumbnails.image(name) is not None for name in chart_names()), timeout=20_000)
    first = {name: thumbnails.image(name) for name in chart_names()}
    image = first[chart_names()[0]]
    assert image is not None
    assert len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}) > 3
    view.gallery.refresh()
    qtbot.waitUntil(lambda: not thumbnails._queue and workspace.idle(), timeout=10_000)
    assert all(thumbnails.image(name) is first[name] for name in chart_names())
    chosen = spec_of(view).points.refs[index_of(view, "Ascend 910B")].ids[1]
    with qtbot.waitSignal(thumbnails.drawn, timeout=20_000):
        workspace.run(partial(set_rank, claim_id=chosen, rank="deprecated", reason="withdrawn"))


def test_the_table_holds_the_figure_and_selects(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    with qtbot.waitActive(view):
        view.activateWindow()
    qtbot.keyClick(view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(view.table.isVisible, timeout=2_000)
    assert view.table.table() == table_of(figure(view.figure_name), spec_of(view))
    view.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    values = [row[4] for row in view.table.table().numbers]
    there = [value for value in values if value is not None]
    assert there == sorted(there, reverse=True)
    assert values[: len(there)] == there
    assert view.table.text(selected=False).count("\n") == len(values)
    view.table.selectRow(0)
    assert workspace.selection == Selection("record", view.table.table().refs[0].ids[0])
    qtbot.keyClick(view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(view.canvas.isVisible, timeout=2_000)


def test_a_brushed_rectangle_lists_what_is_inside(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    place = Walk(drawn(view)).position(spec_of(view).points.refs[index_of(view, "Ascend 910B")])
    assert place is not None
    assert not view.pointing.brush.begin(place.x, place.y)
    view.pointing.brush._start = QPoint(round(place.x) - 6, round(place.y) - 6)
    view.pointing.brush.end(place.x + 6, place.y + 6)
    assert view.inside.isVisible()
    assert workspace.selection is not None
    assert workspace.selection.id in view.canvas.rings.selected
    assert place.ref.ids[0] in view.canvas.rings.selected
    qtbot.keyClick(view.inside, Qt.Key.Key_Escape)
    assert view.canvas.rings.selected == {workspace.selection.id}


def test_a_record_is_chosen_by_a_part_of_its_name(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    box = view.controls.boxes["baseline"]
    qtbot.waitUntil(lambda: box.count() > 100, timeout=5_000)
    box.setEditText("nvidia a100 80GB sxm")
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert view.controls.options() == {"baseline": "nvidia-a100-80gb-sxm"}
    settled(workspace, qtbot)
    assert spec_of(view).reference is not None
    box.setEditText("nothing of the kind")
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert view.controls.options() == {"baseline": "nvidia-a100-80gb-sxm"}


def test_a_figure_is_saved_changed_and_undone(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    view.controls.choose("colour", "vendor")
    view.canvas.zoom(0.5)
    zoomed = view.current_view()
    view.saved.fill()
    view.saved._ask_name()
    qtbot.keyClicks(view.strip.line, "Makers, close")
    qtbot.keyClick(view.strip.line, Qt.Key.Key_Return)
    settled(workspace, qtbot)
    assert [row.name for row in view.saved.rows] == ["Makers, close"]
    view.show_figure("export-control")
    settled(workspace, qtbot)
    assert view.saved.current() is None
    view.saved.show(view.saved.rows[0].id)
    settled(workspace, qtbot)
    assert view.controls.options() == {"colour": "vendor"}
    assert view.current_view().x == pytest.approx(zoomed.x)
    view.controls.choose("colour", "country")
    view.saved.update()
    settled(workspace, qtbot)
    workspace.undo()
    settled(workspace, qtbot)
    assert view.controls.options() == {"colour": "vendor"}
    view.saved.duplicate()
    settled(workspace, qtbot)
    view.saved.rename("Two")
    settled(workspace, qtbot)
    assert [row.name for row in view.saved.rows] == ["Makers, close", "Two"]
    assert view.saved.current() == view.saved.rows[1]
    view.saved.delete()
    settled(workspace, qtbot)
    assert [row.name for row in view.saved.rows] == ["Makers, close"]
    view.saved.fill()
    texts = [action.text() for action in view.saved._menu.actions() if action.text()]
    assert texts[0] == "Makers, close"
    assert all("&" in text for text in texts[1:])


def test_remarks_are_part_of_the_figure_and_of_its_export(
    view: PerformanceView, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = (Walk(drawn(view)).position(spec_of(view).points.refs[index_of(view, name)])
                     for name in ("Ascend 310", "Ascend 910C"))  # fmt: skip
    assert first is not None
    assert second is not None
    view.annotating.begin("growth")
    qtbot.keyClick(view.strip.line, Qt.Key.Key_Return)
    assert view.annotating.placing
    for place in (first, second):
        view.canvas.activated.emit(place.ref)
    settled(workspace, qtbot)
    assert not view.annotating.placing
    assert [row.name for row in view.saved.rows] == ["Performance over time"]
    said = next(layer for layer in drawn(view).layers if layer.name == "annotations")
    text = next(item.text for item in said.items if isinstance(item, Text))
    values = spec_of(view).points.value[[index_of(view, "Ascend 310"), index_of(view, "Ascend 910C")]]
    assert text.startswith(f"×{values[1] / values[0]:.2g} (+{values[1] - values[0]:.0f}\u00a0TFLOPS)")
    view.annotating.begin("text")
    qtbot.keyClicks(view.strip.line, "Here")
    qtbot.keyClick(view.strip.line, Qt.Key.Key_Return)
    plot = drawn(view).plot
    qtbot.mouseClick(
        view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(plot.x + 30), round(plot.y + 30))
    )
    settled(workspace, qtbot)
    assert [one.kind for one in view.annotations] == ["growth", "text"]
    job = ExportJob(
        view.figure_name, view.current_request(), view.current_size(), "light", "facts", view=view.current_view(),
        annotations=view.annotations,
    )  # fmt: skip
    export_figure(job, spec_of(view), tmp_path / "figure.svg")
    assert "Here" in (tmp_path / "figure.svg").read_text(encoding="utf-8")
    view.pointing.activate(Ref("annotation", ("1",)))
    qtbot.mouseClick(view.strip.remove, Qt.MouseButton.LeftButton)
    settled(workspace, qtbot)
    assert [one.kind for one in view.annotations] == ["growth"]
    workspace.undo()
    settled(workspace, qtbot)
    assert [one.kind for one in view.annotations] == ["growth", "text"]
    for _step in range(2):
        workspace.undo()
        settled(workspace, qtbot)
    assert view.annotations == ()
    assert view.saved.rows == []


def test_a_title_of_its_own_is_saved(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    usual = spec_of(view).caption.title
    view.header.title.click()
    assert view.strip.line.text() == usual
    view.strip.line.setText("A leap")
    qtbot.keyClick(view.strip.line, Qt.Key.Key_Return)
    settled(workspace, qtbot)
    assert spec_of(view).caption.title == drawn(view).title == "A leap"
    assert view.saved.rows[0].content.title == "A leap"
    workspace.undo()
    settled(workspace, qtbot)
    assert spec_of(view).caption.title == usual


def test_what_is_asked_can_be_left_by_keyboard(view: PerformanceView, qtbot: QtBot) -> None:
    view.annotating.begin("arrow")
    qtbot.keyClick(view.strip.line, Qt.Key.Key_Escape)
    assert not view.strip.isVisible()
    assert not view.annotating.placing


def test_controls_are_reachable_by_keyboard(view: PerformanceView) -> None:
    for box in view.controls.boxes.values():
        assert box.focusPolicy() & Qt.FocusPolicy.TabFocus
    more = view.controls.behind
    assert more >= {option.name for option in options_of(figure(view.figure_name)) if option.more}
    for behind in (False, True):  # what is behind "More" is a window with letters of its own
        texts = [label.text() for name, label in view.controls.labels.items() if (name in more) is behind]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(letters)) == len(letters)
        assert behind or not {"f", "e", "v", "h"} & set(letters)
    assert all("&" in label.text() and label.buddy() is not None for label in view.controls.labels.values())


def test_a_contested_mark_shows_its_rivals_side_by_side(
    view: PerformanceView, workspace: Workspace, qtbot: QtBot
) -> None:
    ref = spec_of(view).points.refs[index_of(view, "Ascend 910B")]
    view.pointing.activate(ref)
    qtbot.waitUntil(view.rivals.isVisible, timeout=5_000)
    table = view.rivals.table
    assert table.columnCount() == len(ref.ids) - 1
    heads = [table.verticalHeaderItem(row).text() for row in range(table.rowCount())]
    assert {"Value", "Who says it", "Kind of source", "Origin", "Source"} <= set(heads)
    values = {table.item(0, column).text() for column in range(table.columnCount())}
    assert {"280\u00a0TFLOPS", "256\u00a0TFLOPS", "320\u00a0TFLOPS"} <= values
    assert workspace.selection is not None
    assert workspace.selection.metric == "compute.fp16"
    table.setCurrentCell(0, 1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    with workspace.base.engine.connect() as connection:
        kind = connection.exec_driver_sql("SELECT kind FROM record WHERE id = ?", (workspace.selection.id,)).scalar()
    assert kind == "source"
    qtbot.keyClick(view.rivals, Qt.Key.Key_Escape)
    assert not view.rivals.isVisible()


def test_the_rivals_go_when_another_record_is_selected_elsewhere(
    view: PerformanceView, workspace: Workspace, qtbot: QtBot
) -> None:
    refs = spec_of(view).points.refs
    ref, other = (refs[index_of(view, name)] for name in ("Ascend 910B", "Nvidia H100 SXM"))
    view.pointing.activate(ref)
    qtbot.waitUntil(view.rivals.isVisible, timeout=5_000)
    workspace.select(Selection("record", ref.ids[0], rule="maker"))  # the same record, from the inspector
    assert view.rivals.isVisible()
    workspace.select(Selection("record", other.ids[0]))
    assert not view.rivals.isVisible()
    view.pointing.activate(ref)
    workspace.select(Selection("record", other.ids[0]))  # while the claims are on their way
    settled(workspace, qtbot)
    assert not view.rivals.isVisible()


def test_a_click_on_a_tick_shows_all_claims_about_its_value(view: PerformanceView, qtbot: QtBot) -> None:
    i = index_of(view, "Ascend 910B")
    ticks = spec_of(view).ticks
    tick = next(ticks.refs[k] for k in range(len(ticks.point)) if ticks.point[k] == i)
    view.pointing.activate(tick)
    qtbot.waitUntil(view.rivals.isVisible, timeout=5_000)
    assert view.rivals.table.columnCount() >= 4
    view.show_figure("ranking")
    assert not view.rivals.isVisible()


def test_many_rival_claims_do_not_widen_the_window(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    view.show_figure("export-control")
    qtbot.waitUntil(lambda: ready(view) and workspace.idle(), timeout=10_000)
    view.resize(900, 680)
    width = view.width()
    ref = max((place.ref for place in Walk(drawn(view)).order()), key=lambda ref: len(ref.ids))
    view.pointing.activate(ref)
    qtbot.waitUntil(view.rivals.isVisible, timeout=5_000)
    assert view.rivals.table.columnCount() > 4
    assert view.minimumSizeHint().width() <= width == view.width()


def test_rival_claims_keep_to_the_as_of_date(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    def values() -> set[str]:
        i, spec = index_of(view, "Ascend 910B"), spec_of(view)
        view.pointing.activate(
            next(spec.ticks.refs[k] for k in range(len(spec.ticks.point)) if spec.ticks.point[k] == i)
        )
        settled(workspace, qtbot)
        assert view.rivals.isVisible()
        table = view.rivals.table
        return {table.item(0, column).text() for column in range(table.columnCount())}

    now = values()
    workspace.change_filters(as_of=date(2024, 12, 31))
    assert not view.rivals.isVisible()
    settled(workspace, qtbot)
    measured = {one for one in now if one.startswith("313")}  # published in November 2025
    assert measured
    assert values() == now - measured


def test_the_choosing_rule_is_one_for_all_figures(view: PerformanceView, workspace: Workspace, qtbot: QtBot) -> None:
    view.controls.choose("rule", "optimistic")
    settled(workspace, qtbot)
    assert spec_of(view).points.value[index_of(view, "Ascend 910B")] == 320
    for name in ("comparison", "spec-table", "efficiency", "roofline", "ranking"):
        view.show_figure(name)
        assert view.controls.options()["rule"] == "optimistic"
        qtbot.waitUntil(partial(ready, view), timeout=10_000)
        assert "most favourable" in " ".join(view.current_spec().caption.notes)
    view.controls.choose("rule", "conservative")
    view.show_figure("performance-over-time")
    assert view.controls.options()["rule"] == "conservative"


def test_metrics_are_chosen_from_a_list(view: PerformanceView, qtbot: QtBot) -> None:
    view.show_figure("comparison")
    qtbot.waitUntil(partial(ready, view), timeout=10_000)
    box = view.controls.boxes["metrics"]
    box._changed(box._list.item(0))
    kept = view.controls.options()["metrics"].split(",")
    assert len(kept) == 6
    qtbot.waitUntil(lambda: view.current_spec() is not None, timeout=5_000)


def test_options_are_reset_and_undo_does_not_touch_them(
    view: PerformanceView, workspace: Workspace, qtbot: QtBot
) -> None:
    assert not view.header.reset.isEnabled()
    view.controls.choose("scale", "linear")
    view.controls.choose("labels", "none")
    qtbot.waitUntil(view.header.reset.isEnabled, timeout=10_000)
    workspace.undo()
    settled(workspace, qtbot)
    assert view.current_request().options == {"scale": "linear", "labels": "none"}
    qtbot.mouseClick(view.header.reset, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not view.header.reset.isEnabled(), timeout=10_000)
    assert view.current_request().options == {}
    assert view.controls.options() == {}


def test_an_update_of_a_saved_figure_is_undone_with_its_options(
    view: PerformanceView, workspace: Workspace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        view.saved.save_as("Mine")
    settled(workspace, qtbot)
    view.controls.choose("scale", "linear")
    settled(workspace, qtbot)
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        view.saved.update()
    settled(workspace, qtbot)
    with qtbot.waitSignal(workspace.changed, timeout=10_000):
        workspace.undo()
    settled(workspace, qtbot)
    assert view.controls.options() == {}
