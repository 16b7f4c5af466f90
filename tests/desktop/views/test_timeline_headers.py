"""The names of the lanes: dragged, moved, collapsed and walked over, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.theme import current_palette
from chipscape_desktop.views.timeline.dragging import part
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Selection

_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_LEFT = Qt.MouseButton.LeftButton


def changed(qtbot, view: TimelineView, do) -> None:
    before = view.current_spec()
    do()
    qtbot.waitUntil(lambda: view.current_spec() is not before and view.workspace.idle(), timeout=10_000)
    QApplication.processEvents()


def keys(view: TimelineView) -> list[str]:
    return [lane.key for lane in view.current_spec().lanes]


def header(view: TimelineView, number: int) -> QPoint:
    """Returns the middle of the header of a lane that is wholly in view."""
    headers = part(view.canvas.drawing(), "headers")
    lane = view.current_spec().lanes[number]
    low, high = view.current_view().y
    middle = headers.y + ((lane.top + lane.bottom) / 2 - low) / (high - low) * headers.height
    return QPoint(round(headers.x + 30), round(middle))


def drag(qtbot, view: TimelineView, start: QPoint, end: QPoint) -> None:
    viewport = view.canvas.viewport()
    qtbot.mousePress(viewport, _LEFT, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(viewport, start + (end - start) * step / 4)
    qtbot.mouseRelease(viewport, _LEFT, pos=end)


def test_a_header_is_dragged_to_another_place(qtbot, view):
    before, seen = keys(view), view.current_view()
    changed(qtbot, view, lambda: drag(qtbot, view, header(view, 0), header(view, 3) + QPoint(0, 4)))
    assert keys(view) == [*before[1:4], before[0], *before[4:]]
    assert view.current_view() == seen
    changed(qtbot, view, lambda: drag(qtbot, view, header(view, 5), header(view, 0) - QPoint(0, 8)))
    assert keys(view)[0] == before[5]


def test_a_line_shows_where_it_would_go_and_escape_gives_up(qtbot, view):
    before = keys(view)
    view.canvas.setFocus()
    start, end = header(view, 0), header(view, 3) + QPoint(0, 4)
    qtbot.mousePress(view.canvas.viewport(), _LEFT, pos=start)

    def dragged() -> bool:
        for place in (end - QPoint(0, 1), end):  # the scene leaves out moves that follow too soon
            qtbot.mouseMove(view.canvas.viewport(), place)
        return view.headers.place == 3

    qtbot.waitUntil(dragged)
    drawing = view.canvas.drawing()
    image = QImage(1310, 700, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    view.headers.paint(painter, drawing, current_palette())
    painter.end()
    lane = view.current_spec().lanes[3]
    low, high = view.current_view().y
    edge = drawing.plot.y + (lane.bottom - low) / (high - low) * drawing.plot.height
    x = round(drawing.plot.right - 20)
    assert current_palette().accent in [image.pixelColor(x, round(edge) + dy).name() for dy in (-1, 0, 1)]
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view.canvas.viewport(), _LEFT, pos=header(view, 3))
    assert view.workspace.idle()
    assert keys(view) == before


def test_a_drag_to_its_own_place_changes_nothing(qtbot, view):
    before = view.current_spec()
    drag(qtbot, view, header(view, 2), header(view, 2) + QPoint(0, 9))
    assert view.workspace.idle()
    assert view.current_spec() is before


def test_beyond_the_edge_the_lanes_follow(qtbot, view):
    spec = view.current_spec()
    view.canvas.set_view(View(view.current_view().x, (0.0, 8.0)))
    headers = part(view.canvas.drawing(), "headers")
    assert view.headers.begin(headers.x + 30, headers.y + 10)
    for _ in range(60):
        view.headers.move(headers.x + 30, headers.bottom + 20)
    assert view.current_view().y[1] == pytest.approx(spec.height)
    changed(qtbot, view, lambda: view.headers.end(headers.x + 30, headers.bottom + 20))
    assert keys(view)[-1] == spec.lanes[0].key


def test_a_click_selects_and_a_double_click_collapses(qtbot, view):
    viewport = view.canvas.viewport()
    place = next(n for n, lane in enumerate(view.current_spec().lanes) if lane.id)
    lane = view.current_spec().lanes[place]
    text = next(
        item for layer in view.canvas.drawing().layers if layer.name == "headers" for item in layer.items
        if getattr(item, "ref", None) is not None and item.ref.ids == (lane.id,)
    )  # fmt: skip
    qtbot.mouseClick(viewport, _LEFT, pos=QPoint(round(text.x) + 6, round(text.y) - 4))
    assert view.workspace.selection == Selection("record", lane.id)
    changed(qtbot, view, lambda: view.canvas.double_clicked.emit(None, text.x + 6, text.y - 4))
    assert view.current_spec().lanes[place].collapsed


def test_the_keyboard_walks_over_headers_moves_and_collapses_lanes(qtbot, view):
    before = keys(view)
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down, _CTRL)
    assert view.headers.focused == before[0]
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down, _CTRL)
    assert view.headers.focused == before[1]
    changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_Up, _ALT))
    assert keys(view)[:2] == [before[1], before[0]]
    assert view.headers.focused == before[1]
    changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_Space))
    assert view.current_spec().lanes[0].collapsed
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert view.workspace.selection == Selection("record", view.current_spec().lanes[0].id)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.headers.focused == ""


def test_the_keyboard_moves_the_lane_of_what_is_selected(qtbot, view):
    spec = view.current_spec()
    at = next(int(spec.columns.item[p]) for p in range(len(spec.columns)) if spec.columns.lane[p] == 2)
    view.workspace.select(Selection("record", spec.ids[at]))
    changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_Down, _ALT))
    assert keys(view)[3] == spec.lanes[2].key


def test_a_header_far_down_is_brought_into_view(qtbot, view):
    view.canvas.set_view(View(view.current_view().x, (0.0, 8.0)))
    for _ in view.current_spec().lanes:
        qtbot.keyClick(view.canvas, Qt.Key.Key_Down, _CTRL)
    assert view.headers.focused == keys(view)[-1]
    assert view.current_view().y[1] == pytest.approx(view.current_spec().height)
