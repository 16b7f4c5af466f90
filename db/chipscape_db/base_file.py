"""Fact bases as files: create, open, copy; every way in which a file can be wrong gets one sentence."""

import os
import shutil
import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

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
        _remove_side_files(path)
        draft.rename(path)
    except (OSError, DatabaseError) as error:
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
        # What a killed program left in the write-ahead log is part of the base: then it cannot be taken as it lies.
        immutable = _untouchable(path) and not _has_side_files(path)
        return FactBase(path, open_engine(path, read_only=True, immutable=immutable), None, because)
    engine = open_engine(path)
    try:
        if version < SCHEMA_VERSION:
            copy_base(engine, path.with_name(f"{path.name}.v{version}"))
            upgrade(engine)
            # Others read the version from the file's header before they open it: it must not wait in the log.
            with engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        engine.dispose()
        lock.release()
        raise
    return FactBase(path, engine, lock)


def copy_base(engine: Engine, path: Path) -> None:
    """Write a copy of an open fact base to *path*, whole or not at all, replacing what is there.

    Raises `FileFault`, also when *path* is that base itself or open in another program.
    """
    lock = BaseLock(path)
    building = _folder_beside(path)
    try:
        if not lock.acquire():
            raise FileFault(
                N_("{file} is open in {holder}; choose another name."), file=path.name, holder=lock.holder()
            )
        draft = building / path.name
        target = sqlite3.connect(draft)
        try:
            with engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.backup(target)
        finally:
            target.close()
        _remove_side_files(path)
        draft.replace(path)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        raise _cannot_write(path, error) from error
    finally:
        lock.release()
        shutil.rmtree(building, ignore_errors=True)


def _side_files(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _has_side_files(path: Path) -> bool:
    return any(file.exists() and file.stat().st_size for file in _side_files(path))


def _remove_side_files(path: Path) -> None:
    """Remove what a killed program left beside a file that is replaced: SQLite would play it into the new one."""
    for file in _side_files(path):
        file.unlink(missing_ok=True)


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


def _protected(path: Path) -> bool:
    """Say whether *path* is write-protected; its mode counts for the administrator too, who could write anyway."""
    modes = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    return not (path.stat().st_mode & modes and os.access(path, os.W_OK))


def _untouchable(path: Path) -> bool:
    return _protected(path) or _protected(path.resolve().parent)


def _why_read_only(path: Path, lock: BaseLock) -> FileFault | None:
    if _protected(path):
        return FileFault(N_("{file} is write-protected, so it is open for reading only."), file=path.name)
    try:
        if _protected(path.resolve().parent):
            raise PermissionError
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
