"""How far the journal of a base has come: what was read at one moment and what was changed since are told by it."""

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Moment:
    """A state of the journal: the id, UUID and time of its newest changeset; a step goes on within a minute."""

    id: int = 0
    uuid: str = ""
    at: str = ""


def moment_of(connection: Connection) -> Moment:
    """Return the present state of the journal."""
    row = connection.exec_driver_sql("SELECT id, uuid, at FROM changeset ORDER BY id DESC LIMIT 1").first()
    return Moment() if row is None else Moment(*row)


def first_after(connection: Connection, moment: Moment) -> int | None:
    """Return the id of the first step that says what changed after a moment: the step itself where it has gone on.

    None where the moment is not of this journal.
    """
    if not moment.id:
        return 1
    step = connection.exec_driver_sql("SELECT uuid, at FROM changeset WHERE id = ?", (moment.id,)).first()
    if step is None or step[0] != moment.uuid:
        return None
    return moment.id + 1 if step[1] == moment.at else moment.id
