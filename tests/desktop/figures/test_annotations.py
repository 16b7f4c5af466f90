"""Remarks on figures: clear of the labels, in every small figure, and what they say of two values."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.errors import Invalid
from chipscape_db.figure_content import ANNOTATION_KINDS, Annotation, FigureContent
from chipscape_desktop.export.jobs import lay_out_annotated
from chipscape_desktop.figures.annotations import annotate
from chipscape_desktop.figures.catalog import View, figure
from chipscape_desktop.figures.drawing import Drawing, Layer, Marks, Rect, Segments, Text
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.performance.words import difference
from chipscape_desktop.figures.text import default_measure

Built = Callable[..., Any]
SIZE = (1000.0, 680.0)


def boxes(drawing: Drawing, *, remarks: bool) -> list[tuple[float, float, float, float]]:
    measure = default_measure()
    found = []
    for layer in drawing.layers:
        for item in layer.items if (layer.name == "annotations") is remarks else ():
            if isinstance(item, Text) and drawing.plot.contains(item.x, item.y):
                wide = measure.width(item.text, item.size, item.weight)
                left = item.x - {"start": 0.0, "middle": wide / 2, "end": wide}[item.anchor]
                found.append((left, item.y - 0.75 * item.size, left + wide, item.y + 0.1 * item.size))
    return found


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("name", ["performance-over-time", "efficiency", "ranking", "comparison"])
def test_remarks_lie_over_no_label_and_not_over_each_other(built: Built, name: str) -> None:
    shown = figure(name)
    spec = built(name, "")
    (x0, x1), (y0, y1) = shown.home(spec).x, shown.home(spec).y
    at = [(x0 + (x1 - x0) * a, y0 + (y1 - y0) * b) for a, b in ((0.5, 0.5), (0.52, 0.5), (0.7, 0.6), (0.3, 0.4))]
    remarks = tuple(Annotation("text", (place,), "A remark of some words") for place in at)
    drawing = lay_out_annotated(shown, spec, remarks, size=SIZE, palette=LIGHT, view=None)
    written = boxes(drawing, remarks=True)
    assert len(written) == len(remarks)
    for i, one in enumerate(written):
        assert all(apart(one, label) for label in boxes(drawing, remarks=False))
        assert all(apart(one, other) for other in written[:i])


@given(
    st.lists(st.tuples(st.floats(60, 540), st.floats(40, 360)), max_size=25), st.floats(0.1, 0.9), st.floats(0.1, 0.9)
)
def test_words_move_off_labels_where_there_is_room(places: list[tuple[float, float]], a: float, b: float) -> None:
    plot = Rect(0, 0, 600, 400)
    labels = tuple(Text(x, y, "Label", 11.5, "#000000", anchor="middle") for x, y in places)
    drawing = Drawing(600, 400, "#ffffff", plot, (Layer("labels", labels),))
    view = View((0.0, 1.0), (0.0, 1.0))
    made = annotate(drawing, (Annotation("text", ((a, b),), "Remark"),), view, palette=LIGHT, measure=default_measure())
    (written,) = boxes(made, remarks=True)
    assert all(apart(written, label) for label in boxes(made, remarks=False))


def test_a_difference_leads_along_the_values(built: Built) -> None:
    for name, axis in (("performance-over-time", "y"), ("ranking", "x")):
        shown = figure(name)
        spec = built(name, "")
        (x0, x1), (y0, y1) = shown.home(spec).x, shown.home(spec).y
        first, second = (x0 + (x1 - x0) * 0.4, y0 + (y1 - y0) * 0.4), (x0 + (x1 - x0) * 0.6, y0 + (y1 - y0) * 0.8)
        remark = Annotation("difference", (first, second), "More")
        drawing = lay_out_annotated(shown, spec, (remark,), size=SIZE, palette=LIGHT, view=None)
        layer = next(one for one in drawing.layers if one.name == "annotations")
        lines = [item for item in layer.items if isinstance(item, Segments)]
        arrow = lines[1]
        assert bool(arrow.x1[0] == arrow.x2[0]) is (axis == "y")
        assert bool(arrow.y1[0] == arrow.y2[0]) is (axis == "x")
        low, high = (10.0 ** point[1] if axis == "y" else point[0] for point in (first, second))
        text = next(item.text for item in layer.items if isinstance(item, Text))
        assert text == f"More {difference(low, high, unit='TFLOPS')}"
        assert any(isinstance(item, Marks) and item.shape == "arrow" for item in layer.items)


def test_a_difference_is_told_in_values_and_percent() -> None:
    assert difference(312, 280, unit="TFLOPS") == "−32\u00a0TFLOPS (−10%)"
    assert difference(100, 250, unit="%") == "+150\u00a0% (+150%)"
    assert difference(0, 5, unit="W") == "+5\u00a0W"


def test_small_figures_have_the_remarks_each(built: Built) -> None:
    shown = figure("performance-over-time")
    spec = built("performance-over-time", "", facet="country")
    line = Annotation("line-across", ((18000.0, 2.494),), "A100")
    drawing = lay_out_annotated(shown, spec, (line,), size=(1200.0, 700.0), palette=LIGHT, view=None)
    layers = [layer for layer in drawing.layers if layer.name == "annotations"]
    assert [layer.clip for layer in layers] == list(drawing.panels)
    assert len({float(item.y1[0]) for layer in layers for item in layer.items if isinstance(item, Segments)}) <= 2


@pytest.mark.parametrize("kind", ANNOTATION_KINDS)
def test_every_kind_is_kept_as_it_is_and_drawn(built: Built, kind: str) -> None:
    count = 2 if kind in ("arrow", "growth", "difference") else 1
    places = ((17000.0, 2.0), (18500.0, 2.5))[:count]
    content = FigureContent("performance-over-time", annotations=(Annotation(kind, places, "Words"),))
    again = FigureContent.from_json(content.figure, content.to_json())
    assert again.annotations == content.annotations
    shown, spec = figure("performance-over-time"), built("performance-over-time", "")
    drawing = lay_out_annotated(shown, spec, again.annotations, size=SIZE, palette=LIGHT, view=None)
    layer = next(one for one in drawing.layers if one.name == "annotations")
    texts = [item.text for item in layer.items if isinstance(item, Text)]
    assert len(texts) == 1
    assert texts[0].startswith("Words")
    assert np.isfinite([item.x for item in layer.items if isinstance(item, Text)]).all()
    with pytest.raises(Invalid):
        Annotation(kind, ((0.0, 0.0),) * (3 - count))
