"""What the output figure shows: a row for each maker or chip and period, a mark for each claim."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.scales import NumberStyle
from chipscape_desktop.figures.spec import Caption

Look: TypeAlias = Literal["stated", "measured", "estimated", "reported", "rumoured"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One claim: its value, who speaks (`look`), whose words (`label`).

    `side` is -1 where it is a most, 1 where it is a least, else 0. `chosen` stands for the row; a `hollow` one counts
    under another convention and is not compared.
    """

    value: float
    look: Look
    label: str
    side: int
    chosen: bool
    hollow: bool
    ref: Ref


@dataclass(frozen=True, slots=True)
class Row:
    """One maker or chip in one period, `name` says both; `low` to `high` is what is compared with the chosen claim."""

    name: str
    period: str
    note: str
    colour: str
    low: float
    high: float
    marks: tuple[Mark, ...]
    tally: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """The figure: rows from the top, values on one axis from `low` to `high`."""

    caption: Caption
    rows: tuple[Row, ...]
    axis_title: str
    log: bool
    low: float
    high: float
    style: NumberStyle
    summary: str = ""
    table: Table = field(default_factory=lambda: Table((), (), (), ()))

    @property
    def home(self) -> View:
        """The view of all rows, or of the first as many as can be read."""
        return View((0.0, 1.0), (-float(max(len(self.rows), 1)), 0.0))
