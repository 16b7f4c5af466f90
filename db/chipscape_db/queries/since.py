"""What happened since a change: who did what to which rows, to tell why a figure looks different."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from chipscape_db.models import Change, Changeset
from chipscape_db.queries import Reader


@dataclass(frozen=True, slots=True)
class Step:
    """A changeset by its number and UUID, with its author and moment."""

    id: int
    uuid: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Touch:
    """One row that a later step changed: its table, its id where it has one, its owner, and the step."""

    changeset_id: int
    kind: str
    action: str
    subject: str
    author: str
    at: str
    reason: str
    table: str
    row_id: str
    owner: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def step_of(session: Reader, uuid: str) -> Step | None:
    """Return the changeset of a UUID, None where the base does not know it."""
    query = select(Changeset.id, Changeset.uuid, Changeset.author, Changeset.at).where(Changeset.uuid == uuid)
    row = session.execute(query).first()
    return None if row is None else Step(*row)


def touches_since(session: Reader, changeset_id: int) -> list[Touch]:
    """Return the rows that steps after a changeset changed, oldest first; not those of saved figures and views."""
    query = (
        select(
            Changeset.id, Changeset.kind, Changeset.action, Changeset.subject, Changeset.author, Changeset.at,
            Changeset.reason, Change.table_name, Change.row_key, Change.owner_id, Change.before, Change.after,
        )
        .join(Change, Change.changeset_id == Changeset.id)
        .where(
            Changeset.id > changeset_id, Changeset.part_of_id.is_(None),
            Change.table_name.not_in(("saved_figure", "table_view")),
        )
        .order_by(Change.id)
    )  # fmt: skip
    return [
        Touch(id_, kind, action, subject, author, at, reason or "", table, str(key.get("id") or ""), owner or "",
              before, after)
        for id_, kind, action, subject, author, at, reason, table, key, owner, before, after in session.execute(query)
    ]  # fmt: skip


def last_saved(session: Reader, figure_id: str) -> str:
    """Return the UUID of the step that last wrote what a saved figure shows, empty where the journal has none."""
    query = (
        select(Changeset.uuid, Change.row_key, Change.before, Change.after)
        .join(Change, Change.changeset_id == Changeset.id)
        .where(Change.table_name == "saved_figure")
        .order_by(Change.id.desc())
    )
    for uuid, key, before, after in session.execute(query):
        if (
            key.get("id") == figure_id
            and after is not None
            and (before is None or before["content"] != after["content"])
        ):
            return str(uuid)
    return ""
