"""Files that still name records by the short names they had before a merge: read as if they named them as now."""

from dataclasses import replace

from sqlalchemy import Connection

from chipscape_db.transfer.csv_check import Facts
from chipscape_db.transfer.csv_citations import citation_fingerprints
from chipscape_db.transfer.csv_claims import fingerprints
from chipscape_db.transfer.csv_read import Sheet
from chipscape_db.vocabulary import KIND_OF_FILE, SYMMETRIC_RELATIONSHIPS

_MARKED = {"claims": fingerprints, "citations": citation_fingerprints}


def follow_merges(connection: Connection, facts: Facts) -> Facts:
    """Return *facts* with every former short name replaced by that of the record it belongs to now.

    The rows of the records given up are left out: the merge settled what they said. So are relationships of a record to
    itself and what is there already; what speaks of a row follows it.
    """
    now: dict[str, str] = dict(
        connection.exec_driver_sql("SELECT f.slug, r.slug FROM former_slug f JOIN record r ON r.id = f.record_id").all()
    )
    own = {slug for name in KIND_OF_FILE for slug in facts.sheets[name].column("id")}
    now = {slug: current for slug, current in now.items() if slug in own}
    if not now:
        return facts
    links = _relationships(connection, facts, now)
    gone = {slug for slug, current in links.items() if not current}
    now |= {slug: current for slug, current in links.items() if current}
    dropped = set(now) | gone
    sheets: dict[str, Sheet] = {}
    marks: dict[str, str] = {}
    for name, sheet in facts.sheets.items():
        kept = _followed(name, sheet, now, dropped)
        if name in _MARKED:
            marks |= _marks(name, sheet, kept, now, gone)
        sheets[name] = kept
    for name in ("ranks", "quotes"):
        rows = [[marks.get(cell, cell) for cell in row] for row in sheets[name].rows]
        there = [place for place, row in enumerate(rows) if "" not in (row[0], row[1 if name == "quotes" else 0])]
        sheets[name] = replace(
            sheets[name], rows=[rows[place] for place in there], lines=[sheets[name].lines[place] for place in there]
        )
    return Facts(sheets)


def _followed(name: str, sheet: Sheet, now: dict[str, str], dropped: set[str]) -> Sheet:
    """Return a sheet whose references follow the merges, each row once."""
    columns = sheet.table.columns
    refers = [column.form == "id" or (name == "texts" and column.name == "id") for column in columns]
    holds = [place for place, column in enumerate(columns) if column.form == "new id" or column.name == "id"]
    rows, lines, seen = [], [], set()
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        own = row[holds[0]] if holds else ""
        subject = row[0] if name in ("texts", "citations") else own
        if subject in dropped and (name not in ("citations", "former_slugs") or subject not in now):
            continue
        cells = [now.get(cell, cell) if told else cell for cell, told in zip(row, refers, strict=True)]
        if name == "seed_claims":
            at = sheet.table.header.index("source_ids")
            cells[at] = ";".join(dict.fromkeys(now.get(each, each) for each in cells[at].split(";")))
        if tuple(cells) not in seen or tuple(row) == tuple(cells):
            rows.append(cells)
            lines.append(line)
        seen.add(tuple(cells))
    return replace(sheet, rows=rows, lines=lines)


def _marks(name: str, before: Sheet, after: Sheet, now: dict[str, str], gone: set[str]) -> dict[str, str]:
    """Return for the fingerprint of each row what it is now, empty where the row is no longer there."""
    refers = [column.form == "id" for column in before.table.columns]
    of_row: dict[tuple[str, ...], str] = {}
    for row, mark in zip(after.rows, _MARKED[name](after.rows), strict=True):
        of_row.setdefault(tuple(row), mark)
    out = {}
    for row, mark in zip(before.rows, _MARKED[name](before.rows), strict=True):
        cells = tuple(now.get(cell, cell) if told else cell for cell, told in zip(row, refers, strict=True))
        if cells != tuple(row) or row[0] in gone:
            out[mark] = of_row.get(cells, "")
    return out


def _relationships(connection: Connection, facts: Facts, now: dict[str, str]) -> dict[str, str]:
    """Return for each relationship that the merges touch the one it is now: its double, or empty for one to itself."""
    stored = connection.exec_driver_sql(
        "SELECT l.slug, s.slug, l.kind, o.slug, coalesce(l.starts_on, '') FROM relationship l "
        "JOIN record s ON s.id = l.subject_id JOIN record o ON o.id = l.object_id ORDER BY l.slug"
    ).all()
    there = {_tie(kind, subject, target, start): slug for slug, subject, kind, target, start in stored}
    known = {row[0] for row in stored}
    out = {}
    for row in facts.rows("relationships"):
        subject, target = (now.get(row[end], row[end]) for end in ("subject_id", "object_id"))
        if (subject, target) == (row["subject_id"], row["object_id"]):
            continue
        tie = _tie(row["kind"], subject, target, row["starts_on"])
        if subject == target:
            out[row["id"]] = ""
        elif there.setdefault(tie, row["id"]) != row["id"] and row["id"] not in known:
            out[row["id"]] = there[tie]
    return out


def _tie(kind: str, subject: str, target: str, start: str) -> tuple[str, ...]:
    ends = sorted((subject, target)) if kind in SYMMETRIC_RELATIONSHIPS else (subject, target)
    return (kind, *ends, start)
