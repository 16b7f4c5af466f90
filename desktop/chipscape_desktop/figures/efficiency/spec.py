"""What an efficiency plane shows: chips by two quantities, and lines along which their ratio is the same."""

from dataclasses import dataclass, field

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Ref, Shape
from chipscape_desktop.figures.efficiency.ratio import Ratio
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.spec import Caption


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip on the plane; `low` and `high` are the ranges of the claims, `size` is the diameter of its mark.

    `form` is `disc`, or `square` where a value was converted by rule, or `diamond` under a condition of its own.
    """

    x: float
    y: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    colour: str
    hollow: bool
    form: Shape
    size: float
    label: str
    priority: float
    ref: Ref


@dataclass(frozen=True, slots=True)
class Facet:
    """One small figure: its head and the places of its chips in the spec's `chips`."""

    title: str
    chips: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EfficiencySpec:
    """The plane: values in their units, the view in powers of ten where the axes are logarithmic."""

    caption: Caption
    x_axis: Axis
    axis: Axis
    home: View
    chips: tuple[Chip, ...]
    ratio: Ratio
    lines: bool
    facets: tuple[Facet, ...] = ()
    summary: str = ""
    table: Table = field(default_factory=lambda: Table((), (), (), ()))
