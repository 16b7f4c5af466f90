"""Answers kept from one read to the next, for as long as the journal says that nothing under them has changed."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, case, func, select

from chipscape_db.models import Change
from chipscape_db.moment import Moment, first_after, moment_of
from chipscape_db.queries import Reader

T = TypeVar("T")


@dataclass(slots=True)
class _Journal:
    """How far the journal of a base was followed, and when each table was last seen to change."""

    moment: Moment
    changed: Mapping[str, int] = field(default_factory=dict)
    answers: dict[Hashable, tuple[tuple[int, ...], Any]] = field(default_factory=dict)


_journals: "WeakKeyDictionary[Engine | Connection, _Journal]" = WeakKeyDictionary()
_following = Lock()
_turns = count(1)
_INFO = "kept"


class Kept:
    """Reads through one session, in one transaction of it, what was read before only where it may differ by now."""

    def __init__(self, session: Reader) -> None:
        self._session = session
        with _following:
            journal = _followed(session)
            # Another thread may follow the journal further while this session still sees the base as it was.
            self._answers, self._changed = journal.answers, journal.changed

    def read(self, read: Callable[..., T], *arguments: Hashable, of: tuple[str, ...]) -> T:
        """Return `read(session, *arguments)`, which reads the tables named in *of*; shared, and not for changing.

        The rows of `record` that stand for one kind of record are named `record:` and the kind.
        """
        state = tuple(self._changed.get(table, 0) for table in of)
        kept = self._answers.get((read, *arguments))
        if kept is not None and kept[0] == state:
            answer: T = kept[1]
            return answer
        answer = read(self._session, *arguments)
        self._answers[read, *arguments] = (state, answer)
        return answer


def kept_of(session: Reader) -> Kept:
    """Return what is kept for a session: the same for all reads of one transaction, which sees one state."""
    transaction = session.get_transaction()
    known: tuple[object, Kept] | None = session.info.get(_INFO)
    if known is not None and transaction is not None and known[0] is transaction:
        return known[1]
    kept = Kept(session)
    session.info[_INFO] = (session.get_transaction(), kept)
    return kept


def _followed(session: Reader) -> _Journal:
    """Return the journal as this session sees it; begun anew where another session saw further."""
    bind, connection = session.get_bind(), session.connection()
    journal, moment = _journals.get(bind), moment_of(connection)
    if journal is not None and moment == journal.moment:
        return journal
    first = None if journal is None else first_after(connection, journal.moment)
    if journal is None or first is None:
        fresh = _journals[bind] = _Journal(moment)
        return fresh
    turn = next(_turns)
    change = Change.__table__.c
    kind = case(
        (change.table_name == "record", func.json_extract(func.coalesce(change.after, change.before), "$.kind"))
    )
    changes = select(change.table_name, kind).where(change.changeset_id >= first)
    changed = dict(journal.changed)
    for table, record_kind in session.execute(changes.distinct()):
        changed[table] = turn
        if record_kind is not None:
            changed[f"record:{record_kind}"] = turn
    journal.moment, journal.changed = moment, changed
    return journal
