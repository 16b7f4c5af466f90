"""Efficiency: one quantity of chips against another, with lines along which their ratio is the same."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.efficiency.build import build
from chipscape_desktop.figures.efficiency.layout import draw
from chipscape_desktop.figures.efficiency.native import charts
from chipscape_desktop.figures.efficiency.options import OPTIONS, parse
from chipscape_desktop.figures.efficiency.spec import EfficiencySpec
from chipscape_desktop.figures.layout.framing import Framing
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.words import difference, growth
from chipscape_desktop.figures.text import Measure


class Efficiency:
    """The figure `efficiency`; see `options` for what it takes. The view has powers of ten where the axes are log."""

    name = "efficiency"
    title = N_("Efficiency")
    about = N_("One figure against another, with lines of one ratio")
    options = OPTIONS
    read_by = frozenset(("x", "y", "size"))
    takes_focus = True

    def __init__(self) -> None:
        self._framing = Framing(source_rows=6)

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips that pass the filters, with the claims that the quantities need."""
        keys = parse(request.options).inputs
        return performance_of_several(session, request.filters, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> EfficiencySpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)

    def home(self, spec: EfficiencySpec) -> View:
        """Return the view that shows everything but whole wafers."""
        return spec.home

    def growth_words(self, spec: EfficiencySpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return what lies between two points of the view: factor and difference of the upward quantity."""
        low, high = (10.0 ** point[1] if spec.y_axis.log else point[1] for point in (first, second))
        return growth(0.0, low, high, unit=spec.y_axis.unit)

    def difference_words(self, spec: EfficiencySpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return how far apart two points of the view are, in values and in percent."""
        low, high = (10.0 ** point[1] if spec.y_axis.log else point[1] for point in (first, second))
        return difference(low, high, unit=spec.y_axis.unit)

    def table(self, spec: EfficiencySpec) -> Table:
        """Return exactly what is shown, with the ratio and its propagated range."""
        return spec.table

    def charts(self, spec: EfficiencySpec, view: View) -> tuple[NativeChart, ...]:
        """Return what is in view as charts that stay editable."""
        return charts(spec, view)

    def layout(
        self, spec: EfficiencySpec, *, size: tuple[float, float], palette: Palette, measure: Measure,
        view: View | None = None,
    ) -> Drawing:  # fmt: skip
        """Return the drawing for that size and view, the same for screen and export."""
        frame = self._framing.frame(spec.caption, size, palette, measure)
        return draw(spec, frame, size=size, palette=palette, measure=measure, view=view or spec.home)


FIGURE = Efficiency()
