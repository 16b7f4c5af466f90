"""Slides: native shapes with names, alternative texts and links, a real title, sources at the foot and in the notes."""

import html
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_desktop.benchmarks.sampler import CAPSULE, column, figure
from chipscape_desktop.export.clipping import clipped_area, clipped_line, clipped_path, clipped_rect
from chipscape_desktop.export.jobs import ExportJob, export_figure, linked
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.slides import CAPSULE_PART, Page, render_slides
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.drawing import Box, Drawing, Layer, Marks, Pen, Polyline, Rect, Ref, Segments
from chipscape_desktop.figures.spec import Caption

CLIP = Rect(0.0, 0.0, 100.0, 100.0)
_EMU = 9525


def slides(content: bytes) -> list[Slide]:
    return list(Presentation(io.BytesIO(content)).slides)


def shapes(slide: Slide) -> Iterator[BaseShape]:
    """Yield the shapes of a slide and of its groups."""
    waiting = list(slide.shapes)
    while waiting:
        shape = waiting.pop(0)
        yield shape
        waiting += list(getattr(shape, "shapes", ()))


def drawn(*items: object) -> list[BaseShape]:
    drawing = Drawing(200.0, 150.0, "#ffffff", CLIP, (Layer("plot", items, CLIP),), "Plot")  # type: ignore[arg-type]
    return list(
        shapes(slides(render_slides([Page(drawing, Caption("Plot", ""))], CAPSULE, behind=Caption("Plot", "")))[0])
    )[1:]


def alternative(shape: BaseShape) -> str:
    return shape._element.xpath(".//p:cNvPr")[0].get("descr", "")


def test_the_title_is_the_slides_title_and_the_figure_tells_what_it_shows() -> None:
    drawing, caption = figure()
    slide = slides(render_slides([Page(drawing, caption)], CAPSULE, behind=caption))[0]
    assert slide.shapes.title is not None
    assert slide.shapes.title.text_frame.text == caption.title
    group = next(shape for shape in slide.shapes if hasattr(shape, "shapes"))
    assert alternative(group) == "A sample of everything."
    assert {"plot", "legend"} <= {shape.name for shape in shapes(slide)}
    ids = [shape.shape_id for shape in shapes(slide)]
    assert len(ids) == len(set(ids))


def test_subtitle_notes_and_sources_are_flowing_text_with_live_links() -> None:
    drawing, caption = figure()
    slide = slides(render_slides([Page(drawing, caption)], CAPSULE, behind=caption))[0]
    boxes = {shape.name: shape for shape in slide.shapes if shape.has_text_frame}
    assert boxes["subtitle"].text_frame.text == caption.subtitle
    assert boxes["notes"].text_frame.text == "Three chips have no value."
    runs = boxes["sources"].text_frame.paragraphs[0].runs
    assert [run.hyperlink.address for run in runs if run.hyperlink.address] == [one.url for one in caption.sources]
    assert (
        boxes["sources"]
        .text_frame.text.replace("\u00a0", " ")
        .startswith("Sources: 1 Huawei, data sheet 1, 2023-09 · 2 ")
    )
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    assert frame.paragraphs[-1].runs[0].hyperlink.address == caption.sources[-1].url


def test_sources_without_room_get_slides_of_their_own() -> None:
    drawing, caption = figure(sources=300)
    first, *more = slides(render_slides([Page(drawing, caption)], CAPSULE, behind=caption))
    assert "more, listed in full" in "".join(shape.text_frame.text for shape in first.shapes if shape.name == "sources")
    listed = [
        paragraph.runs[0].hyperlink.address
        for slide in more for shape in slide.shapes if shape.name == "sources"
        for paragraph in shape.text_frame.paragraphs
    ]  # fmt: skip
    assert listed == [source.url for source in caption.sources]
    assert all("Sources of" in slide.shapes.title.text_frame.text for slide in more if slide.shapes.title)


def test_the_package_carries_the_capsule_whole() -> None:
    drawing, caption = figure(sources=300)
    capsule = replace(CAPSULE, sources=caption.sources)
    with zipfile.ZipFile(io.BytesIO(render_slides([Page(drawing, caption)], capsule, behind=caption))) as package:
        text = package.read(CAPSULE_PART[1:]).decode()
    assert "300" in text

    assert Capsule.from_json(html.unescape(text.partition(">")[2].rpartition("<")[0])) == capsule


def test_a_mark_leads_to_the_source_of_its_claim_before_that_of_its_record() -> None:
    marks = Marks("disc", column(10, 50), column(10, 50), 8.0, "#112233",
                  refs=(Ref("record", ("chip", "claim"), "A: 5"), Ref("record", ("other",), "B: 6")))  # fmt: skip
    drawing = Drawing(200.0, 150.0, "#ffffff", CLIP, (Layer("plot", (marks,), CLIP),), "Plot")
    links = {"claim": "https://a.example/claim", "chip": "https://a.example/chip", "other": "javascript:x"}
    found = shapes(
        slides(render_slides([Page(drawing, Caption("Plot", ""), links)], CAPSULE, behind=Caption("Plot", "")))[0]
    )
    led = {shape.name: shape.click_action.hyperlink.address for shape in found if shape.name in ("A: 5", "B: 6")}
    assert led == {"A: 5": "https://a.example/claim", "B: 6": None}


def test_what_lies_outside_the_plot_is_left_out_or_cut() -> None:
    refs = (Ref("record", ("a",), "inside"), Ref("record", ("b",), "outside"))
    marks = Marks("square", column(10, 150), column(10, 10), 8.0, "#112233", refs=refs)
    line = Polyline(column(-50, 50, 150), column(50, 50, 50), Pen("#000000"), ref=Ref("record", ("l",), "line a"))
    box = Box(Rect(50, -20, 100, 40), "#00ff00", fade=(10, 0), ref=Ref("band", ("x",), "era"))
    found = {shape.name: shape for shape in drawn(marks, line, box)}
    assert "outside" not in found
    assert "inside" in found
    assert [found["line a"].left, found["line a"].width] == [0, 100 * _EMU]
    assert [found["era"].top, found["era"].width, found["era"].height] == [0, 50 * _EMU, 20 * _EMU]
    assert "gradFill" in found["era"]._element.xml


def test_lines_and_areas_are_cut_at_the_edges() -> None:
    assert clipped_line((-10, 50), (110, 50), CLIP) == ((0, 50), (100, 50))
    assert clipped_line((-10, 50), (-10, 90), CLIP) is None
    assert clipped_path([(10, 10), (200, 10), (200, 90), (10, 90)], CLIP) == [
        [(10, 10), (100, 10)],
        [(100, 90), (10, 90)],
    ]
    assert sorted(clipped_area([(-50, -50), (50, -50), (50, 50), (-50, 50)], CLIP)) == [
        (0, 0),
        (0, 50),
        (50, 0),
        (50, 50),
    ]
    assert clipped_area([(200, 0), (300, 0), (300, 10)], CLIP) == []
    assert clipped_rect(Rect(200, 0, 10, 10), CLIP) is None
    segments = Segments(column(0), column(0), column(10), column(10), Pen("#000000"))
    assert [shape.name for shape in drawn(segments)] == ["Plot", "plot", "lines"]


@pytest.mark.parametrize("name", ["performance-over-time", "stack-matrix"])
def test_marks_of_a_figure_lead_to_addresses_of_the_base(name: str, starter: Path, tmp_path: Path) -> None:
    shown, request = catalog.figure(name), Request()
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        spec = shown.build(shown.read(session, request), request)
        job = linked(ExportJob(name, request, (1280.0, 720.0), "print", "facts.chipscape"), spec, session)
    base.close()
    export_figure(job, spec, tmp_path / "figure.pptx")
    slide = slides((tmp_path / "figure.pptx").read_bytes())[0]
    targets = {source.url for source in spec.caption.sources}
    marks = [one for one in shapes(slide) if one._element.xpath("./p:nvSpPr/p:cNvPr/a:hlinkClick")]
    assert len(marks) > 20
    led = {one.click_action.hyperlink.address for one in marks}
    assert len(led & targets) > 5
