"""Ranking: one quantity of chips as bars, the best first, with the range of the claims."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.layout.framing import Framing
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.performance.words import difference, growth
from chipscape_desktop.figures.ranking.build import build
from chipscape_desktop.figures.ranking.layout import draw
from chipscape_desktop.figures.ranking.native import charts
from chipscape_desktop.figures.ranking.options import OPTIONS, parse
from chipscape_desktop.figures.ranking.spec import RankingSpec
from chipscape_desktop.figures.text import Measure


class Ranking:
    """The figure `ranking`; see `options` for what it takes. View.y counts rows downwards: row i is at -i to -i-1."""

    name = "ranking"
    title = N_("Ranking")
    about = N_("Chips by one figure, sorted, with the range of the claims")
    options = OPTIONS
    upright = True
    value_axis = "x"
    read_by = frozenset(("metric",))

    def __init__(self) -> None:
        self._framing = Framing(source_rows=6)

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips that pass the filters, with the claims that the quantity needs."""
        keys = parse(request.options).quantity.inputs
        return performance_of_several(session, request.filters, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> RankingSpec:
        """Return what is shown, with the claims behind every bar."""
        return build(rows, request)

    def home(self, spec: RankingSpec) -> View:
        """Return the view of the first rows."""
        return spec.home

    def growth_words(self, spec: RankingSpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return what lies between two points of the view: factor and difference."""
        low, high = (10.0 ** point[0] if spec.axis.log else point[0] for point in (first, second))
        return growth(0.0, low, high, unit=spec.axis.unit)

    def difference_words(self, spec: RankingSpec, first: tuple[float, float], second: tuple[float, float]) -> str:
        """Return how far apart two points of the view are, in values and in percent."""
        low, high = (10.0 ** point[0] if spec.axis.log else point[0] for point in (first, second))
        return difference(low, high, unit=spec.axis.unit)

    def table(self, spec: RankingSpec) -> Table:
        """Return all rows, with what is missing below."""
        return spec.table

    def charts(self, spec: RankingSpec, view: View) -> tuple[NativeChart, ...]:
        """Return what is in view as charts that stay editable."""
        return charts(spec, view)

    def layout(
        self, spec: RankingSpec, *, size: tuple[float, float], palette: Palette, measure: Measure,
        view: View | None = None,
    ) -> Drawing:  # fmt: skip
        """Return the drawing for that size and view, the same for screen and export."""
        frame = self._framing.frame(spec.caption, size, palette, measure)
        return draw(spec, frame, size=size, palette=palette, measure=measure, view=view or spec.home)


FIGURE = Ranking()
