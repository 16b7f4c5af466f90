"""Moving about the timeline, its lanes, its table and what belongs together."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.timeline.kin import kin_of
from chipscape_desktop.theme import current_palette
from chipscape_desktop.views.timeline.dragging import part
from chipscape_desktop.views.timeline.travel import Visited
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Selection

_SHIFT = Qt.KeyboardModifier.ShiftModifier


def changed(qtbot, view: TimelineView, do) -> None:
    before = view.current_spec()
    do()
    qtbot.waitUntil(lambda: view.current_spec() is not before and view.workspace.idle(), timeout=10_000)
    QApplication.processEvents()


def test_ranges_visited_are_walked_back_and_forth():
    visited = Visited()
    one, two, three = (View((low, low + 10.0), (0.0, 1.0)) for low in (0.0, 100.0, 200.0))
    for view in (one, one, two):
        visited.visit(view)
    assert visited.step(1) is None
    assert visited.step(-1) == one
    assert not visited.can(-1)
    visited.visit(three)
    assert visited.views == [one, three]
    assert not visited.can(1)


def test_backspace_goes_back_to_what_was_looked_at(qtbot, view):
    home = view.current_view().x
    assert not view.panel.back.isEnabled()
    view.canvas.set_view(View((19_000.0, 19_400.0), view.current_view().y))
    view.travel.arrive()
    assert view.panel.back.isEnabled()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Backspace)
    assert view.current_view().x == pytest.approx(home)
    qtbot.mouseClick(view.panel.forward, Qt.MouseButton.LeftButton)
    assert view.current_view().x == pytest.approx((19_000.0, 19_400.0))
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.BackButton)
    assert view.current_view().x == pytest.approx(home)


def test_home_end_and_pages_move_through_time(qtbot, view):
    spec = view.current_spec()
    view.canvas.set_view(View((18_000.0, 18_200.0), view.current_view().y))
    qtbot.keyClick(view.canvas, Qt.Key.Key_PageDown)
    assert view.current_view().x == pytest.approx((18_180.0, 18_380.0))
    qtbot.keyClick(view.canvas, Qt.Key.Key_PageUp)
    assert view.current_view().x == pytest.approx((18_000.0, 18_200.0))
    qtbot.keyClick(view.canvas, Qt.Key.Key_Home)
    low, high = view.current_view().x
    assert low < spec.extent[0] < high == pytest.approx(low + 200)
    qtbot.keyClick(view.canvas, Qt.Key.Key_End)
    low, high = view.current_view().x
    assert low < spec.extent[1] < high == pytest.approx(low + 200)


def test_words_find_events_one_after_the_other(qtbot, view):
    field = view.panel.jump
    qtbot.keyClicks(field, "entity list")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    first = view.workspace.selection
    assert first is not None
    count = int(view.panel.found.text().split()[-1])
    assert view.panel.found.text() == f"1 of {count}"
    assert count > 1
    qtbot.keyClick(field, Qt.Key.Key_Return)
    second = view.workspace.selection
    assert second != first
    low, high = view.current_view().x
    spec = view.current_spec()
    assert low <= spec.columns.low[spec.placements((second.id,))[0]] <= high
    qtbot.keyClick(field, Qt.Key.Key_Return, _SHIFT)
    assert view.workspace.selection == first
    qtbot.keyClick(field, Qt.Key.Key_Return, _SHIFT)
    assert view.panel.found.text() == f"{count} of {count}"


def test_what_is_selected_is_fitted_an_organization_with_its_events(qtbot, view):
    spec = view.current_spec()
    view.workspace.select(Selection("record", spec.ids[5]))
    qtbot.keyClick(view.canvas, Qt.Key.Key_F)
    low, high = view.current_view().x
    assert high - low < 700
    assert low < spec.columns.low[spec.placements((spec.ids[5],))[0]] < high
    maker = next(record for record in spec.kin.parts[spec.ids[5]] if record in spec.kin.common)
    view.workspace.select(Selection("record", maker))
    assert view.fit_selection()
    low, high = view.current_view().x
    for event in spec.kin.events_of(maker):
        assert low < spec.columns.low[spec.placements((event,))[0]] < high
    view.workspace.select(Selection("record", "nobody"))
    assert not view.fit_selection()


def test_an_end_of_the_minimap_frame_is_pulled(qtbot, view):
    view.canvas.set_view(View((17_000.0, 19_000.0), view.current_view().y))
    view.canvas.drawing()
    room = part(view.canvas.drawing(), "minimap")
    from chipscape_desktop.figures.timeline.axis import minimap_range

    low, high = minimap_range(view.current_spec())
    x = room.x + (19_000.0 - low) / (high - low) * room.width
    y = room.y + room.height / 2
    assert view._beside.edge_at(x, y) == 1
    assert view._beside.begin(x, y)
    view._beside.move(x - 60, y)
    view._beside.end(x - 60, y)
    now = view.current_view().x
    assert now[0] == pytest.approx(17_000.0)
    assert now[1] < 18_900.0


def test_lanes_are_ordered_hidden_and_collapsed_by_keyboard(qtbot, view):
    keys = [lane.key for lane in view.current_spec().lanes]
    qtbot.keyClick(view.canvas, Qt.Key.Key_L)
    lanes = view.lane_list
    assert lanes.isVisible()
    changed(qtbot, view, lambda: qtbot.keyClick(lanes.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier))
    assert [lane.key for lane in view.current_spec().lanes][:2] == [keys[1], keys[0]]
    changed(qtbot, view, lambda: qtbot.keyClick(lanes.list, Qt.Key.Key_Left))
    lane = next(lane for lane in view.current_spec().lanes if lane.key == keys[0])
    assert lane.collapsed
    assert lane.height == 1.0
    changed(qtbot, view, lambda: qtbot.keyClick(lanes.list, Qt.Key.Key_Space))
    assert keys[0] not in [lane.key for lane in view.current_spec().lanes]
    assert any("1 lane is hidden" in note for note in view.current_spec().caption.notes)
    changed(qtbot, view, lanes.reset.click)
    assert [lane.key for lane in view.current_spec().lanes] == keys
    lanes.close()


def test_the_menu_of_a_lane_moves_it(qtbot, view):
    headers = part(view.canvas.drawing(), "headers")
    inside = QPoint(round(headers.x + 30), round(headers.y + 10))
    keys = [lane.key for lane in view.current_spec().lanes]
    view.events.open_menu(None, view.canvas.viewport().mapToGlobal(inside))
    menu = QApplication.activePopupWidget()
    down = next(action for action in menu.actions() if action.text() == "Move the lane down")
    changed(qtbot, view, down.trigger)
    menu.close()
    assert [lane.key for lane in view.current_spec().lanes][:2] == [keys[1], keys[0]]


def test_only_the_rules_ticked_are_bands(qtbot, view):
    view.open_rules()
    rules = view.rule_list
    item = rules.items()[3]
    changed(qtbot, view, lambda: item.setCheckState(Qt.CheckState.Checked))
    assert [rule.id for rule in view.current_spec().rules] == [view.current_spec().known_rules[3][0]]
    changed(qtbot, view, rules.clear.click)
    assert len(view.current_spec().rules) == len(view.current_spec().known_rules)
    rules.close()


def test_a_band_opens_its_rule(view):
    rule = view.current_spec().rules[0]
    view.canvas.activated.emit(Ref("band", (rule.id,), rule.title))
    assert view.workspace.selection == Selection("record", rule.id)


def test_the_table_holds_exactly_what_is_in_view(qtbot, view):
    view.canvas.set_view(View((19_000.0, 19_200.0), view.current_view().y))
    qtbot.keyClick(view.canvas, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert view.stack.currentWidget() is view.table_page
    table = view.table.table()
    spec = view.current_spec()
    inside = {
        spec.ids[int(item)]
        for item, low, high in zip(spec.columns.item, spec.columns.low, spec.columns.high, strict=True)
        if low < 19_200 and high > 19_000
    }
    assert {ref.ids[0] for ref in table.refs} == inside
    assert len(table.rows) == len(inside)
    view.table.setFocus()
    view.table.selectRow(0)
    assert view.workspace.selection == Selection("record", table.refs[0].ids[0])
    view.show_table(False)
    assert view.stack.currentWidget() is view.canvas


def test_causes_and_relatives_are_shown_at_the_event_pointed_at(view):
    spec = view.current_spec()
    one, other = spec.ids[40], spec.ids[60]
    linked = replace(spec, kin=kin_of(spec.kin.parts, spec.kin.common, [(one, other)]))
    view.related.spec = linked
    drawing = view.canvas.drawing()
    places = view.related.places(drawing)
    assert places[one] != places[other]

    def painted(id_: str) -> QImage:
        image = QImage(1310, 700, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        view.related.paint(painter, drawing, Ref("record", (id_,)), current_palette())
        painter.end()
        return image

    middle = QPointF(*(sum(pair) / 2 for pair in zip(places[one], places[other], strict=True)))
    image = painted(one)
    near = [
        image.pixelColor(round(middle.x()) + dx, round(middle.y()) + dy).alpha()
        for dx in range(-45, 46)
        for dy in range(-45, 46)
        if 0 <= round(middle.y()) + dy < 700
    ]
    assert max(near) > 0
    view.related.spec = replace(spec, kin=kin_of({}, frozenset(), []))
    blank = painted(one)
    assert blank == blank.copy()
    assert not any(blank.pixelColor(x, y).alpha() for x in range(0, 1310, 7) for y in range(0, 700, 7))


def test_many_events_are_searched_in_the_background(qtbot, view, monkeypatch):
    from chipscape_desktop.views.timeline import finder

    monkeypatch.setattr(finder, "_MANY", 10)
    view.panel.jump.setText("entity list")
    view.panel.seek(1)
    qtbot.waitUntil(lambda: view.workspace.selection is not None, timeout=10_000)
    assert view.panel.found.text().startswith("1 of ")
