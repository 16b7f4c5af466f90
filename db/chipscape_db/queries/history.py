"""The journal as people read it: who did what when, with each field before and after."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, exists, or_, select, type_coerce

from chipscape_db.models import Change, Changeset, Record
from chipscape_db.queries import Reader
from chipscape_db.queries.reviews import after_review

_INNER = ("_from", "_to")


@dataclass(frozen=True, slots=True)
class ChangesetRow:
    """One named edit; `undone` says that a later undo took it back and nothing brought it again.

    `part_of_id` is the merge that brought it from another base.
    `reviewed_by` is who had marked a record that it changed as reviewed, empty where none was.
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
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one row before and after, as text; empty where there was nothing.

    Fields with the same `row` are of one row, which was `added`, `changed` or `deleted`.
    """

    changeset_id: int
    table: str
    owner: str
    field: str
    before: str
    after: str
    row: int = 0
    fate: str = "changed"


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which changesets are asked for; what is empty asks for all.

    `actions` are keys of actions, `kinds` of changesets; `start` and `end` are moments as the journal writes them;
    `owner_id` is a record: its own changes and those of its relationships. Every entry of `words` must be found: in
    subject, author, reason or a changed row, or its action be among those that go with the word.
    """

    author: str | None = None
    actions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    start: str = ""
    end: str = ""
    owner_id: str = ""
    words: tuple[tuple[str, frozenset[str]], ...] = ()


def authors(session: Reader) -> list[str]:
    """Return everybody who changed something, by name."""
    return list(session.execute(select(Changeset.author).distinct().order_by(Changeset.author)).scalars())


def _asked(wanted: HistoryFilter) -> list[Any]:
    """Return the conditions of a filter."""
    out: list[Any] = []
    if wanted.author is not None:
        out.append(Changeset.author == wanted.author)
    if wanted.actions:
        out.append(Changeset.action.in_(wanted.actions))
    if wanted.kinds:
        out.append(Changeset.kind.in_(wanted.kinds))
    if wanted.start:
        out.append(Changeset.at >= wanted.start)
    if wanted.end:
        out.append(Changeset.at < wanted.end)
    before, after = type_coerce(Change.before, String), type_coerce(Change.after, String)
    if wanted.owner_id:
        own = Change.owner_id == wanted.owner_id
        held = or_(before.contains(wanted.owner_id), after.contains(wanted.owner_id))
        links = (Change.table_name == "relationship") & held
        out.append(Changeset.id.in_(select(Change.changeset_id).where(or_(own, links))))
    for word, actions in wanted.words:
        rows = or_(before.icontains(word, autoescape=True), after.icontains(word, autoescape=True))
        out.append(
            or_(
                Changeset.subject.icontains(word, autoescape=True),
                Changeset.author.icontains(word, autoescape=True),
                Changeset.reason.icontains(word, autoescape=True),
                Changeset.action.in_(actions),
                # What the base began with holds every word; only what it is called counts.
                (Changeset.kind != "starter") & exists().where(Change.changeset_id == Changeset.id, rows),
            )
        )
    return out


def changesets(
    session: Reader, *, owner_id: str | None = None, limit: int = 500, wanted: HistoryFilter | None = None
) -> list[ChangesetRow]:
    """Return the newest changesets first; only those that touched *owner_id*, or that are *wanted*, when given."""
    query = select(Changeset).order_by(Changeset.id.desc()).limit(limit)
    if owner_id is not None:
        query = query.where(Changeset.id.in_(select(Change.changeset_id).where(Change.owner_id == owner_id)))
    if wanted is not None:
        query = query.where(*_asked(wanted))
    undone: set[int] = set()
    links = select(Changeset.id, Changeset.kind, Changeset.reverts_id).where(Changeset.kind.in_(("undo", "redo")))
    for step_id, _, reverts_id in session.execute(links.order_by(Changeset.id.desc())).all():
        if step_id not in undone and reverts_id is not None:
            undone.add(reverts_id)
    steps = session.scalars(query).all()
    reviewed = after_review(session, [step.id for step in steps])
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
            reviewed.get(step.id, ""),
        )
        for step in steps
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
        fate = "added" if change.before is None else "deleted" if change.after is None else "changed"
        owner = names.get(change.owner_id or "") or str(before.get("name") or after.get("name") or "")
        for field in dict.fromkeys((*after, *before)):
            old, new = before.get(field), after.get(field)
            if old != new and field not in change.row_key and not field.endswith(_INNER):
                out.append(
                    FieldChange(
                        changeset_id, change.table_name, owner, field,
                        "" if old is None else str(old), "" if new is None else str(new), change.id, fate,
                    )
                )  # fmt: skip
    return out
