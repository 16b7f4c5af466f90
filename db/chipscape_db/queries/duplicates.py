"""Records that may be one and the same: alike by name, alias, native name, transliteration, address or date."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import select

from chipscape_db.models import Alias, Event, Organization, Record, RecordText, Source
from chipscape_db.progress import QUIET, Progress
from chipscape_db.queries import Reader
from chipscape_db.queries.forms import MODEL_OF_KIND
from chipscape_db.search import words_of

Likeness: TypeAlias = Literal[
    "name", "alias", "native-name", "transliteration", "without-maker", "address", "title", "date-and-words"
]
_LEGAL_FORMS: Final = frozenset(
    {
        "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "plc", "ag", "gmbh",
        "sa", "sas", "spa", "bv", "nv", "oy", "ab", "group", "holdings", "holding", "technologies", "technology",
        "semiconductor", "the",
    }
)  # fmt: skip
_CROWD: Final = 12
"""A name that more records than this share says nothing about any two of them."""
_ALIKE: Final = 0.6
"""Two events of one day are alike when they share this part of their words."""
_MAKER_FIELDS: Final = {"chip": "designer_id", "model": "developer_id", "software": "developer_id"}


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Two records that may be one: `because` says by what, `shared` what it is that they share."""

    first_id: str
    second_id: str
    kind: str
    because: Likeness
    shared: str


@dataclass(frozen=True, slots=True)
class _Name:
    record_id: str
    text: str
    origin: Likeness


@lru_cache(maxsize=100_000)
def keys_of(text: str) -> tuple[str, str]:
    """Return a name without case, accents, blanks and signs, and the same in Latin letters: `百度` gives `baidu`."""
    from anyascii import anyascii

    plain = "".join(words_of(text))
    return plain, plain if text.isascii() else "".join(words_of(anyascii(text)))


def lookalikes(session: Reader, *, progress: Progress = QUIET) -> list[Lookalike]:
    """Return the pairs of records of one kind that may be the same, each once, by the strongest likeness.

    Raises `Stopped` when it was cancelled.
    """
    kinds = dict(session.execute(select(Record.id, Record.kind)).all())
    found: dict[tuple[str, str], Lookalike] = {}
    dates = _dates(session)
    for one in (
        *_by_name(session, kinds, progress.part(0.0, 0.55)), *_by_address(session),
        *_by_day(session, progress.part(0.6, 1.0)),
    ):  # fmt: skip
        pair = (one.first_id, one.second_id)
        if pair not in found and (one.kind != "event" or _meet(dates.get(pair[0]), dates.get(pair[1]))):
            found[pair] = one
    return sorted(found.values(), key=lambda one: (one.kind, one.shared, one.first_id))


def _names(session: Reader) -> Iterator[_Name]:
    for record_id, name in session.execute(select(Record.id, Record.name)):
        yield _Name(record_id, name, "name")
    for record_id, name in session.execute(
        select(Organization.__table__.c.id, Organization.__table__.c.name_native).where(
            Organization.__table__.c.name_native.is_not(None)
        )
    ):
        yield _Name(record_id, name, "native-name")
    for record_id, name in session.execute(
        select(RecordText.record_id, RecordText.text).where(RecordText.field == "name")
    ):
        yield _Name(record_id, name, "name")
    for record_id, name in session.execute(select(Alias.record_id, Alias.alias)):
        yield _Name(record_id, name, "alias")


def _by_name(session: Reader, kinds: dict[str, str], progress: Progress) -> Iterator[Lookalike]:
    makers = _makers(session)
    own_names: dict[str, str] = dict(session.execute(select(Record.id, Record.name)).all())
    buckets: dict[tuple[str, str], dict[str, _Name]] = defaultdict(dict)
    for name in progress.over(list(_names(session))):
        kind = kinds[name.record_id]
        if kind == "source":
            continue
        plain, latin = keys_of(name.text)
        keys = {plain: name.origin, latin: name.origin if latin == plain else "transliteration"}
        if kind == "organization":
            keys.setdefault("".join(word for word in words_of(name.text) if word not in _LEGAL_FORMS), name.origin)
        maker = makers.get(name.record_id)
        if maker:
            bare = _without(words_of(name.text), words_of(own_names[maker]))
            keys.setdefault(f"{maker}:{bare}" if bare else "", "without-maker")
        for key, origin in keys.items():
            if len(key) > 1:
                buckets[kind, key].setdefault(name.record_id, _Name(name.record_id, name.text, origin))
    for (kind, _), named in buckets.items():
        if 1 < len(named) <= _CROWD:
            for first, second in combinations(sorted(named), 2):
                origins = {named[first].origin, named[second].origin}
                strongest = next(one for one in _BY_STRENGTH if one in origins)
                yield Lookalike(first, second, kind, strongest, named[first].text)


_BY_STRENGTH: Final[tuple[Likeness, ...]] = ("transliteration", "without-maker", "alias", "native-name", "name")
"""Of two names that meet, the less direct one says how they do."""


def _without(words: list[str], maker: list[str]) -> str:
    return "".join(words[len(maker) :] if words[: len(maker)] == maker else words)


def _makers(session: Reader) -> dict[str, str]:
    out: dict[str, str] = {}
    for kind, field in _MAKER_FIELDS.items():
        own = MODEL_OF_KIND[kind].__table__.c
        out |= dict(session.execute(select(own.id, own[field]).where(own[field].is_not(None))).all())
    return out


def address_key(url: str) -> str:
    """Return what two addresses of one page have in common: no scheme, no `www.`, no trailing slash, no tracking."""
    bare = re.sub(r"^https?://(www\.|m\.|amp\.)?", "", url.strip().casefold()).partition("#")[0]
    path, _, query = bare.partition("?")
    kept = "&".join(
        sorted(part for part in query.split("&") if part and not part.startswith(("utm_", "fbclid", "ref=")))
    )
    return path.rstrip("/").removesuffix("/index.html") + (f"?{kept}" if kept else "")


def _by_address(session: Reader) -> Iterator[Lookalike]:
    """Find sources with one address or DOI, and those with one title and publisher or day."""
    own = Source.__table__.c
    buckets: dict[tuple[Likeness, str], list[tuple[str, str]]] = defaultdict(list)
    row: Any
    for row in session.execute(
        select(own.id, Record.name, own.url, own.doi, own.publisher, own.published_on).join(
            Record.__table__, Record.__table__.c.id == own.id
        )
    ):
        if row.url:
            buckets["address", address_key(row.url)].append((row.id, row.url))
        if row.doi:
            buckets["address", row.doi.casefold()].append((row.id, row.doi))
        for told in filter(None, (row.publisher, row.published_on)):
            buckets["title", f"{keys_of(row.name)[0]}|{told.casefold()}"].append((row.id, row.name))
    for (because, _), rows in buckets.items():
        if 1 < len(rows) <= _CROWD:
            for (first, shared), (second, _) in combinations(sorted(rows), 2):
                if first != second:
                    yield Lookalike(first, second, "source", because, shared)


def _by_day(session: Reader, progress: Progress) -> Iterator[Lookalike]:
    """Find events of one date that share most of their words."""
    own = Event.__table__.c
    days: dict[str, list[tuple[str, str, frozenset[str]]]] = defaultdict(list)
    for id_, name, day in session.execute(
        select(own.id, Record.name, own.starts_on).join(Record.__table__, Record.__table__.c.id == own.id)
    ):
        days[day].append((id_, name, frozenset(words_of(name))))
    for rows in progress.over(list(days.values())):
        told = {id_: (name, words) for id_, name, words in rows}
        # Only those that share a word which few of the day have: a busy day would else be compared with itself.
        by_word: dict[str, list[str]] = defaultdict(list)
        for id_, _name, words in rows:
            for word in words:
                by_word[word].append(id_)
        pairs = {
            pair
            for ids in by_word.values()
            if 1 < len(ids) <= _CROWD
            for pair in combinations(sorted(ids), 2)
        }  # fmt: skip
        for first, second in sorted(pairs):
            if share(told[first][1], told[second][1]) >= _ALIKE:
                yield Lookalike(first, second, "event", "date-and-words", told[first][0])


def share(one: Iterable[str], other: Iterable[str]) -> float:
    """Return which part of their words two names share, 0 to 1."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def _dates(session: Reader) -> dict[str, tuple[int | None, int | None]]:
    own = Event.__table__.c
    return {row[0]: (row[1], row[2]) for row in session.execute(select(own.id, own.starts_on_from, own.starts_on_to))}


def _meet(one: tuple[int | None, int | None] | None, other: tuple[int | None, int | None] | None) -> bool:
    """Say whether two partial dates may mean one day, a week more or less."""
    if one is None or other is None:
        return True
    return (one[0] or -(10**9)) - 7 <= (other[1] or 10**9) and (other[0] or -(10**9)) - 7 <= (one[1] or 10**9)
