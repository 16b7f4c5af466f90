import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.drawing import (
    Box,
    Curves,
    Drawing,
    Item,
    Layer,
    Marks,
    Pen,
    Polyline,
    Raster,
    Rect,
    Ref,
    Segments,
    Text,
)
from chipscape_desktop.figures.hit import Walk, hit, neighbour, reading_order, refs_in

PEN = Pen("#000000")
A, B, C, BAND = (Ref("record", (name,), name) for name in ("a", "b", "c", "band"))
BAND = Ref("band", ("band",))


def drawing(*layers: Layer | Item) -> Drawing:
    made = tuple(layer if isinstance(layer, Layer) else Layer("items", (layer,)) for layer in layers)
    return Drawing(400, 300, "#ffffff", Rect(0, 0, 400, 300), made)


def marks(*points: tuple[float, float], size: float = 10.0, refs: tuple[Ref, ...] = (A, B, C)) -> Marks:
    return Marks("disc", np.array([p[0] for p in points]), np.array([p[1] for p in points]), size, "#000000", refs=refs)


def line(x1: float, y1: float, x2: float, y2: float, ref: Ref = C) -> Segments:
    return Segments(*(np.array([v]) for v in (x1, y1, x2, y2)), PEN, refs=(ref,))


def test_the_topmost_of_overlapping_marks_is_hit() -> None:
    assert hit(drawing(marks((50, 50), (53, 50))), 51, 50) == B
    assert hit(drawing(marks((53, 50), refs=(A,)), marks((50, 50), refs=(B,))), 51, 50) == B


def test_a_mark_under_the_pointer_beats_a_nearer_layer_that_is_only_close() -> None:
    assert hit(drawing(marks((50, 50), refs=(A,)), marks((62, 50), refs=(B,))), 52, 50) == A


def test_the_nearest_mark_within_reach_is_hit_and_none_beyond_it() -> None:
    shown = drawing(marks((50, 50), (70, 50)))
    assert hit(shown, 59, 50) == A
    assert hit(shown, 61, 50) == B
    assert hit(shown, 50, 62) is None
    assert hit(shown, 50, 62, radius=8) == A


def test_marks_come_before_lines_that_cross_them() -> None:
    assert hit(drawing(marks((50, 50), refs=(A,)), line(0, 50, 100, 50)), 50, 50) == A
    assert hit(drawing(marks((50, 50), refs=(A,)), line(0, 50, 100, 50)), 80, 53) == C


def test_what_a_clip_cuts_off_is_not_hit() -> None:
    layer = Layer("plot", (marks((50, 50), refs=(A,)),), clip=Rect(0, 0, 40, 40))
    assert hit(drawing(layer), 50, 50) is None
    assert reading_order(drawing(layer)) == []
    assert refs_in(drawing(layer), Rect(0, 0, 400, 300)) == []


def test_ornaments_are_passed_through() -> None:
    assert hit(drawing(line(0, 50, 100, 50), marks((50, 50), refs=())), 50, 50) == C


def test_refs_go_through_the_index() -> None:
    shared = Marks("disc", np.array([50.0, 90.0]), np.array([50.0, 50.0]), np.array([8.0, 8.0]), None, refs=(A, B),
                   index=np.array([1, 0]))  # fmt: skip
    assert hit(drawing(shared), 50, 50) == B
    assert hit(drawing(shared), 90, 50) == A


def test_a_curve_is_hit_along_its_bow_and_not_along_its_chord() -> None:
    curve = Curves(*(np.array([v]) for v in (0.0, 100.0, 50.0, 0.0, 100.0, 100.0)), PEN, refs=(A,))
    assert hit(drawing(curve), 50, 50) == A
    assert hit(drawing(curve), 50, 98) is None


def test_boxes_polylines_rasters_and_texts_are_hit() -> None:
    assert hit(drawing(Box(Rect(10, 10, 50, 10), "#000000", ref=A)), 30, 15) == A
    assert hit(drawing(Box(Rect(10, 10, 0.5, 10), "#000000", ref=A)), 11, 15) == A
    open_line = Polyline(np.array([0.0, 50.0, 50.0]), np.array([0.0, 0.0, 50.0]), PEN, ref=A)
    assert hit(drawing(open_line), 50, 25) == A
    assert hit(drawing(open_line), 30, 15) is None
    area = Polyline(np.array([0.0, 100.0, 100.0]), np.array([0.0, 0.0, 100.0]), None, "#000000", ref=A)
    assert hit(drawing(area), 80, 40) == A
    cells = Raster(Rect(0, 0, 40, 20), np.zeros((2, 2), dtype=np.uint8), ("#000000",), refs=(A, B, C, BAND))
    assert hit(drawing(cells), 30, 15) == BAND
    word = Text(100, 100, "Ascend", 12, "#000000", anchor="end", ref=A)
    assert hit(drawing(word), 80, 96) == A
    assert hit(drawing(word), 110, 96) is None
    turned = Text(100, 100, "Ascend", 12, "#000000", angle=90, ref=A)
    assert hit(drawing(turned), 104, 120) == A


def test_a_text_is_as_wide_as_the_measure_says() -> None:
    class Wide:
        def width(self, text: str, size: float, weight: int = 400) -> float:
            return 300.0

    word = drawing(Text(10, 100, "x", 12, "#000000", ref=A))
    assert hit(word, 200, 98, measure=Wide()) == A
    assert hit(word, 200, 98) is None


def test_brushing_takes_marks_by_centre_lines_whole_and_never_bands() -> None:
    shown = drawing(
        Box(Rect(0, 0, 400, 300), "#000000", ref=BAND),
        marks((50, 50), (150, 50), refs=(A, B)),
        line(60, 60, 90, 90, C),
        line(60, 60, 300, 90, Ref("relationship", ("long",))),
    )
    assert refs_in(shown, Rect(40, 40, 60, 60)) == [A, C]


def test_brushing_names_each_thing_once() -> None:
    assert refs_in(drawing(marks((50, 50), (55, 50), refs=(A, A))), Rect(0, 0, 100, 100)) == [A]


def test_reading_order_goes_by_column_or_by_row() -> None:
    shown = drawing(marks((90, 10), (10, 80), (50, 10)))
    assert [p.ref for p in reading_order(shown)] == [B, C, A]
    assert [p.ref for p in reading_order(shown, rows=True)] == [C, A, B]


def test_arrow_keys_find_the_neighbour() -> None:
    shown = drawing(marks((50, 50), (100, 55), (50, 120)), Box(Rect(0, 0, 400, 300), None, ref=BAND))
    right = neighbour(shown, A, "right")
    assert right is not None
    assert (right.ref, right.x, right.y) == (B, 100, 55)
    down = neighbour(shown, A, "down")
    assert down is not None
    assert down.ref == C
    assert neighbour(shown, A, "left") is None
    first = neighbour(shown, Ref("record", ("gone",)), "left")
    assert first is not None
    assert first.ref == A
    assert neighbour(drawing(), A, "up") is None


@given(st.integers(2, 60), st.integers(0, 1000))
def test_arrows_lead_strictly_their_way_and_stop(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    refs = tuple(Ref("record", (str(i),)) for i in range(count))
    walk = Walk(drawing(marks(*zip(rng.uniform(0, 400, count), rng.uniform(0, 300, count), strict=True), refs=refs)))
    here = walk.order()[0]
    for _step in range(count):
        after = walk.neighbour(here.ref, "right")
        if after is None:
            break
        assert after.x > here.x
        here = after
    assert walk.neighbour(here.ref, "right") is None


def test_a_hundred_thousand_marks_are_searched_whole() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.uniform(0, 400, 100_000), rng.uniform(0, 300, 100_000)
    shown = drawing(Marks("disc", x, y, 0.0, "#000000", refs=(A, B), index=(np.arange(100_000) == 77_777).astype(int)))
    assert hit(shown, float(x[77_777]), float(y[77_777])) == B


@pytest.mark.parametrize("shape", ["square", "disc"])
def test_only_a_square_has_corners(shape: str) -> None:
    one = Marks(shape, np.array([50.0]), np.array([50.0]), 20.0, "#000000", refs=(A,))  # type: ignore[arg-type]
    assert (hit(drawing(one), 59, 59, radius=0.5) == A) is (shape == "square")
