"""What a person chose for one fact base, kept between starts by the base's UUID: one small JSON file each.

Choices are a comfort: where they cannot be read or written the defaults hold, and the log says why.
"""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chipscape_desktop.json_file import replace_json
from chipscape_desktop.paths import config_folder

_log = logging.getLogger(__name__)
_MOST_BYTES = 1_000_000
_PLAIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyz-")


def load_choices(base_id: str, part: str) -> dict[str, Any]:
    """Return what was kept of one *part* of the application, such as `timeline`; empty where there is nothing."""
    kept = _read(base_id).get(part)
    return kept if isinstance(kept, dict) else {}


def save_choices(base_id: str, part: str, choices: Mapping[str, Any]) -> bool:
    """Keep the choices of one part in place of those before, none for empty ones; return whether it worked."""
    path = _path(base_id)
    if path is None:
        return False
    stored = _read(base_id)
    stored.pop(part, None)
    if choices:
        stored[part] = dict(choices)
    try:
        replace_json(path, stored, on_disk=False)
    except OSError as error:
        _log.info("The choices for this fact base cannot be kept: %s", error)
        return False
    return True


def _path(base_id: str) -> Path | None:
    """Return the file of a base, None for an id that is no UUID: it would name a file elsewhere."""
    name = base_id.lower()
    return config_folder() / "bases" / f"{name}.json" if name and _PLAIN.issuperset(name) else None


def _read(base_id: str) -> dict[str, Any]:
    path = _path(base_id)
    if path is None:
        return {}
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("it is too large")
        stored = json.loads(path.read_bytes())
        if not isinstance(stored, dict):
            raise ValueError("it holds no object")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        _log.info("The choices in %s are not read: %s", path, error)
        return {}
    return stored
