"""The ranking on the starter facts: sorted, with ranges, and nothing written over anything."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from chipscape_db.errors import Invalid
from chipscape_desktop.figures.catalog import View, figure
from chipscape_desktop.figures.drawing import Box, Text
from chipscape_desktop.figures.palette import DARK, PRINT
from chipscape_desktop.figures.ranking.options import parse
from chipscape_desktop.figures.readings.quantities import quantities
from chipscape_desktop.figures.text import default_measure

Built = Callable[..., Any]
Dumped = Callable[[str, Any], list[dict[str, str]]]
FIGURE = figure("ranking")


def draw(spec: Any, size: tuple[float, float] = (900.0, 640.0), view: View | None = None) -> Any:
    return FIGURE.layout(spec, size=size, palette=PRINT, measure=default_measure(), view=view)


@pytest.mark.parametrize("metric", ["compute.fp16", "power.tdp", "derived.compute-per-watt.fp16"])
def test_rows_are_sorted_by_what_is_better(built: Built, metric: str) -> None:
    spec = built("ranking", "", metric=metric)
    values = np.array([bar.value for bar in spec.bars if bar.value is not None])
    steps = np.diff(values)
    assert np.all(steps >= 0) if metric == "power.tdp" else np.all(steps <= 0)
    there = [bar.value is not None for bar in spec.bars]
    assert there == sorted(there, reverse=True)


def test_the_dumped_data_rank_as_numpy_ranks_them(built: Built, dumped: Dumped) -> None:
    rows = dumped("ranking", built("ranking", "", metric="memory.bandwidth"))
    value = np.array([float(row["Memory bandwidth (GB/s)"]) for row in rows if row["Rank"]])
    assert [int(row["Rank"]) for row in rows if row["Rank"]] == list(range(1, len(value) + 1))
    assert np.array_equal(value, np.sort(value)[::-1])
    low, high = (
        np.array([float(row[name]) for row in rows if row["Rank"]]) for name in ("Least claimed", "Most claimed")
    )
    assert np.all(low <= value)
    assert np.all(value <= high)


@pytest.mark.parametrize("size", [(776.0, 560.0), (1366.0, 768.0), (420.0, 320.0)])
@pytest.mark.parametrize("metric", ["compute.fp16", "price", "share.compute.fp16"])
def test_no_label_lies_over_another(built: Built, size: tuple[float, float], metric: str) -> None:
    drawing = draw(built("ranking", "", metric=metric), size)
    measure = default_measure()
    boxes = []
    for layer in drawing.layers:
        for item in layer.items:
            if isinstance(item, Text) and layer.name in ("labels", "axes"):
                wide = measure.width(item.text, item.size, item.weight)
                left = item.x - {"start": 0.0, "middle": wide / 2, "end": wide}[item.anchor]
                boxes.append((left, item.y - 0.7 * item.size, left + wide, item.y + 0.1 * item.size, item.text))
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart = one[2] <= other[0] + 0.5 or other[2] <= one[0] + 0.5 or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one[4], other[4])


def test_bars_end_at_their_values_and_open_their_claims(built: Built) -> None:
    spec = built("ranking", "", scale="linear")
    drawing = draw(spec)
    bars = next(layer for layer in drawing.layers if layer.name == "bars")
    boxes = {item.ref.ids[0]: item for item in bars.items if isinstance(item, Box)}
    for bar in spec.bars[:20]:
        rect = boxes[bar.ref.ids[0]].rect
        share = (bar.value - spec.home.x[0]) / (spec.home.x[1] - spec.home.x[0])
        assert rect.right == pytest.approx(drawing.plot.x + share * drawing.plot.width, abs=1) or share > 1
        assert len(bar.ref.ids) > 1


def test_a_scrolled_view_shows_other_rows(built: Built) -> None:
    spec = built("ranking", "")
    count = len(spec.bars)
    drawing = draw(spec, view=View(spec.home.x, (-float(count), -float(count) + 20)))
    texts = {item.text for layer in drawing.layers for item in layer.items if isinstance(item, Text)}
    assert spec.bars[-1].name in texts
    assert spec.bars[0].name not in texts
    assert any(text.startswith("missing") for text in texts)


@pytest.mark.parametrize("metric", list(quantities()))
@pytest.mark.parametrize("scale", ["linear", "log"])
def test_every_quantity_can_be_ranked(built: Built, metric: str, scale: str) -> None:
    spec = built("ranking", "", metric=metric, scale=scale)
    drawing = FIGURE.layout(spec, size=(800.0, 600.0), palette=DARK, measure=default_measure())
    assert drawing.title == spec.caption.title
    assert spec.caption.subtitle


def test_words_that_are_none_are_refused() -> None:
    for options in ({"order": "mood"}, {"rule": "loudest"}, {"nonsense": "1"}):
        with pytest.raises(Invalid):
            parse(options)
