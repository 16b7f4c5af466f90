"""Output: production, market share and revenue of makers and chips by period, every estimate with its source."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.output import OutputRows, output
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.layout.framing import Framing, with_few_sources
from chipscape_desktop.figures.layout.plotted import Plotted
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.output.build import build
from chipscape_desktop.figures.output.layout import draw
from chipscape_desktop.figures.output.native import charts
from chipscape_desktop.figures.output.options import OPTIONS, parse
from chipscape_desktop.figures.output.spec import OutputSpec


class Output(Plotted[OutputSpec]):
    """The figure `output`; see `options` for what it takes. View.y counts rows down from 0, as negative numbers."""

    name = "output"
    title = N_("Output estimates")
    about = N_("Production and market share by period: who says what")
    options = OPTIONS
    upright = True
    read_by = frozenset(("metric",))
    zoom_axes = "y"

    def read(self, session: Reader, request: Request) -> OutputRows:
        """Return the makers and chips that have a claim of the metric."""
        key = parse(request.options).metric.key
        return output(session, request.filters, metric_key=key, language=request.language)

    def build(self, rows: OutputRows, request: Request) -> OutputSpec:
        """Return what is shown, with the claim behind every mark."""
        return build(rows, request)

    def charts(self, spec: OutputSpec, view: View) -> tuple[NativeChart, ...]:
        """Return what is in view as charts that stay editable."""
        return charts(spec, view)


FIGURE = Output(draw, Framing(with_few_sources))
