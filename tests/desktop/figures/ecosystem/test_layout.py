from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from chipscape_desktop.benchmarks.ecosystem import synthetic_spec
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Curves, Drawing, Marks, Rect, Segments, Text
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.naming import ASCENT, DESCENT
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.figures.hit import hit
from chipscape_desktop.figures.palette import DARK, LIGHT, PRINT, Palette
from chipscape_desktop.figures.text import default_measure

MEASURE = default_measure()
SIZES = [(640.0, 420.0), (1000.0, 690.0), (1366.0, 768.0), (2560.0, 1440.0)]


def lay_out(
    spec: EcosystemSpec, size: tuple[float, float] = (1366, 768), *, palette: Palette = LIGHT, view: View | None = None
) -> Drawing:
    return FIGURE.layout(spec, size=size, palette=palette, measure=MEASURE, view=view)


def items(drawing: Drawing, layer: str) -> tuple[Any, ...]:
    return next((each.items for each in drawing.layers if each.name == layer), ())


def names(drawing: Drawing) -> list[Text]:
    return list(items(drawing, "names"))


def box(text: Text) -> Rect:
    width = MEASURE.width(text.text, text.size, text.weight)
    left = {"start": text.x, "middle": text.x - width / 2, "end": text.x - width}[text.anchor]
    return Rect(left, text.y - ASCENT * text.size, width, (ASCENT + DESCENT) * text.size)


def closer(spec: EcosystemSpec, factor: float) -> View:
    home = FIGURE.home(spec)
    (x0, x1), (y0, y1) = home.x, home.y
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return View((x - (x1 - x0) / factor / 2, x + (x1 - x0) / factor / 2),
                (y - (y1 - y0) / factor / 2, y + (y1 - y0) / factor / 2))  # fmt: skip


def node_marks(drawing: Drawing) -> dict[int, tuple[float, float, float, str | None]]:
    """Each node's place, size and fill by its number."""
    out = {}
    for marks in items(drawing, "nodes"):
        if marks.index is not None:
            for i, number in enumerate(marks.index.tolist()):
                out[number] = (float(marks.x[i]), float(marks.y[i]), float(marks.size[i]), marks.fill)
    return out


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("factor", [1.0, 3.0])
def test_names_never_overlap_and_never_leave_the_plot(
    whole: EcosystemSpec, size: tuple[float, float], factor: float
) -> None:
    drawing = lay_out(whole, size, view=closer(whole, factor))
    boxes = np.array([[b.x, b.y, b.right, b.bottom] for b in map(box, names(drawing))])
    assert len(boxes) >= 5
    plot = drawing.plot
    assert np.all(boxes[:, :2] >= [plot.x - 0.01, plot.y - 0.01])
    assert np.all(boxes[:, 2:] <= [plot.right + 0.01, plot.bottom + 0.01])
    over = (boxes[:, None, :2] < boxes[None, :, 2:]) & (boxes[None, :, :2] < boxes[:, None, 2:])
    assert np.count_nonzero(over.all(axis=2)) == len(boxes)  # each with itself only


def test_hubs_have_their_names_even_in_a_crowd(whole: EcosystemSpec) -> None:
    shown = {text.text for text in names(lay_out(whole))}
    most = np.argsort(-whole.degree)[:8]
    assert {whole.nodes[number].name for number in most} <= shown


def test_names_of_lesser_records_keep_clear_of_every_sign(around_huawei: EcosystemSpec) -> None:
    drawing = lay_out(around_huawei)
    marks = node_marks(drawing)
    small = [text for text in names(drawing) if text.weight == 400]
    covering = 0
    for text in small:
        b = box(text)
        for x, y, size, _fill in marks.values():
            dx = max(b.x - x, x - b.right, 0.0)
            dy = max(b.y - y, y - b.bottom, 0.0)
            covering += np.hypot(dx, dy) < size / 2 - 1
    assert covering <= 5  # hubs by number of names that are set small


def test_more_names_appear_as_one_comes_closer(whole: EcosystemSpec) -> None:
    near = lay_out(whole, view=closer(whole, 4))
    far = lay_out(whole)
    in_view = len(names(near)) + near.dropped
    assert near.dropped / in_view < 0.5 * far.dropped / len(whole.nodes)
    assert f"{far.dropped} names" in " ".join(far.caption.notes) if far.caption else False


@pytest.mark.parametrize("size", SIZES)
def test_the_plot_stays_while_the_view_moves(whole: EcosystemSpec, size: tuple[float, float]) -> None:
    plots = {lay_out(whole, size, view=closer(whole, factor)).plot for factor in (0.5, 1, 2, 4, 16)}
    assert len(plots) == 1


def test_every_node_and_edge_in_view_is_drawn_with_its_meaning(whole: EcosystemSpec) -> None:
    drawing = lay_out(whole)
    assert set(node_marks(drawing)) == set(range(len(whole.nodes)))
    lines = [item for item in items(drawing, "edges") if isinstance(item, Curves | Segments)]
    drawn = sorted(number for item in lines for number in (item.index if item.index is not None else []))
    assert drawn == sorted(set(whole.edges.leader.tolist()))
    for item in lines:
        assert item.refs is whole.edges.refs
    for number, (x, y, _size, _fill) in list(node_marks(drawing).items())[::25]:
        ref = hit(drawing, x, y, measure=MEASURE)
        assert ref is not None
        assert ref.kind == "record"
        assert ref == whole.refs[number] or any(box(text).contains(x, y) for text in names(drawing))


def test_an_edge_is_hit_between_its_nodes(around_huawei: EcosystemSpec) -> None:
    drawing = lay_out(around_huawei, (2560, 1440))
    found = 0
    for item in items(drawing, "edges"):
        for i, number in enumerate(item.index.tolist()):
            x = 0.25 * item.x1[i] + 0.5 * item.cx[i] + 0.25 * item.x2[i]
            y = 0.25 * item.y1[i] + 0.5 * item.cy[i] + 0.25 * item.y2[i]
            found += hit(drawing, x, y, radius=2.0, measure=MEASURE) == around_huawei.edges.refs[number]
    assert found > 0.5 * len(around_huawei.edges.rows)


def test_tentative_edges_are_dashed_and_others_are_not(around_huawei: EcosystemSpec) -> None:
    for item in items(lay_out(around_huawei), "edges"):
        assert set(around_huawei.edges.tentative[item.index].tolist()) == {bool(item.pen.dash)}


def test_heads_point_at_the_object(around_huawei: EcosystemSpec) -> None:
    drawing = lay_out(around_huawei, (2560, 1440))
    marks = node_marks(drawing)
    arrows = [item for item in items(drawing, "heads") if isinstance(item, Marks) and item.shape == "arrow"]
    assert arrows
    for item in arrows:
        assert item.angle is not None
        for x, y, angle in zip(item.x, item.y, item.angle, strict=True):
            ahead = np.array([x, y]) + 6 * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
            nearest = min(np.hypot(nx - ahead[0], ny - ahead[1]) - size / 2 for nx, ny, size, _ in marks.values())
            assert nearest < 6


def test_focus_dims_all_but_the_neighbours_and_moves_no_node(whole: EcosystemSpec) -> None:
    focus = next(i for i, node in enumerate(whole.nodes) if node.slug == "cambricon")
    plain, focused = lay_out(whole), lay_out(replace(whole, focus=focus))
    lit = {focus, *whole.neighbours(focus).tolist()}
    before, after = node_marks(plain), node_marks(focused)
    for number, (x, y, size, fill) in before.items():
        assert after[number][:3] == (x, y, size)
        assert (after[number][3] == fill) == (number in lit)
    told = {text.ref for text in names(focused) if text.colour == LIGHT.ink}
    assert told <= {whole.refs[number] for number in lit}
    assert whole.refs[focus] in told
    bright = {n for item in items(focused, "edges") if item.pen.colour.endswith("e6") for n in item.index.tolist()}
    assert bright == set(whole.edges_at(focus).tolist())


def test_focus_by_option_is_for_exports_too(ask: Any) -> None:
    spec = FIGURE.build(*ask(center="huawei", focus="cann"))
    assert spec.nodes[spec.focus].slug == "cann"


def test_the_marked_edge_is_drawn_over_the_others(around_huawei: EcosystemSpec) -> None:
    drawing = lay_out(replace(around_huawei, marked=7))
    last = items(drawing, "edges")[-1]
    assert last.index.tolist() == [7]
    assert last.pen.colour == LIGHT.accent


@pytest.mark.parametrize("palette", [DARK, PRINT])
def test_palettes_change_colours_only(around_huawei: EcosystemSpec, palette: Palette) -> None:
    one, other = lay_out(around_huawei), lay_out(around_huawei, palette=palette)
    assert [text.text for text in names(one)] == [text.text for text in names(other)]
    assert {n: mark[:3] for n, mark in node_marks(one).items()} == {n: m[:3] for n, m in node_marks(other).items()}
    assert other.ground == palette.ground


def test_both_directions_have_one_scale(whole: EcosystemSpec) -> None:
    marks = node_marks(lay_out(whole))
    order = sorted(marks)
    at = np.array([marks[number][:2] for number in order])
    spans = np.ptp(at, axis=0) / np.ptp(whole.xy[order], axis=0)
    assert spans[0] == pytest.approx(spans[1])


def test_an_empty_map_says_so(ask: Any) -> None:
    from datetime import date

    spec = FIGURE.build(*ask(countries=frozenset({"AE"}), as_of=date(1950, 1, 1)))
    drawing = lay_out(spec)
    assert [text.text for text in names(drawing)] == ["No relationship between records passes the filters."]


@pytest.fixture(scope="module")
def large() -> EcosystemSpec:
    return synthetic_spec(4_000)


def test_a_large_map_leaves_the_longest_lines_out_and_says_how_many(large: EcosystemSpec) -> None:
    drawing = lay_out(large)
    drawn = {number for item in items(drawing, "edges") for number in item.index.tolist()}
    left_out = set(range(len(large.edges.rows))) - drawn
    assert left_out
    assert drawing.caption is not None
    assert f"{len(left_out):,} long lines" in " ".join(drawing.caption.notes)
    length = np.hypot(*(large.xy[large.edges.ends[:, 0]] - large.xy[large.edges.ends[:, 1]]).T)
    assert length[sorted(drawn)].max() <= length[sorted(left_out)].min() + 1e-9


def test_lines_in_focus_and_the_marked_one_are_never_left_out(large: EcosystemSpec) -> None:
    hub = int(np.argmax(large.degree))
    length = np.hypot(*(large.xy[large.edges.ends[:, 0]] - large.xy[large.edges.ends[:, 1]]).T)
    longest = int(np.argmax(length))
    drawing = lay_out(replace(large, focus=hub, marked=longest))
    drawn = {number for item in items(drawing, "edges") for number in item.index.tolist()}
    assert set(large.edges_at(hub).tolist()) <= drawn
    assert longest in drawn


def test_the_starter_map_leaves_no_line_out(whole: EcosystemSpec) -> None:
    for size in SIZES:
        drawing = lay_out(whole, size)
        assert drawing.caption is not None
        assert not any("left out" in note for note in drawing.caption.notes)
