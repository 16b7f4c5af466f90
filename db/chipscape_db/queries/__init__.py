"""Reads: one module a subject, plain functions from a session to frozen rows."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Reader

__all__ = ["Reader", "among", "within"]


def among(ids: Iterable[str]) -> Any:
    """Return a subquery of *ids* for `in_`, however many they are: one parameter instead of one each."""
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)


def within(query: Any, column: Any, only: Collection[str] | None) -> Any:
    """Return a query narrowed to rows whose *column* is one of some ids, or as it is for all (None)."""
    return query if only is None else query.where(column.in_(among(only)))
