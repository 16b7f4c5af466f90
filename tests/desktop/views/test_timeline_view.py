"""The timeline screen, by mouse and by keyboard."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from chipscape_db.filters import Filters
from chipscape_db.partial_date import PartialDate
from chipscape_desktop import i18n
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.hit import reading_order
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.theme import current_palette
from chipscape_desktop.views.timeline.choices import Choices
from chipscape_desktop.views.timeline.dragging import part
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Selection


def settled(qtbot, view: TimelineView, before: object = None) -> None:
    qtbot.waitUntil(lambda: view.current_spec() is not None and view.current_spec() is not before, timeout=10_000)
    QApplication.processEvents()


def place_of(view: TimelineView, words: str) -> QPoint:
    drawing = view.canvas.drawing()
    assert drawing is not None
    found = next(p for p in reading_order(drawing) if p.ref.kind == "record" and words in p.ref.title)
    return QPoint(round(found.x), round(found.y))


def test_it_opens_on_everything_and_exports_what_is_on_the_screen(view):
    spec = view.current_spec()
    assert spec is not None
    assert len(spec.ids) == 277
    assert view.figure_name == "timeline"
    figure = catalog.figure("timeline")
    home = figure.home(spec)
    assert view.current_view().x == pytest.approx(home.x)
    exported = figure.layout(
        spec, size=view.current_size(), palette=current_palette(), measure=default_measure(), view=view.current_view()
    )
    shown = view.canvas.drawing()
    assert repr(exported.layers) == repr(shown.layers)
    assert exported.caption == shown.caption


def test_a_click_on_a_sign_selects_its_record(qtbot, view):
    view.go_to(PartialDate.parse("2025"))
    point = place_of(view, "H20")
    with qtbot.waitSignal(view.workspace.selection_changed):
        qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    chosen = view.workspace.selection
    assert chosen is not None
    assert chosen.kind == "record"
    assert view.canvas.rings.selected == {chosen.id}


def test_a_selection_made_elsewhere_is_ringed(view):
    view.workspace.select(Selection("record", view.current_spec().ids[5]))
    assert view.canvas.rings.selected == {view.current_spec().ids[5]}
    view.workspace.select(None)
    assert view.canvas.rings.selected == frozenset()


def test_a_cluster_comes_closer_when_it_is_opened(view):
    drawing = view.canvas.drawing()
    cluster = max(
        (p for p in reading_order(drawing) if p.ref.kind == "cluster"), key=lambda p: len(p.ref.ids)
    )  # fmt: skip
    before = view.current_view()
    view.canvas.activated.emit(cluster.ref)
    after = view.current_view()
    assert after.x[1] - after.x[0] < 0.75 * (before.x[1] - before.x[0])


def test_events_of_one_day_are_listed(qtbot, view):
    spec = view.current_spec()
    view.go_to(PartialDate.parse("2025-09-18"))
    ref = catalog_ref(spec, 3)
    assert not view.zoom_to(())
    assert ref.ids
    view.events.list_members(ref, view.mapToGlobal(QPoint(40, 80)))
    menu = QApplication.activePopupWidget() or view.findChildren(type(view.panel._menu))[-1]
    assert [action.text() for action in menu.actions()] == [spec.titles[i] for i in range(3)]
    menu.actions()[1].trigger()
    assert view.workspace.selection == Selection("record", spec.ids[1])
    menu.close()


def catalog_ref(spec, count):
    from chipscape_desktop.figures.drawing import Ref

    return Ref("cluster", tuple(spec.ids[:count]), "some")


def test_the_keyboard_moves_zooms_and_opens(qtbot, view):
    home = view.current_view()
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Plus)
    closer = view.current_view()
    assert closer.x[1] - closer.x[0] < home.x[1] - home.x[0]
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.current_view().x[0] > closer.x[0]
    qtbot.keyClick(view.canvas, Qt.Key.Key_0)
    assert view.current_view().x == pytest.approx(home.x)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.canvas.card.isVisible()
    assert "<b>" in view.canvas.card.text()
    with qtbot.waitSignal(view.canvas.activated):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Return)


def test_a_date_can_be_typed(qtbot, view):
    view.panel.jump.setText("June 2025")
    qtbot.keyClick(view.panel.jump, Qt.Key.Key_Return)
    low, high = view.current_view().x
    start, end = ((date(2025, month, 1) - date(1970, 1, 1)).days for month in (6, 7))
    assert low < start < end < high < low + 100
    view.panel.jump.setText("someday")
    qtbot.keyClick(view.panel.jump, Qt.Key.Key_Return)
    assert view.panel.jump.property("state") == "error"
    assert "someday" in view.panel.jump.toolTip()
    assert view.current_view().x == pytest.approx((low, high))


def test_lanes_and_kinds_can_be_chosen(qtbot, view):
    before = view.current_spec()
    view.panel.lanes.setCurrentIndex(2)
    settled(qtbot, view, before)
    assert "China" in [lane.title for lane in view.current_spec().lanes]
    assert view.current_request().options["lanes"] == "country"
    before = view.current_spec()
    view.panel.choose(Choices("kind", ("chips",)))
    settled(qtbot, view, before)
    assert [lane.title for lane in view.current_spec().lanes] == ["Chips"]
    assert view.current_view().y == pytest.approx((0.0, view.current_spec().height))


def test_filters_that_let_nothing_through_are_explained_and_cleared(qtbot, view):
    view.workspace.change_filters(sectors=frozenset({"no such sector"}))
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.empty)
    assert "filters" in view.empty.button.text()
    qtbot.mouseClick(view.empty.button, Qt.MouseButton.LeftButton)
    assert view.workspace.filters == Filters()
    qtbot.waitUntil(lambda: view.stack.currentWidget() is view.canvas)


def test_a_change_of_the_facts_is_shown_and_the_place_kept(qtbot, view):
    view.go_to(PartialDate.parse("2025"))
    place, before = view.current_view(), view.current_spec()
    wanted = next(i for i, title in enumerate(before.titles) if "Blackwell Ultra" in title)
    view.workspace.run(partial(rename, before.ids[wanted]))
    settled(qtbot, view, before)
    assert "Renamed by a test" in view.current_spec().titles
    assert view.current_view().x == pytest.approx(place.x)


def rename(record_id: str, engine, *, author: str):
    from chipscape_db.history import record
    from chipscape_db.models import Event

    with record(engine, "edit-record", "an event", author=author) as (session, summaries):
        session.get_one(Event, record_id).name = "Renamed by a test"
    return summaries[0]


def test_french_is_spoken_when_the_language_changes(qtbot, view):
    before = view.current_spec()
    i18n.set_language("fr")
    from PySide6.QtCore import QEvent

    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    settled(qtbot, view, before)
    assert "Google met en service son premier TPU" in view.current_spec().titles


def wheel(view: TimelineView, point: QPoint, modifier: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(point), QPointF(view.canvas.viewport().mapToGlobal(point)), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.canvas.viewport(), event)


def test_the_wheel_zooms_time_or_with_ctrl_the_lanes(view):
    home = view.current_view()
    plot = view.canvas.drawing().plot
    middle = QPoint(int(plot.x + plot.width / 2), int(plot.y + plot.height / 2))
    wheel(view, middle, Qt.KeyboardModifier.ControlModifier)
    taller = view.current_view()
    assert taller.y[1] - taller.y[0] < home.y[1] - home.y[0]
    assert taller.x == pytest.approx(home.x)
    wheel(view, middle, Qt.KeyboardModifier.ShiftModifier)
    assert view.current_view().y[0] < taller.y[0]
    wheel(view, middle, Qt.KeyboardModifier.NoModifier)
    assert view.current_view().x[1] - view.current_view().x[0] < home.x[1] - home.x[0]


def test_a_press_on_the_minimap_goes_there(qtbot, view):
    view.go_to(PartialDate.parse("2025"))
    room = part(view.canvas.drawing(), "minimap")
    assert room is not None
    before = view.current_view()
    point = QPoint(int(room.x + room.width * 0.3), int(room.y + room.height / 2))
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    after = view.current_view()
    assert after.x[0] < before.x[0] - 365
    assert after.x[1] - after.x[0] == pytest.approx(before.x[1] - before.x[0])
