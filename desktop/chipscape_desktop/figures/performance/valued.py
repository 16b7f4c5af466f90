"""What figures with one axis of values have in common: what lies between two values, and charts that stay editable."""

from collections.abc import Callable
from typing import Protocol, TypeAlias, TypeVar

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.layout.framing import Framing, tight_when_small
from chipscape_desktop.figures.layout.plotted import Draw, Plotted, PlottedSpec
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.performance.words import difference, growth

_Point: TypeAlias = tuple[float, float]


class ValuedSpec(PlottedSpec, Protocol):
    """What is shown, over an axis of values."""

    @property
    def axis(self) -> Axis:
        """The axis of the values."""
        ...


ValuedT = TypeVar("ValuedT", bound=ValuedSpec)


class Valued(Plotted[ValuedT]):
    """The half of a figure of values that lays it out; the view has powers of ten where the axis is logarithmic."""

    value_axis = "y"
    over_time = False
    """Whether x counts days."""

    def __init__(
        self, draw: Draw[ValuedT], charts: Callable[[ValuedT, View], tuple[NativeChart, ...]],
        framing: Framing | None = None,
    ) -> None:  # fmt: skip
        super().__init__(draw, framing or Framing(tight_when_small))
        self._charts = charts

    def charts(self, spec: ValuedT, view: View) -> tuple[NativeChart, ...]:
        """Return what is in view as charts that stay editable."""
        return self._charts(spec, view)

    def growth_words(self, spec: ValuedT, first: _Point, second: _Point) -> str:
        """Return what lies between two points of the view: factor, difference and time."""
        days = second[0] - first[0] if self.over_time else 0.0
        return growth(days, *self._values(spec.axis, first, second), unit=spec.axis.unit)

    def difference_words(self, spec: ValuedT, first: _Point, second: _Point) -> str:
        """Return how far apart two points of the view are, in values and in percent."""
        return difference(*self._values(spec.axis, first, second), unit=spec.axis.unit)

    def _values(self, axis: Axis, first: _Point, second: _Point) -> tuple[float, float]:
        low, high = (point["xy".index(self.value_axis)] for point in (first, second))
        return (10.0**low, 10.0**high) if axis.log else (low, high)
