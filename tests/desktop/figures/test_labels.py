import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.drawing import Floats, Rect
from chipscape_desktop.figures.labels import SIDES, LabelRequests, Placement, RowRequests, place, place_rows

FRAME = Rect(0, 0, 400, 300)


def requests(count: int, seed: int = 1, **changes: object) -> LabelRequests:
    rng = np.random.default_rng(seed)
    columns: dict[str, object] = {
        # Whole pixels, so that moving all of them is exact.
        "x": rng.integers(0, 400, count).astype(float),
        "y": rng.integers(0, 300, count).astype(float),
        "radius": rng.integers(1, 8, count).astype(float),
        "width": rng.integers(10, 120, count).astype(float),
        "height": np.full(count, 14.0),
        "priority": rng.integers(0, 5, count).astype(float),
    }
    return LabelRequests(**(columns | changes))  # type: ignore[arg-type]


def boxes(placement: Placement) -> Floats:
    kept = placement.placed
    x, y = placement.x[kept], placement.y[kept]
    return np.stack([x, y, x + placement.width[kept], y + placement.height[kept]], axis=1)


def overlapping(a: Floats, b: Floats) -> Floats:
    a, b = a[:, None], b[None]
    return (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2]) & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])


@given(st.integers(0, 120), st.integers(0, 1000))
def test_labels_never_overlap_each_other_the_marks_or_the_obstacles_nor_leave_the_frame(count: int, seed: int) -> None:
    wanted = requests(count, seed)
    rng = np.random.default_rng(seed)
    corner = rng.uniform(-50, 400, (10, 2))
    obstacles = np.concatenate([corner, corner + rng.uniform(0, 90, (10, 2))], axis=1)
    placement = place(wanted, FRAME, obstacles=obstacles)
    found = boxes(placement)
    assert not np.any(np.triu(overlapping(found, found), 1))
    assert not np.any(overlapping(found, obstacles))
    r = wanted.radius
    marks = np.stack([wanted.x - r, wanted.y - r, wanted.x + r, wanted.y + r], axis=1)
    own = np.arange(count)[:, None] == placement.placed[None]
    assert not np.any(overlapping(marks, found) & ~own)
    assert np.all((found[:, :2] >= 0) & (found[:, 2:] <= [FRAME.width, FRAME.height]))
    assert placement.dropped + len(placement.placed) == count
    again = place(wanted, FRAME, obstacles=obstacles)
    assert np.array_equal(again.side, placement.side)


@given(st.integers(1, 60), st.integers(0, 1000))
def test_every_dropped_label_stood_in_the_way_of_one_at_least_as_important(count: int, seed: int) -> None:
    wanted = requests(count, seed, radius=np.zeros(count))
    placement = place(wanted, Rect(-500, -500, 1500, 1500), avoid_marks=False, spacing=0)
    for lost in np.flatnonzero(placement.side < 0):
        alone = LabelRequests(*(np.append(getattr(wanted, name)[placement.placed], getattr(wanted, name)[lost])
                                for name in ("x", "y", "radius", "width", "height", "priority")))  # fmt: skip
        stronger = alone.priority >= wanted.priority[lost]
        only = LabelRequests(*(getattr(alone, name)[stronger]
                               for name in ("x", "y", "radius", "width", "height", "priority")))  # fmt: skip
        assert place(only, Rect(-500, -500, 1500, 1500), avoid_marks=False, spacing=0).side[-1] == -1


@given(st.integers(1, 80), st.integers(0, 500), st.integers(-300, 300))
def test_moving_everything_keeps_the_sides(count: int, seed: int, dx: int) -> None:
    wanted = requests(count, seed)
    moved = requests(count, seed, x=wanted.x + dx)
    before = place(wanted, FRAME)
    after = place(moved, Rect(FRAME.x + dx, 0, FRAME.width, FRAME.height))
    assert np.array_equal(before.side, after.side)
    wide = Rect(-5000, -5000, 10000, 10000)
    assert np.array_equal(place(wanted, wide).side, place(moved, wide).side)


def test_the_more_important_label_wins_the_place() -> None:
    two = requests(2, x=np.array([100.0, 100.0]), y=np.array([100.0, 104.0]), priority=np.array([1.0, 9.0]),
                   width=np.array([60.0, 60.0]), radius=np.array([3.0, 3.0]), sides=("right",))  # fmt: skip
    placement = place(two, FRAME, avoid_marks=False)
    assert placement.side.tolist() == [-1, 0]
    assert placement.dropped == 1


def test_the_side_of_before_is_tried_first() -> None:
    one = requests(1, x=np.array([200.0]), y=np.array([150.0]), previous=np.array([SIDES.index("below")]))
    placement = place(one, FRAME)
    assert SIDES[placement.side[0]] == "below"
    assert placement.rect(0).y > 150
    assert placement.anchor(0)[1] == "middle"


def test_each_label_may_have_sides_of_its_own() -> None:
    both = requests(2, x=np.array([150.0, 250.0]), y=np.array([50.0, 200.0]), sides=[("left",), ("above",)])
    placement = place(both, FRAME)
    assert [SIDES[side] for side in placement.side] == ["left", "above"]
    x, anchor = placement.anchor(0)
    assert anchor == "end"
    assert x == pytest.approx(150 - both.radius[0] - 3)


def test_a_label_that_never_fits_is_counted_as_dropped() -> None:
    placement = place(requests(1, width=np.array([900.0])), FRAME)
    assert placement.dropped == 1
    assert np.isnan(placement.x[0])
    assert place(requests(0), FRAME).dropped == 0


@given(st.integers(0, 150), st.integers(0, 1000))
def test_row_labels_overlap_neither_marks_nor_each_other(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    left = rng.uniform(-100, 1000, count)
    wanted = RowRequests(
        left, left + rng.choice([0.0, 10.0, 300.0], count, p=[0.3, 0.6, 0.1]), rng.choice([0.0, 40.0, 90.0], count),
        rng.integers(0, 6, count), rng.random(count),
    )  # fmt: skip
    placement = place_rows(wanted, 0.0, right=900.0)
    kept = placement.placed
    a, b = placement.x[kept], placement.x[kept] + wanted.width[kept]
    assert np.all((a >= 0) & (b <= 900))
    same = wanted.row[kept][:, None] == wanted.row[kept][None]
    assert not np.any(np.triu(same & (a[:, None] < b[None]) & (a[None] < b[:, None]), 1))
    same = wanted.row[kept][:, None] == wanted.row[None]
    assert not np.any(same & (wanted.left[None] < b[:, None]) & (wanted.right[None] > a[:, None] + 1e-3))
    assert placement.dropped == np.count_nonzero((wanted.width > 0) & np.isnan(placement.x))
    assert np.array_equal(place_rows(wanted, 0.0, right=900.0).x, placement.x, equal_nan=True)


def test_row_labels_go_to_the_important_and_leave_room_for_the_next_mark() -> None:
    wanted = RowRequests(
        left=np.array([0.0, 100.0, 130.0, 0.0]), right=np.array([10.0, 110.0, 140.0, 10.0]),
        width=np.array([80.0, 80.0, 80.0, 80.0]), row=np.array([0, 0, 0, 1]), priority=np.array([1.0, 5.0, 2.0, 0.0]),
    )  # fmt: skip
    placement = place_rows(wanted, 0.0, right=400.0)
    assert placement.placed.tolist() == [0, 2, 3]
    assert placement.x[[0, 2, 3]].tolist() == [14.0, 144.0, 14.0]
    assert placement.dropped == 1
