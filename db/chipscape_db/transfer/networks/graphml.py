"""GraphML as written here: one directed graph, every attribute declared, that networkx, yEd and Gephi open."""

import json
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from chipscape_db.transfer.networks.content import GENERATOR, NetworkFile

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def write_graphml(network: NetworkFile) -> bytes:
    """Return the file. Parallel edges keep their ids; sources stand as JSON in the data of the graph."""
    root = Element("graphml", {"xmlns": NAMESPACE})
    graph_keys = {"generator": GENERATOR, "title": network.title}
    if network.sources:
        graph_keys["source_list"] = json.dumps(network.sources, ensure_ascii=False, separators=(",", ":"))
    node_keys = {"label": "string", **dict.fromkeys(network.node_attributes(), "string"), "x": "double", "y": "double"}
    edge_keys = {"label": "string", **dict.fromkeys(network.edge_attributes(), "string")}
    for name in graph_keys:
        _key(root, "graph", name, "string")
    for name, form in node_keys.items():
        _key(root, "node", name, form)
    for name, form in edge_keys.items():
        _key(root, "edge", name, form)
    graph = SubElement(root, "graph", {"id": "map", "edgedefault": "directed"})
    for name, text in graph_keys.items():
        _data(graph, "graph", name, text)
    for node in network.nodes:
        made = SubElement(graph, "node", {"id": node.id})
        for name, text in {"label": node.label, **node.values}.items():
            _data(made, "node", name, text)
        if node.place is not None:
            for name, value in zip("xy", node.place, strict=True):
                _data(made, "node", name, repr(float(value)))
    for edge in network.edges:
        made = SubElement(graph, "edge", {"id": edge.id, "source": edge.source, "target": edge.target})
        for name, text in {"label": edge.label, **edge.values}.items():
            _data(made, "edge", name, text)
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return content


def _key(root: Element, owner: str, name: str, form: str) -> None:
    SubElement(root, "key", {"id": f"{owner}-{name}", "for": owner, "attr.name": name, "attr.type": form})


def _data(element: Element, owner: str, name: str, text: str) -> None:
    if text:
        SubElement(element, "data", {"key": f"{owner}-{name}"}).text = text
