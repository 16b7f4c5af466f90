"""Tests of runs of positions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.runs import runs


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 6))))
def test_runs_are_the_ranges_one_after_the_other(wanted: list[tuple[int, int]]) -> None:
    starts, counts = (np.array([each[at] for each in wanted], dtype=np.int64) for at in range(2))
    assert runs(starts, counts).tolist() == [place for start, count in wanted for place in range(start, start + count)]
