"""What the stack matrix shows: a row an organization, a cell a layer, and the score of each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from chipscape_db.queries.stack import Layer
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.spec import Caption

Standing: TypeAlias = Literal["own", "partner", "rival", "unknown"]
POINTS: Final[Mapping[Standing, float]] = {"own": 1.0, "partner": 0.5, "rival": 0.0, "unknown": 0.0}
"""What a layer counts for the integration score; an unknown one may yet be anything up to own."""


@dataclass(frozen=True, slots=True)
class Score:
    """The integration score: the points of all layers, at most `best` if every unknown layer were own, of `layers`."""

    points: float
    best: float
    layers: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One layer of one organization: whose its best part is, the names of the parts, and how many are of others."""

    layer: Layer
    standing: Standing
    names: tuple[str, ...]
    others: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class Tie:
    """Own parts of the layer at `place` and of the next one are joined by a link."""

    place: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class Row:
    """One organization."""

    name: str
    colour: str
    cells: tuple[Cell, ...]
    ties: tuple[Tie, ...]
    score: Score
    ref: Ref


@dataclass(frozen=True, slots=True)
class StackSpec:
    """The figure; `inside` lists, for the ref of a cell or tie, what it opens."""

    caption: Caption
    rows: tuple[Row, ...]
    layers: tuple[str, ...]
    summary: str = ""
    inside: Mapping[Ref, tuple[Ref, ...]] = field(default_factory=dict)
    table: Table = field(default_factory=lambda: Table((), (), (), ()))
