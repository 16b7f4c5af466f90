"""Routes between signs: from one to the other, along rows and columns, around labels where that can be."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.drawing import Rect
from chipscape_desktop.figures.timeline.routes import LABEL, SIGN, End, Obstacles, rounded, route, segments_of

AREA = Rect(0, 0, 1000, 400)
ENDS = st.builds(End, st.integers(40, 960).map(float), st.integers(40, 360).map(float), st.sampled_from([5.0, 8.0]))
LABELS = st.lists(
    st.builds(
        lambda x, y, width: (Rect(float(x), float(y), float(width), 11.0), LABEL),
        st.integers(0, 900), st.integers(20, 370), st.integers(20, 200),
    ),
    max_size=25,
)  # fmt: skip


def crossed(x, y, rects) -> int:
    parts = [rect for rect, _cost in segments_of(np.asarray(x), np.asarray(y))]
    return sum(
        any(
            part.x + 1 < rect.right
            and part.right - 1 > rect.x
            and part.y + 1 < rect.bottom
            and part.bottom - 1 > rect.y
            for part in parts
        )
        for rect, _cost in rects
    )


@given(ENDS, ENDS, LABELS)
def test_a_route_joins_the_rims_of_its_signs_by_straight_lines_inside_the_area(start, end, labels):
    x, y = route(start, end, Obstacles.of(labels), area=AREA)
    assert x[0] == start.x
    assert abs(y[0] - start.y) == start.reach
    assert np.isclose(max(abs(x[-1] - end.x), abs(y[-1] - end.y)), end.reach)
    assert all(x[i] == x[i + 1] or y[i] == y[i + 1] for i in range(len(x) - 1))
    assert x.min() >= AREA.x
    assert x.max() <= AREA.right
    assert y.min() >= AREA.y
    assert y.max() <= AREA.bottom


def test_a_label_in_the_way_is_gone_around():
    start, end = End(100.0, 50.0, 6.0), End(400.0, 250.0, 6.0)
    straight = route(start, end, Obstacles.of([]), area=AREA)
    labels = [(Rect(80.0, 120.0, 60.0, 11.0), LABEL), (Rect(340.0, 180.0, 120.0, 11.0), LABEL)]
    assert crossed(*straight, [(Rect(80.0, 120.0, 340.0, 11.0), LABEL)]) == 1
    x, y = route(start, end, Obstacles.of(labels), area=AREA)
    assert crossed(x, y, labels) == 0


def test_a_label_is_crossed_rather_than_a_sign_only_where_neither_can_be_helped():
    start, end = End(100.0, 50.0, 6.0), End(500.0, 250.0, 6.0)
    wall = [(Rect(-500.0, 150.0, 1100.0, 11.0), LABEL), (Rect(600.0, 150.0, 900.0, 11.0), SIGN)]
    x, y = route(start, end, Obstacles.of(wall), area=AREA)
    assert crossed(x, y, wall[:1]) + crossed(x, y, wall[1:]) == 1


def test_a_head_has_room():
    for end in (End(400.0, 50.0, 6.0), End(400.0, 250.0, 6.0), End(104.0, 250.0, 6.0)):
        x, y = route(End(100.0, 50.0, 6.0), end, Obstacles.of([]), area=AREA)
        assert np.hypot(x[-1] - x[-2], y[-1] - y[-2]) >= 10


@given(ENDS, ENDS, LABELS)
def test_round_corners_keep_the_ends_and_stay_near_the_corners(start, end, labels):
    x, y = route(start, end, Obstacles.of(labels), area=AREA)
    round_x, round_y = rounded(x, y, 6.0)
    assert (round_x[0], round_y[0]) == (x[0], y[0])
    assert (round_x[-1], round_y[-1]) == (x[-1], y[-1])
    assert x.min() - 1e-6 <= round_x.min()
    assert round_x.max() <= x.max() + 1e-6
