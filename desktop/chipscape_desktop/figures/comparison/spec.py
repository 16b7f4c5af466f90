"""What a comparison shows: for each metric the chips beside a baseline that is 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Ref, Shape
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.readings.row_marks import ClaimTick
from chipscape_desktop.figures.spec import Caption


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a metric (`head`), or a chip's value of the metric above it.

    `share`, `low` and `high` are in percent of the baseline's value; `share` is None where either is missing. `text` is
    the value as told, `sources` the number of independent sources; `hollow` values do not say their convention or are
    estimates.
    """

    head: bool
    name: str
    colour: str = "ink"
    shape: Shape = "disc"
    share: float | None = None
    low: float = 0.0
    high: float = 0.0
    hollow: bool = False
    contested: bool = False
    baseline: bool = False
    text: str = ""
    percent: str = ""
    sources: int = 0
    ref: Ref | None = None
    ticks: Sequence[ClaimTick] = ()


@dataclass(frozen=True, slots=True)
class ComparisonSpec:
    """A comparison: lines from the top; the view's y counts them downwards from zero."""

    caption: Caption
    axis: Axis
    home: View
    lines: tuple[Line, ...]
    bars: bool
    table: Table
    empty: str = ""
    summary: str = ""
