"""How rows hang together: which columns are one field, which refer to others, and what makes two rows the same fact."""

from collections.abc import Mapping
from typing import Any, Final

from chipscape_db.merging.journals import KEYS, TABLES
from chipscape_db.models import Base
from chipscape_db.row_images import Image

_TOGETHER: Final = {
    "claim": (("value", "number"), ("rank", "rank_reason"), ("scope", "scope_count")),
    "map_place": (("x", "y"),),
    "review_mark": (("author", "at"),),
    "dismissal": (("reason", "author", "at"),),
    "snapshot": (("sha256", "size", "name", "media_type"),),
    "saved_figure": (("figure", "content"),),
    "table_view": (("table_name", "content"),),
}
NATURAL: Final[Mapping[str, tuple[str, ...]]] = {
    "record": ("kind", "slug"),
    "relationship": ("slug",),
    "statement": ("number",),
    "alias": ("record_id", "alias", "language"),
    "claim": (
        "subject_id", "metric", "value", "sparsity", "engine", "scope", "scope_count", "direction", "bound", "period",
        "condition", "stance", "source_id", "locator",
    ),
    "citation": ("record_id", "relationship_id", "field", "source_id", "locator"),
    "saved_figure": ("name",),
    "table_view": ("name",),
    "snapshot": ("source_id", "sha256"),
}  # fmt: skip
"""What makes two rows that were added on both sides the same fact, the tables first that others refer to."""

UNIQUE: Final = frozenset({"record", "relationship", "statement", "alias", "saved_figure", "table_view"})
"""The tables in which no two rows can be alike in that."""


_NEEDED: Final = {("citation", "record_id"), ("citation", "relationship_id"), ("dismissal", "record_id")}
"""Cells that may be empty by themselves, but whose row says nothing without what it is about."""


def _references() -> dict[str, dict[str, tuple[str, bool]]]:
    out: dict[str, dict[str, tuple[str, bool]]] = {}
    for name in TABLES:
        table = Base.metadata.tables[name]
        out[name] = {}
        for column in table.columns:
            for key in column.foreign_keys:
                target = key.column.table.name
                if target in TABLES:
                    empty = bool(column.nullable) and (name, column.name) not in _NEEDED
                    out[name][column.name] = (target, empty)
    return out


REFERENCES: Final[Mapping[str, Mapping[str, tuple[str, bool]]]] = _references()
"""By table and column: the table referred to, and whether the cell may be empty."""


def _groups(table: str) -> tuple[tuple[str, ...], ...]:
    left = [name for name in TABLES[table] if name not in KEYS[table]]
    out: list[tuple[str, ...]] = []
    for group in _TOGETHER.get(table, ()):
        out.append(group)
        left = [name for name in left if name not in group]
    for name in list(left):
        if f"{name}_from" in left:
            out.append((name, f"{name}_from", f"{name}_to"))
            left = [one for one in left if one not in out[-1]]
    return (*out, *((name,) for name in left))


FIELDS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {name: _groups(name) for name in TABLES}
"""The columns of each table that change together; the first names the field."""


def ids_in(table: str, image: Image) -> list[tuple[str, str]]:
    """Return (column, id) of everything that a row refers to."""
    return [(column, image[column]) for column in REFERENCES[table] if image[column] is not None]


def with_ids(table: str, image: Image, same: Mapping[str, str]) -> Image:
    """Return a row, or its key, in which every id of the one side is that of the other for the same fact."""
    if not same:
        return image
    columns = {*REFERENCES[table], *(name for name in KEYS[table] if name == "id")}
    return {name: same.get(value, value) if name in columns else value for name, value in image.items()}


def part(image: Image, group: tuple[str, ...]) -> tuple[Any, ...]:
    """Return the values of one field."""
    return tuple(image[name] for name in group)
