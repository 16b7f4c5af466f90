"""A foreign table comes in as claims with their sources, once; every value leads back to its cell."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.checks import check_base
from chipscape_db.commands.records import rename_record
from chipscape_db.errors import Invalid
from chipscape_db.models import Base
from chipscape_db.progress import Progress, Stopped
from chipscape_db.reverting import undo
from chipscape_db.transfer.tables.importing import import_table
from chipscape_db.transfer.tables.mapping import Mapping
from chipscape_db.transfer.tables.plan import Plan
from chipscape_db.transfer.tables.planning import plan_import
from chipscape_db.transfer.tables.reading import read_table
from chipscape_db.transfer.tables.suggestion import suggest_mapping

CLAIMS = """SELECT r.slug, c.metric, c.value, s.url, c.locator, c.note FROM claim c JOIN record r ON r.id = c.subject_id
JOIN source s ON s.id = c.source_id"""


def facts(engine: Engine, sql: str) -> list[tuple]:
    """Return the rows of a query."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql).all()]


def bring(engine, path, mapping: Mapping | None = None):
    table = read_table(path)
    return import_table(engine, author="Ada", table=table, mapping=mapping or suggest_mapping(table))


def everything(engine) -> dict[str, list[str]]:
    kept = set(Base.metadata.tables) - {"change", "changeset", "property"}
    return {name: sorted(map(repr, facts(engine, f'SELECT * FROM "{name}"'))) for name in kept}


def preview(engine, path, mapping: Mapping | None = None) -> Plan:
    table = read_table(path)
    with engine.connect() as connection:
        return plan_import(connection, table, mapping or suggest_mapping(table))


def test_two_hundred_accelerators_come_in_with_their_sources(engine, put, hardware) -> None:
    rows = hardware.rows()
    path = put("hardware.csv", hardware.as_text(rows))
    before = everything(engine)
    summary, plan = bring(engine, path)
    assert plan.problem_count == 0
    assert plan.counts["new"] + plan.counts["changed"] == len(rows)
    claims = {
        (row[0], row[1], row[4]): row for row in facts(engine, CLAIMS) if (row[4] or "").startswith("hardware.csv")
    }
    told = {row.line: row for row in plan.rows}
    for line, cells in enumerate(rows, 2):
        cell = dict(zip(hardware.HEADER, cells, strict=True))
        for column, metric, factor in (
            ("Memory bandwidth (byte/s)", "memory.bandwidth", 1e9),
            ("Memory size per board (Byte)", "memory.capacity", 1e9),
            ("Tensor-FP16/BF16 performance (FLOP/s)", "compute.fp16", 1e12),
            ("Transistors (millions)", "die.transistors", 1e3),
            ("TDP (W)", "power.tdp", 1),
        ):
            found = claims.get((told[line].record, metric, f"hardware.csv, row {line}, {column}"))
            assert (found is not None) == bool(cell[column])
            if found is not None:
                assert float(found[2]) == pytest.approx(float(cell[column]) / factor)
                assert found[3] == cell["Link to datasheet"].split("\n")[0]
        if cell["Release price (USD)"]:
            price = claims[told[line].record, "price", f"hardware.csv, row {line}, Release price (USD)"]
            assert price[3] == cell["Source for the price"].split(" ")[0]
            assert price[2] == cell["Release price (USD)"].replace("$", "").replace(",", "").lstrip("0")
    quotes = facts(engine, "SELECT quote FROM citation WHERE quote LIKE 'Row 4:%'")
    assert quotes == [(rows[4][hardware.HEADER.index("Notes")],)]
    with Session(engine) as session:
        assert check_base(session) == []
    assert undo(engine, author="Ada").action == "import"
    assert everything(engine) == before
    assert summary is not None


def test_a_second_import_changes_nothing(engine, put, hardware) -> None:
    path = put("hardware.csv", hardware.as_text(hardware.rows(40)))
    assert bring(engine, path)[0] is not None
    summary, plan = bring(engine, path)
    assert summary is None
    assert plan.does_nothing
    assert plan.counts["same"] == 40


def test_a_corrected_table_updates_and_does_not_duplicate(engine, put, hardware) -> None:
    rows = hardware.rows(12)
    bring(engine, put("hardware.csv", hardware.as_text(rows)))
    count = facts(engine, "SELECT count(*) FROM claim")
    tdp = hardware.HEADER.index("TDP (W)")
    rows[7][tdp] = "555"
    rows.insert(0, rows.pop())
    _, plan = bring(engine, put("hardware.csv", hardware.as_text(rows)))
    assert facts(engine, "SELECT count(*) FROM claim") == count
    assert plan.counts["new"] == 0
    changed = {(change.field, change.after) for row in plan.rows for change in row.changes if change.before}
    assert ("power.tdp", "555 W") in changed
    places = facts(engine, "SELECT locator FROM claim WHERE metric = 'power.tdp' AND value = '555'")
    assert places == [("hardware.csv, row 10, TDP (W)",)]


def test_a_record_that_was_renamed_is_still_known(engine, put, hardware) -> None:
    path = put("hardware.csv", hardware.as_text(hardware.rows(8)))
    bring(engine, path)
    (chip,) = facts(engine, "SELECT id FROM record WHERE slug = 'test-accelerator-x007'")
    rename_record(engine, author="Ada", record_id=chip[0], name="Something else")
    assert bring(engine, path)[0] is None


def test_the_same_table_as_a_workbook_says_the_same(engine, put, tmp_path, hardware) -> None:
    rows = hardware.rows(10)
    bring(engine, put("hardware.csv", hardware.as_text(rows)))
    book = Workbook()
    book.active.append(list(hardware.HEADER))
    for row in rows:
        book.active.append([float(cell) if cell.replace(".", "").isdecimal() else cell for cell in row])
    book.save(tmp_path / "hardware.xlsx")
    _, plan = bring(engine, tmp_path / "hardware.xlsx")
    assert plan.problem_count == 0
    values = [change for row in plan.rows for change in row.changes if change.what == "claim"]
    assert not [change for change in values if change.before != change.after]
    assert plan.counts["new"] == 0


def test_problems_name_row_and_column_and_the_rest_comes_in(engine, put) -> None:
    path = put(
        "t.csv",
        "Name,Manufacturer,TDP (W),Release date\n"
        "Chip one,Nobody Known,300,2024-05\n"
        "Chip two,Nvidia,lots,soon\n"
        ",Nvidia,300,2024\n"
        "Ascend 910b,Huawei,310,2019\n"
        "ASCEND-910B,Huawei,320,2019\n"
        "Chip three,Nvidia,300,2024\nChip four,Nvidia,300,2024\nChip five,Nvidia,300,2024\n",
    )
    plan = preview(engine, path)
    assert [(one.row, one.column) for one in plan.problems] == [
        (2, "Manufacturer"), (3, "Release date"), (3, "TDP (W)"), (4, "Name"), (6, "Name"),
    ]  # fmt: skip
    assert [row.status for row in plan.rows][:5] == ["new", "new", "left-out", "changed", "left-out"]
    assert "row 5 speaks of" in str(plan.problems[-1])


def test_missing_organizations_are_added_when_asked(engine, put) -> None:
    table = read_table(
        put("t.csv", "Name,Manufacturer,TDP (W)\nChip one,Nobody Known,300\nChip two,Nobody known,400\n")
    )
    mapping = suggest_mapping(table)
    mapping = replace(
        mapping,
        columns=tuple(replace(one, missing="add") if one.field == "designer_id" else one for one in mapping.columns),
    )
    _, plan = import_table(engine, author="Ada", table=table, mapping=mapping)
    assert plan.problem_count == 0
    made = facts(
        engine,
        "SELECT r.name, o.name FROM chip c JOIN record r ON r.id = c.id JOIN record o ON o.id = c.designer_id "
        "WHERE o.name LIKE 'Nobody%' ORDER BY 1",
    )
    assert made == [("Chip one", "Nobody Known"), ("Chip two", "Nobody Known")]
    with Session(engine) as session:
        assert check_base(session) == []


def test_an_unsure_row_waits_for_an_answer_that_the_mapping_keeps(engine, put) -> None:
    path = put("t.csv", "Name,TDP (W)\nAscent 910B,300\nOther chip,1\n")
    plan = preview(engine, path)
    assert (plan.rows[0].status, plan.rows[0].record) == ("unsure", "ascend-910b")
    assert plan.rows[0].confidence < 0.8
    mapping = suggest_mapping(read_table(path))
    for answer, status in (("ascend-910b", "changed"), ("new", "new"), ("leave-out", "left-out")):
        assert preview(engine, path, mapping.with_match("Ascent 910B", answer)).rows[0].status == status


def test_a_date_that_differs_is_claimed_beside_and_not_overwritten(engine, put) -> None:
    path = put("t.csv", "Name,Release date\nAscend 910B,2031-01-02\nOther one,2024\n")
    before = facts(engine, "SELECT released_on FROM chip JOIN record USING (id) WHERE slug = 'ascend-910b'")
    bring(engine, path, replace(suggest_mapping(read_table(path)), kind="chip"))
    assert facts(engine, "SELECT released_on FROM chip JOIN record USING (id) WHERE slug = 'ascend-910b'") == before
    assert facts(
        engine, "SELECT value, locator FROM claim WHERE metric = 'date.released-on' AND value = '2031-01-02'"
    ) == [("2031-01-02", "t.csv, row 2, Release date")]


def test_formulas_stay_text_and_are_told(engine, put) -> None:
    plan = preview(engine, put("t.csv", 'Name,TDP (W),Price (USD)\nA,=2+3,1\n"=cmd|x",300,2\nB,400,3\nC,500,4\n'))
    assert [(one.row, one.column) for one in plan.problems] == [(2, "TDP (W)")]
    assert plan.rows[1].name == "=cmd|x"


def test_a_mapping_that_does_not_fit_is_told(engine, put) -> None:
    path = put("t.csv", "Name,TDP (W)\nA,300\n")
    mapping = suggest_mapping(read_table(path))
    with pytest.raises(Invalid, match="has no column 'Name'"):
        preview(engine, put("u.csv", "Title,TDP (W)\nA,300\n"), mapping)


def test_a_cancelled_import_writes_nothing(engine, put, hardware) -> None:
    table = read_table(put("hardware.csv", hardware.as_text(hardware.rows())))
    before, asked = everything(engine), []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Stopped):
        import_table(engine, author="Ada", table=table, mapping=suggest_mapping(table), progress=Progress(stop))
    assert everything(engine) == before


CELL = st.one_of(
    st.sampled_from(["", "-", "300", "1.5e3", "80 GB", "Nvidia", "2024-05", "=1", "https://a.org/x", "Ascend 910B"]),
    st.text(max_size=10),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=6))
def test_any_table_comes_in_once_and_goes_again(starter_copy, put, rows, hardware) -> None:
    base = open_base(starter_copy)
    try:
        header = ("Name", "Manufacturer", "TDP (W)", "Release date", "Link")
        path = put("any.csv", hardware.as_text([list(row) for row in rows], header=header))
        table = read_table(path, header_row=1, encoding="utf-8", separator=",")
        mapping = replace(suggest_mapping(table, kind="chip"), header_row=1)
        before = everything(base.engine)
        summary, _ = import_table(base.engine, author="Ada", table=table, mapping=mapping)
        again, _ = import_table(base.engine, author="Ada", table=table, mapping=mapping)
        assert again is None
        if summary is not None:
            undo(base.engine, author="Ada")
        assert everything(base.engine) == before
    finally:
        base.close()
