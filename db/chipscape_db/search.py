"""Search over names, aliases, native names, summaries and sources, kept up to date by every write.

Text is folded (case, accents, width) and cut into words; Chinese, Japanese and Korean have no spaces between words, so
each of their characters is a word: any part of a name is found, down to a single character.

Two indexes answer a key press. `search_name` holds every name from each of its words on, in the order of the alphabet:
what a person types is a range of it, found at once however large the base is. `search_index` (FTS5) finds words
anywhere. Both give a bounded number of candidates, which are then ranked; FTS5's own bm25 is not used because it
reads every match, and a million of them take seconds.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from chipscape_db.vocabulary import RECORD_KINDS

_CJK = r"\u2e80-\u2fdf\u3005-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fa1f"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_IDEOGRAM = re.compile(rf"[{_CJK}]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_CHUNK = 500
_CANDIDATES = 1000
_MOST_WORDS = 12
_MOST_LETTERS = 200
_COMPACT = 24

_DOCUMENTS = """
SELECT r.id, r.name, r.slug,
  (SELECT group_concat(alias, char(10)) FROM alias WHERE record_id = r.id),
  (SELECT group_concat(text, char(10)) FROM record_text WHERE record_id = r.id AND field = 'name'),
  o.name_native,
  (SELECT group_concat(slug, char(10)) FROM former_slug WHERE record_id = r.id),
  (SELECT group_concat(text, char(10)) FROM record_text WHERE record_id = r.id AND field = 'summary'),
  s.publisher, s.author, s.url, s.note
FROM record r LEFT JOIN organization o ON o.id = r.id LEFT JOIN source s ON s.id = r.id
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found: what it is called and what kind it is, best first."""

    id: str
    slug: str
    kind: str
    name: str
    detail: str


def words_of(text: str) -> list[str]:
    """Return the words of *text*, folded: `Éner-GIE 盘古` gives `ener`, `gie`, `盘`, `古`."""
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text))).casefold()
    return _WORD.findall(plain)


def reindex(connection: Connection, record_ids: Collection[str]) -> None:
    """Bring the index up to date for these records (ids that are no records any more are dropped)."""
    ids = sorted(record_ids)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        _forget(connection, f"record_id IN ({marks})", tuple(chunk))
        _remember(connection, connection.exec_driver_sql(f"{_DOCUMENTS} WHERE r.id IN ({marks})", tuple(chunk)))


def rebuild(connection: Connection) -> None:
    """Build the whole index anew."""
    connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_entry")
    connection.exec_driver_sql("DELETE FROM search_name")
    _remember(connection, connection.exec_driver_sql(_DOCUMENTS))


def out_of_step(connection: Connection) -> set[str]:
    """Return the ids whose entry in the index is not what their facts say, entries without a record included."""
    kept = connection.exec_driver_sql("SELECT record_id, names, words FROM search_entry").all()
    expected = map(_entry, connection.exec_driver_sql(_DOCUMENTS))
    differing = {_unordered(*row) for row in kept} ^ {_unordered(*row) for row in expected}
    return {record_id for record_id, _, _ in differing}


def _unordered(record_id: str, names: str, words: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return an entry to compare: the order in which aliases and texts are strung together is nobody's promise."""
    return record_id, tuple(sorted(names.splitlines())), tuple(sorted(words.split()))


def _entry(row: Any) -> tuple[str, str, str]:
    """Return a record's id, its names (one a line, the everyday one first) and its other words."""
    names = [words_of(name) for column in row[1:7] if column for name in column.split("\n")]
    # People leave out spaces: `ascend910b`, `gpt4`.
    names += [[compact] for name in names if len(name) > 1 and len(compact := "".join(name)) <= _COMPACT]
    lines = dict.fromkeys(" ".join(name) for name in names)
    words = " ".join(word for column in row[7:] if column for word in words_of(column))
    return row[0], "\n".join(filter(None, lines)), words


def _beginnings(names: str) -> Iterator[str]:
    """Yield every name from each of its words on, once each."""
    seen = set()
    for name in names.splitlines():
        words = name.split()
        for start in range(len(words)):
            rest = " ".join(words[start : start + _MOST_WORDS])
            if rest not in seen:
                seen.add(rest)
                yield rest


def _forget(connection: Connection, where: str, values: tuple[str, ...]) -> None:
    rows = connection.exec_driver_sql(f"SELECT id, names, words FROM search_entry WHERE {where}", values).all()
    if not rows:
        return
    connection.exec_driver_sql(
        "INSERT INTO search_index(search_index, rowid, names, words) VALUES ('delete', ?, ?, ?)",
        [tuple(row) for row in rows],
    )
    gone = [(name, number) for number, names, _ in rows for name in _beginnings(names)]
    if gone:
        connection.exec_driver_sql("DELETE FROM search_name WHERE name = ? AND entry_id = ?", gone)
    connection.exec_driver_sql(f"DELETE FROM search_entry WHERE {where}", values)


def _remember(connection: Connection, rows: Iterable[Any]) -> None:
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM search_entry").scalar_one()
    entries = ((number, *_entry(row)) for number, row in enumerate(rows, start=last + 1))
    while chunk := list(islice(entries, 20 * _CHUNK)):
        connection.exec_driver_sql("INSERT INTO search_entry (id, record_id, names, words) VALUES (?, ?, ?, ?)", chunk)
        connection.exec_driver_sql(
            "INSERT INTO search_index (rowid, names, words) VALUES (?, ?, ?)",
            [(number, names, words) for number, _, names, words in chunk],
        )
        named = [(name, number) for number, _, names, _ in chunk for name in _beginnings(names)]
        if named:
            connection.exec_driver_sql("INSERT INTO search_name (name, entry_id) VALUES (?, ?)", named)


def match_expression(words: list[str], *, whole: bool = False) -> str:
    """Return the FTS5 query for *words*: each must begin some word, or be one if *whole*.

    Neighbouring ideograms must stand side by side.
    """
    phrases: list[list[str]] = []
    for word in words:
        if _IDEOGRAM.match(word) and phrases and _IDEOGRAM.match(phrases[-1][-1]):
            phrases[-1].append(word)
        else:
            phrases.append([word])
    open_end = "" if whole else "*"
    return " AND ".join(
        f'"{" ".join(phrase)}"' + ("" if _IDEOGRAM.match(phrase[-1]) else open_end) for phrase in phrases
    )


def search(session: Session, text: str, *, limit: int = 30) -> list[Hit]:
    """Return the records that match what a person typed, best first.

    Every word must begin a word of the record. What is called just that comes first, then names that begin so, names
    that hold it, names that hold all its words, and what only speaks of it; sources come after everything else.
    """
    words = words_of(text[:_MOST_LETTERS])[:_MOST_WORDS]
    if not words:
        return []
    connection, typed = session.connection(), " ".join(words)
    found = set(
        connection.exec_driver_sql(
            "SELECT entry_id FROM search_name WHERE name >= ? AND name < ? LIMIT ?",
            (typed, typed + "\U0010ffff", _CANDIDATES),
        ).scalars()
    )
    for whole in (True, False):
        # Where names alone give plenty, what only speaks of it would come too far down to be seen.
        if len(found) < 4 * limit:
            found.update(
                connection.exec_driver_sql(
                    "SELECT rowid FROM search_index WHERE search_index MATCH ? LIMIT ?",
                    (match_expression(words, whole=whole), _CANDIDATES),
                ).scalars()
            )
    rows = connection.exec_driver_sql(
        "SELECT r.kind, r.name, e.names, r.id FROM search_entry e JOIN record r ON r.id = e.record_id "
        f"WHERE e.id IN ({', '.join('?' * len(found))})",
        tuple(found),
    )
    ranked = sorted((*_rank(kind, name, names, words=words, typed=typed), id_) for kind, name, names, id_ in rows)
    return _hits(connection, [entry[-1] for entry in ranked[:limit]])


def _hits(connection: Connection, ids: list[str]) -> list[Hit]:
    rows = connection.exec_driver_sql(
        "SELECT r.id, r.slug, r.kind, r.name, coalesce(o.name_native, s.publisher, '') "
        "FROM record r LEFT JOIN organization o ON o.id = r.id LEFT JOIN source s ON s.id = r.id "
        f"WHERE r.id IN ({', '.join('?' * len(ids))})",
        tuple(ids),
    )
    told = {row[0]: Hit(*row) for row in rows}
    return [told[id_] for id_ in ids]


def _rank(kind: str, name: str, lines: str, *, words: list[str], typed: str) -> tuple[Any, ...]:
    names = lines.split("\n")
    inside = " " + typed
    if typed in names:
        level = 0 if typed == names[0] else 1
    elif names[0].startswith(typed) or "\n" + typed in lines:
        level = 2 if names[0].startswith(typed) else 3
    elif inside in lines:
        level = 4 if inside in names[0] else 5
    else:
        named = lines.split()
        level = 6 if all(any(each.startswith(word) for each in named) for word in words) else 7
    return level > 1, kind == "source", level, RECORD_KINDS.index(kind), len(name), name
