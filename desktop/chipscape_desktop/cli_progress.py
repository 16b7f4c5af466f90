"""How far a command is, on the terminal of whoever waits for it; nothing where its errors go to a file."""

import sys
from time import monotonic

from chipscape_db.progress import Progress

_EVERY = 0.2
_WIPED = "\r\033[K"


def shown_progress(what: str) -> Progress:
    """Return a progress that writes "what: 42%" over itself on a terminal, and wipes it out when all is done."""
    if not sys.stderr.isatty():
        return Progress()
    last = [0.0]

    def report(fraction: float) -> None:
        now = monotonic()
        if fraction >= 1.0:
            sys.stderr.write(_WIPED)
        elif now - last[0] >= _EVERY:
            last[0] = now
            sys.stderr.write(f"\r{what}: {fraction:.0%}\033[K")
        sys.stderr.flush()

    return Progress(report=report)


def wipe_out() -> None:
    """Take what a progress has written off the terminal, before a fault is told there."""
    if sys.stderr.isatty():
        sys.stderr.write(_WIPED)
