"""The layout of the real starter facts: nothing collides, nothing leaves the frame, panning moves nothing else."""

import math
from datetime import date
from itertools import combinations, pairwise

import numpy as np
import pytest

from chipscape_db.filters import Filters
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Box, Drawing, Layer, Marks, Raster, Text
from chipscape_desktop.figures.palette import DARK, LIGHT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.figures.timeline.spec import TimelineSpec

MEASURE = default_measure()
SIZES = ((640.0, 400.0), (970.0, 620.0), (1310.0, 640.0), (2200.0, 1250.0))
RANGES = (
    None,
    ("2012-01-01", "2027-01-01"),
    ("2023-06-01", "2026-07-01"),
    ("2025-03-01", "2025-09-01"),
    ("2025-08-05", "2025-09-20"),
    ("1990-01-01", "2100-01-01"),
)


def day(text: str) -> float:
    return float((date.fromisoformat(text) - date(1970, 1, 1)).days)


def drawn(
    spec: TimelineSpec, size: tuple[float, float], stretch: tuple[str, str] | None = None, shift: float = 0.0
) -> Drawing:
    home = FIGURE.home(spec)
    x = home.x if stretch is None else (day(stretch[0]), day(stretch[1]))
    view = View((x[0] + shift, x[1] + shift), home.y)
    return FIGURE.layout(spec, size=size, palette=LIGHT, measure=MEASURE, view=view)


def layer(drawing: Drawing, name: str) -> Layer:
    return next(each for each in drawing.layers if each.name == name)


def boxes(drawing: Drawing, *names: str) -> list[tuple[float, float, float, float, str]]:
    out = []
    for each in drawing.layers:
        if names and each.name not in names:
            continue
        for item in each.items:
            if isinstance(item, Text):
                width = MEASURE.width(item.text, item.size, item.weight)
                left = {"start": item.x, "middle": item.x - width / 2, "end": item.x - width}[item.anchor]
                out.append((left, item.y - 0.75 * item.size, left + width, item.y + 0.1 * item.size, item.text))
    return out


def overlapping(found: list[tuple[float, float, float, float, str]]) -> list[tuple[str, str]]:
    return [
        (a[4], b[4])
        for a, b in combinations(found, 2)
        if a[0] < b[2] - 0.5 and b[0] < a[2] - 0.5 and a[1] < b[3] - 0.5 and b[1] < a[3] - 0.5
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stretch", RANGES)
def test_no_text_meets_another_or_leaves_the_frame(spec_of, language, size, stretch):
    drawing = drawn(spec_of(language), size, stretch)
    found = boxes(drawing)
    assert len(found) > 20
    assert not overlapping(found)
    outside = [box[4] for box in found if box[0] < 0 or box[1] < 0 or box[2] > size[0] + 0.5 or box[3] > size[1]]
    assert not outside
    plot = drawing.plot
    assert not [box[4] for box in boxes(drawing, "labels") if box[0] < plot.x or box[2] > plot.right + 0.5]


@pytest.mark.parametrize(
    "options",
    [
        {"lanes": "kind"},
        {"lanes": "country", "show": "events,chips,models,policies"},
        {"lanes": "sector"},
        {"lanes": "none"},
        {"every_lane": "yes", "rules": "all"},
    ],
)
def test_every_kind_of_lanes_reads_well(spec_of, options):
    spec = spec_of("en", **options)
    for stretch in RANGES[:4]:
        assert not overlapping(boxes(drawn(spec, SIZES[2], stretch)))


def test_a_small_figure_shows_fewer_lanes_and_says_so(spec_of):
    spec = spec_of()
    drawing = drawn(spec, (520.0, 330.0))
    assert not overlapping(boxes(drawing))
    assert drawing.caption is not None
    below = len(spec.lanes) - len([t for t in boxes(drawing, "headers") if not t[4].endswith("events")])
    assert any("below the lower edge" in note for note in drawing.caption.notes)
    assert 0 < below < len(spec.lanes)


def marks(drawing: Drawing) -> list[tuple[float, float, float]]:
    found = []
    for item in layer(drawing, "signs").items:
        if isinstance(item, Marks):
            sizes = np.broadcast_to(np.asarray(item.size, dtype=np.float64), item.x.shape)
            found += list(zip(item.x.tolist(), item.y.tolist(), sizes.tolist(), strict=True))
    return found


@pytest.mark.parametrize("stretch", RANGES[:5])
def test_no_label_lies_over_a_sign(spec_of, stretch):
    drawing = drawn(spec_of(), SIZES[2], stretch)
    bars = {id(item.ref) for item in layer(drawing, "bars").items if isinstance(item, Box)}
    for left, top, right, bottom, text in boxes(drawing, "labels"):
        if text.isdigit() or text == "99+":
            continue
        for x, y, size in marks(drawing):
            assert not (left < x + size / 3 and x - size / 3 < right and top < y < bottom), text
    assert bars or stretch is not None


@pytest.mark.parametrize("size", [(790.0, 480.0), (1310.0, 640.0)])
def test_discs_of_low_lanes_do_not_run_into_each_other(spec_of, size):
    drawing = drawn(spec_of(), size, RANGES[2])
    discs = [
        (float(x), float(y), float(each))
        for item in layer(drawing, "signs").items
        if isinstance(item, Marks) and not isinstance(item.size, float)
        for x, y, each in zip(item.x, item.y, item.size, strict=True)
    ]
    assert len(discs) > 5
    for one, other in combinations(discs, 2):
        apart = math.hypot(one[0] - other[0], one[1] - other[1])
        assert apart >= (one[2] + other[2]) / 2 - 0.5


@pytest.mark.parametrize("stretch", RANGES[1:4])
def test_panning_moves_signs_sideways_only(spec_of, stretch):
    spec = spec_of()
    before = drawn(spec, SIZES[2], stretch)
    span = day(stretch[1]) - day(stretch[0])
    per_day = before.plot.width / span
    rows = {ref.ids: (x, y) for ref, x, y in _standing(before)}
    for share in (0.003, 0.11, 0.4):
        after = drawn(spec, SIZES[2], stretch, shift=share * span)
        assert after.plot == before.plot
        both = [(ref.ids, x, y) for ref, x, y in _standing(after) if ref.ids in rows]
        assert len(both) > 5
        for ids, x, y in both:
            assert y == pytest.approx(rows[ids][1])
            assert x == pytest.approx(rows[ids][0] - share * span * per_day, abs=0.01)


def _standing(drawing: Drawing) -> list[tuple[object, float, float]]:
    """Return ref and place of single signs; a cluster's changes its place with its bar's visible part never."""
    out = []
    for item in layer(drawing, "signs").items:
        if isinstance(item, Marks):
            out += [(ref, float(x), float(y)) for ref, x, y in zip(item.refs, item.x, item.y, strict=True)]
    # A glyph on a bar that is cut by the view's edge moves along with the edge; those away from it do not.
    plot = drawing.plot
    return [(ref, x, y) for ref, x, y in out if plot.x + 30 < x < plot.right - 30]


def test_a_narrower_range_lists_only_its_own_sources(spec_of):
    spec = spec_of()
    whole, part = drawn(spec, SIZES[2]), drawn(spec, SIZES[2], RANGES[3])
    assert whole.caption is not None
    assert part.caption is not None
    assert 0 < len(part.caption.sources) < len(whole.caption.sources)
    assert [note.number for note in part.caption.sources] == list(range(1, len(part.caption.sources) + 1))
    items = {
        spec.ids[item]
        for low, high, item in zip(spec.columns.low, spec.columns.high, spec.columns.item, strict=True)
        if low < day("2025-09-01") and high > day("2025-03-01")
    }
    texts = {text for id_ in items for text in spec.cards[id_].sources}
    assert {note.text for note in part.caption.sources} <= texts


def test_the_same_view_and_size_give_the_same_drawing_whatever_was_shown_before(spec_of):
    spec = spec_of("en", rules="all")
    first = drawn(spec, SIZES[1], RANGES[2])
    for shift in (10.0, 333.3, -50.0):
        drawn(spec, SIZES[1], RANGES[2], shift=shift)
    drawn(spec, SIZES[3])
    again = drawn(spec, SIZES[1], RANGES[2])
    spec.memo.clear()
    fresh = drawn(spec, SIZES[1], RANGES[2])
    assert repr(first.layers) == repr(again.layers) == repr(fresh.layers)
    assert first.caption == fresh.caption


def test_dates_are_never_drawn_more_precisely_than_known(spec_of):
    spec = spec_of()
    drawing = drawn(spec, SIZES[2], ("2024-10-01", "2025-06-01"))
    faded = [item for item in layer(drawing, "bars").items if isinstance(item, Box) and item.ref is not None]
    vague = {
        spec.ids[item]
        for item, exact, lasting in zip(spec.columns.item, spec.columns.exact, spec.columns.lasting, strict=True)
        if not exact and not lasting
    }
    shown = [box for box in faded if box.ref and box.ref.ids[0] in vague]
    assert len(shown) > 3
    assert all(box.fade[0] > 0 and box.fade[1] > 0 for box in shown if box.rect.x > drawing.plot.x)


def test_the_as_of_date_hides_what_came_later_and_is_drawn(spec_of):
    as_of = date(2023, 6, 1)
    spec = spec_of("en", Filters(as_of=as_of))
    assert spec.columns.low.max() <= day("2023-06-01")
    assert 0 < len(spec.ids) < len(spec_of().ids)
    texts = [item.text for item in layer(drawn(spec, SIZES[2]), "now").items if isinstance(item, Text)]
    assert texts == ["as of 1 Jun 2023"]


def test_what_found_no_room_is_counted(spec_of):
    drawing = drawn(spec_of(), SIZES[1])
    assert drawing.dropped > 0
    assert drawing.caption is not None
    notes = " ".join(drawing.caption.notes)
    assert f"{drawing.dropped} labels are hidden" in notes
    counts = [int(t[4]) for t in boxes(drawing, "labels") if t[4].isdigit()]
    assert f"{sum(counts)} events stand in circles" in notes
    assert "rules" in notes


def test_an_event_in_circles_of_several_lanes_counts_once(spec_of):
    spec = spec_of(lanes="sector")
    drawing = drawn(spec, (1310.0, 640.0))
    discs = [ref for layer in drawing.layers for item in layer.items if isinstance(item, Marks)
             for ref in item.refs if ref.kind == "cluster"]  # fmt: skip
    apart = {id_ for ref in discs for id_ in ref.ids}
    assert len(apart) < sum(len(ref.ids) for ref in discs)
    assert any(note.startswith(f"{len(apart)} events stand in circles") for note in drawing.caption.notes)


def test_bands_are_labelled_without_collision_and_stand_for_rules(spec_of):
    spec = spec_of()
    drawing = drawn(spec, SIZES[2], RANGES[2])
    names = boxes(drawing, "rules")
    assert len(names) >= 3
    assert not overlapping(names)
    bands = [item for item in layer(drawing, "bands").items if isinstance(item, Box)]
    assert all(item.ref and item.ref.kind == "band" and item.hatch for item in bands)
    edges = sorted((item.rect.x, item.rect.right) for item in bands)
    assert all(right <= following + 0.01 for (_, right), (following, _) in pairwise(edges))


def test_dark_and_light_put_everything_in_the_same_places(spec_of):
    spec = spec_of()
    light = drawn(spec, SIZES[2])
    dark = FIGURE.layout(spec, size=SIZES[2], palette=DARK, measure=MEASURE, view=FIGURE.home(spec))
    assert boxes(light) == boxes(dark)


def test_a_crowd_becomes_shades_and_its_most_important_events():
    from chipscape_desktop.benchmarks.timeline import synthetic_spec

    spec = synthetic_spec(40_000)
    drawing = FIGURE.layout(spec, size=(1400.0, 800.0), palette=LIGHT, measure=MEASURE)
    shades = [item for item in layer(drawing, "density").items if isinstance(item, Raster)]
    assert len(shades) == len(spec.lanes)
    assert not overlapping(boxes(drawing))
    assert all(np.any(each.cells) for each in shades)
    ref = shades[0].refs[int(shades[0].cells.argmax())]
    assert ref.kind == "cluster"
    assert "events" in ref.title
