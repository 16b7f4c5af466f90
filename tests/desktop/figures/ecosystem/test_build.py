from collections.abc import Callable
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
import pytest

from chipscape_db.errors import Invalid
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.arrange import arrange, places
from chipscape_desktop.figures.ecosystem.build import draft, radii
from chipscape_desktop.figures.ecosystem.bundles import bends
from chipscape_desktop.figures.ecosystem.links import GROUP_OF, GROUPS, TENTATIVE
from chipscape_desktop.figures.ecosystem.options import parse
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec, home_of

Ask = Callable[..., Any]


def graph_of(rows: Any) -> nx.MultiGraph:
    graph = nx.MultiGraph()
    slugs = {node.id: node.slug for node in rows.nodes}
    graph.add_nodes_from(slugs.values())
    graph.add_edges_from((slugs[edge.subject], slugs[edge.object], edge.id) for edge in rows.edges)
    return graph


def slugs_of(spec: EcosystemSpec) -> set[str]:
    return {node.slug for node in spec.nodes}


def test_unconnected_records_are_hidden_unless_asked_for(ask: Ask, whole: EcosystemSpec) -> None:
    rows, request = ask(hide="nothing")
    graph = graph_of(rows)
    alone = {node for node in graph if graph.degree(node) == 0}
    assert alone
    assert slugs_of(whole) == set(graph) - alone
    assert slugs_of(draft(rows, request)) == set(graph)
    assert any(str(len(alone)) in note for note in whole.caption.notes)


def test_degree_and_size_follow_the_relationships_shown(ask: Ask) -> None:
    rows, request = ask(kinds="making")
    spec = draft(rows, request)
    assert {row.kind for row in spec.edges.rows} == {"designs", "develops"}
    graph = graph_of(rows)
    graph.remove_edges_from(
        [(a, b, key) for a, b, key in graph.edges(keys=True) if key not in {row.id for row in spec.edges.rows}]
    )
    for number, node in enumerate(spec.nodes):
        assert spec.degree[number] == graph.degree(node.slug)
    order = np.argsort(spec.degree)
    assert np.all(np.diff(spec.radius[order]) >= 0)


def test_signs_grow_with_the_root_of_the_degree_within_limits() -> None:
    sizes = radii(np.array([0, 1, 4, 16, 64, 10_000]))
    assert np.all(np.diff(sizes) >= 0)
    assert sizes[0] == pytest.approx(0.11)
    assert sizes[-1] == pytest.approx(0.46)
    assert sizes[3] - sizes[2] == pytest.approx(0.042 * 2)


@pytest.mark.parametrize("slug", ["huawei", "ascend-910b", "gemma-3"])
@pytest.mark.parametrize("depth", [1, 2])
def test_a_neighbourhood_is_what_networkx_says(ask: Ask, slug: str, depth: int) -> None:
    rows, request = ask(center=slug, depth=str(depth))
    ego = nx.ego_graph(graph_of(rows), slug, radius=depth)
    spec = draft(rows, request)
    assert slugs_of(spec) == set(ego)
    assert len(spec.edges.rows) == ego.number_of_edges()
    assert spec.nodes[spec.center].slug == slug


def test_neighbours_of_a_node_are_what_networkx_says(ask: Ask, whole: EcosystemSpec) -> None:
    graph = graph_of(ask()[0])
    for slug in ("nvidia", "tsmc", "cann", "mindspore"):
        number = next(i for i, node in enumerate(whole.nodes) if node.slug == slug)
        assert {whole.nodes[other].slug for other in whole.neighbours(number)} == set(graph.neighbors(slug))
        assert len(whole.edges_at(number)) == graph.degree(slug)
        assert sum(count for *_kind, count in whole.degree_by_kind(number)) == graph.degree(slug)


def test_every_node_and_edge_stands_for_something_cited(whole: EcosystemSpec) -> None:
    for node, ref in zip(whole.nodes, whole.refs, strict=True):
        assert (ref.kind, ref.ids, ref.title) == ("record", (node.id,), node.name)
        assert node.sources
    for row, ref in zip(whole.edges.rows, whole.edges.refs, strict=True):
        assert (ref.kind, ref.ids[0]) == ("relationship", row.id)
        assert row.sources
    said = {ref.title for ref in whole.edges.refs}
    assert "Huawei designs Ascend 910B" in said
    assert "Baidu buys from Huawei" in said


def test_dashed_are_the_links_with_one_unofficial_source(ask: Ask) -> None:
    apart = FIGURE.build(*ask(parallel="apart", center="huawei"))
    for row, tentative in zip(apart.edges.rows, apart.edges.tentative.tolist(), strict=True):
        assert tentative == (row.certainty == "single")


def test_groups_differ_by_more_than_colour() -> None:
    assert len({(group.head, group.hollow, group.width) for group in GROUPS}) == len(GROUPS)
    assert len(GROUP_OF) == sum(len(group.kinds) for group in GROUPS)


def test_the_legend_holds_what_is_visible_and_nothing_else(ask: Ask) -> None:
    rows, request = ask(center="huawei", kinds="designs")
    spec = draft(rows, request)
    labels = [entry.label for entry in spec.caption.legend]
    assert labels == ["organization", "chip", "China", "design", "one unofficial source"]


def test_sources_are_numbered_by_how_many_relationships_they_support(whole: EcosystemSpec) -> None:
    supports: dict[str, int] = {}
    for row in whole.edges.rows:
        for id_ in row.sources:
            supports[id_] = supports.get(id_, 0) + 1
    listed = whole.caption.sources
    assert [note.number for note in listed] == list(range(1, len(listed) + 1))
    assert {note.id for note in listed} == set(supports)
    counts = [supports[note.id] for note in listed]
    assert counts == sorted(counts, reverse=True)


def test_the_caption_says_what_is_shown(ask: Ask) -> None:
    rows, request = ask(countries=frozenset({"CN"}), as_of=date(2021, 1, 1), kinds="designs,competes-with")
    caption = draft(rows, request).caption
    assert "only China" in caption.subtitle
    assert "as of 1 January 2021" in caption.subtitle
    assert "only rivalry, designs" in caption.subtitle
    assert draft(*ask(center="tsmc", depth="2")).caption.title == "The ecosystem of TSMC, up to 2 steps away"


def test_colour_by_maker_uses_the_remembered_colours(ask: Ask) -> None:
    spec = draft(*ask(colour="vendor"))
    by_slug = dict(zip((node.slug for node in spec.nodes), spec.colour, strict=True))
    assert by_slug["nvidia"] == by_slug["nvidia-h100-sxm"] == "cat-1"
    assert by_slug["huawei"] == by_slug["ascend-910b"] == "cat-2"
    assert by_slug["tsmc"] == "other"
    assert "Huawei" in [entry.label for entry in spec.caption.legend]


def test_parallel_and_opposite_edges_bend_apart() -> None:
    bend = bends(np.array([[0, 1], [1, 0], [0, 1], [1, 2]]))
    # Seen from the lower number: an edge the other way round bends to its own other side.
    seen = bend[:3] * [1, -1, 1]
    assert len({round(one, 6) for one in seen.tolist()}) == 3
    assert np.all(bend != 0)


def test_the_layout_is_the_same_every_time(ask: Ask, around_huawei: EcosystemSpec) -> None:
    again = FIGURE.build(*ask(center="huawei"))
    assert np.array_equal(again.xy, around_huawei.xy)
    assert np.isfinite(again.xy).all()


def test_signs_do_not_overlap(whole: EcosystemSpec) -> None:
    x, r = whole.xy, whole.radius
    apart = np.hypot(x[:, None, 0] - x[None, :, 0], x[:, None, 1] - x[None, :, 1])
    np.fill_diagonal(apart, np.inf)
    assert np.all(apart >= (r[:, None] + r[None, :]) * 0.97)


def test_pinned_records_stay_exactly_and_the_rest_stays_put(ask: Ask, around_huawei: EcosystemSpec) -> None:
    before = places(around_huawei)
    record = around_huawei.nodes[5].id
    spec = arrange(draft(*ask(center="huawei")), pinned={record: (9.0, -4.0)}, previous=before)
    assert spec.xy[5].tolist() == [9.0, -4.0]
    assert spec.pinned == frozenset({5})
    others = np.delete(np.arange(len(spec.nodes)), 5)
    assert np.allclose(spec.xy[others], around_huawei.xy[others], atol=0.05)


def test_records_that_stay_keep_their_places_when_the_filters_change(ask: Ask, whole: EcosystemSpec) -> None:
    spec = arrange(draft(*ask(countries=frozenset({"CN"}))), previous=places(whole))
    was = places(whole)
    moved = [np.hypot(*(np.array(place) - was[id_])) for id_, place in places(spec).items()]
    assert np.median(moved) < 1e-6


def test_arranging_stops_when_asked(ask: Ask) -> None:
    told: list[float] = []
    spec = arrange(draft(*ask()), should_stop=lambda: True, progress=told.append)
    assert np.isfinite(spec.xy).all()
    assert told[-1] == 1.0


def test_home_holds_every_node(whole: EcosystemSpec) -> None:
    home = home_of(whole)
    for (low, high), places_of_nodes in ((home.x, whole.xy[:, 0]), (home.y, whole.xy[:, 1])):
        assert low < (places_of_nodes - whole.radius).min()
        assert high > (places_of_nodes + whole.radius).max()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"color": "vendor"}, "no option color"),
        ({"colour": "size"}, "country, vendor"),
        ({"kinds": "designs,likes"}, "likes"),
        ({"depth": "9"}, "1, 2, 3, 4"),
    ],
)
def test_words_that_are_no_options_are_refused_with_those_there_are(options: dict[str, str], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        parse(options)


def test_nothing_left_is_a_map_too(ask: Ask) -> None:
    spec = FIGURE.build(*ask(countries=frozenset({"AE"}), as_of=date(1950, 1, 1)))
    assert spec.nodes == ()
    assert home_of(spec).x[0] < home_of(spec).x[1]


def test_a_line_stands_for_all_relationships_of_a_group_between_two_records(whole: EcosystemSpec) -> None:
    edges = whole.edges
    pairs: dict[tuple[int, int, int], list[int]] = {}
    for number, (a, b) in enumerate(edges.ends.tolist()):
        pairs.setdefault((min(a, b), max(a, b), int(edges.group[number])), []).append(number)
    assert any(len(members) > 1 for members in pairs.values())
    for members in pairs.values():
        first = members[0]
        assert set(edges.leader[members].tolist()) == {first}
        assert edges.count[first] == len(members)
        assert set(edges.refs[first].ids) == {edges.rows[one].id for one in members}
        unsure = [edges.rows[one].certainty in TENTATIVE for one in members]
        assert edges.tentative[first] == all(unsure)


def test_apart_every_relationship_has_its_own_line(ask: Ask) -> None:
    spec = FIGURE.build(*ask(parallel="apart", center="nvidia"))
    assert spec.edges.leader.tolist() == list(range(len(spec.edges.rows)))
    assert all(len(ref.ids) == 1 for ref in spec.edges.refs)
