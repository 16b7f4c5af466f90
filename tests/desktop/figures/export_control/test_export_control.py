"""The plane of the rule in force: regions, chips, spreads, trails, and words that never collide."""

import math
from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pytest

from chipscape_db.errors import Invalid
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Box, Curves, Drawing, Marks, Rect, Segments, Text
from chipscape_desktop.figures.export_control import FIGURE
from chipscape_desktop.figures.export_control.spec import ExportSpec
from chipscape_desktop.figures.hit import hit
from chipscape_desktop.figures.palette import DARK, LIGHT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.i18n import set_language

Builds = Callable[..., ExportSpec]
SIZES = ((960.0, 600.0), (1310.0, 800.0))
DAYS = ("2023-06-01", "2026-03-01")


@pytest.fixture(params=("en", "fr"))
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


def draw(spec: ExportSpec, size: tuple[float, float] = SIZES[1], view: View | None = None) -> Drawing:
    return FIGURE.layout(spec, size=size, palette=LIGHT, measure=default_measure(), view=view)


def layer(drawing: Drawing, name: str) -> tuple[object, ...]:
    return next((one.items for one in drawing.layers if one.name == name), ())


def texts(drawing: Drawing, *names: str) -> list[Text]:
    wanted = [one for one in drawing.layers if not names or one.name in names]
    return [item for one in wanted for item in one.items if isinstance(item, Text)]


def box(text: Text) -> Rect:
    width = default_measure().width(text.text, text.size, text.weight)
    left = {"start": text.x, "middle": text.x - width / 2, "end": text.x - width}[text.anchor]
    return Rect(left, text.y - 0.75 * text.size, width, 0.95 * text.size)


def overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def index_of(spec: ExportSpec, name: str) -> int:
    return next(i for i, ref in enumerate(spec.chips.refs) if ref.title.startswith(f"{name}:"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("day", DAYS)
def test_names_keep_clear_of_each_other_of_marks_and_of_regions(
    spec_of: Builds, spoken: str, size: tuple[float, float], day: str
) -> None:
    drawing = draw(spec_of(day), size)
    labels = [box(one) for one in texts(drawing, "labels", "region-names")]
    assert len(labels) >= 8
    assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]
    names = [box(one) for one in texts(drawing, "labels")]
    marks = [
        Rect(x - 4, y - 4, 8, 8)
        for item in layer(drawing, "values")
        if isinstance(item, Marks)
        for x, y in zip(item.x.tolist(), item.y.tolist(), strict=True)
    ]
    assert not [(name, mark) for name in names for mark in marks if overlap(name, mark)]
    plot = drawing.plot
    assert all(plot.x <= one.x and one.right <= plot.right + 1 and one.y >= plot.y - 1 for one in names)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("day", [*DAYS, "2020-01-01"])
def test_words_stay_in_the_frame_and_apart(spec_of: Builds, spoken: str, size: tuple[float, float], day: str) -> None:
    drawing = draw(spec_of(day), size)
    page = Rect(0, 0, *size)
    for text in texts(drawing):
        area = box(text)
        assert page.contains(area.x, area.y), text
        assert page.contains(area.right, area.bottom), text
    axes = [box(one) for one in texts(drawing, "axes")]
    assert not [pair for pair in combinations(axes, 2) if overlap(*pair)]


def test_the_regions_are_those_of_the_rule_in_force(spec_of: Builds) -> None:
    new, old = spec_of("2026-03-01").plane, spec_of("2023-06-01").plane
    assert (new.x_limits, new.y_limits) == ((1600, 2400, 4800), (1.6, 3.2, 5.92))
    assert (old.x_limits, old.y_limits) == ((600,), (4800,))
    assert [(one.x, one.y) for one in old.regions] == [((600.0, math.inf), (4800.0, math.inf))]
    assert {(one.strict, one.lines[0]) for one in new.regions} == {(True, "3A090.a"), (False, "3A090.b")}
    assert all(one.ref.kind == "band" and one.ref.ids for one in new.regions)
    assert not spec_of("2020-01-01").plane.regions


def test_region_boxes_lie_where_the_axes_put_them(spec_of: Builds) -> None:
    spec = spec_of()
    drawing = draw(spec)
    plot, (x0, x1), (y0, y1) = drawing.plot, spec.home.x, spec.home.y
    strict = [item for item in layer(drawing, "regions") if isinstance(item, Box)]
    left = plot.x + (math.log10(4800) - x0) / (x1 - x0) * plot.width
    assert any(one.rect.x == pytest.approx(left) and one.rect.height == pytest.approx(plot.height) for one in strict)
    foot = plot.bottom - (math.log10(1.6) - y0) / (y1 - y0) * plot.height
    assert any(one.rect.bottom == pytest.approx(foot) for one in strict)
    assert all(one.hatch for one in strict)


def test_the_h20_lies_below_the_lines_and_is_restricted_by_name(spec_of: Builds) -> None:
    spec = spec_of()
    i = index_of(spec, "Nvidia H20")
    assert spec.chips.x[i] == 2368
    assert spec.chips.y[i] == pytest.approx(2368 / 814)
    assert bool(spec.chips.named[i])
    assert "by name (15% revenue share" in spec.chips.refs[i].title
    assert "die area of Nvidia H100 SXM" in spec.chips.refs[i].title
    assert any("Nvidia H20" in note for note in spec.caption.notes)


def test_every_mark_says_what_it_is_and_opens_its_claims(spec_of: Builds) -> None:
    spec = spec_of()
    for ref in (*spec.chips.refs, *spec.below.refs, *spec.beside.refs):
        assert ref.kind == "record"
        assert len(ref.ids) > 1
        assert ref.title
    drawing = draw(spec)
    i = index_of(spec, "Nvidia T4")
    for item in layer(drawing, "values"):
        assert isinstance(item, Marks)
        assert item.index is not None
        for k in np.flatnonzero(item.index == i).tolist():
            found = hit(drawing, float(item.x[k]), float(item.y[k]))
            assert found is not None
            assert found.title.startswith("Nvidia T4")


def test_the_trail_leads_from_a_chip_to_what_was_cut_down(spec_of: Builds) -> None:
    spec = spec_of("2026-03-01", designer="nvidia")
    pairs = {
        tuple(spec.chips.refs[i].title.partition(":")[0] for i in ends)
        for ends in zip(spec.trail.start.tolist(), spec.trail.end.tolist(), strict=True)
    }
    assert {("Nvidia H100 SXM", "Nvidia H20"), ("Nvidia H800 SXM", "Nvidia H20")} <= pairs
    assert ("Nvidia A100 80GB SXM", "Nvidia H100 SXM") not in pairs, "a faster successor is not cut down"
    assert any(isinstance(item, Curves) for item in layer(draw(spec), "trail"))
    old = spec_of("2023-06-01", designer="nvidia")
    assert len(old.trail.start) > 0
    assert {ref.kind for ref in old.trail.refs} == {"relationship"}
    assert len(spec_of("2026-03-01", trail="off").trail.start) == 0


def test_spreads_are_whiskers_inside_the_plot(spec_of: Builds) -> None:
    spec = spec_of()
    drawing = draw(spec)
    plot = drawing.plot
    assert bool(np.any(spec.chips.x_low < spec.chips.x_high))
    drawn = [item for item in layer(drawing, "whiskers") if isinstance(item, Segments)]
    assert drawn
    for item in drawn:
        assert float(item.x1.min()) >= plot.x - 4
        assert float(item.x2.max()) <= plot.right + 4


def test_what_is_missing_is_visibly_missing(spec_of: Builds) -> None:
    spec = spec_of()
    assert len(spec.below.value) > 10
    names = {ref.title.partition(":")[0] for ref in spec.below.refs}
    assert "Ascend 910B" in names
    assert any(note.startswith(f"{len(spec.below.value)} chips without a die area") for note in spec.caption.notes)
    marks = [item for item in layer(draw(spec), "missing") if isinstance(item, Marks)]
    assert sum(len(item.x) for item in marks) >= len(spec.below.value) - 2
    assert all(item.pen is not None and item.pen.dash and item.fill is None for item in marks)
    old = spec_of("2023-06-01")
    assert len(old.beside.value) > 0


def test_wafers_keep_their_place_beyond_the_first_view(spec_of: Builds) -> None:
    spec = spec_of()
    i = index_of(spec, "Cerebras WSE-3")
    assert math.log10(spec.chips.x[i]) > spec.home.x[1]
    assert any("Cerebras WSE-3" in note for note in spec.caption.notes)


def test_the_words_name_rule_day_sources_and_that_this_is_no_advice(spec_of: Builds) -> None:
    caption = spec_of().caption
    assert "October 17, 2023 rule" in caption.subtitle
    assert "17 November 2023" in caption.subtitle
    assert "1 March 2026" in caption.subtitle
    assert caption.notes[0].endswith("not legal advice.")
    assert [one.number for one in caption.sources] == list(range(1, len(caption.sources) + 1))
    assert caption.sources[0].text.startswith("FederalStateLaw")
    assert "No rule by numbers" in spec_of("2020-01-01").caption.subtitle


def test_options_choose_and_refuse_in_words(spec_of: Builds) -> None:
    only = spec_of("2026-03-01", designer="amd")
    assert {ref.title.split()[0] for ref in only.chips.refs} == {"AMD"}
    assert only.caption.title.startswith("AMD chips")
    assert not any(spec_of("2026-03-01", labels="none").chips.labels)
    with pytest.raises(Invalid, match="trail cannot be maybe"):
        spec_of("2026-03-01", trail="maybe")
    with pytest.raises(Invalid, match="no option colour"):
        spec_of("2026-03-01", colour="red")


def test_a_view_shows_its_part_and_the_frame_stays(spec_of: Builds) -> None:
    spec = spec_of()
    whole, near = draw(spec), draw(spec, view=View((3.3, 3.9), (0.2, 1.1)))
    assert near.plot.y == whole.plot.y
    assert [one for one in near.layers if one.name == "title"] == [one for one in whole.layers if one.name == "title"]
    counts = [sum(len(i.x) for i in layer(one, "values") if isinstance(i, Marks)) for one in (whole, near)]
    assert 0 < counts[1] < counts[0]
    dark = FIGURE.layout(spec, size=SIZES[1], palette=DARK, measure=default_measure())
    assert dark.ground == DARK.ground


def test_nothing_to_show_is_said(spec_of: Builds) -> None:
    nothing = spec_of("2026-03-01", designer="nobody")
    assert any("No chip passes" in one.text for one in texts(draw(nothing), "empty"))


def test_is_in_the_catalogue() -> None:
    assert catalog.figure("export-control") is FIGURE


def test_another_rule_judges_with_what_is_known_now(spec_of: Builds) -> None:
    spec = spec_of("2026-03-01", designer="nvidia", rule="bis-2022-10-07-rule")
    assert (spec.plane.x_limits, spec.plane.y_limits) == ((600,), (4800,))
    assert "judged as on 7 October 2022" in spec.caption.subtitle
    pairs = {
        tuple(spec.chips.refs[i].title.partition(":")[0] for i in ends)
        for ends in zip(spec.trail.start.tolist(), spec.trail.end.tolist(), strict=True)
    }
    # What Nvidia cut down for each rule: the transfer rate for the first, the performance for the second.
    assert ("Nvidia A100 80GB SXM", "Nvidia A800 80GB SXM") in pairs
    assert ("Nvidia H100 SXM", "Nvidia H800 SXM") in pairs
    with pytest.raises(Invalid, match="rule cannot be none"):
        spec_of("2026-03-01", rule="none")


def test_the_rule_on_memory_stacks_is_told_from_the_day_it_held(spec_of: Builds) -> None:
    assert any("3A090.c" in note for note in spec_of("2026-03-01").caption.notes)
    assert not any("3A090.c" in note for note in spec_of("2024-03-01").caption.notes)


def test_the_table_has_every_chip_with_outcome_quantities_and_what_it_was_cut_down_from(
    spec_of: Builds, dumped: Callable[..., list[dict[str, str]]]
) -> None:
    spec = spec_of("2026-03-01", designer="nvidia")
    rows = {row["Name"]: row for row in dumped("export-control", spec)}
    drawn = {ref.title.partition(":")[0] for ref in (*spec.chips.refs, *spec.below.refs, *spec.beside.refs)}
    assert drawn < set(rows)
    h20 = rows["Nvidia H20"]
    assert (h20["Outcome"], h20["Decided by"], h20["By numbers alone"]) == ("controlled", "name", "not controlled")
    total, area, density = (
        float(h20[name])
        for name in (
            "Total Processing Performance (TPP)", "Applicable die area (mm²)", "Performance density (TPP per mm²)",
        )
    )  # fmt: skip
    assert total == 296 * 8
    assert density == pytest.approx(total / area)
    assert h20["Cut down from"] == "Nvidia H100 SXM"
    assert rows["Nvidia A800 80GB SXM"]["Cut down from"] == "Nvidia A100 80GB SXM"
    assert not rows["Nvidia H100 SXM"]["Cut down from"]
    for row in rows.values():
        values = [float(row[name]) for name in row if name.startswith("TPP") and row[name]]
        assert values == sorted(values)
    assert all(ref.kind == "record" for ref in spec.table.refs)
