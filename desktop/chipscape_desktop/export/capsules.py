"""Reading the capsule back out of an exported file: which figure it is, of which base, and up to which change."""

import html
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from chipscape_db.errors import N_, FileFault, Invalid
from chipscape_db.figure_content import FigureContent
from chipscape_desktop.export.provenance import Capsule

READABLE: Final = (".svg", ".png", ".pdf", ".pptx", ".xlsx", ".csv")
_LARGEST: Final = 256 * 2**20
_IN_XML: Final = re.compile(rb'<capsule xmlns="urn:chipscape:capsule">(.*?)</capsule>', re.DOTALL)
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_BEGIN: Final = '{"base_id":'


def read_capsule(path: Path) -> Capsule:
    """Return the capsule of a file that Chipscape exported.

    Raises `FileFault` where the file cannot be read and `Invalid` where it carries no capsule.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise Invalid(_NONE, field="path", name=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise FileFault(
            N_("“{path}” cannot be read: {reason}."), path=str(path), reason=error.strerror or str(error)
        ) from error
    for text in _candidates(content):
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            return Capsule.from_json(text)
    raise Invalid(_NONE, field="path", name=path.name)


def content_of(capsule: Capsule) -> FigureContent:
    """Return the figure of a capsule as a saved one holds it; of an older file what its options say."""
    if capsule.content:
        return FigureContent.from_json(capsule.figure, capsule.content)
    from chipscape_desktop.figures import catalog

    declared = {option.name for option in catalog.options_of(catalog.figure(capsule.figure))}
    return FigureContent(capsule.figure, {name: word for name, word in capsule.options if name in declared})


_NONE: Final = N_("“{name}” is no figure that Chipscape exported, or what it carries of it was taken out.")


def _candidates(content: bytes) -> Iterator[str]:
    if content.startswith(b"\x89PNG"):
        yield from _of_png(content)
    elif content.startswith(b"%PDF"):
        yield from _of_pdf(content)
    elif content.startswith(b"PK"):
        yield from _of_package(content)
    elif found := _IN_XML.search(content):
        yield html.unescape(found.group(1).decode("utf-8", "replace"))
    else:
        yield from _of_csv(content)


def _of_png(content: bytes) -> Iterator[str]:
    """Yield the texts of a PNG's chunks under our key."""
    at = 8
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        data = content[at + 8 : at + 8 + length]
        at += 12 + length
        key, _zero, rest = data.partition(b"\0")
        if key != b"Chipscape":
            continue
        with suppress(zlib.error):
            if kind == b"tEXt":
                yield rest.decode("latin-1")
            elif kind == b"zTXt":
                yield zlib.decompress(rest[1:]).decode("latin-1")
            elif kind == b"iTXt":
                packed, text = rest[0], rest[2:].split(b"\0", 2)[2]
                yield (zlib.decompress(text) if packed else text).decode("utf-8", "replace")


def _of_pdf(content: bytes) -> Iterator[str]:
    """Yield the streams of a PDF that look like a capsule: its attachment, packed or not."""
    for found in _STREAM.finditer(content):
        data = found.group(1)
        with suppress(zlib.error):
            data = zlib.decompressobj().decompress(data, _LARGEST)
        if data.startswith(_BEGIN.encode()):
            yield data.decode("utf-8", "replace")


def _of_package(content: bytes) -> Iterator[str]:
    """Yield what the XML data of a presentation holds, or a cell of a workbook."""
    import io

    with suppress(zipfile.BadZipFile, KeyError, RuntimeError), zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if not name.startswith(("customXml/", "xl/sharedStrings")) or package.getinfo(name).file_size > _LARGEST:
                continue
            data = package.read(name)
            for found in _IN_XML.finditer(data):
                yield html.unescape(found.group(1).decode("utf-8", "replace"))
            for cell in re.findall(rb"<t[^>]*>([^<]*)</t>", data):
                text = html.unescape(cell.decode("utf-8", "replace"))
                if text.startswith(_BEGIN):
                    yield text


def _of_csv(content: bytes) -> Iterator[str]:
    import csv

    rows = csv.reader(content.decode("utf-8-sig", "replace").splitlines())
    with suppress(csv.Error):
        for row in rows:
            for cell in row:
                if cell.startswith(_BEGIN):
                    with suppress(ValueError):
                        json.loads(cell)
                        yield cell
