import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipscape_desktop.benchmarks.graph_layout import bench_layout, scale_free
from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.graph_force import exact_push, grid_push
from chipscape_desktop.figures.graph_layout import edge_crossings_sample, force_layout, normalised_stress
from chipscape_desktop.figures.graph_overlap import close_pairs, remove_overlaps
from chipscape_desktop.figures.graph_start import components

GRAPHS = {
    "a chain": nx.path_graph(40),
    "a mesh": nx.convert_node_labels_to_integers(nx.grid_2d_graph(9, 9)),
    "a tree": nx.balanced_tree(3, 4),
    "hubs": nx.barabasi_albert_graph(150, 2, seed=1),
    "a small world": nx.watts_strogatz_graph(120, 4, 0.1, seed=1),
    "caves": nx.connected_caveman_graph(8, 8),
}


def overlaps(xy: Floats, radii: Floats) -> int:
    return len(close_pairs(xy, radii)[0])


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Ints]:
    n = draw(st.integers(1, 40))
    count = draw(st.integers(0, 60))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    return n, rng.integers(0, n, (count, 2))


@settings(deadline=None, max_examples=60)
@given(graphs(), st.floats(0.01, 2.0))
def test_any_graph_gets_finite_places_without_overlaps_and_the_same_every_time(
    graph: tuple[int, Ints], radius: float
) -> None:
    n, edges = graph
    radii = np.full(n, radius) * np.linspace(1, 4, n)
    xy = force_layout(n, edges, radii=radii, aspect=16 / 9)
    assert xy.shape == (n, 2)
    assert np.isfinite(xy).all()
    assert overlaps(xy, radii) == 0
    assert np.array_equal(xy, force_layout(n, edges, radii=radii, aspect=16 / 9))


@pytest.mark.parametrize("name", GRAPHS)
def test_stress_is_no_worse_than_that_of_networkx(name: str) -> None:
    graph = GRAPHS[name]
    n, edges = len(graph), np.array(graph.edges())
    theirs = nx.spring_layout(graph, seed=1)
    baseline = normalised_stress(n, edges, np.array([theirs[i] for i in range(n)]))
    assert normalised_stress(n, edges, force_layout(n, edges)) <= baseline * 1.05


def test_stress_of_a_large_graph_stays_with_the_best_known() -> None:
    edges = scale_free(3000)
    # sfdp reaches 0.184 on graphs of this kind.
    assert normalised_stress(3000, edges, force_layout(3000, edges)) <= 0.184 * 1.05


def test_stress_is_zero_for_a_chain_drawn_straight_at_any_scale() -> None:
    edges = np.array([[i, i + 1] for i in range(9)])
    straight = np.stack([np.arange(10) * 7.0, np.zeros(10)], axis=1)
    assert normalised_stress(10, edges, straight) == pytest.approx(0.0, abs=1e-12)
    assert normalised_stress(10, edges, np.random.default_rng(1).random((10, 2))) > 0.1
    assert normalised_stress(3, np.zeros((0, 2), dtype=np.int64), straight[:3]) == 0.0


def test_crossings_are_counted() -> None:
    square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    assert edge_crossings_sample(np.array([[0, 2], [1, 3]]), square) == 1.0
    assert edge_crossings_sample(np.array([[0, 1], [2, 3]]), square) == 0.0


def test_the_grid_pushes_as_the_pairs_do() -> None:
    xy = np.random.default_rng(1).uniform(0, 30, (800, 2))
    exact, grid = exact_push(xy), grid_push(xy)
    assert np.corrcoef(exact.ravel(), grid.ravel())[0, 1] > 0.97


def test_parts_are_found_and_counted_by_size() -> None:
    assert components(6, np.array([[4, 5], [5, 3], [0, 1]])).tolist() == [1, 1, 2, 0, 0, 0]
    chain = np.stack([np.arange(4999), np.arange(1, 5000)], axis=1)
    assert set(components(5000, np.random.default_rng(2).permutation(chain)).tolist()) == {0}


def test_another_seed_gives_another_layout() -> None:
    edges = scale_free(60)
    assert not np.allclose(force_layout(60, edges, seed=1), force_layout(60, edges, seed=2))


def test_pinned_nodes_stay_exactly() -> None:
    edges = scale_free(80)
    pins = {3: (12.5, -7.25), 40: (-3.0, 4.0), 79: (0.1, 0.2)}
    xy = force_layout(80, edges, pinned=pins, radii=np.full(80, 0.3), aspect=1.6)
    for node, place in pins.items():
        assert tuple(xy[node]) == place
    alone = force_layout(1, np.zeros((0, 2)), pinned={0: (5.0, 6.0)})
    assert alone.tolist() == [[5.0, 6.0]]


def test_a_new_node_joins_its_neighbours_and_moves_the_others_little() -> None:
    edges = scale_free(120)
    radii = np.full(121, 0.2)
    before = force_layout(120, edges, radii=radii[:120])
    previous = np.vstack([before, [[np.nan, np.nan]]])
    after = force_layout(121, np.vstack([edges, [[120, 7], [120, 9]]]), previous=previous, radii=radii)
    moved = np.hypot(*(after[:120] - before).T)
    size = np.ptp(before, axis=0).max()
    assert np.median(moved) < 0.02 * size
    assert moved.max() < 0.15 * size
    assert np.hypot(*(after[120] - before[[7, 9]].mean(axis=0))) < size / 2
    assert overlaps(after, radii) == 0


def test_nothing_new_moves_nothing() -> None:
    edges = np.array([[0, 1], [1, 2], [3, 4]])
    before = force_layout(6, edges, radii=np.full(6, 0.2))
    assert np.allclose(force_layout(6, edges, radii=np.full(6, 0.2), previous=before), before)


def test_a_new_part_does_not_land_on_what_is_there() -> None:
    edges = scale_free(60)
    before = force_layout(60, edges)
    more = np.vstack([edges, scale_free(20) + 60])
    radii = np.full(80, 0.2)
    after = force_layout(80, more, previous=np.vstack([before, np.full((20, 2), np.nan)]), radii=radii)
    apart = np.hypot(*(after[:60, None] - after[None, 60:]).transpose(2, 0, 1))
    assert apart.min() > 0.5


def test_the_largest_part_is_in_the_middle_and_parts_keep_apart() -> None:
    edges = np.vstack([scale_free(100), scale_free(20) + 100, scale_free(10) + 120, [[130, 131]]])
    xy = force_layout(132, edges, aspect=16 / 9)
    part = np.repeat([0, 1, 2, 3], [100, 20, 10, 2])
    middle = (xy.min(axis=0) + xy.max(axis=0)) / 2
    centres = np.array([xy[part == k].mean(axis=0) for k in range(4)])
    assert np.argmin(np.hypot(*(centres - middle).T)) == 0
    apart = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    assert apart[part[:, None] != part[None]].min() > 0.5


def test_nodes_without_edges_stand_in_rows_below() -> None:
    edges = scale_free(50)
    xy = force_layout(90, edges, radii=np.full(90, 0.3))
    rows = np.unique(xy[50:, 1])
    assert xy[50:, 1].min() > xy[:50, 1].max()
    assert len(rows) <= 8
    assert np.allclose(np.diff(np.sort(xy[50:][xy[50:, 1] == rows[0], 0])), 1.0)
    assert np.isfinite(force_layout(5, np.zeros((0, 2)))).all()


def test_a_wide_layout_is_wide() -> None:
    edges = scale_free(200)
    width, height = np.ptp(force_layout(200, edges, aspect=16 / 9), axis=0)
    assert 1.3 < width / height < 2.4


def test_a_stronger_edge_is_shorter() -> None:
    edges = np.array([[0, 1], [1, 2]])
    xy = force_layout(3, edges, weights=np.array([8.0, 1.0]))
    assert np.hypot(*(xy[0] - xy[1])) < np.hypot(*(xy[1] - xy[2]))


def test_it_stops_when_asked_and_says_how_far_it_is() -> None:
    asked, shares = [], []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    stopped = force_layout(100, scale_free(100), should_stop=stop)
    assert len(asked) == 4
    assert np.isfinite(stopped).all()
    force_layout(100, scale_free(100), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_loops_doubles_and_directions_change_nothing() -> None:
    edges = scale_free(40)
    doubled = np.vstack([edges, edges[:, ::-1], [[3, 3]]])
    assert np.array_equal(force_layout(40, edges), force_layout(40, doubled))


def test_an_edge_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="not among"):
        force_layout(3, [(0, 3)])


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 200), st.integers(0, 1000))
def test_overlaps_are_removed_and_fixed_discs_stay(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy, radii = rng.uniform(0, 10, (n, 2)), rng.uniform(0.05, 1.0, n)
    fixed = np.zeros(n, dtype=bool)
    fixed[0] = True
    apart = remove_overlaps(xy, radii, fixed=fixed)
    assert overlaps(apart, radii) == 0
    assert np.array_equal(apart[0], xy[0])
    heap = remove_overlaps(np.zeros((n, 2)), radii)
    assert overlaps(heap, radii) == 0


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 120), st.integers(0, 1000))
def test_close_pairs_are_all_pairs_that_overlap(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy, radii = rng.uniform(0, 10, (n, 2)), rng.uniform(0, 0.3, n) * rng.choice([0, 1, 10], n, p=[0.1, 0.8, 0.1])
    a, b = close_pairs(xy, radii)
    found = {(int(min(p)), int(max(p))) for p in zip(a, b, strict=True)}
    assert len(found) == len(a)
    distance = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    every = np.argwhere(np.triu(distance < radii[:, None] + radii[None], 1))
    assert found == {(int(i), int(j)) for i, j in every}


def test_the_benchmark_says_what_it_measured() -> None:
    result = bench_layout((200, 600))
    assert result["200"]["stress"] < 0.2
    assert result["200"]["baseline"]["seconds"] > 0
    assert result["600"]["baseline"]["seconds"] is None
    assert "note" in result["600"]["baseline"]
