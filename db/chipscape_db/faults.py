"""What SQLite's refusals mean to a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, IntegrityError

from chipscape_db.errors import N_, FactsError, FileFault, Invalid, StillReferenced


@contextmanager
def explained() -> Iterator[None]:
    """Turn the faults of the file and broken constraints into a `FactsError` in words; bugs fly on."""
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError) as error:
        raise _broken_rule(_told(error)) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        fault = _file_fault(_told(error))
        if fault is None:
            raise
        raise fault from error


def _told(error: Exception) -> str:
    """Return what SQLite itself said, without the statement that SQLAlchemy adds."""
    return str(error.orig if isinstance(error, DatabaseError) else error)


def _broken_rule(text: str) -> FactsError:
    where = text.rpartition(": ")[2]
    if "FOREIGN KEY" in text:
        return StillReferenced(N_("Other facts still refer to this, or it refers to something that is gone."))
    if "UNIQUE" in text:
        return Invalid(N_("The same entry exists already ({where})."), where=where)
    return Invalid(N_("A value is missing or not allowed ({where})."), where=where)


def _file_fault(text: str) -> FileFault | None:
    told = text.lower()
    if "full" in told:
        return FileFault(N_("The disk is full; nothing was changed. Free some room and try again."))
    if "locked" in told or "busy" in told:
        return FileFault(
            N_("Another program is writing to this fact base; nothing was changed. Try again in a moment.")
        )
    if "readonly" in told or "read-only" in told or "query_only" in told:
        return FileFault(N_("This fact base cannot be written to; nothing was changed. Save a copy to change it."))
    if "i/o error" in told:
        return FileFault(
            N_("The disk did not take the data; nothing was changed. See that it is connected and has room.")
        )
    if any(word in told for word in ("malformed", "not a database", "unable to open", "corrupt")):
        return FileFault(
            N_("The fact base is damaged or out of reach ({reason}); nothing was changed. Open a backup."), reason=text
        )
    return None
