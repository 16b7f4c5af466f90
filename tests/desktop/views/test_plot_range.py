"""What is in view: it keeps its limits and its aspect, and what is under the pointer stays there."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.drawing import Rect
from chipscape_desktop.views.plot_range import Limits, PlotRange

values = st.floats(-1e6, 1e6)
factors = st.floats(0.05, 20.0)
shares = st.floats(0.0, 1.0)
sizes = st.floats(10.0, 3000.0)
spans = st.tuples(values, st.floats(0.01, 1e6)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def ranges(draw: st.DrawFn, *, lock: bool | None = None) -> PlotRange:
    made = PlotRange(y_down=draw(st.booleans()), lock_aspect=draw(st.booleans()) if lock is None else lock)
    made.resize(Rect(draw(st.floats(0, 200)), draw(st.floats(0, 200)), draw(sizes), draw(sizes)))
    made.show(draw(spans), draw(spans))
    return made


def width(span: tuple[float, float]) -> float:
    return span[1] - span[0]


@given(ranges(lock=False), spans, spans)
def test_without_limits_what_is_asked_for_is_what_is_seen(made: PlotRange, x, y) -> None:
    made.show(x, y)
    assert made.view.x == pytest.approx(x)
    assert made.view.y == pytest.approx(y)
    assert not made.show(x, y)


@given(ranges(lock=True), spans, spans)
def test_a_locked_aspect_shows_all_that_is_asked_for_with_equal_units(made: PlotRange, x, y) -> None:
    made.show(x, y)
    view = made.view
    assert width(view.x) / made.plot.width == pytest.approx(width(view.y) / made.plot.height)
    slack = 1e-9 * (abs(x[0]) + abs(y[0]) + width(view.x) + width(view.y))
    assert view.x[0] <= x[0] + slack
    assert view.x[1] >= x[1] - slack
    assert view.y[0] <= y[0] + slack
    assert view.y[1] >= y[1] - slack


@given(ranges(lock=True), sizes, sizes)
def test_a_plot_made_larger_and_small_again_shows_what_it_showed(made: PlotRange, wide: float, high: float) -> None:
    plot, before = made.plot, made.view
    made.resize(Rect(0.0, 0.0, wide, high))
    made.resize(plot)
    assert made.view.x == pytest.approx(before.x)
    assert made.view.y == pytest.approx(before.y)


@given(ranges(), factors, shares, shares)
def test_what_is_under_the_pointer_stays_there_while_zooming(made: PlotRange, factor, right, down) -> None:
    plot = made.plot
    pixel = (plot.x + right * plot.width, plot.y + down * plot.height)
    about = made.to_data(*pixel)
    made.scale(factor, factor, about)
    view = made.view
    assert made.to_data(*pixel)[0] == pytest.approx(about[0], abs=1e-7 * (abs(about[0]) + width(view.x)))
    assert made.to_data(*pixel)[1] == pytest.approx(about[1], abs=1e-7 * (abs(about[1]) + width(view.y)))


@given(
    ranges(lock=False),
    st.lists(st.tuples(st.sampled_from(["move", "scale", "show", "resize"]), values, factors, spans), max_size=6),
)
def test_whatever_is_done_the_limits_are_kept(made: PlotRange, steps) -> None:
    made.limit(Limits(-500.0, 1500.0, 2.0, 800.0), Limits(0.0, 12.0, 1.0))
    for what, by, factor, span in steps:
        if what == "move":
            made.move(by, -by)
        elif what == "scale":
            made.scale(factor, 1 / factor)
        elif what == "show":
            made.show(span, span)
        else:
            made.resize(Rect(0.0, 0.0, 10.0 + abs(by) / 1e3, 400.0))
        (x0, x1), (y0, y1) = made.view.x, made.view.y
        assert x0 >= -500 - 1e-6
        assert x1 <= 1500 + 1e-6
        assert 2 - 1e-6 <= x1 - x0 <= 800 + 1e-6
        assert y0 >= -1e-9
        assert y1 <= 12 + 1e-9
        assert y1 - y0 >= 1 - 1e-9


def test_limits_of_one_axis_keep_a_locked_aspect() -> None:
    made = PlotRange(y_down=True, lock_aspect=True)
    made.resize(Rect(0.0, 0.0, 800.0, 400.0))
    made.limit(Limits(least=4.0, most=100.0), Limits())
    for factor in (50.0, 50.0, 0.001):
        made.scale(factor, factor)
        assert 4.0 - 1e-9 <= width(made.view.x) <= 100.0 + 1e-9
        assert width(made.view.x) == pytest.approx(2 * width(made.view.y))


def test_narrower_limits_move_the_view_for_good() -> None:
    made = PlotRange(y_down=False, lock_aspect=False)
    made.show((0.0, 10.0), (0.0, 1.0))
    assert made.limit(Limits(4.0, 8.0), Limits())
    assert made.view.x == (4.0, 8.0)
    assert not made.limit(Limits(), Limits())
    assert made.view.x == (4.0, 8.0)


def test_a_view_without_extent_is_as_wide_as_the_one_before() -> None:
    made = PlotRange(y_down=False, lock_aspect=False)
    made.show((0.0, 10.0), (0.0, 2.0))
    made.show((100.0, 100.0), (5.0, 4.0))
    assert made.view.x == (95.0, 105.0)
    assert made.view.y == (4.0, 5.0)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_shown(bad: float) -> None:
    made = PlotRange(y_down=False, lock_aspect=False)
    with pytest.raises(ValueError, match="nothing can be shown"):
        made.show((0.0, bad), (0.0, 1.0))
    assert made.view.x == (0.0, 1.0)


def test_pixels_go_down_and_data_goes_up_unless_it_goes_down_too() -> None:
    for y_down, expected in ((False, 10.0), (True, 0.0)):
        made = PlotRange(y_down=y_down, lock_aspect=False)
        made.resize(Rect(50.0, 20.0, 100.0, 100.0))
        made.show((0.0, 1.0), (0.0, 10.0))
        assert made.to_data(50.0, 20.0) == (0.0, expected)
