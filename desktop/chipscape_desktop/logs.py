"""The log file: what went wrong on this machine, kept on this machine."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from chipscape_desktop.paths import log_folder, made

_SIZE, _KEPT = 1_000_000, 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"


def log_path() -> Path:
    """Return the path of the newest log file."""
    return log_folder() / "chipscape.log"


def start_log(level: int = logging.INFO) -> logging.Handler | None:
    """Write our log to the log file from now on; return the handler, or None where the file cannot be written."""
    try:
        made(log_folder())
        handler = RotatingFileHandler(log_path(), maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
    except OSError as error:
        logging.getLogger(__name__).info("There is no log file: %s", error)
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Close the log file."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()
