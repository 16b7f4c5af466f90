"""Labels in any view: none over another, none outside the frame, and all of them where they were after panning."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Box, Drawing, Text
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline.arrange import home, lay_out

SPANS = st.floats(0.0, 1.0).map(lambda share: 1.0 * (73_000.0**share))
"""Days in view, from one to two centuries, as many short as long."""
SIZES = st.sampled_from([(900.0, 520.0), (1310.0, 640.0), (640.0, 400.0)])
FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def labels(drawing: Drawing) -> list[tuple[float, float, float, float, str]]:
    """Returns left, top, right, bottom and text of every label beside a sign."""
    measure, found = default_measure(), []
    for layer in drawing.layers:
        for item in layer.items if layer.name in ("labels", "rules") else ():
            if isinstance(item, Text):
                wide = measure.width(item.text, item.size, item.weight)
                left = item.x - wide / 2 if item.anchor == "middle" else item.x
                found.append((left, item.y - 0.75 * item.size, left + wide, item.y + 0.2 * item.size, item.text))
    return found


@FEW
@given(share=st.floats(-0.1, 1.1), span=SPANS, size=SIZES, lanes=st.sampled_from(["organization", "kind", "none"]))
def test_no_label_meets_another_or_leaves_the_frame(spec_of: Any, share: float, span: float, size: Any, lanes: str):
    spec = spec_of("en", lanes=lanes)
    middle = spec.extent[0] + share * (spec.extent[1] - spec.extent[0])
    drawing = lay_out(
        spec, size=size, palette=LIGHT, measure=default_measure(),
        view=View((middle - span / 2, middle + span / 2), home(spec).y),
    )  # fmt: skip
    found = labels(drawing)
    plot = drawing.plot
    for left, _top, right, bottom, text in found:
        assert plot.x - 1 <= left, text
        assert right <= plot.right + 1, text
        assert bottom <= plot.bottom + 1, text
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            apart = one[2] <= other[0] + 1 or other[2] <= one[0] + 1 or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
            assert apart, (one, other)


@FEW
@given(share=st.floats(0.2, 0.9), span=SPANS, steps=st.floats(-0.3, 0.3))
def test_labels_stay_with_their_signs_when_the_view_pans(spec_of: Any, share: float, span: float, steps: float):
    spec = spec_of()
    middle = spec.extent[0] + share * (spec.extent[1] - spec.extent[0])
    shown = []
    for shift in (0.0, steps * span):
        view = View((middle + shift - span / 2, middle + shift + span / 2), home(spec).y)
        drawing = lay_out(spec, size=(1310.0, 640.0), palette=LIGHT, measure=default_measure(), view=view)
        bars = {item.ref.ids for layer in drawing.layers for item in layer.items if isinstance(item, Box) and item.ref}
        plot = drawing.plot
        shown.append(
            {
                item.ref.ids: (item.x + shift * plot.width / span, item.y, item.text)
                for layer in drawing.layers
                if layer.name == "labels"
                for item in layer.items
                if isinstance(item, Text) and item.ref is not None and item.ref.ids not in bars
            }
        )
    for ids in shown[0].keys() & shown[1].keys():
        before, after = shown[0][ids], shown[1][ids]
        assert after[1] == pytest.approx(before[1])
        assert after[0] == pytest.approx(before[0], abs=0.5)
