"""Imports as Python does them, which PySide6 has made dearer."""

import builtins


def import_plainly() -> None:
    """Take back the hook that PySide6 puts before every import of the program.

    WORKAROUND https://github.com/napari/napari/issues/8584: for the sake of `from __feature__ import ...`, which is not
    used here, the hook reads the source text of each module imported, and keeps it in memory: a tenth of a start. Calls
    after the first change nothing, nor does one before PySide6 was imported.
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
