"""Full-text search over names, aliases, native names, summaries and sources, kept up to date by every write.

Words are folded (case, accents). Chinese, Japanese and Korean have no spaces between words, so their characters are
indexed one by one and a run of them is searched as a phrase: any part of a name is found, down to a single character.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

_CJK = re.compile(
    r"([\u2e80-\u2fdf\u3005-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fa1f])"
)
_WORD = re.compile(r"[^\W_]+")
_CHUNK = 500

_DOCUMENTS = """
SELECT r.id, r.name, r.slug,
  (SELECT group_concat(alias, ' ') FROM alias WHERE record_id = r.id),
  (SELECT group_concat(text, ' ') FROM record_text WHERE record_id = r.id AND field = 'name'),
  o.name_native,
  (SELECT group_concat(text, ' ') FROM record_text WHERE record_id = r.id AND field = 'summary'),
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


def spaced(text: str) -> str:
    """Return *text* with every Chinese, Japanese or Korean character set apart as a word of its own."""
    return _CJK.sub(r" \1 ", text)


def reindex(connection: Connection, record_ids: Collection[str]) -> None:
    """Bring the index up to date for these records (ids that are no records any more are dropped)."""
    ids = sorted(record_ids)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        _forget(connection, f"record_id IN ({marks})", tuple(chunk))
        rows = connection.exec_driver_sql(f"{_DOCUMENTS} WHERE r.id IN ({marks})", tuple(chunk))
        _remember(connection, rows.all())


def rebuild(connection: Connection) -> None:
    """Build the whole index anew."""
    connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_entry")
    _remember(connection, connection.exec_driver_sql(_DOCUMENTS).all())


def out_of_step(connection: Connection) -> set[str]:
    """Return the ids whose entry in the index is not what their facts say, entries without a record included."""
    kept = connection.exec_driver_sql("SELECT record_id, names, words FROM search_entry").all()
    expected = _entries(connection.exec_driver_sql(_DOCUMENTS).all())
    differing = {_unordered(*row) for row in kept} ^ {_unordered(*row) for row in expected}
    return {record_id for record_id, _, _ in differing}


def _unordered(record_id: str, names: str, words: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return an entry to compare: the order in which aliases and texts are strung together is nobody's promise."""
    return record_id, tuple(sorted(names.split())), tuple(sorted(words.split()))


def _entries(rows: Iterable[Any]) -> list[tuple[str, str, str]]:
    return [(row[0], spaced(" ".join(filter(None, row[1:6]))), spaced(" ".join(filter(None, row[6:])))) for row in rows]


def _forget(connection: Connection, where: str, values: tuple[str, ...]) -> None:
    connection.exec_driver_sql(
        "INSERT INTO search_index(search_index, rowid, names, words) "
        f"SELECT 'delete', id, names, words FROM search_entry WHERE {where}",
        values,
    )
    connection.exec_driver_sql(f"DELETE FROM search_entry WHERE {where}", values)


def _remember(connection: Connection, rows: Iterable[Any]) -> None:
    entries = _entries(rows)
    if not entries:
        return
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM search_entry").scalar_one()
    numbered = [(last + number, *entry) for number, entry in enumerate(entries, start=1)]
    connection.exec_driver_sql("INSERT INTO search_entry (id, record_id, names, words) VALUES (?, ?, ?, ?)", numbered)
    connection.exec_driver_sql(
        "INSERT INTO search_index (rowid, names, words) VALUES (?, ?, ?)",
        [(number, names, words) for number, _, names, words in numbered],
    )


def match_expression(text: str) -> str:
    """Return the FTS5 query for what a person typed: every word must begin some word; empty when there is no word."""
    parts = []
    for word in _WORD.findall(text):
        tokens = spaced(word).split()
        parts.append('"' + " ".join(tokens) + '"' + ("" if _CJK.match(tokens[-1]) else "*"))
    return " AND ".join(parts)


def search(session: Session, text: str, *, limit: int = 30) -> list[Hit]:
    """Return the records that match what a person typed, best first; a name counts ten times a summary."""
    expression = match_expression(text)
    if not expression:
        return []
    rows = session.connection().exec_driver_sql(
        "SELECT r.id, r.slug, r.kind, r.name, coalesce(o.name_native, s.publisher, '') "
        "FROM (SELECT rowid, bm25(search_index, 10.0, 1.0) AS score FROM search_index WHERE search_index MATCH ? "
        "      ORDER BY score LIMIT ?) AS found "
        "JOIN search_entry e ON e.id = found.rowid JOIN record r ON r.id = e.record_id "
        "LEFT JOIN organization o ON o.id = r.id LEFT JOIN source s ON s.id = r.id "
        "ORDER BY lower(r.name) = lower(?) DESC, r.kind = 'source', found.score, r.name",
        (expression, limit * 4, text.strip()),
    )
    return [Hit(*row) for row in rows.all()][:limit]
