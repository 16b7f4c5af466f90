"""A fact base written as CSV files, whole or not at all; loading them gives the same facts again."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from chipscape_db.errors import N_, FileFault
from chipscape_db.transfer.csv_base import base_rows
from chipscape_db.transfer.csv_check import check_sheets
from chipscape_db.transfer.csv_contract import ALL_TABLES, TABLES
from chipscape_db.transfer.csv_kept import SNAPSHOTS, snapshot_bytes
from chipscape_db.transfer.csv_read import Sheet, as_csv
from chipscape_db.transfer.csv_values import Row
from chipscape_db.transfer.problems import Problems

_README = "README.md"


def dump_folder(base: Engine | Session, folder: Path) -> None:
    """Write every fact of *base* to *folder* in the contract's columns and order; history stays behind.

    The files are written beside the folder and moved into place together. A folder that is there must be empty or hold
    an earlier dump, which is replaced (a README.md stays). Carriage returns become line feeds, as the contract has it.
    Raises `FileFault`.
    """
    _refuse_strangers(folder)
    try:
        building = Path(mkdtemp(prefix=".chipscape-", dir=folder.resolve().parent))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        draft, earlier = building / "new", building / "old"
        draft.mkdir()
        if isinstance(base, Engine):
            with base.connect() as connection:
                _write(connection, draft)
        else:
            _write(base.connection(), draft)
        if (folder / _README).is_file():
            shutil.copy2(folder / _README, draft / _README)
        _put_in_place(draft, folder.resolve(), earlier)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _put_in_place(draft: Path, folder: Path, earlier: Path) -> None:
    """Move the finished folder into place, and the earlier one back if that fails."""
    there = folder.exists()
    if there:
        folder.rename(earlier)
    try:
        draft.rename(folder)
    except OSError:
        if there:
            earlier.rename(folder)
        raise


def _write(connection: Connection, draft: Path) -> None:
    """Write the files; those beside the contract only where there is something to put in them."""
    rows = _all_rows(connection)
    for name, table in ALL_TABLES.items():
        if name in TABLES or rows[name]:
            (draft / table.file).write_bytes(as_csv([table.header, *rows[name]]).encode("utf-8"))
    if rows["snapshots"]:
        (draft / SNAPSHOTS).mkdir()
        for sha256, content in snapshot_bytes(connection):
            (draft / SNAPSHOTS / sha256).write_bytes(content)


def _all_rows(connection: Connection) -> dict[str, list[Row]]:
    rows = base_rows(connection) | {"exceptions": []}
    sheets = {name: Sheet(table, rows[name], list(range(2, len(rows[name]) + 2))) for name, table in ALL_TABLES.items()}
    rows["exceptions"] = sorted(list(place) for place in check_sheets(sheets, Problems()))
    return rows


def _refuse_strangers(folder: Path) -> None:
    """Raise `FileFault` where writing a dump would remove what is not one."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise FileFault(N_("{folder} is a file; name a folder to write to."), folder=folder.name)
    try:
        names = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise _cannot_write(folder, error) from error
    strangers = sorted(names - {table.file for table in ALL_TABLES.values()} - {_README, SNAPSHOTS})
    if strangers:
        template = N_(
            "{folder} holds other files ({file}); name a new folder, an empty one, or one with an earlier dump."
        )
        raise FileFault(template, folder=folder.name, file=strangers[0])
    if SNAPSHOTS in names and not _only_bytes(folder / SNAPSHOTS):
        template = N_(
            "{folder} holds other files ({file}); name a new folder, an empty one, or one with an earlier dump."
        )
        raise FileFault(template, folder=folder.name, file=SNAPSHOTS)
    if names and not names >= {table.file for table in TABLES.values()}:
        template = N_("{folder} is neither empty nor an earlier dump; name another folder.")
        raise FileFault(template, folder=folder.name)


def _only_bytes(folder: Path) -> bool:
    """Say whether a folder holds nothing but files named by a SHA-256, as a dump writes them."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return all(entry.is_file() and len(entry.name) == 64 for entry in folder.iterdir())


def _cannot_write(folder: Path, error: OSError) -> FileFault:
    return FileFault(
        N_("{folder} could not be written: {reason}. Choose another place."),
        folder=folder.name,
        reason=error.strerror or str(error),
    )
