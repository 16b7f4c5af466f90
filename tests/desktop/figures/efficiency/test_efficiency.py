"""The efficiency plane on the starter facts: ratios, lines of one ratio, facets, sizes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.errors import Invalid, NotFound
from chipscape_desktop.figures.catalog import View, figure
from chipscape_desktop.figures.drawing import Marks, Segments, Text
from chipscape_desktop.figures.efficiency.options import parse
from chipscape_desktop.figures.efficiency.ratio import ratios_between
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure

Built = Callable[..., Any]
Dumped = Callable[[str, Any], list[dict[str, str]]]
FIGURE = figure("efficiency")


def draw(spec: Any, size: tuple[float, float] = (1000.0, 680.0), view: View | None = None) -> Any:
    return FIGURE.layout(spec, size=size, palette=LIGHT, measure=default_measure(), view=view)


def test_ratios_and_their_ranges_agree_with_the_dumped_values(built: Built, dumped: Dumped) -> None:
    rows = dumped("efficiency", built("efficiency", ""))
    assert len(rows) > 20

    def column(name: str) -> Any:
        return np.array([float(row[name]) for row in rows])

    compute, power = column("FP16 compute (TFLOPS)"), column("Power (TDP) (W)")
    np.testing.assert_allclose(column("Ratio (TFLOPS/W)"), compute / power)
    np.testing.assert_allclose(column("Least ratio"), column("Least claimed (y)") / column("Most claimed (x)"))
    np.testing.assert_allclose(column("Greatest ratio"), column("Most claimed (y)") / column("Least claimed (x)"))


@pytest.mark.parametrize(
    ("y", "x", "unit", "factor"),
    [
        ("memory.bandwidth", "compute.fp16", "bytes/FLOP", 1e-3),
        ("compute.fp16", "price", "TFLOPS/USD", 1.0),
        ("achieved.compute.fp16", "compute.fp16", "%", 100.0),
        ("compute.int8", "memory.bandwidth", "OP/byte", 1e3),
    ],
)
def test_a_ratio_has_a_unit_that_people_use(built: Built, y: str, x: str, unit: str, factor: float) -> None:
    spec = built("efficiency", "", y=y, x=x)
    assert (spec.ratio.unit, spec.ratio.factor) == (unit, factor)
    assert spec.chips


@pytest.mark.parametrize("scale", ["log", "linear"])
def test_lines_of_one_ratio_hold_it_at_both_ends(built: Built, scale: str) -> None:
    spec = built("efficiency", "", scale=scale)
    drawing = draw(spec)
    layer = next(one for one in drawing.layers if one.name == "ratios")
    lines = [item for item in layer.items if isinstance(item, Segments)]
    words = [item.text for item in layer.items if isinstance(item, Text)]
    assert lines
    assert words
    plot, home = drawing.plot, spec.home

    def value(px: float, start: float, length: float, ends: tuple[float, float]) -> float:
        place = ends[0] + (px - start) / length * (ends[1] - ends[0])
        return float(10.0**place) if scale == "log" else place

    for line in lines:
        ratios = [
            value(float(y[0]), plot.bottom, -plot.height, home.y) / value(float(x[0]), plot.x, plot.width, home.x)
            for x, y in ((line.x1, line.y1), (line.x2, line.y2))
            if value(float(x[0]), plot.x, plot.width, home.x) > 1e-9
        ]
        assert len({f"{ratio:.6g}" for ratio in ratios}) == 1


@given(low=st.floats(1e-6, 1e6), factor=st.floats(1.01, 1e9))
def test_there_are_few_round_lines_and_all_lie_between(low: float, factor: float) -> None:
    found = ratios_between(low, low * factor)
    assert len(found) <= 12
    assert all(low <= one <= low * factor for one in found)
    assert all(float(f"{one:.1g}") == one for one in found)


@pytest.mark.parametrize("facet", ["country", "vendor"])
def test_facets_hold_every_chip_once_at_one_scale(built: Built, facet: str) -> None:
    spec = built("efficiency", "", facet=facet)
    places = [i for each in spec.facets for i in each.chips]
    assert sorted(places) == list(range(len(spec.chips)))
    drawing = draw(spec)
    assert len(drawing.panels) == len(spec.facets) > 1
    assert drawing.plot == drawing.panels[0]
    assert len({(round(panel.width), round(panel.height)) for panel in drawing.panels}) == 1
    heads = next(layer for layer in drawing.layers if layer.name == "facets")
    assert [item.text for item in heads.items if isinstance(item, Text)] == [each.title for each in spec.facets]


def test_areas_of_marks_are_in_proportion(built: Built) -> None:
    spec = built("efficiency", "", size="memory.capacity")
    by_name = {chip.ref.title.partition(":")[0]: chip.size for chip in spec.chips}
    assert (by_name["Nvidia A100 80GB SXM"] / by_name["Nvidia A100 40GB SXM"]) ** 2 == pytest.approx(2)
    drawn = [item.size for layer in draw(spec).layers if layer.name == "values" for item in layer.items]
    assert drawn == sorted(drawn, reverse=True)


@pytest.mark.parametrize("options", [{}, {"facet": "country"}, {"size": "price"}, {"y": "memory.bandwidth"}])
def test_labels_keep_clear_of_each_other(built: Built, options: dict[str, str]) -> None:
    measure = default_measure()
    boxes = []
    for layer in draw(built("efficiency", "", **options)).layers:
        for item in layer.items if layer.name == "labels" else ():
            if isinstance(item, Text):
                wide = measure.width(item.text, item.size, item.weight)
                left = item.x - {"start": 0.0, "middle": wide / 2, "end": wide}[item.anchor]
                boxes.append((left, item.y - 8, left + wide, item.y + 1))
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_every_mark_opens_the_claims_of_both(built: Built) -> None:
    drawing = draw(built("efficiency", ""))
    marks = [item for layer in drawing.layers if layer.name == "values" for item in layer.items]
    assert all(isinstance(item, Marks) and len(item.refs[0].ids) >= 3 for item in marks)


def test_words_that_are_none_are_refused() -> None:
    with pytest.raises(Invalid):
        parse({"facet": "mood"})
    with pytest.raises(NotFound):
        parse({"x": "weight"})
