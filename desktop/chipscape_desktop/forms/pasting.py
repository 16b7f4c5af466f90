"""What a text pasted from a spreadsheet means for a table: columns, values, and what would happen to each row.

Pure functions that a worker thread runs; nothing is written here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from chipscape_db.commands.fields import Field
from chipscape_db.commands.happenings import DEFAULT_IMPORTANCE
from chipscape_db.commands.rows import Resting, RowEdit, try_rows
from chipscape_db.errors import N_, FactsError, FieldNames, Invalid
from chipscape_db.identity import new_id
from chipscape_db.queries.names import Names, Stored, names_for, stored_rows
from chipscape_db.transfer.csv_reader import csv_rows
from chipscape_desktop.field_words import english_label, field_label
from chipscape_desktop.forms.cell_editors import choices_of, fields_of
from chipscape_desktop.forms.table_index import folded

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Fate: TypeAlias = Literal["add", "change", "skip"]

SLUG: Final = "slug"
UNIT: Final = "unit"
_UNSAID: Final = {"event": {"importance": str(DEFAULT_IMPORTANCE)}}  # what a new row holds where nothing is said
_MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One pasted row: its cells by column, what they mean, and what would happen.

    `match_id` is the row of the table that it is the same as, or may be (`sure` is False); `doubles` the number of an
    earlier pasted row that it repeats, 0 for none. `changes` are the fields that differ from the match, as
    (before, after). `fate` is what happens unless somebody chooses otherwise.
    """

    number: int
    cells: Mapping[str, str]
    fields: Mapping[str, str] = field(default_factory=dict)
    match_id: str = ""
    match_name: str = ""
    sure: bool = True
    doubles: int = 0
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    faults: tuple[FactsError, ...] = ()
    fate: Fate = "add"


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What a pasted text would do to a table; `columns` says for each pasted column what it is, empty for nothing."""

    table: str
    cells: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    header: bool
    rows: tuple[PlannedRow, ...]

    def counts(self, fates: Mapping[int, Fate]) -> dict[str, int]:
        """Return how many rows would be added, changed and left out, and how many have faults."""
        told = {"add": 0, "change": 0, "skip": 0, "faults": 0}
        for row in self.rows:
            told["faults" if row.faults and fates[row.number] != "skip" else fates[row.number]] += 1
        return told

    def edits(self, fates: Mapping[int, Fate]) -> list[RowEdit]:
        """Return the edits that do it, with what somebody chose for each row."""
        out = []
        for row in self.rows:
            fate = fates[row.number]
            if fate == "add":
                out.append(RowEdit(row.number, new_id(), True, {**_UNSAID.get(self.table, {}), **row.fields}))
            elif fate == "change" and row.match_id and row.changes:
                told = {name: after for name, (_, after) in row.changes.items()}
                before = {name: before for name, (before, _) in row.changes.items()}
                out.append(RowEdit(row.number, row.match_id, False, told, before))
        return out


def read_cells(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of what a spreadsheet put on the clipboard; cells with line ends are in quotes there."""
    rows = csv_rows(text.replace("\r\n", "\n").replace("\r", "\n"), separator="\t")
    cells = [tuple(cell.strip() for cell in row) for row in rows]
    width = max((len(row) for row in cells), default=0)
    return tuple(row + ("",) * (width - len(row)) for row in cells if any(row))


def labels(table: str) -> dict[str, str]:
    """Return the fields of a table by everything that a heading may call them: stored, English, and as shown."""
    out: dict[str, str] = {}
    names = [one.name for one in fields_of(table)] + [SLUG]
    if table == "claim":
        names += ["subject_id", UNIT]
    for name in names:
        for label in (name, english_label(name), field_label(name)):
            out.setdefault(folded(label), name)
    return out


def guess_columns(table: str, cells: Sequence[Sequence[str]], shown: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Return what each pasted column is, and whether the first row names them.

    A row that names at least half of its columns is a heading; without one the columns are those *shown*, in order.
    """
    known, first = labels(table), cells[0] if cells else ()
    named = [known.get(folded(cell), "") for cell in first]
    filled = sum(1 for cell in first if cell)
    if filled and sum(1 for name in named if name) * 2 >= filled:
        return tuple(name if name not in named[:place] else "" for place, name in enumerate(named)), True
    writable = set(known.values())
    taken = [name if name in writable else "" for name in shown][: len(first)]
    return tuple(taken + [""] * (len(first) - len(taken))), False


def plan_paste(
    session: "Session",
    table: str,
    cells: tuple[tuple[str, ...], ...],
    columns: tuple[str, ...],
    header: bool,
    resting: Resting,
    lang: str,
) -> PastePlan:
    """Return what pasting would do, every row tried against the same rules as a form; nothing is written.

    Raises `Invalid` where there is too much to show.
    """
    body = cells[1:] if header else cells
    if len(body) > _MOST_ROWS:
        raise Invalid(
            N_("This has {count} rows; paste at most {most} at a time, or import a file."),
            count=len(body), most=_MOST_ROWS,
        )  # fmt: skip
    reader = _Reader(table, names_for(session, lang), lang)
    rows = [reader.read(number, dict(zip(columns, row, strict=True))) for number, row in enumerate(body, start=1)]
    rows = list(_matched(rows, table, stored_rows(session, table)))
    engine = session.get_bind()
    session.rollback()
    plan = PastePlan(table, cells, columns, header, tuple(rows))
    tried = plan.edits({row.number: "add" if row.fate == "skip" and not row.match_id else row.fate for row in rows})
    tried = [edit for edit in tried if not rows[edit.number - 1].faults]
    faults: dict[int, FactsError] = {
        one.number: one.error
        for one in try_rows(engine, table=table, rows=tried, resting=resting, lang=lang)  # type: ignore[arg-type]
    }
    return replace(
        plan,
        rows=tuple(replace(row, faults=(faults[row.number],)) if row.number in faults else row for row in rows),
    )


class _Reader:
    """Reads the cells of a row as the fields of a table."""

    def __init__(self, table: str, names: Names, lang: str) -> None:
        self._names, self._lang = names, lang
        self._fields = {one.name: one for one in fields_of(table)}
        if table == "claim":
            self._fields["subject_id"] = Field("subject_id", "record", required=True)
        self._words: dict[str, dict[str, str]] = {}
        self._table = table

    def read(self, number: int, cells: Mapping[str, str]) -> PlannedRow:
        """Return a row as it is understood, with what could not be."""
        told: dict[str, str] = {}
        faults: list[FactsError] = []
        cells = {name: cell for name, cell in cells.items() if name}
        for name, cell in cells.items():
            one = self._fields.get(name)
            if one is None or not cell:
                continue
            if name == "value" and cells.get(UNIT):
                cell = f"{cell} {cells[UNIT]}" if not cell.endswith(cells[UNIT]) else cell
            try:
                told[name] = self._understood(one, cell)
            except FactsError as fault:
                fault.field = name
                faults.append(fault)
        return PlannedRow(number, cells, told, faults=tuple(faults))

    def _understood(self, one: Field, cell: str) -> str:
        if one.form == "date":
            return self._date(cell)
        if one.form == "record":
            return self._record(one, cell)
        if one.name == "metric":
            return self._listed(one, cell, _metrics())
        if one.form in ("word", "country", "language"):
            return self._listed(one, cell, choices_of(one))
        return cell if one.form == "long" else " ".join(cell.split())

    def _date(self, cell: str) -> str:
        from chipscape_db.spoken_date import understand

        try:
            return str(understand(cell, self._lang))
        except FactsError:
            return str(understand(cell, "en" if self._lang != "en" else "fr"))

    def _listed(self, one: Field, cell: str, choices: Iterable[tuple[str, str]]) -> str:
        if one.name not in self._words:
            words: dict[str, str] = {}
            for stored, shown in choices:
                words[folded(stored)] = words[folded(shown)] = stored
            self._words[one.name] = words
        found = self._words[one.name].get(folded(cell))
        if found is None:
            raise Invalid(N_("'{text}' is not known here; choose one of the list in the form."), text=cell)
        return found

    def _record(self, one: Field, cell: str) -> str:
        ids = self._names.find(cell, one.refers_to)
        if not ids:
            raise Invalid(N_("No record is called '{text}'; add it first, or write its name as it is here."), text=cell)
        if len(ids) > 1:
            raise Invalid(N_("{count} records are called '{text}'; write the short name of one."),
                          text=cell, count=len(ids))  # fmt: skip
        return ids[0]


def _metrics() -> list[tuple[str, str]]:
    from chipscape_db.metrics import METRICS
    from chipscape_desktop.cell_text import metric_label

    return [(key, name) for key in METRICS for name in (metric_label(key), METRICS[key].label)]


def _matched(rows: Sequence[PlannedRow], table: str, stored: Stored) -> Iterable[PlannedRow]:
    """Yield the rows with what they are the same as, in the table or among themselves."""
    seen: dict[Any, int] = {}
    for row in rows:
        match_id, sure = stored.match(row.fields, row.cells.get(SLUG, ""))
        key = stored.key(row.fields)
        doubles = seen.setdefault(key, row.number) if key else row.number
        if match_id:
            now = stored.fields[match_id]
            changes = {
                name: (now.get(name, ""), text)
                for name, text in row.fields.items()
                if text != now.get(name, "") and not _same_value(table, name, text, row.fields, now)
            }
            known = bool(row.cells.get(SLUG)) and sure
            fate: Fate = "change" if known and changes else "skip"
            yield replace(
                row, match_id=match_id, match_name=stored.names[match_id], sure=sure, changes=changes, fate=fate
            )
        elif doubles != row.number:
            yield replace(row, doubles=doubles, fate="skip")
        else:
            yield row


def _same_value(table: str, name: str, text: str, fields: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Say whether a quantity written with its unit is the one stored."""
    if table != "claim" or name != "value":
        return False
    from chipscape_db.commands.claims import claim_value
    from chipscape_db.metrics import METRICS

    metric = METRICS.get(fields.get("metric", "") or now.get("metric", ""))
    if metric is None:
        return False
    try:
        return claim_value(text, metric, lang="en")[0] == now.get("value")
    except FactsError:
        return False


def fault_fields(row: PlannedRow) -> FieldNames:
    """Return the names of the fields that a row's faults are about."""
    return FieldNames(",".join(dict.fromkeys(fault.field or "" for fault in row.faults)))
