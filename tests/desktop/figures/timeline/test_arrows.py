"""Arrows from causes to effects on the timeline: on the screen and in files, and what is said of them."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.filters import Filters
from chipscape_db.queries.event_links import EventLink
from chipscape_db.queries.timeline import TimelineRows, timeline_rows
from chipscape_desktop.export.formats import FORMATS
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Drawing, Polyline
from chipscape_desktop.figures.hit import hit, reading_order
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.figures.timeline.arrange import home, lay_out
from chipscape_desktop.figures.timeline.arrows import LAYER, MOST
from chipscape_desktop.figures.timeline.spec import TimelineSpec

YEAR_2025 = (20_089.0, 20_454.0)


@pytest.fixture(scope="module")
def rows(starter: Path) -> TimelineRows:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        found = timeline_rows(session, Filters(), language="en")
    base.close()
    return found


def spec_with(rows: TimelineRows, pairs: list[tuple[str, str]], **options: str) -> TimelineSpec:
    source = next(iter(rows.sources))
    links = tuple(EventLink(f"link-{i}", one, other, (source,)) for i, (one, other) in enumerate(pairs))
    return FIGURE.build(replace(rows, links=links), Request(options={"today": "2026-07-15", **options}))


def drawn(spec: TimelineSpec, view: View | None = None, size=(1310, 640)) -> Drawing:
    return lay_out(spec, size=size, palette=LIGHT, measure=default_measure(), view=view)


def lines(drawing: Drawing) -> list[Polyline]:
    items = [item for layer in drawing.layers if layer.name == LAYER for item in layer.items]
    return [item for item in items if isinstance(item, Polyline) and item.ref is not None and item.fill is None]


def in_2025(rows: TimelineRows, least: int = 4) -> list[str]:
    return [item.id for item in rows.items if item.starts_on.startswith("2025-0") and item.importance >= least]


def two_signs(rows: TimelineRows) -> tuple[str, str]:
    """Returns two events that stand by themselves in 2025, the left and the right one of all."""
    spec = spec_with(rows, [])
    drawing = drawn(spec, View(YEAR_2025, home(spec).y))
    signs = [place for place in reading_order(drawing) if place.ref.kind == "record"]
    events = [place for place in sorted(signs, key=lambda place: place.x) if place.ref.ids[0] in set(spec.ids)]
    return events[2].ref.ids[0], events[-3].ref.ids[0]


def test_without_links_nothing_is_drawn_and_nothing_said(rows):
    drawing = drawn(spec_with(rows, []))
    assert LAYER not in [layer.name for layer in drawing.layers]
    assert not any(entry.swatch.startswith("link:") for entry in drawing.caption.legend)


def test_an_arrow_stands_for_its_relationship_and_is_told_in_the_legend(rows):
    one, other = two_signs(rows)
    spec = spec_with(rows, [(one, other)])
    drawing = drawn(spec, View(YEAR_2025, home(spec).y))
    (line,) = lines(drawing)
    assert line.ref.kind == "relationship"
    assert line.ref.ids == ("link-0",)
    assert line.ref.title == f"{spec.title_of(one)} leads to: {spec.title_of(other)}"
    assert "leads to" in [entry.label for entry in drawing.caption.legend]
    middle = len(line.x) // 2
    at = (line.x[middle - 1] + line.x[middle]) / 2, (line.y[middle - 1] + line.y[middle]) / 2
    found = hit(drawing, *at, measure=default_measure())
    assert found is not None
    plot = drawing.plot
    assert all(plot.contains(x, y) for x, y in zip(line.x, line.y, strict=True))


def test_its_source_is_numbered_with_those_of_the_effect(rows):
    one, other = two_signs(rows)
    source = next(iter(rows.sources))
    bare, linked = spec_with(rows, []), spec_with(rows, [(one, other)])
    place = linked.place_of(other)

    def sources(spec: TimelineSpec) -> set[str]:
        own = spec.sources.rows[spec.sources.offsets[place] : spec.sources.offsets[place + 1]]
        return {spec.sources.notes[number].id for number in own.tolist()}

    assert sources(linked) == sources(bare) | {source}


def test_an_event_out_of_view_is_pointed_at_from_the_edge(rows):
    early = next(item.id for item in rows.items if item.starts_on.startswith("2019"))
    late = two_signs(rows)[1]
    spec = spec_with(rows, [(early, late)])
    drawing = drawn(spec, View(YEAR_2025, home(spec).y))
    (line,) = lines(drawing)
    assert line.x[0] == pytest.approx(drawing.plot.x + 1)
    spec = spec_with(rows, [(late, early)])
    drawing = drawn(spec, View(YEAR_2025, home(spec).y))
    (line,) = lines(drawing)
    assert line.x[-1] < drawing.plot.x + 10


def test_between_events_that_both_stand_in_circles_there_is_none(rows):
    bare = drawn(spec_with(rows, []))
    discs = [place for place in reading_order(bare) if place.ref.kind == "cluster"]
    pairs = [(one.ref.ids[0], other.ref.ids[0]) for one, other in pairwise(discs[:6])]
    drawing = drawn(spec_with(rows, pairs))
    assert not lines(drawing)
    assert "leads to" not in [entry.label for entry in drawing.caption.legend]


def test_they_can_be_left_out(rows):
    one, other = two_signs(rows)
    assert not lines(drawn(spec_with(rows, [(one, other)], arrows="none")))


def test_events_that_are_not_shown_have_none(rows):
    assert spec_with(rows, [("gone", in_2025(rows)[0])]).links == ()


def test_of_very_many_the_rest_is_counted(rows):
    ids = in_2025(rows, 1)
    spec = spec_with(rows, list(pairwise(ids)))
    drawing = drawn(spec, View(YEAR_2025, home(spec).y))
    assert 0 < len(lines(drawing)) <= MOST
    assert any("more arrows from causes to effects are left out" in note for note in drawing.caption.notes)


def test_panning_by_a_pixel_leaves_their_shape(rows):
    ids = in_2025(rows, 5)[:4]
    spec = spec_with(rows, list(pairwise(ids)))
    first = drawn(spec, View(YEAR_2025, home(spec).y))
    day = (YEAR_2025[1] - YEAR_2025[0]) / first.plot.width
    second = drawn(spec, View((YEAR_2025[0] + day, YEAR_2025[1] + day), home(spec).y))
    for one, other in zip(lines(first), lines(second), strict=True):
        assert one.y == pytest.approx(other.y)
        assert one.x - 1 == pytest.approx(other.x, abs=0.01)


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_files_hold_them(rows, suffix, qapp):
    one, other = two_signs(rows)
    spec = spec_with(rows, [(one, other)])
    drawing = drawn(spec, View(YEAR_2025, home(spec).y))
    content = FORMATS[suffix].render(drawing, drawing.caption, Capsule("timeline", (), "base"))
    bare = replace(drawing, layers=tuple(layer for layer in drawing.layers if layer.name != LAYER))
    assert content != FORMATS[suffix].render(bare, drawing.caption, Capsule("timeline", (), "base"))
    if suffix == ".svg":
        assert LAYER.encode() in content
        assert b"leads to:" in content
