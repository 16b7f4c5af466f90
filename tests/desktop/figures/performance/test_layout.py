"""The layout on the real facts: nothing collides, nothing leaves the frame, screen and export are the same."""

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pytest

from chipscape_desktop.benchmarks.performance import synthetic_spec
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Marks, Raster, Rect, Segments, Text
from chipscape_desktop.figures.hit import hit
from chipscape_desktop.figures.palette import DARK, LIGHT
from chipscape_desktop.figures.performance import FIGURE
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.i18n import set_language

Builds = Callable[..., PerformanceSpec]
SIZES = ((960.0, 600.0), (1310.0, 724.0), (2500.0, 1340.0))


@pytest.fixture(params=("en", "fr"))
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


def draw(spec: PerformanceSpec, size: tuple[float, float], view: View | None = None) -> Drawing:
    return FIGURE.layout(spec, size=size, palette=LIGHT, measure=default_measure(), view=view)


def layer(drawing: Drawing, name: str) -> tuple[object, ...]:
    return next((one.items for one in drawing.layers if one.name == name), ())


def box(text: Text) -> Rect:
    width = default_measure().width(text.text, text.size, text.weight)
    left = {"start": text.x, "middle": text.x - width / 2, "end": text.x - width}[text.anchor]
    return Rect(left, text.y - 0.75 * text.size, width, 0.95 * text.size)


def overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def mark_boxes(drawing: Drawing) -> Iterator[Rect]:
    for item in layer(drawing, "values"):
        assert isinstance(item, Marks)
        for x, y in zip(item.x.tolist(), item.y.tolist(), strict=True):
            yield Rect(x - 4, y - 4, 8, 8)
    for item in layer(drawing, "whiskers"):
        assert isinstance(item, Segments)
        for x1, y1, x2, y2 in zip(*(column.tolist() for column in (item.x1, item.y1, item.x2, item.y2)), strict=True):
            yield Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("metric", ["compute.fp16", "memory.bandwidth", "model.parameters"])
def test_labels_keep_clear_of_each_other_and_of_marks(
    spec_of: Builds, spoken: str, size: tuple[float, float], metric: str
) -> None:
    drawing = draw(spec_of(metric=metric), size)
    labels = [box(item) for item in layer(drawing, "labels") if isinstance(item, Text)]
    assert len(labels) >= 8
    assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]
    marks = list(mark_boxes(drawing))
    assert not [(label, mark) for label in labels for mark in marks if overlap(label, mark)]
    assert all(
        drawing.plot.x <= label.x and label.right <= drawing.plot.right + 1 and label.y >= drawing.plot.y - 1
        for label in labels
    )


@pytest.mark.parametrize("size", SIZES)
def test_words_stay_in_the_frame_and_apart(spec_of: Builds, spoken: str, size: tuple[float, float]) -> None:
    drawing = draw(spec_of(), size)
    texts = [item for one in drawing.layers for item in one.items if isinstance(item, Text)]
    page = Rect(0, 0, *size)
    for text in texts:
        area = box(text)
        assert page.contains(area.x, area.y), text
        assert page.contains(area.right, area.bottom), text
    axes = [box(item) for item in layer(drawing, "axes") if isinstance(item, Text)]
    assert not [pair for pair in combinations(axes, 2) if overlap(*pair)]


def test_the_most_important_labels_are_there(spec_of: Builds) -> None:
    texts = [item.text for item in layer(draw(spec_of(), (1000.0, 640.0)), "labels") if isinstance(item, Text)]
    for name in ("Ascend 910B", "Ascend 910C", "Nvidia H100 SXM", "Nvidia A100"):
        assert any(text.startswith(name) for text in texts), name


def test_marks_are_where_the_axes_say(spec_of: Builds) -> None:
    spec = spec_of()
    drawing = draw(spec, (1200.0, 700.0))
    (x0, x1), (y0, y1) = FIGURE.home(spec).x, FIGURE.home(spec).y
    plot, points = drawing.plot, spec.points
    seen = 0
    for item in layer(drawing, "values"):
        assert isinstance(item, Marks)
        assert item.index is not None
        if item.shape == "arrow":
            continue
        seen += len(item.x)
        x = plot.x + (points.x[item.index] - x0) / (x1 - x0) * plot.width
        y = plot.bottom - (np.log10(points.value[item.index]) - y0) / (y1 - y0) * plot.height
        np.testing.assert_allclose(item.x, x)
        np.testing.assert_allclose(item.y, y)
    assert seen == len(points.x)


def test_every_mark_can_be_hit_and_says_what_it_is(spec_of: Builds) -> None:
    spec = spec_of()
    drawing = draw(spec, (2500.0, 1340.0))
    i = next(k for k, label in enumerate(spec.points.labels) if label.startswith("Ascend 310"))
    for item in layer(drawing, "values"):
        assert isinstance(item, Marks)
        assert item.index is not None
        for k in np.flatnonzero(item.index == i).tolist():
            assert hit(drawing, float(item.x[k]), float(item.y[k])) == spec.points.refs[i]


def test_screen_and_export_get_the_same_drawing(spec_of: Builds) -> None:
    spec, size = spec_of(), (1200.0, 700.0)
    view = View((18000.0, 20000.0), (1.0, 4.0))
    first, again = draw(spec, size, view), draw(spec, size, view)
    dark = FIGURE.layout(spec, size=size, palette=DARK, measure=default_measure(), view=view)
    for other in (again, dark):
        assert [one.name for one in other.layers] == [one.name for one in first.layers]
        assert [t.text for t in layer(other, "labels") if isinstance(t, Text)] == [
            t.text for t in layer(first, "labels") if isinstance(t, Text)
        ]
        for one, two in zip(layer(first, "values"), layer(other, "values"), strict=True):
            assert isinstance(one, Marks)
            assert isinstance(two, Marks)
            np.testing.assert_array_equal(one.x, two.x)
            np.testing.assert_array_equal(one.y, two.y)


def test_a_view_shows_its_part_only(spec_of: Builds) -> None:
    spec = spec_of()
    drawing = draw(spec, (1200.0, 700.0), View((19000.0, 19200.0), (1.0, 5.0)))
    days = np.concatenate([spec.points.x[item.index] for item in layer(drawing, "values") if isinstance(item, Marks)])
    assert 0 < len(days) < len(spec.points.x)
    assert days.min() > 18990
    assert days.max() < 19210


def test_odd_views_and_sizes_do_no_harm(spec_of: Builds) -> None:
    spec = spec_of()
    for size in ((40.0, 30.0), (200.0, 150.0), (3000.0, 90.0)):
        draw(spec, size)
    for view in (
        View((0.0, 0.0), (2.0, 2.0)),
        View((-1e6, 1e6), (-400.0, 400.0)),
        View((19000.0, 19001.0), (2.5, 2.6)),
    ):
        draw(spec, (900.0, 600.0), view)
    draw(spec_of(scale="linear"), (900.0, 600.0), View((18000.0, 19000.0), (-500.0, 90000.0)))


def test_nothing_to_compare_is_said(spec_of: Builds) -> None:
    spec = spec_of(metric="compute.int4", scope="rack")
    assert len(spec.points.x) == 0
    drawing = draw(spec, (900.0, 600.0))
    assert any("No record" in item.text for item in layer(drawing, "empty") if isinstance(item, Text))


def test_a_multitude_becomes_cells_that_still_say_what_they_are() -> None:
    spec = synthetic_spec(30_000)
    drawing = draw(spec, (1200.0, 700.0))
    cells = next(item for item in layer(drawing, "values") if isinstance(item, Raster))
    row, column = (int(k[0]) for k in np.nonzero(cells.cells))
    ref = cells.refs[row * cells.cells.shape[1] + column]
    assert ref.kind in ("record", "cluster")
    assert ref.ids[0].startswith("record-")
    shown = np.count_nonzero(cells.cells)
    assert 1000 < shown < 30_000
    labels = [box(item) for item in layer(drawing, "labels") if isinstance(item, Text)]
    assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]


@pytest.mark.parametrize("facet", ["country", "vendor"])
def test_small_figures_share_one_view_and_one_numbering(spec_of: Builds, facet: str) -> None:
    spec = spec_of(facet=facet)
    whole = spec_of()
    assert sum(len(part.points.x) for _title, part in spec.facets) == len(whole.points.x)
    labels = {label for _title, part in spec.facets for label in part.points.labels}
    assert labels == set(whole.points.labels)
    drawing = FIGURE.layout(spec, size=(1200.0, 720.0), palette=LIGHT, measure=default_measure())
    assert len(drawing.panels) == len(spec.facets) > 1


def test_the_size_of_a_mark_says_how_many_stand_behind_it(spec_of: Builds) -> None:
    spec = spec_of(size="sources")
    assert spec.points.size is not None
    counts = [int(ref.title.rpartition(", ")[2].split()[0]) for ref in spec.points.refs]
    order = np.argsort(counts, kind="stable")
    assert np.all(np.diff(spec.points.size[order]) >= 0)
    assert any("larger mark" in entry.label for entry in spec.caption.legend)
