"""The history of one side of a merge: what was done since the two were one, and how each row was before and is now."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection

from chipscape_db.errors import N_, FileFault
from chipscape_db.models import Base
from chipscape_db.progress import QUIET, Progress
from chipscape_db.row_images import Image

Key: TypeAlias = tuple[str, tuple[Any, ...]]
"""A row: its table and the values of its primary key."""

_BESIDE: Final = frozenset({"change", "changeset", "property", "metric", "snapshot_content"})
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(column.name for column in table.columns)
    for name, table in Base.metadata.tables.items()
    if name not in _BESIDE
}
"""The tables that a merge brings together, with their columns."""

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(column.name for column in Base.metadata.tables[name].primary_key) for name in TABLES
}
_HEADS = "SELECT id, uuid, kind, action, subject, author, at, reverts_id, reason, part_of_id FROM changeset ORDER BY id"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after, as the journal has it."""

    table: str
    owner_id: str | None
    key: Image
    before: Image | None
    after: Image | None

    @property
    def place(self) -> Key:
        """Return which row it is."""
        return self.table, tuple(self.key[name] for name in KEYS[self.table])


@dataclass(frozen=True, slots=True)
class Step:
    """One changeset; `reverts` and `part_of` are the UUIDs of others, empty for none."""

    uuid: str
    kind: str
    action: str
    subject: str
    author: str
    at: str
    reverts: str = ""
    reason: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """What one side did to a row: how it was when the two were one, how it is now, and who changed each column last.

    `last` gives (moment, author) by column, of all that were changed, be it back and forth; under the empty name stands
    the last change of any kind.
    """

    before: Image | None
    now: Image | None
    last: Mapping[str, tuple[str, str]]


class Journal:
    """The steps of one side in their order, and the changes of those that are asked for."""

    def __init__(
        self,
        name: str,
        steps: Iterable[Step],
        changes: Mapping[str, tuple[RowChange, ...]],
        *,
        contents: Mapping[str, bytes] | None = None,
        before: frozenset[str] = frozenset(),
        context: Mapping[Key, Image] | None = None,
    ) -> None:
        """Keep the steps; *contents* are the bytes of snapshots by hash, *before* the steps that these build on.

        `context` are rows that the changes refer to and that no step here made.
        """
        self.name = name
        self.steps = tuple(steps)
        self.contents = contents or {}
        self.before = before
        self.context = context or {}
        self._changes = changes

    def changes(self, uuid: str) -> tuple[RowChange, ...]:
        """Return the changes of one step."""
        return self._changes.get(uuid, ())

    @property
    def known(self) -> frozenset[str]:
        """Return the steps that this side has in it; what came with a merge that was undone is not known any more."""
        undone = self._undone()
        by_uuid = {step.uuid: step for step in self.steps}
        out = set(self.before)
        for step in self.steps:
            above: Step | None = step
            while above is not None and above.part_of:
                above = by_uuid.get(above.part_of)
                if above is not None and above.uuid in undone:
                    break
            else:
                out.add(step.uuid)
        return frozenset(out)

    def _undone(self) -> set[str]:
        """Return the steps that a later one took back which was not taken back itself."""
        out: set[str] = set()
        for step in reversed(self.steps):
            if step.reverts and not step.part_of and step.uuid not in out:
                out.add(step.reverts)
        return out

    def _cancelled(self, known: frozenset[str]) -> set[str]:
        """Return the steps that undo and redo made as if they had never been, where the other side knows neither."""
        undone, out = set[str](), set[str]()
        for step in reversed(self.steps):
            if step.kind in ("undo", "redo") and step.reverts and not step.part_of and step.uuid not in undone:
                undone.add(step.reverts)
                if not {step.uuid, step.reverts} & known:
                    out |= {step.uuid, step.reverts}
        return out

    def since(self, known: frozenset[str]) -> list[Step]:
        """Return this side's own steps that are not among the *known* ones, in order."""
        return [step for step in self.steps if not step.part_of and step.kind != "starter" and step.uuid not in known]

    def rows(self) -> dict[Key, Image]:
        """Return how this side has, or had last, every row that one of its steps made or changed."""
        out = dict(self.context)
        for step in self.since(frozenset()):
            for change in self.changes(step.uuid):
                after = whole(change.table, change.after) or whole(change.table, change.before)
                if after is not None:
                    out[change.place] = after
        return out

    def gone(self) -> set[Key]:
        """Return the rows that one of this side's own steps made or changed, and that are deleted now."""
        last = {change.place: change.after for step in self.since(frozenset()) for change in self.changes(step.uuid)}
        return {place for place, after in last.items() if after is None}

    def brought(self) -> set[Key]:
        """Return the rows that steps from elsewhere made, whether they are here under that key or as another one."""
        parts = (step for step in self.steps if step.part_of)
        return {change.place for step in parts for change in self.changes(step.uuid) if change.before is None}

    def touched(self, known: frozenset[str], same: Mapping[str, str] | None = None) -> dict[Key, Touched]:
        """Return what the steps that are not *known* did to each row, as a whole.

        A merge among them may have brought steps that are known: how the row was when the two were one then includes
        what those did. *same* are the ids in those steps for the ids that this side has for the same facts.
        """
        first: dict[Key, Image | None] = {}
        now: dict[Key, Image | None] = {}
        last: dict[Key, dict[str, tuple[str, str]]] = {}
        cancelled = self._cancelled(known)
        for step in self.since(known):
            if step.uuid in cancelled:
                continue
            before_step = {one.place: whole(one.table, one.before) for one in self.changes(step.uuid)}
            for change in self._known_parts(step, known, same or {}):
                place = change.place
                if place in first or place in before_step:
                    first[place] = _applied(change, first[place] if place in first else before_step[place])
                    now.setdefault(place, before_step.get(place))
                    last.setdefault(place, {})
            for change in self.changes(step.uuid):
                place = change.place
                before, after = whole(change.table, change.before), whole(change.table, change.after)
                first.setdefault(place, before)
                now[place] = after
                marks = last.setdefault(place, {})
                for name in TABLES[change.table]:
                    if before is None or after is None or before[name] != after[name]:
                        marks[name] = (step.at, step.author)
                marks[""] = (step.at, step.author)
        return {place: Touched(before, now[place], last[place]) for place, before in first.items()}

    def _known_parts(self, merge: Step, known: frozenset[str], same: Mapping[str, str]) -> list[RowChange]:
        """Return the changes of the known steps that came with a merge, with the ids of this side."""
        inside = {merge.uuid}
        for step in reversed(self.steps):
            if step.part_of in inside:
                inside.add(step.uuid)
        parts = [step for step in self.steps if step.uuid in inside and step.part_of and step.uuid in known]
        return [renamed(change, same) for step in parts for change in self.changes(step.uuid)]


def renamed(change: RowChange, same: Mapping[str, str]) -> RowChange:
    """Return a change with other ids for the same facts."""
    if not same:
        return change
    images = [
        None if one is None else {name: same.get(value, value) for name, value in one.items()}
        for one in (change.key, change.before, change.after)
    ]
    return RowChange(change.table, change.owner_id, images[0] or {}, images[1], images[2])


def _applied(change: RowChange, row: Image | None) -> Image | None:
    """Return a row after a change that was made to another state of it."""
    before, after = whole(change.table, change.before), whole(change.table, change.after)
    if after is None or row is None or before is None:
        return after
    return row | {name: value for name, value in after.items() if value != before[name]}


def whole(table: str, image: Image | None) -> Image | None:
    """Return a row with every column that its table has now; those added since it was written are empty."""
    return None if image is None else {name: image.get(name) for name in TABLES[table]}


def read_journal(
    connection: Connection, name: str, *, known: frozenset[str] = frozenset(), progress: Progress = QUIET
) -> Journal:
    """Read the history of a base; the changes of steps that are *known* on the other side are left out."""
    rows = connection.exec_driver_sql(_HEADS).all()
    uuid_of = {row[0]: row[1] for row in rows}
    steps = [
        Step(uuid, kind, action, subject, author, at, uuid_of.get(reverts, ""), reason or "", uuid_of.get(part_of, ""))
        for _, uuid, kind, action, subject, author, at, reverts, reason, part_of in rows
    ]
    unknown = {step.uuid for step in steps if step.kind != "starter"} - known
    wanted = [row[0] for row in rows if row[1] in unknown]
    changes: dict[str, list[RowChange]] = {}
    for number, table, owner, key, before, after in _changes(connection, wanted, progress):
        change = checked(table, owner, json.loads(key), _loaded(before), _loaded(after), where=name)
        if change is not None:
            changes.setdefault(uuid_of[number], []).append(change)
    return Journal(name, steps, {uuid: tuple(found) for uuid, found in changes.items()})


def _changes(connection: Connection, wanted: list[int], progress: Progress) -> Iterator[tuple[Any, ...]]:
    total = connection.exec_driver_sql("SELECT count(*) FROM change").scalar() if wanted else 0
    done = 0
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        for row in connection.exec_driver_sql(
            "SELECT changeset_id, table_name, owner_id, row_key, before, after FROM change "
            f"WHERE changeset_id IN ({marks}) ORDER BY id",
            tuple(part),
        ):
            if done % 1000 == 0:
                progress.at(done / (total or 1))
            done += 1
            yield tuple(row)


def _loaded(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def checked(table: Any, owner: Any, key: Any, before: Any, after: Any, *, where: str) -> RowChange | None:
    """Return a change that came from elsewhere, if it is one of our tables; raises `FileFault` for what is none.

    The names in it become part of SQL, so that nothing but known tables and columns may pass.
    """
    if table in _BESIDE:
        return None
    if table not in TABLES or not isinstance(key, dict) or set(key) != set(KEYS[table]):
        raise _unknown(where)
    for image in (key, before, after):
        if image is None and image is not key:
            continue
        if not isinstance(image, dict) or not set(image) <= set(TABLES[table]):
            raise _unknown(where)
        if not all(value is None or isinstance(value, (str, int, float)) for value in image.values()):
            raise _unknown(where)
    for image in (before, after):
        if image is not None and any(image.get(name) != key[name] for name in KEYS[table]):
            raise _unknown(where)
    return RowChange(table, owner if isinstance(owner, str) else None, key, before, after)


def _unknown(where: str) -> FileFault:
    return FileFault(N_("The history in {file} holds what is no fact; it was not merged."), file=where)
