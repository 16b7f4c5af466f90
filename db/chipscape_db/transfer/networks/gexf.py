"""GEXF 1.3 as written here: dynamic, each record and relationship with the spell in which it holds."""

import json
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from chipscape_db.transfer.networks.content import GENERATOR, FileEdge, FileNode, NetworkFile

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
OWN = "urn:chipscape:network"


def write_gexf(network: NetworkFile) -> bytes:
    """Return the file. Its y axis points up, as Gephi has it; partial dates stand as attributes beside the spells."""
    register_namespace("viz", VIZ)
    register_namespace("own", OWN)
    root = Element("gexf", {"xmlns": NAMESPACE, "version": "1.3"})
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = GENERATOR
    SubElement(meta, "description").text = network.title
    if network.sources:
        listed = json.dumps(network.sources, ensure_ascii=False, separators=(",", ":"))
        SubElement(meta, f"{{{OWN}}}sources").text = listed
    settings = {
        "defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"
    }  # fmt: skip
    graph = SubElement(root, "graph", settings)
    for owner, names in (("node", network.node_attributes()), ("edge", network.edge_attributes())):
        declared = SubElement(graph, "attributes", {"class": owner, "mode": "static"})
        for name in names:
            SubElement(declared, "attribute", {"id": name, "title": name, "type": "string"})
    nodes = SubElement(graph, "nodes")
    for node in network.nodes:
        made = SubElement(nodes, "node", {"id": node.id, "label": node.label})
        _values(made, node)
        if node.place is not None:
            x, y = node.place
            place = {"x": repr(float(x)), "y": repr(-float(y) + 0.0), "z": "0.0"}
            SubElement(made, f"{{{VIZ}}}position", place)
    edges = SubElement(graph, "edges")
    for edge in network.edges:
        # `kind` lets Gephi keep parallel edges apart.
        about = {"id": edge.id, "source": edge.source, "target": edge.target, "label": edge.label, "kind": edge.label}
        _values(SubElement(edges, "edge", about), edge)
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return content


def _values(element: Element, what: FileNode | FileEdge) -> None:
    if what.values:
        listed = SubElement(element, "attvalues")
        for name, text in what.values.items():
            SubElement(listed, "attvalue", {"for": name, "value": text})
    if what.spells:
        spells = SubElement(element, "spells")
        for start, end in what.spells:
            SubElement(spells, "spell", {k: v for k, v in (("start", start), ("end", end)) if v})
