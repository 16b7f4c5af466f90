"""The bytes of copies of sources that changes speak of: the journal holds their hashes only."""

from collections.abc import Iterable

from sqlalchemy import Connection

from chipscape_db.merging.journals import RowChange


def snapshot_contents(connection: Connection, changes: Iterable[RowChange]) -> dict[str, bytes]:
    """Return the bytes of the snapshots that these changes speak of, as far as the base has them."""
    wanted = {one.after["sha256"] for one in changes if one.table == "snapshot" and one.after is not None}
    out = {}
    for sha256 in wanted:
        content = connection.exec_driver_sql(
            "SELECT content FROM snapshot_content WHERE sha256 = ?", (sha256,)
        ).scalar()
        if content is not None:
            out[sha256] = content
    return out
