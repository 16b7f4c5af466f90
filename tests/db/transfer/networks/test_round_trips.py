"""What is written here: open to networkx unchanged, and read back into an empty base without loss."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from sqlalchemy.orm import Session

from chipscape_db import reverting
from chipscape_db.base_file import create_base, open_base
from chipscape_db.commands.networks import import_network
from chipscape_db.filters import Filters
from chipscape_db.queries.ecosystem import ecosystem
from chipscape_db.transfer.networks.content import NetworkFile
from chipscape_db.transfer.networks.formats import WRITERS, read_bytes
from chipscape_db.transfer.networks.mapping import propose
from chipscape_db.transfer.networks.plan import plan_import
from chipscape_db.transfer.networks.reading import read_network

PART = Filters(kinds=frozenset({"organization", "chip", "policy", "software"}))
READ = [ending for ending in WRITERS if ending != ".cx2"]


@pytest.fixture(scope="module")
def network(starter: Path) -> NetworkFile:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        ids = [node.id for node in ecosystem(session, PART, language="en").nodes]
        places = {id_: (0.37 * at, -0.11 * at) for at, id_ in enumerate(ids)}
        out = read_network(session, filters=PART, places=places, title="Starter & <map>")
    base.close()
    return out


@pytest.fixture(scope="module")
def edges_by_id(network: NetworkFile) -> dict[str, Any]:
    return {edge.id: edge for edge in network.edges}


def test_graphml_opens_in_networkx_unchanged(network: NetworkFile, edges_by_id: dict[str, Any]) -> None:
    graph = nx.read_graphml(io.BytesIO(WRITERS[".graphml"](network)))
    assert graph.is_directed()
    assert set(graph) == {node.id for node in network.nodes}
    assert {key for _a, _b, key in graph.edges(keys=True)} == set(edges_by_id)
    for start, end, key, data in graph.edges(keys=True, data=True):
        edge = edges_by_id[key]
        assert (start, end) == (edge.source, edge.target)
        assert {name: data[name] for name in edge.values} == edge.values
    for node in network.nodes:
        data = graph.nodes[node.id]
        assert (data["x"], data["y"]) == node.place
        assert {name: data[name] for name in node.values} == node.values


def test_gexf_opens_in_networkx_unchanged_with_its_spells(network: NetworkFile, edges_by_id: dict[str, Any]) -> None:
    graph = nx.read_gexf(io.BytesIO(WRITERS[".gexf"](network)))
    assert set(graph) == {node.id for node in network.nodes}
    assert graph.number_of_edges() == len(network.edges)
    spells = 0
    for start, end, data in graph.edges(data=True):
        edge = edges_by_id[data["id"]]
        assert (start, end) == (edge.source, edge.target)
        assert {name: data[name] for name in edge.values} == edge.values
        told = [tuple("" if day == "None" else day for day in spell) for spell in data.get("spells", [])]
        assert told == list(edge.spells)
        spells += len(told)
    assert spells == sum(len(edge.spells) for edge in network.edges) > 200
    for node in network.nodes:
        assert graph.nodes[node.id]["label"] == node.label
        place = graph.nodes[node.id]["viz"]["position"]
        assert (place["x"], -place["y"]) == pytest.approx(node.place)


def test_cytoscape_json_opens_in_networkx(network: NetworkFile, edges_by_id: dict[str, Any]) -> None:
    graph = nx.cytoscape_graph(json.loads(WRITERS[".cyjs"](network)))
    assert set(graph) == {node.id for node in network.nodes}
    assert {key for _a, _b, key in graph.edges(keys=True)} == set(edges_by_id)


def test_cx2_declares_and_counts_what_it_holds(network: NetworkFile) -> None:
    aspects: dict[str, Any] = {}
    for one in json.loads(WRITERS[".cx2"](network)):
        aspects |= one
    assert aspects["CXVersion"] == "2.0"
    counts = {one["name"]: one["elementCount"] for one in aspects["metaData"]}
    assert counts["nodes"] == len(aspects["nodes"]) == len(network.nodes)
    assert counts["edges"] == len(aspects["edges"]) == len(network.edges)
    declared = aspects["attributeDeclarations"][0]
    for name in ("nodes", "edges"):
        assert {key for one in aspects[name] for key in one["v"]} <= set(declared[name])
    assert set(aspects["networkAttributes"][0]) == set(declared["networkAttributes"])
    first = aspects["edges"][0]
    names = {one["id"]: one["v"]["slug"] for one in aspects["nodes"]}
    assert (names[first["s"]], names[first["t"]]) == (network.edges[0].source, network.edges[0].target)
    assert aspects["status"] == [{"success": True}]


@pytest.mark.parametrize("ending", READ)
def test_a_round_trip_keeps_ids_kinds_dates_positions_and_sources(
    network: NetworkFile, ending: str, tmp_path: Path
) -> None:
    back = read_bytes(WRITERS[ending](network), f"map{ending}")
    assert back.ours
    path = tmp_path / "empty.chipscape"
    create_base(path, starter=False)
    base = open_base(path)
    mapping = propose(back)
    summary = import_network(base.engine, author="Ada", network=back, mapping=mapping, name=f"map{ending}")
    assert summary is not None
    with Session(base.engine) as session:
        again = read_network(session, title=network.title)
        assert again.nodes == network.nodes
        assert again.edges == network.edges
        assert again.sources == network.sources
        plan = plan_import(session, back, mapping)
        assert plan.is_empty
        assert not plan.obstacles
        assert (plan.same_links, len(plan.known)) == (len(network.edges), len(network.nodes))
    assert import_network(base.engine, author="Ada", network=back, mapping=mapping, name="again") is None
    base.close()


def test_an_import_is_one_step_that_undo_takes_back_and_redo_brings_again(
    network: NetworkFile, tmp_path: Path, facts_of: Callable[[Path], Any], assert_whole: Callable[..., int]
) -> None:
    path = tmp_path / "empty.chipscape"
    create_base(path, starter=False)
    base = open_base(path)
    before = facts_of(path)
    back = read_bytes(WRITERS[".graphml"](network), "map.graphml")
    import_network(base.engine, author="Ada", network=back, mapping=propose(back), name="map.graphml")
    after = facts_of(path)
    assert len(after["relationship"]) == len(network.edges)
    reverting.undo(base.engine, author="Ada")
    assert facts_of(path) == before
    reverting.redo(base.engine, author="Ada")
    assert facts_of(path) == after
    base.close()
    assert assert_whole(path) == 3


def test_only_what_is_asked_for_leaves(starter: Path) -> None:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        rows = ecosystem(session, Filters(countries=frozenset({"TW"})), language="en")
        ids = {node.id for node in rows.nodes}
        part = read_network(session, records=ids)
        filtered = read_network(session, filters=Filters(countries=frozenset({"TW"})))
    base.close()
    assert {node.id for node in part.nodes} == {node.slug for node in rows.nodes}
    assert part == filtered
