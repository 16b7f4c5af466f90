"""The mark of review: who has looked a record through, and that a later change of it does not go unsaid."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from chipscape_db.errors import N_, Reviewed
from chipscape_db.row_images import Written, owner_of

MARK_TABLE = "review_mark"
_CHUNK = 500


def refuse_reviewed(connection: Connection, written: Iterable[Written]) -> None:
    """Raise `Reviewed` where rows of a record are written that carried the mark before; marking itself is free."""
    changed = [row for row in written if row.table not in (MARK_TABLE, "map_place")]
    owners = sorted({owner for row in changed if (owner := owner_of(row))})
    marked = {
        row.before["record_id"]: (row.before["author"], row.before["at"])
        for row in written
        if row.table == MARK_TABLE and row.before
    }
    found = [(marked[owner], owner) for owner in owners if owner in marked]
    for start in range(0, len(owners), _CHUNK):
        chunk = owners[start : start + _CHUNK]
        rows = connection.exec_driver_sql(
            f"SELECT record_id, author, at FROM review_mark WHERE record_id IN ({', '.join('?' * len(chunk))})",
            tuple(chunk),
        )
        found += [((author, at), owner) for owner, author, at in rows]
    if not found:
        return
    (author, at), owner = found[0]
    name = connection.exec_driver_sql("SELECT name FROM record WHERE id = ?", (owner,)).scalar()
    if name is None:
        name = next((row.before["name"] for row in changed if row.table == "record" and row.before), "")
    raise Reviewed(
        N_("'{name}' was reviewed by {author} on {day}; confirm that it shall change all the same."),
        name=name,
        author=author or "?",
        day=date.fromisoformat(at[:10]),
        count=len(found),
    )
