"""Change packs: what was done since a moment, in one small file that can be sent and merged like a base.

A pack is a zip archive: `pack.json` with the steps, each with its rows before and after, and the steps that they build
on; `snapshots/` with the bytes of copies of sources, named by their SHA-256.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from chipscape_db.base_header import SCHEMA_VERSION
from chipscape_db.errors import N_, FileFault, Invalid, NewerFile
from chipscape_db.merging.contents import snapshot_contents
from chipscape_db.merging.journals import Journal, RowChange, Step, checked, read_journal, whole
from chipscape_db.partial_date import NotADate, PartialDate
from chipscape_db.row_images import image as stored_image

PACK_SUFFIX: Final = ".chipscape-pack"
_FORMAT: Final = "chipscape-pack"
_VERSION: Final = 1
_FACTS: Final = "pack.json"
_MOST_BYTES: Final = 300_000_000
_ID_LENGTH: Final = 64


def is_pack(path: Path) -> bool:
    """Say whether a file looks like a pack rather than a base."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK" or path.suffix == PACK_SUFFIX
    except OSError:
        return False


def write_pack(connection: Connection, path: Path, *, name: str, since: str = "") -> int:
    """Write what was done *since* (a day, a moment, the number of a changeset; all where empty) to *path*.

    Returns how many steps went in. Raises `Invalid` where there is none, `FileFault` where it cannot be written.
    """
    journal = read_journal(connection, name)
    chosen = _chosen(connection, journal, since)
    if not chosen:
        raise Invalid(N_("Nothing was changed since then, so there is nothing to pack."), field="since")
    inside = {step.uuid for step in chosen}
    before = [step.uuid for step in journal.steps if step.kind != "starter" and step.uuid not in inside]
    changes = {step.uuid: journal.changes(step.uuid) for step in chosen}
    told = {
        "format": _FORMAT, "version": _VERSION, "schema": SCHEMA_VERSION, "name": name, "before": before,
        "steps": [_step(step, changes[step.uuid]) for step in chosen],
        "context": _context(connection, changes.values()),
    }  # fmt: skip
    contents = snapshot_contents(connection, (one for found in changes.values() for one in found))
    draft = path.with_name(f".{path.name}.draft")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_FACTS, json.dumps(told, ensure_ascii=False, separators=(",", ":")))
            for sha256, content in sorted(contents.items()):
                archive.writestr(f"snapshots/{sha256}", content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        template = N_("{file} could not be written: {reason}. Choose another folder.")
        raise FileFault(template, file=path.name, reason=reason) from error
    return len(chosen)


def _chosen(connection: Connection, journal: Journal, since: str) -> list[Step]:
    """Return the steps from a point on, with the parts that came with merges among them."""
    own = journal.since(frozenset())
    if since.isdecimal() and len(since) != 4:
        found = connection.exec_driver_sql("SELECT uuid FROM changeset WHERE id <= ?", (int(since),)).all()
        earlier = {row[0] for row in found}
        own = [step for step in own if step.uuid not in earlier]
    elif since:
        moment = _moment(since)
        first = next((at for at, step in enumerate(own) if step.at >= moment), len(own))
        own = own[first:]
    inside = {step.uuid for step in own}
    for step in reversed(journal.steps):
        if step.part_of in inside:
            inside.add(step.uuid)
    return [step for step in journal.steps if step.uuid in inside]


def _moment(text: str) -> str:
    """Return a text that the moments of the journal can be compared with."""
    day, _, clock = text.partition("T")
    try:
        earliest = PartialDate.parse(day).earliest
    except NotADate as fault:
        raise Invalid(fault.template, field="since", **fault.params) from None
    if earliest is None:
        raise Invalid(N_("'{text}' has no first day; write a day such as 2025-06-30."), field="since", text=text)
    return f"{earliest.isoformat()}T{clock}"


def _context(connection: Connection, changes: Iterable[tuple[RowChange, ...]]) -> list[list[Any]]:
    """Return the records and relationships that the changes refer to and none of them made, as [table, key, row]."""
    listed = [one for found in changes for one in found]
    made = {one.key.get("id") for one in listed}
    wanted = {
        value
        for one in listed
        for image in (one.before, one.after)
        for value in (whole(one.table, image) or {}).values()
        if isinstance(value, str) and len(value) <= _ID_LENGTH and value not in made
    }
    out: list[list[Any]] = []
    for table in ("record", "relationship"):
        for (identity,) in connection.exec_driver_sql(f'SELECT id FROM "{table}" ORDER BY id').all():
            if identity in wanted:
                row = stored_image(connection, table, {"id": identity})
                out.append([table, {"id": identity}, row])
    return out


def _step(step: Step, changes: tuple[RowChange, ...]) -> dict[str, Any]:
    return {
        "uuid": step.uuid, "kind": step.kind, "action": step.action, "subject": step.subject, "author": step.author,
        "at": step.at, "reverts": step.reverts, "reason": step.reason, "part_of": step.part_of,
        "changes": [[one.table, one.owner_id, one.key, one.before, one.after] for one in changes],
    }  # fmt: skip


def read_pack(path: Path) -> Journal:
    """Return the history in a pack; raises `FileFault` and `NewerFile`, in words, for what is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if _FACTS not in parts:
                raise FileFault(N_("{file} is not a change pack of Chipscape."), file=path.name)
            size = sum(part.file_size for part in parts.values())
            if size > _MOST_BYTES:
                template = N_("{file} would unpack to {size} MB; merge the base itself instead.")
                raise FileFault(template, file=path.name, size=size // 10**6)
            told = json.loads(archive.read(_FACTS))
            contents = {}
            for name in parts:
                folder, _, sha256 = name.rpartition("/")
                if folder == "snapshots":
                    contents[sha256] = archive.read(name)
                    if hashlib.sha256(contents[sha256]).hexdigest() != sha256:
                        raise _damaged(path)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError) as error:
        # RuntimeError stands for passwords, unknown methods of packing and texts nested without end.
        raise _damaged(path) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileFault(N_("{file} could not be read: {reason}."), file=path.name, reason=reason) from error
    return _journal(told, contents, path)


def _journal(told: Any, contents: dict[str, bytes], path: Path) -> Journal:
    if not isinstance(told, dict) or told.get("format") != _FORMAT:
        raise FileFault(N_("{file} is not a change pack of Chipscape."), file=path.name)
    version, schema = told.get("version"), told.get("schema")
    if not isinstance(version, int) or not isinstance(schema, int):
        raise _damaged(path)
    if version > _VERSION or schema > SCHEMA_VERSION:
        template = N_("{file} was written by a newer version of Chipscape; update the application to open it.")
        raise NewerFile(template, file=path.name)
    steps, changes = [], {}
    try:
        for one in told["steps"]:
            texts = {name: one[name] for name in Step.__slots__}
            if not all(isinstance(text, str) for text in texts.values()) or not texts["uuid"]:
                raise _damaged(path)
            step = Step(**texts)
            found = [checked(*change, where=path.name) for change in one["changes"]]
            steps.append(step)
            changes[step.uuid] = tuple(change for change in found if change is not None)
        before = frozenset(str(uuid) for uuid in told["before"])
        known = [checked(one[0], None, one[1], None, one[2], where=path.name) for one in told["context"]]
    except (KeyError, TypeError, IndexError) as error:
        raise _damaged(path) from error
    context = {one.place: one.after for one in known if one is not None and one.after is not None}
    return Journal(path.name, steps, changes, contents=contents, before=before, context=context)


def _damaged(path: Path) -> FileFault:
    return FileFault(N_("{file} is cut off or damaged; ask for it again."), file=path.name)


def check_reach(journal: Journal, known: frozenset[str]) -> None:
    """Raise `Invalid` where a pack builds on changes that this base has never seen."""
    missing = journal.before - known
    if missing:
        template = N_(
            "{file} builds on {count} changes that are not in this base; ask for a pack from an earlier day, "
            "or merge the base itself."
        )
        raise Invalid(template, file=journal.name, count=len(missing))
