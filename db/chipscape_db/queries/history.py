"""The journal as people read it: who did what when, with each field before and after."""

from dataclasses import dataclass

from sqlalchemy import select

from chipscape_db.models import Change, Changeset, Record
from chipscape_db.queries import Reader

_INNER = ("_from", "_to")


@dataclass(frozen=True, slots=True)
class ChangesetRow:
    """One named edit; `undone` says that a later undo took it back and nothing brought it again.

    `part_of_id` is the merge that brought it from another base.
    """

    id: int
    kind: str
    action: str
    subject: str
    author: str
    at: str
    reverts_id: int | None
    undone: bool
    reason: str = ""
    part_of_id: int | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row before and after, as text; empty where there was nothing."""

    changeset_id: int
    table: str
    owner: str
    field: str
    before: str
    after: str


def changesets(session: Reader, *, owner_id: str | None = None, limit: int = 500) -> list[ChangesetRow]:
    """Return the newest changesets first; only those that touched *owner_id* when given."""
    query = select(Changeset).order_by(Changeset.id.desc()).limit(limit)
    if owner_id is not None:
        query = query.where(Changeset.id.in_(select(Change.changeset_id).where(Change.owner_id == owner_id)))
    undone: set[int] = set()
    links = select(Changeset.id, Changeset.kind, Changeset.reverts_id).where(Changeset.kind.in_(("undo", "redo")))
    for step_id, _, reverts_id in session.execute(links.order_by(Changeset.id.desc())).all():
        if step_id not in undone and reverts_id is not None:
            undone.add(reverts_id)
    return [
        ChangesetRow(
            step.id,
            step.kind,
            step.action,
            step.subject,
            step.author,
            step.at,
            step.reverts_id,
            step.id in undone,
            step.reason or "",
            step.part_of_id,
        )
        for step in session.scalars(query)
    ]


def field_changes(
    session: Reader, changeset_id: int, *, owner_id: str | None = None, limit: int = 200
) -> list[FieldChange]:
    """Return what a changeset did, field by field; computed columns and keys are left out."""
    query = select(Change).where(Change.changeset_id == changeset_id).order_by(Change.id).limit(limit)
    if owner_id is not None:
        query = query.where(Change.owner_id == owner_id)
    changes = list(session.scalars(query))
    names = dict(
        session.execute(select(Record.id, Record.name).where(Record.id.in_({c.owner_id for c in changes}))).all()
    )
    out = []
    for change in changes:
        before, after = change.before or {}, change.after or {}
        owner = names.get(change.owner_id or "") or str(before.get("name") or after.get("name") or "")
        for field in dict.fromkeys((*after, *before)):
            old, new = before.get(field), after.get(field)
            if old != new and field not in change.row_key and not field.endswith(_INNER):
                out.append(
                    FieldChange(
                        changeset_id, change.table_name, owner, field,
                        "" if old is None else str(old), "" if new is None else str(new),
                    )
                )  # fmt: skip
    return out
