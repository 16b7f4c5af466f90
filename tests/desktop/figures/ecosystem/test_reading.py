"""What the map says by size, colour, groups, openings, and of two moments."""

from collections.abc import Callable
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
import pytest

from chipscape_db.errors import Invalid
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Marks
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.build import draft
from chipscape_desktop.figures.ecosystem.grouping import GROUP
from chipscape_desktop.figures.ecosystem.spec import CHANGES, EcosystemSpec
from chipscape_desktop.figures.graph_measures import betweenness
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure

Ask = Callable[..., Any]


def slugs(spec: EcosystemSpec) -> set[str]:
    return {node.slug for node in spec.nodes}


def number(spec: EcosystemSpec, slug: str) -> int:
    return next(i for i, node in enumerate(spec.nodes) if node.slug == slug)


def test_betweenness_is_that_of_networkx(whole: EcosystemSpec) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(len(whole.nodes)))
    graph.add_edges_from(whole.edges.ends.tolist())
    theirs = nx.betweenness_centrality(graph)
    ours = betweenness(len(whole.nodes), whole.edges.ends)
    assert ours == pytest.approx([theirs[i] for i in range(len(whole.nodes))], abs=1e-12)


def test_betweenness_of_a_large_graph_is_near_from_a_sample() -> None:
    graph = nx.barabasi_albert_graph(1_200, 2, seed=3)
    ours = betweenness(1_200, np.array(graph.edges))
    theirs = nx.betweenness_centrality(graph, k=200, seed=1)
    best = sorted(theirs, key=lambda node: -theirs[node])[:3]
    assert set(best) <= set(np.argsort(-ours)[:6].tolist())


def test_size_can_say_a_metric_and_what_has_no_value_is_hollow(ask: Ask) -> None:
    spec = FIGURE.build(*ask(size="memory.capacity", center="nvidia"))
    assert spec.valued is not None
    assert spec.valued[number(spec, "nvidia-h100-sxm")]
    assert not spec.valued[number(spec, "nvidia")]
    values = ask(size="memory.capacity", center="nvidia")[0].values
    some = [i for i, node in enumerate(spec.nodes) if spec.valued[i] and spec.radius[i] > 0.12]
    ratio = [spec.radius[i] ** 2 / values[spec.nodes[i].id] for i in some]
    assert ratio == pytest.approx([ratio[0]] * len(ratio))
    drawing = FIGURE.layout(spec, size=(1000, 700), palette=LIGHT, measure=default_measure())
    nodes = next(layer for layer in drawing.layers if layer.name == "nodes")
    hollow = {i for marks in nodes.items if isinstance(marks, Marks) and marks.pen and marks.pen.dash
              for i in marks.index.tolist()}  # fmt: skip
    assert hollow == set(np.flatnonzero(~spec.valued).tolist())
    assert any(entry.hollow and entry.label == "no value" for entry in drawing.caption.legend)
    assert any("Memory capacity" in note for note in spec.caption.notes)


def test_communities_have_colours_and_are_named_by_their_hubs(ask: Ask) -> None:
    spec = draft(*ask(colour="community"))
    assert {"cat-1", "cat-2", "cat-3"} <= set(spec.colour)
    said = [entry.label for entry in spec.caption.legend if entry.swatch == "range"]
    assert any("Nvidia" in label for label in said)
    chips = [spec.colour[i] for i in spec.neighbours(number(spec, "cambricon")).tolist()]
    assert max(chips.count(colour) for colour in set(chips)) > len(chips) / 2


@pytest.mark.parametrize(("by", "group"), [("country", "group:CN"), ("kind", "group:chip")])
def test_groups_stand_for_their_members_and_open_one_by_one(ask: Ask, by: str, group: str) -> None:
    plain = draft(*ask())
    spec = draft(*ask(group=by))
    here = number(spec, group)
    assert spec.nodes[here].kind == GROUP
    members = spec.members[group]
    assert {spec.number_of(id_) for id_ in members} == {here}
    inside = set(members)
    wanted = sum((row.subject in inside) != (row.object in inside) for row in plain.edges.rows)
    assert len(spec.edges_at(here)) == wanted
    opened = draft(*ask(group=by, open=group))
    assert group not in slugs(opened)
    assert {node.slug for node in plain.nodes if node.id in inside} <= slugs(opened)


def test_what_an_organization_owns_and_makes_can_be_drawn_as_the_organization(ask: Ask) -> None:
    spec = draft(*ask(group="parent"))
    assert "huawei" in slugs(spec)
    assert not slugs(spec) & {"hisilicon", "huawei-cloud", "ascend-910b", "cann", "pangu-pro-moe"}
    kinds = {row.kind for row in spec.edges.rows}
    assert "designs" not in {spec.edges.rows[e].kind for e in spec.edges_at(number(spec, "huawei")).tolist()}
    assert "buys-from" in kinds


def test_a_neighbour_is_opened_and_closed(ask: Ask) -> None:
    plain = draft(*ask(center="huawei"))
    more = draft(*ask(center="huawei", open="tsmc"))
    assert slugs(plain) < slugs(more)
    assert "nvidia-h100-sxm" in slugs(more)
    less = draft(*ask(center="huawei", open="-huawei"))
    gone = slugs(plain) - slugs(less)
    assert gone
    for slug in gone:
        assert plain.neighbours(number(plain, slug)).tolist() == [number(plain, "huawei")]


def test_two_days_are_compared(ask: Ask) -> None:
    early, late = date(2022, 1, 1), date(2025, 6, 1)
    spec = draft(*ask(as_of=late, since=early.isoformat(), hide="nothing"))
    before, after = draft(*ask(as_of=early, hide="nothing")), draft(*ask(as_of=late, hide="nothing"))
    words = {node.id: CHANGES[word] for node, word in zip(spec.nodes, spec.change.tolist(), strict=True)}
    there = [{node.id for node in one.nodes} for one in (before, after)]
    assert {id_ for id_, word in words.items() if word == "added"} == there[1] - there[0]
    assert {id_ for id_, word in words.items() if word == "gone"} == there[0] - there[1]
    edges = [{row.id for row in one.edges.rows} for one in (before, after)]
    change = {row.id: CHANGES[word] for row, word in zip(spec.edges.rows, spec.edges.change.tolist(), strict=True)}
    assert {id_ for id_, word in change.items() if word == "added"} == edges[1] - edges[0]
    assert {id_ for id_, word in change.items() if word == "gone"} == edges[0] - edges[1]
    assert {entry.label for entry in spec.caption.legend} >= {"new", "gone", "as before"}
    assert "from 1 January 2022 to 1 June 2025" in spec.caption.subtitle


def test_what_was_known_is_what_a_source_had_said(ask: Ask) -> None:
    day = date(2024, 6, 1)
    rows, _request = ask(as_of=day, clock="known")
    for row in rows.edges:
        told = [rows.sources[id_].published_on for id_ in row.sources]
        assert any(not text or text[:7] <= "2024-06" for text in told), row
    both = draft(*ask(as_of=day, clock="both", hide="nothing"))
    known = {row.id for row in rows.edges}
    true = {row.id for row in ask(as_of=day)[0].edges}
    change = {row.id: CHANGES[word] for row, word in zip(both.edges.rows, both.edges.change.tolist(), strict=True)}
    assert {id_ for id_, word in change.items() if word == "added"} == true - known
    assert {id_ for id_, word in change.items() if word == "gone"} == known - true


def test_legend_and_sources_are_those_of_the_part_in_view(around_huawei: EcosystemSpec) -> None:
    spec = around_huawei
    x, y = spec.xy[number(spec, "tsmc")]
    drawing = FIGURE.layout(
        spec, size=(1000, 700), palette=LIGHT, measure=default_measure(), view=View((x - 1, x + 1), (y - 0.8, y + 0.8))
    )
    assert len(drawing.caption.legend) < len(spec.caption.legend)
    assert len(drawing.caption.sources) < len(spec.caption.sources)
    at = {id_ for edge in spec.edges_at(number(spec, "tsmc")).tolist() for id_ in spec.edges.rows[edge].sources}
    assert at <= {note.id for note in drawing.caption.sources}
    assert [note.number for note in drawing.caption.sources] == list(range(1, len(drawing.caption.sources) + 1))


@pytest.mark.parametrize(
    "options", [{"size": "weight"}, {"since": "yesterday"}, {"clock": "later"}, {"group": "sector"}]
)
def test_words_that_are_no_options_are_refused(ask: Ask, options: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        ask(**options)
