"""Rows of the comparison: nothing overlaps, and who ranks higher chooses first."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.milestones.rows import GAP, Wish, place

WISHES = st.lists(
    st.tuples(st.floats(0, 2000), st.floats(1, 60), st.floats(0, 200), st.integers(1, 12)).map(
        lambda it: Wish(it[0], it[0] + it[1], it[0] + it[1] + it[2], it[3])
    ),
    max_size=60,
)


@given(wishes=WISHES, rows=st.integers(0, 8))
def test_signs_and_labels_never_overlap(wishes: list[Wish], rows: int) -> None:
    placed, labelled = place(wishes, rows)
    taken: dict[int, list[tuple[float, float]]] = {}
    for wish, row, named in zip(wishes, placed, labelled, strict=True):
        assert -1 <= row < max(rows, 0)
        if row >= 0:
            taken.setdefault(row, []).append((wish.left, wish.label_right if named else wish.right))
    for intervals in taken.values():
        intervals.sort()
        for (_left, right), (next_left, _end) in pairwise(intervals):
            assert right + GAP <= next_left + 1e-9


@given(wishes=WISHES, shift=st.floats(-5000, 5000).map(round))
def test_panning_changes_no_row(wishes: list[Wish], shift: int) -> None:
    moved = [Wish(w.left + shift, w.right + shift, w.label_right + shift, w.rank) for w in map(rounded, wishes)]
    assert place([rounded(w) for w in wishes], 4) == place(moved, 4)


def rounded(wish: Wish) -> Wish:
    """Whole pixels, whose sums are exact."""
    return Wish(float(round(wish.left)), float(round(wish.right)), float(round(wish.label_right)), wish.rank)


def test_the_highest_rank_has_the_row_next_to_the_axis() -> None:
    placed, labelled = place([Wish(0, 10, 90, 1), Wish(0, 10, 90, 5)], 2)
    assert placed == [1, 0]
    assert labelled == [True, True]


def test_what_finds_no_room_is_told() -> None:
    placed, labelled = place([Wish(0, 10, 90, 2), Wish(5, 15, 95, 1)], 1)
    assert placed == [0, -1]
    assert labelled == [True, False]
