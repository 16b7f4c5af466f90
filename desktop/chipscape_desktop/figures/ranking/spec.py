"""What a ranking shows: one bar for each chip, with the range of its claims."""

from collections.abc import Sequence
from dataclasses import dataclass

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.readings.row_marks import ClaimTick
from chipscape_desktop.figures.spec import Caption


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: the value with its range, None where it is missing, and then `text` says why.

    `colour` is a colour name of the palette; `hollow` bars do not say their convention, `hatched` ones are estimates.
    `text` stands to the right of the bar, `sources` is the number of independent sources. The axis
    of a figure at home need not reach a whole `wafer`.
    """

    name: str
    value: float | None
    low: float
    high: float
    colour: str
    hollow: bool
    hatched: bool
    contested: bool
    text: str
    sources: int
    ref: Ref
    ticks: Sequence[ClaimTick] = ()
    wafer: bool = False


@dataclass(frozen=True, slots=True)
class RankingSpec:
    """A ranking: rows from the top, those that are missing last; the view's y counts rows downwards from zero."""

    caption: Caption
    axis: Axis
    home: View
    bars: tuple[Bar, ...]
    table: Table
    summary: str = ""
