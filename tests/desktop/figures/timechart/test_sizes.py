"""The charts from a report column of 85 mm to a wide screen, in both languages: nothing leaves the page."""

from typing import Any

import pytest

from chipscape_desktop.figures.catalog import figure
from chipscape_desktop.figures.drawing import Text
from chipscape_desktop.figures.palette import PRINT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.i18n import set_language

NAMES = ("gap", "domestic-share", "openness", "models-over-time", "output", "stack-matrix")
COLUMN = (85 / 25.4 * 96, 460.0)
SIZES = (COLUMN, (700.0, 500.0), (1366.0, 700.0))


@pytest.fixture(params=["en", "fr"])
def spoken(request: pytest.FixtureRequest) -> str:
    set_language(request.param)
    return str(request.param)


@pytest.mark.parametrize("name", NAMES)
def test_words_stay_on_the_page_and_can_be_read(built: Any, spoken: str, name: str) -> None:
    spec = built(name)
    measure = default_measure()
    for size in SIZES:
        drawing = figure(name).layout(spec, size=size, palette=PRINT, measure=measure)
        texts = [item for layer in drawing.layers for item in layer.items if isinstance(item, Text)]
        assert texts
        for text in texts:
            assert text.size * 72 / 96 >= 7  # points on paper
            if text.angle:
                continue
            width = measure.width(text.text, text.size, text.weight)
            left = {"start": text.x, "middle": text.x - width / 2, "end": text.x - width}[text.anchor]
            assert left >= -0.5, (size, text.text)
            assert left + width <= size[0] + 0.5, (size, text.text)
            assert 0 <= text.y <= size[1], (size, text.text)


@pytest.mark.parametrize("name", NAMES)
def test_caption_says_title_subtitle_and_numbered_sources(built: Any, name: str) -> None:
    caption = built(name).caption
    assert caption.title
    assert "30 June 2026" in caption.subtitle
    assert [one.number for one in caption.sources] == list(range(1, len(caption.sources) + 1))
    assert len(caption.sources) >= 5
    assert caption.notes
