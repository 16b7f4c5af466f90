"""Facts in CSV files held against the contract (`csv_contract`), all of it, before any of it is loaded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chipscape_db import vocabulary as words
from chipscape_db.errors import N_
from chipscape_db.transfer.csv_cells import Fault, cell_faults, is_plain_date, lies_after
from chipscape_db.transfer.csv_claims import claim_faults
from chipscape_db.transfer.csv_contract import (
    ALL_TABLES,
    CITED,
    DATES_IN_ORDER,
    EXTRA_TABLES,
    HOLDERS_OF_IDS,
    TABLES,
    USED_BEFORE_ANNOUNCED,
    Column,
)
from chipscape_db.transfer.csv_extras import rank_faults, text_faults
from chipscape_db.transfer.csv_kept import kept_faults
from chipscape_db.transfer.csv_read import Sheet, read_sheet
from chipscape_db.transfer.problems import BadFacts, Problem, Problems

Exceptions = set[tuple[str, str, str]]
"""(table, first cell of the row, column) of what may break a rule that is not grave."""


@dataclass(slots=True)
class Facts:
    """The sheets of a folder that met the contract, by name."""

    sheets: dict[str, Sheet]

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """Yield the rows of one sheet by the names of its columns."""
        header = self.sheets[name].table.header
        for row in self.sheets[name].rows:
            yield dict(zip(header, row, strict=True))


def check_folder(folder: Path) -> list[Problem]:
    """Return what is wrong with the CSV files in *folder*: the first hundred problems, and how many more."""
    return _read(folder)[1]


def read_facts(folder: Path) -> Facts:
    """Return the facts in *folder*; raise `BadFacts` when anything is wrong with any of them."""
    facts, problems = _read(folder)
    if problems:
        raise BadFacts(folder.name, problems)
    return facts


def _read(folder: Path) -> tuple[Facts, list[Problem]]:
    if not folder.is_dir():
        return Facts({}), [
            Problem(folder.name, 0, "", N_("there is no such folder; name one that holds the CSV files."))
        ]
    problems = Problems()
    sheets = {name: read_sheet(folder, table, problems) for name, table in TABLES.items()}
    sheets |= {name: read_sheet(folder, table, problems, optional=True) for name, table in EXTRA_TABLES.items()}
    check_sheets(sheets, problems, folder=folder)
    return Facts(sheets), problems.listed([sheet.table.file for sheet in sheets.values()])


def check_sheets(sheets: dict[str, Sheet], problems: Problems, *, folder: Path | None = None) -> Exceptions:
    """Hold well-formed sheets against every rule; return which exceptions they need of those that can be made.

    The bytes of copies of sources are checked where the *folder* that the sheets come from is given.
    """
    return _Check(sheets, problems, folder).run()


class _Check:
    """One pass over all sheets; rules about several files are skipped where one of those could not be read whole."""

    def __init__(self, sheets: dict[str, Sheet], problems: Problems, folder: Path | None) -> None:
        self.folder = folder
        self.sheets = sheets
        self.problems = problems
        self.needed: Exceptions = set()
        self.excepted: Exceptions = {(row[0], row[1], row[2]) for row in sheets["exceptions"].rows}
        self.holder: dict[str, tuple[str, int]] = {}
        self.header = {name: sheet.table.header for name, sheet in sheets.items()}

    def run(self) -> Exceptions:
        self._ids()
        for name, sheet in self.sheets.items():
            self._cells(name, sheet)
            self._repeats(name, sheet)
            self._dates(name, sheet)
        self._relationships()
        self._claims()
        self._citations()
        self._relays()
        self._statements()
        self._extras()
        return self.needed

    def report(self, name: str, index: int, column: str, fault: Fault) -> None:
        """Report a fault of a row unless an exception covers it."""
        sheet = self.sheets[name]
        if not fault.grave:
            place = (name, sheet.rows[index][0], column or "row")
            self.needed.add(place)
            if place in self.excepted:
                return
        self.problems.add(Problem(sheet.table.file, sheet.lines[index], column, fault.template, fault.params))

    def kind(self, identity: str) -> str:
        """Return the kind of record that an id belongs to; empty for none."""
        return words.KIND_OF_FILE.get(self.holder.get(identity, ("", 0))[0], "")

    def _ids(self) -> None:
        for name in HOLDERS_OF_IDS:
            sheet = self.sheets[name]
            for index, identity in enumerate(sheet.column("id")):
                if not identity:
                    continue
                first = self.holder.setdefault(identity, (name, index))
                if first != (name, index):
                    where = self.sheets[first[0]]
                    template = N_("'{id}' is the id of {file}:{row} already; ids are unique over all files.")
                    params = {"id": identity, "file": where.table.file, "row": where.lines[first[1]]}
                    self.report(name, index, "id", Fault(template, dict(params)))

    def _cells(self, name: str, sheet: Sheet) -> None:
        """Check each different value of a column once, then find the rows of the bad ones."""
        for at, column in enumerate(sheet.table.columns):
            bad: dict[str, list[Fault]] = {}
            for value in {row[at] for row in sheet.rows}:
                faults = [*cell_faults(column, value), *self._reference_faults(column, value)]
                if faults:
                    bad[value] = faults
            if bad:
                for index, row in enumerate(sheet.rows):
                    for fault in bad.get(row[at], ()):
                        self.report(name, index, column.name, fault)

    def _reference_faults(self, column: Column, value: str) -> Iterator[Fault]:
        if column.files and value and self.holder.get(value, ("", 0))[0] not in column.files:
            fault = self._not_found(value, column.files)
            if fault is not None:
                yield fault

    def _not_found(self, value: str, files: Iterable[str]) -> Fault | None:
        listed = ", ".join(TABLES[name].file for name in files)
        if value in self.holder:
            template = N_("'{id}' is in {file}; name an id of {files} here.")
            return Fault(template, {"id": value, "file": TABLES[self.holder[value][0]].file, "files": listed})
        if not all(self.sheets[name].whole for name in files):
            return None
        return Fault(N_("'{id}' is no id of {files}; mend it or add its row there."), {"id": value, "files": listed})

    def _repeats(self, name: str, sheet: Sheet) -> None:
        seen: dict[tuple[str, ...], int] = {}
        for index, row in enumerate(sheet.rows):
            first = seen.setdefault(tuple(row), index)
            if first != index:
                template = N_("the row says the same as row {row}; keep one of them.")
                grave = name not in ("claims", "citations")
                self.report(name, index, "", Fault(template, {"row": sheet.lines[first]}, grave=grave))

    def _dates(self, name: str, sheet: Sheet) -> None:
        header = sheet.table.header
        for first, second in DATES_IN_ORDER:
            if first not in header or second not in header:
                continue
            earlier, later = header.index(first), header.index(second)
            for index, row in enumerate(sheet.rows):
                if (
                    lies_after(row[earlier], row[later])
                    and row[0] not in USED_BEFORE_ANNOUNCED
                    and is_plain_date(row[earlier])
                    and is_plain_date(row[later])
                ):
                    template = N_("{later} lies before {column}, {earlier}; mend one of the two.")
                    params: dict[str, object] = {"later": row[later], "column": first, "earlier": row[earlier]}
                    self.report(name, index, second, Fault(template, params, grave=False))

    def _relationships(self) -> None:
        pairs: dict[tuple[str, ...], int] = {}
        for index, row in enumerate(self.sheets["relationships"].rows):
            identity, subject, kind, target = row[:4]
            self._ends(index, subject, kind, target)
            if kind in words.RELATIONSHIP_KINDS and identity != f"rel-{subject}-{kind}-{target}":
                template = N_("the id of this relationship is '{id}'; write it so.")
                fault = Fault(template, {"id": f"rel-{subject}-{kind}-{target}"}, grave=False)
                self.report("relationships", index, "id", fault)
            if kind in words.SYMMETRIC_RELATIONSHIPS:
                first = pairs.setdefault((kind, *sorted((subject, target))), index)
                other = self.sheets["relationships"].rows[first]
                if first != index and other[1] != subject:
                    template = N_("row {row} says the same in the other direction; keep one of them.")
                    params: dict[str, object] = {"row": self.sheets["relationships"].lines[first]}
                    self.report("relationships", index, "", Fault(template, params, grave=False))

    def _ends(self, index: int, subject: str, kind: str, target: str) -> None:
        ends = words.RELATIONSHIP_KINDS.get(kind)
        if ends is None:
            return
        for column, identity, allowed in (("subject_id", subject, ends.subjects), ("object_id", target, ends.objects)):
            found = self.kind(identity)
            if found and found not in (*allowed, "source"):  # a source is no end at all, said already
                template = N_("'{id}' is of kind {found}; at this end of {kind} stands one of {allowed}.")
                params: dict[str, object] = {
                    "id": identity,
                    "found": found,
                    "kind": kind,
                    "allowed": ", ".join(allowed),
                }
                self.report("relationships", index, column, Fault(template, params))
        if subject and subject == target:
            self.report("relationships", index, "object_id", Fault(N_("a relationship joins two different records.")))

    def _claims(self) -> None:
        for index, column, fault in claim_faults(self.sheets["claims"]):
            self.report("claims", index, column, fault)

    def _citations(self) -> None:
        citations = self.sheets["citations"]
        for index, row in enumerate(citations.rows):
            holder = self.holder.get(row[0], ("", 0))[0]
            if row[1] and holder in CITED and row[1] not in self.header[holder]:
                template = N_(
                    "{file} has no column '{field}'; name one of its columns, or none for the row as a whole."
                )
                params: dict[str, object] = {"file": TABLES[holder].file, "field": row[1]}
                self.report("citations", index, "field", Fault(template, params, grave=False))
        if not citations.whole:
            return
        cited = set(citations.column("subject_id"))
        for name in CITED:
            for index, row in enumerate(self.sheets[name].rows):
                if row[0] and row[0] not in cited:
                    fault = Fault(
                        N_("'{id}' has no citation; add a row to citations.csv."), {"id": row[0]}, grave=False
                    )
                    self.report(name, index, "id", fault)

    def _relays(self) -> None:
        sources = self.sheets["sources"]
        relays = dict(zip(sources.column("id"), sources.column("relays_id"), strict=True))
        relayed, settled = set(relays.values()), set[str]()
        for index, row in enumerate(sources.rows):
            chain, source = dict[str, None](), row[0]
            while source and source not in chain and source not in settled:
                chain[source] = None
                source = relays.get(source, "")
            if source in chain:
                circle = [*chain][[*chain].index(source) :]
                template = N_("the sources relay one another in a circle: {circle}; clear one of these cells.")
                at = self.holder[source][1] if source != row[0] and source in self.holder else index
                self.report("sources", at, "relays_id", Fault(template, {"circle": ", ".join(circle)}))
            settled.update(chain)
            if row[0].startswith("root-") and row[0] not in relayed and sources.whole:
                template = N_("no source relays '{id}', and 'root-' is for those known only so; rename it.")
                self.report("sources", index, "id", Fault(template, {"id": row[0]}, grave=False))

    def _statements(self) -> None:
        sheet, seen = self.sheets["seed_claims"], dict[str, int]()
        at = sheet.table.header.index("source_ids")
        for index, row in enumerate(sheet.rows):
            first = seen.setdefault(row[0], index)
            if first != index:
                template = N_("row {row} has the number {number} already; give each statement its own.")
                params: dict[str, object] = {"row": sheet.lines[first], "number": row[0]}
                self.report("seed_claims", index, "n", Fault(template, params))
            for source in row[at].split(";") if row[at] else ():
                if self.holder.get(source, ("", 0))[0] != "sources":
                    fault = self._not_found(source, ("sources",))
                    if fault is not None:
                        self.report("seed_claims", index, "source_ids", fault)

    def _extras(self) -> None:
        numbers = set(self.sheets["seed_claims"].column("n"))
        complete = all(self.sheets[name].whole for name in TABLES)
        for index, column, fault in text_faults(self.sheets["texts"], self.holder, numbers, complete=complete):
            self.report("texts", index, column, fault)
        for index, column, fault in rank_faults(self.sheets["ranks"], self.sheets["claims"]):
            self.report("ranks", index, column, fault)
        for name, index, column, fault in kept_faults(self.sheets, self.folder):
            self.report(name, index, column, fault)
        for index, row in enumerate(self.sheets["exceptions"].rows):
            if row[0] and row[0] not in ALL_TABLES:
                template = N_("'{file}' is not one of the files; write one of {files}.")
                params: dict[str, object] = {"file": row[0], "files": ", ".join(ALL_TABLES)}
                self.report("exceptions", index, "file", Fault(template, params))
