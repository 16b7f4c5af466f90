import pytest

from chipscape_desktop.benchmarks.sampler import figure
from chipscape_desktop.export.source_pages import lacks_sources, source_pages
from chipscape_desktop.figures.drawing import Text
from chipscape_desktop.figures.palette import DARK
from chipscape_desktop.figures.spec import Caption, SourceNote
from chipscape_desktop.figures.text import default_measure


@pytest.mark.parametrize(("count", "lacking"), [(0, False), (3, False), (300, True)])
def test_sources_that_are_not_set_in_full_are_noticed(count: int, lacking: bool) -> None:
    assert lacks_sources(*figure(sources=count)) is lacking


def test_pages_keep_every_word_inside() -> None:
    measure = default_measure()
    drawing, _ = figure(palette=DARK)
    sources = tuple(SourceNote(n, f"s{n}", "Publisher, " + "a long title " * (n % 40), "x" * n) for n in range(1, 200))
    pages = source_pages(drawing, Caption("T" * 300, "", sources=sources), measure)
    texts = [item for page in pages for layer in page.layers for item in layer.items if isinstance(item, Text)]
    assert all(text.x + measure.width(text.text, text.size, text.weight) <= drawing.width for text in texts)
    assert all(0 < text.y < drawing.height for text in texts)
    assert {text.colour for text in texts} == {DARK.ink, DARK.ink_soft}
