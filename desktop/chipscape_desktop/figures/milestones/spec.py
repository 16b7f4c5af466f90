"""What the milestones figure shows: organizations on the two sides of one axis, their milestones, and the lags."""

from dataclasses import dataclass, field
from typing import Any

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.timeline.spec import Glyph, TimelineSpec


@dataclass(frozen=True, slots=True)
class Side:
    """An organization and where its lane lies: above the axis or below, `place` 0 next to it, 1 farther out."""

    id: str
    title: str
    colour: str
    above: bool
    place: int


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone or an event on a side.

    `low` and `high` are days since 1970-01-01, `high` the day after the last; `middle` is where it stands. `rank`
    says who chooses first when room is scarce; a milestone is `bold`; `hollow` ones are only announced or contested.
    """

    side: int
    low: float
    high: float
    label: str
    glyph: Glyph
    rank: int
    ref: Ref
    bold: bool = False
    hollow: bool = False

    @property
    def middle(self) -> float:
        """Where it stands, in days."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Lag:
    """A milestone that two sides reached: the points of both, the earlier first, and the lag in words."""

    first: int
    second: int
    text: str
    ref: Ref


@dataclass(frozen=True, slots=True, eq=False)
class MilestonesSpec:
    """The comparison; `timeline` holds the rules behind it, the as-of date, and the sources of the events."""

    caption: Caption
    sides: tuple[Side, ...]
    points: tuple[Point, ...]
    lags: tuple[Lag, ...]
    timeline: TimelineSpec
    home: View
    table: Table
    memo: dict[Any, Any] = field(default_factory=dict)
