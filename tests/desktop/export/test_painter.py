from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from chipscape_desktop.benchmarks.sampler import CAPSULE, SHAPES, column, figure
from chipscape_desktop.export.painter import flattened, paint
from chipscape_desktop.export.svg import render_svg
from chipscape_desktop.figures.drawing import (
    Box,
    Curves,
    Drawing,
    Item,
    Layer,
    Marks,
    Pen,
    Raster,
    Rect,
    Segments,
    Text,
)
from chipscape_desktop.figures.palette import DARK, LIGHT, Palette

pytestmark = pytest.mark.usefixtures("qapp")
RED = "#ff0000"


def painted(*items: Item, exact: bool = False, scale: float = 1.0, clip: Rect | None = None) -> np.ndarray:
    """The pixels of a white 100 x 100 drawing as rows x columns x (red, green, blue)."""
    drawing = Drawing(100, 100, "#ffffff", Rect(0, 0, 100, 100), (Layer("plot", items, clip),))
    return pixels(drawing, exact=exact, scale=scale)


def pixels(drawing: Drawing, *, exact: bool = False, scale: float = 1.0) -> np.ndarray:
    image = QImage(round(drawing.width * scale), round(drawing.height * scale), QImage.Format.Format_RGBA8888)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    paint(drawing, painter, exact=exact)
    painter.end()
    return np.array(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def inked(picture: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not white."""
    rows, columns = np.nonzero(picture.sum(axis=2) < 700)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@pytest.mark.parametrize("count", [1, 100, 5000], ids=["one by one", "stamped", "crowd"])
@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_paints_at_its_place_however_many_there_are(shape: str, count: int) -> None:
    many = Marks(shape, np.full(count, 60.0), np.full(count, 30.0), 16.0, RED)  # type: ignore[arg-type]
    picture = painted(many)
    left, top, right, bottom = inked(picture)
    assert 49 <= left <= right <= 71
    assert 19 <= top <= bottom <= 41
    assert max(right - left, bottom - top) >= 12
    reddest = picture[top : bottom + 1, left : right + 1]
    assert ((reddest[..., 0] > 240) & (reddest[..., 1] < 140)).any()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hollow_shape_shows_the_ground_inside(shape: str) -> None:
    picture = painted(Marks(shape, column(50.5), column(50.5), 30.0, None, Pen(RED, 2)))  # type: ignore[arg-type]
    assert inked(picture)
    if shape not in ("cross", "tick", "dash"):
        assert picture[50, 50].tolist() == [255, 255, 255]


@pytest.mark.parametrize("count", [1, 60, 5000])
def test_the_later_batch_lies_on_top(count: int) -> None:
    below, above = (
        Marks("disc", np.full(count, x), np.full(count, 50.0), 20.0, colour)
        for x, colour in ((45.0, RED), (55.0, "#0000ff"))
    )
    picture = painted(below, above)
    assert picture[50, 40].tolist() == [255, 0, 0]
    assert picture[50, 50].tolist() == [0, 0, 255]


def test_a_crowd_of_many_shapes_looks_like_its_marks_one_by_one() -> None:
    random = np.random.default_rng(7)
    batches = [
        Marks(shape, random.integers(0, 100, 700) + 0.5, random.integers(0, 100, 700) + 0.5, 3.0 + place, colour)
        for place, (shape, colour) in enumerate(zip(SHAPES[:8], ["#202020", "#a03010"] * 4, strict=True))
    ]
    clip = Rect(10, 10, 80, 80)
    crowd, exact = painted(*batches, clip=clip), painted(*batches, clip=clip, exact=True)
    assert np.abs(crowd - exact).mean() < 25
    outside = crowd.copy()
    outside[10:90, 10:90] = 255
    assert (outside == 255).all()


def test_turned_and_sized_marks_keep_their_own_angle_and_size() -> None:
    count = 60
    upright = painted(Marks("tick", np.full(count, 50.0), np.full(count, 50.0), 40.0, RED, angle=np.zeros(count)))
    lying = painted(Marks("tick", np.full(count, 50.0), np.full(count, 50.0), 40.0, RED, angle=np.full(count, 90.0)))
    left, top, right, bottom = inked(upright)
    assert right - left < 5 < 35 < bottom - top
    left, top, right, bottom = inked(lying)
    assert bottom - top < 5 < 35 < right - left


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_marks_and_words_stand_at_the_same_place_at_any_scale(scale: float) -> None:
    marks = Marks("square", np.full(100, 30.0), np.full(100, 70.0), 10.0, RED)
    for items in (
        (marks,),
        (Text(20, 40, "HHH", 20, "#000000"),),
        (Text(20, 40, "HHH", 20, "#000000", halo="#ffff00"),),
    ):
        once = np.array(inked(painted(*items, exact=True)))
        there = np.array(inked(painted(*items, scale=scale))) / scale
        assert np.abs(once - there).max() <= 2.5


def test_nothing_is_painted_outside_the_clip() -> None:
    picture = painted(
        Box(Rect(0, 0, 100, 100), RED), Text(0, 50, "W" * 30, 20, "#000000"), clip=Rect(20, 20, 30, 30)
    )  # fmt: skip
    assert inked(picture) == (20, 20, 49, 49)


def test_a_fading_box_is_fainter_at_its_ends() -> None:
    row = painted(Box(Rect(0, 40, 100, 20), "#000000", fade=(40, 0)))[50, :, 0]
    assert row[2] > 230
    assert row[20] == pytest.approx(128, abs=12)
    assert row[99] == 0


def test_a_hatched_box_has_lines_over_its_fill() -> None:
    for exact in (False, True):
        inside = painted(Box(Rect(10, 10, 80, 80), "#ffffff", hatch="#000000"), exact=exact)[12:88, 12:88, 0]
        assert (inside < 150).mean() == pytest.approx(0.15, abs=0.1)


def test_raster_cells_are_crisp() -> None:
    cells = np.array([[0, 1, 0]], np.uint8)
    row = painted(Raster(Rect(5, 0, 90, 100), cells, (RED, "#0000ff")))[50]
    assert row[34].tolist() == [255, 0, 0]
    assert row[35].tolist() == row[64].tolist() == [0, 0, 255]
    assert row[65].tolist() == [255, 0, 0]


def test_many_lines_are_all_painted() -> None:
    y = np.repeat(np.arange(1.5, 99), 120)
    lines = Segments(np.zeros(len(y)), y, np.full(len(y), 100.0), y, Pen("#000000"))
    assert (painted(lines)[2:98] == 0).mean() > 0.9


@given(st.lists(st.tuples(*[st.floats(-1000, 1000)] * 6), min_size=1, max_size=20))
def test_flattened_curves_begin_and_end_where_the_curve_does(rows: list[tuple[float, ...]]) -> None:
    curves = np.array(rows)
    lines = flattened(curves, 0.2)
    assert len(lines) >= len(curves)
    np.testing.assert_allclose(lines[0, :2], curves[0, :2], atol=1e-6)
    np.testing.assert_allclose(lines[-1, 2:], curves[-1, 4:], atol=1e-6)


def test_quick_and_exact_curves_agree() -> None:
    curve = Curves(column(5), column(90), column(50), column(-60), column(95), column(90), Pen("#000000", 2))
    assert np.abs(painted(curve) - painted(curve, exact=True)).mean() < 2


def test_entries_without_a_place_paint_nothing() -> None:
    nowhere = column(np.nan, np.inf)
    lines = Segments(nowhere, nowhere, nowhere, nowhere, Pen(RED))
    assert (painted(Marks("disc", nowhere, nowhere, 10.0, RED), lines) == 255).all()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_screen_png_and_svg_look_alike(palette: Palette, tmp_path: Path) -> None:
    drawing, caption = figure(palette=palette)
    screen, file = pixels(drawing), pixels(drawing, exact=True)
    image = QImage(960, 540, QImage.Format.Format_RGBA8888)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(render_svg(drawing, caption, CAPSULE))).render(painter)
    painter.end()
    vector = np.array(image.constBits(), np.uint8).reshape(540, 960, 4)[..., :3].astype(int)
    plot = np.s_[int(drawing.plot.y) : int(drawing.plot.y) + 85, int(drawing.plot.x) : int(drawing.plot.right)]
    assert np.abs(screen - file).mean() < 3
    assert np.abs(file[plot] - vector[plot]).mean() < 1.5


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
@given(
    left=st.floats(-40, 40), width=st.floats(5, 300), top=st.floats(-40, 40), height=st.floats(3, 200),
    rows=st.integers(1, 4), columns=st.integers(1, 40),
)  # fmt: skip
def test_each_pixel_of_a_raster_has_the_colour_of_the_cell_it_lies_in(
    scale: float, left: float, width: float, top: float, height: float, rows: int, columns: int
) -> None:
    cells = np.arange(rows * columns, dtype=np.uint8).reshape(rows, columns) % 2
    picture = painted(Raster(Rect(left, top, width, height), cells, (RED, "#0000ff")), scale=scale)
    y, x = ((np.arange(length) + 0.5) / scale for length in picture.shape[:2])
    down, across = (y - top) / height * rows, (x - left) / width * columns
    clear = np.ix_(np.abs(down - np.rint(down)) > 1e-6, np.abs(across - np.rint(across)) > 1e-6)
    inside = ((down >= 0) & (down < rows))[:, None] & ((across >= 0) & (across < columns))
    row, place = np.clip(down.astype(int), 0, rows - 1), np.clip(across.astype(int), 0, columns - 1)
    colours = np.array([[255, 0, 0], [0, 0, 255]])[cells[np.ix_(row, place)]]
    wanted = np.where(inside[..., None], colours, 255)
    assert np.array_equal(picture[clear], wanted[clear])


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_many_small_batches_are_painted_as_each_would_be_in_a_large_one(scale: float) -> None:
    random = np.random.default_rng(3)
    batches = []
    for place in range(30):
        x, y = random.uniform(0, 100, 3), random.uniform(0, 100, 3)
        shape, size = SHAPES[place % len(SHAPES)], 6.0 + place % 5
        batches.append(Marks(shape, x, y, size, f"#{place * 8:02x}2060", Pen("#000000", 1.25) if place % 3 else None))
    sized = Marks("disc", random.uniform(0, 100, 9), random.uniform(0, 100, 9), np.linspace(5, 16, 9), "#30c060")
    batches.insert(14, sized)
    together = painted(*batches, scale=scale, clip=Rect(5, 5, 80, 80))
    # A large batch that paints nothing sets them apart without changing where they fall.
    far = Marks("disc", np.full(20, 1e6), np.full(20, 1e6), np.linspace(3, 4, 20), RED)
    apart = painted(*(item for marks in batches for item in (marks, far)), scale=scale, clip=Rect(5, 5, 80, 80))
    assert np.array_equal(together, apart)
    exact = painted(*batches, scale=scale, clip=Rect(5, 5, 80, 80), exact=True)
    assert np.abs(together - exact).mean() < 12
