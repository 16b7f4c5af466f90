"""Reads: one module a subject, plain functions from a session to frozen rows."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Reader

__all__ = ["Reader", "among"]


def among(ids: Iterable[str]) -> Any:
    """Return a subquery of *ids* for `in_`, however many they are: one parameter instead of one each."""
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)
