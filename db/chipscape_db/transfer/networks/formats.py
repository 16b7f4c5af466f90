"""The formats of network files: which are written, which are read, and by which ending they are known."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from chipscape_db.errors import N_, FileFault, Invalid
from chipscape_db.transfer.networks.content import NetworkFile
from chipscape_db.transfer.networks.gexf import write_gexf
from chipscape_db.transfer.networks.graphml import write_graphml
from chipscape_db.transfer.networks.jsons import write_cx2, write_cytoscape_js, write_kumu

WRITERS: Final[Mapping[str, Callable[[NetworkFile], bytes]]] = {
    ".graphml": write_graphml,
    ".gexf": write_gexf,
    ".kumu.json": write_kumu,
    ".cyjs": write_cytoscape_js,
    ".cx2": write_cx2,
}
"""The writer of each format, by the ending of the file."""

READABLE: Final = (".graphml", ".gexf", ".xml", ".json", ".cyjs")
LARGEST: Final = 200_000_000
"""Bytes of a file that is still read; a larger one would not fit into memory several times over."""


def ending_of(path: Path) -> str:
    """Return by which ending a file is written; raise `Invalid` naming those there are."""
    name = path.name.lower()
    for ending in WRITERS:
        if name.endswith(ending):
            return ending
    raise Invalid(
        N_("A network cannot be written as “{name}”: the ending of the file must be one of {endings}."),
        field="path",
        name=path.name,
        endings=", ".join(WRITERS),
    )


def written(network: NetworkFile, path: Path) -> bytes:
    """Return the content of the file that *path* names by its ending."""
    return WRITERS[ending_of(path)](network)


def read_file(path: Path) -> NetworkFile:
    """Read a network file; raise `FileFault` in one sentence that says what is wrong, and where."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise FileFault(
                N_("“{name}” is larger than {limit} MB; leave out what is not needed and try again."),
                name=path.name,
                limit=LARGEST // 1_000_000,
            )
        content = path.read_bytes()
    except OSError as error:
        raise FileFault(
            N_("“{name}” cannot be read: {reason}."), name=path.name, reason=error.strerror or str(error)
        ) from error
    return read_bytes(content, path.name)


def read_bytes(content: bytes, name: str) -> NetworkFile:
    """Read the content of a network file, whatever its ending: what it is shows in its first signs."""
    from chipscape_db.transfer.networks.read_json import read_json
    from chipscape_db.transfer.networks.read_xml import read_xml

    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<" or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return read_xml(content, name)
    if start in (b"{", b"["):
        return read_json(content, name)
    raise FileFault(
        N_("“{name}” is neither GraphML, GEXF, Kumu JSON nor Cytoscape.js JSON; export it as one of these first."),
        name=name,
    )
