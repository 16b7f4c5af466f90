"""Answers held against rustworkx on the dumped facts, and against small networks worked out by hand."""

from itertools import pairwise
from typing import Any

import pytest
import rustworkx
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.errors import Invalid, NotFound
from chipscape_db.network.chokepoints import chokepoints
from chipscape_db.network.communities import communities
from chipscape_db.network.cut import dependency_cut
from chipscape_db.network.graph import DEPENDENT, USUAL, Network
from chipscape_db.network.paths import paths
from chipscape_db.network.supply import supply_chain
from chipscape_db.queries.ecosystem import EcosystemEdge, EcosystemNode

MAKING = ("designs", "develops")


def made(
    *links: tuple[str, str, str], kinds: dict[str, str] | None = None, layers: dict[str, str] | None = None
) -> Network:
    """A small network from (subject, kind, object); a record's kind is `chip` unless told."""
    ids = sorted({end for a, _kind, b in links for end in (a, b)})
    nodes = {
        id_: EcosystemNode(
            id_, id_, (kinds or {}).get(id_, "chip"), (layers or {}).get(id_, ""), id_.title(), "", "", "", "", "", ()
        )
        for id_ in ids
    }
    rows = tuple(EcosystemEdge(f"{a} {kind} {b}", kind, a, b, "", "", "", ()) for a, kind, b in links)
    return Network(nodes, rows)


def down_of(dumped: Any, *, maker: str = "") -> tuple[Any, dict[str, int]]:
    """The dependencies as rustworkx sees them, from provider to dependent; *maker*'s designs only where it is given."""
    graph = rustworkx.PyDiGraph(multigraph=False)
    number = dict(zip(dumped.records, graph.add_nodes_from(dumped.records), strict=True))
    for a, kind, b in dumped.links:
        if kind in USUAL:
            dependent, provider = (a, b) if DEPENDENT[kind] == "subject" else (b, a)
            if not maker or kind not in MAKING or provider == maker:
                graph.add_edge(number[provider], number[dependent], None)
    return graph, number


@pytest.mark.parametrize(("start", "end"), [("pangu-pro-moe", "tsmc"), ("deepseek-r1", "tsmc"), ("pangu-3", "smic")])
def test_shortest_chains_agree_with_rustworkx(network: Network, dumped: Any, start: str, end: str) -> None:
    graph, number = down_of(dumped)
    expected = {
        tuple(dumped.records[at] for at in reversed(way))
        for way in rustworkx.digraph_all_shortest_paths(graph, number[end], number[start])
    }
    answer = paths(network, start, end, most=1000)
    assert answer.sense == "needs"
    assert {tuple(network.nodes[id_].slug for id_ in chain.records) for chain in answer.chains} == expected


def test_all_chains_agree_with_rustworkx_and_come_shortest_first(network: Network, dumped: Any) -> None:
    graph, number = down_of(dumped)
    ways = rustworkx.all_simple_paths(graph, number["tsmc"], number["pangu-pro-moe"])
    expected = {tuple(dumped.records[at] for at in reversed(way)) for way in ways}
    answer = paths(network, "pangu-pro-moe", "tsmc", every=True, most=100)
    found = [tuple(network.nodes[id_].slug for id_ in chain.records) for chain in answer.chains]
    assert set(found) == expected
    assert not answer.more
    assert [len(way) for way in found] == sorted(len(way) for way in found)


def test_every_step_of_a_chain_is_a_relationship_of_the_facts(network: Network) -> None:
    told = {row.id: row for row in network.links}
    for chain in paths(network, "pangu-pro-moe", "tsmc", every=True).chains:
        for step in chain.steps:
            assert step.links
            for link in step.links:
                assert {told[link.id].subject, told[link.id].object} == {step.start, step.end}
        assert all(a.end == b.start for a, b in pairwise(chain.steps))


def test_task_7_what_a_model_runs_on_down_to_the_foundry(network: Network) -> None:
    answer = paths(network, "pangu-pro-moe", "smic")
    (chain,) = [one for one in answer.chains if network.node("ascend-910b").id in one.records]
    assert [link.kind for step in chain.steps for link in step.links] == ["runs-on", "manufactures"]
    assert all(link.sources for step in chain.steps for link in step.links)


def test_where_nothing_depends_any_tie_is_told_and_said_to_be_one(network: Network) -> None:
    answer = paths(network, "pangu-pro-moe", "gemma-3")
    assert answer.sense == "any"
    assert answer.chains[0].steps[0].links[0].kind == "competes-with"
    assert paths(network, "tsmc", "pangu-pro-moe").sense == "feeds"
    alone = made(("a", "part-of", "b"), ("c", "part-of", "d"))
    assert paths(alone, "a", "d").sense == "none"


def test_questions_about_nothing_are_refused_in_words(network: Network) -> None:
    with pytest.raises(NotFound, match="nobody"):
        paths(network, "nobody", "tsmc")
    with pytest.raises(Invalid, match="two different"):
        paths(network, "tsmc", "tsmc")
    with pytest.raises(Invalid, match="no relationship sells"):
        dependency_cut(network, "tsmc", kinds=("sells",))


@pytest.mark.parametrize("slug", ["tsmc", "huawei", "ascend-910b", "cann", "nvidia"])
def test_a_cut_reaches_the_descendants_that_rustworkx_finds(network: Network, dumped: Any, slug: str) -> None:
    graph, number = down_of(dumped, maker=slug)
    expected = {dumped.records[at] for at in rustworkx.descendants(graph, number[slug])}
    cut = dependency_cut(network, slug)
    assert {network.nodes[hit.record].slug for hit in cut.hits} == expected
    shortest = rustworkx.digraph_dijkstra_shortest_path_lengths(graph, number[slug], lambda _edge: 1.0)
    assert {network.nodes[hit.record].slug: hit.steps for hit in cut.hits} == {
        dumped.records[at]: int(steps) for at, steps in shortest.items()
    }
    for hit in cut.hits:
        below = {dumped.records[at] for at in rustworkx.descendants(graph, number[network.nodes[hit.record].slug])}
        assert hit.downstream == len(below - {network.nodes[hit.record].slug})


def test_task_8_chips_models_and_sectors_hit_when_tsmc_is_cut_off(network: Network) -> None:
    cut = dependency_cut(network, "tsmc")
    assert {network.nodes[hit.record].kind for hit in cut.hits} >= {"chip", "model", "sector"}
    by_slug = {network.nodes[hit.record].slug: hit for hit in cut.hits}
    assert by_slug["nvidia-h100-sxm"].lost
    assert not by_slug["ascend-910b"].lost
    assert {network.nodes[id_].slug for id_ in by_slug["ascend-910b"].alternatives} == {"smic"}
    ranks = [(not hit.lost, hit.steps, -hit.downstream) for hit in cut.hits]
    assert ranks == sorted(ranks)
    only_making = dependency_cut(network, "tsmc", kinds=("manufactures",))
    assert {network.nodes[hit.record].kind for hit in only_making.hits} == {"chip"}


def test_a_need_is_met_while_one_of_its_providers_is_left() -> None:
    kinds = {"fab": "organization", "other": "organization", "m": "model", "s": "sector"}
    network = made(
        ("fab", "manufactures", "a"), ("fab", "manufactures", "b"), ("other", "manufactures", "b"),
        ("m", "runs-on", "a"), ("m", "runs-on", "b"), ("m", "serves", "s"), ("a", "part-of", "board"),
        ("b", "part-of", "board"), kinds=kinds,
    )  # fmt: skip
    hits = {hit.record: hit for hit in dependency_cut(network, "fab").hits}
    assert {name for name, hit in hits.items() if hit.lost} == {"a", "board"}
    assert hits["b"].alternatives == ("other",)
    assert hits["m"].alternatives == ("b",)
    assert hits["s"].chain == ("fab", "a", "m", "s")


def test_suppliers_stand_in_for_each_other_only_as_rivals() -> None:
    kinds = dict.fromkeys(("x", "y", "z", "customer"), "organization")
    links = [("x", "supplies", "customer"), ("customer", "buys-from", "y"), ("z", "supplies", "customer")]
    (hit,) = dependency_cut(made(*links, kinds=kinds), "x").hits
    assert hit.lost
    (hit,) = dependency_cut(made(*links, ("y", "competes-with", "x"), kinds=kinds), "x").hits
    assert not hit.lost
    assert hit.alternatives == ("y",)


def test_software_of_another_layer_is_no_alternative() -> None:
    links = [("m", "runs-on", "one"), ("m", "runs-on", "two")]
    kinds = {"m": "model", "one": "software", "two": "software"}
    same = made(*links, kinds=kinds, layers={"one": "serving", "two": "serving"})
    other = made(*links, kinds=kinds, layers={"one": "serving", "two": "runtime"})
    assert [hit.lost for hit in dependency_cut(same, "one").hits] == [False]
    assert [hit.lost for hit in dependency_cut(other, "one").hits] == [True]


def test_what_is_designed_outlives_its_designers_supplier_but_not_its_designer() -> None:
    network = made(
        ("fab", "supplies", "house"),
        ("house", "designs", "chip"),
        kinds={"fab": "organization", "house": "organization"},
    )
    assert [hit.record for hit in dependency_cut(network, "fab").hits] == ["house"]
    assert [hit.record for hit in dependency_cut(network, "house").hits] == ["chip"]


def test_chokepoints_agree_with_rustworkx(network: Network, dumped: Any) -> None:
    graph = dumped.undirected()
    tied = [at for at in graph.node_indices() if graph.degree(at)]
    graph = graph.subgraph(tied)
    expected = {graph[at]: value for at, value in rustworkx.betweenness_centrality(graph, normalized=True).items()}
    answer = chokepoints(network)
    assert answer.records == len(graph)
    assert answer.pieces == rustworkx.number_connected_components(graph)
    assert answer.sampled == 0
    for point in answer.points:
        assert point.betweenness == pytest.approx(expected[network.nodes[point.record].slug], abs=1e-9)
    found = {network.nodes[point.record].slug for point in answer.points if point.articulation}
    assert found == {graph[at] for at in rustworkx.articulation_points(graph)}


@given(st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]), min_size=1))
def test_what_an_articulation_point_cuts_off_is_what_is_left_outside_the_largest_piece(
    pairs: set[tuple[int, int]],
) -> None:
    network = made(*((f"r{a}", "part-of", f"r{b}") for a, b in sorted(pairs)))
    graph = rustworkx.PyGraph()
    number = {id_: graph.add_node(id_) for id_ in network.nodes}
    graph.add_edges_from_no_data([(number[f"r{a}"], number[f"r{b}"]) for a, b in pairs])
    articulations = {graph[at] for at in rustworkx.articulation_points(graph)}
    for point in chokepoints(network).points:
        assert point.articulation == (point.record in articulations)
        own = next(piece for piece in rustworkx.connected_components(graph) if number[point.record] in piece)
        rest = graph.subgraph(sorted(own - {number[point.record]}))
        pieces = sorted(len(piece) for piece in rustworkx.connected_components(rest))
        assert point.cut_off == (sum(pieces[:-1]) if point.articulation else 0)


def test_a_sample_of_starting_points_estimates_the_same_order(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = chokepoints(network)
    monkeypatch.setattr("chipscape_db.network.chokepoints.EXACT_UP_TO", 10)
    monkeypatch.setattr("chipscape_db.network.chokepoints.SAMPLE", 100)
    sampled = chokepoints(network)
    assert sampled.sampled == 100
    assert {point.record for point in sampled.points[:3]} == {point.record for point in whole.points[:3]}
    top = {point.record: point.betweenness for point in whole.points[:3]}
    assert all(point.betweenness == pytest.approx(top[point.record], rel=0.3) for point in sampled.points[:3])


def test_asked_to_stop_betweenness_stands_on_what_was_looked_at(network: Network) -> None:
    told: list[float] = []
    answer = chokepoints(network, should_stop=lambda: len(told) >= 2, progress=told.append)
    assert len(told) == 2
    assert answer.sampled == 50


def test_communities_divide_what_is_tied_and_agree_on_their_modularity(network: Network, dumped: Any) -> None:
    answer = communities(network)
    members = [id_ for group in answer.groups for id_ in group.records]
    graph = dumped.undirected()
    tied = {graph[at] for at in graph.node_indices() if graph.degree(at)}
    assert len(members) == len(set(members))
    assert {network.nodes[id_].slug for id_ in members} == tied
    group_of = {network.nodes[id_].slug: n for n, group in enumerate(answer.groups) for id_ in group.records}
    total = graph.num_edges()
    within = sum(group_of[graph[a]] == group_of[graph[b]] for a, b in graph.edge_list())
    degrees = [0] * len(answer.groups)
    for at in graph.node_indices():
        if graph.degree(at):
            degrees[group_of[graph[at]]] += graph.degree(at)
    expected = within / total - sum((degree / (2 * total)) ** 2 for degree in degrees)
    assert answer.modularity == pytest.approx(expected)
    assert answer.modularity > 0.5
    assert sum(group.inside for group in answer.groups) == within
    assert sum(group.outside for group in answer.groups) == 2 * (total - within)
    assert communities(network) == answer


def test_a_supply_chain_is_the_ancestors_that_rustworkx_finds(network: Network, dumped: Any) -> None:
    graph, number = down_of(dumped)
    for slug in ("pangu-pro-moe", "deepseek-r1", "finance"):
        chain = supply_chain(network, slug)
        assert {network.nodes[one.record].slug for one in chain.members} == {
            dumped.records[at] for at in rustworkx.ancestors(graph, number[slug])
        }
        known = [one for one in chain.members if one.country]
        if chain.country:
            share = chain.share()
            assert share == pytest.approx(sum(one.country == chain.country for one in known) / len(known))
    abroad = supply_chain(network, "pangu-pro-moe", country="tw")
    assert abroad.country == "TW"
    assert {network.nodes[one.record].slug for one in abroad.members if one.home} >= {"tsmc"}
