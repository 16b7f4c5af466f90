"""A merge done: one undoable step, with the other side's own steps kept as its parts."""

from collections.abc import Mapping
from json import JSONEncoder

from sqlalchemy import Connection, Engine

from chipscape_db.errors import N_, FactsError, FileFault
from chipscape_db.history import ChangeSummary, RecordedSession, writing
from chipscape_db.identity import new_id
from chipscape_db.merging.journals import Journal, Key
from chipscape_db.merging.plan import MergePlan
from chipscape_db.merging.rows import key_of
from chipscape_db.merging.three_way import plan_merge
from chipscape_db.progress import QUIET, Progress
from chipscape_db.row_images import Image, Written, image, put

_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Unsettled(FactsError):
    """Both sides decided some things differently, and nobody has said what shall hold; nothing was changed."""

    def __init__(self, plan: MergePlan) -> None:
        """Keep the plan with its conflicts."""
        template = N_("{count} conflicts with {name} are not settled, so nothing was merged; settle them first.")
        super().__init__(template, count=len(plan.open), name=plan.name)
        self.plan = plan


def merge(
    engine: Engine, *, author: str, theirs: Journal, rule: str = "", decisions: Mapping[str, str] | None = None,
    progress: Progress = QUIET,
) -> tuple[ChangeSummary | None, MergePlan]:  # fmt: skip
    """Bring in what the other side did since the two were one, as one step; the summary is None where it is known all.

    *rule* and *decisions* as in `plan_merge`. Raises `Unsettled` while a conflict is open, and `Stopped` when it was
    cancelled; then nothing is written.
    """
    quiet = engine.execution_options(asks_before_reviewed=False)
    with writing(quiet, "edit", "merge", theirs.name, author=author) as (session, out):
        connection = session.connection()
        plan = plan_merge(connection, theirs, rule=rule, decisions=decisions, progress=progress.part(0.0, 0.6))
        if plan.open:
            raise Unsettled(plan)
        if not plan.does_nothing:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            session.info["recorder"].parts.extend(_take_over(connection, plan, theirs, progress.part(0.6, 0.75)))
            _store_contents(connection, plan.writes, theirs)
            _write(session, plan.writes, progress.part(0.75, 0.95))
    return (out[0] if out else None), plan


def _write(session: RecordedSession, writes: Mapping[Key, Image | None], progress: Progress) -> None:
    """Write the rows: what goes first, what comes last, so that names are free when they are taken."""
    connection, recorder = session.connection(), session.info["recorder"]
    stored = {place: image(connection, place[0], key_of(place)) for place in writes}

    def turn(place: Key) -> int:
        return 0 if writes[place] is None else 2 if stored[place] is None else 1

    for place in progress.over(sorted(writes, key=turn)):
        before, after, key = stored[place], writes[place], key_of(place)
        put(connection, place[0], key, old=before, new=after)
        recorder.written.append(Written(place[0], key, before, after))


def _store_contents(connection: Connection, writes: Mapping[Key, Image | None], theirs: Journal) -> None:
    for place, row in writes.items():
        if place[0] != "snapshot" or row is None:
            continue
        sha256 = row["sha256"]
        if connection.exec_driver_sql("SELECT 1 FROM snapshot_content WHERE sha256 = ?", (sha256,)).scalar():
            continue
        content = theirs.contents.get(sha256)
        if content is None:
            template = N_("The copy {name} is not in {file}, so nothing was merged.")
            raise FileFault(template, name=row["name"], file=theirs.name)
        connection.exec_driver_sql(
            "INSERT INTO snapshot_content (sha256, content) VALUES (?, ?)", (sha256, content)
        )  # fmt: skip


def _take_over(connection: Connection, plan: MergePlan, theirs: Journal, progress: Progress) -> list[int]:
    """Write the other side's steps with their changes, as history; return those that are parts of this merge itself."""
    for step in plan.steps:
        connection.exec_driver_sql(
            "INSERT INTO changeset (uuid, kind, action, subject, author, at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (step.uuid or new_id(), step.kind, step.action, step.subject, step.author, step.at, step.reason or None),
        )
    numbers: dict[str, int] = dict(connection.exec_driver_sql("SELECT uuid, id FROM changeset").all())
    own = list(plan.returning)
    for step in progress.over(plan.steps):
        number = numbers[step.uuid]
        if step.part_of in numbers:
            connection.exec_driver_sql(
                "UPDATE changeset SET part_of_id = ? WHERE id = ?", (numbers[step.part_of], number)
            )  # fmt: skip
        else:
            own.append(step.uuid)
        if step.reverts in numbers:
            connection.exec_driver_sql(
                "UPDATE changeset SET reverts_id = ? WHERE id = ?", (numbers[step.reverts], number)
            )  # fmt: skip
        rows = [
            (
                number, change.table, plan.twins.get(change.owner_id or "", change.owner_id),
                *(None if one is None else _encode(one) for one in (change.key, change.before, change.after)),
            )
            for change in theirs.changes(step.uuid)
        ]  # fmt: skip
        if rows:
            connection.exec_driver_sql(
                "INSERT INTO change (changeset_id, table_name, owner_id, row_key, before, after) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                rows,
            )
    return [numbers[uuid] for uuid in own]
