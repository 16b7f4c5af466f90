"""Divisions by the Louvain method, held against networkx on the same graphs."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipscape_db.network.louvain import louvain
from chipscape_db.progress import Progress, Stopped

TIES = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19), st.floats(0.1, 5.0)), max_size=60)


def modularity(graph: "nx.Graph[int]", found: list[int]) -> float:
    parts: dict[int, set[int]] = {}
    for node, number in enumerate(found):
        parts.setdefault(number, set()).add(node)
    return float(nx.community.modularity(graph, parts.values()))


def graph_of(count: int, ties: list[tuple[int, int, float]]) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for one, other, weight in ties:
        if one != other:
            before = graph.get_edge_data(one, other, {"weight": 0.0})["weight"]
            graph.add_edge(one, other, weight=before + weight)
    return graph


def test_planted_communities_are_found() -> None:
    graph = nx.planted_partition_graph(12, 30, 0.4, 0.01, seed=3)
    found = louvain(360, ((one, other, 1.0) for one, other in graph.edges))
    assert found == [node // 30 for node in range(360)]


@pytest.mark.parametrize("seed", range(5))
def test_a_division_is_as_good_as_that_of_networkx(seed: int) -> None:
    graph = nx.barabasi_albert_graph(400, 3, seed=seed)
    found = louvain(400, ((one, other, 1.0) for one, other in graph.edges))
    theirs = nx.community.louvain_communities(graph, seed=seed)
    assert modularity(graph, found) > nx.community.modularity(graph, theirs) - 0.02


@settings(max_examples=60)
@given(ties=TIES)
def test_divisions_never_join_pieces_and_are_better_than_none(ties: list[tuple[int, int, float]]) -> None:
    found, graph = louvain(20, ties), graph_of(20, ties)
    assert found == louvain(20, ties)
    assert len(found) == 20
    assert list(dict.fromkeys(found)) == list(range(max(found) + 1))
    piece_of = {node: number for number, piece in enumerate(nx.connected_components(graph)) for node in piece}
    for number in range(max(found) + 1):
        assert len({piece_of[node] for node in range(20) if found[node] == number}) == 1
    if graph.number_of_edges():
        assert modularity(graph, found) >= modularity(graph, list(range(20))) - 1e-9


def test_a_division_says_how_far_it_is_and_can_be_cancelled() -> None:
    graph = nx.barabasi_albert_graph(5_000, 3, seed=1)
    ties = [(one, other, 1.0) for one, other in graph.edges]
    told: list[float] = []
    louvain(5_000, ties, progress=Progress(report=told.append))
    assert len(told) > 5
    assert 0 == min(told) <= max(told) <= 1
    with pytest.raises(Stopped):
        louvain(5_000, ties, progress=Progress(lambda: True))


def test_nothing_and_one_node_divide_too() -> None:
    assert louvain(0, ()) == []
    assert louvain(1, [(0, 0, 2.0)]) == [0]
    assert louvain(3, [(0, 2, 1.0)]) == [0, 1, 0]
