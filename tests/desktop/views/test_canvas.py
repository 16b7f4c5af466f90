"""The canvas under the mouse: clicks, drags of the view or of something in it, the wheel, and panels of one view."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Layer, Marks, Rect, Ref
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.plot_range import Limits

_LEFT, _RIGHT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
HOME = View((0.0, 100.0), (0.0, 50.0))
MARK = QPoint(200, 150)


def lay_out(_view: View, size: tuple[float, float]) -> Drawing:
    """One mark at a fixed pixel of a plot with a margin of fifty pixels around it."""
    at = np.array([float(MARK.x())]), np.array([float(MARK.y())])
    mark = Marks("disc", *at, 12.0, "#000000", refs=(Ref("record", ("a",)),))
    return Drawing(*size, "#ffffff", Rect(50.0, 50.0, size[0] - 100, size[1] - 100), (Layer("marks", (mark,)),))


def shown(qtbot: QtBot, **options: object) -> FigureCanvas:
    canvas = FigureCanvas(**options)  # type: ignore[arg-type]
    qtbot.addWidget(canvas)
    canvas.resize(500, 300)
    canvas.show()
    canvas.set_layout(lay_out, home=HOME)
    canvas.go_home()
    assert canvas.drawing() is not None
    return canvas


def drag(qtbot: QtBot, canvas: FigureCanvas, start: QPoint, end: QPoint, button: Qt.MouseButton = _LEFT) -> None:
    qtbot.mousePress(canvas.viewport(), button, pos=start)
    for step in (1, 2, 3):
        qtbot.mouseMove(canvas.viewport(), start + (end - start) * step / 3)
    qtbot.mouseRelease(canvas.viewport(), button, pos=end)


def double(qtbot: QtBot, canvas: FigureCanvas, at: QPoint) -> None:
    """Click twice as a person does: Qt tells a press, a release, a double click and a release."""
    qtbot.mouseClick(canvas.viewport(), _LEFT, pos=at)
    qtbot.mouseDClick(canvas.viewport(), _LEFT, pos=at)
    qtbot.mouseRelease(canvas.viewport(), _LEFT, pos=at)


def roll(canvas: FigureCanvas, at: QPoint, steps: int) -> bool:
    place = QPointF(at)
    event = QWheelEvent(
        place, QPointF(canvas.viewport().mapToGlobal(at)), QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), event)
    return event.isAccepted()


class Grip:
    """Something that wants to be dragged from the left half of the canvas."""

    def __init__(self) -> None:
        self.told: list[tuple[str, float, float]] = []

    def begin(self, x: float, y: float) -> bool:
        self.told.append(("begin", x, y))
        return x < 250

    def move(self, x: float, y: float) -> None:
        self.told.append(("move", x, y))

    def end(self, x: float, y: float) -> None:
        self.told.append(("end", x, y))


@pytest.mark.parametrize("button", [_LEFT, _MIDDLE])
def test_what_is_dragged_stays_under_the_pointer(qtbot, button):
    canvas = shown(qtbot)
    start, end = QPoint(300, 120), QPoint(220, 180)
    held = canvas.to_data(start.x(), start.y())
    drag(qtbot, canvas, start, end, button)
    assert canvas.to_data(end.x(), end.y()) == pytest.approx(held)
    view = canvas.view()
    assert view.x[1] - view.x[0] == pytest.approx(100)
    assert view.y[1] - view.y[0] == pytest.approx(50)


def test_only_the_axes_that_can_be_zoomed_move(qtbot):
    canvas = shown(qtbot, zoom_axes="x", y_down=True)
    drag(qtbot, canvas, QPoint(300, 120), QPoint(260, 180))
    assert canvas.view() == View((10.0, 110.0), HOME.y)
    assert roll(canvas, QPoint(250, 150), 1)
    assert canvas.view().x[1] - canvas.view().x[0] == pytest.approx(74.3)
    assert canvas.view().y == HOME.y
    canvas.set_zoom_axes("")
    before = canvas.view()
    drag(qtbot, canvas, QPoint(300, 120), QPoint(260, 180))
    assert not roll(canvas, QPoint(250, 150), 1)
    assert canvas.view() == before


def test_a_drag_that_begins_beside_the_plot_moves_nothing_but_may_drag_something(qtbot):
    canvas = shown(qtbot)
    drag(qtbot, canvas, QPoint(20, 20), QPoint(300, 200))
    assert canvas.view() == HOME
    grip = Grip()
    canvas.set_dragging(grip)
    drag(qtbot, canvas, QPoint(20, 20), QPoint(320, 200))
    assert canvas.view() == HOME
    assert grip.told[0] == ("begin", 20, 20)
    assert [what for what, *_ in grip.told[1:]] == ["move", "move", "move", "end"]
    assert grip.told[-1] == ("end", 320, 200)


def test_what_wants_to_be_dragged_goes_before_the_view_with_the_left_button_only(qtbot):
    canvas = shown(qtbot)
    grip = Grip()
    canvas.set_dragging(grip)
    drag(qtbot, canvas, QPoint(100, 100), QPoint(200, 100))
    assert canvas.view() == HOME
    drag(qtbot, canvas, QPoint(400, 100), QPoint(300, 100))
    assert canvas.view().x == pytest.approx((25.0, 125.0))
    grip.told.clear()
    drag(qtbot, canvas, QPoint(100, 100), QPoint(200, 100), _MIDDLE)
    assert grip.told == []
    assert canvas.view().x == pytest.approx((0.0, 100.0))


def test_the_right_button_stretches_about_the_place_of_the_press_and_opens_no_menu_then(qtbot):
    canvas = shown(qtbot)
    menus: list[object] = []
    canvas.menu_wanted.connect(lambda ref, _place: menus.append(ref))
    start = QPoint(150, 200)
    held = canvas.to_data(start.x(), start.y())
    drag(qtbot, canvas, start, QPoint(210, 200), _RIGHT)
    assert canvas.to_data(start.x(), start.y()) == pytest.approx(held)
    assert canvas.view().x[1] - canvas.view().x[0] < 50
    assert canvas.view().y == pytest.approx(HOME.y)
    assert menus == []
    qtbot.mouseClick(canvas.viewport(), _RIGHT, pos=MARK)
    qtbot.mouseClick(canvas.viewport(), _RIGHT, pos=QPoint(400, 100))
    assert menus == [Ref("record", ("a",)), None]


def test_clicks_double_clicks_and_shaky_clicks(qtbot):
    canvas = shown(qtbot)
    told: list[tuple[object, ...]] = []
    canvas.activated.connect(lambda ref: told.append(("activated", ref.ids)))
    canvas.clicked_at.connect(lambda x, y: told.append(("at", x, y)))
    canvas.double_clicked.connect(lambda ref, x, y: told.append(("double", ref.ids if ref else None, x, y)))
    qtbot.mouseClick(canvas.viewport(), _LEFT, pos=MARK)
    assert told == [("at", 200, 150), ("activated", ("a",))]
    told.clear()
    drag(qtbot, canvas, MARK, MARK + QPoint(2, 1))
    assert told == [("at", 200, 150), ("activated", ("a",))]
    assert canvas.view() == HOME
    told.clear()
    qtbot.mouseClick(canvas.viewport(), _MIDDLE, pos=MARK)
    assert told == []
    double(qtbot, canvas, MARK)
    assert told[-1] == ("double", ("a",), 200, 150)
    double(qtbot, canvas, QPoint(400, 100))
    assert told[-1] == ("double", None, 400, 100)


def test_another_button_does_not_disturb_a_drag(qtbot):
    canvas = shown(qtbot)
    menus: list[object] = []
    canvas.menu_wanted.connect(lambda ref, _place: menus.append(ref))
    viewport = canvas.viewport()
    qtbot.mousePress(viewport, _LEFT, pos=QPoint(300, 100))
    qtbot.mouseMove(viewport, QPoint(280, 100))
    qtbot.mousePress(viewport, _RIGHT, pos=QPoint(280, 100))
    qtbot.mouseRelease(viewport, _RIGHT, pos=QPoint(280, 100))
    qtbot.mouseRelease(viewport, _LEFT, pos=QPoint(260, 100))
    assert canvas.view().x == pytest.approx((10.0, 110.0))
    assert menus == []


def test_the_wheel_zooms_about_the_pointer_over_the_plot_only(qtbot):
    canvas = shown(qtbot)
    at = QPoint(350, 90)
    held = canvas.to_data(at.x(), at.y())
    assert roll(canvas, at, 2)
    assert canvas.to_data(at.x(), at.y()) == pytest.approx(held)
    closer = canvas.view()
    assert closer.x[1] - closer.x[0] < 60
    assert roll(canvas, at, -2)
    assert canvas.view().x == pytest.approx(HOME.x)
    assert not roll(canvas, QPoint(20, 20), 2)
    assert canvas.view().x == pytest.approx(HOME.x)


def test_the_view_is_told_once_for_each_change_and_not_for_none(qtbot):
    canvas = shown(qtbot)
    told: list[View] = []
    canvas.view_changed.connect(told.append)
    canvas.set_view(HOME)
    assert told == []
    canvas.set_view(View((0.0, 10.0), (0.0, 5.0)))
    assert told == [View((0.0, 10.0), (0.0, 5.0))]
    canvas.set_limits(Limits(2.0, 8.0), Limits())
    assert told[1:] == [View((2.0, 8.0), (0.0, 5.0))]


def test_a_locked_aspect_is_kept_when_the_canvas_is_made_wider(qtbot):
    canvas = shown(qtbot, lock_aspect=True)
    for width in (500, 900, 300):
        canvas.resize(width, 300)
        drawing, view = canvas.drawing(), canvas.view()
        assert drawing is not None
        across = (view.x[1] - view.x[0]) / drawing.plot.width
        assert across == pytest.approx((view.y[1] - view.y[0]) / drawing.plot.height)


def test_of_small_figures_side_by_side_the_one_under_the_pointer_is_moved(qtbot):
    def two(view: View, size: tuple[float, float]) -> Drawing:
        plain = lay_out(view, size)
        left, right = Rect(20.0, 20.0, 200.0, 200.0), Rect(260.0, 20.0, 200.0, 200.0)
        return Drawing(*size, "#ffffff", left, plain.layers, panels=(left, right))

    canvas = shown(qtbot)
    canvas.set_layout(two, home=HOME)
    canvas.go_home()
    assert canvas.drawing() is not None
    drag(qtbot, canvas, QPoint(360, 120), QPoint(340, 120))
    assert canvas.view().x == pytest.approx((10.0, 110.0))
    drag(qtbot, canvas, QPoint(100, 120), QPoint(120, 120))
    assert canvas.view().x == pytest.approx((0.0, 100.0))
