"""Comparison: chips beside a baseline that is 100 %, metric by metric, with the range and the sources of each value."""

from chipscape_db.errors import N_
from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.comparison.build import build
from chipscape_desktop.figures.comparison.layout import draw
from chipscape_desktop.figures.comparison.native import charts
from chipscape_desktop.figures.comparison.options import OPTIONS, parse
from chipscape_desktop.figures.comparison.spec import ComparisonSpec
from chipscape_desktop.figures.performance.valued import Valued


class Comparison(Valued[ComparisonSpec]):
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

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips with the claims that the quantities need."""
        keys = [key for what in parse(request.options).quantities for key in what.inputs]
        known = Filters(as_of=request.filters.as_of)
        return performance_of_several(session, known, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> ComparisonSpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)


FIGURE = Comparison(draw, charts)
