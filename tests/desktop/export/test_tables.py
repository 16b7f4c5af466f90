"""The data of figures as CSV and XLSX, with their sources; and every figure in every format that it offers."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.errors import Invalid
from chipscape_desktop.export.formats import FORMATS, TABLE_FORMATS, suffixes_of
from chipscape_desktop.export.jobs import ExportJob, export_figure
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.table_csv import render_csv
from chipscape_desktop.export.table_xlsx import render_xlsx, sheets_of
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.spec import Caption, SourceNote
from chipscape_desktop.figures.timeline import FIGURE

TABLE = Table(
    ("Name", "Date", "Value (TFLOPS)", "Sources"),
    (("A & <B>", "June 2023", "1,234.5", "1"), ("昇腾", "", "", "2")),
    ((None, 19509.0, 1234.5, None), (None, None, None, None)),
    (Ref("record", ("a",)), Ref("record", ("b",))),
    frozenset((1,)),
)
CAPTION = Caption(
    "Speed",
    "TFLOPS",
    notes=("One is missing.",),
    sources=(SourceNote(1, "x", "Maker, page", "https://a.example/?b&c"),),
)
CAPSULE = Capsule("speed", (("metric", "compute.fp16"),), "facts.chipscape")


def sheet(content: bytes, number: int) -> list[list[str]]:
    book = load_workbook(io.BytesIO(content), data_only=False)
    rows = book.worksheets[number - 1].iter_rows(values_only=True)
    return [["" if value is None else str(value) for value in row] for row in rows]


def test_csv_has_plain_numbers_and_its_sources() -> None:
    rows = list(csv.reader(io.StringIO(render_csv(TABLE, CAPTION, CAPSULE).decode("utf-8-sig"))))
    assert rows[:4] == [list(TABLE.columns), ["A & <B>", "June 2023", "1234.5", "1"], ["昇腾", "", "", "2"], []]
    assert ["Note", "One is missing."] in rows
    assert ["Source 1", "Maker, page", "https://a.example/?b&c"] in rows
    assert Capsule.from_json(rows[-1][1]).figure == "speed"


def test_a_workbook_has_data_sources_and_what_it_was_made_from() -> None:
    content = render_xlsx(TABLE, CAPTION, CAPSULE)
    assert content == render_xlsx(TABLE, CAPTION, CAPSULE)
    assert sheet(content, 1) == [list(TABLE.columns), ["A & <B>", "June 2023", "1234.5", "1"], ["昇腾", "", "", "2"]]
    assert sheet(content, 2)[1] == ["1", "Maker, page", "https://a.example/?b&c"]
    assert sheet(content, 3)[0][0] == "Speed"
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Data", "Sources", "About"]
    assert isinstance(book["Data"]["C2"].value, float)
    assert book["Data"].freeze_panes == "A2"
    assert book.properties.title == "Speed"


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    table = Table(("Name",), (("=1+1",), ("https://a.example",)), ((None,), (None,)), (Ref("record", ("a",)),) * 2)
    cells = load_workbook(io.BytesIO(render_xlsx(table, CAPTION, CAPSULE)))["Data"]
    assert (cells["A2"].value, cells["A2"].data_type) == ("=1+1", "s")
    assert cells["A3"].hyperlink is None


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", catalog.names())
def test_every_figure_is_written_in_every_format_it_offers(name: str, starter: Path, tmp_path: Path) -> None:
    figure, request = catalog.figure(name), Request()
    assert set(suffixes_of(figure)) == {*FORMATS, *(TABLE_FORMATS if hasattr(figure, "table") else ())}
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        spec = figure.build(figure.read(session, request), request)
    base.close()
    job = ExportJob(name, request, (900.0, 600.0), "print", "facts.chipscape")
    for suffix in suffixes_of(figure):
        export_figure(job, spec, tmp_path / f"figure{suffix}")
        assert (tmp_path / f"figure{suffix}").stat().st_size > 1000
    table = catalog.table_of(figure, spec)
    if table is not None:
        content = (tmp_path / "figure.xlsx").read_bytes()
        assert len(sheet(content, 1)) == len(table.rows) + 1
        assert len(sheet(content, 2)) == len(spec.caption.sources) + 1
    else:
        with pytest.raises(Invalid, match=r"\.svg, \.png, \.pdf, \.pptx\.$"):
            export_figure(job, spec, tmp_path / "figure.csv")


@pytest.mark.usefixtures("qapp")
def test_a_timeline_of_very_many_events_leaves_with_its_sources(starter: Path, tmp_path: Path) -> None:
    request = Request(options={"today": "2026-07-15", "show": "events,chips"})
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        few, many = (FIGURE.build(FIGURE.read(session, request, many=least), request) for least in (10**9, 0))
    year = View((19_723.0, 20_089.0), FIGURE.home(few).y)
    for view in (None, year):
        job = ExportJob("timeline", request, (900.0, 600.0), "print", "facts.chipscape", view=view)
        for suffix in (".csv", ".xlsx"):
            for name, spec in (("few", few), ("many", many)):
                export_figure(job, spec, tmp_path / f"{name}{suffix}")
        assert (tmp_path / "many.csv").read_bytes() == (tmp_path / "few.csv").read_bytes()
        for number in (1, 2, 3):
            one, other = (sheet((tmp_path / f"{name}.xlsx").read_bytes(), number) for name in ("many", "few"))
            assert one == other
        drawing = export_figure(job, many, tmp_path / "many.svg")
        assert drawing is not None
        assert drawing.caption is not None
        assert drawing.caption.sources
        text = (tmp_path / "many.svg").read_text(encoding="utf-8")
        assert text.count("<dc:source>") == len(drawing.caption.sources)
    base.close()


def test_more_rows_than_a_sheet_holds_go_on_to_the_next_with_their_heads() -> None:
    rows: list[tuple[str, ...]] = [("Date",), *[("2024",)] * 1_048_580]
    first, second = sheets_of(rows)
    assert len(first) == 1_048_576
    assert [first[0], second[0]] == [("Date",), ("Date",)]
    assert len(first) + len(second) == len(rows) + 1
    assert sheets_of(rows[:10]) == [rows[:10]]


@pytest.mark.usefixtures("qapp")
def test_the_table_of_a_timeline_holds_the_part_that_was_chosen(starter: Path, tmp_path: Path) -> None:
    figure, request = catalog.figure("timeline"), Request()
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        spec = figure.build(figure.read(session, request), request)
    base.close()
    year = View((19_723.0, 20_089.0), figure.home(spec).y)
    job = ExportJob("timeline", request, (900.0, 600.0), "print", "facts.chipscape", view=year)
    export_figure(job, spec, tmp_path / "year.xlsx")
    export_figure(replace(job, view=figure.home(spec)), spec, tmp_path / "all.xlsx")
    part, whole = ((tmp_path / f"{name}.xlsx").read_bytes() for name in ("year", "all"))
    dates = [row[0] for row in sheet(part, 1)[1:]]
    assert 20 < len(dates) < len(sheet(whole, 1)) - 1 == 277
    assert any("2024" in str(date) for date in dates)
    assert not any(str(date).endswith(("2022", "2026")) for date in dates)
    assert len(sheet(part, 2)) == len(figure.caption(spec, year).sources) + 1 < len(sheet(whole, 2))
