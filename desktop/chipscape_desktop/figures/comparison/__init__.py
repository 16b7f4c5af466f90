"""Comparison: chips beside a baseline that is 100 %, metric by metric, with the range and the sources of each value."""

from chipscape_db.errors import N_
from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.comparison.build import build
from chipscape_desktop.figures.comparison.layout import draw
from chipscape_desktop.figures.comparison.native import charts
from chipscape_desktop.figures.comparison.options import OPTIONS, parse
from chipscape_desktop.figures.comparison.spec import ComparisonSpec
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.layout.framing import Framing
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.words import difference, growth
from chipscape_desktop.figures.text import Measure


class Comparison:
    """The figure `comparison`; see `options` for what it takes. View.y counts lines downwards: line i is at -i.

    The chips are named, so the filters do not apply but for the as-of date.
    """

    name = "comparison"
    title = N_("Comparison")
    about = N_("Chips against a baseline of 100 %, metric by metric")
    options = OPTIONS
    upright = True
    value_axis = "x"
    read_by = frozenset(("metrics",))

    def __init__(self) -> None:
        self._framing = Framing(source_rows=6)

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips with the claims that the quantities need."""
        keys = [key for what in parse(request.options).quantities for key in what.inputs]
        known = Filters(as_of=request.filters.as_of)
        return performance_of_several(session, known, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> ComparisonSpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)

    def home(self, spec: ComparisonSpec) -> View:
        """Return the view of the first lines."""
        return spec.home

    def growth_words(self, spec: ComparisonSpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return what lies between two points of the view: factor and difference."""
        low, high = (10.0 ** point[0] if spec.axis.log else point[0] for point in (first, second))
        return growth(0.0, low, high, unit=spec.axis.unit)

    def difference_words(self, spec: ComparisonSpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return how far apart two points of the view are, in values and in percent."""
        low, high = (10.0 ** point[0] if spec.axis.log else point[0] for point in (first, second))
        return difference(low, high, unit=spec.axis.unit)

    def table(self, spec: ComparisonSpec) -> Table:
        """Return all lines, with the propagated range of each share."""
        return spec.table

    def charts(self, spec: ComparisonSpec, view: View) -> tuple[NativeChart, ...]:
        """Return what is in view as charts that stay editable."""
        return charts(spec, view)

    def layout(
        self, spec: ComparisonSpec, *, size: tuple[float, float], palette: Palette, measure: Measure,
        view: View | None = None,
    ) -> Drawing:  # fmt: skip
        """Return the drawing for that size and view, the same for screen and export."""
        frame = self._framing.frame(spec.caption, size, palette, measure)
        return draw(spec, frame, size=size, palette=palette, measure=measure, view=view or spec.home)


FIGURE = Comparison()
