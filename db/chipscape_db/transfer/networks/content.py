"""A network as files hold it: nodes and edges with named texts, places and spells; the same for every format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Place: TypeAlias = tuple[float, float]
Spell: TypeAlias = tuple[str, str]
"""From when to when something holds, as days (ISO 8601), both included; empty where open."""

SCALE: Final = 100.0
"""Units of a file to one of the map: other programs think in pixels."""

GENERATOR: Final = "Chipscape"


@dataclass(frozen=True, slots=True)
class FileNode:
    """A node; `values` are its attributes as texts by the name that the file gives them. The y axis points down."""

    id: str
    label: str
    values: Mapping[str, str]
    place: Place | None = None
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class FileEdge:
    """An edge from one node to another, by their ids in the file."""

    id: str
    source: str
    target: str
    label: str
    values: Mapping[str, str]
    directed: bool = True
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """A whole network; `ours` says that this application wrote it; `sources` are what its records rest on.

    Each source is a mapping of texts: `slug`, `name`, `source_kind` and what else is known of it.
    """

    nodes: tuple[FileNode, ...]
    edges: tuple[FileEdge, ...]
    title: str = ""
    sources: tuple[Mapping[str, str], ...] = ()
    ours: bool = False
    notes: tuple[str, ...] = field(default_factory=tuple)

    def node_attributes(self) -> tuple[str, ...]:
        """Return the names of the attributes that nodes have, in the order in which they come up."""
        return tuple(dict.fromkeys(name for node in self.nodes for name in node.values))

    def edge_attributes(self) -> tuple[str, ...]:
        """Return the names of the attributes that edges have, in the order in which they come up."""
        return tuple(dict.fromkeys(name for edge in self.edges for name in edge.values))


def clean(text: str) -> str:
    """Return a text without the signs that XML and other programs do not take."""
    return "".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\x7f￾￿"))
