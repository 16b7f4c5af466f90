"""How much a fact base holds."""

from chipscape_db.queries import Reader
from chipscape_db.vocabulary import RECORD_KINDS


def counts(session: Reader) -> dict[str, int]:
    """Return the number of records of each kind that there are, of relationships and of claims."""
    connection = session.connection()

    def count(table: str) -> int:
        # Of a table alone SQLite knows it in no time; grouping a million records takes a hundred times as long.
        return int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one())

    of_kinds = {kind: number for kind in RECORD_KINDS if (number := count(kind))}
    return of_kinds | {table: count(table) for table in ("relationship", "claim")}
