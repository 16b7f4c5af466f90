"""Kumu blueprints and project exports, and the JSON of Cytoscape.js and Cytoscape."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from chipscape_db.errors import N_, FileFault
from chipscape_db.transfer.networks.content import GENERATOR, FileEdge, FileNode, NetworkFile, Place
from chipscape_db.transfer.networks.read_xml import number_of, told_sources

_KUMU_NAMES = {"element type": "type", "connection type": "type"}


def read_json(content: bytes, name: str) -> NetworkFile:
    """Read JSON as what it is; raise `FileFault` in one sentence where it is neither Kumu's nor Cytoscape.js'."""
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FileFault(N_("“{name}” is in an unknown encoding; save it as UTF-8."), name=name) from error
    except json.JSONDecodeError as error:
        raise FileFault(
            N_("“{name}” is broken at line {line}, column {column}: {reason}. Export it again."),
            name=name,
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        ) from error
    except RecursionError as error:
        raise FileFault(N_("“{name}” is nested too deeply to be a network; export it again."), name=name) from error
    if isinstance(whole, dict) and isinstance(whole.get("elements"), list) and "connections" in whole:
        return _read_kumu(whole, name)
    if isinstance(whole, list) and whole and isinstance(whole[0], dict) and "CXVersion" in whole[0]:
        raise FileFault(
            N_("“{name}” is CX2, which is only written here; export it from Cytoscape as Cytoscape.js JSON (.cyjs)."),
            name=name,
        )
    elements = whole.get("elements") if isinstance(whole, dict) else whole
    if isinstance(elements, dict | list):
        return _read_cytoscape(whole, elements, name)
    raise FileFault(
        N_("“{name}” is JSON, but neither Kumu's (elements, connections) nor Cytoscape.js' (elements with data)."),
        name=name,
    )


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    return str(value).strip()


def _plain(raw: Mapping[str, Any], *without: str) -> dict[str, str]:
    values = {str(name): _text(value) for name, value in raw.items() if name not in without}
    return {name: text for name, text in values.items() if text}


def _position(raw: Any) -> Place | None:
    if not isinstance(raw, dict):
        return None
    x, y = number_of(str(raw.get("x"))), number_of(str(raw.get("y")))
    return None if x is None or y is None else (x, y)


# Kumu


def _read_kumu(whole: Mapping[str, Any], name: str) -> NetworkFile:
    places: dict[str, Place] = {}
    maps = whole.get("maps")
    for one in maps if isinstance(maps, list) else []:
        for placed in one.get("elements", []) if isinstance(one, dict) else []:
            if isinstance(placed, dict):
                place = _position(placed.get("position") or placed)
                if place is not None:
                    places.setdefault(_text(placed.get("element") or placed.get("_id")), place)
    nodes: dict[str, FileNode] = {}
    by_label: dict[str, str] = {}
    for at, raw in enumerate(whole["elements"], 1):
        flat = _flat(raw, name, f"elements[{at}]")
        label = " ".join(_text(flat.get("label")).split())
        identity = _text(flat.get("_id") or flat.get("id")) or label
        if not identity:
            raise FileFault(N_("In “{name}” {where} has no label; give it one."), name=name, where=f"elements[{at}]")
        if identity in nodes:
            raise FileFault(
                N_("In “{name}” two nodes have the id {id}; an id stands for one node."), name=name, id=identity
            )
        place = places.get(identity) or _position(flat.get("position")) or _position(flat)
        nodes[identity] = FileNode(
            identity, label or identity, _plain(flat, "_id", "id", "label", "position", "x", "y"), place
        )
        by_label.setdefault((label or identity).casefold(), identity)
    edges = []
    for at, raw in enumerate(whole["connections"] or [], 1):
        where = f"connections[{at}]"
        flat = _flat(raw, name, where)
        ends: list[str] = []
        for end in ("from", "to"):
            text = _text(flat.get(end))
            found = text if text in nodes else by_label.get(" ".join(text.split()).casefold())
            if found is None:
                raise FileFault(
                    N_("In “{name}” {where} ends at “{text}”, which is no element; add it or remove the connection."),
                    name=name, where=where, text=text,
                )  # fmt: skip
            ends.append(found)
        identity = _text(flat.get("_id") or flat.get("id")) or f"c{at}"
        values = _plain(flat, "_id", "id", "label", "from", "to", "direction")
        edges.append(
            FileEdge(
                identity,
                ends[0],
                ends[1],
                _text(flat.get("label")),
                values,
                _text(flat.get("direction")) in ("", "directed"),
            )
        )
    return NetworkFile(
        tuple(nodes.values()), tuple(edges), _text(whole.get("name")), told_sources(whole.get("source_list")),
        whole.get("generator") == GENERATOR,
    )  # fmt: skip


def _flat(raw: Any, name: str, where: str) -> dict[str, Any]:
    """Return an element or connection with its attributes beside it, as blueprints have them."""
    if not isinstance(raw, dict):
        raise FileFault(N_("In “{name}” {where} is not an object; export it again."), name=name, where=where)
    inner = raw.get("attributes")
    flat = {**raw, **(inner if isinstance(inner, dict) else {})}
    flat.pop("attributes", None)
    for told, plain in _KUMU_NAMES.items():
        if told in flat:
            flat.setdefault(plain, flat.pop(told))
    return flat


# Cytoscape


def _read_cytoscape(whole: Any, elements: Any, name: str) -> NetworkFile:
    nodes: dict[str, FileNode] = {}
    edges: list[FileEdge] = []
    for group, where, raw in _elements(elements, name):
        data = raw["data"]
        if group == "nodes":
            identity = _text(data.get("id"))
            if not identity:
                raise FileFault(N_("In “{name}” {where} has no id; give it one."), name=name, where=where)
            if identity in nodes:
                raise FileFault(
                    N_("In “{name}” two nodes have the id {id}; an id stands for one node."), name=name, id=identity
                )
            label = next((_text(data[one]) for one in ("name", "label", "title") if _text(data.get(one))), identity)
            values = _plain(data, "id", "value", "name", "label", "SUID", "selected", "shared_name")
            nodes[identity] = FileNode(identity, " ".join(label.split()), values, _position(raw.get("position")))
        else:
            label = _text(data.get("interaction") or data.get("label"))
            values = _plain(data, "id", "key", "source", "target", "interaction", "SUID", "selected", "label")
            edges.append(
                FileEdge(
                    _text(data.get("id")) or f"e{len(edges) + 1}", _text(data.get("source")),
                    _text(data.get("target")), label, values,
                    not (isinstance(whole, dict) and whole.get("directed") is False),
                )
            )  # fmt: skip
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in nodes:
                raise FileFault(
                    N_("In “{name}” the edge {edge} ends at {end}, which is no node of the file; add it or remove the "
                       "edge."),
                    name=name, edge=edge.id, end=end or "?",
                )  # fmt: skip
    about = whole.get("data") if isinstance(whole, dict) else None
    about = about if isinstance(about, dict) else {}
    return NetworkFile(
        tuple(nodes.values()), tuple(edges), _text(about.get("name")), told_sources(about.get("source_list")),
        about.get("generator") == GENERATOR,
    )  # fmt: skip


def _elements(elements: Any, name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (nodes or edges, where, element), from lists by group or from one list of all."""
    if isinstance(elements, dict):
        listed = [
            (group, f"{group}[{at}]", raw)
            for group in ("nodes", "edges")
            for at, raw in enumerate(elements.get(group) or [], 1)
        ]
    else:
        listed = [("", f"elements[{at}]", raw) for at, raw in enumerate(elements, 1)]
    for group, where, raw in listed:
        if not isinstance(raw, dict) or not isinstance(raw.get("data"), dict):
            raise FileFault(N_("In “{name}” {where} has no data; export it again."), name=name, where=where)
        kind = group or raw.get("group") or ("edges" if "source" in raw["data"] else "nodes")
        yield kind, where, raw
