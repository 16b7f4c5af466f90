"""The header of a fact base file: is it ours, whole, of a version that we know? Standard library only, for speed."""

from pathlib import Path

from chipscape_db.errors import N_, FileFault, NewerFile

SUFFIX = ".chipscape"
APPLICATION_ID = 0x43484950  # "CHIP"
SCHEMA_VERSION = 4  # the number of the newest migration
_MAGIC = b"SQLite format 3\x00"


def read_header(path: Path) -> int:
    """Return the schema version of the file at *path*; raise `FileFault` in words for what is no sound fact base."""
    name = path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise FileFault(N_("There is no file {file} in {folder}."), file=name, folder=str(path.parent)) from error
    except IsADirectoryError as error:
        raise FileFault(N_("{file} is a folder, not a fact base."), file=name) from error
    except OSError as error:
        raise FileFault(N_("{file} could not be read: {reason}."), file=name, reason=error.strerror or "") from error
    if not header.startswith(_MAGIC):
        raise FileFault(N_("{file} is not a Chipscape fact base; nothing in it was changed."), file=name)
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    told = page * int.from_bytes(header[28:32], "big")
    # A program killed while it folded its log into the file leaves the file short; SQLite goes on from the log.
    if len(header) < 100 or (size < told and not _has_log(path)):
        raise FileFault(N_("{file} is cut off: part of it is missing. Open a backup or an earlier copy."), file=name)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise FileFault(N_("{file} is a database of another program, not a Chipscape fact base."), file=name)
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA_VERSION:
        raise NewerFile(
            N_("{file} was written by a newer version of Chipscape; update the application to open it."), file=name
        )
    return version


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0
