"""Reading a file that people brought, whole, with a limit: a hostile one must not fill the memory."""

from pathlib import Path

from chipscape_db.errors import N_, FileFault

MOST_BYTES = 64 * 1024 * 1024


def read_whole(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """Return what the file at *path* holds; raise `FileFault` where it cannot be read or is over *most* bytes."""
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise FileFault(
            N_("{file} could not be read: {reason}."), file=path.name, reason=error.strerror or str(error)
        ) from error
    if len(content) > most:
        raise FileFault(
            N_("{file} is larger than {most} megabytes; split it and import the parts one by one."),
            file=path.name,
            most=most // (1024 * 1024),
        )
    return content
