"""One writer per fact base: a lock beside the file that the system itself lets go when its process dies."""

import json
import os
import socket
from pathlib import Path
from typing import IO


class BaseLock:
    """Holds the right to write to one fact base.

    The lock file names who holds it, so that a second program can say so; it is the operating system's lock on that
    file that counts, which ends with the process, even a killed one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(f".{path.name}.lock")
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        """Take the lock if nobody holds it; False when somebody does."""
        file = self.path.open("a+", encoding="utf-8")
        while True:
            if not _lock(file):
                file.close()
                return False
            if _is_at(file, self.path):
                break
            # Its holder removed it between our opening and our locking it: a lock on it would bar nobody.
            file.close()
            file = self.path.open("a+", encoding="utf-8")
        file.seek(0)
        file.truncate()
        json.dump({"process": os.getpid(), "host": socket.gethostname()}, file)
        file.flush()
        self._file = file
        return True

    def holder(self) -> str:
        """Return who holds the lock, in the form `process 123 on laptop`, as far as it can be told."""
        try:
            told = json.loads(self.path.read_text(encoding="utf-8"))
            return f"process {told['process']} on {told['host']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another program"

    def release(self) -> None:
        """Let the lock go and remove its file; nothing happens when it is not held."""
        if self._file is not None:
            self.path.unlink(missing_ok=True)
            self._file.close()
            self._file = None


def _is_at(file: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


if os.name == "nt":
    import msvcrt

    def _lock(file: IO[str]) -> bool:
        # Windows bars others from reading a locked range: the byte locked lies far behind the name of the holder.
        file.seek(1 << 20)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
