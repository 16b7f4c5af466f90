"""The JSON of Kumu, Cytoscape and Cytoscape.js as written here."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from chipscape_db.transfer.networks.content import GENERATOR, NetworkFile


def write_kumu(network: NetworkFile) -> bytes:
    """Return a Kumu blueprint: elements and connections by id, places as a map of the elements."""
    elements = [
        {
            "_id": node.id, "id": node.id, "label": node.label, "type": node.values.get("kind", ""),
            "description": _summary(node.values), **node.values,
        }
        for node in network.nodes
    ]  # fmt: skip
    connections = [
        {
            "_id": edge.id, "id": edge.id, "from": edge.source, "to": edge.target,
            "direction": "directed" if edge.directed else "mutual", "label": edge.label, "type": edge.label,
            "description": _summary(edge.values), **edge.values,
        }
        for edge in network.edges
    ]  # fmt: skip
    placed = [
        {"element": node.id, "position": {"x": node.place[0], "y": node.place[1]}}
        for node in network.nodes
        if node.place is not None
    ]  # fmt: skip
    whole: dict[str, Any] = {
        "generator": GENERATOR, "name": network.title, "elements": elements, "connections": connections,
        "source_list": list(network.sources),
    }  # fmt: skip
    if placed:
        whole["maps"] = [{"_id": "map", "name": network.title, "elements": placed}]
    return _bytes(whole)


def write_cytoscape_js(network: NetworkFile) -> bytes:
    """Return Cytoscape.js JSON, with what networkx's `cytoscape_graph` needs besides."""
    nodes = []
    for node in network.nodes:
        made: dict[str, Any] = {"data": {**node.values, "id": node.id, "value": node.id, "name": node.label}}
        if node.place is not None:
            made["position"] = {"x": node.place[0], "y": node.place[1]}
        nodes.append(made)
    edges = [
        {
            "data": {
                **edge.values, "id": edge.id, "key": edge.id, "source": edge.source, "target": edge.target,
                "interaction": edge.label,
            }
        }
        for edge in network.edges
    ]  # fmt: skip
    about = {"generator": GENERATOR, "name": network.title, "source_list": list(network.sources)}
    return _bytes(
        {"data": about, "directed": True, "multigraph": True, "elements": {"nodes": nodes, "edges": edges}}
    )  # fmt: skip


def write_cx2(network: NetworkFile) -> bytes:
    """Return CX2, the exchange format of Cytoscape and NDEx: numbered nodes and edges, attributes declared."""
    number = {node.id: at for at, node in enumerate(network.nodes)}
    node_names = ("name", "slug", *network.node_attributes())
    edge_names = ("name", "interaction", *network.edge_attributes())
    nodes = []
    for node in network.nodes:
        made: dict[str, Any] = {"id": number[node.id], "v": {"name": node.label, "slug": node.id, **node.values}}
        if node.place is not None:
            made |= {"x": node.place[0], "y": node.place[1]}
        nodes.append(made)
    edges = [
        {
            "id": at, "s": number[edge.source], "t": number[edge.target],
            "v": {"name": edge.id, "interaction": edge.label, **edge.values},
        }
        for at, edge in enumerate(network.edges)
    ]  # fmt: skip
    about = {"name": network.title, "generator": GENERATOR}
    listed = json.dumps(list(network.sources), ensure_ascii=False, separators=(",", ":"))
    aspects: list[dict[str, Any]] = [
        {"attributeDeclarations": [{
            "networkAttributes": _strings((*about, "source_list")),
            "nodes": _strings(node_names),
            "edges": _strings(edge_names),
        }]},
        {"networkAttributes": [about | {"source_list": listed}]},
        {"nodes": nodes},
        {"edges": edges},
    ]  # fmt: skip
    counted = [{"name": name, "elementCount": len(listed)} for one in aspects for name, listed in one.items()]
    return _bytes(
        [
            {"CXVersion": "2.0", "hasFragments": False}, {"metaData": counted}, *aspects,
            {"status": [{"success": True}]},
        ]
    )  # fmt: skip


def _strings(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Declare attributes as texts."""
    return {name: {"d": "string"} for name in names}


def _summary(values: Mapping[str, str]) -> str:
    return values.get("summary_en", "") or values.get("summary_fr", "")


def _bytes(whole: Any) -> bytes:
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
