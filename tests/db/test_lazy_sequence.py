"""Sequences whose items are made when asked for behave as the lists that they stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.lazy_sequence import LazySequence

places = st.none() | st.integers(-12, 12)


class Squares(LazySequence[int]):
    def __init__(self, count: int) -> None:
        self.count = count

    def __len__(self) -> int:
        return self.count

    def made(self, at: int) -> int:
        return at * at


@given(st.integers(0, 10), places, places, st.none() | st.integers(-3, 3).filter(bool))
def test_slices_and_the_way_through_are_those_of_a_list(count: int, start, stop, step) -> None:
    squares, listed = Squares(count), [at * at for at in range(count)]
    assert list(squares) == listed
    assert list(reversed(squares)) == listed[::-1]
    assert squares[start:stop:step] == listed[start:stop:step]


@given(st.integers(0, 10), st.integers(-12, 12))
def test_positions_count_from_either_end_and_end_there(count: int, at: int) -> None:
    squares = Squares(count)
    if -count <= at < count:
        assert squares[at] == [each * each for each in range(count)][at]
    else:
        with pytest.raises(IndexError):
            squares[at]
