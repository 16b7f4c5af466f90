"""The same thing entered on both sides: found by what it is called, and made one."""

from collections.abc import Mapping

from chipscape_db.merging.journals import KEYS, Journal, Key, Touched
from chipscape_db.merging.rows import Rows
from chipscape_db.merging.shapes import NATURAL, UNIQUE, with_ids
from chipscape_db.progress import QUIET, Progress
from chipscape_db.row_images import Image


def find_twins(theirs: Journal, made: Mapping[Key, Image], rows: Rows, *, progress: Progress = QUIET) -> dict[str, str]:
    """Return their id and ours of everything that both sides have, each under an id of its own.

    Names and slugs are unique, so that a row of ours under the same one is the same thing. Of claims, citations and
    copies there may be two alike; ours is the same as theirs only where the other side does not have ours besides.
    What they deleted again before they knew of ours says nothing about ours.
    *made* are the rows that steps of this side made or changed.
    """
    same: dict[str, str] = {}
    have, brought, gone = theirs.rows(), theirs.brought(), theirs.gone()
    listed = progress.part(0.0, 0.5).over(list(have.items()))
    absent = [(place, row) for place, row in listed if place[0] in NATURAL and rows.stored(place) is None]
    for turn, (table, columns) in enumerate(NATURAL.items()):
        taken: set[str] = set()
        coming = sorted((one for one in absent if one[0][0] == table), key=lambda one: str(one[0][1]))
        share = 0.5 / len(NATURAL)
        for place, row in progress.part(0.5 + turn * share, 0.5 + (turn + 1) * share).over(coming):
            if place in made:
                continue  # deleted here
            told = with_ids(table, row, same)
            for found in _alike(rows, table, columns, told):
                other = (table, (found,))
                if place in gone and other not in brought:
                    continue
                apart = table in UNIQUE or other in made or (other in brought and other not in have)
                if apart and found not in taken and other not in have:
                    same[str(place[1][0])] = found
                    taken.add(found)
                    break
    return same


def _alike(rows: Rows, table: str, columns: tuple[str, ...], row: Image) -> list[str]:
    """Return the ids of our rows that say the same."""
    where = " AND ".join(f'"{name}" IS ?' for name in columns)
    values = tuple(row[name] for name in columns)
    found = rows.connection.exec_driver_sql(f'SELECT id FROM "{table}" WHERE {where} ORDER BY id', values).all()
    return [one[0] for one in found]


def as_ours(theirs: Mapping[Key, Touched], same: Mapping[str, str]) -> dict[Key, Touched]:
    """Return what the other side touched, with our ids for what is the same."""
    if not same:
        return dict(theirs)
    out = {}
    for (table, values), touched in theirs.items():
        before = None if touched.before is None else with_ids(table, touched.before, same)
        now = None if touched.now is None else with_ids(table, touched.now, same)
        key = with_ids(table, dict(zip(KEYS[table], values, strict=True)), same)
        out[table, tuple(key.values())] = Touched(before, now, touched.last)
    return out


def part_names(theirs: dict[Key, Touched], rows: Rows) -> list[tuple[str, str]]:
    """Give another name to what both sides call alike without being the same; returns (old name, new name).

    Of two records with one slug the one with the greater id gets a number behind it, whichever side merges.
    """
    renamed = []
    for place, touched in list(theirs.items()):
        column = {"record": "slug", "relationship": "slug", "saved_figure": "name", "table_view": "name"}.get(place[0])
        if column is None or touched.now is None or touched.before is not None or rows.stored(place) is not None:
            continue
        name = touched.now[column]
        tables = ("record", "relationship") if column == "slug" else (place[0],)
        for table in tables:
            other = rows.connection.exec_driver_sql(f'SELECT id FROM "{table}" WHERE "{column}" = ?', (name,)).scalar()
            if other is None or other == place[1][0] or _leaves(theirs, rows, (table, (other,)), column):
                continue
            fresh = _free(theirs, rows, tables, column, str(name))
            renamed.append((str(name), fresh))
            if str(place[1][0]) > str(other):
                theirs[place] = Touched(None, touched.now | {column: fresh}, touched.last)
            else:
                stored = rows.stored((table, (other,)))
                assert stored is not None
                rows.result[table, (other,)] = stored | {column: fresh}
    return renamed


def _leaves(theirs: Mapping[Key, Touched], rows: Rows, place: Key, column: str) -> bool:
    """Say whether a stored row gives its name up in this merge."""
    touched = theirs.get(place)
    stored = rows.stored(place)
    return touched is not None and (touched.now is None or (stored or {}).get(column) != touched.now[column])


def _free(theirs: Mapping[Key, Touched], rows: Rows, tables: tuple[str, ...], column: str, name: str) -> str:
    coming = {
        touched.now[column] for place, touched in theirs.items() if place[0] in tables and touched.now is not None
    }
    number = 2
    while True:
        fresh = f"{name}-{number}" if column == "slug" else f"{name} ({number})"
        there = any(
            rows.connection.exec_driver_sql(f'SELECT 1 FROM "{table}" WHERE "{column}" = ?', (fresh,)).scalar()
            for table in tables
        )
        if not there and fresh not in coming:
            return fresh
        number += 1


def names_of(theirs: Mapping[Key, Touched]) -> dict[str, Image]:
    """Return the rows of records that come with the other side, by id."""
    return {
        str(place[1][0]): touched.now
        for place, touched in theirs.items()
        if place[0] == "record" and touched.now is not None
    }
