"""What a performance figure shows: points with their spread and claims, in columns, and the words around them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Floats, Ints, Ref
from chipscape_desktop.figures.scales import NumberStyle
from chipscape_desktop.figures.spec import Caption

Bools = NDArray[np.bool_]
MOST_COLOURS = 16
FRONT = 6 * MOST_COLOURS
"""From this batch on marks lie in front."""


class Refs(Sequence[Ref]):
    """What marks stand for, made when asked for: a hundred thousand points need few of them at a time."""

    def __init__(self, count: int, make: Callable[[int], Ref]) -> None:
        """Offer *count* refs, the i-th being *make(i)*."""
        self._count = count
        self._make = make
        self._made: dict[int, Ref] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    @overload
    def __getitem__(self, index: int) -> Ref: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Ref]: ...
    def __getitem__(self, index: int | slice) -> Ref | Sequence[Ref]:
        """Return one ref, or those of a slice."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        if not 0 <= index < self._count:
            raise IndexError(index)
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = self._make(index)
        return made


@dataclass(frozen=True, slots=True)
class Points:
    """The chosen values, as columns of one length.

    `x` is the middle of the days `first`..`last` that the release date may mean; `later` marks an announcement, before
    which nothing was released; `colour` indexes the spec's colours. `hollow` values do not say what the figure
    compares, `special` ones hold under a condition of their own; `limit` is -1 where only an upper, 1 where only a
    lower limit is known, else 0; `leads` were the best of their colour when they came. `level` is the
    value as the axis has it (`level_of`), `batch` which marks are drawn alike (`batch_of`). `labels` are put in the
    order of `priority`, the highest first. `converted` values were brought to the convention by a rule; `size` is the
    diameter of each mark, None where all are alike.
    """

    x: Floats
    first: Floats
    last: Floats
    later: Bools
    value: Floats
    low: Floats
    high: Floats
    colour: Ints
    hollow: Bools
    special: Bools
    limit: Ints
    contested: Bools
    leads: Bools
    level: Floats
    batch: Ints
    priority: Floats
    labels: Sequence[str]
    refs: Sequence[Ref]
    converted: Bools | None = None
    size: Floats | None = None
    ranking: Ints = field(init=False)
    """The points in the order in which their labels are wanted."""

    def __post_init__(self) -> None:
        """Rank the points once, not for each frame."""
        object.__setattr__(self, "ranking", np.argsort(-self.priority, kind="stable"))


def level_of(values: Floats, *, log: bool) -> Floats:
    """Return values as the vertical axis has them: their logarithms to the base of ten when it is logarithmic."""
    return np.log10(values) if log else values


def batch_of(colour: Ints, hollow: Bools, special: Bools, *, front: Bools, converted: Bools | None = None) -> Ints:
    """Return for each point a number for marks of one look; those in front, and solid before hollow, are higher."""
    form = special.astype(np.int64) if converted is None else np.where(converted, 2, special)
    return ((front * 3 + form) * 2 + ~hollow) * MOST_COLOURS + colour


@dataclass(frozen=True, slots=True)
class Ticks:
    """Single claims of contested points, and measured values: `point` indexes the points, `style` is their look.

    The looks are those of `claim_marks`.
    """

    point: Ints
    value: Floats
    style: Ints
    refs: Sequence[Ref]


@dataclass(frozen=True, slots=True)
class Absent:
    """Chips without a value, at their dates; `other` marks those that have claims under other conventions."""

    x: Floats
    colour: Ints
    other: Bools
    refs: Sequence[Ref]


@dataclass(frozen=True, slots=True)
class Frontier:
    """The best value so far, of one colour, as the corners of a staircase."""

    colour: int
    x: Floats
    value: Floats


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A fitted growth of the best so far, of one colour, with what it says of itself."""

    colour: int
    x: Floats
    value: Floats
    label: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A line across the figure at a chip's value."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The vertical axis: its title in words, whether it is logarithmic, how numbers are shortened, and their unit."""

    title: str
    log: bool
    style: NumberStyle
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PerformanceSpec:
    """A performance figure: colours are names of the palette, values are in the metric's unit, x in days since 1970.

    `facets` are small figures with their heads, to be drawn in place of the one.
    """

    caption: Caption
    axis: Axis
    home: View
    colours: tuple[str, ...]
    points: Points
    ticks: Ticks
    absent: Absent
    frontiers: tuple[Frontier, ...] = ()
    reference: Reference | None = None
    summary: str = ""
    trends: tuple[TrendLine, ...] = ()
    table: Table = field(default_factory=lambda: Table((), (), (), ()))
    facets: "tuple[tuple[str, PerformanceSpec], ...]" = ()
