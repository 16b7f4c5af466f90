"""Specifications: chips side by side, every figure with its range, its source and its convention."""

from chipscape_db.errors import N_
from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.layout.framing import Framing
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec_table.build import build
from chipscape_desktop.figures.spec_table.layout import draw
from chipscape_desktop.figures.spec_table.options import OPTIONS, parse
from chipscape_desktop.figures.spec_table.spec import SpecTableSpec
from chipscape_desktop.figures.text import Measure


class SpecTable:
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

    def __init__(self) -> None:
        self._framing = Framing(source_rows=6)

    def read(self, session: Reader, request: Request) -> SeveralRows:
        """Return the chips with the claims that the quantities need."""
        keys = [key for what in parse(request.options).quantities for key in what.inputs]
        known = Filters(as_of=request.filters.as_of)
        return performance_of_several(session, known, metric_keys=keys, language=request.language)

    def build(self, rows: SeveralRows, request: Request) -> SpecTableSpec:
        """Return what is shown, with the claims behind every cell."""
        return build(rows, request)

    def home(self, spec: SpecTableSpec) -> View:
        """Return the view of the first rows."""
        return spec.home

    def table(self, spec: SpecTableSpec) -> Table:
        """Return one row for each value."""
        return spec.table

    def layout(
        self, spec: SpecTableSpec, *, size: tuple[float, float], palette: Palette, measure: Measure,
        view: View | None = None,
    ) -> Drawing:  # fmt: skip
        """Return the drawing for that size and view, the same for screen and export."""
        frame = self._framing.frame(spec.caption, size, palette, measure)
        return draw(spec, frame, size=size, palette=palette, measure=measure, view=view or spec.home)


FIGURE = SpecTable()
