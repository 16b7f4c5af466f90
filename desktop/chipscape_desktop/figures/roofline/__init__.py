"""Roofline: what a chip attains at most, by how much it computes for each byte that it reads."""

from chipscape_db.errors import N_
from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.performance.valued import Valued
from chipscape_desktop.figures.roofline.build import build
from chipscape_desktop.figures.roofline.layout import draw
from chipscape_desktop.figures.roofline.native import charts
from chipscape_desktop.figures.roofline.options import OPTIONS, parse
from chipscape_desktop.figures.roofline.spec import RooflineSpec


class Roofline(Valued[RooflineSpec]):
    """The figure `roofline`; see `options` for what it takes. The view has powers of ten on both axes.

    The chips are named, so the filters do not apply but for the as-of date.
    """

    name = "roofline"
    title = N_("Roofline")
    about = N_("What memory and compute allow, by operations per byte")
    options = OPTIONS
    read_by = frozenset(("metric",))

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips with their claims of compute and memory bandwidth."""
        asked = parse(request.options)
        keys = (*asked.compute.inputs, *asked.bandwidth.inputs)
        known = Filters(as_of=request.filters.as_of)
        return performance_of_several(session, known, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> RooflineSpec:
        """Return what is shown, with the claims behind every roof."""
        return build(rows, request)


FIGURE = Roofline(draw, charts)
