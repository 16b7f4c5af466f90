"""Native charts: series by meaning, ranges as error bars, data with sources, elements in the order of the standard."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_desktop.export.chart_labels import arranged
from chipscape_desktop.export.jobs import ExportJob, export_figure
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.native import (
    ChartAxis,
    ChartPoint,
    ChartSeries,
    NativeChart,
    can_be_native,
    charts_of,
    log_ends,
)

NATIVE = [name for name in catalog.names() if can_be_native(catalog.figure(name))]
EPOCH = 25_569
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_LABEL = (
    "idx", "delete", "layout", "tx", "numFmt", "spPr", "txPr", "dLblPos", "showLegendKey", "showVal", "showCatName",
    "showSerName", "showPercent", "showBubbleSize", "separator",
)  # fmt: skip
_AXIS = (
    "axId", "scaling", "delete", "axPos", "majorGridlines", "minorGridlines", "title", "numFmt", "majorTickMark",
    "minorTickMark", "tickLblPos", "spPr", "txPr", "crossAx", "crosses", "crossesAt",
)  # fmt: skip
# ECMA-376, part 1, annex A: the children of these elements in their order.
ORDER = {
    "chartSpace": ("date1904", "lang", "roundedCorners", "style", "chart", "spPr", "txPr", "externalData"),
    "chart": ("title", "autoTitleDeleted", "plotArea", "legend", "plotVisOnly", "dispBlanksAs"),
    "plotArea": ("layout", "scatterChart", "barChart", "catAx", "valAx", "spPr"),
    "scatterChart": ("scatterStyle", "varyColors", "ser", "dLbls", "axId"),
    "barChart": ("barDir", "grouping", "varyColors", "ser", "dLbls", "gapWidth", "overlap", "serLines", "axId"),
    "ser": (
        "idx", "order", "tx", "spPr", "invertIfNegative", "marker", "dPt", "dLbls", "trendline", "errBars", "cat",
        "xVal", "val", "yVal", "smooth",
    ),
    "marker": ("symbol", "size", "spPr"),
    "errBars": ("errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr"),
    "dLbl": _LABEL,
    "dLbls": ("dLbl", *_LABEL[1:]),
    "scaling": ("logBase", "orientation", "max", "min"),
    "catAx": (*_AXIS, "auto", "lblAlgn", "lblOffset", "noMultiLvlLbl"),
    "valAx": (*_AXIS, "crossBetween", "majorUnit", "minorUnit", "dispUnits"),
    "title": ("tx", "layout", "overlay", "spPr", "txPr"),
    "legend": ("legendPos", "legendEntry", "layout", "overlay", "spPr", "txPr"),
}  # fmt: skip


@pytest.fixture(scope="module")
def specs(starter: Path) -> dict[str, Any]:
    """The spec of each figure that can be native, of memory bandwidth where it has a metric."""
    base = open_base(starter, write=False)
    made = {}
    with Session(base.engine) as session:
        for name in NATIVE:
            figure, request = catalog.figure(name), request_of(name)
            made[name] = figure.build(figure.read(session, request), request)
    base.close()
    return made


def request_of(name: str) -> Request:
    return Request(options={"metric": "memory.bandwidth"} if name in ("performance-over-time", "ranking") else {})


def exported(name: str, spec: Any, path: Path, **more: Any) -> Any:
    job = ExportJob(name, request_of(name), (1280.0, 720.0), "print", "facts.chipscape", native=True, **more)
    export_figure(job, spec, path)
    return Presentation(str(path)) if path.suffix == ".pptx" else None


def chart_shapes(deck: Any) -> list[Any]:
    return [shape for shape in deck.slides[0].shapes if shape.has_chart]


def numbers(series: Any, path: str) -> list[float]:
    return [float(text) for text in series._element.xpath(f"{path}//c:pt/c:v/text()")]


def test_charts_are_native_and_the_timeline_the_map_and_the_matrix_stay_shapes() -> None:
    assert set(NATIVE) == {
        "performance-over-time", "ranking", "comparison", "efficiency", "roofline", "gap", "domestic-share", "openness",
        "output", "models-over-time",
    }  # fmt: skip


@pytest.mark.parametrize("name", NATIVE)
def test_each_opens_again_with_its_words_around_and_elements_in_order(
    name: str, specs: dict[str, Any], tmp_path: Path
) -> None:
    deck = exported(name, specs[name], tmp_path / "chart.pptx")
    slide = deck.slides[0]
    assert slide.shapes.title.text_frame.text == specs[name].caption.title
    assert {"subtitle", "notes", "sources"} <= {shape.name for shape in slide.shapes}
    shapes = chart_shapes(deck)
    assert len(shapes) == len(charts_of(catalog.figure(name), specs[name], None)) > 0
    for shape in shapes:
        assert shape.chart.has_legend
        assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
        for element in shape.chart._chartSpace.iter():
            order = ORDER.get(element.tag.removeprefix(C))
            if order is not None and element.tag.startswith(C):
                places = [order.index(child.tag.removeprefix(C)) for child in element if child.tag.startswith(C)]
                assert places == sorted(places), element.tag
        book = load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
        assert len(book.sheetnames) == 2
        assert book.worksheets[0].max_row > 1


def test_whiskers_are_custom_error_bars_and_dates_are_dates(specs: dict[str, Any], tmp_path: Path) -> None:
    spec = specs["performance-over-time"]
    chart = chart_shapes(exported("performance-over-time", spec, tmp_path / "chart.pptx"))[0].chart
    points = spec.points
    expected = {
        (float(x) + EPOCH, float(value)): (value - low, high - value)
        for x, value, low, high, contested in zip(
            points.x, points.value, points.low, points.high, points.contested, strict=True
        )
        if contested
    }
    found = {}
    for series in chart.plots[0].series:
        for bars in series._element.findall(f"{C}errBars"):
            if bars.find(f"{C}errDir").get("val") != "y":
                continue
            assert bars.find(f"{C}errValType").get("val") == "cust"
            x, y = numbers(series, "./c:xVal"), numbers(series, "./c:yVal")
            ends = {
                name: {
                    int(pt.get("idx")): float(pt.find(f"{C}v").text) for pt in bars.find(f"{C}{name}").iter(f"{C}pt")
                }
                for name in ("minus", "plus")
            }
            for place, below in ends["minus"].items():
                found[x[place], y[place]] = (below, ends["plus"][place])
    assert len(expected) > 3
    assert found.keys() == expected.keys()
    for key, spread in expected.items():
        assert found[key] == pytest.approx(spread)
    value, category = chart.value_axis, chart._chartSpace.findall(f".//{C}valAx")[0]
    assert value._element.find(f"{C}scaling/{C}logBase").get("val") == "10"
    assert category.find(f"{C}numFmt").get("formatCode") == "yyyy"
    assert "GB/s" in value.axis_title.text_frame.text


def test_the_workbook_has_the_sources_of_every_value_beside_it(specs: dict[str, Any], tmp_path: Path) -> None:
    spec = specs["performance-over-time"]
    chart = chart_shapes(exported("performance-over-time", spec, tmp_path / "chart.pptx"))[0].chart
    sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]
    named = [row for row in rows if row["Addresses"]]
    assert len(named) >= len(spec.points.x) * 0.9
    urls = {source.url for source in spec.caption.sources}
    assert all(set(row["Addresses"].split()) <= urls for row in named)
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    assert {"Least claimed", "Most claimed", "Sources"} <= set(heads)


def test_series_have_the_colour_and_the_name_of_their_meaning(specs: dict[str, Any], tmp_path: Path) -> None:
    chart = chart_shapes(exported("performance-over-time", specs["performance-over-time"], tmp_path / "c.pptx"))[
        0
    ].chart
    fills = {series.name: str(series.marker.format.fill.fore_color.rgb) for series in chart.plots[0].series
             if series.name in ("China", "United States")}  # fmt: skip
    assert fills == {"China": "B85521", "United States": "004086"}


def test_bars_are_in_order_from_the_top(specs: dict[str, Any], tmp_path: Path) -> None:
    spec = specs["ranking"]
    chart = chart_shapes(exported("ranking", spec, tmp_path / "chart.pptx"))[0].chart
    names = [bar.name for bar in spec.bars if bar.value is not None]
    assert list(chart.plots[0].categories) == names[: len(list(chart.plots[0].categories))]
    assert chart._chartSpace.find(f".//{C}catAx/{C}scaling/{C}orientation").get("val") == "maxMin"


def test_shapes_instead_when_asked_and_remarks_go_into_the_notes(specs: dict[str, Any], tmp_path: Path) -> None:
    from chipscape_db.figure_content import Annotation

    remark = Annotation("line-across", ((0.0, 3.0),), "a thousand")
    deck = exported("performance-over-time", specs["performance-over-time"], tmp_path / "c.pptx", annotations=(remark,))
    assert any("a thousand" in shape.text_frame.text for shape in deck.slides[0].shapes if shape.name == "notes")
    job = ExportJob("ranking", request_of("ranking"), (1280.0, 720.0), "print", "facts.chipscape")
    export_figure(job, specs["ranking"], tmp_path / "shapes.pptx")
    assert not chart_shapes(Presentation(str(tmp_path / "shapes.pptx")))


def test_a_workbook_has_the_chart_too(specs: dict[str, Any], tmp_path: Path) -> None:
    exported("ranking", specs["ranking"], tmp_path / "data.xlsx")
    book = load_workbook(tmp_path / "data.xlsx")
    assert book.sheetnames == ["Data", "Sources", "About", "Chart", "Data of the chart"]
    assert len(book["Chart"]._charts) == 1


def test_the_chart_of_a_workbook_is_for_white_paper_whatever_the_theme(specs: dict[str, Any], tmp_path: Path) -> None:
    charts = set()
    for theme in ("print", "dark"):
        job = ExportJob("ranking", request_of("ranking"), (1280.0, 720.0), theme, "facts.chipscape")
        export_figure(job, specs["ranking"], tmp_path / "data.xlsx")
        with ZipFile(tmp_path / "data.xlsx") as package:
            charts.add(package.read("xl/charts/chart1.xml"))
    assert len(charts) == 1


def test_names_never_stand_over_each_other() -> None:
    points = tuple(
        ChartPoint(1.0 + place / 50, 5.0, f"P{place}", f"Point {place}", priority=place) for place in range(40)
    )
    axis = ChartAxis("x", 0.0, 2.0)
    chart = NativeChart("scatter", axis, ChartAxis("y", 0.0, 10.0), (ChartSeries("s", "us", points),))
    placed = arranged(chart, (800.0, 400.0), 1.0)
    kept = [point.label for point in placed.chart.series[0].points if point is not None and point.label]
    assert 1 <= len(kept) < 40
    assert "Point 39" in kept
    assert len(placed.sides[0]) == len(kept)


def test_log_axes_end_at_powers_of_ten() -> None:
    assert log_ends(3.0, 4000.0) == (1.0, 10_000.0)
    assert log_ends(10.0, 10.0) == (10.0, 100.0)
