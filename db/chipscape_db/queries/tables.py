"""The tables of the facts screen: one per kind of record, one of relationships, one of claims; column by column."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import func, select

from chipscape_db.columns.size import is_large
from chipscape_db.commands.fields import CLAIM_FIELDS, RECORD_FIELDS, RELATIONSHIP_FIELDS, Field
from chipscape_db.filters import Filters
from chipscape_db.models import Citation, Claim, Record, Relationship
from chipscape_db.queries import Reader, within
from chipscape_db.queries.briefs import names_in, passing_among
from chipscape_db.queries.forms import MODEL_OF_KIND, names_of
from chipscape_db.vocabulary import RECORD_KINDS

TABLES: Final = (*RECORD_KINDS, "relationship", "claim")
"""The keys of the tables, in the order in which they are offered."""

CellForm: TypeAlias = Literal[
    "text", "word", "trust", "link", "metric", "date", "country", "language", "record", "number", "url"
]
_HIDDEN: Final = frozenset(
    {
        "architecture", "author", "condition", "family", "form_factor", "language", "licence", "locator", "note",
        "parent_id", "period", "relays_id", "repeats_id", "slug", "url", "website", "doi", "quote", "reliability",
    }
)  # fmt: skip


_PART: Final = 2_000
MOST_EVENTS: Final = 20_000
"""How many rows the table of very many events holds; nobody reads more, and a window would stand still over them."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: `form` says how a cell is shown and sorted; `shown` whether it is there until someone chooses."""

    name: str
    form: CellForm
    shown: bool = True
    editable: bool = False


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table, column by column: `cells[c][r]` is the text of row r, empty where nothing is said.

    Cells hold words, dates and numbers as stored and records by name. `days` gives for the date columns the earliest
    day each row may mean, `ids` the row's record, relationship or claim, `owners` what selecting the row selects
    beyond itself (a claim's subject). `translated` are the ids whose name is shown
    in the language asked for. `total` is the number of rows before the shared filters. `refers` gives for the columns
    that name a record its id, row by row. `partial` says that of very many rows only the most important are here.
    """

    key: str
    columns: tuple[TableColumn, ...]
    ids: tuple[str, ...]
    owners: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    days: dict[str, tuple[int | None, ...]]
    translated: frozenset[str]
    total: int
    refers: dict[str, tuple[str, ...]] = made_by(default_factory=dict)
    partial: bool = False

    def column(self, name: str) -> int:
        """Return the place of a column."""
        return next(place for place, column in enumerate(self.columns) if column.name == name)


def fact_table(
    session: Reader, key: str, *, filters: Filters, language: str, words: str = "", also: str = ""
) -> FactTable:
    """Return one of `TABLES`, of what passes the shared filters; sources are not filtered but by kind.

    Of very many events the table holds the most important ones whose names hold all *words*, and the one with the id
    *also*.
    """
    if key == "event" and is_large(session.connection()):
        return _foremost(session, filters, language, words=words, also=also)
    if key == "relationship":
        table = _relationships(session, language)
    elif key == "claim":
        table = _claims(session, language)
    else:
        table = _records(session, key, language)
    return _filtered(session, table, filters, language)


def _foremost(session: Reader, filters: Filters, language: str, *, words: str, also: str) -> FactTable:
    from chipscape_db.queries.event_passing import foremost_events

    found = foremost_events(session, filters, language=language, words=words, most=MOST_EVENTS)
    table = _records(session, "event", language, only=frozenset((*found.ids, also)))
    return replace(table, total=found.total, partial=True)


def _columns(fields: Iterable[Field], *, counted: Sequence[str]) -> tuple[TableColumn, ...]:
    forms: dict[str, CellForm] = {"long": "text", "count": "number", "quantity": "number", "doi": "text"}
    out = []
    for field in fields:
        form: CellForm = forms.get(field.form, field.form)  # type: ignore[arg-type]  # the other forms are the same
        if field.name == "metric":
            form = "metric"
        elif field.name == "importance":
            form = "number"
        elif field.name == "reliability":
            form = "trust"
        elif field.words and field.name == "kind":
            form = "link"
        out.append(TableColumn(field.name, form, field.name not in _HIDDEN, _is_editable(field)))
    out += [TableColumn(name, "number") for name in counted]
    return tuple(out)


def _is_editable(field: Field) -> bool:
    """Say whether a cell can be edited in place: what is one line, one word or one record."""
    return field.name not in ("metric", "repeats_id", "note") and field.form != "long"


def _all(session: Reader, query: Any) -> list[Any]:
    """Return every row of a query, fetched in small parts: one great fetch would hold up the other threads."""
    return [row for part in session.execute(query).partitions(_PART) for row in part]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _records(session: Reader, kind: str, language: str, *, only: frozenset[str] | None = None) -> FactTable:
    own, record = MODEL_OF_KIND[kind].__table__.c, Record.__table__.c
    fields = RECORD_FIELDS[kind]
    names = [field.name for field in fields if field.name != "name"]
    dates = [field.name for field in fields if field.form == "date"]
    query = (
        select(record.id, record.slug, record.name, *(own[name] for name in names), *(own[f"{d}_from"] for d in dates))
        .select_from(MODEL_OF_KIND[kind].__table__.join(Record.__table__, record.id == own.id))
        .order_by(record.name, record.id)
    )
    rows = _all(session, within(query, own.id, only))
    translated = names_in(session, language, only=only)
    refers = {place for place, field in enumerate(fields) if field.form == "record"}
    called = names_of(session, {row[place + 2] for row in rows for place in refers} - {None}, language=language)
    ids = tuple(row[0] for row in rows)
    columns = _columns(fields, counted=("citations", "claims") if kind != "source" else ("cited", "claims"))
    columns = (*columns, TableColumn("slug", "text", shown=False))
    cells: list[tuple[str, ...]] = [tuple(translated.get(row[0]) or _text(row[2]) for row in rows)]
    referring: dict[str, tuple[str, ...]] = {}
    for place in range(1, len(fields)):
        if place in refers:
            referring[fields[place].name] = tuple(_text(row[place + 2]) for row in rows)
            cells.append(tuple(called[value] if value else "" for value in referring[fields[place].name]))
        else:
            cells.append(tuple(_text(row[place + 2]) for row in rows))
    of_source = kind == "source"
    for count in (
        _counted(session, Citation.source_id if of_source else Citation.record_id, only),
        _counted(session, Claim.source_id if of_source else Claim.subject_id, only),
    ):
        cells.append(tuple(str(count[id_]) for id_ in ids))
    cells.append(tuple(row[1] for row in rows))
    first = 3 + len(names)
    days = {name: tuple(row[first + place] for row in rows) for place, name in enumerate(dates)}
    return FactTable(
        kind, columns, ids, ids, tuple(cells), days, frozenset(id_ for id_ in ids if id_ in translated), len(ids),
        referring,
    )  # fmt: skip


def _relationships(session: Reader, language: str) -> FactTable:
    link = Relationship.__table__.c
    subject, target = Record.__table__.alias().c, Record.__table__.alias().c
    query = (
        select(link.id, link.subject_id, link.kind, link.object_id, link.starts_on, link.ends_on, link.starts_on_from,
               link.ends_on_from, link.slug)
        .join(subject.id.table, subject.id == link.subject_id)
        .join(target.id.table, target.id == link.object_id)
        .order_by(subject.name, link.kind, target.name)
    )  # fmt: skip
    rows = _all(session, query)
    called = names_of(session, {id_ for row in rows for id_ in (row[1], row[3])}, language=language)
    cited = _counted(session, Citation.relationship_id)
    ids = tuple(row[0] for row in rows)
    columns = (*_columns(RELATIONSHIP_FIELDS, counted=("citations",)), TableColumn("slug", "text", shown=False))
    cells = (
        tuple(called[row[1]] for row in rows),
        tuple(row[2] for row in rows),
        tuple(called[row[3]] for row in rows),
        tuple(_text(row[4]) for row in rows),
        tuple(_text(row[5]) for row in rows),
        tuple(str(cited[id_]) for id_ in ids),
        tuple(row[8] for row in rows),
    )
    days = {"starts_on": tuple(row[6] for row in rows), "ends_on": tuple(row[7] for row in rows)}
    ends = tuple(f"{row[1]} {row[3]}" for row in rows)
    refers = {"subject_id": tuple(row[1] for row in rows), "object_id": tuple(row[3] for row in rows)}
    return FactTable("relationship", columns, ids, ends, cells, days, frozenset(), len(ids), refers)


def _claims(session: Reader, language: str) -> FactTable:
    from chipscape_db.metrics import METRICS

    claim = Claim.__table__.c
    names = [field.name for field in CLAIM_FIELDS]
    query = (
        select(claim.id, claim.subject_id, *(claim[name] for name in names), claim.rank, claim.period_from,
               claim.asserted_on_from)
        .join(Record.__table__, Record.__table__.c.id == claim.subject_id)
        .order_by(Record.__table__.c.name, claim.metric, claim.value)
    )  # fmt: skip
    rows = _all(session, query)
    source = 2 + names.index("source_id")
    called = names_of(session, {id_ for row in rows for id_ in (row[1], row[source])}, language=language)
    fields = _columns(CLAIM_FIELDS, counted=())
    unit = TableColumn("unit", "text")
    hidden = {"bound", "scope_count", "direction", "engine", "asserted_on"}
    fields = tuple(replace(column, shown=column.shown and column.name not in hidden) for column in fields)
    columns = (TableColumn("subject_id", "record"), *fields[:2], unit, *fields[2:], TableColumn("rank", "word"))
    cells: list[tuple[str, ...]] = [tuple(called[row[1]] for row in rows)]
    for place, name in enumerate(names, start=2):
        values = [row[place] for row in rows]
        cells.append(tuple(called[value] if name == "source_id" else _text(value) for value in values))
        if name == "value":
            cells.append(tuple(METRICS[row[2]].unit for row in rows))
    last = 2 + len(names)
    cells.append(tuple(row[last] for row in rows))
    days = {
        "period": tuple(row[last + 1] for row in rows),
        "asserted_on": tuple(row[last + 2] for row in rows),
    }
    ids = tuple(row[0] for row in rows)
    owners = tuple(row[1] for row in rows)
    refers = {"subject_id": owners, "source_id": tuple(row[source] for row in rows)}
    return FactTable("claim", columns, ids, owners, tuple(cells), days, frozenset(), len(ids), refers)


def _filtered(session: Reader, table: FactTable, filters: Filters, language: str) -> FactTable:
    """Keep the rows of records that pass the filters; of a relationship both ends must."""
    if not filters.active and filters.as_of is None:
        return table
    if table.key == "source":
        keep = [] if filters.kinds and "source" not in filters.kinds else list(range(len(table.ids)))
    else:
        owners = {one for owner in table.owners for one in owner.split()}
        passing = passing_among(session, owners, filters, language=language)
        keep = [row for row, owner in enumerate(table.owners) if all(one in passing for one in owner.split())]
    return table if len(keep) == len(table.ids) else _taken(table, keep)


def _taken(table: FactTable, rows: Sequence[int]) -> FactTable:
    def take(column: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(column[row] for row in rows)

    return replace(
        table,
        ids=take(table.ids),
        owners=take(table.owners),
        cells=tuple(take(column) for column in table.cells),
        days={name: take(column) for name, column in table.days.items()},
        refers={name: take(column) for name, column in table.refers.items()},
    )


def _counted(session: Reader, owner: Any, only: frozenset[str] | None = None) -> Counter[str]:
    query = select(owner, func.count()).where(owner.is_not(None)).group_by(owner)
    return Counter(dict(session.execute(within(query, owner, only)).all()))
