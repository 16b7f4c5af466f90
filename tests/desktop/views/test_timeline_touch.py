"""Fingers on the timeline: pinching on a touchpad and on a screen, scrolling and dragging with them."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chipscape_db.partial_date import PartialDate
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.hit import reading_order
from chipscape_desktop.views.timeline.dragging import part
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Selection


@pytest.fixture(scope="module")
def screen():
    return QTest.createTouchDevice()


def middle(view: TimelineView) -> QPoint:
    plot = view.canvas.drawing().plot
    return QPoint(round(plot.x + plot.width * 0.4), round(plot.y + plot.height / 2))


def day_at(view: TimelineView, x: float) -> float:
    plot, (low, high) = view.canvas.drawing().plot, view.current_view().x
    return low + (x - plot.x) / plot.width * (high - low)


def span(view: TimelineView) -> float:
    low, high = view.current_view().x
    return high - low


def two_fingers(view: TimelineView, screen, start: tuple[QPoint, QPoint], end: tuple[QPoint, QPoint]) -> None:
    viewport, steps = view.canvas.viewport(), 10
    QTest.touchEvent(viewport, screen).press(0, start[0], viewport).commit()
    QTest.touchEvent(viewport, screen).move(0, start[0], viewport).press(1, start[1], viewport).commit()
    for step in range(1, steps + 1):
        at = [begin + (goal - begin) * step / steps for begin, goal in zip(start, end, strict=True)]
        QTest.touchEvent(viewport, screen).move(0, at[0], viewport).move(1, at[1], viewport).commit()
    QTest.touchEvent(viewport, screen).release(0, end[0], viewport).release(1, end[1], viewport).commit()
    QApplication.processEvents()


def test_pinching_on_a_touchpad_zooms_at_the_fingers(view):
    at = middle(view)
    day, before = day_at(view, at.x()), span(view)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, QPointF(at), QPointF(at),
        QPointF(view.canvas.viewport().mapToGlobal(at)), 0.25, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(view.canvas.viewport(), event)
    assert span(view) == pytest.approx(before / 1.25)
    assert day_at(view, at.x()) == pytest.approx(day, abs=2)


def test_scrolling_with_two_fingers_on_a_touchpad_moves_time_and_lanes(view):
    view.canvas.set_view(View((19_000.0, 20_000.0), (4.0, 14.0)))
    plot, at = view.canvas.drawing().plot, middle(view)
    event = QWheelEvent(
        QPointF(at), QPointF(view.canvas.viewport().mapToGlobal(at)), QPoint(-100, -30), QPoint(-200, -60),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.ScrollUpdate, False,
    )  # fmt: skip
    QApplication.sendEvent(view.canvas.viewport(), event)
    assert view.current_view().x[0] == pytest.approx(19_000 + 1000 * 100 / plot.width)
    assert span(view) == pytest.approx(1000)
    assert view.current_view().y[0] > 4.0


def test_one_finger_drags_the_view(view, screen):
    viewport, at = view.canvas.viewport(), middle(view)
    day = day_at(view, at.x())
    QTest.touchEvent(viewport, screen).press(0, at, viewport).commit()

    for step in range(1, 9):
        QTest.touchEvent(viewport, screen).move(0, at + QPoint(20 * step, 0), viewport).commit()
    QTest.touchEvent(viewport, screen).release(0, at + QPoint(160, 0), viewport).commit()
    QApplication.processEvents()
    assert day_at(view, at.x() + 160) == pytest.approx(day, abs=0.02 * span(view))


def test_two_fingers_on_a_screen_zoom_about_their_middle_and_nothing_is_clicked(view, screen):
    at, before = middle(view), span(view)
    day = day_at(view, at.x())
    clicked: list[object] = []
    view.canvas.activated.connect(clicked.append)
    apart = QPoint(60, 0)
    two_fingers(view, screen, (at - apart, at + apart), (at - 3 * apart, at + 3 * apart))
    assert span(view) < 0.6 * before
    assert day_at(view, at.x()) == pytest.approx(day, abs=0.02 * span(view))
    assert not clicked


def test_two_fingers_that_keep_their_distance_move_the_view(view, screen):
    view.canvas.set_view(View((19_000.0, 20_000.0), (0.0, 12.0)))
    at, before = middle(view), view.current_view()
    apart, by = QPoint(60, 30), QPoint(150, -60)
    two_fingers(view, screen, (at - apart, at + apart), (at - apart + by, at + apart + by))
    assert span(view) == pytest.approx(1000, rel=0.1)
    assert view.current_view().x[0] < before.x[0]
    assert view.current_view().y[0] > before.y[0]


def test_a_second_finger_takes_over_what_one_began(view, screen):
    headers = view.headers
    viewport, room = view.canvas.viewport(), part(view.canvas.drawing(), "headers")
    at = QPoint(round(room.x + 30), round(room.y + 10))
    QTest.touchEvent(viewport, screen).press(0, at, viewport).commit()
    assert headers.begin(at.x(), at.y())
    QTest.touchEvent(viewport, screen).move(0, at, viewport).press(1, at + QPoint(0, 90), viewport).commit()
    assert headers.place == -1
    QTest.touchEvent(viewport, screen).release(0, at, viewport).release(1, at + QPoint(0, 90), viewport).commit()
    QApplication.processEvents()
    assert view.workspace.idle()


def test_a_tap_selects_and_two_taps_come_closer(view, screen):
    view.go_to(PartialDate.parse("2025"))
    viewport = view.canvas.viewport()
    place = next(each for each in reading_order(view.canvas.drawing()) if "H20" in each.ref.title)
    at = QPoint(round(place.x), round(place.y))
    before = span(view)
    for _ in range(2):
        QTest.touchEvent(viewport, screen).press(0, at, viewport).commit()
        QTest.touchEvent(viewport, screen).release(0, at, viewport).commit()
        assert view.workspace.selection == Selection("record", place.ref.ids[0])
    assert span(view) < before
