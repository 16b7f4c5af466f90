"""Efficiency: one quantity of chips against another, with lines along which their ratio is the same."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.efficiency.build import build
from chipscape_desktop.figures.efficiency.layout import draw
from chipscape_desktop.figures.efficiency.native import charts
from chipscape_desktop.figures.efficiency.options import OPTIONS, parse
from chipscape_desktop.figures.efficiency.spec import EfficiencySpec
from chipscape_desktop.figures.performance.valued import Valued


class Efficiency(Valued[EfficiencySpec]):
    """The figure `efficiency`; see `options` for what it takes. The view has powers of ten where the axes are log."""

    name = "efficiency"
    title = N_("Efficiency")
    about = N_("One figure against another, with lines of one ratio")
    options = OPTIONS
    read_by = frozenset(("x", "y", "size"))
    takes_focus = True

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips that pass the filters, with the claims that the quantities need."""
        keys = parse(request.options).inputs
        return performance_of_several(session, request.filters, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> EfficiencySpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)


FIGURE = Efficiency(draw, charts)
