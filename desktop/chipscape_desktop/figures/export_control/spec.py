"""What the export-control figure shows: chips on the plane of a rule, its regions, and who was cut down from whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Floats, Ints, Ref
from chipscape_desktop.figures.scales import NumberStyle
from chipscape_desktop.figures.spec import Caption

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the plane that the rule covers; infinity where it has no end.

    `strict` regions need a licence, the others allow a licence exception. `lines` are its name and what it means.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    strict: bool
    lines: tuple[str, ...]
    ref: Ref


@dataclass(frozen=True, slots=True)
class Plane:
    """The axes and what the rule draws on them; `edges` run between different outcomes, as (x1, y1, x2, y2)."""

    x_title: str
    y_title: str
    x_limits: tuple[float, ...] = ()
    y_limits: tuple[float, ...] = ()
    regions: tuple[Region, ...] = ()
    edges: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Chips:
    """The chips that have a place on the plane, as columns of one length.

    `low` and `high` are what the claims allow, infinity where nothing bounds it. `hollow` chips are undetermined, for
    `named` ones a restriction by name decides. `colour` indexes the spec's colours. One label may speak for several
    chips in the same place; the others have none.
    """

    x: Floats
    y: Floats
    x_low: Floats
    x_high: Floats
    y_low: Floats
    y_high: Floats
    colour: Ints
    hollow: Bools
    named: Bools
    priority: Floats
    labels: Sequence[str]
    refs: Sequence[Ref]


@dataclass(frozen=True, slots=True)
class Margin:
    """Chips with a place on one axis only: the other quantity is missing."""

    value: Floats
    colour: Ints
    refs: Sequence[Ref]


@dataclass(frozen=True, slots=True)
class Trail:
    """Arrows from a chip to what was cut down from it; `start` and `end` index the chips."""

    start: Ints
    end: Ints
    refs: Sequence[Ref]


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """The figure: values in the units of the axes; `home` in powers of ten on both."""

    caption: Caption
    plane: Plane
    home: View
    colours: tuple[str, ...]
    chips: Chips
    below: Margin
    beside: Margin
    trail: Trail
    style: NumberStyle
    summary: str = ""
    table: Table = field(default_factory=lambda: Table((), (), (), ()))
