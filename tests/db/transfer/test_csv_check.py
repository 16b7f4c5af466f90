from collections.abc import Callable
from pathlib import Path

import pytest

from chipscape_db.metrics import METRICS
from chipscape_db.transfer.csv_check import check_folder
from chipscape_db.transfer.csv_contract import TABLES
from chipscape_db.transfer.csv_load import STARTER_FOLDER
from chipscape_db.transfer.problems import MOST_LISTED, Problem

Tables = dict[str, list[list[str]]]
Write = Callable[[Tables], Path]

README = (STARTER_FOLDER / "README.md").read_text(encoding="utf-8")


def change(tables: Tables, table: str, row: int, column: str, value: str) -> None:
    """Set one cell; *row* is the line in the file."""
    tables[table][row - 1][tables[table][0].index(column)] = value


def test_the_starter_facts_meet_the_contract() -> None:
    assert check_folder(STARTER_FOLDER) == []


def test_the_small_facts_meet_the_contract(small: Tables, write: Write) -> None:
    assert check_folder(write(small)) == []


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_headers_are_those_of_the_contract(table: object) -> None:
    assert f"| `{table.file}` | `{','.join(table.header)}` |" in README


def test_a_problem_reads_as_one_sentence_behind_its_place() -> None:
    problem = Problem("chips.csv", 12, "released_on", "'{value}' is not a date.", {"value": "2025-13"})
    assert str(problem) == "chips.csv:12: released_on: '2025-13' is not a date."


# (table, line, column, new value, where the problem is if not there: (table, line, column), what it says)
BROKEN_CELLS = [
    ("chips", 2, "name", "", None, "fill it in"),
    ("chips", 2, "summary_fr", "", None, "fill it in"),
    ("chips", 3, "designer_id", "", None, "fill it in"),
    ("policies", 2, "status", "", None, "one of in-force, superseded, rescinded, proposed"),
    ("chips", 2, "released_on", "2025-13", None, "'2025-13' is not a date; write 2025, 2025-06 or 2025-06-30"),
    ("chips", 2, "released_on", "2025-02-29", None, "is not a date"),
    ("chips", 2, "released_on", "2025~", None, "is not a date"),
    ("chips", 2, "released_on", "0000", None, "is not a date"),
    ("chips", 2, "released_on", "２０２５", None, "is not a date"),
    ("chips", 2, "released_on", "2023-12", None, "2023-12 lies before announced_on, 2024-01"),
    ("policies", 2, "effective_on", "2021", None, "lies before announced_on"),
    ("policies", 2, "ended_on", "2022-09-30", None, "lies before effective_on"),
    ("events", 2, "ends_on", "2024", None, "lies before starts_on"),
    ("events", 2, "starts_on", "", None, "fill it in"),
    ("chips", 2, "status", "sold", None, "'sold' is not known here; write one of announced, shipping"),
    ("organizations", 2, "kind", "firm", None, "write one of company"),
    ("sources", 3, "kind", "blog", None, "write one of official"),
    ("models", 2, "openness", "free", None, "or leave the cell empty"),
    ("models", 2, "modality", "sound", None, "write one of text"),
    ("software", 2, "layer", "driver", None, "write one of framework"),
    ("events", 2, "kind", "party", None, "write one of policy"),
    ("events", 2, "importance", "6", None, "write one of 1, 2"),
    ("event_participants", 2, "role", "star", None, "write one of actor"),
    ("relationships", 2, "kind", "draws", None, "write one of designs"),
    ("claims", 2, "stance", "said", None, "write one of stated"),
    ("claims", 2, "sparsity", "thin", None, "write one of dense, sparse"),
    ("claims", 2, "engine", "steam", None, "write one of matrix"),
    ("claims", 2, "scope", "city", None, "write one of die"),
    ("claims", 3, "direction", "up", None, "write one of both"),
    ("claims", 2, "bound", "near", None, "write one of about"),
    ("seed_claims", 2, "verdict", "true", None, "write one of supported"),
    ("chips", 2, "foundry_id", "nobody", None, "'nobody' is no id of organizations.csv"),
    ("chips", 2, "foundry_id", "b2", None, "'b2' is in chips.csv"),
    ("event_participants", 2, "entity_id", "s-one", None, "is in sources.csv"),
    ("claims", 2, "source_id", "zzz", None, "no id of sources.csv"),
    ("citations", 3, "source_id", "acme", None, "is in organizations.csv"),
    ("citations", 3, "field", "relaesed_on", None, "has no column"),
    ("aliases", 2, "record_id", "a0", None, "no id of"),
    ("seed_claims", 2, "source_ids", "s-one;zzz", None, "'zzz' is no id of sources.csv"),
    ("sources", 3, "url", "example.org", None, "is not an address"),
    ("organizations", 2, "website", "ftp://example.org", None, "is not an address"),
    ("sources", 3, "language", "english", None, "is not a language"),
    ("sources", 3, "language", "xx", None, "is not a language"),
    ("organizations", 2, "country", "cn", None, "is not a country"),
    ("organizations", 2, "country", "XX", None, "is not a country"),
    ("aliases", 2, "language", "eng", None, "is not a language"),
    ("seed_claims", 3, "n", "ten", None, "is not a whole number"),
    ("claims", 2, "scope_count", "0", None, "is not a whole number"),
    ("claims", 2, "scope_count", "9" * 30, None, "is not a whole number"),
    ("claims", 2, "scope", "", ("claims", 2, "scope_count"), "there is a count without a scope"),
    ("claims", 2, "metric", "compute.fp12", None, "is not a known metric"),
    ("claims", 2, "unit", "TOPS", None, "compute.fp16 is in TFLOPS"),
    ("claims", 4, "unit", "GB", None, "memory.type has no unit"),
    ("claims", 2, "value", "1,000", None, "is not a plain number"),
    ("claims", 2, "value", "320.0", None, "is not a plain number"),
    ("claims", 2, "value", "-1", None, "is not a plain number"),
    ("claims", 2, "value", "nan", None, "is not a plain number"),
    ("claims", 2, "value", "1e+999", None, "too large"),
    ("claims", 5, "sparsity", "dense", None, "org.revenue has no sparsity"),
    ("claims", 5, "engine", "matrix", None, "org.revenue has no engine"),
    ("claims", 3, "direction", "", None, "a link needs its direction"),
    ("claims", 2, "direction", "both", None, "compute.fp16 has no direction"),
    ("claims", 2, "period", "2025", None, "compute.fp16 has no period"),
    ("claims", 5, "period", "2025-06/2025-01", None, "is not a period"),
    ("claims", 5, "period", "../..", None, "is not a period"),
    ("events", 2, "title_en", "t" * 71, None, "has 71 characters; shorten it to 70"),
    ("models", 2, "summary_en", "s" * 301, None, "has 301 characters; shorten it to 300"),
    ("models", 2, "summary_en", "It’s a model.", None, "stray or typographic"),
    ("models", 2, "summary_en", "A  model.", None, "stray or typographic"),
    ("models", 2, "summary_en", "A model. ", None, "stray or typographic"),
    ("models", 2, "summary_fr", "Modèle\u202f: un.", None, "stray or typographic"),
    ("models", 2, "summary_fr", "Mod\x1bèle", None, "stray or typographic"),
    ("sources", 2, "relays_id", "root-two", None, "in a circle: root-two"),
    ("sources", 2, "relays_id", "s-one", None, "in a circle: root-two, s-one"),
    ("relationships", 2, "id", "rel-acme-makes-a1", ("relationships", 2, "id"), "is 'rel-acme-designs-a1'"),
]


@pytest.mark.parametrize(("table", "line", "column", "value", "where", "says"), BROKEN_CELLS)
def test_one_broken_cell_is_one_problem_in_its_place(
    small: Tables,
    write: Write,
    table: str,
    line: int,
    column: str,
    value: str,
    where: tuple[str, int, str] | None,
    says: str,
) -> None:
    change(small, table, line, column, value)
    if column == "id":  # what cites it goes along
        for row in small["citations"]:
            row[0] = row[0].replace("rel-acme-designs-a1", value)
        small["citations"].sort(key=lambda row: (row[0] != "subject_id", row))
    problems = check_folder(write(small))
    place = where or (table, line, column)
    assert [(one.file, one.row, one.column) for one in problems] == [(f"{place[0]}.csv", *place[1:])]
    assert says in str(problems[0])


# (table, rows put in before which line, row, where, what it says)
ADDED_ROWS = [
    ("chips", 4, "b2,Bis,acme,,,,,,,,Text.,Texte.", (4, "id"), "'b2' is the id of chips.csv:3 already"),
    ("sectors", 3, "soft,Soft,Doux,Text.,Texte.", (3, "id"), "'soft' is the id of software.csv:2 already"),
    ("sectors", 2, "energy,Energy,Énergie,Power.,Courant.", (2, "id"), "'energy' has no citation"),
    ("sources", 3, "root-z,Third,,,,,press,,,", (3, "id"), "no source relays 'root-z'"),
    ("aliases", 4, "acme,Acme Inc.,", (4, ""), "the same as row 3"),
    ("aliases", 4, "a1,Alpha,", (4, ""), "out of order"),
    ("seed_claims", 4, "9,One.,Un.,supported,s-one,Yes.,Oui.", (4, ""), "out of order"),
    ("seed_claims", 4, "10,One.,Un.,supported,s-one,Yes.,Oui.", (4, "n"), "row 3 has the number 10 already"),
    ("claims", 3, "a1,compute.fp16,320,TFLOPS,dense,matrix,board,1,,about,,,stated,s-one,p. 2,", (3, ""), "row 2"),
    ("citations", 3, "a1,,s-one,", (3, ""), "the same as row 2"),
    ("aliases", 4, "bolt,One", (4, ""), "2 cells instead of 3"),
    ("aliases", 4, "bolt,One,en,", (4, ""), "4 cells instead of 3"),
]


@pytest.mark.parametrize(("table", "line", "row", "where", "says"), ADDED_ROWS)
def test_one_bad_row_is_one_problem_in_its_place(
    small: Tables, write: Write, table: str, line: int, row: str, where: tuple[int, str], says: str
) -> None:
    small[table].insert(line - 1, row.split(","))
    problems = check_folder(write(small))
    assert [(one.file, one.row, one.column) for one in problems] == [(f"{table}.csv", *where)]
    assert says in str(problems[0])


def _relate(small: Tables, subject: str, kind: str, target: str) -> int:
    row = [f"rel-{subject}-{kind}-{target}", subject, kind, target, "", "", "So.", "Oui."]
    small["relationships"][1:] = sorted([*small["relationships"][1:], row])
    small["citations"][1:] = sorted([*small["citations"][1:], [row[0], "", "s-one", ""]])
    return small["relationships"].index(row) + 1


@pytest.mark.parametrize(
    ("subject", "kind", "target", "column", "says"),
    [
        ("a1", "designs", "b2", "subject_id", "at this end of designs stands one of organization"),
        ("acme", "designs", "bolt", "object_id", "stands one of chip"),
        ("bolt", "partners-with", "acme", "", "the same in the other direction"),
        ("a1", "succeeds", "a1", "object_id", "two different records"),
        ("s-one", "designs", "a1", "subject_id", "'s-one' is in sources.csv"),
    ],
)
def test_a_wrong_relationship_is_one_problem(
    small: Tables, write: Write, subject: str, kind: str, target: str, column: str, says: str
) -> None:
    line = _relate(small, subject, kind, target)
    problems = check_folder(write(small))
    assert [(one.file, one.row, one.column) for one in problems] == [("relationships.csv", line, column)]
    assert says in str(problems[0])


def test_every_metric_with_its_unit_is_accepted(small: Tables, write: Write) -> None:
    small["claims"][1:] = sorted(
        [
            "b2",
            key,
            "2025" if metric.is_date else "1",
            metric.unit,
            *[""] * 4,
            "unsaid" if metric.is_link else "",
            *[""] * 3,
            "stated",
            "s-one",
            "",
            "",
        ]
        for key, metric in METRICS.items()
    )
    assert check_folder(write(small)) == []


def test_text_may_hold_anything_else(small: Tables, write: Write) -> None:
    for line, text in enumerate(('=1+1 "quoted", 盘古', "שלום\nעולם 🎉 ;|"), start=2):
        change(small, "chips", line, "summary_en", text)
    assert check_folder(write(small)) == []


def _raw(change_bytes: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        data = change_bytes(path.read_bytes())
        path.unlink() if data is None else path.write_bytes(data)

    return spoil


HOSTILE = [
    (lambda data: None, 0, "the file is missing"),
    (lambda data: b"", 1, "this is not the header"),
    (lambda data: b"\xef\xbb\xbf" + data, 1, "byte order mark"),
    (lambda data: data.replace(b"\n", b"\r\n"), 1, "carriage return"),
    (lambda data: data.rstrip(b"\n"), 3, "the last line has no end"),
    (lambda data: data.replace("é".encode(), b"\xe9").replace(b"Acme", b"Acm\xe9"), 3, "not UTF-8"),
    (lambda data: bytes(range(256)) * 100, 1, "NUL"),
    (lambda data: b"\x89PNG\r\n\x1a\n" + b"\xff" * 1000, 1, "not UTF-8"),
    (lambda data: data + b"b2,a\0b,\n", 4, "NUL"),
    (lambda data: data + b"b2," + b"x" * 1_000_000 + b"\n", 4, "2 cells instead of 3"),
    (lambda data: data + b'b2,"' + b'""' * 500_000 + b"\n", 4, "the quotes do not match"),
    (lambda data: data + b'b2,"open,\n', 4, "the quotes do not match"),
    (lambda data: data + b'b2,"a"b,\n', 4, "the quotes do not match"),
    (lambda data: data + b'b2,a "b",\n', 4, "the quotes do not match"),
    (lambda data: data + b"\n", 4, "0 cells instead of 3"),
    (lambda data: data.replace(b"alias,", b"name,", 1), 1, "write record_id,alias,language"),
]


@pytest.mark.parametrize(("spoil", "row", "says"), HOSTILE)
def test_a_hostile_file_is_one_problem(
    small: Tables, write: Write, spoil: Callable[[bytes], bytes | None], row: int, says: str
) -> None:
    folder = write(small)
    _raw(spoil)(folder / "aliases.csv")
    problems = check_folder(folder)
    assert [(one.file, one.row, one.column) for one in problems] == [("aliases.csv", row, "")]
    assert says in str(problems[0])


def test_an_unreadable_file_does_not_make_all_that_refers_to_it_wrong(small: Tables, write: Write) -> None:
    folder = write(small)
    (folder / "sources.csv").write_bytes(b"\xff")
    assert [problem.file for problem in check_folder(folder)] == ["sources.csv"]


def test_a_folder_where_a_file_should_be_is_a_problem(small: Tables, write: Write) -> None:
    folder = write(small)
    (folder / "chips.csv").unlink()
    (folder / "chips.csv").mkdir()
    assert [problem.file for problem in check_folder(folder)] == ["chips.csv"]


def test_an_empty_folder_misses_every_file(tmp_path: Path) -> None:
    assert [problem.file for problem in check_folder(tmp_path)] == [table.file for table in TABLES.values()]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert "no such folder" in str(check_folder(tmp_path / "none")[0])


def test_a_hundred_problems_are_listed_and_the_rest_counted(small: Tables, write: Write) -> None:
    small["aliases"] += [["nobody", f"Name {number:04}", ""] for number in range(350)]
    problems = check_folder(write(small))
    assert len(problems) == MOST_LISTED + 1
    assert str(problems[-1]) == "250 more problems are not listed; mend these first and check again."


def test_a_sentence_about_hostile_text_stays_short_and_printable(small: Tables, write: Write) -> None:
    change(small, "chips", 2, "released_on", "\x1b[31m" + "9" * 10_000)
    said = " ".join(map(str, check_folder(write(small))))
    assert len(said) < 500
    assert "\x1b" not in said


def test_an_exception_covers_its_row_and_column_only(small: Tables, write: Write) -> None:
    change(small, "chips", 2, "summary_fr", "")
    change(small, "chips", 3, "summary_fr", "")
    small["exceptions"] = [["file", "id", "column"], ["chips", "a1", "summary_fr"]]
    problems = check_folder(write(small))
    assert [(one.file, one.row, one.column) for one in problems] == [("chips.csv", 3, "summary_fr")]


def test_no_exception_covers_what_the_base_cannot_hold(small: Tables, write: Write) -> None:
    change(small, "chips", 2, "released_on", "soon")
    small["exceptions"] = [["file", "id", "column"], ["chips", "a1", "released_on"]]
    assert [one.column for one in check_folder(write(small))] == ["released_on"]


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("texts", "nobody,name,de,Name", "id"),
        ("texts", "a1,note,de,Name", "field"),
        ("texts", "a1,name,German,Name", "language"),
        ("texts", "a1,summary,fr,Carte", "language"),
        ("ranks", "no-claim,,preferred,Because,", "claim"),
        ("exceptions", "ships,a1,name", "file"),
    ],
)
def test_the_further_files_have_rules_too(small: Tables, write: Write, table: str, row: str, column: str) -> None:
    header = {"texts": "id,field,language,text", "ranks": "claim,asserted_on,rank,rank_reason,repeats"}
    small[table] = [header.get(table, "file,id,column").split(","), row.split(",")]
    assert [(one.file, one.row, one.column) for one in check_folder(write(small))] == [(f"{table}.csv", 2, column)]
