"""Where the application keeps its own files: settings, data, cache and logs.

`CHIPSCAPE_HOME` puts all of them under one folder, for a portable copy and for tests.
"""

import os
from pathlib import Path

HOME_VARIABLE = "CHIPSCAPE_HOME"
_NAME = "chipscape"


def _folder(kind: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home).expanduser().absolute() / kind
    import platformdirs

    places = platformdirs.PlatformDirs(_NAME, appauthor=False)
    return {
        "config": places.user_config_path,
        "data": places.user_data_path,
        "cache": places.user_cache_path,
        "logs": places.user_log_path,
    }[kind]


def config_folder() -> Path:
    """Return the folder of the settings; it need not exist yet."""
    return _folder("config")


def data_folder() -> Path:
    """Return the folder of the fact base opened when none is named; it need not exist yet."""
    return _folder("data")


def cache_folder() -> Path:
    """Return the folder of what can be computed again; it need not exist yet."""
    return _folder("cache")


def log_folder() -> Path:
    """Return the folder of the log files; it need not exist yet."""
    return _folder("logs")


def made(folder: Path) -> Path:
    """Return *folder* after making it and its parents."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder
