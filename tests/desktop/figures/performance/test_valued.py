"""What lies between two points of the figures of values, along whichever axis their values lie."""

from dataclasses import dataclass
from typing import Any

import pytest

from chipscape_desktop.figures.catalog import Table, View, figure
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.scales import ENGLISH_NUMBERS
from chipscape_desktop.figures.spec import Caption


@dataclass(frozen=True, slots=True)
class OverOneAxis:
    """A spec with nothing on it but its axis of values."""

    axis: Axis
    caption: Caption
    home: View
    table: Table


def over(*, log: bool) -> OverOneAxis:
    axis = Axis("Compute (TFLOPS)", log, ENGLISH_NUMBERS, "TFLOPS")
    return OverOneAxis(axis, Caption("", ""), View((0.0, 1.0), (0.0, 1.0)), Table((), (), (), ()))


@pytest.mark.parametrize(
    ("name", "value_at"), [("ranking", 0), ("comparison", 0), ("efficiency", 1), ("roofline", 1)]
)  # fmt: skip
def test_the_values_are_read_along_their_axis(name: str, value_at: int) -> None:
    first, second = [7.0, 7.0], [9.0, 9.0]
    first[value_at], second[value_at] = 2.0, 3.0
    shown: Any = figure(name)
    assert getattr(shown, "value_axis", "y") == "xy"[value_at]
    assert shown.growth_words(over(log=True), tuple(first), tuple(second)) == "×10 (+900\u00a0TFLOPS)"
    assert shown.growth_words(over(log=False), tuple(first), tuple(second)) == "×1.5 (+1\u00a0TFLOPS)"
    assert shown.difference_words(over(log=True), tuple(first), tuple(second)).startswith("+900\u00a0TFLOPS (+900")


def test_over_time_the_months_are_said_too() -> None:
    shown: Any = figure("performance-over-time")
    assert shown.growth_words(over(log=False), (0.0, 2.0), (365.25, 3.0)) == "×1.5 (+1\u00a0TFLOPS) in 12 months"
