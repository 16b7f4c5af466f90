"""What the application remembers between starts, in one JSON file; what it does not know it keeps."""

import dataclasses
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chipscape_desktop.json_file import replace_json
from chipscape_desktop.paths import config_folder

MOST_RECENT_FILES = 10
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; empty texts mean "not chosen".

    `language` is a code or empty for the system's; `theme` is `light`, `dark`, `contrast` or `system`; `author` and
    `initials` sign edits, `author_asked` says that they were asked for once; `export_size` is how large figures left
    last, `export_native` whether charts leave as such; `recent_files` has the newest first;
    `unknown` keeps keys of other versions as they were.
    """

    language: str = ""
    theme: str = "system"
    author: str = ""
    initials: str = ""
    author_asked: bool = False
    recent_files: tuple[str, ...] = ()
    last_file: str = ""
    last_screen: str = "timeline"
    show_inspector: bool = True
    show_minimap: bool = True
    reduced_motion: bool = False
    export_size: str = ""
    export_native: bool = True
    unknown: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def signature(self) -> str:
        """What signs an edit: "Ada Lovelace (AL)"; empty where nobody said a name."""
        return f"{self.author} ({self.initials})" if self.author and self.initials else self.author

    def with_recent_file(self, path: Path) -> "Settings":
        """Return the settings with *path* as the last file and first of the recent ones."""
        name = str(path.absolute())
        others = [known for known in self.recent_files if known != name]
        return dataclasses.replace(self, last_file=name, recent_files=(name, *others)[:MOST_RECENT_FILES])

    def without_recent_file(self, path: Path) -> "Settings":
        """Return the settings without *path*, because it is gone."""
        name = str(path.absolute())
        kept = tuple(known for known in self.recent_files if known != name)
        return dataclasses.replace(self, last_file="" if self.last_file == name else self.last_file, recent_files=kept)


def settings_path() -> Path:
    """Return the path of the settings file."""
    return config_folder() / "settings.json"


def load_settings() -> Settings:
    """Return the stored settings; where the file is missing or broken, the defaults.

    A broken file is kept aside as `settings.broken.json`, and the log says so; a value of the wrong kind is dropped.
    """
    path = settings_path()
    try:
        stored = json.loads(path.read_bytes())
        if not isinstance(stored, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings()
    except (ValueError, RecursionError) as error:
        aside = path.with_suffix(".broken.json")
        try:
            path.replace(aside)
        except OSError:
            aside = path
        _log.warning("The settings are broken and kept as %s; starting with defaults: %s", aside, error)
        return Settings()
    except OSError as error:
        _log.warning("The settings cannot be read; starting with defaults: %s", error)
        return Settings()
    return _from_stored(stored)


def _from_stored(stored: dict[str, Any]) -> Settings:
    default = Settings()
    known: dict[str, Any] = {}
    for item in dataclasses.fields(Settings):
        if item.name == "unknown" or item.name not in stored:
            continue
        value, kind = stored.pop(item.name), type(getattr(default, item.name))
        if kind is tuple and isinstance(value, list) and all(isinstance(part, str) for part in value):
            known[item.name] = tuple(value)
        elif isinstance(value, kind):
            known[item.name] = value
        else:
            _log.warning("The setting %s is not of its kind and takes its default: %r", item.name, value)
    return Settings(**known, unknown=MappingProxyType(stored))


def save_settings(settings: Settings) -> bool:
    """Write the settings, whole or not at all; return whether it worked, the log says why not."""
    stored = {item.name: getattr(settings, item.name) for item in dataclasses.fields(settings)}
    try:
        replace_json(settings_path(), {**stored.pop("unknown"), **stored})
    except OSError as error:
        _log.info("The settings cannot be written: %s", error)
        return False
    return True
