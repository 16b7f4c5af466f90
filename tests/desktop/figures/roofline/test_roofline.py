"""The roofline on the starter facts, checked against the definition."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.errors import Invalid
from chipscape_db.metrics import COMPUTE_METRICS
from chipscape_desktop.figures.catalog import figure
from chipscape_desktop.figures.drawing import Marks, Polyline, Text
from chipscape_desktop.figures.palette import DARK
from chipscape_desktop.figures.roofline.options import parse
from chipscape_desktop.figures.roofline.spec import attainable
from chipscape_desktop.figures.text import default_measure

Built = Callable[..., Any]
Dumped = Callable[[str, Any], list[dict[str, str]]]
FIGURE = figure("roofline")


def draw(spec: Any, size: tuple[float, float] = (900.0, 600.0)) -> Any:
    return FIGURE.layout(spec, size=size, palette=DARK, measure=default_measure())


@given(compute=st.floats(1, 1e5), bandwidth=st.floats(1, 1e5), intensity=st.floats(1e-3, 1e6))
def test_the_roof_is_the_lower_of_peak_and_slope(compute: float, bandwidth: float, intensity: float) -> None:
    (value,) = attainable(np.array([intensity]), compute, bandwidth).tolist()
    flops, bytes_ = compute * 1e12, bandwidth * 1e9
    assert value * 1e12 == pytest.approx(min(flops, intensity * bytes_))


def test_ridges_agree_with_the_dumped_values(built: Built, dumped: Dumped) -> None:
    rows = dumped("roofline", built("roofline", ""))
    assert {row["Name"] for row in rows} >= {"Ascend 910B", "Nvidia A100 80GB SXM"}
    for row in rows:
        compute, bandwidth = float(row["FP16 compute (TFLOPS)"]) * 1e12, float(row["Memory bandwidth (GB/s)"]) * 1e9
        assert float(row["Ridge (FLOP/byte)"]) == pytest.approx(compute / bandwidth)
        low = float(row["Least claimed (compute)"]) * 1e3 / float(row["Most claimed (bandwidth)"])
        assert float(row["Least ridge"]) == pytest.approx(low)


def test_roofs_bend_at_their_ridges(built: Built) -> None:
    spec = built("roofline", "")
    drawing = draw(spec)
    plot, home = drawing.plot, spec.home
    roofs = [item for layer in drawing.layers if layer.name == "roofs" for item in layer.items]
    ridges = [item for layer in drawing.layers if layer.name == "ridges" for item in layer.items]
    for roof, line, mark in zip(spec.roofs, roofs, ridges, strict=True):
        assert isinstance(line, Polyline)
        assert isinstance(mark, Marks)
        x = plot.x + (np.log10(roof.ridge) - home.x[0]) / (home.x[1] - home.x[0]) * plot.width
        y = plot.bottom - (np.log10(roof.compute) - home.y[0]) / (home.y[1] - home.y[0]) * plot.height
        assert (line.x[1], line.y[1]) == (pytest.approx(x), pytest.approx(y))
        assert (mark.x[0], mark.y[0]) == (pytest.approx(x), pytest.approx(y))
        assert len(roof.ref.ids) >= 3


def test_measured_values_are_crosses_that_open_their_claim(built: Built) -> None:
    spec = built("roofline", "", chips="ascend-910b")
    (roof,) = spec.roofs
    assert {one.value for one in roof.measured} == {313.182}
    assert all(one.ref.kind == "claim" for one in roof.measured)


@pytest.mark.parametrize("metric", COMPUTE_METRICS)
def test_every_number_format_can_be_drawn_and_names_keep_apart(built: Built, metric: str) -> None:
    spec = built("roofline", "", metric=metric)
    drawing = draw(spec, (776.0, 520.0))
    measure = default_measure()
    boxes = []
    for layer in drawing.layers:
        for item in layer.items if layer.name == "labels" else ():
            assert isinstance(item, Text)
            boxes.append((item.x - measure.width(item.text, item.size, item.weight), item.x, item.y))
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            assert one[0] >= other[1] or other[0] >= one[1] or abs(one[2] - other[2]) >= 10
    lacking = len(spec.table.rows) - len(spec.roofs)
    assert not lacking or spec.caption.notes[0].startswith("Missing: ")


def test_chips_that_are_not_there_are_named(built: Built) -> None:
    spec = built("roofline", "", chips="ascend-910b,no-such-chip")
    assert "no-such-chip" in spec.caption.notes[0]
    assert draw(built("roofline", "", chips="no-such-chip")).layers


def test_words_that_are_none_are_refused() -> None:
    for options in ({"metric": "memory.capacity"}, {"band": "wide"}, {"rule": "loudest"}, {"nonsense": "1"}):
        with pytest.raises(Invalid):
            parse(options)
