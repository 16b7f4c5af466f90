"""What layouts keep from one view to the next never changes what is drawn."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chipscape_desktop.benchmarks.timeline import synthetic_spec
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Raster
from chipscape_desktop.figures.layout import frame
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline import axis
from chipscape_desktop.figures.timeline.arrange import home, lay_out
from chipscape_desktop.figures.timeline.spec import TimelineSpec

SIZE = (1200.0, 700.0)
MOVES = st.lists(st.tuples(st.sampled_from(("pan", "zoom", "down")), st.floats(-0.4, 0.4)), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def many() -> TimelineSpec:
    return synthetic_spec(25_000)


def drawn(spec: TimelineSpec, view: View) -> Drawing:
    return lay_out(spec, size=SIZE, palette=LIGHT, measure=default_measure(), view=view)


def afresh(spec: TimelineSpec, view: View) -> Drawing:
    axis._units.cache_clear()
    frame._legends.clear()
    return drawn(replace(spec, memo={}), view)


def told(item: Any) -> list[Any]:
    """What an item is made of, arrays as lists."""
    names = getattr(item, "_fields", None) or [field.name for field in fields(item)]
    parts = [getattr(item, name) for name in names if not (isinstance(item, Raster) and name == "refs")]
    return [type(item), *(part.tolist() if isinstance(part, np.ndarray) else part for part in parts)]


def moved(view: View, how: str, by: float, height: float) -> View:
    (low, high), (top, bottom) = view.x, view.y
    if how == "pan":
        return View((low + by * (high - low), high + by * (high - low)), view.y)
    if how == "zoom":
        middle, half = low + 0.6 * (high - low), max((high - low) * (1 + 2 * by), 2.0) / 2
        return View((middle - half, middle + half), view.y)
    span = max((bottom - top) * 0.6, 2.0)
    start = min(max(top + by * span, 0.0), height - span)
    return View(view.x, (start, start + span))


def follow(spec: TimelineSpec, moves: list[tuple[str, float]]) -> None:
    view = home(spec)
    for how, by in moves:
        view = moved(view, how, by, spec.height)
        warm, cold = drawn(spec, view), afresh(spec, view)
        assert [layer.name for layer in warm.layers] == [layer.name for layer in cold.layers]
        for one, other in zip(warm.layers, cold.layers, strict=True):
            assert (one.clip, one.fixed) == (other.clip, other.fixed)
            assert list(map(told, one.items)) == list(map(told, other.items)), one.name
        assert warm.caption == cold.caption
        assert warm.summary == cold.summary


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_a_few_events_look_the_same_however_one_came_there(
    spec_of: Callable[..., TimelineSpec], moves: list[tuple[str, float]]
) -> None:
    follow(spec_of(), moves)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_a_crowd_looks_the_same_however_one_came_there(many: TimelineSpec, moves: list[tuple[str, float]]) -> None:
    follow(many, moves)


def test_what_is_fixed_is_the_same_object_while_the_view_pans_and_zooms(
    spec_of: Callable[..., TimelineSpec], many: TimelineSpec
) -> None:
    for spec in (spec_of(), many):
        before = [layer for layer in drawn(spec, home(spec)).layers if layer.fixed]
        assert {"lanes", "headers", "minimap-density", "legend"} <= {layer.name for layer in before}
        for how, by in (("pan", 0.01), ("pan", 0.02), ("zoom", -0.05)):
            now = [layer for layer in drawn(spec, moved(home(spec), how, by, spec.height)).layers if layer.fixed]
            assert all(one is other for one, other in zip(before, now, strict=True))
