"""Events read from their rows: SQLite joins each column to one text, which is cut apart here.

That is several times as quick as a row at a time.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from chipscape_db.columns.packed import SEPARATOR, Ids, Numbers, PackedIds, PackedTexts
from chipscape_db.columns.stored import OPEN, StoredColumns
from chipscape_db.vocabulary import EVENT_KINDS, PARTICIPANT_ROLES

_SIGN = f"'{SEPARATOR}'"
_WIDTHS = {10: "D", 7: "M", 4: "Y"}  # letters of a written day, month and year, and their unit in numpy


class _Source:
    """The rows of all events, or of some."""

    def __init__(self, connection: Connection, only: Collection[str] | None) -> None:
        self._connection = connection
        self._given: tuple[str, ...] = () if only is None else (json.dumps(sorted(only)),)
        self._all = only is None

    def among(self, column: str) -> str:
        """Return the condition that a column holds one of the wanted ids."""
        return "1" if self._all else f"{column} IN (SELECT value FROM json_each(?))"

    @property
    def scanned(self) -> str:
        """Words that keep SQLite from going through an index where all rows are wanted."""
        return "NOT INDEXED" if self._all else ""

    def joined(self, query: str) -> tuple[str, ...]:
        """Return the columns of a query's only row, as texts."""
        row = self._connection.exec_driver_sql(query, self._given).one()
        return tuple(str(text or "") for text in row)

    def rows(self, query: str) -> list[Any]:
        """Return all rows of a query."""
        return list(self._connection.exec_driver_sql(query, self._given).all())


def read_columns(connection: Connection, only: Collection[str] | None = None) -> StoredColumns:
    """Return every event, or those of *only* that are there, in the order in which they were written."""
    source = _Source(connection, only)
    kinds = " ".join(f"WHEN '{kind}' THEN {number}" for number, kind in enumerate(EVENT_KINDS))
    ids, starts, ends, *numbers = source.joined(
        f"SELECT group_concat(id, {_SIGN}), group_concat(starts_on, {_SIGN}), "
        f"group_concat(coalesce(ends_on, ''), {_SIGN}), group_concat(coalesce(starts_on_from, {-OPEN})), "
        f"group_concat(coalesce(starts_on_to, {OPEN})), group_concat(coalesce(ends_on_from, {-OPEN})), "
        f"group_concat(coalesce(ends_on_to, {OPEN})), group_concat(importance), "
        f"group_concat(CASE event_kind {kinds} END) FROM (SELECT id, starts_on, ends_on, starts_on_from, starts_on_to, "
        f"ends_on_from, ends_on_to, importance, event_kind FROM event {source.scanned} "
        f"WHERE {source.among('id')} ORDER BY +rowid)"
    )
    listed = ids.split(SEPARATOR) if ids else []
    count = len(listed)
    first, last, end_first, end_last, importance, kind = (
        np.fromstring(column, dtype=np.int32, sep=",") for column in numbers
    )
    place = {id_: at for at, id_ in enumerate(listed)}
    starts_on, ends_on = PackedTexts.of(starts, count), PackedTexts.of(ends, count)
    took, cited, named = _took_part(source, place), _cited(source, place), _named(source, place)
    odd, ended = np.flatnonzero(~_is_plain(starts_on, first, last)), np.flatnonzero(ends_on.lengths() > 0)
    return StoredColumns(
        PackedIds.of(ids, count), _names(source, ids, place), first, last, importance.astype(np.int8),
        kind.astype(np.int8), odd.astype(np.int32), starts_on.picked(odd), ended.astype(np.int32), end_first[ended],
        end_last[ended], ends_on.picked(ended), took[0], took[1], took[2], took[3], cited[0], cited[1], cited[2],
        named[0], named[1], named[2], named[3],
    )  # fmt: skip


def written(first: int, last: int) -> str:
    """Return the day, month or year from *first* to *last*, as a partial date."""
    day = str(np.datetime64(first, "D"))
    return day if first == last else day[:7] if last - first < 31 else day[:4]


def _is_plain(starts_on: PackedTexts, first: Numbers, last: Numbers) -> NDArray[np.bool_]:
    """Say of each start whether it is just the day, month or year from its first to its last day."""
    plain = np.zeros(len(starts_on), dtype=np.bool_)
    lengths, data = starts_on.lengths(), np.frombuffer(starts_on.block, dtype=np.uint8)
    for width, unit in _WIDTHS.items():
        places = np.flatnonzero((lengths == width) & (np.abs(first.astype(np.int64)) < OPEN))
        if not len(places):
            continue
        periods = first[places].astype("datetime64[D]").astype(f"datetime64[{unit}]")
        low, high = periods.astype("datetime64[D]"), (periods + 1).astype("datetime64[D]") - 1
        said = np.datetime_as_string(periods).astype(f"S{width}")
        starts = starts_on.ends[places].astype(np.int64) - width
        there = np.ascontiguousarray(data[starts[:, None] + np.arange(width)]).view(f"S{width}")[:, 0]
        plain[places] = (
            (said == there) & (low == first[places].astype("datetime64[D]"))
            & (high == last[places].astype("datetime64[D]"))
        )  # fmt: skip
    return plain


def _names(source: _Source, ids: str, place: Mapping[str, int]) -> PackedTexts:
    """Return the names in the order of the events; nearly always that in which the records were written too."""
    query = (
        f"SELECT group_concat(id, {_SIGN}), group_concat({{name}}, {_SIGN}) FROM (SELECT id, name FROM record "
        f"{source.scanned} WHERE +kind = 'event' AND {source.among('id')} ORDER BY +rowid)"
    )
    record_ids, names = source.joined(query.format(name="name"))
    if names.count(SEPARATOR) != record_ids.count(SEPARATOR):  # one holds the separator itself
        record_ids, names = source.joined(query.format(name=f"replace(name, {_SIGN}, ' ')"))
    if record_ids == ids:
        return PackedTexts.of(names, len(place))
    listed = [""] * len(place)
    for id_, name in zip(record_ids.split(SEPARATOR), names.split(SEPARATOR), strict=True):
        if id_ in place:
            listed[place[id_]] = name
    return PackedTexts.of_list(listed)


def _took_part(source: _Source, place: Mapping[str, int]) -> tuple[Numbers, Numbers, NDArray[np.int8], Ids]:
    """Return who took part in which event, and in which role."""
    roles = " ".join(f"WHEN '{role}' THEN {number}" for number, role in enumerate(PARTICIPANT_ROLES))
    events, records, said = source.joined(
        f"SELECT group_concat(event_id, {_SIGN}), group_concat(record_id, {_SIGN}), "
        f"group_concat(CASE role {roles} END) "
        f"FROM (SELECT * FROM participant {source.scanned} WHERE {source.among('event_id')} ORDER BY +rowid)"
    )
    event, record, ids = _pairs(events, records, place, in_order=True)
    role = np.fromstring(said, dtype=np.int8, sep=",")
    order = np.lexsort((role, record, role > 0, event))  # the actors of an event first
    return event[order], record[order], role[order], ids


def _cited(source: _Source, place: Mapping[str, int]) -> tuple[Numbers, Numbers, Ids]:
    """Return the sources cited for which event, in the order of the citations."""
    events, sources = source.joined(
        f"SELECT group_concat(record_id, {_SIGN}), group_concat(source_id, {_SIGN}) FROM (SELECT record_id, source_id "
        "FROM citation WHERE +record_id IN (SELECT id FROM event) "
        f"AND {source.among('record_id')} ORDER BY +id)"
    )
    event, cited, ids = _pairs(events, sources, place)
    order = np.argsort(event, kind="stable")
    return event[order], cited[order], ids


def _pairs(
    events: str, others: str, place: Mapping[str, int], *, in_order: bool = False
) -> tuple[Numbers, Numbers, Ids]:
    """Return pairs of positions from pairs of ids, and the ids that the second ones are of, sorted if *in_order*."""
    if not events:
        nothing = np.zeros(0, dtype=np.int32)
        return nothing, nothing, PackedIds(b"")
    event = np.array([place[id_] for id_ in events.split(SEPARATOR)], dtype=np.int32)
    said = others.split(SEPARATOR)
    listed = sorted(set(said)) if in_order else list(dict.fromkeys(said))
    numbers = {id_: number for number, id_ in enumerate(listed)}
    return event, np.array([numbers[id_] for id_ in said], dtype=np.int32), PackedIds.of_list(listed)


def _named(source: _Source, place: Mapping[str, int]) -> tuple[Numbers, Numbers, PackedTexts, PackedTexts]:
    """Return the names in other languages."""
    rows = source.rows(
        "SELECT record_id, language, text FROM record_text WHERE field = 'name' "
        f"AND {source.among('record_id')} ORDER BY +rowid"
    )
    rows = [row for row in rows if row[0] in place]
    languages = sorted({language for _id, language, _text in rows})
    number = {language: at for at, language in enumerate(languages)}
    return (
        np.array([place[id_] for id_, _language, _text in rows], dtype=np.int32),
        np.array([number[language] for _id, language, _text in rows], dtype=np.int32),
        PackedTexts.of_list([text.replace(SEPARATOR, " ") for _id, _language, text in rows]),
        PackedTexts.of_list(languages),
    )
