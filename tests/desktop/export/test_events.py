"""Timelines as event files and over several pages."""

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from icalendar import Calendar
from pypdf import PdfReader
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_desktop.cli import main
from chipscape_desktop.export.events import event_suffixes_of, ids_in_view
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.palette import PRINT
from chipscape_desktop.figures.text import default_measure

FIGURE = catalog.figure("timeline")


@pytest.fixture(scope="module")
def session(starter: Path) -> Iterator[Session]:
    base = open_base(starter, write=False)
    with Session(base.engine) as opened:
        yield opened
    base.close()


def test_only_a_figure_of_dated_records_is_written_as_events():
    assert event_suffixes_of(FIGURE) == (".ics", ".json")
    assert event_suffixes_of(catalog.figure("performance-over-time")) == ()


def test_the_part_in_view_is_what_is_written(session):
    spec = FIGURE.build(FIGURE.read(session, Request()), Request())
    assert set(ids_in_view(FIGURE, spec, None)) == set(spec.ids)
    home = FIGURE.home(spec)
    ids = ids_in_view(FIGURE, spec, View((19358.0, 19723.0), home.y))  # 2023
    days = [spec.columns.low[spec.columns.item == spec.ids.index(id_)].min() for id_ in ids]
    assert 0 < len(ids) < len(spec.ids)
    assert max(days) < 19723


def test_the_command_line_writes_both(starter: Path, tmp_path: Path):
    assert main(["export", str(starter), "timeline", str(tmp_path / "t.ics"), "--lang", "fr"]) == 0
    assert len(Calendar.from_ical((tmp_path / "t.ics").read_bytes()).walk("VEVENT")) == 277
    assert main(["export", str(starter), "timeline", str(tmp_path / "t.json"), "--from", "2025-01-01"]) == 0
    slides = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))["events"]
    assert 0 < len(slides) < 277


def test_pages_meet_in_time_and_hold_every_lane_once(session):
    request = Request(options={"lanes": "kind"})
    spec = FIGURE.build(FIGURE.read(session, request), request)
    home = FIGURE.home(spec)
    views = FIGURE.pages(spec, home, size=(800, 400), across=3, palette=PRINT, measure=default_measure())
    stretches = sorted({view.x for view in views})
    assert len(stretches) == 3
    assert stretches[0][0] == home.x[0]
    assert stretches[-1][1] == home.x[1]
    assert all(one[1] == other[0] for one, other in pairwise(stretches))
    rows = [view.y for view in views if view.x == stretches[0]]
    assert len(rows) > 1
    assert rows[0][0] == 0.0
    assert rows[-1][1] == spec.lanes[-1].bottom
    assert all(one[1] == other[0] for one, other in pairwise(rows))


def test_a_print_has_a_page_for_each_stretch_with_its_years_and_sources(starter: Path, tmp_path: Path):
    out = tmp_path / "t.pdf"
    assert main(["export", str(starter), "timeline", str(out), "--pages", "2", "--size", "1123x794"]) == 0
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(out.read_bytes())).pages]
    assert "Timeline of AI hardware, 2012" in pages[0]
    assert "Timeline of AI hardware, 20" in pages[1]
    assert sum("Sources of" in page for page in pages) == len(pages) - 2
