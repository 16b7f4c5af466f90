import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from chipscape_desktop.export.backdrop import Backdrop
from chipscape_desktop.export.painter import paint
from chipscape_desktop.figures.drawing import Box, Drawing, Layer, Marks, Pen, Rect, Segments, Text

pytestmark = pytest.mark.usefixtures("qapp")
PLOT = Rect(0, 0, 100, 80)


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def ground(name: str) -> Layer:
    items = (
        Box(Rect(3.3, 4.7, 80, 31.2), "#ddeeff80"),
        Text(5, 60, name, 12, "#203040", halo="#ffffff"),
        Segments(column(0.5), column(70.25), column(99), column(70.25), Pen("#aa3300", 1.5)),
    )
    return Layer("ground", items, fixed=True)


def drawing(fixed: Layer, shift: float) -> Drawing:
    moving = Layer("signs", (Marks("disc", column(20 + shift), column(30), 12.0, "#cc0000"),), Rect(0, 0, 90, 80))
    return Drawing(100, 80, "#fcfcfa", PLOT, (fixed, moving))


def pixels(picture: Drawing, scale: float, corner: tuple[float, float], backdrop: Backdrop | None) -> np.ndarray:
    image = QImage(round(140 * scale), round(120 * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(0)
    painter = QPainter(image)
    painter.translate(*corner)
    if backdrop is None:
        paint(picture, painter)
    else:
        backdrop.paint(picture, painter)
    painter.end()
    return np.array(image.constBits(), np.uint8)


@pytest.mark.parametrize("corner", [(0.0, 0.0), (17.0, 9.0), (7.3, 5.6)])
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_every_frame_is_what_painting_it_in_full_gives(scale: float, corner: tuple[float, float]) -> None:
    backdrop, fixed = Backdrop(), ground("Lane")
    for shift in (0.0, 3.0, 3.0, 9.0):
        frame = drawing(fixed, shift)
        assert np.array_equal(pixels(frame, scale, corner, backdrop), pixels(frame, scale, corner, None))


def test_what_was_fixed_gives_way_to_what_is_fixed_now() -> None:
    backdrop, old, new = Backdrop(), ground("Old"), ground("New")
    for fixed in (old, old, old, new, new, new, old):
        frame = drawing(fixed, 1.0)
        assert np.array_equal(pixels(frame, 1.0, (0, 0), backdrop), pixels(frame, 1.0, (0, 0), None))


def test_another_ground_or_size_is_painted_anew() -> None:
    backdrop, fixed = Backdrop(), ground("Lane")
    for colour, width in (("#ffffff", 100), ("#ffffff", 100), ("#101418", 100), ("#101418", 120), ("#10141880", 120)):
        frame = Drawing(width, 80, colour, PLOT, (fixed,))
        for _ in range(3):
            assert np.array_equal(pixels(frame, 1.0, (0, 0), backdrop), pixels(frame, 1.0, (0, 0), None))
