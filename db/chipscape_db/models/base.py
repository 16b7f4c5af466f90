"""The declarative base, and how partial dates and closed word lists become columns and constraints."""

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Connection, MetaData, event
from sqlalchemy.orm import DeclarativeBase, Mapper

from chipscape_db.partial_date import PartialDate, day_number

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every mapped class; constraints are named so that batch migrations can find them.

    `dates` names the columns that hold a partial date as written; each has two companions, `<name>_from` and
    `<name>_to`: the earliest and latest day it may mean, in days since 1970-01-01 (empty where open).
    """

    metadata = MetaData(naming_convention=NAMING)
    dates: ClassVar[tuple[str, ...]] = ()


def date_bounds(text: str | None) -> tuple[int | None, int | None]:
    """Return the earliest and latest day of a partial date as written, in days since 1970-01-01."""
    if not text:
        return None, None
    date = PartialDate.parse(text)
    earliest, latest = date.earliest, date.latest
    return (None if earliest is None else day_number(earliest)), (None if latest is None else day_number(latest))


def with_bounds(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Add the computed bounds of the partial dates *names* to a row of plain columns."""
    for name in names:
        row[f"{name}_from"], row[f"{name}_to"] = date_bounds(row[name])
    return row


@event.listens_for(Base, "before_insert", propagate=True)
@event.listens_for(Base, "before_update", propagate=True)
def _compute_bounds(_mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    for name in type(target).dates:
        low, high = date_bounds(getattr(target, name))
        setattr(target, f"{name}_from", low)
        setattr(target, f"{name}_to", high)


def one_of(column: str, words: tuple[str, ...] | tuple[int, ...]) -> CheckConstraint:
    """Return the constraint that *column* is empty or one of *words*."""
    listed = ", ".join(repr(word) for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
