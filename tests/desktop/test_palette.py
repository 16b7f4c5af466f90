import itertools

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from chipscape_desktop.figures.palette import PALETTES, contrast, country_colour, mix, sequential

CATEGORIES = [f"cat-{number}" for number in range(1, 9)]
COUNTRIES = ["china", "us", "europe", "east-asia", "other"]
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
LEAST_DIFFERENCE = 11.0  # CIEDE2000; 2.3 is just noticeable, 10 is seen at a glance
SRGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
EVERY = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def lab_as_seen(colour, sight):
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(SIGHT[sight]) @ linear, 0, 1)
    x, y, z = (SRGB_TO_XYZ @ seen) / SRGB_TO_XYZ.sum(axis=1)
    fx, fy, fz = (np.cbrt(t) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one, two):
    """The colour difference of Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc, dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = h1 + h2 if c1 * c2 == 0 else (h1 + h2) / 2 if abs(h1 - h2) <= 180 else ((h1 + h2 + 360) / 2) % 360
    t = (
        1
        - 0.17 * np.cos(np.radians(hm - 30))
        + 0.24 * np.cos(np.radians(2 * hm))
        + 0.32 * np.cos(np.radians(3 * hm + 6))
        - 0.20 * np.cos(np.radians(4 * hm - 63))
    )
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -2 * np.sqrt(cm**7 / (cm**7 + 25**7)) * np.sin(np.radians(60 * np.exp(-(((hm - 275) / 25) ** 2))))
    return np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rt * dc / sc * dh / sh)


def test_the_difference_is_that_of_the_published_pairs():
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(1.2644, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)


@EVERY
def test_text_has_four_and_a_half_to_one(palette):
    for name in ("ink", "ink_soft", "accent", "amber", "error"):
        for ground in (palette.ground, palette.surface):
            assert contrast(getattr(palette, name), ground) >= 4.5, name
    assert contrast(palette.accent_ink, palette.accent) >= 4.5
    assert contrast(palette.ink, palette.amber_soft) >= 4.5


@EVERY
def test_marks_have_three_to_one(palette):
    for name, colour in palette.named.items():
        for ground in (palette.ground, palette.surface):
            assert contrast(colour, ground) >= 3, name


@EVERY
@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("names", [CATEGORIES, COUNTRIES], ids=["categories", "countries"])
def test_colours_stay_apart_in_every_sight(palette, sight, names):
    seen = {name: lab_as_seen(palette.named[name], sight) for name in names}
    closest = min(itertools.combinations(names, 2), key=lambda pair: ciede2000(seen[pair[0]], seen[pair[1]]))
    assert ciede2000(seen[closest[0]], seen[closest[1]]) >= LEAST_DIFFERENCE, closest


@EVERY
def test_meanings_keep_their_hue(palette):
    def hue(name):
        _, a, b = lab_as_seen(palette.colour(name), "normal")
        return np.degrees(np.arctan2(b, a)) % 360

    assert 30 <= hue("china") <= 60  # vermilion
    assert 230 <= hue("us") <= 290  # blue
    assert 145 <= hue("europe") <= 185  # green
    assert 310 <= hue("east-asia") <= 350  # purple
    assert 60 <= hue("amber") <= 95
    _, a, b = lab_as_seen(palette.colour("other"), "normal")
    assert np.hypot(a, b) < 15  # neutral grey


@EVERY
def test_every_palette_has_the_same_names(palette):
    assert set(palette.named) == {*COUNTRIES, *CATEGORIES}
    assert palette.colour("cat-3") == palette.named["cat-3"]
    assert palette.colour("ink-soft") == palette.ink_soft


def test_countries_have_their_colour():
    assert [country_colour(code) for code in ("CN", "US", "FR", "TW", "AE", None)] == [
        "china",
        "us",
        "europe",
        "east-asia",
        "other",
        "other",
    ]


def test_the_sequential_map_is_cividis():
    cividis = matplotlib.colormaps["cividis"]
    for position in np.linspace(0, 1, 41):
        assert to_rgb(sequential(position)) == pytest.approx(cividis(position)[:3], abs=0.035)
    assert sequential(-1) == sequential(0)
    assert sequential(2) == sequential(1)


def test_mixing():
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#123456", "#ffffff", 0) == "#123456"


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
