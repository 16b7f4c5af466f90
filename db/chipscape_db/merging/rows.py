"""The rows of this side during a merge: as stored, as they will be, and what still refers to what."""

from collections.abc import Iterable

from sqlalchemy import Connection

from chipscape_db.errors import N_, Invalid
from chipscape_db.merging.journals import KEYS, Key
from chipscape_db.merging.shapes import REFERENCES
from chipscape_db.row_images import Image, image


class Rows:
    """Reads rows of the base, each once, and gathers what the merge makes of them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._stored: dict[Key, Image | None] = {}
        self.result: dict[Key, Image | None] = {}

    def stored(self, place: Key) -> Image | None:
        """Return a row as the base has it."""
        if place not in self._stored:
            self._stored[place] = image(self.connection, place[0], key_of(place))
        return self._stored[place]

    def now(self, place: Key) -> Image | None:
        """Return a row as it will be."""
        return self.result[place] if place in self.result else self.stored(place)

    def referring(self, ids: Iterable[str]) -> list[tuple[Key, str, str]]:
        """Return (row, column, id) of every stored row that refers to one of these ids."""
        out = []
        wanted = list(ids)
        for table, columns in REFERENCES.items():
            for column in columns:
                for start in range(0, len(wanted), 400):
                    part = wanted[start : start + 400]
                    marks = ", ".join("?" * len(part))
                    names = ", ".join(f'"{name}"' for name in KEYS[table])
                    found = self.connection.exec_driver_sql(
                        f'SELECT "{column}", {names} FROM "{table}" WHERE "{column}" IN ({marks})', tuple(part)
                    ).all()
                    out += [((table, tuple(row[1:])), column, row[0]) for row in found]
        return out

    def make_whole(self, *, deleted: set[Key]) -> None:
        """Let nothing refer to what is gone: cells that may be empty are, rows that cannot do without go too.

        *deleted* is what either side deleted. Raises `Invalid` where a row refers to what this base never had.
        """
        asked: set[str] = set()
        while True:
            before = dict(self.result)
            gone = {
                place[1][0] for place, row in self.result.items() if row is None and KEYS[place[0]] == ("id",)
            } - asked  # fmt: skip
            asked |= gone
            for place, _column, _identity in self.referring(gone):
                if place not in self.result:
                    self.result[place] = self.stored(place)
            for place, row in list(self.result.items()):
                if row is not None:
                    self.result[place] = self._without_dangling(place, row, deleted)
            if self.result == before:
                return

    def writes(self) -> dict[Key, Image | None]:
        """Return the rows that will differ from what is stored."""
        return {place: row for place, row in self.result.items() if row != self.stored(place)}

    def _without_dangling(self, place: Key, row: Image, deleted: set[Key]) -> Image | None:
        for column, (target, may_be_empty) in REFERENCES[place[0]].items():
            if row[column] is None or self.now((target, (row[column],))) is not None:
                continue
            if (target, (row[column],)) not in deleted and (target, (row[column],)) not in self.result:
                template = N_("A {table} refers to a {target} that this base does not have; merge the base itself.")
                raise Invalid(template, table=place[0], target=target)
            if not may_be_empty:
                return None
            row = row | {column: None}
        return row


def key_of(place: Key) -> Image:
    """Return the primary key of a row by column name."""
    return dict(zip(KEYS[place[0]], place[1], strict=True))
