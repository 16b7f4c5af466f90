"""Editing on the timeline: events added, moved, copied and deleted in place, by mouse and by keyboard, and undone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from chipscape_db.partial_date import PartialDate
from chipscape_desktop import notices
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.hit import reading_order
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Selection

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def chosen(view: TimelineView, words: str) -> str:
    """Selects the first event with these words in its title, in view at a zoom of days; returns its id."""
    spec = view.current_spec()
    id_ = spec.ids[next(place for place, title in enumerate(spec.titles) if words in title)]
    view.travel.zoom_to((id_,), anyway=True)
    low, high = view.current_view().x
    middle = (low + high) / 2
    view.canvas.set_view(View((middle - 20, middle + 20), view.current_view().y))
    view.workspace.select(Selection("record", id_))
    return id_


def start_of(view: TimelineView, id_: str) -> str:
    spec = view.current_spec()
    place = spec.place_of(id_)
    return "" if place < 0 else spec.written[place][1]


def place_of(view: TimelineView, id_: str) -> QPoint:
    drawing = view.canvas.drawing()
    found = next(p for p in reading_order(drawing) if p.ref.kind == "record" and p.ref.ids == (id_,))
    return QPoint(round(found.x), round(found.y))


def drag(qtbot, view: TimelineView, start: QPoint, dx: int) -> None:
    viewport = view.canvas.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(viewport, start + QPoint(dx * step // 4, 0))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start + QPoint(dx, 0))


def changed(qtbot, view: TimelineView, do) -> None:
    """Does something and waits until the view shows what it changed."""
    before = view.current_spec()
    do()
    qtbot.waitUntil(lambda: view.current_spec() is not before and view.workspace.idle(), timeout=10_000)
    QApplication.processEvents()


def test_the_selected_event_is_dragged_by_days_and_undone(qtbot, view):
    id_ = chosen(view, "Nvidia announces the A100")
    assert start_of(view, id_) == "2020-05-14"
    plot, range_ = view.canvas.drawing().plot, view.current_view().x
    day = plot.width / (range_[1] - range_[0])
    at = place_of(view, id_)
    changed(qtbot, view, lambda: drag(qtbot, view, at, round(3 * day)))
    assert start_of(view, id_) == "2020-05-17"
    assert view.current_view().x == pytest.approx(range_)
    changed(qtbot, view, view.workspace.undo)
    assert start_of(view, id_) == "2020-05-14"


def test_a_unit_is_chosen_and_shift_makes_it_finer(qtbot, view):
    id_ = chosen(view, "Nvidia announces the A100")
    said: list[str] = []
    view.editing.told.connect(said.append)
    view.panel.snap_wanted.emit("month")
    at, plot, range_ = place_of(view, id_), view.canvas.drawing().plot, view.current_view().x
    three_days = 3 * plot.width / (range_[1] - range_[0])
    assert view.editing.begin(at.x(), at.y())
    assert said == ["Snaps to months; hold Shift for days. Esc gives up."]
    view.editing.move(at.x() + three_days, at.y())
    assert view.editing._shown.starts_on == "2020-05-14"
    qtbot.keyPress(view.canvas, Qt.Key.Key_Shift)
    assert view.editing._shown.starts_on == "2020-05-17"
    assert said[-1] == "Snaps to days. Esc gives up."
    qtbot.keyRelease(view.canvas, Qt.Key.Key_Shift)
    assert view.editing._shown.starts_on == "2020-05-14"
    changed(qtbot, view, lambda: view.editing.end(at.x() + 10 * three_days, at.y()))
    assert start_of(view, id_) == "2020-06"
    assert said[-1] == ""
    changed(qtbot, view, view.workspace.undo)
    assert start_of(view, id_) == "2020-05-14"


def test_the_status_line_says_to_what_a_dragged_date_snaps(qtbot, view):
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    qtbot.addWidget(window)
    said = window.statusBar()
    window.setCentralWidget(view)
    window.show()
    id_ = chosen(view, "Nvidia announces the A100")
    at = place_of(view, id_)
    assert view.editing.begin(at.x(), at.y())
    assert said.currentMessage() == "Snaps to days. Esc gives up."
    assert view.editing.give_up()
    assert said.currentMessage() == ""
    view.setParent(None)


def test_what_is_not_selected_moves_the_view_when_it_is_dragged(qtbot, view):
    id_ = chosen(view, "Nvidia announces the A100")
    view.workspace.select(None)
    before = view.current_view().x
    drag(qtbot, view, place_of(view, id_), 120)
    assert view.current_view().x[0] < before[0]
    assert start_of(view, id_) == "2020-05-14"


def test_read_only_nothing_moves_and_nothing_is_added(qtbot, view):
    id_ = chosen(view, "Nvidia announces the A100")
    view.panel.editing.click()
    assert not view.editing.can_edit
    assert view.editing.part_at(*_xy(place_of(view, id_))) is None
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right, _CTRL)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Insert)
    assert not view.events.form.isVisible()
    qtbot.keyClick(view.canvas, Qt.Key.Key_D, _CTRL)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(view.workspace.idle)
    assert not view.workspace.undo_state.can_undo
    qtbot.keyClick(view.canvas, Qt.Key.Key_E)
    assert view.editing.can_edit


def test_the_keyboard_moves_an_event_and_gives_it_an_end(qtbot, view):
    id_ = chosen(view, "Nvidia announces the A100")
    view.canvas.setFocus()
    changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_Left, _CTRL))
    assert start_of(view, id_) == "2020-05-13"
    changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_Right, _CTRL | _SHIFT))
    spec = view.current_spec()
    assert spec.written[spec.place_of(id_)] == ("event", "2020-05-13", "2020-05-14")
    view.canvas.set_view(View((15_000.0, 20_500.0), view.current_view().y))
    changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_Right, _CTRL))
    assert start_of(view, id_) == "2020-35"


def test_an_end_of_a_bar_is_dragged(qtbot, view):
    id_ = chosen(view, "Nvidia announces the A100")
    changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_Right, _CTRL | _SHIFT))
    for _ in range(4):
        changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_Right, _CTRL | _SHIFT))
    plot, range_ = view.canvas.drawing().plot, view.current_view().x
    day = plot.width / (range_[1] - range_[0])
    bar = view.editing._bar(id_)
    right = QPoint(round(bar.rect.right - 3), round(bar.rect.y + bar.rect.height / 2))
    assert view.editing.part_at(*_xy(right)) == "end"
    changed(qtbot, view, lambda: drag(qtbot, view, right, round(4 * day)))
    spec = view.current_spec()
    assert spec.written[spec.place_of(id_)] == ("event", "2020-05-14", "2020-05-23")


def test_a_double_click_on_an_empty_place_adds_an_event_there(qtbot, view):
    view.go_to(PartialDate.parse("2014-06"))
    lane = view.current_spec().lanes[0]
    drawing = view.canvas.drawing()
    empty = QPoint(round(drawing.plot.x + drawing.plot.width / 2), round(drawing.plot.y + 8))
    viewport = view.canvas.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=empty)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=empty)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=empty)
    form = view.events.form
    assert form.isVisible()
    assert lane.title in form.head.text()
    form.title.setText("Huawei opens a test hall")
    changed(qtbot, view, lambda: qtbot.keyClick(form.title, Qt.Key.Key_Return))
    spec = view.current_spec()
    place = spec.titles.index("Huawei opens a test hall")
    assert spec.written[place][1].startswith("2014-06")
    assert view.workspace.selection == Selection("record", spec.ids[place])
    assert spec.lanes[int(spec.columns.lane[spec.placements((spec.ids[place],))[0]])].title == lane.title
    changed(qtbot, view, view.workspace.undo)
    assert "Huawei opens a test hall" not in view.current_spec().titles


def test_a_date_that_is_none_cannot_be_added(qtbot, view):
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Insert)
    form = view.events.form
    assert form.isVisible()
    form.title.setText("Something")
    form.date.setText("whenever")
    assert not form.add.isEnabled()
    assert "whenever" in form.note.text()
    qtbot.keyClick(form.title, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_an_event_is_copied_and_deleted(qtbot, view, monkeypatch):
    id_ = chosen(view, "Nvidia announces the A100")
    count = len(view.current_spec().ids)
    changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_D, _CTRL))
    spec = view.current_spec()
    assert len(spec.ids) == count + 1
    copy = view.workspace.selection.id
    assert copy != id_
    assert spec.titles[spec.place_of(copy)] == "Nvidia announces the A100 (copy)"
    asked = []
    monkeypatch.setattr(notices, "ask", lambda question, **_: asked.append(question) or True)
    changed(qtbot, view, lambda: qtbot.keyClick(view.canvas, Qt.Key.Key_Delete))
    assert "(copy)" in asked[0]
    assert len(view.current_spec().ids) == count
    changed(qtbot, view, view.workspace.undo)
    assert len(view.current_spec().ids) == count + 1


def _xy(point: QPoint) -> tuple[float, float]:
    return float(point.x()), float(point.y())
