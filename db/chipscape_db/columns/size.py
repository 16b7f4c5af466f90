"""How many events make a base a large one; nothing else is loaded to find that out."""

from sqlalchemy import Connection

MANY = 50_000
"""From so many events on they are kept and read as columns, and left out of what is read a record at a time."""


def count_events(connection: Connection) -> int:
    """Return the number of events."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one())


def is_large(connection: Connection) -> bool:
    """Say whether a base has so many events."""
    return count_events(connection) >= MANY
