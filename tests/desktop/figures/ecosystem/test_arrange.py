"""The ways in which the map is arranged."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from chipscape_db.queries.layers import LAYERS
from chipscape_desktop.figures.drawing import Curves, Text
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.arrange import arrange, middle_of, places
from chipscape_desktop.figures.ecosystem.build import draft
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.figures.graph_overlap import close_pairs
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure

Ask = Callable[..., Any]
LAYOUTS = ("force", "stack", "radial", "country", "hand")


def number(spec: EcosystemSpec, slug: str) -> int:
    return next(i for i, node in enumerate(spec.nodes) if node.slug == slug)


@pytest.fixture(scope="session", params=LAYOUTS)
def laid_out(request: pytest.FixtureRequest, ask: Ask) -> EcosystemSpec:
    return FIGURE.build(*ask(layout=request.param))


def test_every_layout_is_the_same_every_time_and_no_sign_covers_another(laid_out: EcosystemSpec, ask: Ask) -> None:
    again = FIGURE.build(*ask(layout=laid_out.layout))
    assert np.array_equal(laid_out.xy, again.xy)
    assert np.isfinite(laid_out.xy).all()
    assert not len(close_pairs(laid_out.xy, laid_out.radius - 1e-6)[0])


def test_every_layout_stops_when_asked_and_keeps_what_is_pinned(ask: Ask) -> None:
    for layout in LAYOUTS:
        spec = draft(*ask(layout=layout, center="huawei"))
        held = {spec.nodes[3].id: (40.0, 2.0), spec.nodes[5].id: (41.5, 2.0)}
        made = arrange(spec, pinned=held, should_stop=lambda: True)
        assert made.xy[3].tolist() == [40.0, 2.0]
        assert made.xy[5].tolist() == [41.5, 2.0]
        assert made.pinned == {3, 5}
        assert np.isfinite(made.xy).all()


def test_what_was_there_stays_in_every_layout_when_records_come_and_go(laid_out: EcosystemSpec, ask: Ask) -> None:
    fewer = draft(*ask(layout=laid_out.layout, countries=frozenset({"CN", "TW"})))
    made = arrange(fewer, previous=places(laid_out), ground=laid_out.ground)
    there = places(laid_out)
    assert all(place == pytest.approx(there[id_]) for id_, place in places(made).items())
    known = {id_: place for id_, place in there.items() if not id_.endswith(("00", "11"))}
    assert len(known) < len(there)
    grown = arrange(draft(*ask(layout=laid_out.layout)), previous=known, ground=laid_out.ground)
    moved = [np.hypot(*np.subtract(place, known[id_])) for id_, place in places(grown).items() if id_ in known]
    assert np.median(moved) < 0.2


def test_the_stack_has_every_record_in_the_band_of_its_layer(ask: Ask) -> None:
    spec = FIGURE.build(*ask(layout="stack"))
    bands = {LAYERS[band.layer]: band for band in spec.ground.bands}
    assert [LAYERS[band.layer] for band in spec.ground.bands] == list(LAYERS)
    for node, (_x, y), layer in zip(spec.nodes, spec.xy.tolist(), spec.layer.tolist(), strict=True):
        band = bands[LAYERS[layer]]
        assert band.top <= y <= band.bottom, node.slug
    layer_of = {node.slug: LAYERS[layer] for node, layer in zip(spec.nodes, spec.layer.tolist(), strict=True)}
    assert {slug: layer_of[slug] for slug in ("tsmc", "sk-hynix", "nvidia", "ascend-910b", "cann", "pytorch")} == {
        "tsmc": "foundry", "sk-hynix": "memory", "nvidia": "chip", "ascend-910b": "chip", "cann": "runtime",
        "pytorch": "framework",
    }  # fmt: skip
    assert layer_of["openai"] == "model"
    assert layer_of["huawei-cloud"] == "cloud"
    assert layer_of["finance"] == "sector"


def test_edges_of_the_stack_pass_other_bands_beside_the_signs(ask: Ask) -> None:
    spec = FIGURE.build(*ask(layout="stack", center="huawei"))
    drawing = FIGURE.layout(spec, size=(1366, 768), palette=LIGHT, measure=default_measure())
    edges = [item for layer in drawing.layers if layer.name == "edges" for item in layer.items]
    pieces = [index for item in edges if isinstance(item, Curves) for index in item.index.tolist()]
    spans = np.abs(np.diff(spec.layer[spec.edges.ends], axis=1)).ravel()
    far = int(np.argmax(spans))
    assert spans[far] > 2
    assert pieces.count(int(spec.edges.leader[far])) > 1
    named = {item.text for layer in drawing.layers for item in layer.items if isinstance(item, Text)}
    assert {"Foundries", "Memory", "Chips", "Models", "Clouds"} <= named


def test_rings_are_as_far_out_as_their_records_are_from_the_middle(ask: Ask) -> None:
    spec = FIGURE.build(*ask(layout="radial", center="huawei", depth="2"))
    middle = middle_of(spec)
    assert spec.nodes[middle].slug == "huawei"
    assert spec.xy[middle].tolist() == [0.0, 0.0]
    near = spec.neighbours(middle)
    others = np.setdiff1d(np.arange(len(spec.nodes)), [*near.tolist(), middle])
    out = np.hypot(spec.xy[:, 0] / 1.6, spec.xy[:, 1])
    assert out[near].max() <= out[others].min() + 0.5


def test_a_country_has_its_disc_and_the_united_states_are_west_of_china(ask: Ask) -> None:
    spec = FIGURE.build(*ask(layout="country"))
    discs = {disc.name: disc for disc in spec.ground.discs}
    assert discs["United States"].x < discs["China"].x < discs["Japan"].x
    for node, (x, y) in zip(spec.nodes, spec.xy.tolist(), strict=True):
        if node.country == "CN":
            assert np.hypot(x - discs["China"].x, y - discs["China"].y) < discs["China"].radius
    both = list(discs.values())
    for i, one in enumerate(both):
        for other in both[i + 1 :]:
            assert np.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius - 1e-6
