"""The index finds what a plain comparison finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.timeline.index import build_index

ITEMS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(1, 5), st.integers(0, 5000), st.sampled_from([1, 1, 30, 365, 700, 100_000_000])
    ),
    max_size=80,
)


@given(ITEMS, st.floats(-100, 5200), st.integers(1, 2000), st.booleans())
def test_it_finds_what_is_alive(items, left, width, large):
    lane = np.array([item[0] for item in items], dtype=np.int64)
    importance = np.array([item[1] for item in items], dtype=np.int64)
    low = np.array([item[2] for item in items], dtype=np.float64)
    high = low + np.array([item[3] for item in items], dtype=np.float64)
    index = build_index(4, lane, importance, low=low, high=high, large=0 if large else 10**9)
    assert (index.grid is not None) == (large and len(items) > 0)
    right = left + width
    edges = np.array([left, (left + right) / 2, right])
    assert index.histograms(edges).shape == (4, 2)
    assert index.alive_in([0, 2], left, right) == index.alive(0, left, right) + index.alive(2, left, right)
    between = np.digitize(low, edges[1:-1])
    assert index.begun(edges).tolist() == [int(np.sum(between == place)) for place in range(2)]
    for number in range(4):
        expected = np.flatnonzero((lane == number) & (low < right) & (high > left))
        found, complete = index.most_important(number, left, right, limit=1000)
        assert complete
        assert sorted(found.tolist()) == expected.tolist()
        assert index.alive(number, left, right) == len(expected)
        assert index.histogram(number, np.array([left, right], dtype=np.float64)).tolist() == [len(expected)]
        assert index.histograms(edges)[number].tolist() == index.histogram(number, edges).tolist()
        assert sorted(index.most_important_of([number], left, right, limit=1000)[0][0].tolist()) == expected.tolist()
        few, all_there = index.most_important(number, left, right, limit=3)
        assert len(few) <= 3
        if not all_there and len(few):
            assert importance[few].min() > min(importance[expected])
        several, too = index.most_important_of([number], left, right, limit=3)[0]
        assert (sorted(several.tolist()), too) == (sorted(few.tolist()), all_there)
