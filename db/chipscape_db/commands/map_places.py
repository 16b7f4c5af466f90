"""Where records are put on the map by hand: put, let go."""

from collections.abc import Collection, Mapping

from sqlalchemy import Engine, select

from chipscape_db.commands.checks import found, subject_of
from chipscape_db.errors import N_, Invalid
from chipscape_db.history import ChangeSummary, record
from chipscape_db.models import MapPlace, Record

_GONE = N_("This record is no longer there; someone deleted it meanwhile.")
_FAR = 1e6


def place_records(
    engine: Engine, *, author: str, arrangement: str, places: Mapping[str, tuple[float, float]]
) -> ChangeSummary | None:
    """Put records at places in an arrangement, in one step; what is there already stays out of the history.

    Raises `Invalid` for a place that is no place on a map, and `NotFound` for a record that is gone.
    """
    for x, y in places.values():
        if not (abs(x) < _FAR and abs(y) < _FAR):
            raise Invalid(N_("A place on the map is two numbers of less than a million."), field="places")
    subject = subject_of(engine, next(iter(places))) if len(places) == 1 else str(len(places))
    action = "place-record" if len(places) == 1 else "place-records"
    with record(engine, action, subject, author=author) as (session, out):
        kept = {
            row.record_id: row
            for row in session.scalars(select(MapPlace).where(MapPlace.arrangement == arrangement))
            if row.record_id in places
        }
        for record_id, (x, y) in places.items():
            row = kept.get(record_id)
            if row is None:
                found(session, Record, record_id, _GONE)
                session.add(MapPlace(record_id=record_id, arrangement=arrangement, x=x, y=y))
            elif (row.x, row.y) != (x, y):
                row.x, row.y = x, y
    return out[0] if out else None


def release_records(
    engine: Engine, *, author: str, arrangement: str, record_ids: Collection[str] | None = None
) -> ChangeSummary | None:
    """Let records of an arrangement go, all when None, in one step; nothing happens where none was put."""
    only = next(iter(record_ids)) if record_ids is not None and len(record_ids) == 1 else ""
    action = "release-record" if only else "release-records"
    with record(engine, action, subject_of(engine, only) if only else "", author=author) as (session, out):
        for row in session.scalars(select(MapPlace).where(MapPlace.arrangement == arrangement)):
            if record_ids is None or row.record_id in record_ids:
                session.delete(row)
    return out[0] if out else None
