import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from chipscape_desktop.export.painter import paint
from chipscape_desktop.figures.drawing import Box, Drawing, Item, Layer, Pen, Rect

pytestmark = pytest.mark.usefixtures("qapp")
AMBER, FILL = "#8a5a0060", "#f0c87080"


def painted(*boxes: Item, scale: float = 1.0, exact: bool = False, clip: Rect | None = None) -> np.ndarray:
    drawing = Drawing(120, 90, "#ffffff", Rect(0, 0, 120, 90), (Layer("bands", boxes, clip),))
    image = QImage(round(120 * scale), round(90 * scale), QImage.Format.Format_RGBA8888)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    paint(drawing, painter, exact=exact)
    painter.end()
    return np.array(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def band(left: float, right: float, *, fade: tuple[float, float] = (0, 0), fill: str | None = FILL) -> Box:
    return Box(Rect(left, 10, right - left, 70), fill, fade=fade, hatch=AMBER)


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("fade", [(0, 0), (30, 0), (12, 50)])
def test_a_band_looks_on_screen_as_it_does_in_a_file(scale: float, fade: tuple[float, float]) -> None:
    screen, file = (
        painted(band(20, 100, fade=fade), scale=scale),
        painted(band(20, 100, fade=fade), scale=scale, exact=True),
    )
    down, across = np.s_[round(14 * scale) : round(76 * scale)], np.s_[round(24 * scale) : round(96 * scale)]
    assert np.abs(screen[down, across].mean(axis=0) - file[down, across].mean(axis=0)).mean() < 4
    for outside in (screen[: round(9 * scale)], screen[round(81 * scale) :], screen[:, : round(19 * scale)]):
        assert (outside == 255).all()


def test_bands_side_by_side_leave_no_seam_and_share_their_diagonals() -> None:
    one = painted(band(10, 110))
    assert np.array_equal(painted(band(10, 37.4), band(37.4, 60), band(60, 110)), one)


def test_a_band_over_another_is_laid_over_it() -> None:
    below, above = band(10, 80), Box(Rect(40, 10, 60, 70), "#0000ff", hatch="#00000000")
    picture = painted(below, above)
    assert (picture[12:78, 42:98] == (0, 0, 255)).all()
    assert np.array_equal(picture[:, :40], painted(below)[:, :40])


def test_nothing_is_painted_beside_the_clip_and_the_pattern_stands_still_in_it() -> None:
    whole = painted(band(-5000, 7000))
    cut = painted(band(-5000, 7000), clip=Rect(30, 20, 40, 33))
    assert np.array_equal(cut[20:53, 30:70], whole[20:53, 30:70])
    cut[20:53, 30:70] = 255
    assert (cut == 255).all()


def test_a_band_without_a_fill_is_its_diagonals_only() -> None:
    picture = painted(band(20, 100, fill=None))[20:70, 30:90]
    inked = picture.sum(axis=2) < 750
    assert 0.05 < inked.mean() < 0.4
    assert inked.any(axis=1).all()


def test_a_hatched_box_with_an_outline_keeps_it() -> None:
    picture = painted(Box(Rect(20.5, 20.5, 60, 40), FILL, Pen("#ff0000"), hatch=AMBER))
    assert (picture[20, 22:78] == (255, 0, 0)).all()
