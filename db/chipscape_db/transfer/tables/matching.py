"""Which record of the base a row speaks of: by id, name, other name or what the names share, with confidence."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from sqlalchemy import Connection

from chipscape_db.identity import slug_of

SURE = 0.8
"""From here on a row is taken to speak of the record; below, somebody has to say so."""

_ALIKE = 0.82


@dataclass(frozen=True, slots=True)
class Match:
    """A record that a row may speak of: its id and slug, how sure this is (0 to 1), and why, as a key.

    `why` is one of `id`, `name`, `alias`, `slug`, `short-name`, `alike`.
    """

    record_id: str
    slug: str
    name: str
    confidence: float
    why: str


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return a name without case, accents, blanks and punctuation: `H100 SXM-5` is `h100sxm5`."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum()) or " ".join(plain.split())


class Matcher:
    """The records of one kind by all their names."""

    def __init__(self, connection: Connection, kind: str) -> None:
        rows = connection.exec_driver_sql("SELECT id, slug, name FROM record WHERE kind = ?", (kind,)).all()
        self._by_slug = {row[1]: (row[0], row[1], row[2]) for row in rows}
        known = {row[0]: (row[0], row[1], row[2]) for row in rows}
        self._vendors = {
            folded(row[0])
            for row in connection.exec_driver_sql("SELECT name FROM record WHERE kind = 'organization'").all()
        }
        self._names: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._aliases: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._short: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._digits: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for row in known.values():
            self._names[folded(row[2])].append(row)
            self._short[self._without_vendor(row[2])].append(row)
            self._digits[_digits(row[2])].append(row)
        others = connection.exec_driver_sql(
            "SELECT a.record_id, a.alias FROM alias a JOIN record r ON r.id = a.record_id WHERE r.kind = ? "
            "UNION ALL SELECT t.record_id, t.text FROM record_text t JOIN record r ON r.id = t.record_id "
            "WHERE r.kind = ? AND t.field = 'name' "
            "UNION ALL SELECT o.id, o.name_native FROM organization o JOIN record r ON r.id = o.id "
            "WHERE r.kind = ? AND o.name_native <> ''",
            (kind, kind, kind),
        ).all()
        for record_id, alias in others:
            self._aliases[folded(alias)].append(known[record_id])
            self._short[self._without_vendor(alias)].append(known[record_id])
        former = connection.exec_driver_sql("SELECT slug, record_id FROM former_slug").all()
        for slug, record_id in former:
            if record_id in known:
                self._by_slug.setdefault(slug, known[record_id])

    def by_slug(self, slug: str) -> Match | None:
        """Return the record of that id, or that had it once."""
        found = self._by_slug.get(slug)
        return Match(*found, 1.0, "id") if found else None

    def best(self, name: str, *, key: str = "") -> Match | None:
        """Return the record that a row of that name (and id) speaks of most likely, None where none comes near."""
        if key and (found := self.by_slug(key)):
            return found
        plain = folded(name)
        if not plain:
            return None
        for rows, confidence, why in (
            (self._names.get(plain), 0.98, "name"),
            (self._aliases.get(plain), 0.95, "alias"),
        ):
            if match := _one(rows, confidence, why):
                return match
        # A slug of a name in another script keeps its digits at most, and those are not enough to go by.
        if plain.isascii() and (same := self._by_slug.get(slug_of(name, lambda _slug: False))):
            return Match(*same, 0.9, "slug")
        if match := _one(self._short.get(self._without_vendor(name)), 0.85, "short-name"):
            return match
        return self._alike(name)

    def _without_vendor(self, name: str) -> str:
        """Return a folded name without the words of an organization before it."""
        words = name.split()
        for count in range(min(3, len(words) - 1), 0, -1):
            if folded("".join(words[:count])) in self._vendors:
                return folded("".join(words[count:]))
        return folded(name)

    def _alike(self, name: str) -> Match | None:
        """Return the record whose name has the same digits and nearly the same letters."""
        short, best = self._without_vendor(name), None
        for row in self._digits.get(_digits(name), ())[:2000]:
            likeness = SequenceMatcher(None, short, self._without_vendor(row[2])).ratio()
            if likeness >= _ALIKE and (best is None or likeness > best[0]):
                best = (likeness, row)
        return Match(*best[1], round(0.75 * best[0], 2), "alike") if best else None


def _one(rows: list[tuple[str, str, str]] | None, confidence: float, why: str) -> Match | None:
    """Return the match where the name leads to one record; where to several, nobody can be sure of any."""
    if not rows:
        return None
    different = {row[0] for row in rows}
    return Match(*rows[0], confidence if len(different) == 1 else 0.5, why)


def _digits(name: str) -> str:
    return "".join(re.findall(r"\d", name))
