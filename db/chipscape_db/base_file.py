"""Fact bases as files: create, open, copy; every way in which a file can be wrong gets one sentence."""

import os
import shutil
import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Engine

from chipscape_db.base_header import SCHEMA_VERSION, read_header
from chipscape_db.base_lock import BaseLock
from chipscape_db.engine import open_engine
from chipscape_db.errors import N_, FileFault
from chipscape_db.identity import new_id
from chipscape_db.migrations import upgrade


@dataclass(slots=True)
class FactBase:
    """An open fact base; `read_only_because` is a sentence when it may not be written to."""

    path: Path
    engine: Engine
    lock: BaseLock | None
    read_only_because: FileFault | None = None

    @property
    def read_only(self) -> bool:
        """Say whether the base is open for reading only."""
        return self.read_only_because is not None

    def close(self) -> None:
        """Let the file go; its side files are folded back into it."""
        self.engine.dispose()
        if self.lock is not None:
            self.lock.release()


def create_base(path: Path, *, starter: bool = True, author: str = "") -> None:
    """Write a new fact base to *path*, with the starter facts or empty; an existing file is never replaced.

    The base is built in a folder beside it and moved into place whole. Raises `FileFault`.
    """
    if path.exists():
        raise FileFault(N_("{file} exists already; choose another name."), file=path.name)
    building = _folder_beside(path)
    try:
        draft = building / path.name
        sqlite3.connect(draft).close()
        draft.touch()
        engine = open_engine(draft)
        try:
            upgrade(engine)
            with engine.execution_options(writing=True).begin() as connection:
                connection.exec_driver_sql("INSERT INTO property (key, value) VALUES ('uuid', ?)", (new_id(),))
            if starter:
                from chipscape_db.transfer.csv_load import load_starter

                load_starter(engine, author=author)
        finally:
            engine.dispose()
        draft.rename(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def open_base(path: Path, *, write: bool = True) -> FactBase:
    """Open the fact base at *path*; an older one is brought to the present schema, with a copy kept beside it.

    Where the file may not be written to, or another program holds it, it is opened for reading only and
    `read_only_because` says why. Raises `FileFault` or `NewerFile` when it cannot be opened at all.
    """
    version = read_header(path)
    lock = BaseLock(path)
    because = _why_read_only(path, lock) if write else FileFault(N_("{file} is open for reading only."), file=path.name)
    if because is not None:
        if version < SCHEMA_VERSION:
            raise FileFault(
                N_(
                    "{file} is from an older version and must be brought up to date, but it cannot be written to; "
                    "copy it to a folder of yours and open the copy."
                ),
                file=path.name,
            )
        return FactBase(path, open_engine(path, read_only=True, immutable=_untouchable(path)), None, because)
    try:
        if version < SCHEMA_VERSION:
            shutil.copy2(path, path.with_name(f"{path.name}.v{version}"))
        engine = open_engine(path)
        if version < SCHEMA_VERSION:
            upgrade(engine)
    except BaseException:
        lock.release()
        raise
    return FactBase(path, engine, lock)


def copy_base(engine: Engine, path: Path) -> None:
    """Write a copy of an open fact base to *path*, whole or not at all, replacing what is there. Raises `FileFault`."""
    building = _folder_beside(path)
    try:
        draft = building / path.name
        with engine.connect() as connection, sqlite3.connect(draft) as target:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.backup(target)
        target.close()
        draft.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise _cannot_write(path, error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _folder_beside(path: Path) -> Path:
    try:
        return Path(mkdtemp(prefix=".chipscape-", dir=path.resolve().parent))
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: Exception) -> FileFault:
    if getattr(error, "errno", None) == 28 or "full" in str(error):
        return FileFault(N_("The disk is full; {file} was not written. Free some room and try again."), file=path.name)
    reason = getattr(error, "strerror", None) or str(error)
    return FileFault(N_("{file} could not be written: {reason}. Choose another folder."), file=path.name, reason=reason)


def _untouchable(path: Path) -> bool:
    modes = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    return not (path.stat().st_mode & modes and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _why_read_only(path: Path, lock: BaseLock) -> FileFault | None:
    if _untouchable(path):
        return FileFault(N_("{file} is write-protected, so it is open for reading only."), file=path.name)
    try:
        if lock.acquire():
            return None
    except OSError:
        return FileFault(
            N_("{file} is in a folder that cannot be written to, so it is open for reading only."), file=path.name
        )
    return FileFault(
        N_("{file} is already open in {holder}, so it is open for reading only here."),
        file=path.name,
        holder=lock.holder(),
    )
