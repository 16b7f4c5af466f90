"""The other side of a merge, whatever file it is in: another base, or a change pack."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from chipscape_db.base_file import open_base
from chipscape_db.base_header import SCHEMA_VERSION, read_header
from chipscape_db.errors import N_, FileFault
from chipscape_db.merging.contents import snapshot_contents
from chipscape_db.merging.journals import Journal, read_journal
from chipscape_db.merging.pack import is_pack, read_pack
from chipscape_db.progress import QUIET, Progress


def read_other(path: Path, *, progress: Progress = QUIET) -> Journal:
    """Return the history in a base or a change pack; the file is not written to. Raises `FileFault` in words."""
    if path.exists() and is_pack(path):
        return read_pack(path)
    version = read_header(path)
    if version == SCHEMA_VERSION:
        return _read(path, path.name, progress)
    # An older base is brought up to date in a copy: what somebody sent stays as it was sent.
    with TemporaryDirectory(prefix="chipscape-merge-") as folder:
        copy = Path(folder) / path.name
        try:
            for side in ("", "-wal"):
                if path.with_name(path.name + side).exists():
                    shutil.copyfile(path.with_name(path.name + side), copy.with_name(copy.name + side))
        except OSError as error:
            reason = error.strerror or str(error)
            raise FileFault(N_("{file} could not be read: {reason}."), file=path.name, reason=reason) from error
        open_base(copy).close()
        return _read(copy, path.name, progress)


def _read(path: Path, name: str, progress: Progress) -> Journal:
    base = open_base(path, write=False)
    try:
        with base.engine.connect() as connection:
            journal = read_journal(connection, name, progress=progress)
            changes = {step.uuid: journal.changes(step.uuid) for step in journal.steps}
            contents = snapshot_contents(connection, (one for found in changes.values() for one in found))
        return Journal(name, journal.steps, changes, contents=contents)
    finally:
        base.close()
