"""An import thought through: every row compared with the base, every cell that cannot be taken told by its place."""

from sqlalchemy import Connection

from chipscape_db.commands.fields import NAME, Stored, check_order, stored
from chipscape_db.errors import N_, FactsError, Invalid
from chipscape_db.models.base import date_bounds
from chipscape_db.progress import QUIET, Progress
from chipscape_db.transfer.problems import Problem
from chipscape_db.transfer.tables.cells import is_blank, links_of
from chipscape_db.transfer.tables.mapping import LEAVE_OUT, NEW, Column, Mapping, check_mapping
from chipscape_db.transfer.tables.matching import SURE, Match, folded
from chipscape_db.transfer.tables.plan import CellChange, Plan, RowPlan, Writes
from chipscape_db.transfer.tables.raw import RawTable
from chipscape_db.transfer.tables.row_claims import RowClaims
from chipscape_db.transfer.tables.row_fields import RowFields, more_precise
from chipscape_db.transfer.tables.row_sources import RowSources
from chipscape_db.transfer.tables.row_texts import RowTexts
from chipscape_db.transfer.tables.stored import Stored as Base

MOST_PROBLEMS = 1000


def plan_import(
    connection: Connection,
    table: RawTable,
    mapping: Mapping,
    *,
    progress: Progress = QUIET,
) -> Plan:
    """Return what importing *table* would do to the base; nothing is written.

    Raises `Invalid` where the mapping does not fit the table, `Stopped` when it was cancelled.
    """
    check_mapping(mapping)
    for column in mapping.columns:
        if column.name not in table.header and column.role != "skip":
            template = N_("The table has no column '{column}'; it has {names}.")
            raise Invalid(template, field="columns", column=column.name, names=", ".join(table.header[:30]))
    planner = _Planner(connection, table, mapping)
    for index in progress.over(range(len(table.rows))):
        planner.row(index)
    return Plan(table.file, tuple(planner.rows), tuple(planner.problems), planner.count, planner.writes)


class _Planner:
    """Goes through the rows of one table."""

    def __init__(self, connection: Connection, table: RawTable, mapping: Mapping) -> None:
        self.table, self.mapping = table, mapping
        self.writes = Writes()
        self.rows: list[RowPlan] = []
        self.problems: list[Problem] = []
        self.count = 0
        self.stored = Base(connection)
        self.sources = RowSources(self.stored, mapping, table.file, self.writes)
        self.fields = RowFields(self.stored, mapping, self.writes, self.sources)
        self.claims = RowClaims(self.stored, mapping, table.file, self.writes)
        self.texts = RowTexts(self.stored, mapping, self.writes, self.sources)
        self.matcher = self.stored.matcher(mapping.kind)
        self.answers = dict(mapping.matches)
        self.at = {name: index for index, name in enumerate(table.header)}
        self.name = mapping.of("name")[0]
        self.key = next(iter(mapping.of("key")), None)
        self.seen: dict[str, int] = {}

    def row(self, index: int) -> None:
        """Plan one row."""
        line, cells = self.table.lines[index], self.table.rows[index]
        told = {
            column.name: cells[self.at[column.name]]
            for column in self.mapping.columns
            if column.role != "skip" and not is_blank(cells[self.at[column.name]])
        }
        for row, at in self.table.unread & {(index, at) for at in self.at.values()}:
            template = N_("the formula has no stored result; open the file in a spreadsheet program and save it.")
            if self.table.header[at] in {column.name for column in self.mapping.columns if column.role != "skip"}:
                self.problem(self.table.lines[row], self.table.header[at], template)
        try:
            name = str(stored(NAME, told.pop(self.name.name, "")))
        except Invalid:
            self.problem(line, self.name.name, N_("the row has no name, so it stays out."))
            self.rows.append(RowPlan(line, "", "left-out"))
            return
        match = self._match(name, told)
        answer = self.answers.get(name, "")
        if answer == LEAVE_OUT:
            self.rows.append(RowPlan(line, name, "left-out"))
        elif match is not None and match.confidence < SURE:
            template = N_("'{name}' may be {record}; say whether it is, is new, or stays out.")
            self.problem(line, self.name.name, template, name=name, record=match.name)
            self.rows.append(
                RowPlan(line, name, "unsure", match.slug, match.name, match.confidence, match.why)
            )  # fmt: skip
        elif match is None:
            self._add(line, name, told)
        else:
            self._compare(line, name, match, told)

    def problem(self, line: int, column: str, template: str, **params: object) -> None:
        """Note a problem of a cell."""
        self.count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self.table.file, line, column, template, params))

    def fault(self, line: int, column: str, fault: FactsError) -> None:
        """Note what was wrong with a cell as its problem."""
        self.problem(line, column, fault.template, **fault.params)

    def _match(self, name: str, told: dict[str, str]) -> Match | None:
        answer = self.answers.get(name, "")
        if answer == NEW:
            return None
        if answer and answer != LEAVE_OUT:
            found = self.matcher.by_slug(answer)
            if found is not None:
                return found
        key = told.get(self.key.name, "") if self.key is not None else ""
        added = self.stored.new_records.get((self.mapping.kind, folded(name)))
        if added:
            return Match(added, self.stored.slugs[added], name, 1.0, "id")
        return self.matcher.best(name, key=key)

    def _row_sources(self, told: dict[str, str]) -> dict[str, list[str]]:
        """Return the ids of the pages that the row links to, by the column they are in."""
        out = {}
        for column in self.mapping.of("source"):
            links = links_of(told.get(column.name, ""))
            out[column.name] = [self.sources.page(link, kind=column.source_kind) for link in links]
        return out

    def _add(self, line: int, name: str, told: dict[str, str]) -> None:
        values: dict[str, Stored] = {"name": name}
        changes: list[CellChange] = []
        for column in self.mapping.of("field"):
            if (text := told.get(column.name)) is None:
                continue
            try:
                values[column.field] = self.fields.value(column, text, line=line)
                check_order(values, touched=frozenset({column.field}))
            except FactsError as fault:
                values.pop(column.field, None)
                self.fault(line, column.name, fault)
                continue
            changes.append(CellChange(column.name, "set", column.field, "", self._shown(values[column.field])))
        missing = self.fields.missing(values)
        if missing:
            template = N_("a new record of this kind needs {fields}, so the row stays out.")
            self.problem(line, self.name.name, template, fields=", ".join(missing))
            self.rows.append(RowPlan(line, name, "left-out"))
            return
        slug = self._slug(name, told)
        identity = self.stored.new_id(self.mapping.kind, slug)
        self.stored.names[identity], self.stored.slugs[identity] = name, slug
        self.stored.new_records[self.mapping.kind, folded(name)] = identity
        self.seen[identity] = line
        kind = self.mapping.kind
        self.writes.insert("record", {"id": identity, "kind": kind, "slug": slug, "name": name})
        self.writes.insert(kind, self.fields.detail(identity, values))
        changes += self._rest(line, identity, told)
        self.rows.append(RowPlan(line, name, "new", slug, name, 1.0, "", tuple(changes)))

    def _slug(self, name: str, told: dict[str, str]) -> str:
        key = told.get(self.key.name, "") if self.key is not None else ""
        return self.stored.new_slug(key or name)

    def _compare(self, line: int, name: str, match: Match, told: dict[str, str]) -> None:
        first = self.seen.setdefault(match.record_id, line)
        if first != line:
            template = N_("row {row} speaks of {record} already, so this one stays out.")
            self.problem(line, self.name.name, template, row=first, record=match.name)
            self.rows.append(RowPlan(line, name, "left-out", match.slug, match.name, match.confidence, match.why))
            return
        changes: list[CellChange] = []
        row = self.stored.details(self.mapping.kind)[match.record_id]
        for column in self.mapping.of("field"):
            if (text := told.get(column.name)) is None:
                continue
            try:
                value = self.fields.value(column, text, line=line)
                changes += self._field(line, column, row, value, text, told)
            except FactsError as fault:
                self.fault(line, column.name, fault)
        changes += self._rest(line, match.record_id, told)
        does = any(change.what != "keep" for change in changes)
        status = "changed" if does else "same"
        self.rows.append(
            RowPlan(line, name, status, match.slug, match.name, match.confidence, match.why, tuple(changes))
        )  # fmt: skip

    def _field(
        self, line: int, column: Column, row: dict[str, object], value: Stored, text: str, told: dict[str, str]
    ) -> list[CellChange]:
        before = row[column.field]
        if value is None or before == value:
            return []
        old, new = self._shown(before), self._shown(value)
        rival = self.fields.rival_metric(column.field)
        if before and rival and self.mapping.update == "fill":
            if more_precise(str(value), str(before)) is False:
                return []
            claim = Column(column.name, "claim", metric=rival)
            change = self.claims.put_value(
                claim, str(value), printed=text, subject_id=str(row["id"]), line=line, **self._claimed_by(column, told)
            )
            return [CellChange(column.name, "rival-date", column.field, old, new)] if change else []
        if before and self.mapping.update == "fill":
            return [CellChange(column.name, "keep", column.field, old, new)]
        values = {name: row.get(name) for name in self.fields.fields} | {column.field: value}
        check_order(values, touched=frozenset({column.field}))  # type: ignore[arg-type]
        new_values: dict[str, object] = {column.field: value}
        if f"{column.field}_from" in row:
            low, high = date_bounds(str(value))
            new_values |= {f"{column.field}_from": low, f"{column.field}_to": high}
        row |= new_values
        self.writes.updates.append((self.mapping.kind, str(row["id"]), {column.field: value}))
        source = self._claimed_by(column, told)["source_id"]
        if self.mapping.kind != "source":
            place = f"{self.table.file}, row {line}, {column.name}"
            self.stored.cite(self.writes, str(row["id"]), source, locator=place, field=column.field)
        return [CellChange(column.name, "set", column.field, old, new)]

    def _claimed_by(self, column: Column, told: dict[str, str]) -> dict[str, str]:
        """Return the source that a value rests on: a link of its own column of links, of the row, or the table."""
        found = self._row_sources(told)
        own = found.get(column.source, [])
        pages = own or next((ids for name, ids in found.items() if ids and not self._is_special(name)), [])
        return {
            "source_id": pages[0] if pages else self.sources.table(),
            "by_way_of": self.sources.title if pages else "",
        }

    def _is_special(self, name: str) -> bool:
        """Say whether a column of links speaks of single columns only."""
        return any(column.source == name for column in self.mapping.columns)

    def _rest(self, line: int, identity: str, told: dict[str, str]) -> list[CellChange]:
        """Plan what hangs on the record: claims, other names, summaries and citations."""
        out: list[CellChange] = []
        for column in self.mapping.columns:
            text = told.get(column.name, "")
            try:
                if column.role == "claim" and text:
                    by = self._claimed_by(column, told)
                    change = self.claims.put(column, text, subject_id=identity, line=line, **by)
                    out += [change] if change else []
                elif column.role == "alias":
                    out += self.texts.aliases(column, identity, text)
                elif column.role == "summary":
                    out += self.texts.summary(column, identity, text)
            except FactsError as fault:
                self.fault(line, column.name, fault)
        if self.mapping.kind != "source":
            notes = [column.name for column in self.mapping.of("note") if column.name in told]
            quote, place = "\n".join(told[name] for name in notes), next(iter(notes), self.name.name)
            out += self.texts.citations(identity, self._row_sources(told), quote, line=line, column=place)
        return out

    def _shown(self, value: object) -> str:
        text = "" if value is None else str(value)
        return self.stored.names.get(text, text)
