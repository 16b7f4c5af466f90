"""A grid of palette colours as PNG bytes, with the standard library only."""

import struct
import zlib

import numpy as np

from chipscape_desktop.export.geometry import raster_repeats
from chipscape_desktop.figures.drawing import Raster


def raster_png(raster: Raster) -> bytes:
    """Return the cells as a PNG with its palette and opacities."""
    down, across = raster_repeats(raster)
    cells = raster.cells.repeat(down, axis=0).repeat(across, axis=1)
    rows, columns = cells.shape
    colours = [bytes.fromhex(colour[1:].ljust(8, "f")) for colour in raster.colours]
    scanlines = np.zeros((rows, columns + 1), np.uint8)  # each row starts with its filter: none
    scanlines[:, 1:] = cells
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(colour[:3] for colour in colours)),
            _chunk(b"tRNS", bytes(colour[3] for colour in colours)),
            _chunk(b"IDAT", zlib.compress(scanlines.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
