"""The order in the bands of the stack layout, and its crossings."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipscape_desktop.figures.graph_stack import count_crossings, crossing_order, stack_layout


def crossings_one_by_one(layer, edges, position):
    total = 0
    for (a, b), (c, d) in itertools.combinations(edges, 2):
        if layer[a] == layer[c] and layer[b] == layer[d]:
            total += (position[a] - position[c]) * (position[b] - position[d]) < 0
    return total


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.integers(1, 9), st.integers(0, 30))
def test_crossings_are_those_counted_pair_by_pair(seed: int, above: int, below: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    layer = np.array([0] * above + [1] * below)
    edges = np.column_stack([rng.integers(0, above, count), above + rng.integers(0, below, count)]).reshape(-1, 2)
    position = rng.permutation(above + below).astype(float)
    assert count_crossings(layer, edges, position) == crossings_one_by_one(layer, edges.tolist(), position)


def test_a_plain_tangle_comes_apart() -> None:
    layer = np.repeat([0, 1, 2], 6)
    rng = np.random.default_rng(4)
    edges = np.array([(i, 6 + (i + 3) % 6) for i in range(6)] + [(6 + i, 12 + (5 * i + 1) % 6) for i in range(6)])
    order = crossing_order(layer, edges, start=rng.permutation(18).astype(float))
    assert count_crossings(layer, edges, order) == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_there_are_far_fewer_crossings_than_in_the_first_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    layer = rng.integers(0, 4, 120)
    edges = rng.integers(0, 120, (200, 2))
    down = edges[np.abs(layer[edges[:, 0]] - layer[edges[:, 1]]) == 1]
    down = np.where((layer[down[:, 0]] < layer[down[:, 1]])[:, None], down, down[:, ::-1])
    start = rng.permutation(120).astype(float)
    order = crossing_order(layer, down, start=start)
    assert count_crossings(layer, down, order) < 0.65 * count_crossings(layer, down, start)


def test_layers_without_nodes_take_no_room_and_an_empty_graph_is_no_fault() -> None:
    stack = stack_layout(np.array([2, 2, 7]), np.array([[0, 2]]), start=np.arange(3.0))
    assert [band.layer for band in stack.bands] == [2, 7]
    assert stack.bands[0].bottom < stack.bands[1].top
    one = stack_layout(np.array([0]), np.zeros((0, 2), dtype=np.int64), start=np.zeros(1))
    assert np.isfinite(one.xy).all()
