"""The ecosystem screen, by mouse and by keyboard."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

from chipscape_db.filters import Filters
from chipscape_desktop import i18n, notices
from chipscape_desktop.export.painter import paint
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.figures.hit import Walk
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.theme import current_palette
from chipscape_desktop.views.ecosystem.frames_dialog import FramesDialog
from chipscape_desktop.views.ecosystem.view import EcosystemView
from chipscape_desktop.workspace import Selection, Workspace


@pytest.fixture
def view(qtbot, starter_copy: Path) -> Iterator[EcosystemView]:
    install_fonts()
    workspace = Workspace("Tester")
    with qtbot.waitSignal(workspace.opened, timeout=10_000):
        workspace.open(starter_copy)
    made = EcosystemView(workspace)
    qtbot.addWidget(made)
    made.resize(1000, 690)
    made.show()
    settled(qtbot, made)
    yield made
    workspace.close()
    i18n.set_language("en")


def settled(qtbot, view: EcosystemView, before: object = None) -> EcosystemSpec:
    qtbot.waitUntil(lambda: view.current_spec() is not None and view.current_spec() is not before, timeout=20_000)
    QApplication.processEvents()
    spec = view.current_spec()
    assert spec is not None
    return spec


def number(spec: EcosystemSpec, slug: str) -> int:
    return next(i for i, node in enumerate(spec.nodes) if node.slug == slug)


def place_of(view: EcosystemView, slug: str) -> QPoint:
    spec, drawing = view.current_spec(), view.canvas.drawing()
    assert spec is not None
    assert drawing is not None
    found = Walk(drawing).position(spec.refs[number(spec, slug)])
    assert found is not None
    return QPoint(round(found.x), round(found.y))


def drag(qtbot, view: EcosystemView, start: QPoint, end: QPoint) -> None:
    port = view.canvas.viewport()
    qtbot.mouseMove(port, start)
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(port, start + (end - start) * share)
        qtbot.wait(20)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def double_click(qtbot, view: EcosystemView, at: QPoint) -> None:
    port = view.canvas.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=at)


def wheel(view: EcosystemView, at: QPoint, steps: int) -> None:
    port = view.canvas.viewport()
    event = QWheelEvent(
        QPointF(at), port.mapToGlobal(QPointF(at)), QPoint(0, 0), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)


def test_the_screen_shows_what_an_export_of_the_same_view_and_size_shows(qtbot, view):
    wheel(view, place_of(view, "huawei"), 4)
    qtbot.waitUntil(lambda: not view.canvas._moving, timeout=5_000)
    shown = view.canvas.drawing()
    exported = catalog.figure("ecosystem").layout(
        view.current_spec(), size=view.current_size(), palette=current_palette(), measure=default_measure(),
        view=view.current_view(),
    )  # fmt: skip
    assert [layer.name for layer in shown.layers] == [layer.name for layer in exported.layers]
    for ours, theirs in zip(shown.layers, exported.layers, strict=True):
        assert len(ours.items) == len(theirs.items)
        for one, other in zip(ours.items, theirs.items, strict=True):
            for field in type(one).__slots__:
                a, b = getattr(one, field), getattr(other, field)
                assert np.allclose(a, b, atol=1e-6) if isinstance(a, np.ndarray) else a == b, field
    size = view.canvas.viewport().size()
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(exported, painter)
    painter.end()
    assert view.canvas.viewport().grab().toImage().convertToFormat(image.format()) == image


def test_a_dragged_node_is_pinned_and_stays_when_the_filters_change(qtbot, view):
    start = place_of(view, "asml")
    before = view.current_spec()
    drag(qtbot, view, start, start + QPoint(60, -90))
    spec = view.current_spec()
    asml = number(spec, "asml")
    assert np.hypot(*(spec.xy[asml] - before.xy[number(before, "asml")])) > 1
    assert spec.pinned == {asml}
    others = [i for i in range(len(spec.nodes)) if i != asml]
    assert np.array_equal(spec.xy[others], before.xy[others])
    place = spec.xy[asml].tolist()
    view.workspace.change_filters(as_of=date(2026, 1, 1))
    spec = settled(qtbot, view, spec)
    assert spec.xy[number(spec, "asml")].tolist() == place
    assert spec.pinned == {number(spec, "asml")}
    double_click(qtbot, view, place_of(view, "asml"))
    qtbot.waitUntil(lambda: not view.current_spec().pinned, timeout=5_000)


def test_p_pins_and_lets_go(qtbot, view):
    spec = view.current_spec()
    view.workspace.select(Selection("record", spec.nodes[number(spec, "nvidia")].id))
    qtbot.keyClick(view.canvas, Qt.Key.Key_P)
    assert view.current_spec().pinned == {number(spec, "nvidia")}
    qtbot.keyClick(view.canvas, Qt.Key.Key_P)
    assert view.current_spec().pinned == frozenset()


def test_pointing_at_a_node_dims_the_rest_and_leaving_lights_it_again(qtbot, view):
    def fills():
        layer = next(layer for layer in view.canvas.drawing().layers if layer.name == "nodes")
        return {marks.fill for marks in layer.items}

    plain = fills()
    qtbot.mouseMove(view.canvas.viewport(), place_of(view, "huawei"))
    qtbot.waitUntil(lambda: len(fills()) > len(plain), timeout=5_000)
    assert view.canvas.card.isVisible()
    assert "23 × designs" in view.canvas.card.text()
    assert view.current_spec().focus == -1  # what is exported is not dimmed
    qtbot.mouseMove(view.canvas.viewport(), QPoint(4, 4))
    qtbot.waitUntil(lambda: fills() == plain, timeout=5_000)


def test_f_shows_the_neighbourhood_and_escape_everything_where_it_was(qtbot, view):
    whole = view.current_spec()
    view.workspace.select(Selection("record", whole.nodes[number(whole, "huawei")].id))
    qtbot.keyClick(view.canvas, Qt.Key.Key_F)
    around = settled(qtbot, view, whole)
    assert around.nodes[around.center].slug == "huawei"
    assert len(around.nodes) == len(whole.neighbours(number(whole, "huawei"))) + 1
    assert view.current_request().options == {"center": "huawei"}
    assert view.panel.whole.isVisible()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    again = settled(qtbot, view, around)
    assert np.array_equal(again.xy, whole.xy)
    assert view.current_request().options == {}


def test_a_double_click_shows_the_neighbourhood(qtbot, view):
    before = view.current_spec()
    double_click(qtbot, view, place_of(view, "tsmc"))
    spec = settled(qtbot, view, before)
    assert spec.nodes[spec.center].slug == "tsmc"


def test_clicks_select_records_and_e_walks_their_relationships(qtbot, view):
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, "intel"))
    spec = view.current_spec()
    intel = number(spec, "intel")
    qtbot.waitUntil(lambda: view.workspace.selection == Selection("record", spec.nodes[intel].id), timeout=5_000)
    seen = []
    for _turn in range(len(spec.edges_at(intel))):
        qtbot.keyClick(view.canvas, Qt.Key.Key_E)
        assert view.workspace.selection.kind == "relationship"
        seen.append(spec.edge_of(view.workspace.selection.id))
    assert sorted(seen) == spec.edges_at(intel).tolist()
    last = next(layer for layer in view.canvas.drawing().layers if layer.name == "edges").items[-1]
    assert last.index.tolist() == [seen[-1]]


def test_an_edge_can_be_clicked(qtbot, view):
    drawing = view.canvas.drawing()
    spec = view.current_spec()
    edges = next(layer for layer in drawing.layers if layer.name == "edges")
    for item in edges.items:
        for i, edge in enumerate(item.index.tolist()):
            x = 0.25 * item.x1[i] + 0.5 * item.cx[i] + 0.25 * item.x2[i]
            y = 0.25 * item.y1[i] + 0.5 * item.cy[i] + 0.25 * item.y2[i]
            if view.canvas.hit(round(x), round(y)) == spec.edges.refs[edge]:
                spot = QPoint(round(x), round(y))
                qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot)
                wanted = Selection("relationship", spec.edges.rows[edge].id)
                qtbot.waitUntil(lambda wanted=wanted: view.workspace.selection == wanted, timeout=5_000)
                return
    pytest.fail("no edge lies free")


def test_what_is_selected_elsewhere_is_brought_into_view(qtbot, view):
    spec = view.current_spec()
    wheel(view, place_of(view, "huawei"), 12)
    qtbot.waitUntil(lambda: not view.canvas._moving, timeout=5_000)
    qualcomm = number(spec, "qualcomm")
    x, y = spec.xy[qualcomm]
    shown = view.current_view()
    assert not (shown.x[0] <= x <= shown.x[1] and shown.y[0] <= y <= shown.y[1])
    view.workspace.select(Selection("record", spec.nodes[qualcomm].id))
    shown = view.current_view()
    assert shown.x[0] <= x <= shown.x[1]
    assert shown.y[0] <= y <= shown.y[1]
    assert view.canvas.rings.selected == {spec.nodes[qualcomm].id}


def test_the_wheel_zooms_at_the_pointer(qtbot, view):
    at = place_of(view, "nvidia")
    spec = view.current_spec()
    wheel(view, at, 3)
    qtbot.waitUntil(lambda: not view.canvas._moving, timeout=5_000)
    assert (place_of(view, "nvidia") - at).manhattanLength() <= 3
    home = catalog.figure("ecosystem").home(spec)
    assert view.current_view().x[1] - view.current_view().x[0] < 0.9 * (home.x[1] - home.x[0])


def test_the_panel_chooses_relationships_and_colours(qtbot, view):
    before = view.current_spec()
    view.panel._groups["use"].trigger()
    spec = settled(qtbot, view, before)
    assert not {row.kind for row in spec.edges.rows} & {"runs-on", "trained-on", "supports", "serves"}
    assert view.panel.kinds_button.text() == "Relationships (7 of 8)"
    view.panel._all.trigger()
    spec = settled(qtbot, view, spec)
    assert len(spec.edges.rows) == len(before.edges.rows)
    view.panel.choose(colour="vendor")
    spec = settled(qtbot, view, spec)
    assert "cat-2" in spec.colour
    view.panel.display.switches["hide"].trigger()
    spec = settled(qtbot, view, spec)
    assert len(spec.nodes) > len(before.nodes)


def test_nothing_left_is_explained_with_a_way_out(qtbot, view):
    before = view.current_spec()
    view.workspace.set_filters(Filters(countries=frozenset({"AE"}), as_of=date(1950, 1, 1)))
    spec = settled(qtbot, view, before)
    assert not spec.nodes
    assert view.stack.currentWidget() is view.empty
    assert view.empty.button.text() == "Clear all filters"
    view.empty.button.click()
    settled(qtbot, view, spec)
    assert view.stack.currentWidget() is view.canvas
    assert view.workspace.filters == Filters()


def test_it_speaks_the_language_in_force(qtbot, view):
    before = view.current_spec()
    i18n.set_language("fr")
    QApplication.sendEvent(view, _language_change())
    spec = settled(qtbot, view, before)
    assert "Énergie" in {node.name for node in spec.nodes}
    assert np.array_equal(spec.xy, before.xy)


def _language_change():
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.LanguageChange)


def test_while_it_moves_a_picture_stands_for_it_and_then_it_is_drawn_in_full(qtbot, view):
    view.canvas.grab()
    assert view.canvas._still.worthwhile
    drawing = view.canvas._drawing
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.canvas._moving
    view.canvas.grab()
    assert view.canvas._drawing is drawing
    qtbot.waitUntil(lambda: not view.canvas._moving, timeout=5_000)
    view.canvas.grab()
    assert view.canvas._drawing is not drawing


def test_no_text_of_an_empty_map_is_cut_off(qtbot, view):
    for why in ("filtered", "no-facts", "arranging"):
        view.empty.explain(why)
        view.stack.setCurrentWidget(view.empty)
        QApplication.processEvents()
        text = view.empty._text
        assert text.height() >= text.heightForWidth(text.width())


def test_l_goes_through_the_layouts_and_each_keeps_its_places(qtbot, view):
    first = view.current_spec()
    seen = []
    spec = first
    for _turn in range(5):
        qtbot.keyClick(view.canvas, Qt.Key.Key_L)
        spec = settled(qtbot, view, spec)
        seen.append(spec.layout)
    assert seen == ["stack", "radial", "country", "hand", "force"]
    assert np.array_equal(spec.xy, first.xy)


def test_a_pin_is_kept_in_the_base_and_undone_goes_back_to_where_it_was(qtbot, view):
    before = view.current_spec()
    start = place_of(view, "asml")
    drag(qtbot, view, start, start + QPoint(60, -90))
    dragged = view.current_spec()
    qtbot.waitUntil(lambda: bool(view.current_spec().places), timeout=5_000)
    assert view.workspace.undo_state.can_undo
    view.workspace.undo()
    spec = settled(qtbot, view, dragged)
    qtbot.waitUntil(lambda: not view.current_spec().places, timeout=5_000)
    spec = view.current_spec()
    asml = number(spec, "asml")
    assert spec.xy[asml] == pytest.approx(before.xy[number(before, "asml")])
    view.workspace.redo()
    qtbot.waitUntil(lambda: bool(view.current_spec().places), timeout=5_000)
    spec = view.current_spec()
    assert spec.xy[asml] == pytest.approx(dragged.xy[asml])


def test_shift_p_pins_everything_and_r_lets_it_go_in_a_step(qtbot, view):
    spec = view.current_spec()
    qtbot.keyClick(view.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(view.current_spec().pinned) == len(spec.nodes), timeout=10_000)
    qtbot.keyClick(view.canvas, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: not view.current_spec().pinned, timeout=10_000)


def test_by_hand_begins_with_what_is_on_the_screen_and_keeps_all_of_it(qtbot, view):
    before = view.current_spec()
    view.panel.choose(layout="hand")
    spec = settled(qtbot, view, before)
    assert np.allclose(spec.xy, before.xy)
    start = place_of(view, "asml")
    drag(qtbot, view, start, start + QPoint(40, -60))
    qtbot.waitUntil(lambda: len(view.current_spec().places) == len(spec.nodes), timeout=10_000)


def test_g_opens_a_neighbour_and_shift_g_closes_what_hangs_on_it(qtbot, view):
    whole = view.current_spec()
    view.panel.choose(center="huawei")
    around = settled(qtbot, view, whole)
    view.workspace.select(Selection("record", around.nodes[number(around, "tsmc")].id))
    qtbot.keyClick(view.canvas, Qt.Key.Key_G)
    more = settled(qtbot, view, around)
    assert len(more.nodes) > len(around.nodes)
    view.workspace.select(Selection("record", more.nodes[number(more, "huawei")].id))
    qtbot.keyClick(view.canvas, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
    less = settled(qtbot, view, more)
    assert len(less.nodes) < len(more.nodes)
    qtbot.keyClick(view.canvas, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
    again = settled(qtbot, view, less)
    assert len(again.nodes) == len(more.nodes)


def test_a_click_on_a_group_opens_it(qtbot, view):
    before = view.current_spec()
    view.panel.display.words["group", "country"].trigger()
    spec = settled(qtbot, view, before)
    assert len(spec.nodes) < 60
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, "group:CN"))
    opened = settled(qtbot, view, spec)
    assert "huawei" in {node.slug for node in opened.nodes}


def test_d_opens_the_row_about_time_whose_slider_moves_the_day(qtbot, view):
    view.workspace.change_filters(as_of=date(2024, 1, 1))
    spec = settled(qtbot, view, view.current_spec())
    qtbot.keyClick(view.canvas, Qt.Key.Key_D)
    assert view.time_bar.isVisible()
    slider = view.time_bar.slider
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: view.workspace.filters.as_of == date(2024, 2, 1), timeout=5_000)
    moved = settled(qtbot, view, spec)
    assert moved.change is not None
    assert view.current_request().options == {"since": "2024-01-01"}
    # The marks go when the day stands still.
    qtbot.waitUntil(lambda: view.current_spec().change is None, timeout=10_000)
    assert view.current_request().options == {}


def test_two_days_are_compared_from_the_row(qtbot, view):
    before = view.current_spec()
    view.panel.time_button.click()
    qtbot.keyClicks(view.time_bar.then, "2022")
    qtbot.keyClick(view.time_bar.then, Qt.Key.Key_Return)
    spec = settled(qtbot, view, before)
    assert view.current_request().options == {"since": "2022-01-01"}
    assert spec.change is not None
    view.time_bar.then.clear()
    spec = settled(qtbot, view, spec)
    assert spec.change is None
    view.time_bar.clock.setCurrentIndex(2)
    view.time_bar.clock.activated.emit(2)
    assert settled(qtbot, view, spec).clock == "both"


def test_frames_are_written_from_the_screen_in_their_places(qtbot, view, tmp_path):
    dialog = FramesDialog(tmp_path, view)
    dialog.first.set_day(date(2024, 1, 1))
    dialog.last.set_day(date(2023, 1, 1))
    dialog.accept()
    assert dialog.answer is None
    assert dialog.fault.text()
    dialog.last.set_day(date(2025, 1, 1))
    dialog.step.setCurrentIndex(2)
    dialog.form.setCurrentIndex(1)
    dialog.form.activated.emit(1)
    dialog.accept()
    assert dialog.answer is not None
    dialog.deleteLater()
    view.frames.write(dialog.answer, view.current_request(), view.current_spec())
    qtbot.waitUntil(lambda: view.frames.written == 2, timeout=30_000)
    pictures = list((tmp_path / "ecosystem-frames").glob("*.png"))
    assert len(pictures) == 2
    assert {QImage(str(path)).pixelColor(0, 0).name() for path in pictures} == {"#ffffff"}


def test_frames_replace_no_file_without_asking(view, tmp_path, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(notices, "ask", lambda question, **_answers: asked.append(question))
    dialog = FramesDialog(tmp_path, view)
    (tmp_path / "ecosystem-frames.pptx").write_text("an earlier deck", encoding="utf-8")
    dialog.accept()
    assert asked == ["ecosystem-frames.pptx exists already. Replace it?"]
    assert dialog.answer is None
    dialog.path.clear()
    dialog.accept()
    assert dialog.fault.text() == "Say where the frames are to go."
    dialog.path.setText(str(tmp_path / "other.pptx"))
    dialog.accept()
    assert dialog.answer is not None
    assert len(asked) == 1
    dialog.deleteLater()
