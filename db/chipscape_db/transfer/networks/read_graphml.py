"""GraphML as others write it: networkx, igraph, Gephi, yEd, NodeXL, Neo4j; with nested graphs, without hyperedges."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from chipscape_db.errors import N_, FileFault
from chipscape_db.transfer.networks.content import GENERATOR, FileEdge, FileNode, NetworkFile, Place
from chipscape_db.transfer.networks.read_xml import child, children, local, number_of, told_sources

_LABELS = ("label", "name", "title", "caption")
_HIDDEN = ("x", "y", "z")


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    default: str


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    keys: dict[str, _Key]
    defaults: dict[str, dict[str, str]]
    name: str
    nodes: dict[str, FileNode] = field(default_factory=dict)
    groups: dict[str, FileNode] = field(default_factory=dict)
    edges: list[FileEdge] = field(default_factory=list)


def read_graphml(root: Element, name: str) -> NetworkFile:
    """Read a GraphML document; raise `FileFault` for what cannot be one network of records and relationships."""
    graphs = list(children(root, "graph"))
    if len(graphs) != 1:
        raise FileFault(
            N_("“{name}” holds {count} graphs; one is wanted: keep one of them and try again."),
            name=name,
            count=len(graphs),
        )
    keys, defaults = _keys(root)
    found = _Found(keys, defaults, name)
    _read_graph(graphs[0], found, group="")
    for edge in found.edges:
        for end in (edge.source, edge.target):
            if end not in found.nodes:
                if end not in found.groups:
                    raise FileFault(
                        N_("In “{name}” the edge {edge} ends at {end}, which is no node of the file; add it or remove "
                           "the edge."),
                        name=name, edge=edge.id, end=end,
                    )  # fmt: skip
                found.nodes[end] = found.groups[end]
    about, _place, _label = _data(graphs[0], found, "graph")
    return NetworkFile(
        tuple(found.nodes.values()), tuple(found.edges), about.get("title", ""),
        told_sources(about.get("source_list", "")), about.get("generator") == GENERATOR,
    )  # fmt: skip


def _keys(root: Element) -> tuple[dict[str, _Key], dict[str, dict[str, str]]]:
    """Return the declared attributes by id, and what a node or an edge has where it says nothing."""
    keys: dict[str, _Key] = {}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}, "graph": {}}
    for key in children(root, "key"):
        identity = key.get("id", "")
        told = key.get("attr.name") or key.get("yfiles.type") or identity
        given = child(key, "default")
        default = "" if given is None else "".join(given.itertext()).strip()
        keys[identity] = _Key(told, default)
        if default:
            owners = ("node", "edge", "graph") if key.get("for", "all") == "all" else (key.get("for", ""),)
            for owner in owners:
                defaults.setdefault(owner, {})[told] = default
    return keys, defaults


def _read_graph(graph: Element, found: _Found, *, group: str) -> None:
    directed = graph.get("edgedefault", "directed") != "undirected"
    for element in graph:
        kind = local(element) if isinstance(element.tag, str) else ""
        if kind == "node":
            _read_node(element, found, group=group)
        elif kind == "edge":
            _read_edge(element, found, directed=directed)
        elif kind == "hyperedge":
            raise FileFault(
                N_("“{name}” has a hyperedge ({edge}), an edge with more than two ends; replace it by plain edges."),
                name=found.name,
                edge=element.get("id") or f"#{1 + [*graph].index(element)}",
            )


def _read_node(element: Element, found: _Found, *, group: str) -> None:
    identity = element.get("id", "")
    if not identity:
        raise FileFault(
            N_("In “{name}” the node number {count} has no id; give each node one."),
            name=found.name,
            count=len(found.nodes) + 1,
        )
    if identity in found.nodes or identity in found.groups:
        raise FileFault(
            N_("In “{name}” two nodes have the id {id}; an id stands for one node."), name=found.name, id=identity
        )
    values, place, label = _data(element, found, "node")
    if element.get("labels"):
        # Neo4j writes what a node is beside it: ":Person:Author".
        values.setdefault("labels", element.get("labels", "").strip(":").replace(":", ", "))
    if group:
        values.setdefault("group", group)
    by_name = {name.casefold(): text for name, text in values.items()}
    label = label or next((by_name[name] for name in _LABELS if by_name.get(name)), identity)
    values.pop("label", None)
    node = FileNode(identity, " ".join(label.split()), values, place)
    inner = child(element, "graph")
    if inner is None:
        found.nodes[identity] = node
    else:
        # A node that holds a graph is a box around others; it counts itself only where an edge ends at it.
        found.groups[identity] = node
        _read_graph(inner, found, group=node.label)


def _read_edge(element: Element, found: _Found, *, directed: bool) -> None:
    values, _place, label = _data(element, found, "edge")
    own = element.get("directed")
    if element.get("label"):
        label = label or element.get("label", "")
    label = label or values.pop("label", "")
    identity = element.get("id") or values.get("id", "") or f"e{len(found.edges) + 1}"
    found.edges.append(
        FileEdge(
            identity, element.get("source", ""), element.get("target", ""), label, values,
            directed if own is None else own == "true",
        )
    )  # fmt: skip


def _data(element: Element, found: _Found, owner: str) -> tuple[dict[str, str], Place | None, str]:
    """Return the attributes of an element as texts, its place, and the label that yEd drew."""
    values = dict(found.defaults.get(owner, {}))
    place: Place | None = None
    label = ""
    for data in children(element, "data"):
        key = found.keys.get(data.get("key", ""), _Key(data.get("key", ""), ""))
        if len(data):
            drawn = list(data.iter())
            names = [local(one) for one in drawn if isinstance(one.tag, str)]
            if "Geometry" in names or "NodeLabel" in names or "EdgeLabel" in names:
                place = place or _yed_place(drawn)
                label = label or _yed_label(drawn)
                continue
        text = "".join(data.itertext()).strip()
        if text:
            values[key.name] = text
    for desc in children(element, "desc"):
        values.setdefault("description", "".join(desc.itertext()).strip())
    values = {name: text for name, text in values.items() if text}
    if place is None:
        by_name = {name.casefold(): (name, number_of(text)) for name, text in values.items()}
        x, y = by_name.get("x", ("", None)), by_name.get("y", ("", None))
        if x[1] is not None and y[1] is not None:
            place = (x[1], y[1])
            for name in _HIDDEN:
                values.pop(by_name.get(name, ("",))[0], None)
    return values, place, label


def _yed_place(drawn: list[Element]) -> Place | None:
    for one in drawn:
        if isinstance(one.tag, str) and local(one) == "Geometry":
            x, y = number_of(one.get("x")), number_of(one.get("y"))
            if x is not None and y is not None:
                return (x + (number_of(one.get("width")) or 0.0) / 2, y + (number_of(one.get("height")) or 0.0) / 2)
    return None


def _yed_label(drawn: list[Element]) -> str:
    for one in drawn:
        if isinstance(one.tag, str) and local(one) in ("NodeLabel", "EdgeLabel"):
            text = "".join(one.itertext()).strip()
            if text:
                return text
    return ""
