"""XML read safely, and handed to the reader of what it is: GraphML or GEXF."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from chipscape_db.errors import N_, FileFault
from chipscape_db.transfer.networks.content import NetworkFile


def read_xml(content: bytes, name: str) -> NetworkFile:
    """Read GraphML or GEXF; entities, which can blow a file up or reach for others, are refused."""
    from chipscape_db.transfer.networks.read_gexf import read_gexf
    from chipscape_db.transfer.networks.read_graphml import read_graphml

    root = parsed(content, name)
    kind = local(root)
    if kind == "graphml":
        return read_graphml(root, name)
    if kind == "gexf":
        return read_gexf(root, name)
    raise FileFault(
        N_("“{name}” is XML of another kind (<{kind}>); export it as GraphML or GEXF first."), name=name, kind=kind
    )


def parsed(content: bytes, name: str) -> Element:
    """Return the root of an XML file; raise `FileFault` with line and column where it is broken."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content)
    except DefusedXmlException as error:
        raise FileFault(
            N_("“{name}” declares entities of its own, which is not safe to read; save it without a DOCTYPE."),
            name=name,
        ) from error
    except ParseError as error:
        line, column = error.position
        raise FileFault(
            N_("“{name}” is broken at line {line}, column {column}: {reason}. Export it again."),
            name=name,
            line=line,
            column=column + 1,
            reason=str(error).partition(":")[0],
        ) from error
    except (ValueError, LookupError) as error:
        raise FileFault(N_("“{name}” is in an unknown encoding; save it as UTF-8."), name=name) from error
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children of these names, in whatever namespace."""
    for child in element:
        if isinstance(child.tag, str) and local(child) in names:
            yield child


def child(element: Element, name: str) -> Element | None:
    """Return the first child of that name."""
    return next(children(element, name), None)


def number_of(text: str | None) -> float | None:
    """Return a text as a finite number, None where it is none."""
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def told_sources(text: Any) -> tuple[Mapping[str, str], ...]:
    """Return the sources that a file of ours tells, from JSON text or read already; none where it is not that."""
    try:
        listed = json.loads(text) if isinstance(text, str) else text
    except ValueError:
        return ()
    if not isinstance(listed, list):
        return ()
    return tuple(
        {str(name): str(value) for name, value in one.items()}
        for one in listed
        if isinstance(one, dict) and one.get("slug") and one.get("name")
    )
