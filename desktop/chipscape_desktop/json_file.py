"""A small JSON file that is replaced as a whole or not at all."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from chipscape_desktop.paths import made


def replace_json(path: Path, stored: Mapping[str, Any], *, on_disk: bool = True) -> None:
    """Write *stored* to *path*, making its folder; raises `OSError`, and leaves what was there, where that fails.

    Waits until it is on the disk, unless not *on_disk*: for what is written at each click and is no great loss.
    """
    partial = path.with_suffix(f".{os.getpid()}.part")
    try:
        made(path.parent)
        with partial.open("w", encoding="utf-8") as stream:
            stream.write(json.dumps(stored, indent=2, ensure_ascii=False) + "\n")
            if on_disk:
                stream.flush()
                os.fsync(stream.fileno())
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink()
        raise
