"""Specifications: chips side by side, every figure with its range, its source and its convention."""

from chipscape_db.errors import N_
from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.layout.framing import Framing, tight_when_small
from chipscape_desktop.figures.layout.plotted import Plotted
from chipscape_desktop.figures.spec_table.build import build
from chipscape_desktop.figures.spec_table.layout import draw
from chipscape_desktop.figures.spec_table.options import OPTIONS, parse
from chipscape_desktop.figures.spec_table.spec import SpecTableSpec


class SpecTable(Plotted[SpecTableSpec]):
    """The figure `spec-table`; see `options` for what it takes. View.y counts rows downwards: row i is at -i to -i-1.

    The chips are named, so the filters do not apply but for the as-of date.
    """

    name = "spec-table"
    title = N_("Specifications")
    about = N_("Chips side by side, every value with range and source")
    options = OPTIONS
    upright = True
    read_by = frozenset(("metrics",))
    zoom_axes = "y"

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips with the claims that the quantities need."""
        keys = [key for what in parse(request.options).quantities for key in what.inputs]
        known = Filters(as_of=request.filters.as_of)
        return performance_of_several(session, known, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> SpecTableSpec:
        """Return what is shown, with the claims behind every cell."""
        return build(rows, request)


FIGURE = SpecTable(draw, Framing(tight_when_small))
