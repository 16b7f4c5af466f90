"""The stack matrix: organizations against layers, whose part each is, and how much of the stack is their own."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.stack import StackRows, stack_rows
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.layout.framing import with_few_sources
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.stack_matrix.build import build
from chipscape_desktop.figures.stack_matrix.layout import draw
from chipscape_desktop.figures.stack_matrix.options import OPTIONS, parse
from chipscape_desktop.figures.stack_matrix.spec import StackSpec
from chipscape_desktop.figures.text import Measure


class StackMatrix:
    """The figure `stack-matrix`; see `options` for what it takes. It cannot be zoomed: all of it is always in view."""

    name = "stack-matrix"
    title = N_("Stack matrix")
    about = N_("Who makes each layer of a stack: itself, a partner or a rival")
    options = OPTIONS
    upright = True
    read_by = frozenset(("organizations",))
    zoom_axes = ""

    def read(self, session: Reader, request: Request) -> StackRows:
        """Return the stacks of the organizations asked for."""
        slugs = parse(request.options).organizations
        return stack_rows(session, slugs, language=request.language, as_of=request.filters.as_of)

    def build(self, rows: StackRows, request: Request) -> StackSpec:
        """Return what is shown, with the facts behind every cell."""
        return build(rows, request)

    def home(self, spec: StackSpec) -> View:
        """Return the only view there is."""
        return View((0.0, 1.0), (0.0, 1.0))

    def table(self, spec: StackSpec) -> Table:
        """Return exactly what is shown."""
        return spec.table

    def layout(
        self,
        spec: StackSpec,
        *,
        size: tuple[float, float],
        palette: Palette,
        measure: Measure,
        view: View | None = None,
    ) -> Drawing:
        """Return the drawing for that size, the same for screen and export."""
        frame = with_few_sources(spec.caption, size, palette, measure)
        return draw(spec, frame, size=size, palette=palette, measure=measure)


FIGURE = StackMatrix()
