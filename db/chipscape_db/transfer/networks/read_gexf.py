"""GEXF 1.1 to 1.3 as Gephi and others write it: spells, slices, timestamps, dynamic values, nested nodes."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from chipscape_db.errors import N_, FileFault
from chipscape_db.transfer.networks.content import GENERATOR, FileEdge, FileNode, NetworkFile, Place, Spell
from chipscape_db.transfer.networks.read_xml import child, children, number_of, told_sources

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
_MONTH = re.compile(r"\d{4}(?:-\d{2})?")
_PARTS = re.compile(r"[\[(<]\s*([^\[\]()<>;]*?)\s*[\])>]")
_YEARS = (1500, 2200)


@dataclass(slots=True)
class _Found:
    name: str
    titles: dict[str, dict[str, str]]
    defaults: dict[str, dict[str, str]]
    directed: str
    nodes: dict[str, FileNode] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    edges: list[FileEdge] = field(default_factory=list)
    timeless: int = 0


def read_gexf(root: Element, name: str) -> NetworkFile:
    """Read a GEXF document; raise `FileFault` for what cannot be a network."""
    graph = child(root, "graph")
    if graph is None:
        raise FileFault(N_("“{name}” has no <graph>; export it again."), name=name)
    titles, defaults = _attributes(graph)
    found = _Found(name, titles, defaults, graph.get("defaultedgetype", "undirected"))
    for nodes in children(graph, "nodes"):
        _read_nodes(nodes, found, parent="")
    for edges in children(graph, "edges"):
        for element in children(edges, "edge"):
            _read_edge(element, found)
    for identity, parent in found.parents.items():
        if parent in found.nodes:
            node = found.nodes[identity]
            values = {**node.values, "group": node.values.get("group") or found.nodes[parent].label}
            found.nodes[identity] = FileNode(node.id, node.label, values, node.place, node.spells)
    notes = (N_("The times in the file are numbers, not dates; they are left out."),) if found.timeless else ()
    meta = child(root, "meta")
    about = {} if meta is None else {str(one.tag).rpartition("}")[2]: (one.text or "").strip() for one in meta}
    return NetworkFile(
        tuple(found.nodes.values()), tuple(found.edges), about.get("description", ""),
        told_sources(about.get("sources", "")), about.get("creator") == GENERATOR, notes,
    )  # fmt: skip


def _attributes(graph: Element) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Return the titles of attributes by class and id, and the defaults by class and title."""
    titles: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for declared in children(graph, "attributes"):
        owner = declared.get("class", "node")
        for one in children(declared, "attribute"):
            identity = one.get("id", "")
            title: str = one.get("title", "") or identity
            titles.setdefault(owner, {})[identity] = title
            given = child(one, "default")
            if given is not None and (given.text or "").strip():
                defaults.setdefault(owner, {})[title] = (given.text or "").strip()
    return titles, defaults


def _read_nodes(nodes: Element, found: _Found, *, parent: str) -> None:
    for element in children(nodes, "node"):
        identity = element.get("id", "")
        if not identity:
            raise FileFault(
                N_("In “{name}” the node number {count} has no id; give each node one."),
                name=found.name,
                count=len(found.nodes) + 1,
            )
        if identity in found.nodes:
            raise FileFault(
                N_("In “{name}” two nodes have the id {id}; an id stands for one node."), name=found.name, id=identity
            )
        label = " ".join((element.get("label") or "").split()) or identity
        found.nodes[identity] = FileNode(
            identity, label, _values(element, found, "node"), _place(element), _spells(element, found)
        )
        above = parent or element.get("pid", "") or element.get("for", "")
        if above:
            found.parents[identity] = above
        for inner in children(element, "nodes"):
            _read_nodes(inner, found, parent=identity)
        for inner in children(element, "edges"):
            for edge in children(inner, "edge"):
                _read_edge(edge, found)


def _read_edge(element: Element, found: _Found) -> None:
    identity = element.get("id") or f"e{len(found.edges) + 1}"
    ends = element.get("source", ""), element.get("target", "")
    for end in ends:
        if end not in found.nodes:
            raise FileFault(
                N_("In “{name}” the edge {edge} ends at {end}, which is no node of the file; add it or remove the "
                   "edge."),
                name=found.name, edge=identity, end=end,
            )  # fmt: skip
    values = _values(element, found, "edge")
    for name in ("kind", "weight"):
        if element.get(name):
            values.setdefault(name, element.get(name, ""))
    found.edges.append(
        FileEdge(
            identity, *ends, element.get("label", ""), values,
            (element.get("type") or found.directed) == "directed", _spells(element, found),
        )
    )  # fmt: skip


def _values(element: Element, found: _Found, owner: str) -> dict[str, str]:
    """Return the attributes by title; of a value that changes in time the newest."""
    values = dict(found.defaults.get(owner, {}))
    newest: dict[str, str] = {}
    for listed in children(element, "attvalues"):
        for one in children(listed, "attvalue"):
            identity: str = one.get("for", "") or one.get("id", "")
            title = found.titles.get(owner, {}).get(identity, identity)
            at: str = one.get("start", "") or one.get("timestamp", "") or one.get("end", "")
            text = (one.get("value") or "").strip()
            if text and at >= newest.get(title, ""):
                values[title], newest[title] = text, at
    return values


def _place(element: Element) -> Place | None:
    position = child(element, "position")
    if position is None:
        return None
    x, y = number_of(position.get("x")), number_of(position.get("y"))
    return None if x is None or y is None else (x, -y + 0.0)


def _spells(element: Element, found: _Found) -> tuple[Spell, ...]:
    """Return when a node or an edge is there, as days; times that are no dates are counted and left out."""
    told: list[tuple[str, str]] = []
    for outer in children(element, "spells", "slices"):
        for one in children(outer, "spell", "slice"):
            told.append(_bounds(one))
    for name in ("intervals", "timestamps"):
        for part in _PARTS.findall((element.get(name) or "").replace("<[", "[").replace("]>", "]")):
            ends = [one.strip() for one in part.split(",")]
            told += [(ends[0], ends[-1])] if name == "intervals" else [(one, one) for one in ends]
    if not told:
        told.append(_bounds(element))
    out = []
    for start, end in told:
        spell = (_day(start), _day(end))
        if spell != ("", ""):
            out.append(spell)
        elif start or end:
            found.timeless += 1
    return tuple(dict.fromkeys(out))


def _bounds(element: Element) -> tuple[str, str]:
    at = element.get("timestamp") or ""
    start = element.get("start") or element.get("startopen") or at
    return start, element.get("end") or element.get("endopen") or at


def _day(text: str) -> str:
    """Return a time as a day, month or year, empty where it is none."""
    text = text.strip()
    whole = _DAY.fullmatch(text)
    if whole:
        return whole[1]
    if _MONTH.fullmatch(text):
        return text
    value = number_of(text)
    if value is not None and value == int(value) and _YEARS[0] <= value <= _YEARS[1]:
        return str(int(value))
    return ""
