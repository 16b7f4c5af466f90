"""Roofline: what a chip attains at most, by how much it computes for each byte that it reads."""

from chipscape_db.errors import N_
from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.layout.framing import Framing
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.words import difference, growth
from chipscape_desktop.figures.roofline.build import build
from chipscape_desktop.figures.roofline.layout import draw
from chipscape_desktop.figures.roofline.native import charts
from chipscape_desktop.figures.roofline.options import OPTIONS, parse
from chipscape_desktop.figures.roofline.spec import RooflineSpec
from chipscape_desktop.figures.text import Measure


class Roofline:
    """The figure `roofline`; see `options` for what it takes. The view has powers of ten on both axes.

    The chips are named, so the filters do not apply but for the as-of date.
    """

    name = "roofline"
    title = N_("Roofline")
    about = N_("What memory and compute allow, by operations per byte")
    options = OPTIONS
    read_by = frozenset(("metric",))

    def __init__(self) -> None:
        self._framing = Framing(source_rows=6)

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips with their claims of compute and memory bandwidth."""
        asked = parse(request.options)
        keys = (*asked.compute.inputs, *asked.bandwidth.inputs)
        known = Filters(as_of=request.filters.as_of)
        return performance_of_several(session, known, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> RooflineSpec:
        """Return what is shown, with the claims behind every roof."""
        return build(rows, request)

    def home(self, spec: RooflineSpec) -> View:
        """Return the view that shows every ridge."""
        return spec.home

    def growth_words(self, spec: RooflineSpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return what lies between two points of the view: factor and difference of the attainable compute."""
        return growth(0.0, 10.0 ** first[1], 10.0 ** second[1], unit=spec.y_axis.unit)

    def difference_words(self, spec: RooflineSpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return how far apart two points of the view are, in values and in percent."""
        return difference(10.0 ** first[1], 10.0 ** second[1], unit=spec.y_axis.unit)

    def table(self, spec: RooflineSpec) -> Table:
        """Return the roofs with their ridges and the propagated range of these."""
        return spec.table

    def charts(self, spec: RooflineSpec, view: View) -> tuple[NativeChart, ...]:
        """Return what is in view as charts that stay editable."""
        return charts(spec, view)

    def layout(
        self, spec: RooflineSpec, *, size: tuple[float, float], palette: Palette, measure: Measure,
        view: View | None = None,
    ) -> Drawing:  # fmt: skip
        """Return the drawing for that size and view, the same for screen and export."""
        frame = self._framing.frame(spec.caption, size, palette, measure)
        return draw(spec, frame, size=size, palette=palette, measure=measure, view=view or spec.home)


FIGURE = Roofline()
