"""Sizes with units, text set larger or smaller, and a whole drawing made larger."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.errors import Invalid
from chipscape_desktop.benchmarks.sampler import figure
from chipscape_desktop.export.describe import describe
from chipscape_desktop.export.scaling import scaled
from chipscape_desktop.export.size_words import sides_words, size_words
from chipscape_desktop.export.sizes import (
    PRESETS,
    Size,
    checked,
    parse_length,
    parse_size,
    preset,
    size_from,
    smallest_text,
)
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.drawing import Marks, Text

CHART, MATRIX = catalog.figure("performance-over-time"), catalog.figure("stack-matrix")


@pytest.mark.parametrize(
    ("text", "found"),
    [("85mm", (85.0, "mm")), ("3,5 in", (3.5, "in")), ("1600", (1600.0, "px")), ("12.5CM", (12.5, "cm"))],
)
def test_lengths_have_units(text: str, found: tuple[float, str]) -> None:
    assert parse_length(text) == found


@pytest.mark.parametrize("text", ["", "mm", "-5mm", "85 furlongs", "1e3px"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="is not a length"):
        parse_length(text)


def test_sizes_are_written_in_several_ways() -> None:
    assert parse_size("1600x900") == Size(1600.0, 900.0)
    assert parse_size("85x140mm") == parse_size("85mmx140mm") == parse_size("85×140 mm") == Size(85.0, 140.0, "mm")
    assert parse_size("1in x 50.8mm".replace(" ", "").replace("1in", "4in")).in_unit("mm") == Size(101.6, 50.8, "mm")
    for wrong in ("1600", "x", "20x20mm", "90000x900"):
        with pytest.raises(Invalid):
            parse_size(wrong)


def test_a_side_alone_gets_another_that_suits() -> None:
    column = size_from(MATRIX, width="85mm")
    assert (column.unit, column.text) == ("mm", "small")
    assert column.height > size_from(CHART, width="85mm").height > 85
    assert size_from(CHART, width="16in") == Size(16.0, 9.0, "in")
    assert size_from(CHART, height="90mm").width == pytest.approx(160)
    both = size_from(CHART, width="10in", height="127mm", text="large")
    assert (both.width, both.height, both.unit, both.text) == (10.0, pytest.approx(5.0), "in", "large")


def test_known_sizes_fit_every_figure_and_others_are_named() -> None:
    for each in PRESETS:
        for name in catalog.names():
            assert checked(each.size(catalog.figure(name)))
    assert [round(side) for side in preset("slide").size(CHART).pixels] == [1280, 720]
    with pytest.raises(Invalid, match="slide-4-3"):
        preset("poster")


@given(
    st.floats(60, 3000), st.floats(45, 3000), st.sampled_from(["mm", "in", "px"]), st.sampled_from(["small", "huge"])
)
def test_a_remembered_size_comes_back(width: float, height: float, unit: str, text: str) -> None:
    size = Size(float(f"{width:g}"), float(f"{height:g}"), unit, text)
    found = Size.from_word(size.to_word())
    assert found in (size, None)  # None where it is too small or large
    assert Size.from_word("screen normal") is None


def test_the_smallest_letters_are_told() -> None:
    drawing, _caption = figure()
    assert smallest_text(drawing) == pytest.approx(7.5)
    assert size_words(Size(254.0, 142.88, "mm"), drawing) == "254 × 142.9 mm, smallest text 7.5 pt"
    assert sides_words(Size(3.5, 5.25, "in")) == "3.5 × 5.25 in"


def test_a_drawing_made_larger_shows_the_same_at_places_as_much_further() -> None:
    drawing, _caption = figure()
    larger = scaled(drawing, 2.0)
    assert (larger.width, larger.height) == (1920, 1080)
    assert describe(larger) == describe(drawing)
    for before, after in zip(drawing.layers, larger.layers, strict=True):
        for one, other in zip(before.items, after.items, strict=True):
            if isinstance(one, Marks) and isinstance(other, Marks):
                assert np.array_equal(other.x, one.x * 2, equal_nan=True)
                assert np.all(np.asarray(other.size) == np.asarray(one.size) * 2)
            if isinstance(one, Text) and isinstance(other, Text):
                assert (other.size, other.x, other.y) == (one.size * 2, one.x * 2, one.y * 2)
    assert scaled(drawing, 1.0) is drawing
