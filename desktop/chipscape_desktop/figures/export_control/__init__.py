"""Export control: chips on the plane of the rule in force, with its regions and the trail of what was cut down."""

from chipscape_db.errors import N_
from chipscape_db.queries import Reader
from chipscape_db.queries.export_control import ExportFacts, export_facts
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.export_control.build import build
from chipscape_desktop.figures.export_control.layout import draw
from chipscape_desktop.figures.export_control.options import OPTIONS
from chipscape_desktop.figures.export_control.spec import ExportSpec
from chipscape_desktop.figures.layout.frame import Frame, compose
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure

_Framed = tuple[Caption, tuple[float, float], Palette, Measure, Frame]
_ROOMY = (1280.0, 720.0)
"""From this size on the words around the figure are set wide; below, the plane needs the room."""
_SOURCE_ROWS = 8  # over all columns: a plane wants height, and every exported file lists the sources in full


class ExportControl:
    """The figure `export-control`; see `options` for what it takes. View.x and View.y are powers of ten."""

    name = "export-control"
    title = N_("Export control")
    about = N_("Which chips the rule in force on the as-of date binds")
    options = OPTIONS
    read_by = frozenset[str]()
    takes_focus = True

    def __init__(self) -> None:
        self._framed: _Framed | None = None

    def read(self, session: Reader, request: Request) -> ExportFacts:
        """Return every chip with the claims that were known, and the rules."""
        return export_facts(session, language=request.language, as_of=request.filters.as_of).measure_all()

    def build(self, rows: ExportFacts, request: Request) -> ExportSpec:
        """Return what is shown, with the claims behind every mark."""
        return build(rows, request)

    def home(self, spec: ExportSpec) -> View:
        """Return the view that shows everything."""
        return spec.home

    def table(self, spec: ExportSpec) -> Table:
        """Return what the rule says of every chip that passes the filters, those without a place too."""
        return spec.table

    def layout(
        self,
        spec: ExportSpec,
        *,
        size: tuple[float, float],
        palette: Palette,
        measure: Measure,
        view: View | None = None,
    ) -> Drawing:
        """Return the drawing for that size and view, the same for screen and export."""
        frame = self._frame(spec.caption, size, palette, measure)
        return draw(spec, frame, size=size, palette=palette, measure=measure, view=view or spec.home)

    def _frame(self, caption: Caption, size: tuple[float, float], palette: Palette, measure: Measure) -> Frame:
        """Return the words around the plot, kept while only the view changes."""
        kept = self._framed
        if kept and kept[0] is caption and kept[1] == size and kept[2] is palette and kept[3] is measure:
            return kept[4]
        small = size[0] < _ROOMY[0] or size[1] < _ROOMY[1]
        frame = compose(caption, size, palette, measure, compact=small, source_rows=_SOURCE_ROWS)
        self._framed = (caption, size, palette, measure, frame)
        return frame


FIGURE = ExportControl()
